"""The columns of the rows with their types, as Arrow has them, and rows as record batches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal, get_args

from ..errors import ConfigurationError, shown
from ..extraction import Extraction
from ..tabular import COLUMNS, COLUMNS_VERSION, TYPES, document_row, rows
from ..vocabulary import ROW_KINDS, RowKind

ArrowKind = Literal[RowKind, "documents"]
"""Of what a table of Arrow has its rows; one of documents holds all the others as lists."""
ARROW_KINDS: Final[tuple[str, ...]] = get_args(ArrowKind)
VERSION_KEY: Final = b"quoteminer.columns"
"""Where in a schema the version of its columns stands."""

_ABOUT: Final = tuple(name for name in COLUMNS["issues"] if name.startswith("document_"))
"""The columns of every kind that tell of the document; in a table of documents they stand once."""


def pyarrow_for(what: str, extra: str = "arrow") -> Any:
    """The module pyarrow.

    Raises:
        ConfigurationError: when it is not installed, saying for what it is needed and how to get it.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise ConfigurationError(f"{what} needs pyarrow: pip install 'quoteminer[{extra}]'", "pyarrow", what) from None
    return pa


def check_kind(of: object) -> None:
    """Check that there are tables of this kind.

    Raises:
        ConfigurationError: when there are none.
    """
    if of not in ARROW_KINDS:
        raise ConfigurationError(f"of: {shown(of)} is not one of {', '.join(ARROW_KINDS)}", "of", of)


def schema(of: ArrowKind = "quotes") -> Any:
    """The ``pyarrow.Schema`` of a table: the columns of :data:`quoteminer.tabular.COLUMNS` with their types.

    A table of ``documents`` has a row a document: its id, what is known of it, and the rows of each kind as a list. Its metadata names the version of the
    columns.

    Raises:
        ConfigurationError: when there are no such tables, or pyarrow is not installed.
    """
    check_kind(of)
    pa = pyarrow_for("a schema of Arrow")
    if of == "documents":
        about = [_field(pa, name) for name in ("document", *_ABOUT)]
        lists = [pa.field(kind, pa.list_(pa.struct([_field(pa, name) for name in _own(kind)]))) for kind in ROW_KINDS]
        fields = about + lists
    else:
        fields = [_field(pa, name) for name in COLUMNS[of]]
    return pa.schema(fields, metadata={VERSION_KEY: str(COLUMNS_VERSION)})


def _field(pa: Any, name: str) -> Any:
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.field(name, types[TYPES.get(name, str)])


def _own(kind: str) -> list[str]:
    """The columns of a kind without those that tell of the document."""
    return [name for name in COLUMNS[kind] if name != "document" and name not in _ABOUT]


class Rows:
    """Collects the rows of extractions until there are enough for a record batch.

    Args:
        of: what the rows are of.
        most: rows in a batch, about; those of one extraction are not parted.
    """

    def __init__(self, of: ArrowKind, most: int) -> None:
        self._of = of
        self._schema = schema(of)
        self._most = most
        self._waiting: list[dict[str, Any]] = []

    def add(self, extraction: Extraction) -> None:
        """Take the rows of an extraction."""
        self._waiting += _rows(extraction, self._of)

    @property
    def full(self) -> bool:
        """Whether it is time for a batch."""
        return len(self._waiting) >= self._most

    def take(self) -> Any:
        """What waits, as a record batch; it may have no rows."""
        from pyarrow import RecordBatch

        waiting, self._waiting = self._waiting, []
        return RecordBatch.from_pylist(waiting, schema=self._schema)


def _rows(extraction: Extraction, of: ArrowKind) -> Iterable[dict[str, Any]]:
    if of != "documents":
        return rows(extraction, of)
    lists: dict[str, Any] = {}
    for kind in get_args(RowKind):
        own = _own(kind)
        lists[kind] = [{name: row[name] for name in own} for row in rows(extraction, kind)]
    return [{**document_row(extraction), **lists}]
