"""How likely a candidate is a report: the weights of its signs, learned as log odds."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from ..language.tables import rows
from .features import Signs

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


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
