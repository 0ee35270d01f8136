"""Pieces of words with exact offsets: what both kinds of vocabulary have in common.

A text is cut into words and marks, each word into pieces; words that come again are looked up. Offsets are code points of the text as given, and
lone surrogates are valid input.
"""

from __future__ import annotations

import abc
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import regex

Ints = npt.NDArray[np.int32]

UNKNOWN: Final = "[UNK]"
START: Final = "[CLS]"
END: Final = "[SEP]"
PAD: Final = "[PAD]"
LONGEST_WORD: Final = 100
"""A word of more characters is one unknown piece, as in BERT; it keeps a megabyte without spaces linear."""
_CACHE: Final = 1 << 16

# The case of a word is told apart from its pieces: in an uncased vocabulary it is lost otherwise.
LOWER, CAPITALISED, UPPER, MIXED, DIGIT, MARK = range(6)
CASES: Final = 6

_CJK: Final = (
    r"\u4E00-\u9FFF\u3400-\u4DBF\U00020000-\U0002A6DF\U0002A700-\U0002B73F\U0002B740-\U0002B81F\U0002B920-\U0002CEAF"
    r"\uF900-\uFAFF\U0002F800-\U0002FA1F"
)
_MARK: Final = rf"!-/:-@\[-`{{-~\p{{P}}{_CJK}"
_WORDS: Final = regex.compile(rf"[^\s{_MARK}]+|[{_MARK}]")


class Pieces(NamedTuple):
    """The pieces of a text, one item a piece.

    ``ids``: numbers in the vocabulary. ``starts``, ``ends``: code points of the text, end exclusive. ``cases``: case of the word that the
    piece belongs to. ``inner``: 1 where a piece continues a word.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    cases: Ints
    inner: Ints

    def __len__(self) -> int:
        return len(self.ids)


class Word(NamedTuple):
    """The pieces of a word, with offsets from its beginning."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    case: int


class Cutter(abc.ABC):
    """Cuts text into the pieces of a vocabulary, of which ``pieces[i]`` is piece ``i``.

    Raises:
        KeyError: when a special piece is missing.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = tuple(pieces)
        self.numbers = {piece: number for number, piece in enumerate(self.pieces)}
        self.unknown = self.numbers[UNKNOWN]
        self.start = self.numbers[START]
        self.end = self.numbers[END]
        self.pad = self.numbers[PAD]
        # Apart by whether white space stands before the word, which some vocabularies tell.
        self._words: tuple[dict[str, Word], dict[str, Word]] = ({}, {})

    @abc.abstractmethod
    def cut(self, word: str, *, spaced: bool) -> Word:
        """The pieces of a word or mark; ``spaced``: whether the text begins there, or white space stands before it."""

    def __call__(self, text: str) -> Pieces:
        """The pieces of ``text``, in text order; time linear in its length."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        cases: list[int] = []
        inner: list[int] = []
        joined, apart = self._words
        last = -1
        for match in _WORDS.finditer(text):
            at, stop = match.span()
            word = match[0]
            known = apart if at > last else joined
            found = known.get(word)
            if found is None:
                found = self.cut(word, spaced=at > last)
                if len(word) <= LONGEST_WORD:
                    if len(known) >= _CACHE:
                        known.clear()
                    known[word] = found
            last = stop
            if len(found.ids) == 1:
                ids.append(found.ids[0])
                starts.append(at + found.starts[0])
                ends.append(at + found.ends[0])
                cases.append(found.case)
                inner.append(0)
                continue
            for number, piece in enumerate(found.ids):
                ids.append(piece)
                starts.append(at + found.starts[number])
                ends.append(at + found.ends[number])
                cases.append(found.case)
                inner.append(number > 0)
        return Pieces(*(np.array(column, dtype=np.int32) for column in (ids, starts, ends, cases, inner)))


def case(word: str) -> int:
    """The case of a word, as one of ``LOWER`` …"""
    if word[0].isdigit():
        return DIGIT
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITALISED
    if word[0].isupper() and word[1:].islower():
        return CAPITALISED
    if any(character.isalpha() for character in word):
        return MIXED
    return MARK
