"""How likely a candidate is a report: the weights of its signs, learned as log odds."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..language.tables import rows

_MEMORY: Final = 2_000
"""Values of a trait that are remembered."""

STRONGEST: Final = 3
"""Features on each side that an explanation shows."""

Table = dict[str, dict[str, float]]
"""Head -> trait -> weight in log odds."""


class Named(dict[str, str]):
    """Value -> trait of one name ("next:comma"); each trait is one string, the same as in the tables, so that look-ups need not compare letters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name: Final = name

    def __missing__(self, value: str) -> str:
        if len(self) >= _MEMORY:
            self.clear()
        self[value] = trait = sys.intern(self._name + value)
        return trait


@functools.cache
def tables(folder: Path) -> dict[str, Table]:
    """The tables of a pack by name; empty where nobody has learned any."""
    result: dict[str, Table] = {"report": {}, "end": {}, "alone": {}}
    file = folder / "weights" / "grammar.tsv"
    if file.exists():
        for row in rows(file, 4):
            name, head, trait, weight = row.columns
            # One string for each trait in all rows: looking a trait up under one head after the other compares the same object.
            result[name].setdefault(head, {})[sys.intern(trait)] = float(weight)
    return result


def total(table: Table, heads: Sequence[str], traits: Sequence[str]) -> float:
    """The sum of the weights of all pairs of heads and traits, as log odds; pairs that the table does not know count nothing."""
    found = 0.0
    for head in heads:
        weights = table.get(head)
        if weights is not None:
            for trait in traits:
                if trait in weights:
                    found += weights[trait]
    return found


def strongest(table: Table, heads: Sequence[str], traits: Sequence[str]) -> list[tuple[str, float]]:
    """The traits that weigh most under all heads together, :data:`STRONGEST` for and as many against, the weightiest first."""
    weights: dict[str, float] = {}
    for trait in traits:
        weights[trait] = weights.get(trait, 0.0) + total(table, heads, [trait])
    weighed = sorted(((trait, weight) for trait, weight in weights.items() if trait), key=lambda one: (-abs(one[1]), one[0]))
    return [
        *[one for one in weighed if one[1] > 0][:STRONGEST],
        *[one for one in weighed if one[1] < 0][:STRONGEST],
    ]


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
