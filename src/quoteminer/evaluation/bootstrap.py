"""Uncertainty by resampling documents (Efron 1979; paired test as in Berg-Kirkpatrick, Burkett and Klein 2012).

Documents, not quotations, are drawn: quotations of one document stand or fall together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from .tallies import Floats, f_scores

SAMPLES: Final = 1000
SEED: Final = 20231
LEVEL: Final = (2.5, 97.5)


def weights(documents: int, *, samples: int = SAMPLES, seed: int = SEED) -> Floats:
    """How often each document is drawn, an array of samples x documents; the same for the same arguments."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(documents, np.full(documents, 1 / documents), size=samples).astype(float)


def intervals(names: Sequence[str], values: Floats, *, samples: int = SAMPLES) -> dict[str, tuple[float, float]]:
    """95 % percentile intervals of the F1 of each metric; none for less than two documents."""
    if len(values) < 2:
        return {}
    drawn = f_scores(np.tensordot(weights(len(values), samples=samples), values, axes=1))[2]
    found: dict[str, tuple[float, float]] = {}
    for i, name in enumerate(names):
        sample = drawn[:, i][~np.isnan(drawn[:, i])]
        if len(sample):
            low, high = np.percentile(sample, LEVEL)
            found[name] = (float(low), float(high))
    return found


@attrs.frozen(kw_only=True)
class Difference:
    """How much better B is than A by one metric, on the same documents.

    Attributes:
        a, b: F1 of either side.
        difference: ``b - a``.
        interval: 95 % bootstrap interval of the difference.
        p: two-sided share of samples in which the difference vanishes or turns round; the smaller, the surer.
    """

    metric: str
    a: float | None
    b: float | None
    difference: float | None
    interval: tuple[float, float] | None
    p: float | None


def differences(names: Sequence[str], a: Floats, b: Floats, *, samples: int = SAMPLES) -> list[Difference]:
    """Compare two systems metric by metric; both sides are drawn together, document by document.

    Args:
        a, b: arrays of documents x metrics x 4 over the same documents and metrics.
    """
    at_a, at_b = f_scores(a.sum(axis=0))[2], f_scores(b.sum(axis=0))[2]
    drawn: Floats | None = None
    if len(a) > 1:
        drawn_of = weights(len(a), samples=samples)
        drawn = f_scores(np.tensordot(drawn_of, b, axes=1))[2] - f_scores(np.tensordot(drawn_of, a, axes=1))[2]
    result = []
    for i, name in enumerate(names):
        left, right = (None if np.isnan(value[i]) else float(value[i]) for value in (at_a, at_b))
        known = left is not None and right is not None
        sample = drawn[:, i][~np.isnan(drawn[:, i])] if drawn is not None and known else np.empty(0)
        interval = p = None
        if len(sample):
            low, high = np.percentile(sample, LEVEL)
            interval = (float(low), float(high))
            p = min(1.0, 2 * float(min((sample <= 0).mean(), (sample >= 0).mean())))
        result.append(
            Difference(
                metric=name,
                a=left,
                b=right,
                difference=right - left if left is not None and right is not None else None,
                interval=interval,
                p=p,
            )
        )
    return result
