"""Which format reads and writes what: the built-in ones and those of plugins, by name and by file suffix."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Final, NamedTuple, TypeVar

from ..errors import CONTAINED, ConfigurationError, PluginError
from ..plugins.protocols import Reader, Writer
from . import claim_rows, schema_org
from .claim_rows import Item
from .decoding import UTF8
from .jsonl import JsonLinesReader, JsonLinesWriter
from .later import KNOWN, KNOWN_WRITERS, LaterReader, LaterWriter
from .packed import GzipReader, ZipReader
from .sheets import SheetWriter
from .text import MarkdownReader, TextReader

T = TypeVar("T", Reader, Writer)
#: Bytes: enough to tell what a file is.
HEAD: Final = 16_384


def readers(plugins: Iterable[Any] = (), encoding: str = UTF8, text_column: str | None = None) -> dict[str, Reader]:
    """Readers by name: the built-in ones, which read ``encoding``, and ``plugins``.

    Args:
        text_column: the column with the texts, for readers of tables.

    Raises:
        PluginError: when a reader does not say which suffixes it reads.
    """
    known: dict[str, Reader] = {}

    def choose(part: PurePosixPath, data: bytes) -> Reader | None:
        return reader_for(part, data, known)

    own: tuple[Reader, ...] = (
        JsonLinesReader(encoding),
        MarkdownReader(encoding),
        TextReader(encoding),
        *(
            LaterReader(one, encoding, **({"text_column": text_column} if one.where.startswith("columns:") else {}))
            for one in KNOWN
        ),
        GzipReader(choose),
        ZipReader(choose),
    )
    known.update(_by_name(own, plugins))
    return known


def writers(plugins: Iterable[Any] = ()) -> dict[str, Writer]:
    """Writers by name: the built-in ones and ``plugins``.

    Raises:
        PluginError: when a writer does not say which suffixes it writes.
    """
    own: tuple[Writer, ...] = (
        JsonLinesWriter(),
        SheetWriter("csv", ","),
        SheetWriter("tsv", "\t"),
        *map(LaterWriter, KNOWN_WRITERS),
    )
    return _by_name(own, plugins)


class ClaimFormat(NamedTuple):
    """How claims are written, ranked over all documents, which is why it is no :class:`Writer`.

    Attributes:
        name: what ``--format`` calls it.
        suffixes: of files that are written so.
        text: makes the whole file.
    """

    name: str
    suffixes: tuple[str, ...]
    text: Callable[[Iterable[Item]], str]


CLAIM_FORMATS: Final[Mapping[str, ClaimFormat]] = {
    one.name: one
    for one in (
        ClaimFormat("jsonl", JsonLinesWriter.suffixes, claim_rows.as_json_lines),
        ClaimFormat("csv", (".csv",), claim_rows.as_csv),
        ClaimFormat("tsv", (".tsv",), functools.partial(claim_rows.as_csv, delimiter="\t")),
        ClaimFormat("claim-review", (), schema_org.as_json_lines),
    )
}
"""The formats of claims, by name."""


def claim_format_of(path: Path) -> ClaimFormat | None:
    """The format of claims for a file by its suffix."""
    suffix = path.suffix.lower()
    return next((one for one in CLAIM_FORMATS.values() if suffix in one.suffixes), None)


def _by_name(own: Iterable[T], plugins: Iterable[T]) -> dict[str, T]:
    found = {item.name: item for item in own}
    for item in plugins:
        try:
            given: object = item.suffixes
            right = isinstance(given, (tuple, list)) and all(isinstance(suffix, str) for suffix in given)
        except CONTAINED:
            right = False
        if not right:
            plugin = item.name.partition(".")[0]
            raise PluginError(f"{item.name}: its 'suffixes' are no tuple of file endings, such as ('.txt',)", plugin)
        found[item.name] = item
    return found


def reader_named(name: str, known: Mapping[str, Reader]) -> Reader:
    """The reader of a format.

    Raises:
        ConfigurationError: when there is none of that name.
    """
    if name not in known:
        raise ConfigurationError(f"as: {name!r} is not one of {', '.join(sorted(known))}", "as", name)
    return known[name]


def reader_for(path: PurePath, head: bytes, known: Mapping[str, Reader]) -> Reader | None:
    """The reader of a file: by its suffix, and where that tells no more than that it is text, by how it begins."""
    by_suffix = _for_suffix(path, known)
    if by_suffix is not None and by_suffix is not known.get("text"):
        return by_suffix
    return reader_by_content(head, known) or by_suffix


def reader_by_content(head: bytes, known: Mapping[str, Reader]) -> Reader | None:
    """The reader that knows a text by its beginning, whatever its file is called; of several, the first by name."""
    text = head[:HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    for name in sorted(known):
        recognises = getattr(known[name], "recognises", None)
        if recognises is not None and recognises(text):
            return known[name]
    return None


def reader_of(path: Path, known: Mapping[str, Reader]) -> Reader | None:
    """The reader for a file by its suffix; of several, the first by name."""
    return _for_suffix(path, known)


def writer_of(path: Path, known: Mapping[str, Writer]) -> Writer | None:
    """The writer for a file by its suffix; of several, the first by name."""
    return _for_suffix(path, known)


def _for_suffix(path: PurePath, known: Mapping[str, T]) -> T | None:
    suffix = path.suffix.lower()
    return next((known[name] for name in sorted(known) if suffix and suffix in known[name].suffixes), None)
