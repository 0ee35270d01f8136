"""What of a text is taken by one search, so that the next need not read it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ..found import Offsets


class Covered:
    """Ranges of a text in any order; those that overlap count as one."""

    __slots__ = ("_ranges", "_starts")

    def __init__(self, ranges: Iterable[Offsets]) -> None:
        self._ranges = apart(ranges)
        self._starts = [start for start, _ in self._ranges]

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def holds(self, offset: int) -> bool:
        """Whether an offset lies in one of the ranges."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ranges[at][1]

    def meets(self, start: int, end: int) -> bool:
        """Whether a part of the text, or some of it, lies in one of the ranges."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ranges[at][1] > start


def apart(parts: Iterable[Offsets]) -> tuple[Offsets, ...]:
    """The parts that are not empty, in order, those that overlap as one."""
    result: list[Offsets] = []
    for start, end in sorted(parts):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        elif start < end:
            result.append((start, end))
    return tuple(result)
