"""Pieces of a unigram language model (Kudo 2018), as multilingual encoders have them: of all ways to cut a word the most probable one.

The pieces of a word are those that SentencePiece gives, but for three things: marks stand alone, invisible characters inside a word are left out,
and what the vocabulary lacks is one unknown piece.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from .pieces import LONGEST_WORD, LOWER, Cutter, Word, case

SPACE: Final = "\u2581"
"""Stands for the white space before a word, as part of its first piece."""
_RARE: Final = 10.0
"""How much less probable an unknown character is than the rarest piece, as a logarithm."""
_CLUSTERS: Final = regex.compile(r"\X")


class Unigrams(Cutter):
    """Cuts text into pieces with the logarithms of their probabilities."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        super().__init__(pieces)
        self._scores = dict(zip(self.pieces, scores, strict=True))
        for special in (self.unknown, self.start, self.end, self.pad):
            del self._scores[self.pieces[special]]
        self._longest = max(map(len, self._scores), default=0)
        self._rare = min(self._scores.values(), default=0.0) - _RARE

    @classmethod
    def read(cls, lines: Sequence[str]) -> Unigrams:
        """From lines ``piece<TAB>score``.

        Raises:
            ValueError: when a line has no score, or one that is no number.
            KeyError: when a special piece is missing.
        """
        pairs = [line.split("\t") for line in lines]
        return cls([piece for piece, _ in pairs], [float(score) for _, score in pairs])

    def cut(self, word: str, *, spaced: bool) -> Word:
        plain, places, stops = _normalised(word)
        if not plain:
            return Word((), (), (), LOWER)
        kind = case(word)
        if len(plain) > LONGEST_WORD:
            return Word((self.unknown,), (places[0],), (stops[-1],), kind)
        if spaced:
            plain, places, stops = SPACE + plain, [places[0], *places], [places[0], *stops]
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in self._best(plain):
            piece = plain[start:end]
            if piece == SPACE:
                # The white space alone is no part of the text's words.
                continue
            number = self.numbers[piece] if piece in self._scores else self.unknown
            if number == self.unknown and ids and ids[-1] == number:
                ends[-1] = stops[end - 1]
                continue
            ids.append(number)
            starts.append(places[start])
            ends.append(stops[end - 1])
        return Word(tuple(ids), tuple(starts), tuple(ends), kind)

    def _best(self, plain: str) -> Iterator[tuple[int, int]]:
        """The most probable cut, as places in ``plain``; what no piece covers goes character by character (Viterbi 1967)."""
        scores, longest = self._scores, self._longest
        best = [0.0]
        back = [0]
        for end in range(1, len(plain) + 1):
            # An unknown character after the best way to here, unless a piece does better.
            origin, value = end - 1, best[end - 1] + self._rare
            for start in range(max(0, end - longest), end):
                score = scores.get(plain[start:end])
                if score is not None and best[start] + score > value:
                    origin, value = start, best[start] + score
            best.append(value)
            back.append(origin)
        cuts = [len(plain)]
        while cuts[-1]:
            cuts.append(back[cuts[-1]])
        cuts.reverse()
        return zip(cuts, cuts[1:], strict=False)


def _normalised(word: str) -> tuple[str, list[int], list[int]]:
    """NFKC without invisible characters, and for each character the place in ``word`` where its cluster begins, and where that ends."""
    if word.isascii() and word.isprintable():
        return word, list(range(len(word))), list(range(1, len(word) + 1))
    plain: list[str] = []
    places: list[int] = []
    stops: list[int] = []
    for match in _CLUSTERS.finditer(word):
        for character in unicodedata.normalize("NFKC", match[0]):
            if unicodedata.category(character)[0] == "C" or character == "\ufffd" or character.isspace():
                continue
            plain.append(character)
            places.append(match.start())
            stops.append(match.end())
    return "".join(plain), places, stops
