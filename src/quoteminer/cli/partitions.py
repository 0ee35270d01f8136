"""``quoteminer mine-parquet``: a folder of Parquet files, partition by partition, for who starts programs by a schedule."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..arrow import Partition, mine_parquet
from ..vocabulary import ROW_KINDS, Scope
from .console import printable, say
from .options import EXIT_CODES, FAILED, errors, plugin_options, scope_option
from .packs import AUTO, miner_for

_KINDS = (*ROW_KINDS, "documents")


@click.command("mine-parquet", epilog=EXIT_CODES)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@click.option("--text-column", default="text", show_default=True, metavar="NAME", help="The column with the texts.")
@click.option(
    "--id-column", metavar="NAME", help="The column with the ids of the documents.  [default: ids are made of the texts]"
)
@click.option("--title-column", metavar="NAME", help="The column with headlines.")
@click.option("--language-column", metavar="NAME", help="The column with the language of each text.")
@click.option(
    "--metadata-column", "metadata", multiple=True, metavar="NAME", help="A column for the metadata, such as date (repeatable)."
)
@click.option(
    "--language",
    default=AUTO,
    show_default=True,
    metavar="TAG",
    help="Language of texts that do not say theirs (BCP 47), a folder with the data of one, or auto: what the words of each text tell, else English.",
)
@click.option(
    "--of",
    multiple=True,
    type=click.Choice(_KINDS),
    help="What to write, a folder each (repeatable).  [default: all but documents]",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Number of worker processes; 0 for one each processor.  [default: mine in this process]",
)
@scope_option
@plugin_options
def mine_partitions(
    source: Path,
    target: Path,
    text_column: str,
    id_column: str | None,
    title_column: str | None,
    language_column: str | None,
    metadata: tuple[str, ...],
    language: str,
    of: tuple[str, ...],
    workers: int | None,
    scope: Scope | None,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Mine Parquet files with a column of texts into Parquet files of quotes, speakers, claims, mentions and issues.

    SOURCE is a file or a folder, each file of which is a partition. TARGET gets a folder for each kind, with the same paths in it, and in _manifests
    what says which partitions are done: the same command goes on from there. A line is printed for each partition.
    """
    failed = False

    def tell(done: Partition) -> None:
        nonlocal failed
        failed = failed or done.problem is not None or done.errors > 0
        if done.problem is not None:
            say(f"error: {done.source}: {done.problem}")
        elif done.errors:
            say(f"error: {done.source}: {done.errors:,} errors; see the rows of issues")
        rows = ", ".join(f"{count:,} {kind}" for kind, count in done.rows.items())
        state = "failed" if done.problem is not None else "was done" if done.skipped else "done"
        told = "" if done.problem is not None else f", {done.documents:,} documents: {rows}"
        click.echo(printable(f"{done.source}: {state}{told}"), file=sys.stdout)

    with errors():
        miner, language = miner_for(language, plugins, block, scope=scope)
        try:
            mine_parquet(
                source,
                target,
                text=text_column,
                id=id_column,
                title=title_column,
                language=language,
                language_column=language_column,
                metadata=metadata,
                of=of or ROW_KINDS,  # type: ignore[arg-type]
                miner=miner,
                workers=workers,
                scope=scope,
                on_partition=tell,
            )
        except FileNotFoundError as error:
            raise click.UsageError(str(error)) from None
    if failed:
        raise SystemExit(FAILED)
