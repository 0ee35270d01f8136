"""Parquet, Arrow and Excel: as other programs read them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given

import quoteminer
from quoteminer import Document, Extraction, Miner
from quoteminer.formats import writers
from quoteminer.tabular import COLUMNS, COLUMNS_VERSION, TYPES, rows
from quoteminer.testing.strategies import extractions

from ..golden import floors

pyarrow = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def mined() -> list[Extraction]:
    return [Miner(["rules"]).mine(Document(gold["text"], id=gold["id"])) for gold in floors.seeds().values()]


def written(name: str, given: list[Extraction]) -> bytes:
    stream = io.BytesIO()
    writers()[name].write(given, stream)
    assert not stream.closed
    return stream.getvalue()


@pytest.mark.parametrize("name", ["parquet", "arrow"])
def test_tables_hold_every_row(name, mined):
    data = written(name, mined)
    table = pyarrow.parquet.read_table(io.BytesIO(data)) if name == "parquet" else pyarrow.ipc.open_file(data).read_all()
    assert table.to_pylist() == list(rows(mined))
    assert table.schema.metadata[b"quoteminer.columns"] == str(COLUMNS_VERSION).encode()


@pytest.mark.parametrize("name", ["parquet", "arrow", "xlsx"])
def test_a_table_of_nothing_has_its_columns(name):
    data = written(name, [])
    if name == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(data)).column_names == list(COLUMNS["quotes"])
    assert data


def test_another_program_reads_the_parquet(tmp_path, mined):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "quotes.parquet"
    path.write_bytes(written("parquet", mined))
    counted = duckdb.sql(
        f"select speaker_name, count(*) from '{path}' where kind = 'direct' group by 1 order by 2 desc, 1 limit 1"
    ).fetchall()
    names = [row["speaker_name"] for row in rows(mined) if row["kind"] == "direct"]
    assert counted[0][1] == max(names.count(name) for name in set(names))


@given(extraction=extractions())
def test_types_of_columns_are_those_that_are_declared(extraction):
    for kind in COLUMNS:
        for row in rows(extraction, kind):
            for name, value in row.items():
                assert value is None or type(value) is TYPES.get(name, str), name
    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet", [extraction])))
    assert table.to_pylist() == list(rows(extraction))


def test_a_workbook_has_a_sheet_for_each_kind(mined):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", mined)))
    assert book.sheetnames == ["quotes", "speakers", "claims", "mentions", "issues"]
    for kind in COLUMNS:
        head, *found = book[kind].iter_rows(values_only=True)
        assert head == COLUMNS[kind]
        expected = [tuple(value if value != "" else None for value in row.values()) for row in rows(mined, kind)]
        assert found == expected


def test_no_cell_of_a_workbook_is_run(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    document = Document("“=1+1,” said Ada.", id="https://example.org")
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", [quoteminer.mine(document)])))
    (cell,) = [cell for cell in book["quotes"][2] if cell.value == "=1+1,"]
    assert cell.data_type == "s"
    assert book["quotes"]["A2"].hyperlink is None
