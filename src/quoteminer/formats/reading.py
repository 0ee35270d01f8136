"""Reading files, folders and streams with the reader that fits; whatever a reader does costs its own file at most."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

import attrs

from .. import languages
from ..annotations import Issue
from ..document import Document
from ..errors import CONTAINED, describe, shown
from ..plugins.protocols import Reader
from .decoding import BOM, UTF8
from .registry import HEAD, reader_by_content, reader_for, reader_of, readers
from .walking import COMPONENT, Identity, Walk

#: Alone, the brace could as well open a template or a stage direction.
_OBJECT: Final = re.compile(rb'\s*\{\s*["}]')


@attrs.frozen
class Sources:
    """How files, folders and streams are read.

    Attributes:
        readers: by name.
        language: of texts that do not say theirs.
        forced: reads every file and stream that is named, whatever its suffix; in folders the suffix decides.
        apart: files in folders that are not to be read, because the program writes them.
    """

    readers: Mapping[str, Reader]
    language: str = "en"
    forced: Reader | None = None
    apart: frozenset[Identity] = frozenset()

    def read(self, path: Path) -> Iterator[Document | Issue]:
        """The documents of a file, or of all files with a known suffix below a folder, in order of their paths.

        A file without a suffix, a pipe or a device is read like standard input. What is not read leaves an issue: for a file with
        another suffix an error, for the files in a folder one line with their number.
        """
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield Issue(COMPONENT, str(path), f"{path}: {error.strerror or error}", "error")
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(path)
        elif stat.S_ISREG(mode) and path.suffix not in ("", "."):
            reader = self.forced or self._reader(path)
            if reader is None:
                message = f"{path}: no reader reads {path.suffix}; there are {self._known()}; --as text reads it as plain text"
                yield Issue(COMPONENT, str(path), message, "error")
            else:
                yield from _read(reader, path, str(path), self.language)
        else:
            try:
                stream = path.open("rb")
            except OSError as error:
                yield Issue(COMPONENT, str(path), f"{path}: {error.strerror or error}", "error")
                return
            with stream:
                yield from self.stream(stream, str(path))

    def stream(self, stream: IO[bytes], name: str) -> Iterator[Document | Issue]:
        """The documents of a stream: JSON Lines when it begins as a JSON object with members does, else one text."""
        try:
            data = stream.read()
        except OSError as error:
            yield Issue(COMPONENT, name, f"{name}: {error.strerror or error}", "error")
            return
        reader = self.forced or reader_by_content(data, self.readers)
        if reader is None:
            reader = self.readers["jsonl" if _OBJECT.match(data.removeprefix(BOM)) else "text"]
        yield from _read(reader, io.BytesIO(data), name, self.language)

    def _reader(self, path: Path) -> Reader | None:
        try:
            with path.open("rb") as stream:
                return reader_for(path, stream.read(HEAD), self.readers)
        except OSError:
            # Reading it will say why.
            return reader_of(path, self.readers)

    def walk(self, folder: Path) -> Walk:
        """The files in a folder that have a reader."""
        return Walk(folder, lambda path: reader_of(path, self.readers) is not None, self.apart)

    def _folder(self, folder: Path) -> Iterator[Document | Issue]:
        walk = self.walk(folder)
        empty = True
        for file in walk:
            empty = False
            if isinstance(file, Issue):
                yield file
            else:
                reader = self._reader(file)
                assert reader is not None
                items = _read(reader, file, str(file), self.language)
                yield from _in_passing(items) if getattr(reader, "tables", False) else items
        for file in walk.met:
            yield Issue(COMPONENT, str(folder), f"{file}: is where the output goes, so it is not read", "info")
        passed = _passed(walk)
        if empty and not walk.met:
            message = f"{folder}: holds no file that can be read{f' (not read: {passed})' if passed else ''}; what is read: {self._known()}"
            yield Issue(COMPONENT, str(folder), message, "error")
        elif passed:
            yield Issue(COMPONENT, str(folder), f"{folder}: not read: {passed}; what is read: {self._known()}", "info")

    def _known(self) -> str:
        """The readers that are found by a suffix, with these."""
        found = {name: " ".join(reader.suffixes) for name, reader in self.readers.items()}
        return ", ".join(f"{name} ({found[name]})" for name in sorted(found) if found[name])


def _in_passing(items: Iterator[Document | Issue]) -> Iterator[Document | Issue]:
    """What a table in a folder gives; one that holds no texts (a list of settings, say) is no fault of the folder."""
    for number, item in enumerate(items):
        if not number and isinstance(item, Issue):
            yield attrs.evolve(item, severity="info")
        else:
            yield item


def _passed(walk: Walk) -> str:
    """What a walk passed over, with numbers."""
    parts = [f"{count} {suffix or 'without suffix'}" for suffix, count in walk.skipped.most_common()]
    if walk.special:
        parts.append(f"{walk.special} pipe{'s' * (walk.special > 1)} or device{'s' * (walk.special > 1)}")
    if walk.loops:
        parts.append(f"{walk.loops} link{'s' * (walk.loops > 1)} to a folder around {'them' if walk.loops > 1 else 'it'}")
    return ", ".join(parts)


def _read(reader: Reader, source: Path | IO[bytes], name: str, language: str) -> Iterator[Document | Issue]:
    """What a reader gives; one that fails costs the rest of this file, not the files that follow."""
    component = reader.name

    def failed(message: str) -> Issue:
        return Issue(component, name, f"{name}: the reader {component!r} {message}", "error")

    try:
        items: Iterator[object] = iter(reader.read(source, language=language, name=name))
    except CONTAINED as error:
        yield failed(f"failed: {describe(error)}")
        return
    while True:
        try:
            item = next(items)
        except StopIteration:
            return
        except CONTAINED as error:
            yield failed(f"failed: {describe(error)}")
            return
        if isinstance(item, Document):
            language = languages.told(item.text, item.language)
            yield item if language == item.language else attrs.evolve(item, language=language)
        elif isinstance(item, Issue):
            yield item
        else:
            yield failed(f"gave {shown(item)}, which is no Document and no Issue")


def read_path(
    path: Path, *, language: str = "en", plugins: Sequence[Any] = (), encoding: str = UTF8
) -> Iterator[Document | Issue]:
    """As :meth:`Sources.read`, with the built-in readers and ``plugins``."""
    return Sources(readers(plugins, encoding), language).read(path)


def read_stream(
    stream: IO[bytes], *, language: str = "en", name: str = "<stdin>", encoding: str = UTF8
) -> Iterator[Document | Issue]:
    """As :meth:`Sources.stream`, with the built-in readers."""
    return Sources(readers(encoding=encoding), language).stream(stream, name)
