"""Tables for programs: Parquet and Arrow with the columns of the quotes, and Excel workbooks with a sheet for each kind of rows."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO, Any, Final

from ..arrow.schemas import Rows, pyarrow_for, schema
from ..errors import ConfigurationError
from ..extraction import Extraction
from ..tabular import COLUMNS, rows
from ..vocabulary import RowKind

_SHEETS: Final[tuple[RowKind, ...]] = ("quotes", "speakers", "claims", "mentions", "issues")
_GROUP: Final = 20_000
"""Rows that are written together, about."""
_CELL: Final = 32_767
"""Characters that a cell of Excel holds."""
_SHEET: Final = 1_048_576
"""Rows that a sheet of Excel holds."""


class ParquetWriter:
    """The quotes as Parquet; needs the extra ``quoteminer[parquet]``."""

    name = "parquet"
    suffixes: tuple[str, ...] = (".parquet", ".pq")

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write groups of rows as they come; the file is whole when all are."""
        pyarrow_for("writing Parquet", "parquet")
        from pyarrow import parquet

        with parquet.ParquetWriter(stream, schema(), compression="zstd") as writer:
            for batch in _batches(extractions):
                writer.write_batch(batch)


class ArrowWriter:
    """The quotes as an Arrow file (Feather 2); needs the extra ``quoteminer[parquet]``."""

    name = "arrow"
    suffixes: tuple[str, ...] = (".arrow", ".feather")

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write groups of rows as they come; the file is whole when all are."""
        pyarrow = pyarrow_for("writing Arrow", "parquet")
        with pyarrow.ipc.new_file(stream, schema()) as writer:
            for batch in _batches(extractions):
                writer.write_batch(batch)


def _batches(extractions: Iterable[Extraction]) -> Iterable[Any]:
    waiting = Rows("quotes", _GROUP)
    for extraction in extractions:
        waiting.add(extraction)
        if waiting.full:
            yield waiting.take()
    yield waiting.take()


class ExcelWriter:
    """A workbook with the quotes, speakers, claims, mentions and issues, a sheet each; needs the extra ``quoteminer[xlsx]``.

    A text that is longer than a cell holds ends with an ellipsis; rows that are more than a sheet holds go to a further sheet.
    """

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx",)

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write the workbook when all extractions have come; nothing in it is a formula or a link."""
        try:
            import xlsxwriter
        except ImportError:
            raise ConfigurationError(
                "writing Excel files needs xlsxwriter: pip install 'quoteminer[xlsx]'", "format", "xlsx"
            ) from None
        # The writer seeks, which a pipe cannot.
        buffer = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            sheets = {kind: _Sheet(book, kind) for kind in _SHEETS}
            for extraction in extractions:
                for kind, sheet in sheets.items():
                    for row in rows(extraction, kind):
                        sheet.add(row.values())
        stream.write(buffer.getvalue())
        stream.flush()


class _Sheet:
    """One kind of rows, on as many sheets as they need."""

    def __init__(self, book: Any, kind: RowKind) -> None:
        self._book = book
        self._kind = kind
        self._bold = book.add_format({"bold": True})
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._kind if self._sheets == 1 else f"{self._kind} {self._sheets}")
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(COLUMNS[self._kind]) - 1, 16)
        self._row = 0
        for column, name in enumerate(COLUMNS[self._kind]):
            self._sheet.write_string(0, column, name, self._bold)

    def add(self, values: Iterable[Any]) -> None:
        """A row, each value in a cell of its type."""
        self._row += 1
        if self._row >= _SHEET:
            self._begin()
            self._row = 1
        for column, value in enumerate(values):
            if isinstance(value, bool):
                self._sheet.write_boolean(self._row, column, value)
            elif isinstance(value, (int, float)):
                self._sheet.write_number(self._row, column, value)
            elif value:
                self._sheet.write_string(self._row, column, value if len(value) <= _CELL else f"{value[: _CELL - 1]}…")
