"""How likely a candidate is a report: the weights of its signs, learned as log odds."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..language.tables import rows
from .features import Signs

STRONGEST: Final = 3
"""Features on each side that an explanation shows."""

Table = dict[str, dict[str, float]]
"""Head -> trait -> weight in log odds."""


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


def log_odds(table: Table, signs: Signs) -> float:
    """The sum of the weights of all pairs; those that the table does not know count nothing."""
    return total(table, signs.heads, signs.traits)


def total(table: Table, heads: Sequence[str], traits: Sequence[str]) -> float:
    """The sum of the weights of all pairs of heads and traits."""
    found = 0.0
    for head in heads:
        weights = table.get(head)
        if weights is not None:
            for trait in traits:
                if trait in weights:
                    found += weights[trait]
    return found


def strongest(table: Table, signs: Signs) -> list[tuple[str, float]]:
    """The traits that weigh most under all heads together, :data:`STRONGEST` for and as many against, the weightiest first."""
    weights: dict[str, float] = {}
    for trait in signs.traits:
        weights[trait] = weights.get(trait, 0.0) + total(table, signs.heads, [trait])
    weighed = sorted(((trait, weight) for trait, weight in weights.items() if trait), key=lambda one: (-abs(one[1]), one[0]))
    return [
        *[one for one in weighed if one[1] > 0][:STRONGEST],
        *[one for one in weighed if one[1] < 0][:STRONGEST],
    ]


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
