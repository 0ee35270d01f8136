"""The tables of a report as rows of text, for the terminal and for the page alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .metrics import GROUPS, Metric
from .report import Report, Slice
from .tallies import Score

#: Headings of :func:`metric_row`.
COLUMNS: Final = ("P", "R", "F1", "95 %", "gold", "found", "right", "false")
_OF_SLICES: Final = {
    "exact": "exact",
    "overlap": "overlap",
    "attribution": "with source",
    "speaker.entity": "speaker",
    "claims.overlap": "claims",
    "claims.sentences": "sentences",
    "ranking.ap": "AP",
    "ranking.map": "MAP",
}


def number(value: float | None) -> str:
    """Three decimals, or a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.3f}"


def interval(ends: tuple[float, float] | None) -> str:
    """Both ends of an interval, or nothing."""
    return "" if ends is None else f"{ends[0]:.3f}–{ends[1]:.3f}"


def metric_groups(report: Report) -> Iterator[tuple[str, list[tuple[Metric, Score]]]]:
    """Heading and metrics of each group that has any, over all documents."""
    for heading, metrics in GROUPS.items():
        shown = [(metric, report.all.metrics[metric.name]) for metric in metrics if metric.name in report.all.metrics]
        if shown:
            yield heading, shown


def metric_row(metric: Metric, score: Score) -> list[str]:
    """The cells of a metric under :data:`COLUMNS`."""
    if metric.share:
        return ["", "", number(score.f1), interval(score.interval), f"{score.gold:,.0f}", "", f"{score.right:,.0f}", ""]
    shares = [number(score.precision), number(score.recall), number(score.f1), interval(score.interval)]
    if metric.name.startswith("spkatt."):
        # Means over quotations: there are no whole right ones to count.
        return [*shares, "", "", "", ""]
    return [*shares, *(f"{count:,.0f}" for count in (score.gold, score.found, score.recalled, score.found - score.right))]


def slice_groups(report: Report) -> Iterator[tuple[str, list[Slice]]]:
    """The slices by what they are cut: corpora, languages."""
    parts = report.slices[1:]
    for by in dict.fromkeys(part.by for part in parts):
        yield by, [part for part in parts if part.by == by]


def slice_rows(parts: Sequence[Slice]) -> tuple[list[str], list[list[str]]]:
    """A row a corpus or language with the F1 that matter most, and its headings; a figure that none of them has is left out."""
    columns = {name: title for name, title in _OF_SLICES.items() if any(name in part.metrics for part in parts)}
    rows = []
    for part in parts:
        figures = [part.metrics.get(name) for name in columns]
        rows.append([part.name, f"{part.documents:,}", *(number(score.f1) if score else "" for score in figures)])
    return ["documents", *columns.values()], rows
