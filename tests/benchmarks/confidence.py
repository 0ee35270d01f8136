"""Draws docs/pictures/confidence.svg: ``python -m tests.benchmarks.confidence``.

What a confidence of the rules means on the part of the open corpus for tuning, of whose writers nothing was learned, and what ``--min-confidence`` buys there.
Prints the figures. Needs the extra ``evaluation`` and ``quoteminer-seeds``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from quoteminer import Miner
from quoteminer.evaluation import Report, evaluate, seeds

PICTURE: Final = Path(__file__).resolve().parents[2] / "docs/pictures/confidence.svg"
LANGUAGES: Final = ("en", "de", "fr", "es")
_BLUE, _ORANGE, _GREY = "#2f5d8a", "#c2571a", "#8a8a8a"


def main() -> int:
    """Measure all languages, and draw English."""
    miner = Miner(["rules"])
    for language in LANGUAGES:
        report = evaluate(seeds("tune", language), miner, samples=10)
        table = report.calibration["quote"]
        low, high = table.interval or (0.0, 0.0)
        half = table.bins[len(table.bins) // 2 :]
        surest = sum(item.right * item.count for item in half) / sum(item.count for item in half)
        print(
            f"{language}: {table.count} quotations, error {table.error:.3f} ({low:.3f} to {high:.3f}), Brier {table.brier:.4f}, "
            f"skill {table.skill or 0:.3f}, AUROC {table.auroc or 0:.3f}, surest half right {surest:.3f}"
        )
        if language == "en":
            _draw(report)
    return 0


def _draw(report: Report) -> None:
    figure = Figure(figsize=(8.4, 3.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    table = report.calibration["quote"]
    left.plot([0.3, 1], [0.3, 1], color=_GREY, linestyle="--", linewidth=1, label="as sure as right")
    left.plot(
        [item.confidence for item in table.bins], [item.right for item in table.bins], color=_BLUE, marker="o", label="quotations"
    )
    left.set_xlabel("mean confidence, fifteen groups of equal size")
    left.set_ylabel("share right")
    thresholds = [point.threshold for point in report.curve]
    right.plot(thresholds, [point.precision for point in report.curve], color=_BLUE, label="precision")
    right.plot(thresholds, [point.recall for point in report.curve], color=_ORANGE, label="recall")
    right.set_xlabel("--min-confidence")
    for axes in (left, right):
        axes.set_xlim(0.3, 1.0)
        axes.set_ylim(0.0 if axes is right else 0.3, 1.03)
        axes.grid(alpha=0.25)
        axes.legend(loc="lower left" if axes is right else "upper left", frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
