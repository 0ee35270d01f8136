"""DOCX and EPUB: archives of XML, read with the standard library, with a bound on how much they may unpack to."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.parsers import expat

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError, describe
from ..text import Builder
from .decoding import UTF8, read_bytes
from .documents import aligned_document

MOST: Final = 200_000_000
"""Bytes that the parts of an archive may unpack to: far above any book, far below what fills a memory."""
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_ENTITIES: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)


class Archive:
    """The parts of a zip file, as long as together they stay within :data:`MOST`.

    Raises:
        FormatError: when it is no zip file.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = MOST
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise FormatError(f"is no archive that can be read: {describe(error)}", name) from None

    def names(self) -> list[str]:
        """The parts, without folders."""
        return [one for one in self._zip.namelist() if not one.endswith("/")]

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            FormatError: when it is missing, damaged, encrypted, or would unpack to more than is left.
        """
        try:
            with self._zip.open(name) as stream:
                data = stream.read(self._left + 1)
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise FormatError(f"its part {name!r} cannot be read: {describe(error)}", self._name) from None
        except Exception as error:  # what a damaged stream makes zlib raise is its own class
            raise FormatError(f"its part {name!r} is damaged: {describe(error)}", self._name) from None
        self._left -= len(data)
        if self._left < 0:
            raise FormatError(f"unpacks to more than {MOST // 1_000_000} MB; unpack it yourself if you trust it", self._name)
        return data

    def xml(self, name: str) -> ET.Element:
        """The root of a part that is XML; entities of its own are refused, since they may grow without end.

        Raises:
            FormatError: as :meth:`part`, and when it is no XML.
        """
        data = self.part(name)
        if _ENTITIES.search(data):
            raise FormatError(f"its part {name!r} declares entities, which no such file needs", self._name)
        try:
            return ET.fromstring(data)
        except (ET.ParseError, expat.ExpatError, ValueError, RecursionError, LookupError) as error:
            raise FormatError(f"its part {name!r} is no XML: {describe(error)}", self._name) from None


class _ArchiveReader:
    """Reads an archive; a fault costs the file, or the chapter where there are several."""

    name = ""
    suffixes: tuple[str, ...] = ()

    def __init__(self, encoding: str = UTF8) -> None:
        del encoding  # such files say their own

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """The documents of the file; an issue for what cannot be read."""
        name = name or str(source)
        try:
            yield from self._documents(Archive(read_bytes(source, name), name), language, name)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")

    def _documents(self, archive: Archive, language: str, name: str) -> Iterator[Document | Issue]:
        raise NotImplementedError


class DocxReader(_ArchiveReader):
    """Reads the text of a Word file: paragraphs, tables and footnotes behind them; what was deleted while changes were tracked is left out."""

    name = "docx"
    suffixes = (".docx", ".docm")

    def _documents(self, archive: Archive, language: str, name: str) -> Iterator[Document | Issue]:
        names = set(archive.names())
        if "word/document.xml" not in names:
            raise FormatError("holds no word/document.xml, so it is no Word file", name)
        paragraphs = list(_paragraphs(archive.xml("word/document.xml")))
        if "word/footnotes.xml" in names:
            paragraphs += _paragraphs(archive.xml("word/footnotes.xml"))
        raw = "\n\n".join(paragraphs)
        builder = Builder(raw)
        at = 0
        for number, paragraph in enumerate(paragraphs, 1):
            begin = builder.length
            builder.take(at, at + len(paragraph))
            builder.place(begin, "paragraph", str(number))
            if number < len(paragraphs):
                builder.take(at + len(paragraph), at + len(paragraph) + 2)
            at += len(paragraph) + 2
        title, metadata, said = _core(archive, names)
        if not raw.strip():
            raise FormatError("holds no text", name)
        yield aligned_document(builder.build(), name, said or language, title=title, metadata=metadata)


def _paragraphs(root: ET.Element) -> Iterator[str]:
    """The text of each paragraph with words, in their order; nothing recurses, however deep the tables."""
    for paragraph in root.iter(f"{_WORD}p"):
        parts: list[str] = []
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if tag in (f"{_WORD}p", f"{_WORD}del", f"{_WORD}instrText", f"{_WORD}moveFrom"):
                continue
            if tag == f"{_WORD}t":
                parts.append(element.text or "")
            elif tag == f"{_WORD}tab":
                parts.append("\t")
            elif tag in (f"{_WORD}br", f"{_WORD}cr"):
                parts.append("\n")
            elif tag == f"{_WORD}noBreakHyphen":
                parts.append("\u2011")
            else:
                waiting.extend(reversed(element))
        text = "".join(parts).replace("\x00", "").strip()
        if text:
            yield text


def _core(archive: Archive, names: set[str]) -> tuple[str | None, dict[str, str], str | None]:
    """Title, metadata and language that a file says of itself."""
    if "docProps/core.xml" not in names:
        return None, {}, None
    root = archive.xml("docProps/core.xml")
    found = {
        key: (root.findtext(tag) or "").strip() for key, tag in (("author", f"{_CORE}creator"), ("date", f"{_TERMS}created"))
    }
    title = (root.findtext(f"{_CORE}title") or "").strip()
    return title or None, {key: value for key, value in found.items() if value}, None


class EpubReader(_ArchiveReader):
    """Reads a book: a document a chapter (a file of its spine with something to read), in the order in which it is read."""

    name = "epub"
    suffixes = (".epub",)

    def _documents(self, archive: Archive, language: str, name: str) -> Iterator[Document | Issue]:
        from .html import page_of

        container = archive.xml("META-INF/container.xml")
        root = next((element.get("full-path") for element in container.iter() if element.tag.endswith("}rootfile")), None)
        if not root:
            raise FormatError("names no contents, so it is no EPUB", name)
        package = archive.xml(root)
        title, metadata, said = _described(package)
        folder = posixpath.dirname(root)
        items = {element.get("id"): element for element in package.iter() if element.tag.endswith("}item")}
        found = False
        for number, reference in enumerate((element for element in package.iter() if element.tag.endswith("}itemref")), 1):
            item = items.get(reference.get("idref"))
            if item is None or "html" not in (item.get("media-type") or "") or "nav" in (item.get("properties") or "").split():
                continue
            part = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
            try:
                aligned, page = page_of(archive.part(part).decode("utf-8", "replace"), article=False)
            except FormatError as error:
                if "nothing to read" not in error.message:
                    yield Issue(self.name, name, f"{name}: chapter {number} is left out: {error.message}", "error")
                continue
            found = True
            chapter = {"chapter": number, "book": title} if title else {"chapter": number}
            try:
                yield aligned_document(
                    aligned,
                    f"{name}:{number}",
                    page.language or said or language,
                    title=page.title,
                    metadata={**metadata, **chapter},
                )
            except ValueError:
                yield aligned_document(aligned, f"{name}:{number}", language, title=page.title, metadata={**metadata, **chapter})
        if not found:
            raise FormatError("holds no chapter with a text", name)


def _described(package: ET.Element) -> tuple[str | None, dict[str, str], str | None]:
    def first(tag: str) -> str | None:
        return (package.findtext(f".//{_CORE}{tag}") or "").strip() or None

    found = {"author": first("creator"), "date": first("date"), "source": first("publisher")}
    return first("title"), {key: value for key, value in found.items() if value}, first("language")
