"""What commands read: the documents of files, folders and standard input; and where they write."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import click

from ..annotations import Issue
from ..document import Document
from ..formats import read_path, read_stream, readers
from ..protocols import Reader
from .watching import Watch


def check_paths(paths: Iterable[str], output: Path | None) -> None:
    """Refuse paths that are not there, and a file that is both input and output."""
    for name in paths:
        if name == "-":
            continue
        path = Path(name)
        if not path.exists():
            raise click.UsageError(f"{name}: there is no such file or folder")
        if output is not None and output.exists() and not path.is_dir() and path.samefile(output):
            raise click.UsageError(f"{name}: is both input and output; writing would destroy it")


def opened(output: Path) -> IO[bytes]:
    """The output file; that it cannot be written is a wrong call."""
    try:
        return output.open("wb")
    except OSError as error:
        raise click.UsageError(f"{output}: {error.strerror or error}") from None


def number_of_documents(paths: Iterable[str], extra_readers: list[Reader]) -> int | None:
    """How many documents there will be, ``None`` when only reading can tell."""
    known = readers(extra_readers).values()
    suffixes = {suffix for reader in known for suffix in reader.suffixes}
    total = 0
    for name in paths:
        if name == "-":
            return None
        path = Path(name)
        for file in path.rglob("*") if path.is_dir() else [path]:
            suffix = file.suffix.lower()
            if suffix in (".jsonl", ".ndjson"):
                try:
                    with file.open("rb") as stream:
                        total += sum(1 for line in stream if not line.isspace())
                except OSError:
                    continue
            elif file == path or suffix in suffixes:
                total += 1
    return total


def documents(paths: Iterable[str], language: str, extra: list[Reader], watch: Watch) -> Iterator[Document]:
    """The documents of all paths; what cannot be read is reported."""
    for name in paths:
        items = (
            read_stream(sys.stdin.buffer, language=language)
            if name == "-"
            else read_path(Path(name), language=language, plugins=extra)
        )
        empty = True
        for item in items:
            empty = False
            if isinstance(item, Issue):
                watch.input_failed(item)
            else:
                yield item
        if empty and Path(name).is_dir():
            watch.input_failed(Issue("cli", name, f"{name}: holds no file that can be read", "error"))
