"""Rows of Arrow as documents: which column holds what, and what becomes of a row that is none."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import attrs

from ..annotations import Issue
from ..document import Document
from ..errors import AnnotationError, ConfigurationError, shown
from ..extraction import Extraction
from ..languages import check as check_language
from ..mining.miner import Miner
from ..vocabulary import Scope, Severity
from .schemas import pyarrow_for

COMPONENT: Final = "arrow"
"""What stands as the component of issues of rows."""
_ROWS: Final = 256
"""Rows that become Python objects together."""


def _names(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ConfigurationError(f"metadata: name columns as [{value!r}]", "metadata", value)
    return tuple(value)


def _tag(value: str) -> str:
    return check_language(value, "language")


@attrs.frozen(kw_only=True)
class Columns:
    """Which columns of a table are read.

    Attributes:
        text: the column with the texts.
        id: the column with the ids of the documents; without one, an id is made of the text.
        title: the column with headlines.
        language: the language of all rows; ``und`` has each text told by its words.
        language_column: the column with the language of each row; where it is empty, ``language`` counts.
        metadata: columns that go to the metadata under their names.
    """

    text: str = "text"
    id: str | None = None
    title: str | None = None
    language: str = attrs.field(default="en", converter=_tag)
    language_column: str | None = None
    metadata: Iterable[str] = attrs.field(default=(), converter=_names)

    @property
    def used(self) -> tuple[str, ...]:
        """The names of all, each once."""
        named = (self.text, self.id, self.title, self.language_column, *self.metadata)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    def check(self, schema: Any) -> None:
        """Check that a table has the columns, and texts in the one that is to hold them.

        Raises:
            ConfigurationError: when it has not, naming what is missing and what is there.
        """
        for name in self.used:
            found = schema.get_all_field_indices(name)
            if len(found) != 1:
                there = ", ".join(map(repr, schema.names[:20])) or "none"
                what = "there is no column" if not found else "there are several columns"
                raise ConfigurationError(f"{what} {name!r}; the columns are {there}", "columns", name)
        if not _is_text(schema.field(self.text).type):
            raise ConfigurationError(
                f"the column {self.text!r} holds {schema.field(self.text).type} and no texts", "text", self.text
            )


def _is_text(kind: Any) -> bool:
    types = pyarrow_for("a table of Arrow").types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return any(is_one(kind) for is_one in (types.is_string, types.is_large_string, types.is_string_view, types.is_null))


@attrs.frozen
class Row:
    """A row as a document, which is empty where the row has no text, and what is wrong with the row.

    Attributes:
        part: the number of the part of the table that it is in, for who has parts.
    """

    document: Document
    issues: tuple[Issue, ...] = ()
    part: int = 0


def rows_of(batches: Iterable[Any], columns: Columns, part: int = 0) -> Iterator[Row]:
    """A row for each row of record batches, in their order.

    Raises:
        ConfigurationError: when a batch has not the columns.
        TypeError: when what comes is no record batch.
    """
    pa = pyarrow_for("a table of Arrow")
    number = 0
    for batch in batches:
        if not isinstance(batch, pa.RecordBatch):
            raise TypeError(f"expected record batches of pyarrow, not {type(batch).__name__}")
        columns.check(batch.schema)
        for start in range(0, batch.num_rows, _ROWS):
            piece = batch.slice(start, _ROWS)
            cells = {name: _values(piece.column(name)) for name in columns.used}
            for place in range(piece.num_rows):
                number += 1
                yield _row({name: values[place] for name, values in cells.items()}, columns, number, part)


class _Damaged:
    """Stands for a cell that is no UTF-8, which Arrow and Parquet do not check."""

    def __repr__(self) -> str:
        return "a text that is no UTF-8"


_DAMAGED: Final = _Damaged()


def _values(column: Any) -> list[Any]:
    """The cells as Python values."""
    try:
        values: list[Any] = column.to_pylist()
        return values
    except UnicodeDecodeError:
        return [_value(cell) for cell in column]


def _value(cell: Any) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return _DAMAGED


def _row(cells: dict[str, Any], columns: Columns, number: int, part: int) -> Row:
    """One row; whatever is wrong with it costs as little as can be."""
    problems: list[str] = []
    text = cells[columns.text]
    severity: Severity = "error" if text is _DAMAGED else "warning"
    empty = not isinstance(text, str)
    if empty:
        problems.append(f"row {number} has no text" if text is None else f"the text of row {number} is damaged: {text!r}")
        text = ""
    identifier = _text(cells[columns.id]) if columns.id is not None else ""
    if columns.id is not None and not identifier:
        problems.append(f"row {number} has no id in the column {columns.id!r}")
    if not identifier and empty:
        identifier = f"row-{number}"
    fields: dict[str, Any] = {"language": columns.language}
    if columns.title is not None:
        fields["title"] = _text(cells[columns.title]) or None
    if columns.language_column is not None and cells[columns.language_column] is not None:
        fields["language"] = cells[columns.language_column]
    fields["metadata"] = {name: _plain(cells[name]) for name in columns.metadata}
    try:
        document = Document(text, id=identifier, **fields)
    except AnnotationError as error:
        problems.append(f"row {number}: {error}")
        document = _readable(text, identifier, fields, columns)
    return Row(document, tuple(Issue(COMPONENT, document.id, problem, severity) for problem in problems), part)


def _readable(text: str, identifier: str, fields: dict[str, Any], columns: Columns) -> Document:
    """The document without the fields that it cannot have: a wrong tag of a language costs the tag, not the text."""
    kept: dict[str, Any] = {"language": columns.language}
    for name, value in fields.items():
        try:
            Document("", **{name: value})
        except AnnotationError:
            continue
        kept[name] = value
    return Document(text, id=identifier, **kept)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # what pandas makes of whole numbers with gaps
    return "" if value is None or value is _DAMAGED else str(value)


def _plain(value: Any) -> Any:
    """A cell as metadata can hold it."""
    if isinstance(value, (Decimal, bytes)) or value is _DAMAGED:
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def extractions_of(
    rows: Iterable[Row], miner: Miner, workers: int | None, scope: Scope | None
) -> Iterator[tuple[Extraction, int]]:
    """Each row mined, with the issues of the row before those of mining, and the number of its part; in the order of the rows."""
    waiting: deque[Row] = deque()

    def documents() -> Iterator[Document]:
        for row in rows:
            waiting.append(row)
            yield row.document

    for extraction in miner.mine_many(documents(), workers=workers, scope=scope):
        row = waiting.popleft()
        if row.issues:
            extraction = attrs.evolve(extraction, issues=(*row.issues, *extraction.issues))
        yield extraction, row.part


def record_batches(table: Any) -> Any:
    """The record batches of anything that has some.

    Raises:
        TypeError: when it has none.
    """
    pa = pyarrow_for("a table of Arrow")
    if isinstance(table, pa.RecordBatch):
        return [table]
    if hasattr(table, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(table)
    if isinstance(table, (str, dict)) or not isinstance(table, Iterable):
        raise TypeError(f"expected a table of Arrow, or record batches, not {shown(table)}")
    return table
