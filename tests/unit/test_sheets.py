"""CSV and TSV of quotes: whole tables that are read back, whatever stands in their cells."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoteminer
from quoteminer import Document, Extraction, Quote
from quoteminer.formats.sheets import SheetWriter, line
from quoteminer.tabular import COLUMNS
from quoteminer.testing.strategies import extractions


def written(several, name="csv", delimiter=","):
    stream = io.BytesIO()
    SheetWriter(name, delimiter).write(iter(several), stream)
    return stream.getvalue()


def read(data, delimiter=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter))


@given(st.lists(extractions(), max_size=3), st.sampled_from([("csv", ","), ("tsv", "\t")]))
def test_tables_are_read_back(several, form):
    head, *found = read(written(several, *form), form[1])
    assert tuple(head) == COLUMNS["quotes"]
    wanted = [row for extraction in several for row in extraction.rows()]
    assert len(found) == len(wanted)
    for cells, row in zip(found, wanted, strict=True):
        for cell, value in zip(cells, row.values(), strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell.removeprefix("'") == ("" if value is None else str(value)).removeprefix("'")


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(begin):
    extraction = Extraction(Document(begin, id=begin), [Quote([(0, len(begin))], "direct", id="q")])
    for form in (("csv", ","), ("tsv", "\t")):
        _, row = read(written([extraction], *form), form[1])
        assert row[0] == row[2] == f"'{begin}"


def test_lines_are_those_of_rfc_4180():
    assert line(["a", 'b "c"', "d,e", "f\ng", "h\ri", None, 1.5]) == 'a,"b ""c""","d,e","f\ng","h\ri",,1.5\r\n'
    assert line(["a\tb", "c,d"], delimiter="\t") == '"a\tb"\tc,d\r\n'
    assert line([None]) == '""\r\n'


def test_a_table_without_rows_has_its_head():
    assert read(written([])) == read(written([Extraction(Document("x"))])) == [list(COLUMNS["quotes"])]


def test_each_document_is_written_before_the_next_is_asked_for():
    sizes = []
    stream = io.BytesIO()
    extraction = quoteminer.mine("“It works,” said Ada.")

    def several():
        for _ in range(3):
            sizes.append(len(stream.getvalue()))
            yield extraction

    SheetWriter("csv", ",").write(several(), stream)
    assert sizes[0] == 0 < sizes[1] < sizes[2] < len(stream.getvalue())
