"""JSON Lines: a line is a document when read, an extraction when written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, Final

from ..annotations import Issue
from ..document import Document
from ..errors import AnnotationError, FormatError
from ..extraction import Extraction
from ..json_form import document_of, is_ours, loads
from .decoding import UTF8, by_lines, decode, read_bytes

#: How each line of our own output begins.
OWN_BEGINNING: Final = b'{"schema": "quoteminer/'
_KNOWN: Final = ("id", "text", "language", "title", "metadata")


class JsonLinesReader:
    """Reads ``{"id", "text", "language", "title", "metadata"}`` a line; only ``text`` must be there, ``lang`` is read as ``language``.

    Other members go to the document's metadata. A line without ``id`` gets the name of its file with the number of the line, as in
    ``news/2025.jsonl:7``. A line of our own output (``"schema": "quoteminer/2"``) gives its document.

    Args:
        encoding: as Python names it.
    """

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def __init__(self, encoding: str = UTF8) -> None:
        self._encoding = encoding

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """A document for each line; an issue, naming the line, for each that is none."""
        name = name or str(source)
        if not isinstance(source, Path):
            yield from self._read(source, language, name)
            return
        try:
            stream = source.open("rb")
        except OSError as error:
            yield self._issue(FormatError(error.strerror or str(error), name))
            return
        with stream:
            yield from self._read(stream, language, name)

    def _read(self, stream: IO[bytes], language: str, name: str) -> Iterable[Document | Issue]:
        encoding = self._encoding
        if not by_lines(encoding):
            try:
                text = decode(read_bytes(stream, name), name, encoding)
            except FormatError as error:
                yield self._issue(error)
                return
            stream, encoding = io.BytesIO(text.encode("utf-8")), UTF8
        for number, raw in enumerate(stream, 1):
            try:
                line = decode(raw, name, encoding)
                if line.strip():
                    yield document_from(loads(line), language, f"{name}:{number}")
            except (FormatError, AnnotationError) as error:
                yield self._issue(FormatError(error.message, name, number))

    def _issue(self, error: FormatError) -> Issue:
        return Issue(self.name, error.source, str(error), "error")


def document_from(data: object, language: str, default_id: str | None) -> Document:
    """The document that a value of JSON describes, as :class:`JsonLinesReader` says.

    Args:
        default_id: where it has none; ``None`` for one made from its text.

    Raises:
        FormatError: when it describes none.
        AnnotationError: when a member is not of its type.
    """
    if not isinstance(data, Mapping):
        raise FormatError(f"expected a JSON object, not {type(data).__name__}")
    if is_ours(data):
        return document_of(data)
    if "text" not in data:
        raise FormatError("the object has no 'text'")
    metadata: dict[str, Any] = {key: value for key, value in data.items() if key not in _KNOWN}
    given = data.get("metadata", {})
    if not isinstance(given, Mapping):
        raise FormatError(f"metadata: expected an object, not {given!r}")
    metadata.update(given)
    return Document(
        data["text"],
        id=data.get("id", default_id),
        language=data.get("language", data.get("lang", language)),
        title=data.get("title"),
        metadata=metadata,
    )


class JsonLinesWriter:
    """Writes the JSON form ``quoteminer/2``, each line in one piece."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write and flush line by line, so that an interrupt leaves whole lines only."""
        for extraction in extractions:
            stream.write(extraction.to_json().encode("utf-8") + b"\n")
            stream.flush()
