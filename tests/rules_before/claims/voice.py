"""Whose words are whose: each sentence falls into pieces, one for each quotation in it and one for the document's own voice.

In the words around a quotation its content is a single token, a hole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from quoteminer import Quote

from .words import HOLE, Words

Run = tuple[int, int]
"""A range of tokens."""


class Part:
    """The stretches of a sentence in which one voice speaks.

    Attributes:
        quote: index of the innermost quote around them, -1 for the document's own voice.
        runs: ranges of tokens.
        holes: before which of the runs, by its number, the content of which quotes stood.
    """

    __slots__ = ("holes", "quote", "runs")

    def __init__(self, quote: int, runs: list[Run], holes: list[tuple[int, int]]) -> None:
        self.quote: Final = quote
        self.runs: Final = runs
        self.holes: Final = holes


class Piece:
    """The words of one voice in one sentence.

    Attributes:
        tokens: indices of tokens; ``-1 - n`` is the hole that quote number ``n`` leaves.
        flags, words: of each token.
        cues: positions in ``tokens`` that belong to the cue of a quote.
        holes: whether there are any.
    """

    __slots__ = ("cues", "flags", "holes", "tokens", "words")

    def __init__(self, part: Part, words: Words, cues: list[int]) -> None:
        tokens: list[int] = []
        if part.holes:
            holes = iter([*part.holes, (len(part.runs) + 1, 0)])
            number, quote = next(holes)
            for at, (first, last) in enumerate(part.runs):
                while number == at:
                    tokens.append(-1 - quote)
                    number, quote = next(holes)
                tokens += range(first, last)
            while number == len(part.runs):
                tokens.append(-1 - quote)
                number, quote = next(holes)
        else:
            for first, last in part.runs:
                tokens += range(first, last)
        self.tokens: Final = tokens
        self.holes: Final = bool(part.holes)
        flags, forms = words.flags, words.words
        if len(part.runs) == 1 and not part.holes:
            first, last = part.runs[0]
            self.flags = flags[first:last]
            self.words = forms[first:last]
        else:
            self.flags = [flags[i] if i >= 0 else HOLE for i in tokens]
            self.words = [forms[i] if i >= 0 else "" for i in tokens]
        self.cues: list[int] = []
        first, last = part.runs[0][0], part.runs[-1][1]
        low = bisect_left(cues, first)
        if low < len(cues) and cues[low] < last:
            among = set(cues[low : bisect_left(cues, last)])
            self.cues = [position for position, i in enumerate(tokens) if i in among]


class Voices:
    """The innermost quote and the cue of each token of a text."""

    __slots__ = ("_edges", "_owner", "_parents", "cues")

    def __init__(self, words: Words, quotes: Sequence[Quote]) -> None:
        numbers = {quote.id: number for number, quote in enumerate(quotes)}
        self._parents = [numbers.get(quote.parent, -1) if quote.parent is not None else -1 for quote in quotes]
        starts = words.starts
        self._owner = [-1] * len(words)
        edges: set[int] = set()
        cues: set[int] = set()
        for number, quote in enumerate(quotes):
            for span in quote.content:
                low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
                self._owner[low:high] = [number] * (high - low)
                edges.add(low)
                edges.add(high)
            for span in quote.cue:
                cues.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
        #: Where one voice may end and another begin.
        self._edges = sorted(edges)
        #: The tokens of cues, in order.
        self.cues: Final = sorted(cues)

    def parts(self, sentence: Run) -> list[Part]:
        """The parts of one sentence, in order of their first word or hole."""
        first, last = sentence
        at = bisect_right(self._edges, first)
        if at == len(self._edges) or self._edges[at] >= last:
            return [Part(self._owner[first], [sentence], [])]
        return self._mixed(first, last, at)

    def _mixed(self, first: int, last: int, at: int) -> list[Part]:
        owner = self._owner
        #: Of each voice: where its first word or hole is, its runs, its holes.
        order: dict[int, int] = {}
        runs: dict[int, list[Run]] = {}
        holes: dict[int, list[tuple[int, int]]] = {}
        start, voice = first, owner[first]
        while start < last:
            end = last
            while at < len(self._edges) and self._edges[at] < last:
                edge = self._edges[at]
                at += 1
                if owner[edge] != voice:
                    end = edge
                    break
            runs.setdefault(voice, []).append((start, end))
            order.setdefault(voice, start)
            inner = voice
            while inner >= 0:
                # The hole of a quote in the words around it, once for each stretch of it.
                outer = self._parents[inner]
                around = holes.setdefault(outer, [])
                hole = (len(runs.get(outer, ())), inner)
                if not around or around[-1] != hole:
                    around.append(hole)
                    order.setdefault(outer, start)
                inner = outer
            start = end
            if end < last:
                voice = owner[end]
        return [
            Part(voice, found, holes.get(voice, []))
            for voice, found in sorted(runs.items(), key=lambda item: (order[item[0]], item[0]))
        ]
