"""Tables of Arrow in and out: the rows that mining gives, whatever the table is of, and whatever is wrong with its rows."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
from decimal import Decimal

import hypothesis
import pyarrow as pa
import pytest
from hypothesis import strategies as st

import quoteminer
from quoteminer import AnnotationError, ConfigurationError, Document, Miner
from quoteminer.arrow import mine_batches, schema
from quoteminer.evaluation import read_annotated
from quoteminer.tabular import COLUMNS, COLUMNS_VERSION, TYPES, rows

from .poison import DEADLY, ENDLESS, FAILING, STORY, Poison

MINER = Miner(["rules"])


@pytest.fixture(scope="module")
def documents(seeds):
    path = seeds / "parliament.gold.jsonl"
    paths = [path] if path.exists() else sorted(seeds.glob("*.gold.jsonl"))[:3]
    return [item.document for item in read_annotated(paths, [])][:12]


@pytest.fixture(scope="module")
def table(documents):
    return pa.table(
        {
            "name": [document.id for document in documents],
            "body": [document.text for document in documents],
            "headline": [document.title for document in documents],
            "lang": [document.language for document in documents],
            "date": ["2026-01-02"] * len(documents),
        }
    )


NAMES = {"text": "body", "id": "name", "title": "headline", "language_column": "lang", "metadata": ["date"], "miner": MINER}


@pytest.fixture(scope="module")
def mined(documents):
    given = [
        Document(document.text, id=document.id, title=document.title, language=document.language, metadata={"date": "2026-01-02"})
        for document in documents
    ]
    return list(MINER.mine_many(given))


def one(**columns):
    return pa.table({name: [value] for name, value in columns.items()})


@pytest.mark.parametrize("of", COLUMNS)
def test_rows_are_those_of_mining(table, mined, of):
    found = mine_batches(table, of=of, **NAMES).read_all()
    assert found.schema.equals(schema(of), check_metadata=True)
    assert found.to_pylist() == list(rows(mined, of))


def test_a_table_of_documents_has_a_row_for_each_with_all_kinds(table, mined):
    found = mine_batches(table, of="documents", **NAMES).read_all()
    assert found.schema.equals(schema("documents"), check_metadata=True)
    assert found["document"].to_pylist() == [extraction.document.id for extraction in mined]
    for row, extraction in zip(found.to_pylist(), mined, strict=True):
        about = {name: value for name, value in row.items() if name not in COLUMNS}
        for kind in COLUMNS:
            assert [{**about, **inner} for inner in row[kind]] == extraction.rows(kind)


@pytest.mark.parametrize("of", COLUMNS)
def test_the_schema_has_the_columns_of_the_version(of):
    found = schema(of)
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    assert {field.name: field.type for field in found} == {name: types[TYPES.get(name, str)] for name in COLUMNS[of]}
    assert found.metadata == {b"quoteminer.columns": str(COLUMNS_VERSION).encode()}


def test_pandas_polars_and_duckdb_give_and_take_tables_as_they_are():
    pandas, polars, duckdb = (pytest.importorskip(name) for name in ("pandas", "polars", "duckdb"))
    table = pa.table({"id": [1, 2], "text": [STORY, "He said that it was late."]})
    given = table  # noqa: F841 - DuckDB finds it by its name
    expected = [("1", "We closed 12 schools,"), ("2", "that it was late")]
    for frame in (table, table.to_pandas(), polars.from_arrow(table), duckdb.connect().sql("select * from given")):
        found = mine_batches(frame, id="id", miner=MINER).read_all()
        assert [(row["document"], row["text"]) for row in found.to_pylist()] == expected

    def reader():
        return mine_batches(table, id="id", miner=MINER)

    frame = reader().read_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["text"]) == [text for _, text in expected]
    assert polars.from_arrow(reader()).select("document", "text").rows() == expected
    quotes = reader()  # noqa: F841 - DuckDB finds it by its name
    assert duckdb.connect().sql("select document, text from quotes").fetchall() == expected


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_texts_of_every_type_are_read(kind):
    array = pa.array([STORY, None, STORY], pa.string())
    column = array.dictionary_encode() if pa.types.is_dictionary(kind) else array.cast(kind)
    found = mine_batches(pa.table({"text": column}), of="documents", miner=MINER).read_all()
    assert [len(quotes) for quotes in found["quotes"].to_pylist()] == [1, 0, 1]


def test_a_column_without_any_text_is_a_column_of_missing_texts():
    found = mine_batches(pa.table({"text": [None, None]}), of="issues", miner=MINER).read_all()
    assert found["document"].to_pylist() == ["row-1", "row-2"]


def test_rows_without_a_text_or_id_leave_issues_and_the_rest_is_mined():
    table = pa.table({"id": [1, 2, None, 4], "text": [STORY, None, STORY, "He said that it was late."]})
    issues: list[quoteminer.Issue] = []
    found = mine_batches(table, id="id", miner=MINER, on_issue=issues.append).read_all()
    made = Document(STORY).id
    assert found["document"].to_pylist() == ["1", made, "4"]
    assert [(issue.component, issue.document_id, issue.message, issue.severity) for issue in issues] == [
        ("arrow", "2", "row 2 has no text", "warning"),
        ("arrow", made, "row 3 has no id in the column 'id'", "warning"),
    ]


def test_a_text_that_is_no_utf8_costs_only_itself():
    damaged = pa.array([STORY.encode(), b"\xff\xfe x", STORY.encode()], pa.binary())
    texts = pa.StringArray.from_buffers(3, damaged.buffers()[1], damaged.buffers()[2])
    found = mine_batches(pa.table({"text": texts}), of="documents", miner=MINER).read_all()
    assert [len(quotes) for quotes in found["quotes"].to_pylist()] == [1, 0, 1]
    (issue,) = found["issues"].to_pylist()[1]
    assert issue == {
        "component": "arrow",
        "severity": "error",
        "message": "the text of row 2 is damaged: a text that is no UTF-8",
    }


def test_where_nobody_asks_for_issues_a_warning_tells_of_errors():
    table = pa.table({"text": [STORY + FAILING, STORY, None, STORY + FAILING]})
    with pytest.warns(UserWarning, match=r"^ValueError: cannot read this and 1 more; a table of documents holds the issues$"):
        assert mine_batches(table, miner=Miner(["rules", Poison()])).read_all().num_rows == 3


def test_a_language_that_is_none_costs_the_tag_and_not_the_text():
    found = mine_batches(one(text=STORY, tongue="english!"), language_column="tongue", of="documents", miner=MINER).read_all()
    (row,) = found.to_pylist()
    assert row["document_language"] == "en"
    assert len(row["quotes"]) == 1
    assert [issue["severity"] for issue in row["issues"]] == ["warning"]
    assert "english!" in row["issues"][0]["message"]


def test_cells_of_every_type_become_metadata():
    cells = {"date": dt.date(2026, 1, 2), "source": Decimal("1.50"), "url": b"x"}
    (row,) = mine_batches(one(text=STORY, **cells), metadata=list(cells), miner=MINER).read_all().to_pylist()
    assert (row["document_date"], row["document_source"], row["document_url"]) == ("2026-01-02", "1.50", "b'x'")


def test_the_language_of_all_rows_may_be_told_by_their_words():
    german = "„Wir haben zwölf Schulen geschlossen“, sagte die Bürgermeisterin dem Rat der Stadt."
    (row,) = mine_batches(one(text=german), language="und", miner=MINER).read_all().to_pylist()
    assert row["document_language"] == "de"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": "body"}, r"there is no column 'body'; the columns are 'text', 'n'"),
        ({"id": "no"}, r"there is no column 'no'"),
        ({"text": "n"}, r"the column 'n' holds int64 and no texts"),
        ({"of": "words"}, r"of: 'words' is not one of quotes, speakers, claims, mentions, issues, documents"),
        ({"metadata": "n"}, r"metadata: name columns as \['n'\]"),
        ({"language": "english!"}, r"language: 'english!' is no language tag"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_mined(options, message):
    with pytest.raises((ConfigurationError, AnnotationError), match=message):
        mine_batches(pa.table({"text": [STORY], "n": [1]}), **options)


def test_two_columns_of_a_name_are_none_to_read():
    table = pa.table([pa.array([STORY]), pa.array([STORY])], names=["text", "text"])
    with pytest.raises(ConfigurationError, match="there are several columns 'text'"):
        mine_batches(table)


@pytest.mark.parametrize("wrong", ["text", {"text": [STORY]}, 7])
def test_what_is_no_table_is_refused(wrong):
    with pytest.raises(TypeError, match="expected a table of Arrow, or record batches"):
        mine_batches(wrong)
    with pytest.raises(TypeError, match="expected record batches of pyarrow, not str"):
        mine_batches([STORY]).read_all()


def test_batches_are_read_as_they_are_needed():
    """An endless stream of texts gives rows as long as somebody takes them."""
    batch = pa.record_batch({"text": [STORY] * 64})
    read = itertools.count()

    def endless():
        for _ in read:
            yield batch

    reader = mine_batches(endless(), of="documents", miner=MINER)
    assert reader.read_next_batch().num_rows >= 64
    assert next(read) < 10


def test_what_fails_while_the_table_is_read_is_the_callers():
    def failing():
        yield pa.record_batch({"text": [STORY]})
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        mine_batches(failing(), miner=MINER).read_all()


@hypothesis.given(st.lists(st.none() | st.text(max_size=60), max_size=8), st.integers(1, 4))
def test_cut_into_any_batches_the_rows_are_the_same(texts, size):
    table = pa.table({"text": pa.array(texts, pa.string())})
    whole = mine_batches(table, of="documents", miner=MINER).read_all()
    pieces = mine_batches(iter(table.to_batches(max_chunksize=size)), of="documents", miner=MINER).read_all()
    assert pieces.equals(whole)
    assert [bool(row) for row in whole["issues"].to_pylist()].count(True) >= texts.count(None)


def test_a_failing_component_leaves_an_issue_in_the_row():
    table = pa.table({"text": [STORY, STORY + FAILING]})
    found = mine_batches(table, of="documents", miner=Miner(["rules", Poison()])).read_all().to_pylist()
    assert [len(row["quotes"]) for row in found] == [1, 1]
    assert [[issue["message"] for issue in row["issues"]] for row in found] == [[], ["ValueError: cannot read this"]]


@pytest.mark.slow
def test_with_a_worker_a_document_that_ends_the_process_or_never_ends_costs_only_itself():
    table = pa.table({"text": [STORY, STORY + DEADLY, STORY, STORY + ENDLESS, STORY]})
    miner = Miner(["rules", Poison()], time_limit=5)
    found = mine_batches(table, of="documents", miner=miner, workers=1).read_all().to_pylist()
    assert [len(row["quotes"]) for row in found] == [1] * 5
    assert [len(row["issues"]) for row in found] == [0, 1, 0, 1, 0]
    assert "its worker process died" in found[1]["issues"][0]["message"]
    assert "over its time limit" in found[3]["issues"][0]["message"]


def test_without_pyarrow_it_is_said_what_to_install():
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import quoteminer, quoteminer.arrow\n"
        "try: quoteminer.arrow.mine_batches([])\n"
        "except quoteminer.ConfigurationError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "a table of Arrow needs pyarrow: pip install 'quoteminer[arrow]'"


def test_an_empty_table_has_the_columns():
    found = mine_batches(pa.table({"text": pa.array([], pa.string())}), miner=MINER).read_all()
    assert found.num_rows == 0
    assert tuple(found.column_names) == COLUMNS["quotes"]
    assert quoteminer.Miner(["rules"]).mine("").rows() == []
