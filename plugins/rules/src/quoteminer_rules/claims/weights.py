"""Learned weights: a table of features, each with a weight for every question that is asked of it.

Rows begin with the name of a feature, so that all that a word weighs, in each place, stands together and is found at once.

The weights of a feature are hundredths and stand side by side in one integer, so that one addition adds all of them. Sums of such integers are exact,
in any order.
"""

from __future__ import annotations

import functools
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ..language.tables import Sorted

Feature = tuple[str, str]
"""Kind and name."""
_SHIFT: Final = 32
_HALF: Final = 1 << (_SHIFT - 1)
_MASK: Final = (1 << _SHIFT) - 1
_MEMORY: Final = 1 << 16
"""Features whose weights are remembered."""


def joined(weights: Sequence[int]) -> int:
    """Some weights as one integer, the first in the highest place."""
    total = 0
    for weight in weights:
        total = (total << _SHIFT) + weight
    return total


def parted(total: int, count: int) -> list[int]:
    """The weights that were joined, or the sums of such."""
    found = []
    for _ in range(count):
        low = last(total)
        found.append(low)
        total = (total - low) >> _SHIFT
    found.reverse()
    return found


def last(total: int) -> int:
    """The last of the weights that were joined."""
    return ((total + _HALF) & _MASK) - _HALF


def first(total: int) -> int:
    """The first of two."""
    return (total - last(total)) >> _SHIFT


class Places(NamedTuple):
    """Places of a text, in order, each with its sum."""

    at: list[int]
    sums: list[int]

    def within(self, low: int, high: int) -> Places:
        """Those from one place on up to another, which is not among them."""
        first, end = bisect_left(self.at, low), bisect_left(self.at, high)
        return Places(self.at[first:end], self.sums[first:end])


def at_least(totals: Sequence[int], least: int) -> tuple[Places, Places]:
    """Of sums of two joined weights, the places of those whose first, and whose last, is so much or more."""
    lowest = (least << _SHIFT) - _HALF
    # The halves of integers as a machine has them, in the order in which it does: many small integers are compared faster.
    halves = memoryview(array("q", totals)).cast("B").cast("i")
    lasts = halves[sys.byteorder == "big" :: 2].tolist()
    begins = [place for place, total in enumerate(totals) if total >= lowest]
    ends = [place for place, one in enumerate(lasts) if one >= least]
    return Places(begins, [first(totals[place]) for place in begins]), Places(ends, [lasts[place] for place in ends])


class Weights:
    """The weights of features, joined; a feature that is in no table weighs nothing.

    Args:
        table: rows of name, kind and weights; none where a language has no such table.
        columns: how many weights stand in a row.
    """

    def __init__(self, table: Sorted | None, columns: int) -> None:
        self.columns: Final = columns
        self._table: Final = table
        self._known: Final[dict[Feature, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._table)

    def __getitem__(self, feature: Feature) -> int:
        known = self._known.get(feature)
        if known is None:
            kind, name = feature
            row = None if self._table is None else self._table.row(name, kind)
            known = 0 if row is None else _of_row(row)
            if len(self._known) >= _MEMORY:
                self._known.clear()
            self._known[feature] = known
        return known

    def of_name(self, name: str) -> dict[str, int]:
        """What all features of a name weigh, by kind; they are not remembered."""
        found: dict[str, int] = {}
        if self._table is not None:
            for row in self._table.few(name):
                kind, *weights = row.split("\t")
                found[kind] = _of_row(weights)
        return found

    def of_kind(self, kind: str) -> list[tuple[str, int]]:
        """The features of a kind by name, each with its weights."""
        rows = [] if self._table is None else self._table.every()
        return [(name, _of_row(weights)) for name, other, *weights in rows if other == kind]

    def total(self, features: Iterable[Feature]) -> int:
        """The sum of the weights of some features."""
        return sum([self[feature] for feature in features])

    def parted(self, total: int) -> list[int]:
        """A sum as one for each column."""
        return parted(total, self.columns)


def _of_row(weights: Sequence[str]) -> int:
    return joined([_hundredths(weight) for weight in weights])


@functools.lru_cache(maxsize=2_000)
def _hundredths(weight: str) -> int:
    # Tables have thousands of weights, but few different ones.
    return round(float(weight) * 100)


@functools.cache
def weights(file: Path, columns: int) -> Weights:
    """The weights of a table; none where a language has no such table."""
    return Weights(Sorted(file, 2 + columns) if file.is_file() else None, columns)
