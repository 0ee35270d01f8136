"""Tables as text for spreadsheets: CSV and TSV, with cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO, Any, Final

from ..extraction import Extraction
from ..tabular import COLUMNS, rows

#: How a cell begins that spreadsheets run as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LINE_END: Final = "\r\n"


def line(values: Iterable[Any], *, delimiter: str = ",", end: str = _LINE_END) -> str:
    """One row: RFC 4180, with an apostrophe before a text that a spreadsheet would run as a formula; ``None`` is an empty cell."""
    # Before Python 3.13 a field with a carriage return is put into quotation marks only where that belongs to the end of a line.
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=_LINE_END).writerow([_plain(value) for value in values])
    return stream.getvalue().removesuffix(_LINE_END) + end


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class SheetWriter:
    """Writes the quotes, one a row, with the columns of :func:`quoteminer.rows` in the first row.

    Args:
        name: of the format, which is also the suffix of its files.
        delimiter: between two cells.
    """

    def __init__(self, name: str, delimiter: str) -> None:
        self.name = name
        self.suffixes: tuple[str, ...] = (f".{name}",)
        self._delimiter = delimiter

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write and flush document by document, so that an interrupt leaves the rows of whole documents only."""
        head = line(COLUMNS["quotes"], delimiter=self._delimiter)
        for extraction in extractions:
            table = "".join([line(row.values(), delimiter=self._delimiter) for row in rows(extraction)])
            stream.write(f"{head}{table}".encode())
            stream.flush()
            head = ""
        if head:
            stream.write(head.encode())
            stream.flush()
