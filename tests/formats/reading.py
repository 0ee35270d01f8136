"""Helpers: reads bytes as the program reads a file."""

from __future__ import annotations

from pathlib import Path

from quoteminer import Document, Extraction, Issue, Miner
from quoteminer.formats import Sources, readers


def read(path: Path, content: bytes | str, **options: str) -> tuple[list[Document], list[Issue]]:
    """The documents and issues of a file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    items = list(Sources(readers(**options)).read(path))
    return [item for item in items if isinstance(item, Document)], [item for item in items if isinstance(item, Issue)]


def one(path: Path, content: bytes | str) -> Document:
    """The only document of a file that leaves no issue."""
    (document,), issues = read(path, content)
    assert issues == []
    return document


def said(document: Document) -> list[tuple[str | None, str]]:
    """Who says what in the turns that the reader has noted, as the rules find it."""
    extraction: Extraction = Miner(["rules"]).mine(document)
    found = []
    for quote in extraction.quotes:
        if quote.layout in ("turn", "mail", "thread"):
            speaker = extraction.speaker(quote.speaker)
            found.append((None if speaker is None else speaker.name, quote.text(document)))
    return found
