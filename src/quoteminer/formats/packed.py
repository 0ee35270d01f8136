"""Compressed files: gzip of one file and zip of many, each part read by the reader that fits, with a bound on what they unpack to."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import IO

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError, describe
from ..plugins.protocols import Reader
from .decoding import read_bytes

Choose = Callable[[PurePosixPath, bytes], Reader | None]


class GzipReader:
    """Reads a file that gzip has compressed; what is in it is told by the name without ``.gz``.

    Args:
        choose: finds the reader of a part by its name and its beginning.
    """

    name = "gzip"
    suffixes = (".gz",)

    def __init__(self, choose: Choose) -> None:
        self._choose = choose

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """The documents of the file inside."""
        name = name or str(source)
        try:
            data = _unpacked(read_bytes(source, name), name)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")
            return
        inner = PurePosixPath(name.removesuffix(".gz"))
        reader = self._choose(inner, data)
        if reader is None or reader.name == self.name:
            yield Issue(self.name, name, f"{name}: no reader reads what is in it ({inner.suffix or 'no suffix'})", "error")
        else:
            yield from reader.read(io.BytesIO(data), language=language, name=name)


def _unpacked(data: bytes, name: str) -> bytes:
    import gzip
    import zlib

    from .office import MOST

    try:
        with gzip.open(io.BytesIO(data)) as stream:
            found = stream.read(MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError(f"is no gzip that can be read: {describe(error)}", name) from None
    if len(found) > MOST:
        raise FormatError(f"unpacks to more than {MOST // 1_000_000} MB; unpack it yourself if you trust it", name)
    return found


class ZipReader:
    """Reads the files in a zip file that have a reader; archives in archives are left out.

    Args:
        choose: as for :class:`GzipReader`.
    """

    name = "zip"
    suffixes = (".zip",)

    def __init__(self, choose: Choose) -> None:
        self._choose = choose

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """The documents of the files inside, in order of their names; an issue for each that cannot be read, and one for those without a reader."""
        from .office import Archive

        name = name or str(source)
        try:
            archive = Archive(read_bytes(source, name), name)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")
            return
        passed = 0
        for part in sorted(archive.names()):
            if part.startswith("__MACOSX/") or PurePosixPath(part).name.startswith("."):
                continue
            try:
                data = archive.part(part)
            except FormatError as error:
                yield Issue(self.name, name, str(error), "error")
                continue
            reader = self._choose(PurePosixPath(part), data)
            if reader is None or reader.name in ("zip", "gzip"):
                passed += 1
                continue
            yield from reader.read(io.BytesIO(data), language=language, name=f"{name}/{part}")
        if passed:
            yield Issue(
                self.name,
                name,
                f"{name}: {passed} file{'s' * (passed > 1)} in it {'have' if passed > 1 else 'has'} no reader",
                "info",
            )
