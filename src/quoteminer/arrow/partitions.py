"""Folders of Parquet files in and out, partition by partition: what is done is not done again, whatever ended the run before."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from ..errors import CONTAINED, ConfigurationError, FormatError, QuoteminerError, describe
from ..extraction import Extraction
from ..mining.miner import Miner
from ..tabular import COLUMNS_VERSION
from ..vocabulary import Scope
from .batches import MOST
from .reading import Columns, Row, extractions_of, rows_of
from .schemas import VERSION_KEY, ArrowKind, Rows, check_kind, pyarrow_for, schema

MANIFESTS: Final = "_manifests"
"""The folder of what says that a partition is done; whoever reads a folder of Parquet files passes over names that begin with ``_`` or ``.``."""
_SUFFIXES: Final = (".parquet", ".pq")
_MOST_ROWS: Final = 20_000
_READ: Final = 1_024
"""Rows of a file that are read together, since texts are long."""


@attrs.frozen
class Partition:
    """What became of one file.

    Attributes:
        source: its path in the folder that was read.
        documents: the number of its rows, all of which were mined.
        rows: how many rows of each kind were written.
        errors: the number of issues that are errors.
        skipped: whether an earlier run had done it.
        problem: why nothing was written, or ``None``.
    """

    source: str
    documents: int = 0
    rows: Mapping[str, int] = attrs.field(factory=dict)
    errors: int = 0
    skipped: bool = False
    problem: str | None = None


def mine_parquet(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    text: str = "text",
    id: str | None = None,
    title: str | None = None,
    language: str = "en",
    language_column: str | None = None,
    metadata: Sequence[str] = (),
    of: Sequence[ArrowKind] = ("quotes", "speakers", "claims", "mentions", "issues"),
    miner: Miner | None = None,
    workers: int | None = None,
    scope: Scope | None = None,
    on_partition: Callable[[Partition], object] | None = None,
) -> list[Partition]:
    """Mine Parquet files with a column of texts into Parquet files with what was found.

    A file is a partition. In ``target`` each kind has a folder, in which a partition has the path that it has in ``source``, so that folders such as
    ``date=2026-01-01`` stay columns for whoever reads them so. A partition is there as a whole or not at all: what says that it is done is
    ``_manifests/PATH.json``, written last. A partition is passed over when it is done with the same content of its file and the same plugins and options.
    One that cannot be read costs nothing but itself.

    Args:
        source: a Parquet file, or a folder with some at any depth.
        target: a folder, which is made.
        text, id, title, language, language_column, metadata: as for :func:`mine_batches`.
        of: the kinds of rows that are written.
        miner, workers, scope: as for :func:`mine_batches`.
        on_partition: is called with each partition when it is done.

    Returns:
        All partitions in the order of their paths.

    Raises:
        ConfigurationError: when there is no such kind, ``target`` lies in ``source``, or pyarrow is not installed.
        AnnotationError: when ``language`` is none.
        FileNotFoundError: when ``source`` is not there or holds no Parquet file.
    """
    pyarrow_for("reading Parquet")
    if isinstance(of, str):
        raise ConfigurationError(f"of: name kinds as [{of!r}]", "of", of)
    for kind in of:
        check_kind(kind)
    columns = Columns(text=text, id=id, title=title, language=language, language_column=language_column, metadata=metadata)
    work = _Work(Path(source), Path(target), columns, tuple(of), miner or Miner(), scope)
    done: list[Partition] = []
    for partition in work.done(workers):
        if on_partition is not None:
            on_partition(partition)
        done.append(partition)
    return done


class _Work:
    """Everything that is to be done, in one go, so that worker processes start once."""

    def __init__(
        self, source: Path, target: Path, columns: Columns, of: tuple[ArrowKind, ...], miner: Miner, scope: Scope | None
    ) -> None:
        if target.resolve().is_relative_to(source.resolve()):
            raise ConfigurationError(f"{target} lies in {source}, so that results would be read as texts", "target", str(target))
        self._files = _files(source)
        self._target = target
        self._columns = columns
        self._of = of
        self._miner = miner
        self._scope = scope
        made_by = miner.manifest(scope=scope)
        # Which Python it ran on changes no result.
        decides = {name: value for name, value in made_by.items() if name != "python"}
        self._options = {"columns": attrs.asdict(columns), "of": of, "version": COLUMNS_VERSION, "made_by": decides}
        self._made_by = made_by
        #: What costs a partition and not the run.
        self._failures = (QuoteminerError, OSError, pyarrow_for("reading Parquet").ArrowException)
        self._prints: dict[int, str] = {}
        self._skipped: dict[int, Partition] = {}
        self._problems: dict[int, str] = {}

    def done(self, workers: int | None) -> Iterator[Partition]:
        """Each partition when it is done."""
        number = 0
        output = self._output(0)
        try:
            for extraction, part in extractions_of(self._rows(), self._miner, workers, self._scope):
                while number < part:
                    yield self._closed(number, output)
                    number += 1
                    output = self._output(number)
                if number not in self._problems:
                    self._add(number, output, extraction)
            while number < len(self._files):
                yield self._closed(number, output)
                number += 1
                output = self._output(number)
        finally:
            output.discard()

    def _output(self, number: int) -> _Output:
        name = self._files[number][0] if number < len(self._files) else ""
        return _Output(self._target, name, self._of)

    def _rows(self) -> Iterator[Row]:
        """The rows of all partitions that are not done, with the number of each."""
        for number, (name, path) in enumerate(self._files):
            try:
                self._prints[number] = self._print(path)
                done = _read_manifest(_manifest_path(self._target, name), self._prints[number])
                if done is not None:
                    self._skipped[number] = done
                    continue
                yield from rows_of(_batches(path, self._columns), self._columns, number)
            except self._failures as error:
                self._problems[number] = describe(error)

    def _print(self, path: Path) -> str:
        """What tells the same file with the same options from all others."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
        digest.update(json.dumps(self._options, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _add(self, number: int, output: _Output, extraction: Extraction) -> None:
        try:
            output.add(extraction)
        except self._failures as error:
            self._problems[number] = describe(error)

    def _closed(self, number: int, output: _Output) -> Partition:
        name = self._files[number][0]
        if number in self._skipped:
            return self._skipped[number]
        if number not in self._problems:
            try:
                return output.finish({"fingerprint": self._prints[number], "made_by": self._made_by})
            except self._failures as error:
                self._problems[number] = describe(error)
        output.discard()
        return Partition(name, problem=self._problems[number])


def _files(source: Path) -> list[tuple[str, Path]]:
    """The Parquet files with their paths in the source."""
    if source.is_file():
        return [(source.name, source)]
    found = [(path.relative_to(source), path) for path in source.rglob("*") if path.suffix in _SUFFIXES and path.is_file()]
    files = [(name.as_posix(), path) for name, path in found if not any(part[0] in "._" for part in name.parts)]
    if not files:
        raise FileNotFoundError(f"{source} is no Parquet file and holds none" if source.exists() else f"there is no {source}")
    return sorted(files)


def _batches(path: Path, columns: Columns) -> Iterator[Any]:
    """The columns that are read, of a file, piece by piece.

    Raises:
        FormatError: when it is no Parquet, or one that we wrote.
    """
    from pyarrow import ArrowException, parquet

    try:
        with parquet.ParquetFile(path) as file:
            if VERSION_KEY in (file.schema_arrow.metadata or {}):
                raise FormatError("is a table that quoteminer wrote, with results and not with texts to mine", str(path))
            columns.check(file.schema_arrow)
            yield from file.iter_batches(_READ, columns=list(columns.used))
    except (ArrowException, OSError) as error:
        raise FormatError(f"is no Parquet that can be read: {describe(error)}", str(path)) from None


def _manifest_path(target: Path, name: str) -> Path:
    return target / MANIFESTS / f"{name}.json"


def _read_manifest(path: Path, fingerprint: str) -> Partition | None:
    """The partition as an earlier run has done it; none where it has not, or not this one."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["fingerprint"] != fingerprint:
            return None
        return Partition(told["source"], told["documents"], told["rows"], told["errors"], skipped=True)
    except (OSError, ValueError, LookupError, TypeError):
        return None


class _Output:
    """The files of one partition, under names that nobody reads until all are whole."""

    def __init__(self, target: Path, name: str, of: Sequence[ArrowKind]) -> None:
        self._target = target
        self._name = name
        self._of = of
        self._writers: dict[ArrowKind, Any] = {}
        self._rows: dict[ArrowKind, Rows] = {}
        self._counts: dict[str, int] = {}
        self._documents = 0
        self._errors = 0

    def add(self, extraction: Extraction) -> None:
        """Write the rows of an extraction.

        Raises:
            OSError: when that cannot be.
            FormatError: when a file of others stands in the place of one of ours.
        """
        self._open()
        self._documents += 1
        self._errors += sum(issue.severity == "error" for issue in extraction.issues)
        for kind, rows in self._rows.items():
            rows.add(extraction)
            if rows.full:
                self._write(kind)

    def finish(self, more: Mapping[str, object]) -> Partition:
        """Put the files in their places, and then the manifest, which says so."""
        self._open()
        for kind, writer in self._writers.items():
            self._write(kind)
            writer.close()
        manifest = _manifest_path(self._target, self._name)
        # While the files change, the partition is not done.
        manifest.unlink(missing_ok=True)
        for kind in self._writers:
            os.replace(self._unfinished(kind), self._path(kind))
        self._writers.clear()
        told = {"source": self._name, "documents": self._documents, "rows": self._counts, "errors": self._errors}
        manifest.parent.mkdir(parents=True, exist_ok=True)
        beside = manifest.with_name(f".{manifest.name}.{os.getpid()}")
        beside.write_text(json.dumps({**told, **more}, indent=1) + "\n", encoding="utf-8")
        os.replace(beside, manifest)
        return Partition(self._name, self._documents, self._counts, self._errors)

    def discard(self) -> None:
        """Leave nothing of what is not finished."""
        for kind, writer in self._writers.items():
            with contextlib.suppress(*CONTAINED):  # a full disk; the file goes in any case
                writer.close()
            self._unfinished(kind).unlink(missing_ok=True)
        self._writers.clear()

    def _open(self) -> None:
        if self._rows:
            return
        from pyarrow import parquet

        for kind in self._of:
            path = self._path(kind)
            if path.exists():
                _check_ours(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[kind] = parquet.ParquetWriter(self._unfinished(kind), schema(kind), compression="zstd")
            self._rows[kind] = Rows(kind, MOST.get(kind, _MOST_ROWS))
            self._counts[kind] = 0

    def _write(self, kind: ArrowKind) -> None:
        batch = self._rows[kind].take()
        self._counts[kind] += batch.num_rows
        self._writers[kind].write_batch(batch)

    def _path(self, kind: str) -> Path:
        return self._target / kind / self._name

    def _unfinished(self, kind: str) -> Path:
        path = self._path(kind)
        return path.with_name(f".{path.name}.{os.getpid()}")


def _check_ours(path: Path) -> None:
    from pyarrow import ArrowException, parquet

    try:
        ours = VERSION_KEY in (parquet.read_schema(path).metadata or {})
    except (ArrowException, OSError):
        ours = False
    if not ours:
        raise FormatError("was not written by quoteminer and is not overwritten", str(path))
