"""The plots of a report, as SVG for the inside of a page: colours and letters are those of the page, in light and dark."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
import matplotlib as mpl
from matplotlib.figure import Figure

from ..vocabulary import QUOTE_KINDS
from .calibration import Calibration, CurvePoint
from .report import Report
from .tables import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Stand-ins in the drawing, each replaced by a property of the page's style.
_INK: Final = "#010101"
_DIM: Final = "#020202"
_LINE: Final = "#030303"
_FIRST: Final = "#040404"
_SECOND: Final = "#050505"
_PAPER: Final = "#060606"
_COLOURS: Final = {
    _INK: "var(--ink)",
    _DIM: "var(--dim)",
    _LINE: "var(--line)",
    _FIRST: "var(--first)",
    _SECOND: "var(--second)",
    _PAPER: "var(--paper)",
}
_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "quoteminer",
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": _DIM,
    "axes.labelcolor": _DIM,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.linewidth": 0.8,
    "grid.color": _LINE,
    "grid.linewidth": 0.8,
    "xtick.color": _DIM,
    "ytick.color": _DIM,
    "xtick.major.pad": 6,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
}
# What each confidence is of, and when its prediction is right.
_CONFIDENCES: Final = {
    "quote": ("confidence of the quote", "Right: the content overlaps gold."),
    "attribution": ("confidence of the attribution", "Right: the content overlaps gold and the source shares a word."),
    "check_worthiness": ("check-worthiness", "Right: the gold finds it worth checking."),
}
_SIZE: Final = (5.2, 3.3)
_SHARES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@attrs.frozen
class Plot:
    """A plot with all that its picture says in words as well.

    Attributes:
        name: unique in the page, good for an id.
        note: what to read off it, in a sentence.
        columns, rows: the figures behind it; no rows where they stand in the tables of the page already.
    """

    name: str
    title: str
    note: str
    svg: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def plots(report: Report) -> list[Plot]:
    """The plots for which the report has figures."""
    with mpl.rc_context():
        # Not what someone prefers for other plots: equal reports give equal pages.
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        return list(_plots(report))


def _plots(report: Report) -> Iterator[Plot]:
    if report.curve:
        yield _trade_off(report)
        yield _thresholds(report)
    if any(f"overlap:{kind}" in report.all.metrics for kind in QUOTE_KINDS):
        yield _kinds(report)
    if report.lengths:
        yield _lengths(report)
    for name, table in report.calibration.items():
        yield _reliability(name, table)


def _axes() -> tuple[Figure, Axes]:
    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.add_subplot()
    axes.set_ylim(0, 1.02)
    axes.set_yticks(_SHARES)
    return figure, axes


def _legend(axes: Axes) -> None:
    """Above the axes, where it hides nothing."""
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2, handlelength=2.4)


def _trade_off(report: Report) -> Plot:
    figure, axes = _axes()
    recalls, precisions = [point.recall for point in report.curve], [point.precision for point in report.curve]
    for score in (0.2, 0.4, 0.6, 0.8):
        # Where precision and recall give this F1, from where the recall is just enough for it.
        along = [score / 2 + (1 - score / 2) * step / 60 for step in range(1, 61)]
        line = [(r, score * r / (2 * r - score)) for r in along if 2 * r > score and score * r / (2 * r - score) <= 1]
        axes.plot(*zip(*line, strict=True), color=_DIM, linewidth=0.7, linestyle=(0, (1, 3)))
        axes.annotate(f"F1 {score}", line[-1], textcoords="offset points", xytext=(-2, 4), ha="right", fontsize=8, color=_DIM)
    axes.plot(recalls, precisions, color=_FIRST, marker="o")
    axes.set_xlim(0, 1.02)
    axes.set_xticks(_SHARES)
    axes.set_xlabel("recall")
    axes.set_ylabel("precision")
    best = max(report.curve, key=lambda point: _f1(point.precision, point.recall))
    note = (
        f"Best F1 {number(_f1(best.precision, best.recall))} with confidence {best.threshold:.2f} or more: "
        f"precision {number(best.precision)}, recall {number(best.recall)}."
    )
    return Plot("trade-off", "Precision and recall", note, _svg(figure, "trade-off"))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _thresholds(report: Report) -> Plot:
    figure, axes = _axes()
    points = report.curve[::-1]
    thresholds = [0.0, *(point.threshold for point in points)]
    series = {
        "precision": ([point.precision for point in points], _FIRST, "-"),
        "recall": ([point.recall for point in points], _SECOND, "--"),
        "F1": ([_f1(point.precision, point.recall) for point in points], _INK, ":"),
    }
    for title, (values, colour, dashes) in series.items():
        axes.step(thresholds, [values[0], *values], where="pre", color=colour, linestyle=dashes, label=title)
    axes.set_xlim(0, 1.02)
    axes.set_xticks(_SHARES)
    axes.set_xlabel("confidence at least")
    _legend(axes)
    rows = tuple(
        (f"{point.threshold:.2f}", number(point.precision), number(point.recall), number(_f1(point.precision, point.recall)))
        for point in _some(points)
    )
    note = "What is kept when only quotations of at least a confidence count."
    columns = ("confidence at least", "precision", "recall", "F1")
    return Plot("thresholds", "By confidence threshold", note, _svg(figure, "thresholds"), columns, rows)


def _some(items: tuple[CurvePoint, ...], most: int = 20) -> tuple[CurvePoint, ...]:
    """All of a few, or ``most`` evenly spread, the last among them."""
    if len(items) <= most:
        return items
    return tuple(items[round(step * (len(items) - 1) / (most - 1))] for step in range(most))


def _kinds(report: Report) -> Plot:
    figure, axes = _axes()
    shown = [(kind, score) for kind in QUOTE_KINDS if (score := report.all.metrics.get(f"overlap:{kind}")) is not None]
    series: tuple[tuple[str, list[float | None], dict[str, Any]], ...] = (
        ("precision", [score.precision for _, score in shown], {"facecolor": _FIRST, "edgecolor": _FIRST}),
        ("recall", [score.recall for _, score in shown], {"facecolor": _SECOND, "edgecolor": _PAPER, "hatch": "////"}),
        ("F1", [score.f1 for _, score in shown], {"facecolor": "none", "edgecolor": _DIM}),
    )
    for place, (title, values, look) in enumerate(series):
        at = [index + (place - 1) * 0.25 for index in range(len(shown))]
        heights = [value or 0.0 for value in values]
        axes.bar(at, heights, 0.22, linewidth=1, label=title, **look)
        for x, value in zip(at, values, strict=True):
            text = "–" if value is None else f"{value:.2f}"
            axes.annotate(text, (x, value or 0.0), (0, 3), textcoords="offset points", ha="center", fontsize=8, color=_DIM)
    axes.set_ylim(0, 1.1)
    _name(axes, [(kind, f"{score.gold:,.0f} gold, {score.found:,.0f} found") for kind, score in shown])
    axes.grid(visible=False, axis="x")
    _legend(axes)
    rows = tuple((kind, number(score.precision), number(score.recall), number(score.f1)) for kind, score in shown)
    note = "Overlap: half of the words or more are the same. Precision by the kind found, recall by the kind of the gold."
    return Plot("kinds", "By kind", note, _svg(figure, "kinds"), ("kind", "precision", "recall", "F1"), rows)


def _name(axes: Axes, names: Sequence[tuple[str, str]]) -> None:
    """Name the places on the x axis, each with a line of detail; two lines in one label would be set by widths of another font."""
    axes.set_xticks(range(len(names)), [name for name, _ in names])
    for index, (_, detail) in enumerate(names):
        axes.annotate(
            detail,
            (index, 0),
            (0, -20),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=8,
            color=_DIM,
            annotation_clip=False,
        )


def _lengths(report: Report) -> Plot:
    figure, axes = _axes()
    classes = report.lengths
    names = [f"{item.low}–{item.high}" if item.high is not None else f"{item.low} or more" for item in classes]
    for shift, colour, hatch, title, counts in (
        (-0.2, _FIRST, "", "overlap", [item.found for item in classes]),
        (0.2, _SECOND, "////", "exact words", [item.exact for item in classes]),
    ):
        at = [index + shift for index in range(len(classes))]
        heights = [count / item.gold for count, item in zip(counts, classes, strict=True)]
        axes.bar(at, heights, 0.36, facecolor=colour, edgecolor=_PAPER, hatch=hatch, linewidth=0, label=title)
        for x, height in zip(at, heights, strict=True):
            axes.annotate(f"{height:.2f}", (x, height), (0, 3), textcoords="offset points", ha="center", fontsize=8, color=_DIM)
    axes.set_ylim(0, 1.1)
    _name(axes, [(name, f"{item.gold:,} gold") for name, item in zip(names, classes, strict=True)])
    axes.grid(visible=False, axis="x")
    axes.set_xlabel("words of the gold content", labelpad=17)
    axes.set_ylabel("recall")
    _legend(axes)
    rows = tuple(
        (
            name,
            f"{item.gold:,}",
            f"{item.found:,}",
            f"{item.exact:,}",
            number(item.found / item.gold),
            number(item.exact / item.gold),
        )
        for name, item in zip(names, classes, strict=True)
    )
    columns = ("words", "gold", "found", "exact", "recall, overlap", "recall, exact")
    note = "How many gold quotations of a length are found, and how many with exactly their words."
    return Plot("lengths", "By length", note, _svg(figure, "lengths"), columns, rows)


def _reliability(name: str, table: Calibration) -> Plot:
    figure, axes = _axes()
    axes.plot([0, 1], [0, 1], color=_DIM, linewidth=1, linestyle="--", label="as confident as right")
    means, shares = [item.confidence for item in table.bins], [item.right for item in table.bins]
    axes.plot(means, shares, color=_FIRST, marker="o", label="share right")
    axes.set_xlim(0, 1.02)
    axes.set_xticks(_SHARES)
    axes.set_xlabel("mean confidence")
    axes.set_ylabel("share right")
    _legend(axes)
    title, outcome = _CONFIDENCES[name]
    note = (
        f"Expected calibration error {number(table.error)}{_within(table.interval)}, Brier score {number(table.brier)}, surer when right "
        f"(AUROC) {number(table.auroc)}; {table.count:,} predictions in bins of equal size. {outcome}"
    )
    rows = tuple(
        (f"{item.low:.2f}–{item.high:.2f}", f"{item.count:,}", number(item.confidence), number(item.right)) for item in table.bins
    )
    columns = ("bin", "count", "mean confidence", "share right")
    name = f"reliability-{name.replace('_', '-')}"
    return Plot(name, f"Reliability: {title}", note, _svg(figure, name), columns, rows)


def _within(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" ({number(interval[0])} to {number(interval[1])})"


def _svg(figure: Figure, name: str) -> str:
    """The drawing as an element for HTML: what only a file of its own needs is gone, and ids do not meet those of other plots."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    before, _, rest = svg.partition("<metadata>")
    svg = before + rest.partition("</metadata>")[2].lstrip() if rest else svg
    svg = re.sub(r"<style.*?</style>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "var(--font)", svg)
    svg = re.sub(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>', r'<svg \1 aria-hidden="true" focusable="false">', svg, count=1)
    used = set(re.findall(r'(?:url\(|href=")#([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda match: f' id="{name}-{match[1]}"' if match[1] in used else "", svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{name}-", svg).replace("xlink:href=", "href=")
    for stand_in, colour in _COLOURS.items():
        svg = svg.replace(stand_in, colour)
    return re.sub(r"\n\s*", "\n", svg)
