"""Stretches of a text as elements that nest, for markup languages, whatever crosses."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class Stretch(NamedTuple):
    """What becomes an element.

    Attributes:
        start, end: where, in code points.
        order: of those with one beginning and end, the lower is the outer one; no two are alike.
        thing: whatever it stands for.
    """

    start: int
    end: int
    order: int
    thing: Any


class Opening(NamedTuple):
    """An element begins: the ``part``-th, from 0, of its stretch."""

    thing: Any
    part: int


class Closing(NamedTuple):
    """The innermost element ends; ``last`` when no further part of its stretch comes."""

    thing: Any
    last: bool


class Words(NamedTuple):
    """A stretch of the text, never empty, up to where something begins or ends."""

    start: int
    end: int


def nested(size: int, stretches: Iterable[Stretch], deepest: int | None = None) -> Iterator[Opening | Closing | Words]:
    """A text of ``size`` code points with elements that nest; a stretch that crosses another is cut where the outer one ends.

    Args:
        deepest: so many elements are open at once; what would lie deeper is left out there.
    """
    waiting = [(one.start, -one.end, one.order, 0, one.thing) for one in stretches]
    heapq.heapify(waiting)
    # End, what it is, and whether its last part is open.
    open_: list[tuple[int, Any, bool]] = []
    at = 0
    while waiting or open_:
        ends = open_[-1][0] if open_ else size + 1
        if waiting and waiting[0][0] < ends:
            start, minus_end, order, part, thing = heapq.heappop(waiting)
            if at < start:
                yield Words(at, start)
                at = start
            whole = -minus_end <= ends
            if not whole:
                heapq.heappush(waiting, (ends, minus_end, order, part + 1, thing))
            if deepest is None or len(open_) < deepest:
                open_.append((min(-minus_end, ends), thing, whole))
                yield Opening(thing, part)
        else:
            end, thing, last = open_.pop()
            if at < end:
                yield Words(at, end)
                at = end
            yield Closing(thing, last)
    if at < size:
        yield Words(at, size)
