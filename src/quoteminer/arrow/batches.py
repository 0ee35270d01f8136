"""Record batches with texts in, record batches with what was found in them out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from ..annotations import Issue
from ..extraction import Extraction
from ..mining.miner import Miner
from ..vocabulary import Scope
from .reading import Columns, extractions_of, record_batches, rows_of
from .schemas import ArrowKind, Rows, pyarrow_for, schema

MOST: Final = {"documents": 256}
"""Rows in a batch, for kinds that have another number than most."""
MOST_ROWS: Final = 4_096


def mine_batches(
    batches: Any,
    *,
    text: str = "text",
    id: str | None = None,
    title: str | None = None,
    language: str = "en",
    language_column: str | None = None,
    metadata: Sequence[str] = (),
    of: ArrowKind = "quotes",
    miner: Miner | None = None,
    workers: int | None = None,
    scope: Scope | None = None,
    on_issue: Callable[[Issue], object] | None = None,
) -> Any:
    """Mine a column of texts; the rows come as the batches are read, so that tables of any length need little memory.

    A row that cannot be mined gives no rows and an issue, a warning where it has no text and an error where that is no UTF-8; the rest is mined.

    Args:
        batches: a table or stream of anything that speaks Arrow (pyarrow, pandas, polars, DuckDB), or an iterable of ``pyarrow.RecordBatch``.
        text: name of the column with the texts.
        id: name of the column with the ids of the documents, by which the rows are joined with the table; without one, an id is made of the text.
        title: name of the column with headlines.
        language: of all texts; ``und`` has each text told by its words.
        language_column: name of the column with the language of each text; where it is empty, ``language`` counts.
        metadata: names of columns that go to the metadata; ``date``, ``source`` and ``url`` have columns of their own in the rows.
        of: ``quotes``, ``speakers``, ``claims``, ``mentions`` or ``issues``; or ``documents``, which has one row for each row of the table, in the same
            order, with all of these as lists.
        miner: mines; by default one with all plugins that are installed.
        workers: number of worker processes, as for :meth:`quoteminer.Miner.mine_many`; one process too survives a document that ends it.
        scope: as for :meth:`quoteminer.Miner.mine`.
        on_issue: is called with each issue. Without it, and where the rows are neither issues nor documents, one warning at the end tells how many
            errors there were.

    Returns:
        A ``pyarrow.RecordBatchReader`` with the schema :func:`schema`; pandas, polars and DuckDB take it as it is.

    Raises:
        ConfigurationError: when there is no such column or kind, or pyarrow is not installed.
        AnnotationError: when ``language`` is none.
        TypeError: when ``batches`` is no table.
    """
    columns = Columns(text=text, id=id, title=title, language=language, language_column=language_column, metadata=metadata)
    reader = record_batches(batches)
    target = schema(of)
    if hasattr(reader, "schema"):
        columns.check(reader.schema)
    given = extractions_of(rows_of(reader, columns), miner or Miner(), workers, scope)
    mined = _told((extraction for extraction, _ in given), of, on_issue)
    return pyarrow_for("a table of Arrow").RecordBatchReader.from_batches(target, _batches(mined, of))


def _batches(extractions: Iterable[Extraction], of: ArrowKind) -> Iterator[Any]:
    waiting = Rows(of, MOST.get(of, MOST_ROWS))
    for extraction in extractions:
        waiting.add(extraction)
        if waiting.full:
            yield waiting.take()
    yield waiting.take()


def _told(extractions: Iterable[Extraction], of: ArrowKind, on_issue: Callable[[Issue], object] | None) -> Iterator[Extraction]:
    """The extractions, with somebody told of their issues."""
    errors = 0
    first = ""
    for extraction in extractions:
        for issue in extraction.issues:
            if on_issue is not None:
                on_issue(issue)
            if issue.severity == "error":
                errors += 1
                first = first or issue.message
        yield extraction
    if errors and on_issue is None and of not in ("issues", "documents"):
        more = f" and {errors - 1:,} more" if errors > 1 else ""
        warnings.warn(f"{first}{more}; a table of documents holds the issues", stacklevel=2)
