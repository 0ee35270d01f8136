"""Logistic regression over features that are there or not."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from ..reports.scoring import Table
from .examples import Example

#: A feature is learned when it occurs so often, and kept when it weighs so much.
FEWEST: Final = 6
SMALLEST: Final = 0.04
ROUNDS: Final = 150


def regression(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Weights by logistic regression, those that are nearly zero left out."""
    counts = Counter(name for one in examples for name in set(one.features))
    places_of = {name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= FEWEST))}
    rows: list[int] = []
    columns: list[int] = []
    for number, one in enumerate(examples):
        used = sorted({places_of[name] for name in one.features if name in places_of})
        rows += [number] * len(used)
        columns += used
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(places_of)))
    right = np.array([one.right for one in examples], float)
    weight = np.array([one.weight for one in examples], float)

    def loss(values: Any) -> tuple[float, Any]:
        odds = matrix @ values
        missed = np.sum(weight * (np.logaddexp(0, odds) - right * odds)) + 0.5 * penalty * values @ values
        return float(missed), matrix.T @ (weight * (1 / (1 + np.exp(-odds)) - right)) + penalty * values

    best = minimize(loss, np.zeros(len(places_of)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return {name: float(best[n]) for name, n in places_of.items() if abs(best[n]) >= SMALLEST}


def table_of(weights: Mapping[str, float]) -> Table:
    """Weights as the rules use them."""
    table: Table = {}
    for name, weight in weights.items():
        head, trait = name.split("\t")
        table.setdefault(head, {})[trait] = weight
    return table


def weights_of(name: str, examples: Sequence[Example], penalty: float) -> Table:
    """The weights of one table, those of words of other languages left out; how much they were learned from is printed."""
    weights = regression(examples, penalty)
    own = {feature.partition("\t")[0] for one in examples if one.own for feature in one.features}
    weights = {
        feature: weight for feature, weight in weights.items() if _is_common(head := feature.partition("\t")[0]) or head in own
    }
    print(
        f"{name}: {len(examples)} examples, {sum(one.right for one in examples)} right, {len(weights)} weights", file=sys.stderr
    )
    return table_of(weights)


def _is_common(head: str) -> bool:
    """Whether a head is no word, but a class, a construction or the like."""
    return not head or ":" in head or head.isupper()
