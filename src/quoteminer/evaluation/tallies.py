"""Counts that add up over documents, and the scores that come of them.

Every metric of a document is four numbers: how much of what was found is right, how much was found, how much of the gold was
found, how much gold there is. Sums of these over any set of documents give precision, recall and F1 of that set, so slices and
bootstrap samples need no new comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Tally(dict[str, list[float]]):
    """The metrics of one document by name; ``[right found, found, gold found, gold]``."""

    def add(self, name: str, right: float, found: float, recalled: float, gold: float) -> None:
        """Count ``right`` of ``found`` predictions and ``recalled`` of ``gold`` annotations."""
        values = self.setdefault(name, [0.0, 0.0, 0.0, 0.0])
        for index, value in enumerate((right, found, recalled, gold)):
            values[index] += value

    def share(self, name: str, right: float, total: float) -> None:
        """Count a metric that is a single share, such as an accuracy or a mean of ``total`` values."""
        self.add(name, right, total, right, total)


@attrs.frozen(kw_only=True)
class Score:
    """Precision, recall and F1 with the counts behind them; ``None`` where there is nothing to divide by.

    For a single share (an accuracy, a mean) all three are that share.

    Attributes:
        interval: 95 % bootstrap interval of the F1 over documents; ``None`` for less than two documents.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    right: float
    found: float
    recalled: float
    gold: float
    interval: tuple[float, float] | None = None


def stack(tallies: Sequence[Tally]) -> tuple[list[str], Floats]:
    """Names of all metrics, and an array of documents x metrics x 4."""
    names = list(dict.fromkeys(name for tally in tallies for name in tally))
    nothing = [0.0, 0.0, 0.0, 0.0]
    values = np.array([[tally.get(name, nothing) for name in names] for tally in tallies], dtype=float)
    return names, values.reshape(len(tallies), len(names), 4)


def f_scores(sums: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and F1 of sums of shape ``… x 4``; NaN where there is nothing to divide by.

    With something found and something to be found but nothing right, F1 is 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = sums[..., 0] / sums[..., 1]
        recall = sums[..., 2] / sums[..., 3]
        f1 = 2 * precision * recall / (precision + recall)
    # Where only one side has anything, the other share is undefined, but F1 is 0: everything is wrong or missed.
    nothing_right = (sums[..., 1] + sums[..., 3] > 0) & ~(precision + recall > 0)
    return precision, recall, np.where(nothing_right, 0.0, f1)


def scores(names: Sequence[str], values: Floats, intervals: Mapping[str, tuple[float, float]]) -> dict[str, Score]:
    """The scores of a set of documents, without metrics that have nothing on either side."""
    sums = values.sum(axis=0)
    precision, recall, f1 = f_scores(sums)
    return {
        name: Score(
            precision=_number(precision[i]),
            recall=_number(recall[i]),
            f1=_number(f1[i]),
            right=float(sums[i, 0]),
            found=float(sums[i, 1]),
            recalled=float(sums[i, 2]),
            gold=float(sums[i, 3]),
            interval=intervals.get(name),
        )
        for i, name in enumerate(names)
        if sums[i, 1] or sums[i, 3]
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
