"""The uncased WordPiece of BERT (Devlin et al. 2019), with exact offsets, over any ``str``.

The pieces are those that the ``tokenizers`` library gives with its ``BertNormalizer`` (clean, lower case, without accents, CJK apart) and
``BertPreTokenizer``; a test compares the two. Ours exists because it has no dependency, because offsets are code points of the text as
given, and because lone surrogates, which are no text to a library in another language, are valid input here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from .pieces import LONGEST_WORD, LOWER, Cutter, Word, case


class WordPieces(Cutter):
    """Cuts text into wordpieces, the longest first; ``##`` marks those inside a word."""

    def __init__(self, pieces: Sequence[str]) -> None:
        super().__init__(pieces)
        self._longest = max(map(len, self.pieces), default=0)

    def cut(self, word: str, *, spaced: bool) -> Word:
        plain, places = _normalised(word)
        if not plain:
            return Word((), (), (), LOWER)
        kind = case(word)
        if len(plain) > LONGEST_WORD:
            return Word((self.unknown,), (places[0],), (places[-1] + 1,), kind)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        while at < len(plain):
            for end in range(min(len(plain), at + self._longest), at, -1):
                piece = plain[at:end] if at == 0 else "##" + plain[at:end]
                number = self.numbers.get(piece)
                if number is not None:
                    break
            else:
                return Word((self.unknown,), (places[0],), (places[-1] + 1,), kind)
            ids.append(number)
            starts.append(places[at])
            ends.append(places[end - 1] + 1)
            at = end
        return Word(tuple(ids), tuple(starts), tuple(ends), kind)


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
