"""One-to-one assignment of what was found to what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from .words import Units

#: Two contents are the same quotation from this intersection over union on.
SAME: Final = 0.5

Pairs = list[tuple[int, int]]


def overlap(left: Units, right: Units) -> float:
    """Intersection over union; of two empty sets 0."""
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0


def dice(left: Units, right: Units) -> float:
    """Harmonic mean of the shares that two sets have in common."""
    shared = len(left & right)
    return 2 * shared / (len(left) + len(right)) if shared else 0.0


def assign(
    gold: Sequence[Units],
    found: Sequence[Units],
    *,
    at_least: float = SAME,
    measure: Callable[[Units, Units], float] = overlap,
    bonus: Callable[[int, int], float] | None = None,
) -> Pairs:
    """The assignment with the greatest sum of ``measure`` over pairs that share a word and reach ``at_least``.

    Args:
        gold, found: sets of words.
        bonus: is added for each pair, by its indices; a small one decides between assignments that are equally good.

    Returns:
        pairs of indices, sorted; each index occurs once at most.
    """
    weights: dict[tuple[int, int], float] = {}
    for i, j in _touching(gold, found):
        value = measure(gold[i], found[j])
        if value >= at_least:
            weights[i, j] = value + (bonus(i, j) if bonus is not None else 0.0)
    pairs: Pairs = []
    for rows, columns in _components(weights):
        matrix = np.zeros((len(rows), len(columns)))
        for a, i in enumerate(rows):
            for b, j in enumerate(columns):
                matrix[a, b] = weights.get((i, j), 0.0)
        for a, b in zip(*linear_sum_assignment(matrix, maximize=True), strict=True):
            if (rows[a], columns[b]) in weights:
                pairs.append((rows[a], columns[b]))
    return sorted(pairs)


def _touching(gold: Sequence[Units], found: Sequence[Units]) -> list[tuple[int, int]]:
    """Pairs that share a word, so that long documents need no full matrix."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for i, units in enumerate(gold):
        for unit in units:
            holders[unit].append(i)
    return sorted({(i, j) for j, units in enumerate(found) for unit in units for i in holders.get(unit, ())})


def _components(weights: dict[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """Groups of rows and columns that hang together; each is a problem of its own."""
    by_row: dict[int, list[int]] = defaultdict(list)
    by_column: dict[int, list[int]] = defaultdict(list)
    for i, j in weights:
        by_row[i].append(j)
        by_column[j].append(i)
    seen: set[int] = set()
    groups: list[tuple[list[int], list[int]]] = []
    for start in by_row:
        if start in seen:
            continue
        seen.add(start)
        rows, columns, waiting = [start], set[int](), [start]
        while waiting:
            for j in by_row[waiting.pop()]:
                if j not in columns:
                    columns.add(j)
                    fresh = [i for i in by_column[j] if i not in seen]
                    seen.update(fresh)
                    rows += fresh
                    waiting += fresh
        groups.append((sorted(rows), sorted(columns)))
    return groups
