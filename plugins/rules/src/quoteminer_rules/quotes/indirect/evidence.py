"""Evidence: how much each sign speaks for or against a candidate, learned from training data as log odds.

``weights/reports.tsv`` holds two tables. ``cue`` says whether a cue in its frame reports something, ``end`` whether reported words end at
a place. What is weighed is described by heads (which word, which frame, which class of verbs) and traits (what stands around it);
the weights of all pairs of a head and a trait are added up, and the logistic function makes a probability of the sum.
"""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...language.tables import rows
from ...lexicon import LANGUAGES

Table = dict[str, dict[str, float]]
"""Head -> trait -> weight in log odds."""


class Signs(NamedTuple):
    """What can be seen of a candidate; the empty head or trait is that of every candidate."""

    heads: Sequence[str]
    traits: list[str]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each head with each trait."""
        return ((head, trait) for head in self.heads for trait in self.traits)


@functools.cache
def tables(language: str) -> dict[str, Table]:
    """The tables of a language by name."""
    result: dict[str, Table] = {"cue": {}, "end": {}}
    for row in rows(LANGUAGES / language / "weights" / "reports.tsv", 4):
        name, head, trait, weight = row.columns
        # One string for each trait in all rows: looking a trait up under one head after the other compares the same object.
        result[name].setdefault(head, {})[sys.intern(trait)] = float(weight)
    return result


def log_odds(table: Table, signs: Signs) -> float:
    """The sum of the weights of all pairs; those that the table does not know count nothing."""
    total = 0.0
    traits = signs.traits
    for head in signs.heads:
        weights = table.get(head)
        if weights is not None:
            for trait in traits:
                if trait in weights:
                    total += weights[trait]
    return total


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
