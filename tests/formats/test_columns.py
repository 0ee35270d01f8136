"""Tables with texts: which column, which fields, whose posts."""

from __future__ import annotations

import json

import pytest

from quoteminer import Document, Issue, Miner
from quoteminer.formats import Sources, readers

from .reading import one, read, said

COMMENTS = (
    "id,created,author,text\n101,2025-05-01,Yolanda Fitch,The station looks like a radiator.\n"
    '103,2025-05-02,Deacon Ames,"The architect told us: ""Stone is for people who fear rust."""\n104,2025-05-03,,\n'
)


def test_short_texts_beside_authors_are_their_posts(tmp_path):
    documents, (issue,) = read(tmp_path / "a.csv", COMMENTS)
    first, second = documents
    assert (first.id, first.metadata["date"], first.metadata["author"]) == ("101", "2025-05-01", "Yolanda Fitch")
    assert said(first) == [("Yolanda Fitch", "The station looks like a radiator.")]
    assert [quote.text(second) for quote in Miner(["rules"]).mine(second).quotes] == [
        second.text,
        "Stone is for people who fear rust.",
    ]
    assert (issue.severity, "1 row is without a text" in issue.message) == ("info", True)


def test_long_texts_beside_authors_are_articles(tmp_path):
    (document,), _ = read(tmp_path / "a.csv", f"author,text\nAda,{'It works well. ' * 40}\n")
    assert said(document) == []
    assert document.metadata["author"] == "Ada"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "id;Body;Headline;lang\n1;Es geht, sagte sie.;Oben;de\n"),
        ("a.tsv", "id\tBody\tHeadline\tlang\n1\tEs geht, sagte sie.\tOben\tde\n"),
        ("a.json", json.dumps([{"id": 1, "body": "Es geht, sagte sie.", "headline": "Oben", "lang": "de"}])),
        (
            "a.json",
            json.dumps({"count": 1, "items": [{"id": "1", "body": "Es geht, sagte sie.", "headline": "Oben", "lang": "de"}]}),
        ),
    ],
)
def test_columns_fill_the_fields_of_the_document(tmp_path, name, content):
    document = one(tmp_path / name, content)
    assert (document.id, document.text, document.title, document.language) == ("1", "Es geht, sagte sie.", "Oben", "de")


def test_the_column_can_be_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,letter\nno,It works.\n", encoding="utf-8")
    (document,) = Sources(readers(text_column="letter")).read(path)
    assert isinstance(document, Document)
    assert document.text == "It works."
    (issue,) = Sources(readers(text_column="none")).read(path)
    assert isinstance(issue, Issue)
    assert "has no column 'none'; there are 'text', 'letter'" in issue.message


def test_parquet_is_read_in_the_order_of_its_rows(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"text": ["It works.", None, "So."], "id": [7, 8, 9], "when": [None, None, 1.5]}), path)
    documents = [item for item in Sources(readers()).read(path) if isinstance(item, Document)]
    assert [(document.id, document.text, document.metadata["when"]) for document in documents] == [
        ("7", "It works.", None),
        ("9", "So.", 1.5),
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "a,b\n1,2\n", "which column holds the text? Name one of 'a', 'b' with --text-column"),
        ("a.csv", "text\na,b\n", "more cells than there are columns"),
        ("a.csv", 'text\n"a\n', "is no table"),
        ("a.csv", "", "holds no rows"),
        ("a.csv", "document,id,text,start,end,spans\n", "holds no rows"),
        ("a.csv", "document,id,text,start,end,spans\na,b,c,1,2,[]\n", "is a table that quoteminer wrote"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "[1]", "expected an array of objects"),
        ("a.json", "[" * 100_000, "is no JSON"),
        ("a.parquet", "PAR1", "is no Parquet"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path, name, content, message):
    documents, (issue,) = read(tmp_path / name, content)
    assert documents == []
    assert (issue.severity, message in issue.message) == ("error", True), issue.message


def test_a_table_without_texts_is_no_fault_of_its_folder(tmp_path):
    (tmp_path / "settings.json").write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "story.txt").write_text("It works.", encoding="utf-8")
    items = list(Sources(readers()).read(tmp_path))
    assert [item.severity for item in items if isinstance(item, Issue)] == ["info"]


def test_rows_with_times_are_one_document_of_turns(tmp_path):
    rows = [
        {"speaker": "Ada", "startTime": 0.5, "endTime": 2, "body": "It works,"},
        {"speaker": "Ada", "startTime": 2, "endTime": 3, "body": "mostly."},
        {"speaker": "Bob", "startTime": 3, "endTime": 4.5, "body": "So?"},
    ]
    document = one(tmp_path / "a.json", json.dumps({"version": "1.0.0", "segments": rows}))
    assert document.text == "Ada: It works, mostly.\n\nBob: So?"
    assert [who for who, _ in said(document)] == ["Ada", "Bob"]
    assert document.origin is not None
    (*_, last) = Miner(["rules"]).mine(document).quotes
    assert document.origin.times(last.content[0]) == (3.0, 4.5)
    nameless = one(
        tmp_path / "b.json",
        json.dumps([{"start": 0, "end": 1, "text": " It works,"}, {"start": 1, "end": 2, "text": " said Ada."}]),
    )
    assert nameless.text == "It works, said Ada."


def test_cells_of_markup_are_read_as_pages(tmp_path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "7", "title": "x", "content_html": "<p>&ldquo;It works,&rdquo; said Ada.</p>"}],
    }
    document = one(tmp_path / "a.json", json.dumps(feed))
    assert (document.id, document.text) == ("7", "“It works,” said Ada.")
    assert document.origin is not None
