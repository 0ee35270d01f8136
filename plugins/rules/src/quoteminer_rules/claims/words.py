"""The words of a text with their classes; offsets are code points of the text."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final, NamedTuple

from ..language.clitics import Clitics
from ..language.morphology import by_ending
from ..language.pack import load
from . import check_worthiness
from .lexicon import Flag, guess, knowledge
from .quantities import is_currency, is_ordinal, is_small, is_tens, is_unit, may_be_quantity
from .signs import Signs, classes_of, tables
from .times import may_be_time

#: Quotation marks and brackets, which are no words: what they enclose is what counts.
MARKS: Final = frozenset("\"“”‘’«»„‚‹›()[]'*_")
_TOKEN: Final = re.compile(
    r"([a-zA-Z]++(?=[ ,\n])|\d++(?:[.,:]\d++)*(?:-?[^\W\d_]++(?:-[^\W\d_]++)*)?|[^\W_]++(?:[’'.&@-][^\W_]++)*|\n[^\S\n]*(?:\n\s*)?|--+"
    # A character of HTML is one sign, whose semicolon ends nothing.
    r"|\.\.\.|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});|[^\w\s\"“”‘’«»„‚‹›()\[\]'*])"
)
STOPS: Final = frozenset(".!?…")
_PAUSES: Final = frozenset(["—", "–", ";", ":", "--"])

#: Flags as plain integers, which are several times faster to combine.
STOP, PAUSE, COMMA, GAP = int(Flag.STOP), int(Flag.PAUSE), int(Flag.COMMA), int(Flag.GAP)
CAPITAL, WORD, LINE = int(Flag.CAPITAL), int(Flag.WORD), int(Flag.LINE)
DATED, COUNTED, CURRENCY = int(Flag.DATED), int(Flag.COUNTED), int(Flag.CURRENCY)
_NUMBER, _NEGATIVE, _PLURAL, _OWNER = int(Flag.NUMBER), int(Flag.NEGATIVE), int(Flag.PLURAL), int(Flag.OWNER)
_MANY, _ORDINAL = int(Flag.MANY), int(Flag.ORDINAL)
_MEMORY: Final = 1 << 16
# Longer tokens are no words: not worth remembering.
_LONGEST: Final = 40


class Form(NamedTuple):
    """What is known of all tokens that are written alike."""

    flags: int
    normal: str
    weight: int
    """What it adds to the scores of its sentence, as the models of debates know it."""
    signs: Signs
    """What the models of reports see of it."""


class Words:
    """The tokens of a part of a text as parallel lists; quotation marks and brackets are none.

    Attributes:
        text: the whole text.
        starts, ends: where each begins and ends in it.
        raw: as written; of line breaks the line feeds.
        flags: what each can be, bits of :class:`Flag`.
        normal: as the model of ``check_worthiness`` knows it.
        weights: what each adds to the scores of its sentence.
        signs: what the models of reports see of each.
    """

    __slots__ = ("ends", "flags", "normal", "raw", "signs", "starts", "text", "weights")

    def __init__(self, text: str, folder: Path, start: int = 0, end: int | None = None) -> None:
        # What lies between tokens and the tokens in turn, so that offsets are running sums of lengths.
        parts = _TOKEN.split(text if end is None and not start else text[start:end])
        clitics = load(folder).clitics
        if clitics is not None:
            parts = _with_clitics(parts, clitics)
        offsets = list(accumulate(map(len, parts), initial=start))
        raw = parts[1::2]
        forms = list(map(forms_of(folder).__getitem__, raw))
        self.text = text
        self.starts = offsets[1:-1:2]
        self.ends = offsets[2::2]
        self.raw = raw
        # Built-in functions take the columns out without a step of the interpreter for each token.
        self.flags: list[int] = list(map(operator.itemgetter(0), forms))
        self.normal: list[str] = list(map(operator.itemgetter(1), forms))
        self.weights: list[int] = list(map(operator.itemgetter(2), forms))
        self.signs: list[Signs] = list(map(operator.itemgetter(3), forms))

    def __len__(self) -> int:
        return len(self.starts)


def _with_clitics(parts: list[str], clitics: Clitics) -> list[str]:
    """The same with tokens of their own for what is written together with the word beside it."""
    parted = list(map(clitics.__getitem__, parts[1::2]))
    if max(map(len, parted), default=1) == 1:
        return parts
    result = [parts[0]]
    for raw, between, found in zip(parts[1::2], parts[2::2], parted, strict=True):
        for (begin, end), (following, _) in pairwise([*found, (len(raw), 0)]):
            result += (raw[begin:end], raw[end:following])
        result[-1] += between
    return result


def union_of(flags: Iterable[int]) -> int:
    """What some words are together."""
    return functools.reduce(operator.or_, flags, 0)


def normal(word: str, flag: int) -> str:
    """A word as the models know it: digits stand for a year or a number."""
    if flag & _NUMBER and word[0].isdigit():
        return "<year>" if len(word) == 4 and word.isdecimal() and 1500 <= int(word) < 2100 else "<number>"
    return word.replace("’", "'")


class Forms(dict[str, Form]):
    """Token as written -> its form; filled as tokens come, as most tokens of a text are of a few thousand forms."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._pack = load(folder)
        self._knowledge = knowledge(folder)
        self._tables = tables(folder)
        known = self._knowledge
        self._ends = tuple(one.ending for one in (*known.negative, *known.owner, *known.plural))
        self._model = check_worthiness.load(folder)

    def __missing__(self, raw: str) -> Form:
        flags = self._flags(raw)
        key = normal(raw.lower(), flags)
        weight = self._model.weight_of(check_worthiness.features_of(key, flags)) if self._model.known else 0
        form = Form(flags, key, weight, Signs(self._tables, key, classes_of(key, flags, self._pack)))
        if len(raw) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[raw] = form
        return form

    def _flags(self, raw: str) -> int:
        if not raw[0].isalnum():
            return CURRENCY if is_currency(raw, self._folder) else COUNTED if is_unit(raw, self._folder) else _sign(raw)
        word = raw.lower().replace("’", "'")
        flags = self._by_list(word) | self._by_ending(word)
        flags |= self._by_number(word, flags)
        if may_be_time(raw, self._folder):
            flags |= DATED
        if may_be_quantity(raw, self._folder):
            flags |= COUNTED
        return flags | CAPITAL if raw[0].isupper() else flags

    def _by_list(self, word: str) -> int:
        """What a word is by the lists, or, where none has it, by its form."""
        known = self._knowledge.known
        flags = known.get(word)
        if flags is None:
            for one in self._knowledge.negative:
                if word.endswith(one.ending):
                    flags = known.get(word[: -len(one.ending)])
        return guess(word, self._knowledge.endings) if flags is None else flags

    def _by_ending(self, word: str) -> int:
        """What the end of any word tells, listed or not."""
        flags = 0
        if not word.endswith(self._ends):
            return flags
        if by_ending(word, self._knowledge.negative):
            flags |= _NEGATIVE
        if by_ending(word, self._knowledge.owner):
            flags |= _OWNER
        elif by_ending(word, self._knowledge.plural):
            flags |= _PLURAL
        return flags

    def _by_number(self, word: str, flags: int) -> int:
        """What a number tells by its value."""
        found = _ORDINAL if is_ordinal(word, self._folder) else 0
        counts = flags & _NUMBER or is_tens(word.partition("-")[0], self._folder) and "-" in word
        return found | _MANY if counts and not is_small(word, self._folder) else found


def _sign(raw: str) -> int:
    """What a token is that is no word."""
    if raw in STOPS or raw == "...":
        return STOP
    if raw in _PAUSES:
        return PAUSE
    if raw == ",":
        return COMMA
    return LINE if raw[0] == "\n" else 0


@functools.cache
def forms_of(folder: Path) -> Forms:
    """The forms of tokens in a language."""
    return Forms(folder)
