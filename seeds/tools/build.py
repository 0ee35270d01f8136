"""Makes the gold from the markup: ``python -m seeds.tools.build``, with ``--check`` to compare only, ``--doubts`` to name what looks wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from . import kinds, markup
from .writers import WRITERS, Writer

HERE: Final = Path(__file__).resolve().parents[1]
FIRST: Final = "first"
"""The writer of the thirteen stories that came before the corpus; each is a file of its own, with its text beside it."""


def sources(writer: Writer) -> list[Path]:
    """Where the markup of a writer lies; that of the first stories is a file each."""
    if writer.id == FIRST:
        return sorted((HERE / "src").glob("*.markup"))
    return [HERE / writer.language / "src" / f"{writer.id}.markup"]


def documents(writer: Writer) -> list[markup.Document]:
    """What a writer wrote."""
    return [document for path in sources(writer) for document in markup.documents(path.read_text(encoding="utf-8"))]


def _gold(by: Writer, document: markup.Document, **meta: str) -> dict[str, Any]:
    speakers = {quotation.speaker for quotation in document.quotations.values()}

    def kind(name: str) -> str | None:
        return kinds.kind(by.id, document.id, name) if name in speakers else None

    return document.gold(kind, **meta)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def first_stories() -> dict[Path, str]:
    """Text and gold of each of the first stories, for the quickstart and the golden tests."""
    files: dict[Path, str] = {}
    for path in sources(WRITERS[FIRST]):
        (document,) = markup.documents(path.read_text(encoding="utf-8"))
        files[path.parents[1] / f"{path.stem}.txt"] = document.text
        files[path.parents[1] / f"{path.stem}.gold.jsonl"] = _line(_gold(WRITERS[FIRST], document))
    return files


def corpus() -> dict[Path, str]:
    """The gold of each writer."""
    return {
        HERE / writer.language / f"{writer.id}.jsonl": "".join(
            _line(_gold(writer, document, writer=writer.id, split=writer.split)) for document in documents(writer)
        )
        for writer in WRITERS.values()
    }


def doubts() -> list[str]:
    """What looks wrong in any markup file."""
    return [message for writer in WRITERS.values() for document in documents(writer) for message in document.doubts()]


def main(arguments: list[str]) -> int:
    """Write all files; with ``--check`` only name those that differ, and return 1 if there are any."""
    if "--doubts" in arguments:
        print("\n".join(doubts()))
        return 0
    wrong = 0
    for path, content in (first_stories() | corpus()).items():
        if "--check" not in arguments:
            path.write_text(content, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != content:
            print(f"{path.name} differs from its markup")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
