"""The built-in readers by name; the module of each is imported when a file of its format is met."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from ..annotations import Issue
from ..document import Document
from ..extraction import Extraction


class _Known(NamedTuple):
    """What is known of a format without its module.

    Attributes:
        hint: what a text must hold near its beginning to be of this format at all; a format without one is told by the suffix alone.
    """

    name: str
    suffixes: tuple[str, ...]
    where: str
    hint: re.Pattern[str] | None = None


KNOWN: Final = (
    _Known("chevrons", (), "transcripts:ChevronReader", re.compile(r"^>>[ \t]?\S", re.MULTILINE)),
    _Known("csv", (".csv",), "columns:CsvReader"),
    _Known("discord", (), "chat:DiscordReader", re.compile(r"^\[.{0,12}\d[:.]\d\d", re.MULTILINE)),
    _Known("docx", (".docx", ".docm"), "office:DocxReader"),
    _Known("epub", (".epub",), "office:EpubReader"),
    _Known("html", (".html", ".htm", ".xhtml"), "html:HtmlReader", re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)),
    _Known("irc", (".irc",), "chat:IrcReader", re.compile(r"^(?:\S{0,12}[\d\]][ \t]+){0,2}<[^<>\s]+> ", re.MULTILINE)),
    _Known("json", (".json",), "columns:JsonReader"),
    _Known("mail", (".eml",), "mail:MailReader", re.compile(r"^(?:From|Von|De) ?:", re.MULTILINE)),
    _Known("mbox", (".mbox",), "mail:MailboxReader"),
    _Known("own-line", (), "transcripts:OwnLineReader", re.compile(r"[ \t][\[(]?0?0:\d\d", re.MULTILINE)),
    _Known("parquet", (".parquet", ".pq"), "columns:ParquetReader"),
    _Known("pdf", (".pdf",), "pdf:PdfReader"),
    _Known("slack", (), "chat:SlackReader", re.compile(r"\d[:.]\d\d[^\n]{0,6}$", re.MULTILINE)),
    _Known("srt", (".srt",), "captions:SrtReader", re.compile("-->")),
    _Known("stamped", (), "transcripts:StampedReader", re.compile(r"^[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d", re.MULTILINE)),
    _Known("trafilatura", (), "html:TrafilaturaReader"),
    _Known("tsv", (".tsv", ".tab"), "columns:TsvReader"),
    _Known("vtt", (".vtt",), "captions:VttReader", re.compile("WEBVTT")),
    _Known("whatsapp", (), "chat:WhatsAppReader", re.compile(r"^[^\w\n]{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s", re.MULTILINE)),
    _Known("wiki", (".wiki", ".mediawiki"), "wiki:WikiReader"),
)


#: The same for the built-in writers; those of :mod:`quoteminer.formats.exchange` read their own files as well.
KNOWN_WRITERS: Final = (
    _Known("arrow", (".arrow", ".feather"), "frames:ArrowWriter"),
    _Known("brat", (".zip",), "brat:BratFormat"),
    _Known("claim-review", (), "schema_org:ClaimReviewWriter"),
    _Known("conll", (".conll",), "conll:ConllFormat"),
    _Known("doccano", (), "doccano:DoccanoFormat"),
    _Known("html", (".html", ".htm"), "page:PageWriter"),
    _Known("label-studio", (), "label_studio:LabelStudioFormat"),
    _Known("parquet", (".parquet", ".pq"), "frames:ParquetWriter"),
    _Known("prodigy", (), "prodigy:ProdigyFormat"),
    _Known("schema-org", (".jsonld",), "schema_org:QuotationWriter"),
    _Known("segments", (), "voices:SegmentsWriter"),
    _Known("summary", (), "summary:SummaryWriter"),
    _Known("tei", (".tei", ".xml"), "tei:TeiFormat"),
    _Known("web-annotation", (), "web_annotation:WebAnnotationFormat"),
    _Known("xlsx", (".xlsx",), "frames:ExcelWriter"),
)


class LaterWriter:
    """A writer whose module is imported when something is written."""

    def __init__(self, known: _Known) -> None:
        self.name = known.name
        self.suffixes = known.suffixes
        self._where = known.where

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """As the writer does."""
        module, _, name = self._where.partition(":")
        getattr(importlib.import_module(f"{__package__}.{module}"), name)().write(extractions, stream)


class LaterReader:
    """A reader whose module is imported when it is used.

    Args:
        options: are handed to the reader, as far as it takes them.
    """

    def __init__(self, known: _Known, encoding: str, **options: Any) -> None:
        self.name = known.name
        self.suffixes = known.suffixes
        self.tables = known.where.startswith("columns:")
        """Whether its files are tables, many of which in a folder are no texts."""
        self._known = known
        self._encoding = encoding
        self._options = options
        self._reader: Any = None

    def _load(self) -> Any:
        if self._reader is None:
            module, _, name = self._known.where.partition(":")
            kind = getattr(importlib.import_module(f"{__package__}.{module}"), name)
            self._reader = kind(self._encoding, **self._options)
        return self._reader

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """As the reader does."""
        found: Iterable[Document | Issue] = self._load().read(source, language=language, name=name)
        return found

    def recognises(self, head: str) -> bool:
        """Whether a text that begins so is of this format."""
        if self._known.hint is None or not self._known.hint.search(head):
            return False
        found: bool = self._load().recognises(head)
        return found
