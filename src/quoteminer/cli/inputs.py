"""What commands read: the documents of files, folders and standard input."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
import click

from ..annotations import Issue
from ..document import Document
from ..errors import AnnotationError
from ..formats import Identity, Sources, encoding_named, identity, reader_named, reader_of, readers
from ..formats.jsonl import OWN_BEGINNING, JsonLinesReader
from ..languages import check
from ..mining.miner import Miner
from .outputs import identities_of
from .reports import Reports

STDIN: Final = "-"
_STDIN_NAME: Final = "<stdin>"


@attrs.frozen
class Inputs:
    """The paths of a command and how they are read.

    Attributes:
        paths: as they were given; ``-`` is standard input.
        sources: how files are read.
        asked: whether standard input was asked for by its name; else it must hold something.
    """

    paths: tuple[str, ...]
    sources: Sources
    asked: bool = True

    @classmethod
    def given(
        cls, paths: tuple[str, ...], reader: str | None, encoding: str, text_column: str | None, language: str, miner: Miner
    ) -> Inputs:
        """As the options say, with the readers of plugins.

        Raises:
            click.UsageError: when a path is not there, no path is given and nothing is piped in, or ``language`` is none.
            ConfigurationError: when there is no such reader or encoding.
        """
        try:
            check(language, "--language")
        except AnnotationError as error:
            raise click.UsageError(str(error)) from None
        known = readers(miner.components("quoteminer_readers"), encoding_named(encoding), text_column)
        forced = None if reader is None else reader_named(reader, known)
        asked = bool(paths)
        if not paths:
            if sys.stdin.isatty():
                raise click.UsageError("Missing argument 'PATH...'; - reads standard input")
            paths = (STDIN,)
        for name in paths:
            if name != STDIN:
                _check_is_there(name)
        return cls(paths, Sources(known, language, forced), asked)

    def without(self, files: frozenset[Identity]) -> Inputs:
        """The same inputs without files that lie in one of their folders."""
        return attrs.evolve(self, sources=attrs.evolve(self.sources, apart=files | self.sources.apart))

    def apart_from(self, output: Path | None) -> Inputs:
        """The same inputs without the output (``None`` for standard output), should it lie in one of their folders.

        Raises:
            click.UsageError: when an input would be destroyed: a file that was named, or one in a folder that is not our own output.
        """
        for path in self.paths:
            refuse_to_destroy(path, output)
        written = identities_of(output)
        if not written:
            return self
        apart = self.without(written)
        # What stood in standard output is gone, or is appended to.
        for file in () if output is None else apart._met():
            if not _may_be_replaced(file):
                raise click.UsageError(
                    f"{file}: lies in a folder that is read and is the output; writing would destroy it: write elsewhere"
                )
        return apart

    def _met(self) -> Iterator[Path]:
        """The files set apart that lie in folders that are read."""
        for name in self.paths:
            if name != STDIN and Path(name).is_dir():
                walk = self.sources.walk(Path(name))
                for _ in walk:
                    pass
                yield from walk.met

    def documents(self, reports: Reports) -> Iterator[Document]:
        """The documents of all paths; what is not read is reported."""
        for name in self.paths:
            for item in self._standard_input() if name == STDIN else self.sources.read(Path(name)):
                if isinstance(item, Issue):
                    reports.unread(item)
                else:
                    yield item

    def _standard_input(self) -> Iterator[Document | Issue]:
        items = self.sources.stream(sys.stdin.buffer, _STDIN_NAME)
        if self.asked:
            yield from items
            return
        for item in items:
            if isinstance(item, Document) and not item.text and item.id == _STDIN_NAME:
                raise click.UsageError("Missing argument 'PATH...'; standard input is empty")
            yield item

    def count(self) -> int | None:
        """How many documents there will be, as far as names and lines tell; ``None`` when only reading can tell."""
        total = 0
        for name in self.paths:
            path = Path(name)
            if name == STDIN or not (path.is_dir() or path.is_file()):
                return None
            for file in self.sources.walk(path) if path.is_dir() else [path]:
                if not isinstance(file, Issue):
                    total += self._count_in(file, named=file == path)
        return total

    def _count_in(self, file: Path, *, named: bool) -> int:
        reader = self.sources.forced if named and self.sources.forced is not None else reader_of(file, self.sources.readers)
        if not isinstance(reader, JsonLinesReader):
            return 1
        with contextlib.suppress(OSError), file.open("rb") as stream:
            return sum(1 for line in stream if not line.isspace())
        return 0


def refuse_to_destroy(path: str, output: Path | None) -> None:
    """Refuse an input that is the output (``None`` for standard output), under whatever names.

    Raises:
        click.UsageError: when it is.
    """
    with contextlib.suppress(OSError):
        status = os.fstat(sys.stdin.fileno()) if path == STDIN else os.stat(path)
        if stat.S_ISREG(status.st_mode) and identity(status) in identities_of(output):
            what = "standard input" if path == STDIN else path
            other = "standard output" if output is None else f"{output}"
            raise click.UsageError(f"{what}: is both input and output ({other}); writing would destroy it")


def _check_is_there(name: str) -> None:
    try:
        os.stat(name)
    except PermissionError:
        return  # there, but not for us; reading it says so, and the rest is read
    except FileNotFoundError:
        raise click.UsageError(f"{name}: there is no such file or folder") from None
    except OSError as error:
        raise click.UsageError(f"{name}: {error.strerror or error}") from None


def _may_be_replaced(file: Path) -> bool:
    """Whether a file is empty or holds our own output, which a new one may replace."""
    with contextlib.suppress(OSError), file.open("rb") as stream:
        begin = stream.read(4096)
        if begin[: len(OWN_BEGINNING)] in (b"", OWN_BEGINNING):
            return True
        if file.suffix.lower() in (".csv", ".tsv"):
            from ..formats.columns import is_own

            return is_own(begin.partition(b"\n")[0].decode("utf-8", "replace").replace("\t", ",").strip().split(","))
    return False
