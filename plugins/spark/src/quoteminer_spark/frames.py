"""Data frames with texts in, data frames with what was found in them out."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quoteminer import ConfigurationError, Miner, RowKind, Scope
from quoteminer.arrow import ArrowKind, mine_batches
from quoteminer.tabular import COLUMNS

from .schemas import struct

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


def mine(
    df: DataFrame,
    *,
    text: str = "text",
    id: str | None = None,
    title: str | None = None,
    language: str = "en",
    language_column: str | None = None,
    metadata: Sequence[str] = (),
    of: ArrowKind = "quotes",
    miner: Miner | None = None,
    scope: Scope | None = None,
    isolated: bool = True,
) -> DataFrame:
    """Mine a column of texts, each partition where it is.

    A row that cannot be mined gives no rows and an issue; a table of ``documents`` or ``issues`` holds them. As everywhere in Spark, nothing is done before
    somebody asks for rows, and all of it again for the next one who asks: whoever wants several kinds writes or caches a table of ``documents``.

    Args:
        df: the texts.
        text, id, title, language, language_column, metadata: as for :func:`quoteminer.arrow.mine_batches`.
        of: ``quotes``, ``speakers``, ``claims``, ``mentions`` or ``issues``, or ``documents`` with one row for each row of ``df``.
        miner: its options, plugins among them, hold on all executors; by default a Miner with all plugins that are installed there.
        scope: as for :meth:`quoteminer.Miner.mine`.
        isolated: each partition is mined in a process of its own beside that of the executor, so that a document that ends its process costs itself alone, and
            with a ``time_limit`` of the Miner one that never ends is stopped. The plugins load anew for each partition, which takes a second. Without it
            they load once for each process of an executor, and such a document costs the job.

    Returns:
        A data frame with the columns of :data:`quoteminer.tabular.COLUMNS` and their types.

    Raises:
        ConfigurationError: when there is no such column or kind, or the Miner has plugins that cannot be sent to other processes.
        AnnotationError: when ``language`` is none.
    """
    schema = struct(of)
    named = [name for name in (text, id, title, language_column, *metadata) if name is not None]
    columns = list(dict.fromkeys(named))
    for name in columns:
        if df.columns.count(name) != 1:
            what = "there are several columns" if name in df.columns else "there is no column"
            raise ConfigurationError(f"{what} {name!r}; the columns are {', '.join(map(repr, df.columns))}", "columns", name)
    kind = df.schema[text].dataType.simpleString()
    if kind not in ("string", "void"):
        raise ConfigurationError(f"the column {text!r} holds {kind} and no texts", "text", text)
    options: dict[str, Any] = {
        "text": text,
        "id": id,
        "title": title,
        "language": language,
        "language_column": language_column,
        "metadata": tuple(metadata),
        "of": of,
        "scope": scope,
        "workers": 1 if isolated else None,
    }
    miner = miner or Miner()
    # What is wrong with an option is said here, and not by an executor in the middle of the night.
    mine_batches(_nothing(columns), miner=miner, **options).read_all()
    mined = functools.partial(_mined, _packed(miner), options, columns)
    return df.select(*_columns(columns)).mapInArrow(mined, schema)


def rows(mined: DataFrame, of: RowKind = "quotes") -> DataFrame:
    """The rows of one kind out of a table of ``documents``, with the columns that :func:`mine` gives for it.

    Raises:
        ConfigurationError: when there is no such kind, or the table is none of documents.
    """
    from pyspark.sql import functions

    if of not in COLUMNS or of not in mined.columns:
        raise ConfigurationError(
            f"of: {of!r} is no kind of rows in a table with the columns {', '.join(mined.columns)}", "of", of
        )
    names = list(struct(of).names)
    about = [name for name in names if name in mined.columns and name.startswith("document")]
    exploded = mined.select(*about, functions.explode(of).alias("row"))
    return exploded.select(*[name if name in about else f"row.{name}" for name in names])


def _columns(names: list[str]) -> list[Column]:
    """Columns by their very names, in which dots are their own; on the way to the executors they have plain ones."""
    from pyspark.sql import functions

    return [functions.col(f"`{name}`").alias(f"c{number}") for number, name in enumerate(names)]


def _nothing(columns: list[str]) -> Any:
    """A table with these columns and no rows."""
    import pyarrow as pa

    return pa.table({name: pa.array([], pa.string()) for name in columns})


def _packed(miner: Miner) -> bytes:
    """The Miner for the way to the executors; as bytes it is also what tells one from the other there."""
    try:
        return pickle.dumps(miner)
    except Exception as error:
        raise ConfigurationError(f"miner: {miner!r} cannot be sent to other processes ({error})", "miner", miner) from None


@functools.lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Miner:
    """One Miner for all partitions that a process works on."""
    miner: Miner = pickle.loads(packed)
    return miner


def _mined(packed: bytes, options: dict[str, Any], columns: list[str], batches: Iterable[Any]) -> Iterator[Any]:
    """On an executor: the record batches of one partition."""
    named = (batch.rename_columns(columns) for batch in batches)
    yield from mine_batches(named, miner=_unpacked(packed), **options)
