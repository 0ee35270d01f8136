"""Plain text and Markdown: a file is a document, its text exactly as given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from .decoding import decode, read_bytes


class TextReader:
    """Reads ``.txt``; the id of the document is the file's name."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """One document, or one issue when the bytes are no text."""
        name = name or str(source)
        try:
            yield Document(decode(read_bytes(source, name), name), id=name, language=language)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")


class MarkdownReader(TextReader):
    """Reads ``.md``. The markup stays in the text, so that offsets are those of the file."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")
