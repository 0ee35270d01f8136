"""What is written of claims is read back, for every extraction: the table, the lines and the drafts for fact-checkers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, Document, Extraction, Speaker
from quoteminer.formats import claim_review, claim_rows
from quoteminer.json_form import loads
from quoteminer.testing.strategies import extractions
from quoteminer.testing.texts import HOSTILE

batches = st.lists(extractions(), max_size=3).map(
    lambda many: [(extraction, claim) for extraction in many for claim in extraction.claims]
)


def claimant(extraction, claim):
    speaker = extraction.speaker(claim.claimant)
    return None if speaker is None else speaker.name


@given(batches)
def test_the_table_gives_back_words_places_and_claimants(items):
    rows = list(csv.DictReader(io.StringIO(claim_rows.as_csv(items), newline="")))
    assert len(rows) == len(items)
    for rank, (read, (extraction, claim)) in enumerate(zip(rows, items, strict=True), 1):
        assert tuple(read) == claim_rows.COLUMNS
        assert read["words"] == claim.text(extraction.document)
        assert read["claimant"] == (claimant(extraction, claim) or "")
        assert (int(read["rank"]), int(read["start"]), int(read["end"])) == (rank, claim.spans[0].start, claim.spans[-1].end)
        assert (float(read["check_worthiness"]), read["kind"]) == (claim.check_worthiness, claim.kind)
        assert (read["document"], read["quote"]) == (extraction.document.id, claim.quote or "")


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


@given(batches)
def test_the_drafts_name_claim_claimant_and_document(items):
    lines = claim_review.as_json_lines(items).split("\n")
    assert lines.pop() == ""
    for line, (extraction, claim) in zip(lines, items, strict=True):
        line.encode("utf-8")
        read = loads(line)
        assert read["itemReviewed"]["text"] == claim.text(extraction.document)
        assert read["itemReviewed"].get("author", {}).get("name") == claimant(extraction, claim)
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
    assert (row["words"], row["claimant"], row["document"]) == (text, text, text)
    for written in (claim_rows.as_json_lines(items), claim_review.as_json_lines(items)):
        assert loads(written.removesuffix("\n"))
