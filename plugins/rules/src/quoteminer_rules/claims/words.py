"""The words of a text with their classes; offsets are code points of the text."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Final, NamedTuple

from . import worth
from .lexicon import Flag, guess, word_classes
from .quantities import may_be_quantity
from .times import may_be_time

#: Quotation marks and brackets, which are no words: what they enclose is what counts.
MARKS: Final = frozenset("\"“”‘’«»„‚‹›()[]'*_")
_TOKEN: Final = re.compile(
    r"([a-zA-Z]++(?=[ ,\n])|\d++(?:[.,:]\d++)*(?:-?[^\W\d_]++(?:-[^\W\d_]++)*)?|[^\W_]++(?:[’'.&@-][^\W_]++)*|\n[^\S\n]*(?:\n\s*)?|--+"
    r"|\.\.\.|[^\w\s\"“”‘’«»„‚‹›()\[\]'*])"
)
_STOPS: Final = frozenset(".!?…")
_BREAKS: Final = frozenset(["—", "–", ";", ":", "--"])

#: Flags as plain integers, which are several times faster to combine.
STOP, BREAK, COMMA, HOLE = int(Flag.STOP), int(Flag.BREAK), int(Flag.COMMA), int(Flag.HOLE)
CAPITAL, WORD, LINE = int(Flag.CAPITAL), int(Flag.WORD), int(Flag.LINE)
DATED, COUNTED = int(Flag.DATED), int(Flag.COUNTED)
_NUMBER: Final = int(Flag.NUMBER)


class Form(NamedTuple):
    """What is known of all tokens that are written alike."""

    word: str
    flags: int
    normal: str
    weight: int


class Words:
    """The tokens of a text as parallel lists; quotation marks and brackets are none.

    Attributes:
        starts, ends: where each begins and ends.
        raw: as written; of line breaks the line feeds.
        words: in lower case.
        flags: what each can be, bits of :class:`Flag`.
        normal: as the model of ``worth`` knows it.
        weights: what each adds to the scores of its sentence.
    """

    __slots__ = ("ends", "flags", "normal", "raw", "starts", "text", "weights", "words")

    def __init__(self, text: str, language: str) -> None:
        # What lies between tokens and the tokens in turn, so that offsets are running sums of lengths.
        parts = _TOKEN.split(text)
        offsets = list(accumulate(map(len, parts)))
        forms = list(map(classifier(language), parts[1::2]))
        self.text = text
        self.starts = offsets[:-1:2]
        self.ends = offsets[1::2]
        self.raw = parts[1::2]
        self.words = [form[0] for form in forms]
        self.flags = [form[1] for form in forms]
        self.normal = [form[2] for form in forms]
        self.weights = [form[3] for form in forms]

    def __len__(self) -> int:
        return len(self.starts)


def union_of(flags: Iterable[int]) -> int:
    """What some words are together."""
    return functools.reduce(operator.or_, flags, 0)


def normal(word: str, flag: int) -> str:
    """A word as the model of ``worth`` knows it: digits stand for a year or a number."""
    if flag & _NUMBER and word[0].isdigit():
        return "<year>" if len(word) == 4 and word.isdigit() and 1500 <= int(word) < 2100 else "<number>"
    return word.replace("’", "'")


@functools.cache
def classifier(language: str) -> Callable[[str], Form]:
    """Gives the form of a token; remembers the most recent ones, as most tokens of a text are of a few thousand forms."""
    known = word_classes(language)
    model = worth.load(language)

    def flags_of(raw: str) -> int:
        if not (raw[0].isalnum()):
            if raw in _STOPS or raw == "...":
                return STOP
            if raw in _BREAKS:
                return BREAK
            if raw == ",":
                return COMMA
            return LINE if raw[0] == "\n" else 0
        word = raw.lower().replace("’", "'")
        flags: int | None = known.get(word)
        if flags is None and word.endswith("n't"):
            flags = known.get(word[:-3])
            flags = flags if flags is None else flags | Flag.NEGATOR
        if flags is None and word.endswith("'s"):
            flags = WORD
        if flags is None:
            flags = guess(word)
        if may_be_time(raw, language):
            flags |= DATED
        if may_be_quantity(raw, language):
            flags |= COUNTED
        return int(flags) | CAPITAL if raw[0].isupper() else int(flags)

    @functools.lru_cache(maxsize=1 << 16)
    def form_of(raw: str) -> Form:
        word, flags = raw.lower(), flags_of(raw)
        key = normal(word, flags)
        return Form(word, flags, key, model.weight_of(key, flags))

    return form_of
