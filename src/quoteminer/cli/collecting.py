"""``quoteminer collect``: texts into an archive."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from ..archive import Archive, Collected
from ..errors import ConfigurationError
from ..formats import identity
from ..vocabulary import Scope
from .inputs import Inputs
from .options import EXIT_CODES, FAILED, confidence_option, errors, input_options, plugin_options, scope_option
from .outputs import opened
from .packs import miner_for
from .watching import Watch


@click.command(epilog=EXIT_CODES)
@input_options
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--refresh",
    is_flag=True,
    help="Mine again what another version has mined, or the same one with other options; without a PATH, all such documents of the archive.",
)
@click.option("--prune", is_flag=True, help="Remove the documents that none of the inputs holds, when all inputs could be read.")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Number of worker processes; 0 for one each processor.  [default: mine in this process]",
)
@scope_option
@confidence_option
@plugin_options
def collect(
    paths: tuple[str, ...],
    archive: Path,
    reader: str | None,
    encoding: str,
    text_column: str | None,
    language: str,
    refresh: bool,
    prune: bool,
    workers: int | None,
    scope: Scope | None,
    min_confidence: float,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Mine texts and store who said what in an archive, one SQLite file.

    PATH is read as by mine. Documents that the archive has as they are cost no time; a changed one takes the place of the old one. At any moment
    the run may be killed: the same command goes on from there.
    """
    stored_only = refresh and not paths
    if stored_only and prune:
        raise click.UsageError("--prune needs a PATH to tell what is to stay")
    with errors():
        miner, language = miner_for(language, plugins, block, scope=scope, min_confidence=min_confidence)
        inputs = None if stored_only else Inputs.given(paths, reader, encoding, text_column, language, miner)
        if inputs is not None:
            _refuse_text(archive, inputs)
        opening = Archive(archive, create=not stored_only)
        # Which may lie in a folder that is read.
        inputs = inputs and inputs.without(_files(archive))
    target = opened(None)
    with errors(), opening as collected_in:
        watch = Watch(target, total=lambda: None if inputs is None else inputs.count(), done=lambda: run.collected.passed)
        given = None if inputs is None else inputs.documents(watch.reports)
        run = collected_in.collecting(given, miner=miner, workers=workers, refresh=refresh)
        with target, watch:
            for _ in watch.results(iter(run)):
                pass
            for issue in run.collected.issues:
                watch.reports.report(issue)
            if prune and watch.reports.failed:
                watch.reports.note(f"warning: {archive}: nothing was pruned, because not everything could be read and mined")
            elif prune:
                run.prune()
            target.write(summary(archive, run.collected, len(collected_in)), data=False)
    if watch.reports.failed:
        raise SystemExit(FAILED)


def summary(path: Path, done: Collected, total: int) -> str:
    """What a run has done, in a few lines."""
    parts = [
        f"{count:,} {name}"
        for name, count in (
            ("new", done.new),
            ("changed", done.changed),
            ("mined again", done.refreshed),
            ("unchanged", done.unchanged),
            ("repeated", done.repeated),
            ("forgotten before", done.forgotten),
            ("removed", done.removed),
        )
        if count
    ]
    lines = [f"{path}: {total:,} document{'s' * (total != 1)} ({', '.join(parts) or 'nothing to do'})"]
    if done.stored:
        lines.append(
            f"stored: {done.quotes:,} quotation{'s' * (done.quotes != 1)}, {done.claims:,} claim{'s' * (done.claims != 1)}"
        )
    if done.undated:
        lines.append(f"without a date: {done.undated:,}; --since and --until do not find them")
    if done.outdated:
        lines.append(f"mined by another version or with other options: {done.outdated:,}; --refresh mines them again")
    return "\n".join(lines) + "\n"


def _files(archive: Path) -> frozenset[tuple[int, int]]:
    """The files of an archive."""
    found = set()
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            found.add(identity(Path(f"{archive}{suffix}").stat()))
    return frozenset(found)


def _refuse_text(archive: Path, inputs: Inputs) -> None:
    """Refuse to make an archive under a name that only a text would have: the name of the archive was forgotten.

    Raises:
        ConfigurationError: when it is one.
    """
    suffix = archive.suffix.lower()
    if not archive.exists() and any(suffix in reader.suffixes for reader in inputs.sources.readers.values()):
        message = f"{archive}: there is no such archive, and one is not made under the suffix of a text; the last argument is the archive, such as news.db"
        raise ConfigurationError(message, "archive", archive)
