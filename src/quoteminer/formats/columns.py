"""Tables whose cells are texts: CSV, TSV, JSON (an array of objects) and Parquet; a document a row.

Which column holds the text is told by its name, or by the option ``--text-column``. Columns with the names of fields of a document fill these
(``id``, ``title``, ``language`` …), the others go to its metadata. Where a row is somebody's post, its text is a turn of them: when a column is
called ``speaker``, ``user`` or the like, or ``author`` beside short texts, as in exported comments. Rows with the seconds when they begin and end, as in
transcripts of podcasts, are one document of turns.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import IO, Any, Final

from ..annotations import Issue
from ..document import Document
from ..errors import AnnotationError, FormatError, describe
from ..text import Aligned, Builder, Piece, Place
from .decoding import UTF8, decode, read_bytes
from .documents import aligned_document, trimmed

_TEXT: Final = (
    # names that say it, the plainest first
    "text",
    "body",
    "content",
    "fulltext",
    "full_text",
    "article",
    "message",
    "comment",
    "post",
    "tweet",
    "transcript",
    "utterance",
    "content_text",
    "content_html",
    "html",
    "description",
)
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "doc_id", "document_id", "uuid", "_id", "guid"),
    "title": ("title", "headline", "heading", "subject"),
    "language": ("language", "lang", "locale"),
    "date": ("date", "created", "created_at", "published", "published_at", "pubdate", "timestamp", "time", "datetime"),
    "source": ("source", "outlet", "publication", "publisher", "newspaper"),
    "url": ("url", "link", "permalink"),
    "author": ("author", "byline", "authors"),
    "section": ("section", "category"),
}
_SPEAKERS: Final = (
    "speaker",
    "speaker_name",
    "user",
    "username",
    "user_name",
    "screen_name",
    "handle",
    "nick",
    "sender",
    "from",
    "commenter",
    "poster",
    "name",
)
_BEGINS: Final = ("startTime", "start", "begin", "start_time")
_ENDS: Final = ("endTime", "end", "finish", "end_time")
_POST: Final = 60
"""Words: texts that are mostly shorter are posts of their authors, not articles."""


class _Rows:
    """Reads rows into documents.

    Args:
        encoding: as Python names it.
        text_column: name of the column with the text; by default the first that is called as texts are.
    """

    name = ""
    suffixes: tuple[str, ...] = ()

    def __init__(self, encoding: str = UTF8, text_column: str | None = None) -> None:
        self._encoding = encoding
        self._text_column = text_column

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """A document for each row with a text; an issue for each that cannot be read, and one for the number of rows without a text."""
        name = name or str(source)
        try:
            yield from self._documents(list(self.rows(source, name)), language, name)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")

    def rows(self, source: Path | IO[bytes], name: str) -> Iterator[Mapping[str, Any]]:
        """The rows by the names of their columns.

        Raises:
            FormatError: when it is no such table.
        """
        raise NotImplementedError

    def _documents(self, rows: list[Mapping[str, Any]], language: str, name: str) -> Iterator[Document | Issue]:
        if not rows:
            raise FormatError("holds no rows", name)
        recording = _recording(rows) if self._text_column is None else None
        if recording is not None:
            yield aligned_document(recording, name, language)
            return
        columns = list(dict.fromkeys(key for row in rows[:100] for key in row))
        if is_own(columns):
            raise FormatError("is a table that quoteminer wrote, with results and not with texts to mine", name)
        text = self._column(columns, name)
        known = {field: _named(columns, names, text) for field, names in _FIELDS.items()}
        speaker = _named(columns, _SPEAKERS, text)
        if speaker is None and known["author"] is not None:
            lengths = [len(str(row.get(text) or "").split()) for row in rows]
            speaker = known["author"] if median(lengths) < _POST else None
        empty = 0
        for number, row in enumerate(rows, 1):
            value = row.get(text)
            if not isinstance(value, str) or not value.strip():
                empty += 1
                continue
            try:
                yield self._document(row, text, known, speaker, language, f"{name}:{number}")
            except (AnnotationError, FormatError) as error:
                yield Issue(self.name, name, f"{name}: row {number}: {error}", "error")
        if empty:
            rows_are = "row is" if empty == 1 else "rows are"
            yield Issue(self.name, name, f"{name}: {empty:,} {rows_are} without a text in the column {text!r}", "info")

    def _column(self, columns: list[str], name: str) -> str:
        if self._text_column is not None:
            if self._text_column not in columns:
                raise FormatError(f"has no column {self._text_column!r}; there are {', '.join(map(repr, columns[:20]))}", name)
            return self._text_column
        found = _named(columns, _TEXT, None)
        if found is None:
            raise FormatError(
                f"which column holds the text? Name one of {', '.join(map(repr, columns[:20]))} with --text-column", name
            )
        return found

    def _document(
        self,
        row: Mapping[str, Any],
        column: str,
        known: Mapping[str, str | None],
        speaker: str | None,
        language: str,
        default: str,
    ) -> Document:
        text: str = row[column]
        said = {field: _plain(row.get(column)) for field, column in known.items() if column is not None}
        used = {column for column in known.values() if column is not None}
        metadata = {
            field: said[field] for field in ("date", "source", "url", "author", "section") if said.get(field) not in (None, "")
        }
        more = {key: _plain(value) for key, value in row.items() if key not in used and key != column}
        whose = None if speaker is None else _plain(row.get(speaker))
        origin = None
        if column.casefold().endswith("html"):
            from .html import readable

            origin = readable(text)
            text = origin.text
        if isinstance(whose, str) and whose.strip():
            # The text stands in its cell as it is read; what it is a turn of is all that there is to note.
            length = len(text)
            origin = Aligned(text, length, [Piece(0, length, 0, length)], places=[Place(0, length, "thread", whose.strip())])
        return Document(
            text,
            id=str(said.get("id") or default),
            language=str(said.get("language") or language),
            title=said["title"] if isinstance(said.get("title"), str) else None,
            metadata={**more, **metadata},
            origin=origin,
        )


def _recording(rows: list[Mapping[str, Any]]) -> Aligned | None:
    """The rows as one text of turns, when each is a stretch of a recording: it has a text, and the seconds when it begins and ends."""
    text = next((key for key in ("body", "text") if all(isinstance(row.get(key), str) for row in rows)), None)
    begin, finish = (
        next((key for key in keys if all(_is_number(row.get(key)) for row in rows)), None) for keys in (_BEGINS, _ENDS)
    )
    if text is None or begin is None or finish is None:
        return None
    raw = "\n".join(row[text] for row in rows)
    builder = Builder(raw)
    at = 0
    before: str | None = None
    for number, row in enumerate(rows, 1):
        words = row[text]
        start, end = trimmed(raw, at, at + len(words))
        at += len(words) + 1
        said = row.get("speaker") or row.get("speaker_name")
        name = said.strip() if isinstance(said, str) else ""
        if start == end:
            continue
        if name != before and (name or before):
            builder.gap("\n\n")
            if name:
                # The name stands beside the words in its file, not among them.
                label = builder.length
                builder.put(name)
                builder.place(label, "label", name)
                builder.put(": ")
        elif builder.length:
            builder.put(" ")
        before = name
        place = builder.length
        builder.take(start, end)
        builder.place(place, "caption", str(number), float(row[begin]), float(row[finish]))
        if name:
            builder.place(place, "turn", name)
    return builder.build() if builder.length else None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_own(columns: Iterable[str]) -> bool:
    """Whether a table with these columns was written by us: mining it would mine what was mined."""
    return {"document", "start", "end"} < {column.strip("\ufeff") for column in columns}


def _named(columns: Iterable[str], names: tuple[str, ...], taken: str | None) -> str | None:
    """The column that has one of the names, the first of the names first."""
    by_name = {re.sub(r"[\s-]+", "_", column.strip().casefold()): column for column in columns if column != taken}
    return next((by_name[name] for name in names if name in by_name), None)


def _plain(value: Any) -> Any:
    """A cell as a JSON value: times as ISO 8601, what is missing as ``None``."""
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)


class CsvReader(_Rows):
    """Reads CSV with names of columns in its first line; commas, semicolons, bars and tabs are told apart."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)
    delimiter: str | None = None

    def rows(self, source: Path | IO[bytes], name: str) -> Iterator[Mapping[str, Any]]:
        """The rows; one with more cells than there are columns is an error, since then the quoting is broken."""
        text = decode(read_bytes(source, name), name, self._encoding)
        head = text.partition("\n")[0]
        delimiter = self.delimiter or max(",;\t|", key=head.count)
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            for row in reader:
                if None in row:
                    raise FormatError("has more cells than there are columns; is its quoting broken?", name, reader.line_num)
                yield row
        except csv.Error as error:
            raise FormatError(f"is no table: {error}", name, reader.line_num) from None


class TsvReader(CsvReader):
    """Reads tables whose cells tabs part."""

    name = "tsv"
    suffixes = (".tsv", ".tab")
    delimiter = "\t"


class JsonReader(_Rows):
    """Reads a JSON array of objects, or one object with a text or an array of them."""

    name = "json"
    suffixes = (".json",)

    def rows(self, source: Path | IO[bytes], name: str) -> Iterator[Mapping[str, Any]]:
        """The objects that are rows."""
        try:
            data = json.loads(decode(read_bytes(source, name), name, self._encoding))
        except (ValueError, RecursionError) as error:
            raise FormatError(f"is no JSON: {describe(error)}", name) from None
        if isinstance(data, dict):
            lists = [value for value in data.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
            data = max(lists, key=len) if lists else [data]
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise FormatError("expected an array of objects, one a document", name)
        yield from data


class ParquetReader(_Rows):
    """Reads Parquet; needs the extra ``quoteminer[parquet]``."""

    name = "parquet"
    suffixes = (".parquet", ".pq")

    def rows(self, source: Path | IO[bytes], name: str) -> Iterator[Mapping[str, Any]]:
        """The rows, by pyarrow."""
        try:
            from pyarrow import ArrowException, parquet
        except ImportError:
            raise FormatError("reading Parquet needs pyarrow: pip install 'quoteminer[parquet]'", name) from None
        data = read_bytes(source, name)
        try:
            table = parquet.ParquetFile(io.BytesIO(data))
            for batch in table.iter_batches():
                yield from batch.to_pylist()
        except (ArrowException, OSError, ValueError) as error:
            raise FormatError(f"is no Parquet that can be read: {describe(error)}", name) from None
