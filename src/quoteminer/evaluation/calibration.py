"""Whether confidences can be believed: reliability tables and expected calibration error (Naeini, Cooper and Hauskrecht 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from .bootstrap import LEVEL, weights
from .tallies import Floats

BINS: Final = 15
_SAMPLES: Final = 200


@attrs.frozen(kw_only=True)
class Bin:
    """Predictions that follow each other in the order of their confidences.

    Attributes:
        low, high: the least and the greatest confidence among them.
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
        error: expected calibration error: mean distance of confidence and share right in bins of equal size.
        interval: 95 % bootstrap interval of the error; ``None`` where there are less than two documents.
        brier: mean squared distance of confidence and outcome (Brier 1950).
        skill: by what share that is less than with the same confidence for all; ``None`` where all outcomes are alike.
        auroc: how often a right prediction is surer than a wrong one, ties counting half; ``None`` where all outcomes are alike.
        bins: from the least sure to the surest.
    """

    count: int
    error: float
    interval: tuple[float, float] | None
    brier: float
    skill: float | None
    auroc: float | None
    bins: tuple[Bin, ...]


def calibration(
    confidences: Sequence[float], outcomes: Sequence[bool], documents: Sequence[int] = (), *, bins: int = BINS
) -> Calibration | None:
    """Reliability in bins of equal size; ``None`` without predictions.

    Args:
        documents: the number of the document of each prediction, for the interval: what stands in one document is right or wrong together.
    """
    if not confidences:
        return None
    given = np.asarray(confidences, dtype=float)
    truth = np.asarray(outcomes, dtype=float)
    table = _binned(given, truth, bins)
    brier, constant = float(((given - truth) ** 2).mean()), float(truth.var())
    return Calibration(
        count=len(given),
        error=_error(table),
        interval=_interval(given, truth, np.asarray(documents), bins),
        brier=brier,
        skill=1 - brier / constant if constant else None,
        auroc=_auroc(given, truth),
        bins=tuple(table),
    )


def _binned(given: Floats, truth: Floats, bins: int) -> list[Bin]:
    order = np.argsort(given, kind="stable")
    given, truth = given[order], truth[order]
    # Predictions with the same confidence may fall into two bins; each then gets its share of those that are right.
    _, first, counts = np.unique(given, return_index=True, return_counts=True)
    shares = np.repeat(np.add.reduceat(truth, first) / counts, counts)
    return [
        Bin(
            low=float(given[part[0]]),
            high=float(given[part[-1]]),
            count=len(part),
            confidence=float(given[part].mean()),
            right=float(shares[part].mean()),
        )
        for part in np.array_split(np.arange(len(given)), min(bins, len(given)))
    ]


def _error(bins: Sequence[Bin]) -> float:
    return sum(item.count * abs(item.confidence - item.right) for item in bins) / sum(item.count for item in bins)


def _interval(given: Floats, truth: Floats, documents: Any, bins: int) -> tuple[float, float] | None:
    """From samples of documents, always the same ones."""
    numbers, places = np.unique(documents, return_inverse=True)
    if len(numbers) < 2:
        return None
    of_document = [np.flatnonzero(places == number) for number in range(len(numbers))]
    errors = []
    for row in weights(len(numbers), samples=_SAMPLES):
        drawn = np.concatenate([np.tile(of_document[n], int(row[n])) for n in np.flatnonzero(row)])
        errors.append(_error(_binned(given[drawn], truth[drawn], bins)))
    low, high = np.percentile(errors, LEVEL)
    return float(low), float(high)


def _auroc(given: Floats, truth: Floats) -> float | None:
    """Area under the receiver operating characteristic, from ranks (Mann and Whitney 1947)."""
    right = truth.sum()
    wrong = len(truth) - right
    if not right or not wrong:
        return None
    ordered = np.sort(given)
    ranks = (np.searchsorted(ordered, given, "left") + np.searchsorted(ordered, given, "right") + 1) / 2
    return float((ranks[truth == 1].sum() - right * (right + 1) / 2) / (right * wrong))


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
