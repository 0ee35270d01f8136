"""Where a claim may begin and where it may end: two linear models of the words around a place between two words of one voice.

A place is seen by the words from three before it to three behind it, by the order of their rough kinds, and, at the edges of the voice, by whose voice
it is. The weights are in ``weights/claim_edges.tsv``.
"""

from __future__ import annotations

import functools
from itertools import repeat
from pathlib import Path
from typing import Final, Literal, NamedTuple

from quoteminer import Quote

from .signs import LETTERS, NAMES, OUTSIDE, REACH, Signs, at_distance, edges_of, special
from .voice import Piece
from .weights import Feature, Weights
from .words import Words

Voice = Literal["document", "direct", "indirect"]
VOICES: Final[tuple[Voice, ...]] = ("document", "direct", "indirect")
ORDERS: Final = ((-1, 1), (-1, 2), (-2, 1))
"""Which words around a place are seen by the order of their kinds: from and to a distance, the end exclusive."""
_PADDING: Final = len(REACH) // 2
_WINDOW: Final = 2
"""So many words to either side of a place are in an order."""
_MEMORY: Final = 1 << 16


def voice_of(quote: Quote | None) -> Voice:
    """Whose words they are: the document's own, those of somebody in marks, or those of somebody reported."""
    return "document" if quote is None else "direct" if quote.kind == "direct" else "indirect"


def setting(quote: Quote | None) -> list[Feature]:
    """What is seen of a place at the edge of a voice, besides which edge it is."""
    return [("voice", voice_of(quote)), ("layout", quote.layout if quote is not None and quote.layout else "none")]


class Seen(NamedTuple):
    """A piece as the models see it.

    Attributes:
        signs: of each word.
        letters: of their rough kinds.
        marked: the positions of cues and of sources.
    """

    signs: list[Signs]
    letters: str
    marked: list[tuple[int, str]]


class Edges:
    """The two models of a language."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder
        self._weights: Final = edges_of(folder)
        self._outside: Final = special(folder, "outside")
        self._gap: Final = special(folder, "gap")
        self._bias: Final = self._weights["bias", ""]
        self._settings: Final[dict[tuple[Feature, ...], tuple[int, int, int]]] = {}
        self._windows: Final = _Windows(self._weights)

    def seen(self, piece: Piece, words: Words, sources: set[int]) -> Seen:
        """A piece as the models see it; ``sources`` are the tokens of mentions of who speaks."""
        of_words = words.signs
        signs = [of_words[token] if token >= 0 else self._gap for token in piece.tokens]
        letters = [one.letter for one in signs]
        marked = [(position, "cue") for position in piece.cues]
        if sources:
            marked += [(position, "source") for position, token in enumerate(piece.tokens) if token in sources]
        for position, name in marked:
            letters[position] = LETTERS[name]
        return Seen(signs, "".join(letters), marked)

    def scores(self, seen: Seen, quote: Quote | None) -> list[int]:
        """For each place of a piece, from before its first word to behind its last, the two sums, joined."""
        count = len(seen.signs) + 1
        padding = [self._outside] * _PADDING
        around = [one.around for one in (*padding, *seen.signs, *padding)]
        everywhere, at_first, at_last = self._of_setting(quote)
        columns = [column[number : number + count] for number, column in enumerate(zip(*around, strict=True))]
        letters = OUTSIDE * _WINDOW + seen.letters + OUTSIDE * _WINDOW
        windows = zip(*(letters[at : at + count] for at in range(2 * _WINDOW)), strict=True)
        totals = list(map(sum, zip(repeat(everywhere, count), *columns, map(self._windows.__getitem__, windows), strict=True)))
        for position, name in seen.marked:
            for distance, weight in zip(REACH, special(self._folder, name).around, strict=True):
                if 0 <= position - distance < count:
                    totals[position - distance] += weight
        totals[0] += at_first
        totals[-1] += at_last
        return totals

    def _of_setting(self, quote: Quote | None) -> tuple[int, int, int]:
        """What the setting weighs at any place, and besides at the first and at the last; few settings occur."""
        where = setting(quote)
        key = tuple(where)
        known = self._settings.get(key)
        if known is None:
            known = self._settings[key] = (
                self._bias + self._weights.total(where),
                self._weights.total((f"first {kind}", name) for kind, name in where),
                self._weights.total((f"last {kind}", name) for kind, name in where),
            )
        return known

    def features(self, seen: Seen, quote: Quote | None, place: int) -> list[Feature]:
        """What is seen of one place, by kind and name: what :meth:`scores` adds up."""
        count = len(seen.signs) + 1
        found: list[Feature] = [("bias", "")]
        for distance in REACH:
            at = place + distance
            one = seen.signs[at] if 0 <= at < count - 1 else self._outside
            found += at_distance(one.features, distance)
            for position, mark in seen.marked:
                if position == at:
                    found += at_distance(special(self._folder, mark).features, distance)
        for begin, end in ORDERS:
            inside = range(place + begin, place + end)
            names = [NAMES[seen.letters[at]] if 0 <= at < count - 1 else OUTSIDE for at in inside]
            found.append((order_kind((begin, end)), " ".join(names)))
        for kind, name in setting(quote):
            found.append((kind, name))
            found += [(f"{edge} {kind}", name) for at, edge in ((0, "first"), (count - 1, "last")) if place == at]
        return found


class _Windows(dict[tuple[str, ...], int]):
    """The letters of the words around a place -> what their orders weigh; filled as they come, as few windows occur."""

    def __init__(self, known: Weights) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, window: tuple[str, ...]) -> int:
        total = 0
        for begin, end in ORDERS:
            names = " ".join(NAMES[letter] for letter in window[_WINDOW + begin : _WINDOW + end])
            total += self._known[order_kind((begin, end)), names]
        if len(self) >= _MEMORY:
            self.clear()
        self[window] = total
        return total


@functools.cache
def edges(folder: Path) -> Edges:
    """The models of a language, made once."""
    return Edges(folder)


def order_kind(bounds: tuple[int, int]) -> str:
    """The kind of the features for the order of words around a place."""
    return f"order {bounds[0]:+d} {bounds[1] - 1:+d}"
