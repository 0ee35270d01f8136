"""Flat rows: which columns they have, what stands in them, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import quoteminer
from quoteminer import (
    AnnotationError,
    Claim,
    ConfigurationError,
    Document,
    Extraction,
    Issue,
    Provenance,
    Quantity,
    Quote,
    Speaker,
    Time,
)
from quoteminer.tabular import COLUMNS, COLUMNS_VERSION, rows

TEXT = "“It works,” said Ada, “in 2 of 3 cases.” Ada told Bo."
METADATA = {"date": 2026, "source": None, "url": ["a", "b"]}
EXTRACTION = Extraction(
    Document(TEXT, id="d", language="en-GB", title="T", metadata=METADATA),
    quotes=[
        Quote(
            [(1, 10), (23, 39)], "direct", cue=[(12, 16)], cue_lemma="say", source=(17, 20), speaker="s1", addressee="s2", id="q1",
            confidence=1, speaker_confidence=0.5, provenance=Provenance("rules.quotes"),
        ),
        Quote([(26, 39)], "mixed", parent="q1", speaker="s1", id="q2"),
        Quote([(41, 44)], "indirect", id="q3", layout="block", modality="future"),
    ],
    speakers=[
        Speaker(
            "s1", "Ada", role="engineer", kind="person", mentions=[(17, 20), (41, 44)], identifiers={"wikidata": "Q7259"},
            attributes={"a": [1]},
        ),
        Speaker("s2", "Bo", mentions=[(50, 52)]),
    ],
    claims=[
        Claim(
            [(1, 9), (23, 38)], "quantity", claimant="s1", quote="q1", check_worthiness=1, modality="hedged", negated=True, id="c1",
            quantities=[Quantity((26, 27), value=2, unit="cases")], times=[Time((31, 32), value="2026")],
        ),
        Claim([(41, 44)], "other", id="c2"),
    ],
    issues=[Issue("rules.claims", "d", "over its time limit")],
)  # fmt: skip
ABOUT = {
    "document_title": "T",
    "document_language": "en-GB",
    "document_date": "2026",
    "document_source": None,
    "document_url": '["a","b"]',
}


@pytest.mark.parametrize("of", COLUMNS)
def test_rows_have_the_columns_in_their_order(of):
    found = EXTRACTION.rows(of)
    assert found
    assert all(tuple(row) == COLUMNS[of] for row in found)
    assert all(ABOUT.items() <= row.items() for row in found)
    assert list(rows([EXTRACTION, EXTRACTION], of)) == found * 2


def without_document(row):
    return {name: value for name, value in row.items() if name not in ABOUT}


def test_a_quote_in_full():
    first, second, third = EXTRACTION.rows()
    assert without_document(first) == {
        "document": "d", "id": "q1", "text": "It works, … in 2 of 3 cases.", "start": 1, "end": 39, "spans": "[[1,10],[23,39]]",
        "kind": "direct", "cue": "said", "cue_lemma": "say", "cue_spans": "[[12,16]]", "source": "Ada", "source_start": 17,
        "source_end": 20, "speaker": "s1", "speaker_name": "Ada", "speaker_role": "engineer", "speaker_kind": "person",
        "addressee": "s2", "addressee_name": "Bo", "parent": None, "layout": "running", "modality": "asserted", "confidence": 1.0,
        "speaker_confidence": 0.5, "extractor": "rules.quotes",
    }  # fmt: skip
    assert type(first["confidence"]) is float
    assert (second["parent"], second["cue"], second["source"], second["source_start"]) == ("q1", None, None, None)
    assert (third["speaker"], third["speaker_name"], third["layout"], third["modality"]) == (None, None, "block", "future")


def test_a_speaker_in_full():
    ada, bo = EXTRACTION.rows("speakers")
    assert without_document(ada) == {
        "document": "d", "id": "s1", "name": "Ada", "role": "engineer", "kind": "person", "mentions": 2, "quotes": 2,
        "quoted_words": 7, "claims": 1, "spans": "[[17,20],[41,44]]", "identifiers": '{"wikidata":"Q7259"}', "attributes": '{"a":[1]}',
    }  # fmt: skip
    assert (bo["role"], bo["quotes"], bo["quoted_words"], bo["claims"], bo["identifiers"]) == (None, 0, 0, 0, "{}")


def test_a_claim_in_full():
    first, second = EXTRACTION.rows("claims")
    assert json.loads(first["quantities"]) == [{"text": "2", "span": [26, 27], "value": 2, "unit": "cases"}]
    assert json.loads(first["times"]) == [{"text": "3", "span": [31, 32], "value": "2026"}]
    assert without_document(first) == {
        "document": "d", "id": "c1", "text": "It works … in 2 of 3 cases", "start": 1, "end": 38, "spans": "[[1,9],[23,38]]",
        "kind": "quantity", "sentence": "It works in 2 of 3 (2026) cases.", "claimant": "s1", "claimant_name": "Ada",
        "claimant_role": "engineer", "claimant_kind": "person", "quote": "q1", "check_worthiness": 1.0, "modality": "hedged",
        "negated": True, "quantities": first["quantities"], "times": first["times"], "confidence": 1.0, "extractor": "manual",
    }  # fmt: skip
    assert (second["claimant"], second["claimant_name"], second["quantities"], second["negated"]) == (None, None, "[]", False)


def test_mentions_are_in_text_order():
    assert [
        (row["text"], row["start"], row["end"], row["speaker"], row["speaker_name"]) for row in EXTRACTION.rows("mentions")
    ] == [
        ("Ada", 17, 20, "s1", "Ada"),
        ("Ada", 41, 44, "s1", "Ada"),
        ("Bo", 50, 52, "s2", "Bo"),
    ]


@pytest.mark.parametrize("wrong", ["quote", "", None, ["quotes"]])
def test_an_unknown_kind_of_rows_is_named_with_those_that_there_are(wrong):
    for call in (lambda: EXTRACTION.rows(wrong), lambda: rows([], wrong)):
        with pytest.raises(ConfigurationError) as caught:
            call()
        assert str(caught.value) == f"of: {wrong!r} is not one of quotes, speakers, claims, mentions, issues"
        assert (caught.value.option, caught.value.value) == ("of", wrong)


@pytest.mark.parametrize("wrong", ["text", 5, None, {}, EXTRACTION.quotes[0]])
def test_what_is_no_extraction_is_refused_at_once(wrong):
    with pytest.raises(AnnotationError, match="expected an Extraction or several"):
        rows(wrong)


def test_what_is_no_extraction_among_others_is_refused_in_its_turn():
    mixed: list[Any] = [EXTRACTION, EXTRACTION.quotes[0]]
    several = rows(mixed)
    assert [next(several)["id"] for _ in range(3)] == ["q1", "q2", "q3"]
    with pytest.raises(AnnotationError, match="expected Extraction"):
        next(several)


def test_extractions_are_read_as_rows_are_asked_for():
    def endless():
        while True:
            yield EXTRACTION

    several = rows(endless(), "mentions")
    assert [next(several)["text"] for _ in range(4)] == ["Ada", "Ada", "Bo", "Ada"]


def test_lone_surrogates_are_replaced_one_for_one():
    extraction = Extraction(
        Document("\ud83da", id="\ude00", metadata={"url": {"\ud83d": 1}}), quotes=[Quote([(0, 2)], "direct", id="q")]
    )
    (row,) = extraction.rows()
    assert (row["document"], row["text"], row["document_url"]) == ("\ufffd", "\ufffda", '{"\ufffd":1}')


def test_what_went_wrong_is_a_row_also_of_a_document_in_which_nothing_was_found():
    extraction = Extraction(Document("", id="d", title="T"), issues=[Issue("reader", "file.csv", "row 3 is empty", "info")])
    assert extraction.rows("issues") == [
        {
            "document": "d", "component": "reader", "severity": "info", "message": "row 3 is empty", "document_title": "T",
            "document_language": "en", "document_date": None, "document_source": None, "document_url": None,
        }
    ]  # fmt: skip


def test_the_facade_gives_the_function():
    assert quoteminer.rows is rows
    assert "rows" in dir(quoteminer)
    with pytest.raises(AttributeError, match="no attribute 'row'"):
        quoteminer.row  # type: ignore[attr-defined]  # noqa: B018


def test_columns_are_those_of_their_version():
    """Whoever takes a column away or renames it raises ``COLUMNS_VERSION``; one more is a line here."""
    golden = Path(__file__).parents[1] / "golden" / "columns.json"
    assert json.loads(golden.read_text(encoding="utf-8")) == {
        "version": COLUMNS_VERSION,
        **{of: list(names) for of, names in COLUMNS.items()},
    }
