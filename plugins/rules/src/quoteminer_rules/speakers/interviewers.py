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
_BESIDE: Final = r"[ \t]*(?: [|/] [^\n]{1,40})?"
"""What may stand behind a name in a line of its own: the place or the paper."""
_MOST: Final = 4
"""Words of a name."""
_HEAD: Final = 600
_FOOT: Final = 300
"""Code points at the head and the end of a text in which its writer is named."""
_FEWEST: Final = 6
"""Turns that make an interview."""
_MARKED: Final = 6
"""Of so many turns one may have a reporting clause."""
_ASKED: Final = 0.6
_ASKED_BACK: Final = 0.2
"""Shares of questions among those who ask, at least, and among those who answer, at most."""
ASKING: Final = frozenset("?？؟")
"""The marks of questions."""


def is_turn(quote: Quote) -> bool:
    """Whether that is one of the turns."""
    return quote.source is None and quote.provenance.detail.get("rule") in (ANSWER, QUESTION)


def asks(quote: Quote) -> bool:
    """Whether a turn is a question."""
    return quote.provenance.detail.get("rule") == QUESTION


@functools.cache
def bylines(folder: Path) -> frozenset[str]:
    """What stands before the name of a writer in the language of a pack, in small letters."""
    return frozenset(word.lower() for word in declared(folder, "interviews").get("bylines", []))


@functools.cache
def talked(folder: Path) -> frozenset[str]:
    """The words of a sentence that names who asks: "Ada Byron spoke with him"."""
    return frozenset(declared(folder, "interviews").get("talked", []))


@functools.cache
def _byline(folder: Path) -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, declared(folder, "interviews").get("bylines", []))) or "(?!)"
    name = shape(folder).name
    return regex.compile(
        rf"(?:^|(?<=[.!?]\s))(?i:{words})[ \u00a0\u202f]?:?[ ](?P<name>{name})(?=\.?[ \t]*$)|^(?P<name>{name})(?P<beside>{_BESIDE})$",
        regex.MULTILINE,
    )


def interviewer(text: str, turns: Sequence[Quote], folder: Path) -> tuple[int, int] | None:
    """Where a line before the first turn, else behind the last one, names who asks; ``None`` where none does."""
    return _named_by(text, ((0, turns[0].content[0].start), (turns[-1].content[-1].end, len(text))), folder)


def writer(text: str, folder: Path) -> tuple[int, int] | None:
    """Where a line at the head of a text, else at its end, names who wrote it."""
    return _named_by(text, ((0, min(len(text), _HEAD)), (max(0, len(text) - _FOOT), len(text))), folder)


def _named_by(text: str, parts: Sequence[tuple[int, int]], folder: Path) -> tuple[int, int] | None:
    """The first byline in some parts of a text.

    A name of one word alone, or in capitals, is a heading; so is a line without a word before the name that has more in it than a name.
    """
    byline = _byline(folder)
    for start, end in parts:
        for match in byline.finditer(text, start, end):
            words = match["name"].split()
            alone = match.start() == match.start("name")
            if (
                1 < len(words) <= _MOST
                and not (match["name"].isupper() and not (match["beside"] or "").strip())
                and not (alone and any(word[0].islower() for word in words))
            ):
                return match.span("name")
    return None


def by_questions(quotes: Sequence[Quote], text: str) -> list[tuple[Quote, bool]]:
    """The turns of an interview behind dashes, and whether each asks: hardly anybody is named beside them, and every other one ends in a question."""
    turns = [quote for quote in quotes if quote.layout == "dash" and quote.parent is None]
    told = sum(quote.source is not None or bool(quote.cue) for quote in turns)
    if len(turns) < _FEWEST or told * _MARKED > len(turns):
        return []
    asked = [text[max(0, quote.content[-1].end - 3) : quote.content[-1].end].rstrip()[-1:] in ASKING for quote in turns]
    questions, answers = asked[::2], asked[1::2]
    if sum(questions) < _ASKED * len(questions) or sum(answers) > _ASKED_BACK * len(answers):
        return []
    return [(quote, not number % 2) for number, quote in enumerate(turns)]
