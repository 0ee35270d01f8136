"""Who asks in an interview without labels: whom a line beside it names ("Interview: Ada Byron", "By Ada Byron", a name alone)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import regex

from quoteminer import Quote

from ..labels import declared, shape

ANSWER: Final = "interview"
QUESTION: Final = "interviewer"
"""The rules that find the turns of an interview without labels."""
_MOST: Final = 4
"""Words of a name."""


def is_turn(quote: Quote) -> bool:
    """Whether that is one of the turns."""
    return quote.source is None and quote.provenance.detail.get("rule") in (ANSWER, QUESTION)


def asks(quote: Quote) -> bool:
    """Whether a turn is a question."""
    return quote.provenance.detail.get("rule") == QUESTION


@functools.cache
def _byline(folder: Path) -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, declared(folder, "interviews").get("bylines", []))) or "(?!)"
    name = shape(folder).name
    return regex.compile(
        rf"(?:^|(?<=[.!?]\s))(?i:{words})[ \u00a0\u202f]?:?[ ](?P<name>{name})(?=\.?[ \t]*$)|^(?P<name>{name})[ \t]*$",
        regex.MULTILINE,
    )


def interviewer(text: str, turns: Sequence[Quote], folder: Path) -> tuple[int, int] | None:
    """Where a line before the first turn, else behind the last one, names who asks; ``None`` where none does.

    A name of one word alone, or in capitals, is a heading; so is a line without a word before the name that has more in it than a name.
    """
    byline = _byline(folder)
    for start, end in ((0, turns[0].content[0].start), (turns[-1].content[-1].end, len(text))):
        for match in byline.finditer(text, start, end):
            words = match["name"].split()
            alone = match.start() == match.start("name")
            if (
                1 < len(words) <= _MOST
                and not match["name"].isupper()
                and not (alone and any(word[0].islower() for word in words))
            ):
                return match.span("name")
    return None
