"""The blocks of a text: its paragraphs with the quotation marks in them."""

from __future__ import annotations

from bisect import bisect_left

from quoteminer.text import paragraphs
from quoteminer.text.marks import Conventions, MarkedSpan, find_marks, guillemets_point_out, pair_marks


class Block:
    """A paragraph: ``start``/``end`` in the document, and its outermost stretches in marks."""

    __slots__ = ("end", "start", "stretches")

    def __init__(self, start: int, end: int, stretches: list[MarkedSpan]) -> None:
        self.start = start
        self.end = end
        self.stretches = stretches

    def between(self, start: int, end: int) -> list[MarkedSpan]:
        """The stretches that lie in a range of the document as a whole."""
        found = self.opening_between(start, end)
        while found and found[-1].close > end:
            found.pop()
        return found

    def opening_between(self, start: int, end: int) -> list[MarkedSpan]:
        """The stretches that begin in a range of the document."""
        low = bisect_left(self.stretches, start, key=_opening)
        return self.stretches[low : bisect_left(self.stretches, end, low, key=_opening)]


def _opening(stretch: MarkedSpan) -> int:
    return stretch.open


def blocks_of(text: str, conventions: Conventions) -> list[Block]:
    """Split ``text`` at blank lines and pair the quotation marks of each block."""
    bounds = paragraphs(text)
    marks = find_marks(text)
    outward = guillemets_point_out(marks, text)
    starts = [mark[0] for mark in marks]
    result: list[Block] = []
    low = 0
    for start, end in bounds:
        high = bisect_left(starts, end, low)
        stretches = pair_marks(text, start, end, marks[low:high], outward=outward, conventions=conventions) if high > low else []
        result.append(Block(start, end, stretches))
        low = high
    return result
