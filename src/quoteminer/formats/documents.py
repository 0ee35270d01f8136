"""What all readers of whole files do: bytes to text, text to one document, a file that cannot be read to an issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from ..text import Aligned
from .decoding import UTF8, decode, read_bytes


class FileReader:
    """A reader whose file is one text; what it is made into is for :meth:`documents` to say.

    Args:
        encoding: as Python names it.
    """

    name = ""
    suffixes: tuple[str, ...] = ()

    def __init__(self, encoding: str = UTF8) -> None:
        self._encoding = encoding

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """The documents of a file; an issue when it cannot be read, or for a part of it."""
        name = name or str(source)
        try:
            yield from self.documents(self.text(read_bytes(source, name), name), language, name)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")

    def text(self, data: bytes, name: str) -> str:
        """The text of the bytes.

        Raises:
            FormatError: when they are none.
        """
        return decode(data, name, self._encoding)

    def documents(self, raw: str, language: str, name: str) -> Iterable[Document | Issue]:
        """What stands in a text."""
        raise NotImplementedError

    def recognises(self, head: str) -> bool:
        """Whether a text that begins so is plainly of this format, whatever its file is called."""
        return False


def aligned_document(
    aligned: Aligned, name: str, language: str, *, title: str | None = None, metadata: Mapping[str, Any] | None = None
) -> Document:
    """A document that knows its way back."""
    return Document(aligned.text, id=name, language=language, title=title, metadata=metadata or {}, origin=aligned)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the blanks at its ends; an empty one where there is nothing else."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
