"""Quotations by their words, speakers, outlets and dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import ConfigurationError, Document, Miner
from quoteminer.archive import Archive
from quoteminer.archive.searching import match_of

DOCUMENTS = [
    ("a", "2026-01-12", "Gazette", "“The flood defences held,” Mayor Ana Ruiz said. “Schools stay closed,” said Bob Moor."),
    ("b", "2026-02", "Courier", "“Flood water rose in the café,” Ruiz said. “The défences were old,” said Kate Ilves."),
    ("c", "2025", "Gazette", "“New defences will cost 3 million,” said Ana Ruiz."),
    ("d", None, None, "“Nobody defended the flood plan,” said Bob Moor."),
]


@pytest.fixture(scope="module")
def asked():
    with Archive(":memory:") as archive:
        documents = [
            Document(text, id=identifier, metadata={key: value for key, value in (("date", date), ("source", source)) if value})
            for identifier, date, source, text in DOCUMENTS
        ]
        archive.collect(documents, miner=Miner(["rules"]))
        yield archive


def texts(archive, *words, **options):
    return {hit.text.strip(",") for hit in archive.search(*words, **options)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("flood defences", {"The flood defences held"}),
        ("FLOOD", {"The flood defences held", "Flood water rose in the café", "Nobody defended the flood plan"}),
        ("defences old", {"The défences were old"}),
        ("cafe", {"Flood water rose in the café"}),
        ('"defences flood"', set()),
        ('"flood defences"', {"The flood defences held"}),
        ("“flood defences”", {"The flood defences held"}),
        ("defen* flood", {"The flood defences held", "Nobody defended the flood plan"}),
        ("school", set()),
        ("AND OR NOT", set()),
        ('flood "', {"The flood defences held", "Flood water rose in the café", "Nobody defended the flood plan"}),
    ],
)
def test_words(asked, words, found):
    assert texts(asked, words) == found


def test_speakers_outlets_and_dates(asked):
    assert texts(asked, speaker="ana ruiz") == {"The flood defences held", "New defences will cost 3 million"}
    assert texts(asked, "flood", speaker="Moor") == {"Nobody defended the flood plan"}
    assert texts(asked, speaker="An") == set()
    assert texts(asked, "defences", source="gazette") == {"The flood defences held", "New defences will cost 3 million"}
    assert texts(asked, "defences", since="2026-01-13") == {"The défences were old"}
    assert texts(asked, "defences", since="2026") == {"The flood defences held", "The défences were old"}
    assert texts(asked, "defences", until="2025-06-30") == {"New defences will cost 3 million"}
    assert texts(asked, "defences", until="2026-01") == {"The flood defences held", "New defences will cost 3 million"}


def test_without_words_the_newest_come_first(asked):
    assert [hit.document for hit in asked.search()] == ["b", "b", "a", "a", "c", "d"]
    assert len(asked.search(limit=2)) == 2


def test_a_hit_says_where_it_stands(asked):
    (hit,) = asked.search('"flood defences"')
    assert (hit.speaker, hit.role, hit.date, hit.source, hit.document, hit.kind) == (
        "Ana Ruiz", "Mayor", "2026-01-12", "Gazette", "a", "direct",
    )  # fmt: skip
    assert asked["a"][hit.quote].text(asked["a"].document) == hit.text


@pytest.mark.parametrize(
    ("words", "options", "named"),
    [
        ("…", {}, "there is no word"),
        (None, {"since": "yesterday"}, "since: 'yesterday' is no date"),
        (None, {"speaker": "?"}, "there is no name"),
    ],
)
def test_what_cannot_be_asked_is_said(asked, words, options, named):
    with pytest.raises(ConfigurationError, match=named):
        asked.search(words, **options)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_an_expression_or_said(asked, words):
    try:
        match_of(words)
    except ConfigurationError:
        return
    asked.search(words)


def test_documents_can_be_searched_with_sql(asked):
    found = asked._connection.execute(
        "SELECT d.id FROM documents_words AS w JOIN documents AS d ON d.number = w.rowid WHERE documents_words MATCH 'schools'"
    ).fetchall()
    assert [tuple(row) for row in found] == [("a",)]
