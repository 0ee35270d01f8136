"""Which format reads and writes what: the built-in ones and those of plugins, by name and by file suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

from ..annotations import Issue
from ..document import Document
from ..errors import ConfigurationError, describe
from ..protocols import Reader, Writer
from .decoding import BOM
from .jsonl import JsonLinesReader, JsonLinesWriter
from .text import MarkdownReader, TextReader

#: Alone, the brace could as well open a template or a stage direction.
_OBJECT: Final = re.compile(rb'\s*\{\s*["}]')


def readers(plugins: Iterable[Any] = ()) -> dict[str, Reader]:
    """Readers by name: the built-in ones and ``plugins``."""
    found: dict[str, Reader] = {reader.name: reader for reader in (JsonLinesReader(), MarkdownReader(), TextReader())}
    found.update({reader.name: reader for reader in plugins})
    return found


def writers(plugins: Iterable[Any] = ()) -> dict[str, Writer]:
    """Writers by name: the built-in ones and ``plugins``."""
    found: dict[str, Writer] = {writer.name: writer for writer in (JsonLinesWriter(),)}
    found.update({writer.name: writer for writer in plugins})
    return found


def writer_named(name: str, plugins: Iterable[Any] = ()) -> Writer:
    """The writer of a format.

    Raises:
        ConfigurationError: when there is none of that name.
    """
    known = writers(plugins)
    if name not in known:
        raise ConfigurationError(f"format: {name!r} is not one of {', '.join(sorted(known))}", "format", name)
    return known[name]


def reader_for(path: Path, plugins: Iterable[Any] = ()) -> Reader | None:
    """The reader for a file by its suffix; of several, the first by name."""
    suffix = path.suffix.lower()
    known = readers(plugins)
    return next((known[name] for name in sorted(known) if suffix in known[name].suffixes), None)


def read_path(path: Path, *, language: str = "en", plugins: Sequence[Any] = ()) -> Iterator[Document | Issue]:
    """The documents of a file, or of all files with a known suffix below a folder, in order of their paths.

    A file named directly is read as text when its suffix is not known. Hidden files and folders are passed over.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            reader = None if hidden or not file.is_file() else reader_for(file, plugins)
            if reader is not None:
                yield from _read(reader, file, language)
        return
    yield from _read(reader_for(path, plugins) or TextReader(), path, language)


def _read(reader: Reader, path: Path, language: str) -> Iterator[Document | Issue]:
    """A reader that fails costs the rest of this file, not the files that follow."""
    try:
        yield from reader.read(path, language=language, name=str(path))
    except Exception as error:
        yield Issue(reader.name, str(path), f"{path}: {describe(error)}", "error")


def read_stream(stream: IO[bytes], *, language: str = "en", name: str = "<stdin>") -> Iterator[Document | Issue]:
    """The documents of a stream: JSON Lines when it begins as a JSON object with members does, else one text."""
    from io import BytesIO

    data = stream.read()
    reader: Reader = JsonLinesReader() if _OBJECT.match(data.removeprefix(BOM)) else TextReader()
    yield from reader.read(BytesIO(data), language=language, name=name)
