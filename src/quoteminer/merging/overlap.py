"""Which finds of two extractors may be the same one: by overlap of their spans, without comparing each with each.

Finds with equal spans meet by look-up. Of the others each is compared with the nearest that start before it and after it and reach into it, nearest first:
at most 32 on each side, and fewer where they have very many spans. So the time grows as n log n, whatever the finds are; only in a pile of more than
32 finds inside each other can a pair be missed, and then both stand.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from ..spans import Span

Spans = tuple[Span, ...]

#: Neighbours on each side with which one is compared.
NEAR: Final = 32
#: Spans that are looked at for one find before its search ends; the nearest neighbour is compared in any case.
WORK: Final = 1_024
#: Partners that one find may choose from; which of a pile it gets is chance anyway.
_CHOICE: Final = 8


def shared(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Code points that two lists of spans have in common; both in text order without overlaps."""
    if len(left) == 1 == len(right):
        a, b = left[0], right[0]
        common = min(a.end, b.end) - max(a.start, b.start)
        return common if common > 0 else 0
    total = 0
    i = j = 0
    while i < len(left) and j < len(right):
        a, b = left[i], right[j]
        common = min(a.end, b.end) - max(a.start, b.start)
        if common > 0:
            total += common
        if a.end < b.end:
            i += 1
        else:
            j += 1
    return total


def size(spans: Sequence[Span]) -> int:
    """Code points in a list of spans."""
    return sum([span.end - span.start for span in spans])


def overlap(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Intersection over union, in code points; both in text order without overlaps."""
    common = shared(left, right)
    return common / (size(left) + size(right) - common) if common else 0.0


def nearest(count: int, at: int) -> Iterator[int]:
    """Places in a list of ``count`` around ``at``, nearest first, at most :data:`NEAR` on each side."""
    for step in range(NEAR):
        if at + step < count:
            yield at + step
        if at - step > 0:
            yield at - step - 1


Value = Callable[[int, int, int, int, int], float]
"""Gets the places of two finds, the code points that both have in common, and the code points of each; what is 0 is no pair."""


def pairs(left: Sequence[Spans], right: Sequence[Spans], value: Value) -> Iterator[tuple[float, int, int]]:
    """All pairs of finds that overlap and have a value, with it."""
    return _overlapping(left, range(len(left)), right, range(len(right)), value, None)


def partners(left: Sequence[Spans], right: Sequence[Spans], value: Value) -> Iterator[tuple[float, int, int]]:
    """Pairs for finds that will have one partner at most: equal ones first, each once, with the value 1; then the best of what is left."""
    same: defaultdict[Spans, deque[int]] = defaultdict(deque)
    for j, spans in enumerate(right):
        same[spans].append(j)
    rest: list[int] = []
    for i, spans in enumerate(left):
        equal = same.get(spans)
        if equal:
            yield 1.0, i, equal.popleft()
        else:
            rest.append(i)
    yield from _overlapping(left, rest, right, (j for equal in same.values() for j in equal), value, _CHOICE)


def _overlapping(
    left: Sequence[Spans], given: Iterable[int], right: Sequence[Spans], others: Iterable[int], value: Value, most: int | None
) -> Iterator[tuple[float, int, int]]:
    order = sorted(others, key=lambda j: (right[j][0].start, j))
    starts = [right[j][0].start for j in order]
    ends = [right[j][-1].end for j in order]
    sizes = [size(right[j]) for j in order]
    # The furthest end of all that start before: where it does not reach, nothing further back does.
    reach = list(accumulate(ends, max))
    for i in given:
        spans = left[i]
        start, end, own = spans[0].start, spans[-1].end, size(spans)
        found: list[tuple[float, int, int]] = []
        at = bisect_left(starts, start)
        work = 0
        before = after = True
        for k in nearest(len(order), at):
            if k >= at:
                after = after and starts[k] < end
                near = after
            else:
                before = before and reach[k] > start
                near = before and ends[k] > start
            if near:
                other = right[order[k]]
                if work > WORK:
                    break
                work += len(spans) + len(other)
                common = shared(spans, other)
                worth = value(i, order[k], common, own, sizes[k]) if common else 0.0
                if worth:
                    found.append((-worth, abs(k - at), k))
            elif not before and not after:
                break
        for negative, _, k in found if most is None or len(found) <= most else heapq.nsmallest(most, found):
            yield -negative, i, order[k]
