"""The columns of our rows with the types of Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quoteminer.arrow import ArrowKind, schema

if TYPE_CHECKING:
    from pyspark.sql.types import DataType, StructType


def struct(of: ArrowKind) -> StructType:
    """The schema of a data frame.

    Raises:
        ConfigurationError: when there are no such tables.
    """
    from pyspark.sql.types import StructField, StructType

    return StructType([StructField(field.name, _type(field.type)) for field in schema(of)])


def _type(kind: Any) -> DataType:
    """A type of Arrow as one of Spark; only those that our rows have."""
    import pyarrow as pa
    from pyspark.sql.types import ArrayType, BooleanType, DoubleType, LongType, StringType, StructField, StructType

    if pa.types.is_list(kind):
        return ArrayType(_type(kind.value_type))
    if pa.types.is_struct(kind):
        return StructType([StructField(field.name, _type(field.type)) for field in kind])
    plain = {pa.string(): StringType(), pa.int64(): LongType(), pa.float64(): DoubleType(), pa.bool_(): BooleanType()}
    return plain[kind]
