"""Articles with the transcripts that they quote, and what is true of each quotation: read, and their form checked.

A line of ``seeds/pairs/PART-*.jsonl`` is ``{"id", "language", "article", "sources": [{"id", "text"}], "findings": [{"quote", "nth", "speaker",
"verdict", "changes", "said_by", "support"}]}``. ``quote`` stands in the article as it is, the parts of an interrupted one joined by `` | ``;
``said_by`` is how the source names whoever says the words there.

``python -m seeds.tools.pairs`` names what is wrong in them, by id and number only, so that nobody reads the part for testing.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from quoteminer.text.marks import MarkedSpan, find_marks, guillemets_point_out, pair_marks
from quoteminer.vocabulary import CHANGE_KINDS, SUPPORTS, VERDICTS

FOLDER: Final = Path(__file__).resolve().parents[1] / "pairs"
PARTS: Final = ("train", "test")
_JOINT: Final = " | "
#: Nothing says these words in the sources.
_NOWHERE: Final = ("not_found", "no_such_speaker")
_SHORT: Final = 3


@attrs.frozen
class Truth:
    """What is true of one quotation.

    Attributes:
        spans: where its parts stand in the article.
        marked: whether it stands in quotation marks.
        speaker: whom the article names.
        said_by: how the source names who says it there; ``None`` where nobody does.
    """

    spans: tuple[tuple[int, int], ...]
    marked: bool
    speaker: str | None
    verdict: str
    changes: tuple[str, ...]
    said_by: str | None
    support: str | None


@attrs.frozen
class Pair:
    """An article and its sources.

    Attributes:
        sources: text by id.
    """

    id: str
    language: str
    article: str
    sources: dict[str, str]
    findings: tuple[Truth, ...]


def files(part: str) -> list[Path]:
    """The files of a part, ``train`` or ``test``."""
    return sorted(FOLDER.glob(f"{part}-*.jsonl"))


def read(paths: Iterable[Path]) -> list[Pair]:
    """The pairs in some files.

    Raises:
        ValueError: when one is wrong; the message says which and in what.
    """
    found: list[Pair] = []
    for path in paths:
        for record in records(path):
            wrong = list(faults(record))
            if wrong:
                raise ValueError(f"{path.name}: {record.get('id')}: {wrong[0]}")
            truths = tuple(_truth(one, record["article"]) for one in record["findings"])
            sources = {one["id"]: one["text"] for one in record["sources"]}
            found.append(Pair(record["id"], record["language"], record["article"], sources, truths))
    return found


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def faults(record: dict[str, Any]) -> Iterator[str]:
    """What is wrong in the form of a pair; no words of it are told."""
    missing = {"id", "language", "article", "sources", "findings"} - record.keys()
    if missing:
        yield f"has no {', '.join(sorted(missing))}"
        return
    ids = [one.get("id") for one in record["sources"]]
    if not ids or len(set(ids)) < len(ids) or not all(one.get("text", "").strip() for one in record["sources"]):
        yield "sources: there are none, two of one id, or empty ones"
    if not record["findings"]:
        yield "findings: there are none"
    seen: set[tuple[tuple[int, int], ...]] = set()
    texts = "\n".join(one.get("text", "") for one in record["sources"]).casefold()
    for number, one in enumerate(record["findings"]):
        for fault in _faults_of(one, record["article"], texts):
            yield f"findings[{number}]: {fault}"
        spans = locate(one.get("quote", ""), one.get("nth"), record["article"])
        if spans in seen:
            yield f"findings[{number}]: stands there twice"
        seen.add(spans)


def _faults_of(one: dict[str, Any], article: str, texts: str) -> Iterator[str]:
    quote, verdict, support = one.get("quote") or "", one.get("verdict"), one.get("support")
    changes, said_by = one.get("changes") or [], one.get("said_by") or None
    parts = quote.split(_JOINT)
    if not locate(quote, one.get("nth"), article):
        yield "quote: does not stand in the article"
    elif one.get("nth") is None and article.count(parts[0]) > 1:
        yield "quote: stands in the article more than once, and no nth says which is meant"
    if verdict not in VERDICTS:
        yield f"verdict: {verdict!r} is none"
    if not set(changes) <= set(CHANGE_KINDS):
        yield f"changes: {sorted(set(changes) - set(CHANGE_KINDS))} are none"
    if verdict == "altered" and not changes:
        yield "changes: there are none, but it is altered"
    if verdict in ("verbatim", *_NOWHERE, "too_short") and changes:
        yield f"changes: there are some, but it is {verdict}"
    if (verdict == "paraphrase") != (support in SUPPORTS) or (support is not None and support not in SUPPORTS):
        yield f"support: {support!r} beside {verdict}"
    if (verdict in _NOWHERE) != (said_by is None) and verdict != "too_short":
        yield f"said_by: {said_by!r} beside {verdict}"
    if said_by is not None and said_by.casefold() not in texts:
        yield "said_by: stands in no source"
    if verdict == "too_short" and len(quote.replace(_JOINT, " ").split()) >= _SHORT:
        yield "verdict: too_short, but there are three words or more"


def locate(quote: str, nth: int | None, article: str) -> tuple[tuple[int, int], ...]:
    """Where the parts of a quotation stand in the article; nowhere when one of them does not."""
    found: list[tuple[int, int]] = []
    parts = quote.split(_JOINT)
    at = -1
    for _ in range(nth or 1):
        at = article.find(parts[0], at + 1) if parts[0] else -1
        if at < 0:
            return ()
    found.append((at, at + len(parts[0])))
    for part in parts[1:]:
        at = article.find(part, found[-1][1]) if part else -1
        if at < 0:
            return ()
        found.append((at, at + len(part)))
    return tuple(found)


def _truth(one: dict[str, Any], article: str) -> Truth:
    spans = locate(one["quote"], one.get("nth"), article)
    marked = any(one.start <= start and end <= max(one.end, one.close) for start, end in spans for one in _marked(article))
    return Truth(
        spans,
        marked,
        one.get("speaker") or None,
        one["verdict"],
        tuple(one.get("changes") or ()),
        one.get("said_by") or None,
        one.get("support"),
    )


@functools.lru_cache(maxsize=64)
def _marked(article: str) -> list[MarkedSpan]:
    """What stands in quotation marks, however they look in a country."""
    marks = find_marks(article)
    outward = guillemets_point_out(marks, article)
    found: list[MarkedSpan] = []
    for line in re.finditer(r"[^\n]+", article):
        inside = [mark for mark in marks if line.start() <= mark[0] < line.end()]
        found += pair_marks(article, line.start(), line.end(), inside, outward=outward)
    return found


def main() -> int:
    """Name what is wrong in the files given, or in all."""
    paths = [Path(name) for name in sys.argv[1:]] or [path for part in PARTS for path in files(part)]
    count = 0
    for path in paths:
        for record in records(path):
            for fault in faults(record):
                count += 1
                print(f"{path.name}: {record.get('id')}: {fault}")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())
