"""``quoteminer convert``: results and annotations from one format into another, without mining anew."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from ..annotations import Issue
from ..archive import Archive
from ..errors import FormatError, QuoteminerError
from ..extraction import Extraction
from ..formats import writers
from ..mining.miner import Miner
from .inputs import refuse_to_destroy
from .mining import chosen_writer, write_results
from .options import EXIT_CODES, FAILED, errors, output_option
from .outputs import opened
from .reports import Reports
from .watching import Watch

#: Formats of annotations that are read, beside our own lines; see quoteminer.formats.exchange.
NAMES: Final = ("jsonl", "brat", "conll", "doccano", "label-studio", "prodigy", "tei", "web-annotation")


#: How a file of SQLite begins.
_DATABASE: Final = b"SQLite format 3\0"


@click.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Choice(NAMES),
    help="The format of the files.  [default: jsonl, or by the suffix: .zip is brat, .conll is conll, .tei and .xml are tei]",
)
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    help="The format to write, as for mine.  [default: by the suffix of the output, else table]",
)
@output_option
def convert(paths: tuple[Path, ...], source: str | None, format_: str | None, output: Path | None) -> None:
    """Write what was found, or annotated elsewhere, in another format.

    PATH is a file that mine has written as JSON Lines, an archive, or a file of brat, Label Studio, Prodigy, TEI, W3C Web Annotation or CoNLL columns.
    """
    for path in paths:
        refuse_to_destroy(str(path), output)
    with errors():
        writer = chosen_writer(format_, output, writers(Miner().components("quoteminer_writers")))
        target = opened(output)
    watch = Watch(target, total=lambda: None, done=lambda: 0)
    with target, watch, errors():
        write_results(watch, read_results(paths, source, watch.reports), writer, target)
    if watch.reports.failed:
        raise SystemExit(FAILED)


def is_archive(path: Path) -> bool:
    """Whether a file is a database, as archives are."""
    with contextlib.suppress(OSError), path.open("rb") as stream:
        return stream.read(len(_DATABASE)) == _DATABASE
    return False


def read_results(paths: tuple[Path, ...], source: str | None, reports: Reports) -> Iterator[Extraction]:
    """The extractions of all files; what cannot be read is reported."""
    from ..formats.exchange import FORMATS

    for path in paths:
        if source is None and is_archive(path):
            with Archive(path, create=False) as archive:
                yield from archive
            continue
        name = source or {".zip": "brat", ".conll": "conll", ".tei": "tei", ".xml": "tei"}.get(path.suffix.lower(), "jsonl")
        with path.open("rb") as stream:
            if name != "jsonl":
                try:
                    yield from FORMATS[name].read(stream)
                except FormatError as error:
                    reports.unread(Issue(name, str(path), f"{path}: {error}", "error"))
                continue
            for number, line in enumerate(stream, 1):
                if line.strip():
                    try:
                        yield Extraction.from_json(line.decode("utf-8"))
                    except (QuoteminerError, UnicodeDecodeError) as error:
                        reports.unread(Issue(name, str(path), f"{path}:{number}: {error}", "error"))
