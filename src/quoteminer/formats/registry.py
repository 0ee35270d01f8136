"""Which format reads and writes what: the built-in ones and those of plugins, by name and by file suffix."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from ..errors import CONTAINED, ConfigurationError, PluginError
from ..plugins.protocols import Reader, Writer
from . import claim_review, claim_rows
from .claim_rows import Item
from .decoding import UTF8
from .jsonl import JsonLinesReader, JsonLinesWriter
from .sheets import SheetWriter
from .text import MarkdownReader, TextReader

T = TypeVar("T", Reader, Writer)


def readers(plugins: Iterable[Any] = (), encoding: str = UTF8) -> dict[str, Reader]:
    """Readers by name: the built-in ones, which read ``encoding``, and ``plugins``.

    Raises:
        PluginError: when a reader does not say which suffixes it reads.
    """
    own: tuple[Reader, ...] = (JsonLinesReader(encoding), MarkdownReader(encoding), TextReader(encoding))
    return _by_name(own, plugins)


def writers(plugins: Iterable[Any] = ()) -> dict[str, Writer]:
    """Writers by name: the built-in ones and ``plugins``.

    Raises:
        PluginError: when a writer does not say which suffixes it writes.
    """
    own: tuple[Writer, ...] = (JsonLinesWriter(), SheetWriter("csv", ","), SheetWriter("tsv", "\t"))
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
        ClaimFormat("claimreview", (), claim_review.as_json_lines),
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


def reader_of(path: Path, known: Mapping[str, Reader]) -> Reader | None:
    """The reader for a file by its suffix; of several, the first by name."""
    return _for_suffix(path, known)


def writer_of(path: Path, known: Mapping[str, Writer]) -> Writer | None:
    """The writer for a file by its suffix; of several, the first by name."""
    return _for_suffix(path, known)


def _for_suffix(path: Path, known: Mapping[str, T]) -> T | None:
    suffix = path.suffix.lower()
    return next((known[name] for name in sorted(known) if suffix and suffix in known[name].suffixes), None)
