"""Where a claim may begin and where it may end: two linear models of the words around a place between two words of one voice.

A place is seen by the words from three before it to three behind it, by the order of their rough kinds, and, at the edges of the voice, by whose voice
it is. The weights are in ``weights/claim_edges.tsv``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Quote

from .settings import Setting, voice_of
from .signs import LETTERS, NAMES, OUTSIDE, REACH, Signs, at_distance, edges_of, special
from .voice import Piece
from .weights import Feature, Weights, at_least, joined
from .words import Words

ORDERS: Final = ((-1, 1), (-1, 2), (-2, 1))
"""Which words around a place are seen by the order of their kinds: from and to a distance, the end exclusive."""
LEAST: Final = -300
"""The least sum, in hundredths, for a place to be looked at."""
_PADDING: Final = len(REACH) // 2
_WINDOW: Final = 2
"""So many words to either side of a place are in an order."""
_NEVER: Final = joined((-100_000_000, -100_000_000))
"""Of places that are none, between two pieces."""
_MEMORY: Final = 1 << 16


def setting(quote: Quote | None) -> list[Feature]:
    """What is seen of a place at the edge of a voice, besides which edge it is."""
    return [("voice", voice_of(quote)), ("layout", quote.layout if quote is not None and quote.layout else "none")]


class Seen(NamedTuple):
    """A piece as the models see it.

    Attributes:
        signs: of each word.
        marked: the positions of cues and of sources.
        setting: whose words they are.
    """

    signs: list[Signs]
    marked: list[tuple[int, str]]
    setting: Setting

    @property
    def letters(self) -> list[str]:
        """The rough kinds of its words."""
        letters = [one.letter for one in self.signs]
        for position, name in self.marked:
            letters[position] = LETTERS[name]
        return letters


class Strip:
    """Several pieces one behind the other, with words of nobody before, between and behind them, so that all are judged in one go.

    Attributes:
        at: where each piece begins.
        signs, letters: of each word.
        scores: of the place before each word, the sums for being an edge of a claim.
        begins, ends: the places where a claim may begin, and where it may end.
        inside, verbs: what all words before each weigh in a claim, and how many of them may be verbs.
    """

    __slots__ = ("at", "begins", "ends", "inside", "letters", "scores", "signs", "verbs")

    def __init__(self, signs: list[Signs], letters: str, scores: list[int], at: list[int]) -> None:
        self.signs: Final = signs
        self.letters: Final = letters
        self.scores: Final = scores
        self.at: Final = at
        self.begins, self.ends = at_least(scores, LEAST)
        self.inside: Final = list(accumulate([one.inside for one in signs], initial=0))
        self.verbs: Final = list(accumulate([one.finite for one in signs], initial=0))


class Edges:
    """The two models of a language."""

    def __init__(self, folder: Path) -> None:
        self._weights: Final = edges_of(folder)
        self._outside: Final = special(folder, "outside")
        self._gap: Final = special(folder, "gap")
        self._marks: Final = {name: special(folder, name) for name in ("cue", "source")}
        self._bias: Final = self._weights["bias", ""]
        self._windows: Final = _Windows(self._weights)

    def seen(self, piece: Piece, words: Words, sources: set[int], setting: Setting) -> Seen:
        """A piece as the models see it; ``sources`` are the tokens of mentions of who speaks."""
        of_words, tokens, run = words.signs, piece.tokens, piece.run
        signs = (
            of_words[run[0] : run[1]] if run is not None else [of_words[token] if token >= 0 else self._gap for token in tokens]
        )
        marked = [(position, "cue") for position in piece.cues]
        # Few pieces hold any, and that is told without a step of the interpreter for each word.
        if not sources.isdisjoint(tokens):
            marked += [(position, "source") for position, token in enumerate(tokens) if token in sources]
        return Seen(signs, marked, setting)

    def strip(self, pieces: Sequence[Seen]) -> Strip:
        """Some pieces with their edges judged."""
        padding = [self._outside] * _PADDING
        signs = padding.copy()
        totals: list[int] = []
        at: list[int] = []
        for piece in pieces:
            at.append(len(signs))
            signs += piece.signs
            signs += padding
            totals += [piece.setting.everywhere] * (len(piece.signs) + 1)
            totals += (_NEVER,) * (_PADDING - 1)
        rough = [one.letter for one in signs]
        marks: list[tuple[int, str]] = []
        for begun, piece in zip(at, pieces, strict=True):
            for position, name in piece.marked:
                rough[begun + position] = LETTERS[name]
                marks.append((begun + position, name))
        letters = "".join(rough)
        count = len(signs) - len(REACH) + 1
        columns = (
            [one.around_0 for one in signs],
            [one.around_1 for one in signs[1:]],
            [one.around_2 for one in signs[2:]],
            [one.around_3 for one in signs[3:]],
            [one.around_4 for one in signs[4:]],
            [one.around_5 for one in signs[5:]],
        )
        first = _PADDING - _WINDOW
        orders = zip(*[letters[number : number + count] for number in range(first, first + 2 * _WINDOW)], strict=True)
        scores = [_NEVER] * _PADDING
        scores += map(sum, zip(totals, *columns, map(self._windows.__getitem__, orders), strict=False))
        scores += [_NEVER] * (len(signs) - len(scores))
        for position, name in marks:
            for distance, weight in zip(REACH, self._marks[name].around, strict=True):
                scores[position - distance] += weight
        for begun, piece in zip(at, pieces, strict=True):
            scores[begun] += piece.setting.at_first
            scores[begun + len(piece.signs)] += piece.setting.at_last
        return Strip(signs, letters, scores, at)

    def of_setting(self, quote: Quote | None) -> tuple[int, int, int]:
        """What whose words they are weighs at any place, and besides at the first and at the last."""
        where = setting(quote)
        return (
            self._bias + self._weights.total(where),
            self._weights.total((f"first {kind}", name) for kind, name in where),
            self._weights.total((f"last {kind}", name) for kind, name in where),
        )

    def features(self, seen: Seen, place: int) -> list[Feature]:
        """What is seen of one place, by kind and name: what :meth:`strip` adds up."""
        count = len(seen.signs) + 1
        letters = seen.letters
        found: list[Feature] = [("bias", "")]
        for distance in REACH:
            at = place + distance
            one = seen.signs[at] if 0 <= at < count - 1 else self._outside
            found += at_distance(one.features, distance)
            for position, mark in seen.marked:
                if position == at:
                    found += at_distance(self._marks[mark].features, distance)
        for begin, end in ORDERS:
            inside = range(place + begin, place + end)
            names = [NAMES[letters[at]] if 0 <= at < count - 1 else OUTSIDE for at in inside]
            found.append((order_kind((begin, end)), " ".join(names)))
        for kind, name in setting(seen.setting.quote):
            found.append((kind, name))
            found += [(f"{edge} {kind}", name) for at, edge in ((0, "first"), (count - 1, "last")) if place == at]
        return found


class _Windows(dict[tuple[str, ...], int]):
    """The letters of the words around a place -> what their orders weigh; filled as they come, as few windows occur."""

    def __init__(self, known: Weights) -> None:
        super().__init__()
        self._known: Final = known
        self._orders: Final = [(order_kind((begin, end)), _WINDOW + begin, _WINDOW + end) for begin, end in ORDERS]

    def __missing__(self, window: tuple[str, ...]) -> int:
        names = [NAMES[letter] for letter in window]
        total = 0
        for kind, begin, end in self._orders:
            total += self._known[kind, " ".join(names[begin:end])]
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
