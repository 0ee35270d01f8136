"""``quoteminer search``: who said it, in an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs
import click

from ..archive import Archive, Hit
from .options import errors
from .tables import table_options, write_table

_COLUMNS: Final = tuple(field.name for field in attrs.fields(Hit))


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("words", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Only quotations of somebody of this name, or with these words in the name.")
@click.option("--source", metavar="NAME", help="Only from this outlet.")
@click.option("--since", metavar="DATE", help="Only from this day, month or year on (2026-01-01, 2026-01, 2026).")
@click.option("--until", metavar="DATE", help="Only up to this day, month or year.")
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
        asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
        hits = opened.search(asked or None, speaker=speaker, source=source, since=since, until=until, limit=limit)
        rows = [{**attrs.asdict(hit), "where": hit.source or hit.document} for hit in hits]
        write_table(rows, format_, output, columns=_COLUMNS, shown=("date", "where", "speaker", "text"))
