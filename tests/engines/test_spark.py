"""Spark, with two executors that are processes of their own: the rows of mining, and what poison and skew cost."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

import quoteminer
from quoteminer import AnnotationError, ConfigurationError, Document, Miner
from quoteminer.arrow import schema
from quoteminer.evaluation import read_annotated
from quoteminer.tabular import COLUMNS, TYPES

from .poison import DEADLY, ENDLESS, FAILING, STORY, Poison

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed; `make adapters` tries it")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, which is not installed", allow_module_level=True)

quoteminer_spark = pytest.importorskip("quoteminer_spark", reason="quoteminer-spark is not installed; `make adapters` tries it")

pytestmark = [
    pytest.mark.slow,
    # What Spark itself warns of, such as versions of pandas that it does not know yet.
    pytest.mark.filterwarnings("default"),
]
ROOT = Path(__file__).resolve().parents[2]
MINER = Miner(["rules"])


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "2g")
        .config("spark.sql.shuffle.partitions", "4")
        # The plugins that the tests bring are found where they are.
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, sys.path)]))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    application = session.sparkContext.applicationId
    yield session
    session.stop()
    shutil.rmtree(Path(pyspark.__file__).parent / "work" / application, ignore_errors=True)
    if before is None:
        del os.environ["PYSPARK_PYTHON"]
    else:
        os.environ["PYSPARK_PYTHON"] = before


def plain(rows):
    return [row.asDict(recursive=True) for row in rows]


@pytest.fixture(scope="module")
def documents(seeds):
    paths = sorted(seeds.glob("*.gold.jsonl"))
    found = [item.document for item in read_annotated(paths, []) if item.document.language == "en"]
    return [Document(document.text, id=document.id) for document in found[:16]]


@pytest.fixture(scope="module")
def mined(spark, documents):
    df = spark.createDataFrame([(document.id, document.text) for document in documents], "id string, text string")
    table = quoteminer_spark.mine(df.repartition(4), id="id", of="documents", miner=MINER).cache()
    yield table
    table.unpersist()


@pytest.mark.parametrize("of", COLUMNS)
def test_rows_are_those_of_mining(mined, documents, of):
    found = quoteminer_spark.rows(mined, of)
    assert tuple(found.columns) == COLUMNS[of]
    expected = list(quoteminer.rows(MINER.mine_many(documents), of))

    def place(row):
        return str(list(row.values()))

    assert sorted(plain(found.collect()), key=place) == sorted(expected, key=place)


def test_each_document_has_its_row(mined, documents):
    assert sorted(row.document for row in mined.select("document").collect()) == sorted(document.id for document in documents)


@pytest.mark.parametrize("isolated", [True, False])
def test_quotes_alone_are_the_same_in_a_process_of_their_own_or_not(spark, mined, documents, isolated):
    df = spark.createDataFrame([(document.id, document.text) for document in documents], "id string, text string")
    found = quoteminer_spark.mine(df, id="id", miner=MINER, isolated=isolated)
    assert found.schema == quoteminer_spark.rows(mined, "quotes").schema
    expected = quoteminer_spark.rows(mined, "quotes").collect()
    assert sorted(found.collect(), key=str) == sorted(expected, key=str)


def test_columns_have_the_types_of_the_version(spark):
    names = {str: "string", int: "bigint", float: "double", bool: "boolean"}
    df = spark.createDataFrame([], "text string")
    for of in COLUMNS:
        types = dict(quoteminer_spark.mine(df, of=of).dtypes)
        assert types == {name: names[TYPES.get(name, str)] for name in COLUMNS[of]}
    assert quoteminer_spark.mine(df, of="documents").columns == schema("documents").names


def test_two_executors_work(spark):
    def where(batches):
        import pyarrow as pa

        for batch in batches:
            yield pa.RecordBatch.from_pydict({"process": [os.getppid()] * batch.num_rows})

    df = spark.range(64).repartition(8)
    assert len({row.process for row in df.mapInArrow(where, "process bigint").collect()}) == 2


def test_poison_and_skew_cost_only_the_poisonous(spark):
    """One partition has nearly all rows; one text kills its process, one never ends, one makes a component fail, one is missing."""
    texts = [STORY] * 200 + [STORY + DEADLY, STORY + ENDLESS, STORY + FAILING, None]
    rows = [(number, text, 0) for number, text in enumerate(texts)] + [(1000 + number, STORY, number) for number in range(1, 4)]
    df = spark.createDataFrame(rows, "id long, text string, part int").repartition(4, "part")
    miner = Miner(["rules", Poison()], time_limit=5)
    found = quoteminer_spark.mine(df, id="id", of="documents", miner=miner).select("document", "quotes", "issues").collect()
    by_id = {row.document: row for row in found}
    assert len(found) == len(by_id) == len(rows)
    issues = {name: row.issues[0].message for name, row in by_id.items() if row.issues}
    assert set(issues) == {"200", "201", "202", "203"}
    assert "its worker process died" in issues["200"]
    assert "over its time limit" in issues["201"]
    assert issues["202"] == "ValueError: cannot read this"
    assert "has no text" in issues["203"]
    assert {name for name, row in by_id.items() if len(row.quotes) != 1} == {"203"}


def test_columns_of_any_name_are_read_and_no_others(spark):
    df = spark.createDataFrame(
        [(STORY, "T", "a", "2026-01-02", "x")], "`my.text` string, `a b` string, k string, date string, other string"
    )
    found = quoteminer_spark.mine(df, text="my.text", title="a b", id="k", metadata=["date"], miner=MINER)
    (row,) = plain(found.collect())
    assert (row["document"], row["document_title"], row["document_date"]) == ("a", "T", "2026-01-02")


def test_what_is_written_is_read_again(mined, tmp_path):
    mined.write.parquet(str(tmp_path / "documents"))
    again = mined.sparkSession.read.parquet(str(tmp_path / "documents"))
    for of in ("quotes", "claims"):
        one, other = (sorted(quoteminer_spark.rows(table, of).collect(), key=str) for table in (mined, again))
        assert one == other


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": "body"}, "there is no column 'body'; the columns are 'text', 'n'"),
        ({"text": "n"}, "the column 'n' holds int and no texts"),
        ({"of": "words"}, "of: 'words' is not one of"),
        ({"language": "english!"}, "language"),
        ({"scope": "words"}, "scope"),
        ({"miner": Miner([lambda: None])}, "cannot be sent to other processes"),
    ],
)
def test_what_cannot_be_is_said_before_a_job_runs(spark, options, message):
    df = spark.createDataFrame([(STORY, 1)], "text string, n int")
    with pytest.raises((ConfigurationError, AnnotationError), match=message):
        quoteminer_spark.mine(df, **options)


def test_rows_are_taken_of_tables_of_documents_only(spark, mined):
    for table, of in ((mined, "documents"), (mined, "words"), (spark.range(1), "quotes")):
        with pytest.raises(ConfigurationError, match="is no kind of rows in a table with the columns"):
            quoteminer_spark.rows(table, of)
