"""The words of a text with their classes; offsets are code points of the text."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable
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
_MEMORY: Final = 1 << 16
# Longer tokens are no words: not worth remembering.
_LONGEST: Final = 40


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
        raw = parts[1::2]
        forms = list(map(forms_of(language).__getitem__, raw))
        self.text = text
        self.starts = offsets[:-1:2]
        self.ends = offsets[1::2]
        self.raw = raw
        # Built-in functions take the columns out without a step of the interpreter for each token.
        self.words: list[str] = list(map(operator.itemgetter(0), forms))
        self.flags: list[int] = list(map(operator.itemgetter(1), forms))
        self.normal: list[str] = list(map(operator.itemgetter(2), forms))
        self.weights: list[int] = list(map(operator.itemgetter(3), forms))

    def __len__(self) -> int:
        return len(self.starts)


def union_of(flags: Iterable[int]) -> int:
    """What some words are together."""
    return functools.reduce(operator.or_, flags, 0)


def normal(word: str, flag: int) -> str:
    """A word as the model of ``worth`` knows it: digits stand for a year or a number."""
    if flag & _NUMBER and word[0].isdigit():
        return "<year>" if len(word) == 4 and word.isdecimal() and 1500 <= int(word) < 2100 else "<number>"
    return word.replace("’", "'")


class Forms(dict[str, Form]):
    """Token as written -> its form; filled as tokens come, as most tokens of a text are of a few thousand forms."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._known = word_classes(language)
        self._model = worth.load(language)

    def __missing__(self, raw: str) -> Form:
        word, flags = raw.lower(), self._flags(raw)
        key = normal(word, flags)
        form = Form(word, flags, key, self._model.weight_of(key, flags))
        if len(raw) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[raw] = form
        return form

    def _flags(self, raw: str) -> int:
        if not raw[0].isalnum():
            if raw in _STOPS or raw == "...":
                return STOP
            if raw in _BREAKS:
                return BREAK
            if raw == ",":
                return COMMA
            return LINE if raw[0] == "\n" else 0
        word = raw.lower().replace("’", "'")
        flags: int | None = self._known.get(word)
        if flags is None and word.endswith("n't"):
            flags = self._known.get(word[:-3])
            flags = flags if flags is None else flags | Flag.NEGATOR
        if flags is None and word.endswith("'s"):
            flags = WORD
        if flags is None:
            flags = guess(word)
        if may_be_time(raw, self._language):
            flags |= DATED
        if may_be_quantity(raw, self._language):
            flags |= COUNTED
        return int(flags) | CAPITAL if raw[0].isupper() else int(flags)


@functools.cache
def forms_of(language: str) -> Forms:
    """The forms of tokens in a language."""
    return Forms(language)
