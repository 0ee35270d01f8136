"""Plain tables of what an archive answers: for a terminal, for spreadsheets, and as JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from ..formats import sheets
from ..json_form import dumps
from .console import colour_wanted, new_console, one_line, taken
from .options import output_option
from .outputs import opened

_BY_SUFFIX: Final = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_FORMATS: Final = ("table", "jsonl", "csv", "tsv")
_LONGEST: Final = 160


archive_argument: Final = click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
"""The archive that is asked, which arrives as ``archive``."""


def dates(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--since`` and ``--until``."""
    since = click.option("--since", metavar="DATE", help="Only from this day, month or year on (2026-01-01, 2026-01, 2026).")
    until = click.option("--until", metavar="DATE", help="Only up to this day, month or year.")
    return since(until(command))


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--format`` and ``-o``, which arrive as ``format_`` and ``output``."""
    format_ = click.option(
        "--format",
        "format_",
        type=click.Choice(_FORMATS),
        help="How to show the rows.  [default: by the suffix of the output, else table]",
    )
    return format_(output_option(command))


def write_table(
    rows: Iterable[dict[str, Any]], format_: str | None, output: Path | None, *, columns: Sequence[str], shown: Sequence[str]
) -> None:
    """Write rows.

    Args:
        columns: of the data formats.
        shown: those of the table; the last one gets the room that is left.
    """
    chosen = format_ or ("table" if output is None else _BY_SUFFIX.get(output.suffix.lower(), "table"))
    with opened(output) as target:
        if chosen == "table":
            colour = target.standard and colour_wanted(terminal=target.terminal)
            target.write(_table(list(rows), shown, colour=colour), data=False)
        elif chosen == "jsonl":
            for row in rows:
                target.write(dumps({name: row[name] for name in columns}) + "\n", data=True)
        else:
            delimiter = "," if chosen == "csv" else "\t"
            target.write(sheets.line(columns, delimiter=delimiter), data=True)
            for row in rows:
                target.write(sheets.line([row[name] for name in columns], delimiter=delimiter), data=True)


def _table(rows: Sequence[dict[str, Any]], columns: Sequence[str], *, colour: bool) -> str:
    from rich.table import Table

    console = new_console(colour=colour)
    if not rows:
        console.print("nothing found")
        return taken(console, colour=colour)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        number = any(isinstance(row[name], (int, float)) for row in rows)
        if name == columns[-1]:
            table.add_column(name, ratio=1)
        else:
            table.add_column(
                name, justify="right" if number else "left", max_width=None if number else 24, style=None if number else "dim"
            )
    for row in rows:
        table.add_row(*(_cell(row[name]) for name in columns))
    console.print(table)
    return taken(console, colour=colour)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}"
    text = f"{value:,}" if isinstance(value, int) else one_line(str(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
