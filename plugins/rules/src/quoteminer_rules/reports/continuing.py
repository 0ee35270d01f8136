"""Quotations without a cue, each as a report of its own or as a part of the direct quotation that it goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ..reading.passages import Passage
from .quotations import goes_on
from .ranges import Offsets
from .selection import Report


class Placed(NamedTuple):
    """A report, the token at which its content begins, and the one behind all that belongs to it."""

    first: int
    last: int
    report: Report


class _Growing:
    """A report while further quotations may be parts of it."""

    __slots__ = ("first", "last", "parts", "report")

    def __init__(self, placed: Placed) -> None:
        self.first: Final = placed.first
        self.last = placed.last
        self.report: Final = placed.report
        self.parts: list[Offsets] = []

    def done(self) -> Report:
        return self.report._replace(content=(*self.report.content, *self.parts)) if self.parts else self.report


def continued(passage: Passage, placed: Sequence[Placed], alone: Iterable[Placed]) -> list[Report]:
    """The reports of a passage with those of its quotations that have no cue; both in order of their first token."""
    known = [_Growing(one) for one in placed]
    found = [*known]
    at = 0
    latest: _Growing | None = None
    for one in alone:
        while at < len(known) and known[at].first < one.first:
            latest = _later(latest, known[at])
            at += 1
        if latest is not None and goes_on(passage, latest.last, one.first):
            latest.parts += one.report.content
            latest.last = one.last
        else:
            found.append(_Growing(one))
            latest = _later(latest, found[-1])
    return [one.done() for one in found]


def _later(one: _Growing | None, other: _Growing) -> _Growing | None:
    """Of two direct quotations the one that ends later."""
    if other.report.kind != "direct" or one is not None and one.last >= other.last:
        return one
    return other
