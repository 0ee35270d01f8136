"""``quoteminer search``: who said it, in an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs
import click

from ..archive import Archive, Hit
from .asking import asked
from .options import errors
from .tables import archive_argument, dates, table_options, write_table

_COLUMNS: Final = tuple(field.name for field in attrs.fields(Hit))


@click.command()
@archive_argument
@click.argument("words", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Only quotations of somebody of this name, or with these words in the name.")
@click.option("--source", metavar="NAME", help="Only from this outlet.")
@dates
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@table_options
def search(
    archive: Path,
    words: tuple[str, ...],
    speaker: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    format_: str | None,
    output: Path | None,
) -> None:
    """Find quotations in an archive, the best first; without WORDS the newest first.

    All WORDS must stand in the quotation, whatever their case and accents; "words in quotation marks" stand side by side, and flood* is the beginning
    of a word.
    """
    with errors(), Archive(archive, create=False) as opened:
        hits = opened.search(asked(words), speaker=speaker, source=source, since=since, until=until, limit=limit)
        rows = [{**attrs.asdict(hit), "where": hit.source or hit.document} for hit in hits]
        write_table(rows, format_, output, columns=_COLUMNS, shown=("date", "where", "quote", "speaker", "text"))
