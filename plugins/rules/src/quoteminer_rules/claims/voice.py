"""Whose words are whose: each sentence falls into pieces, one for each quotation in it and one for the document's own voice.

In the words around a quotation its content is a single token, a gap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from quoteminer import Quote, Span

from .words import GAP, Words

Run = tuple[int, int]
"""A range of tokens."""
Stretch = tuple[int, int, int]
"""The number of a quote, and where a part of it begins and ends."""


class Part:
    """The stretches of a sentence in which one voice speaks.

    Attributes:
        quote: index of the innermost quote around them, -1 for the document's own voice.
        runs: ranges of tokens.
        gaps: before which of the runs, by its number, the content of which quotes stood.
    """

    __slots__ = ("gaps", "quote", "runs")

    def __init__(self, quote: int, runs: list[Run], gaps: list[tuple[int, int]]) -> None:
        self.quote: Final = quote
        self.runs: Final = runs
        self.gaps: Final = gaps


class Piece:
    """The words of one voice in one sentence.

    Attributes:
        tokens: indices of tokens; ``-1 - n`` is the gap that quote number ``n`` leaves.
        run: the same as a range, where there are no gaps and all follow each other.
        flags: what each token can be.
        cues: positions in ``tokens`` that belong to the cue of a quote.
    """

    __slots__ = ("cues", "flags", "run", "tokens")

    def __init__(self, part: Part, words: Words, cues: list[int]) -> None:
        self.run: Final = part.runs[0] if len(part.runs) == 1 and not part.gaps else None
        flags = words.flags
        if self.run is not None:
            first, last = self.run
            self.tokens: Sequence[int] = range(first, last)
            self.flags = flags[first:last]
        else:
            self.tokens = _tokens(part)
            self.flags = [flags[i] if i >= 0 else GAP for i in self.tokens]
        self.cues: list[int] = []
        first, last = part.runs[0][0], part.runs[-1][1]
        low = bisect_left(cues, first)
        if low < len(cues) and cues[low] < last:
            among = set(cues[low : bisect_left(cues, last)])
            self.cues = [position for position, i in enumerate(self.tokens) if i in among]


def _tokens(part: Part) -> list[int]:
    """The tokens of a part with its gaps among them."""
    tokens: list[int] = []
    waiting = 0
    for at, (first, last) in enumerate(part.runs):
        while waiting < len(part.gaps) and part.gaps[waiting][0] <= at:
            tokens.append(-1 - part.gaps[waiting][1])
            waiting += 1
        tokens += range(first, last)
    tokens.extend(-1 - quote for _, quote in part.gaps[waiting:])
    return tokens


class Quotations:
    """The quotes of a text, of which those are asked for that stand in one block after another.

    Attributes:
        quotes: all of them.
        parents: for each the number of the quote around it, or -1.
    """

    __slots__ = ("_contents", "_cues", "_sources", "parents", "quotes")

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self.quotes: Final = quotes
        numbers = {quote.id: number for number, quote in enumerate(quotes)}
        self.parents: Final = [numbers.get(quote.parent, -1) if quote.parent is not None else -1 for quote in quotes]
        self._contents = _Passing((span, number) for number, quote in enumerate(quotes) for span in quote.content)
        self._cues = _Passing((span, number) for number, quote in enumerate(quotes) for span in quote.cue)
        self._sources = _Passing((quote.source, number) for number, quote in enumerate(quotes) if quote.source is not None)

    def contents(self, start: int, end: int) -> list[Stretch]:
        """The contents that reach into a block, by the number of their quote; blocks are asked for in the order of the text."""
        return self._contents.within(start, end)

    def cues(self, start: int, end: int) -> list[Stretch]:
        """The cues there."""
        return self._cues.within(start, end)

    def sources(self, start: int, end: int) -> list[Stretch]:
        """The mentions of sources there."""
        return self._sources.within(start, end)


def _tokens_of(starts: Sequence[int], stretches: Sequence[Stretch]) -> set[int]:
    tokens: set[int] = set()
    for _, first, last in stretches:
        tokens.update(range(bisect_left(starts, first), bisect_left(starts, last)))
    return tokens


class _Passing:
    """Spans in the order of the text, those at hand that reach into the present block."""

    __slots__ = ("_open", "_spans")

    def __init__(self, spans: Iterable[tuple[Span, int]]) -> None:
        self._spans = sorted(((span.start, span.end, number) for span, number in spans), reverse=True)
        self._open: list[Stretch] = []

    def within(self, start: int, end: int) -> list[Stretch]:
        """Those that reach into a block, by number and place; no later block may begin before ``start``."""
        while self._spans and self._spans[-1][0] < end:
            first, last, number = self._spans.pop()
            self._open.append((number, first, last))
        self._open = [one for one in self._open if one[2] > start]
        return sorted(self._open)


class Voices:
    """The innermost quote and the cue of each token of a block."""

    __slots__ = ("_edges", "_owner", "_parents", "cues", "sources")

    def __init__(self, words: Words, quotations: Quotations, start: int, end: int) -> None:
        self._parents = quotations.parents
        starts = words.starts
        self._owner = [-1] * len(words)
        edges: set[int] = set()
        for number, first, last in quotations.contents(start, end):
            low, high = bisect_left(starts, first), bisect_left(starts, last)
            self._owner[low:high] = [number] * (high - low)
            edges.add(low)
            edges.add(high)
        cues = _tokens_of(starts, quotations.cues(start, end))
        #: Where one voice may end and another begin.
        self._edges = sorted(edges)
        #: The tokens of cues, in order.
        self.cues: Final = sorted(cues)
        #: Those of mentions of sources, which are no cues.
        self.sources: Final = _tokens_of(starts, quotations.sources(start, end)) - cues

    def parts(self, sentence: Run) -> list[Part]:
        """The parts of one sentence, in order of their first word or gap."""
        first, last = sentence
        at = bisect_right(self._edges, first)
        if at == len(self._edges) or self._edges[at] >= last:
            return [Part(self._owner[first], [sentence], [])]
        return self._mixed(first, last, at)

    def _mixed(self, first: int, last: int, at: int) -> list[Part]:
        owner = self._owner
        #: Of each voice: where its first word or gap is, its runs, its gaps.
        order: dict[int, int] = {}
        runs: dict[int, list[Run]] = {}
        gaps: dict[int, list[tuple[int, int]]] = {}
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
                # The gap of a quote in the words around it, once for each stretch of it.
                outer = self._parents[inner]
                around = gaps.setdefault(outer, [])
                gap = (len(runs.get(outer, ())), inner)
                if not around or around[-1] != gap:
                    around.append(gap)
                    order.setdefault(outer, start)
                inner = outer
            start = end
            if end < last:
                voice = owner[end]
        return [
            Part(voice, found, gaps.get(voice, []))
            for voice, found in sorted(runs.items(), key=lambda item: (order[item[0]], item[0]))
        ]
