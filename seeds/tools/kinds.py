"""What kind of speaker somebody is: ``seeds/kinds.tsv``, for the writers whom somebody has looked through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).resolve().parents[1] / "kinds.tsv"
EVERYBODY_ELSE: Final = "*"
#: The kind of what is neither of the kinds nor a person.
NONE: Final = "-"


def rows() -> Iterator[tuple[str, str, str]]:
    """Document or writer, speaker, kind."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, speaker, kind = line.split("\t")
            yield name, speaker, kind


_KINDS: Final = {(name, speaker): kind for name, speaker, kind in rows()}


def kind(writer: str, document: str, speaker: str) -> str | None:
    """The kind of a speaker, ``None`` where it is none of them or nobody has looked."""
    found = _KINDS.get((document, speaker), _KINDS.get((writer, EVERYBODY_ELSE)))
    return None if found == NONE else found
