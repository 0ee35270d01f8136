"""Plain text and Markdown: a file is a document, its text exactly as given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from . import signs
from .decoding import UTF8, decode, read_bytes


class TextReader:
    """Reads ``.txt``; the id of the document is the file's name.

    Args:
        encoding: as Python names it.
    """

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def __init__(self, encoding: str = UTF8) -> None:
        self._encoding = encoding

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """One document, or one issue when the bytes are no text; before a text that is plainly no prose a warning."""
        name = name or str(source)
        try:
            document = Document(decode(read_bytes(source, name), name, self._encoding), id=name, language=language)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")
            return
        kind = self._other(document.text)
        if kind is not None:
            message = f"{name}: looks like {kind}, but is read as plain text, so its marks count as words of the text"
            yield Issue(self.name, name, message, "warning")
        yield document

    def _other(self, text: str) -> str | None:
        return signs.markup(text)


class MarkdownReader(TextReader):
    """Reads ``.md``. The markup stays in the text, so that offsets are those of the file."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def _other(self, text: str) -> str | None:
        # Markdown may begin with HTML.
        return None
