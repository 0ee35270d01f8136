"""PDF: the text of its pages, by pypdf, with hyphens at the ends of lines undone and what stands at the head or foot of every page left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Final

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError, describe
from ..text import Builder
from .decoding import UTF8, read_bytes
from .documents import aligned_document, trimmed

_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])[ \t]?[-\u2010\u00ad]$")
_ENDS: Final = re.compile(r"[.!?:…][\"”’'»)\]]*$")
_NUMBER: Final = re.compile(
    r"(?:[-–—]\s*)?(?:[Pp]age\s+|[Ss]eite\s+|[Pp]ágina\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|sur|de)\s*\d{1,4})?(?:\s*[-–—])?"
)


class PdfReader:
    """Reads the text that a PDF holds (a picture of a page holds none); needs the extra ``quoteminer[pdf]``."""

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def __init__(self, encoding: str = UTF8) -> None:
        del encoding  # a PDF says its own

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """One document; each page is a place of it. An issue for each page that cannot be read."""
        name = name or str(source)
        try:
            pages, title, metadata, faults = _pages(read_bytes(source, name), name)
            for fault in faults:
                yield Issue(self.name, name, fault, "warning")
            yield _document(pages, language, name, title, metadata)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")


def _pages(data: bytes, name: str) -> tuple[list[str], str | None, dict[str, Any], list[str]]:
    try:
        import pypdf
    except ImportError:
        raise FormatError("reading PDF needs pypdf: pip install 'quoteminer[pdf]'", name) from None
    # It tells the log of every small fault of a file; what matters is said in the issues.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    faults: list[str] = []
    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("is protected by a password", name)
        described = reader.metadata
        for number, page in enumerate(reader.pages, 1):
            try:
                pages.append((page.extract_text() or "").replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8"))
            except Exception as error:  # whatever a damaged page makes it raise
                faults.append(f"{name}: page {number} cannot be read: {describe(error)}")
                pages.append("")
    except FormatError:
        raise
    except Exception as error:  # pypdf raises errors of many kinds for damaged files
        raise FormatError(f"is no PDF that can be read: {describe(error)}", name) from None
    title = str(described.title).strip() if described is not None and described.title else None
    metadata: dict[str, Any] = {}
    if described is not None and described.author:
        metadata["author"] = str(described.author).strip()
    if not any(page.strip() for page in pages):
        raise FormatError("holds no text; is it a picture of pages? Read it with a program that recognises letters", name)
    return pages, title or None, {key: value for key, value in metadata.items() if value}, faults


def _document(pages: list[str], language: str, name: str, title: str | None, metadata: dict[str, Any]) -> Document:
    """One text of all pages; the raw side is what the PDF gives, page by page, parted by form feeds."""
    raw = "\f".join(pages)
    running = _running(pages)
    builder = Builder(raw)
    at = 0
    open_line = joined = False
    for number, page in enumerate(pages, 1):
        begin = builder.length
        width = max((len(line) for line in page.split("\n")), default=0)
        start = at
        lines = page.split("\n")
        for index, line in enumerate(lines):
            low, high = trimmed(raw, start, start + len(line))
            start += len(line) + 1
            words = raw[low:high]
            edge = index < 2 or index >= len(lines) - 2
            if not words:
                if open_line:
                    open_line = False
                continue
            if edge and (_NUMBER.fullmatch(words) or _shape(words) in running):
                continue
            if builder.length and not joined:
                # The blank, or the gap between paragraphs, stands for the end of the line before.
                builder.put(" " if open_line else "\n\n", low - 1, low)
            hyphen = _HYPHEN.search(words)
            following = next((later for later in lines[index + 1 :] if later.strip()), "")
            joined = hyphen is not None and following.lstrip()[:1].islower()
            builder.take(low, low + hyphen.start() if hyphen is not None and joined else high)
            # A paragraph goes on behind a line that is full, or that ends in the middle of a sentence; a heading is followed by a capital.
            open_line = (
                hyphen is not None or len(line) > 0.85 * width or not (_ENDS.search(words) or following.lstrip()[:1].isupper())
            )
        builder.place(begin, "page", str(number))
        at += len(page) + 1
    return aligned_document(builder.build(), name, language, title=title, metadata=metadata)


def _shape(line: str) -> str:
    """A line without its numbers: what a running head is on every page."""
    return re.sub(r"\d+", "#", line)


def _running(pages: list[str]) -> frozenset[str]:
    """What stands at the head or foot of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        counts.update({_shape(line) for line in [*lines[:2], *lines[-2:]]})
    return frozenset(line for line, count in counts.items() if count >= 2 and count > 0.5 * len(pages))
