"""The words of a text with their classes; offsets are code points of the text."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Final, NamedTuple

from .lexicon import Flag, guess, word_classes
from .quantities import may_be_quantity
from .times import may_be_time

_TOKEN: Final = re.compile(
    r"(\d+(?:[.,:]\d+)*(?:-?[^\W\d_]+(?:-[^\W\d_]+)*)?|[^\W_]+(?:[’'.&@-][^\W_]+)*|\n[^\S\n]*(?:\n\s*)?|--+|\.\.\.|[^\w\s])"
)
_STOPS: Final = frozenset(".!?…")
_BREAKS: Final = frozenset(["—", "–", ";", ":", "--"])
_MARKS: Final = frozenset("\"“”‘’«»„‚‹›()[]'*_")

#: Flags as plain integers, which are several times faster to combine.
STOP, BREAK, COMMA, MARK, HOLE = int(Flag.STOP), int(Flag.BREAK), int(Flag.COMMA), int(Flag.MARK), int(Flag.HOLE)
CAPITAL, WORD = int(Flag.CAPITAL), int(Flag.WORD)
_NUMBER: Final = int(Flag.NUMBER)


class Form(NamedTuple):
    """What is known of all tokens that are written alike."""

    word: str
    flags: int
    normal: str
    dated: bool
    numbered: bool


class Words:
    """The tokens of a text as parallel lists.

    Attributes:
        starts, ends: where each begins and ends.
        raw: as written; of line breaks the line feeds.
        words: in lower case.
        flags: what each can be, bits of :class:`Flag`.
        dated, numbered: where those begin that a time expression or a quantity may have, which few sentences do.
        normal: as the model of ``worth`` knows it, empty for what it does not count.
    """

    __slots__ = ("dated", "ends", "flags", "normal", "numbered", "raw", "starts", "words")

    def __init__(self, text: str, language: str) -> None:
        # What lies between tokens and the tokens in turn, so that offsets are running sums of lengths.
        parts = _TOKEN.split(text)
        offsets = list(accumulate(map(len, parts)))
        self.starts = offsets[:-1:2]
        self.ends = offsets[1::2]
        self.raw = parts[1::2]
        forms = list(map(classifier(language), self.raw))
        self.words = [form.word for form in forms]
        self.flags = [form.flags for form in forms]
        self.normal = [form.normal for form in forms]
        self.dated = [self.starts[i] for i, form in enumerate(forms) if form.dated]
        self.numbered = [self.starts[i] for i, form in enumerate(forms) if form.numbered]

    def __len__(self) -> int:
        return len(self.starts)


def union_of(flags: Iterable[int]) -> int:
    """What some words are together."""
    return functools.reduce(operator.or_, flags, 0)


def normal(word: str, flag: int) -> str:
    """A word as the model of ``worth`` knows it: digits stand for a year or a number; empty for what it does not count."""
    if flag & _NUMBER and word[0].isdigit():
        return "<year>" if len(word) == 4 and word.isdigit() and 1500 <= int(word) < 2100 else "<number>"
    if flag & (MARK | COMMA) and word != ",":
        return ""
    return word.replace("’", "'")


@functools.cache
def classifier(language: str) -> Callable[[str], Form]:
    """Gives the form of a token; remembers the most recent ones, as most tokens of a text are of a few thousand forms."""
    known = word_classes(language)

    def flags_of(raw: str) -> int:
        if not (raw[0].isalnum()):
            if raw in _STOPS or raw == "...":
                return STOP
            if raw in _BREAKS:
                return BREAK
            if raw == ",":
                return COMMA
            return MARK if raw in _MARKS else 0
        word = raw.lower().replace("’", "'")
        flags: int | None = known.get(word)
        if flags is None and word.endswith("n't"):
            flags = known.get(word[:-3])
            flags = flags if flags is None else flags | Flag.NEGATOR
        if flags is None and word.endswith("'s"):
            flags = WORD
        if flags is None:
            flags = guess(word)
        return int(flags) | CAPITAL if raw[0].isupper() else int(flags)

    @functools.lru_cache(maxsize=1 << 16)
    def form_of(raw: str) -> Form:
        word, flags = raw.lower(), flags_of(raw)
        return Form(word, flags, normal(word, flags), may_be_time(raw, language), may_be_quantity(raw, language))

    return form_of
