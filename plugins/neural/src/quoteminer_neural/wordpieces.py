"""Wordpieces with exact offsets: the uncased WordPiece of BERT (Devlin et al. 2019), over any ``str``.

The pieces are those that the ``tokenizers`` library gives with its ``BertNormalizer`` (clean, lower case, without accents, CJK apart) and
``BertPreTokenizer``; a test compares the two. Ours exists because it has no dependency, because offsets are code points of the text as
given, and because lone surrogates, which are no text to a library in another language, are valid input here.
"""

from __future__ import annotations

import unicodedata
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

# Case is lost in an uncased vocabulary; it comes back as one of these.
LOWER, CAPITALISED, UPPER, MIXED, DIGIT, MARK = range(6)
CASES: Final = 6

_CJK: Final = (
    r"\u4E00-\u9FFF\u3400-\u4DBF\U00020000-\U0002A6DF\U0002A700-\U0002B73F\U0002B740-\U0002B81F\U0002B920-\U0002CEAF"
    r"\uF900-\uFAFF\U0002F800-\U0002FA1F"
)
_MARK: Final = rf"!-/:-@\[-`{{-~\p{{P}}{_CJK}"
_WORDS: Final = regex.compile(rf"[^\s{_MARK}]+|[{_MARK}]")


class Pieces(NamedTuple):
    """The wordpieces of a text, one item a piece.

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


class _Word(NamedTuple):
    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    case: int


class WordPieces:
    """Cuts text into the pieces of a vocabulary; ``vocabulary[i]`` is piece ``i``, ``##`` marks those inside a word."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._ids = {piece: number for number, piece in enumerate(self.vocabulary)}
        self._longest = max(map(len, self.vocabulary), default=0)
        self._words: dict[str, _Word] = {}
        self.unknown = self._ids[UNKNOWN]
        self.start = self._ids[START]
        self.end = self._ids[END]
        self.pad = self._ids[PAD]

    def __call__(self, text: str) -> Pieces:
        """The pieces of ``text``, in text order; time linear in its length."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        cases: list[int] = []
        inner: list[int] = []
        known = self._words
        for match in _WORDS.finditer(text):
            at = match.start()
            word = match[0]
            found = known.get(word)
            if found is None:
                found = self._cut(word)
                if len(word) <= LONGEST_WORD:
                    if len(known) >= _CACHE:
                        known.clear()
                    known[word] = found
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

    def _cut(self, word: str) -> _Word:
        plain, places = _normalised(word)
        if not plain:
            return _Word((), (), (), LOWER)
        case = _case(word)
        if len(plain) > LONGEST_WORD:
            return _Word((self.unknown,), (places[0],), (places[-1] + 1,), case)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        while at < len(plain):
            for end in range(min(len(plain), at + self._longest), at, -1):
                piece = plain[at:end] if at == 0 else "##" + plain[at:end]
                number = self._ids.get(piece)
                if number is not None:
                    break
            else:
                return _Word((self.unknown,), (places[0],), (places[-1] + 1,), case)
            ids.append(number)
            starts.append(places[at])
            ends.append(places[end - 1] + 1)
            at = end
        return _Word(tuple(ids), tuple(starts), tuple(ends), case)


def _normalised(word: str) -> tuple[str, list[int]]:
    """Lower case without accents and control characters, and for each character the place in ``word`` that it comes from."""
    if word.isascii() and word.isprintable():
        return word.lower(), list(range(len(word)))
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(word):
        if unicodedata.category(character)[0] == "C" or character == "\ufffd":
            continue
        # As the library does: accents go first, then case, character by character.
        for part in unicodedata.normalize("NFD", character):
            if unicodedata.category(part) == "Mn":
                continue
            for low in part.lower():
                plain.append(low)
                places.append(place)
    return "".join(plain), places


def _case(word: str) -> int:
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
