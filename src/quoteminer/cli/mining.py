"""``quoteminer mine``: who said what in texts, in the format that is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import attrs
import click

from ..errors import CONTAINED, ConfigurationError, describe
from ..extraction import Extraction
from ..formats import writer_of, writers
from ..mining.miner import Miner
from ..plugins.protocols import Writer
from ..vocabulary import Scope
from .console import colour_wanted, say
from .inputs import Inputs
from .options import (
    EXIT_CODES,
    FAILED,
    confidence_option,
    errors,
    input_options,
    output_option,
    people_option,
    plugin_options,
    scope_option,
)
from .outputs import Output, continued, opened
from .packs import miner_for
from .resuming import Done, documents
from .watching import Watch

_TABLE: Final = "table"
_LINES: Final = "jsonl"
#: A day is long for one component and one document; the clocks of some systems end not much later than a month.
_LONGEST_LIMIT: Final = 86_400.0


def _format_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    known = [_TABLE, *writers(Miner().components("quoteminer_writers"))]
    return [name for name in sorted(known) if name.startswith(incomplete)]


@click.command(epilog=EXIT_CODES)
@input_options
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    shell_complete=_format_names,
    help="How to show what was found: table, html, jsonl, csv, tsv, parquet, arrow, xlsx, summary, segments, brat, conll, doccano, label-studio, prodigy, tei, "
    "web-annotation, schema-org, claim-review; plugins may add formats.  [default: by the suffix of the output, else table]",
)
@output_option
@click.option(
    "--resume",
    is_flag=True,
    help="Go on from what a run that ended early has written to OUTPUT: pass over the documents that are done and append the others "
    "(JSON Lines only).",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Number of worker processes; 0 for one each processor.  [default: mine in this process]",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0, _LONGEST_LIMIT, min_open=True),
    metavar="SECONDS",
    help="What one component may take for one document; it then loses its results for that document. Starts a worker process.",
)
@click.option(
    "--manifest", "with_manifest", is_flag=True, help="Put into each result what made it: versions, hashes of weights, options."
)
@scope_option
@confidence_option
@people_option
@plugin_options
def mine(
    paths: tuple[str, ...],
    reader: str | None,
    encoding: str,
    text_column: str | None,
    language: str,
    format_: str | None,
    output: Path | None,
    resume: bool,
    workers: int | None,
    time_limit: float | None,
    with_manifest: bool,
    scope: Scope | None,
    min_confidence: float,
    people: tuple[Path, ...],
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Find who said what in texts.

    PATH is a .txt, .md or .jsonl file, or a folder that is searched for such files with all its folders; - is standard input, which is also
    read when there is no PATH and something is piped in. In JSON Lines each line is an object with "text" and perhaps "id", "language",
    "title", "metadata".
    """
    if time_limit is not None and workers is None:
        # Only another process can be stopped whatever it does.
        workers = 1
    with errors():
        miner, language = miner_for(
            language, plugins, block, people, scope=scope, time_limit=time_limit, min_confidence=min_confidence
        )
        known = writers(miner.components("quoteminer_writers"))
        writer = chosen_writer(format_, output, known)
        inputs = Inputs.given(paths, reader, encoding, text_column, language, miner).apart_from(output)
        done = Done()
        target = _target(output, writer, done, resume=resume)
    watch = Watch(target, total=inputs.count, done=lambda: done.skipped)
    with target, watch, errors():
        left = done.left(inputs.without(target.identities).documents(watch.reports))
        mined = miner.mine_many(left, workers=workers)
        if with_manifest:
            made = miner.manifest()
            mined = (attrs.evolve(extraction, manifest=made) for extraction in mined)
        write_results(watch, mined, writer, target)
        for issue in done.issues(target.name):
            watch.reports.report(issue)
    if watch.reports.failed:
        raise SystemExit(FAILED)


def chosen_writer(format_: str | None, output: Path | None, known: dict[str, Writer]) -> Writer | None:
    """The writer of a format; without one that for the suffix of the output; ``None`` for the table."""
    if format_ is None:
        return None if output is None else writer_of(output, known)
    if format_ == _TABLE:
        return None
    if format_ not in known:
        message = f"format: {format_!r} is not one of {', '.join(sorted([_TABLE, *known]))}"
        raise ConfigurationError(message, "format", format_)
    return known[format_]


def _target(output: Path | None, writer: Writer | None, done: Done, *, resume: bool) -> Output:
    lines = writer is not None and writer.name == _LINES
    if not resume:
        return opened(output, resumable=lines)
    if output is None or not lines:
        raise click.UsageError(
            "--resume goes on with a file of JSON Lines: it needs --output FILE.jsonl, or --format jsonl with --output"
        )
    target = continued(output, done.take_stock)
    say(f"info: {target.name}: holds {documents(done.count)} already, going on from there")
    return target


def write_results(watch: Watch, extractions: Iterator[Extraction], writer: Writer | None, target: Output) -> None:
    """Give the results to the writer (without one, to the table) and make sure that they were written.

    Raises:
        click.ClickException: when the writer fails, or takes or writes less than there is.
    """
    results = watch.results(extractions)
    if writer is None:
        _show(results, target)
        return
    failure = None
    try:
        writer.write(results, target.data)
    except CONTAINED as error:
        failure = describe(error)
    # A writer may wrap or swallow what came from either side of it.
    target.raise_failure()
    if watch.failure is not None:
        raise watch.failure
    if failure is not None:
        raise click.ClickException(f"the format {writer.name!r} failed: {failure}")
    if target.data.closed:
        raise click.ClickException(f"the format {writer.name!r} closed the stream that it was given; a writer leaves it open")
    if not watch.exhausted:
        raise click.ClickException(f"the format {writer.name!r} ended after {watch.taken} documents, before all were written")
    if watch.found and not target.size:
        raise click.ClickException(f"the format {writer.name!r} wrote nothing")
    target.end_record()


def _show(results: Iterable[Extraction], target: Output) -> None:
    from .story import show

    show(results, target.stream, colour=target.standard and colour_wanted(terminal=sys.stdout.isatty()))
