"""The tables of ``quoteminer evaluate``, and its comparison as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from ..evaluation import Calibration, Difference, Report, Score, Slice
from ..evaluation.metrics import GROUPS, Metric
from ..evaluation.tables import COLUMNS, metric_groups, metric_row, number, slice_groups, slice_rows
from .console import new_console, one_line, taken

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

#: Differences less sure than this are not called so.
_SURE = 0.05


def report_table(report: Report, *, colour: bool) -> str:
    """The report for a terminal: all metrics over all documents, then corpora and languages, calibration, causes of errors."""
    console = new_console(colour=colour)
    everything = report.all
    documents = f"{everything.documents} document{'s' if everything.documents != 1 else ''}"
    console.print(f"{one_line(report.system) or 'predictions'} on {documents}", style="bold")
    for heading, shown in metric_groups(report):
        console.print()
        console.print(_metrics_table(heading, shown))
    for by, parts in slice_groups(report):
        console.print()
        console.print(_slices_table(by, parts))
    if report.calibration:
        console.print()
        console.print(_calibration_table(report.calibration))
    _print_causes(report, console)
    return taken(console, colour=colour)


def _new_table(heading: str, *columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(heading, min_width=32, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _p(value: float | None) -> str:
    if value is None:
        return ""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _metrics_table(heading: str, shown: Sequence[tuple[Metric, Score]]) -> Table:
    table = _new_table(heading, *COLUMNS)
    for metric, score in shown:
        table.add_row(metric.title, *metric_row(metric, score))
    return table


def _slices_table(by: str, parts: Sequence[Slice]) -> Table:
    columns, rows = slice_rows(parts)
    table = _new_table(f"F1 by {by}", *columns)
    for row in rows:
        table.add_row(*row)
    return table


def _calibration_table(tables: dict[str, Calibration]) -> Table:
    table = _new_table("confidence", "ECE", "Brier", "skill", "AUROC", "count")
    for name, calibration in tables.items():
        table.add_row(
            f"of {name.replace('_', '-')}",
            number(calibration.error),
            number(calibration.brier),
            number(calibration.skill),
            number(calibration.auroc),
            f"{calibration.count:,}",
        )
    return table


def _print_causes(report: Report, console: Console) -> None:
    causes = report.causes()
    if causes:
        table = _new_table("errors by likely cause", "count")
        for cause, count in causes.items():
            table.add_row(cause, f"{count:,}")
        console.print()
        console.print(table)
        console.print()
        console.print("--format html -o report.html shows each error in its sentence", style="dim")


def differences_table(found: Sequence[Difference], a: str, b: str, documents: int, *, colour: bool) -> str:
    """Both systems side by side, with what is sure marked."""
    console = new_console(colour=colour)
    console.print(f"A = {one_line(a)}", f"B = {one_line(b)}", f"on {documents} documents", sep="\n", style="bold")
    by_name = {difference.metric: difference for difference in found}
    for heading, metrics in GROUPS.items():
        shown = [(metric, by_name[metric.name]) for metric in metrics if metric.name in by_name]
        shown = [(metric, difference) for metric, difference in shown if difference.a is not None or difference.b is not None]
        if not shown:
            continue
        table = _new_table(heading, "A", "B", "B − A", "95 %", "p", "")
        for metric, difference in shown:
            sure = difference.p is not None and difference.p < _SURE
            table.add_row(
                metric.title,
                number(difference.a),
                number(difference.b),
                "–" if difference.difference is None else f"{difference.difference:+.3f}",
                "" if difference.interval is None else "{:+.3f} to {:+.3f}".format(*difference.interval),
                _p(difference.p),
                "*" if sure else "",
            )
        console.print()
        console.print(table)
    console.print()
    console.print(f"figures are F1; * p < {_SURE} by a paired bootstrap over documents", style="dim")
    return taken(console, colour=colour)


def differences_as_json(found: Sequence[Difference], a: str, b: str) -> str:
    """The comparison as one JSON object."""
    return (
        json.dumps({"a": a, "b": b, "differences": [attrs.asdict(item) for item in found]}, ensure_ascii=False, indent=1) + "\n"
    )
