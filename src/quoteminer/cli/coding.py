"""``quoteminer sample`` and ``agreement``: quotations for coders, and how well these agree."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

import attrs
import click

from ..archive import Agreement, Archive, agreement
from ..archive.coding import STRATA
from ..errors import FormatError
from .options import errors
from .tables import archive_argument, table_options, write_table

#: What coders fill in.
_CODES: Final = ("is_quotation", "is_speaker")
_COLUMNS: Final = (
    "document",
    "quote",
    "text",
    "speaker",
    "kind",
    "date",
    "source",
    "title",
    "start",
    "end",
    "stratum",
    "weight",
    *_CODES,
    "remark",
)
_AGREEMENT: Final = tuple(field.name for field in attrs.fields(Agreement))


@click.command(name="sample")
@archive_argument
@click.option("--size", type=click.IntRange(min=1), default=200, show_default=True, help="How many quotations.")
@click.option(
    "--stratify", metavar="NAMES", default="", help=f"The same number of each: {', '.join(STRATA)}; several with commas."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another number draws others.")
@table_options
def draw(archive: Path, size: int, stratify: str, seed: int, format_: str | None, output: Path | None) -> None:
    """Draw quotations for coders, with empty columns for what they find: is it a quotation, and is it this speaker's?"""
    names = [name.strip() for name in stratify.split(",") if name.strip()]
    with errors(), Archive(archive, create=False) as opened:
        rows: list[dict[str, Any]] = [
            {**attrs.asdict(one.hit), "stratum": one.stratum, "weight": one.weight, **dict.fromkeys((*_CODES, "remark"))}
            for one in opened.sample(size, stratify=names, seed=seed)
        ]
        write_table(rows, format_, output, columns=_COLUMNS, shown=("stratum", "document", "quote", "speaker", "text"))


@click.command(name="agreement")
@click.argument("coded", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME",
    help=f"The column to compare (repeatable).  [default: {', '.join(_CODES)}]",
)
@table_options
def compare(coded: tuple[Path, ...], columns: tuple[str, ...], format_: str | None, output: Path | None) -> None:
    """Show how well coders agree: CODED are two or more files that sample has written and coders have filled in (CSV, TSV or JSON Lines)."""
    if len(coded) < 2:
        raise click.UsageError("agreement needs the files of at least two coders")
    with errors():
        files = [_rows(path) for path in coded]
        found = [
            attrs.asdict(agreement(column, [_codes(rows, column, path) for rows, path in zip(files, coded, strict=True)]))
            for column in columns or _CODES
        ]
        write_table(
            found, format_, output, columns=_AGREEMENT, shown=("column", "units", "coders", "observed", "alpha", "low", "high")
        )


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a coder's file.

    Raises:
        FormatError: when it is no table.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            return [dict(json.loads(line)) for line in text.splitlines() if line.strip()]
        return list(csv.DictReader(text.splitlines(keepends=True), delimiter="\t" if path.suffix.lower() == ".tsv" else ","))
    except (ValueError, TypeError, csv.Error) as error:
        raise FormatError(f"is no table: {error}", str(path)) from None


def _codes(rows: list[dict[str, Any]], column: str, path: Path) -> dict[tuple[str, str], str]:
    codes: dict[tuple[str, str], str] = {}
    for row in rows:
        for name in ("document", "quote", column):
            if name not in row:
                raise FormatError(f"has no column {name!r}", str(path))
        codes[row["document"], row["quote"]] = "" if row[column] is None else str(row[column])
    return codes
