"""Tables of Arrow in and out: whole columns of texts mined batch by batch, and folders of Parquet files partition by partition.

Needs the extra ``quoteminer[arrow]``. Whatever speaks Arrow hands its tables over as they are: pandas, polars, DuckDB, Spark and pyarrow.

>>> import pyarrow as pa
>>> news = pa.table({"id": [7], "text": ["“We closed 12 schools,” Mayor Rosa Ilves told the board."]})
>>> mine_batches(news, id="id").read_all().select(["document", "speaker_name", "text"]).to_pylist()
[{'document': '7', 'speaker_name': 'Rosa Ilves', 'text': 'We closed 12 schools,'}]
"""

from .batches import mine_batches
from .partitions import Partition, mine_parquet
from .schemas import ArrowKind, schema

__all__ = ["ArrowKind", "Partition", "mine_batches", "mine_parquet", "schema"]
