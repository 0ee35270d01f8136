"""How sure a report is: what its judge thought of it, set right by what it was found by and how long it is.

A judge learns candidates one by one. What is taken in the end has won against others and got an end, and where nobody has learned (labels, dashes) only
a share is known. So a second, small logistic regression tells from finds in texts on which nothing was learned how often such finds are right
(Platt 1999, with more than one sign).
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ..language.tables import rows
from .scoring import probability
from .selection import Report

FILE: Final = "confidence.tsv"
ODDS: Final = "odds"
"""The sign that counts as often as the log odds of what the judge thought; every other one counts once."""
_MOST: Final = 6.9
"""Log odds of 0.999: nothing is surer."""
_LENGTHS: Final = (1, 2, 4, 9, 20)


def signs(report: Report, text: str) -> dict[str, float]:
    """What can be seen of a report: the name of each sign, and how often it counts."""
    words = sum(len(text[start:end].split()) for start, end in report.content)
    found = {
        "": 1.0,
        ODDS: _log_odds(report.confidence),
        "rule:" + report.construction: 1.0,
        "kind:" + report.kind: 1.0,
        f"words:{bisect_left(_LENGTHS, words)}": 1.0,
    }
    if report.parent is not None:
        found["nested"] = 1.0
    if report.source is None:
        found["no source"] = 1.0
    return found


def _log_odds(chance: float) -> float:
    if not 0 < chance < 1:
        return math.copysign(_MOST, chance - 0.5)
    return max(-_MOST, min(_MOST, math.log(chance / (1 - chance))))


@functools.cache
def table(folder: Path) -> Mapping[str, float]:
    """The weights of the signs in a pack; empty where nobody has learned any."""
    file = folder / "weights" / FILE
    return {row.columns[0]: float(row.columns[1]) for row in rows(file, 2)} if file.exists() else {}


def measured(reports: Sequence[Report], text: str, weights: Mapping[str, float]) -> list[Report]:
    """The reports, each as sure as such reports are right."""
    if not weights:
        return list(reports)
    return [
        report._replace(
            confidence=probability(math.fsum(weights.get(sign, 0.0) * often for sign, often in signs(report, text).items()))
        )
        for report in reports
    ]
