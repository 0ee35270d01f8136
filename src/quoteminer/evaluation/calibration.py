"""Whether confidences can be believed: reliability tables and expected calibration error (Naeini, Cooper and Hauskrecht 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

BINS: Final = 10


@attrs.frozen(kw_only=True)
class Bin:
    """The predictions whose confidence lies in ``[low, high)``, in the last bin up to 1.

    Attributes:
        confidence: their mean confidence.
        right: share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@attrs.frozen(kw_only=True)
class Calibration:
    """How confidences and outcomes go together.

    Attributes:
        error: expected calibration error: mean distance of confidence and share right, weighted by the size of the bins.
        brier: mean squared distance of confidence and outcome.
        bins: those that hold a prediction.
    """

    count: int
    error: float
    brier: float
    bins: tuple[Bin, ...]


def calibration(confidences: Sequence[float], outcomes: Sequence[bool], *, bins: int = BINS) -> Calibration | None:
    """Reliability in bins of equal width; ``None`` without predictions."""
    if not confidences:
        return None
    given = np.asarray(confidences, dtype=float)
    truth = np.asarray(outcomes, dtype=float)
    numbers = np.minimum((given * bins).astype(int), bins - 1)
    table = []
    for number in range(bins):
        inside = numbers == number
        if inside.any():
            table.append(
                Bin(
                    low=number / bins,
                    high=(number + 1) / bins,
                    count=int(inside.sum()),
                    confidence=float(given[inside].mean()),
                    right=float(truth[inside].mean()),
                )
            )
    error = sum(item.count * abs(item.confidence - item.right) for item in table) / len(given)
    return Calibration(count=len(given), error=error, brier=float(((given - truth) ** 2).mean()), bins=tuple(table))


@attrs.frozen(kw_only=True)
class CurvePoint:
    """What is reached when only predictions of at least ``threshold`` are kept."""

    threshold: float
    precision: float
    recall: float


def precision_recall_curve(confidences: Sequence[float], outcomes: Sequence[bool], gold: int) -> tuple[CurvePoint, ...]:
    """A point for each confidence that occurs, falling; recall counts gold that was never found as well."""
    if not confidences or not gold:
        return ()
    given = np.asarray(confidences, dtype=float)
    order = np.argsort(-given, kind="stable")
    right = np.cumsum(np.asarray(outcomes, dtype=float)[order])
    last = np.flatnonzero(np.append(np.diff(given[order]) != 0, True))
    return tuple(
        CurvePoint(threshold=float(given[order][i]), precision=float(right[i] / (i + 1)), recall=float(right[i] / gold))
        for i in last
    )
