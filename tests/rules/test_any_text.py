"""The rules take any text: no exception, exact spans, the same result every time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Extraction, Miner
from quoteminer_rules import lexicon, marks

MINER = Miner(["rules"], on_error="raise")

MARKS = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "``", "''", "—", " ", "\n", "\n\n", ", ", ". ", ": ", "? ", "(", ")"]
WORDS = [
    "said ",
    "Ada ",
    "he ",
    "told ",
    "Rutte",
    "the minister",
    "that ",
    "according to ",
    "called ",
    "6'4\"",
    "'90s",
    "Q: ",
    "1",
]
PIECES = st.sampled_from([*MARKS, *WORDS, "ADA BYRON: ", "\ud800", "𝄞", "\u200f"])
texts = st.lists(PIECES, max_size=40).map("".join) | st.text(st.characters(), max_size=200)


@given(texts)
def test_no_text_raises_and_spans_are_trimmed(text: str):
    extraction = MINER.mine(text)
    for quote in extraction:
        for span in quote.content:
            assert extraction.document[span] == extraction.document[span].strip()
        if quote.source is not None:
            assert extraction.document[quote.source].strip()
            assert not any(quote.source.overlaps(span) for span in quote.content)
        assert not any(cue.overlaps(span) for cue in quote.cue for span in quote.content)


@given(texts)
def test_the_result_is_the_same_every_time_and_survives_json(text: str):
    extraction = MINER.mine(text)
    assert MINER.mine(text) == extraction
    assert Extraction.from_json(extraction.to_json()) == extraction


@given(texts)
def test_marks_that_pair_lie_in_order(text: str):
    found = marks.find_marks(text)
    assert found == sorted(found)
    assert all(text[start:end] == characters for start, end, characters in found)
    stretches = marks.pair_block(text, 0, len(text), found, outward=True)
    assert all(a.close <= b.open for a, b in zip(stretches, stretches[1:], strict=False))
    assert all(0 <= s.open < s.start <= s.end <= s.close <= len(text) for s in stretches)


@pytest.mark.parametrize(
    ("lemma", "doubled", "forms"),
    [
        ("say", False, ["say", "says", "sayed", "sayed", "saying"]),
        ("deny", False, ["deny", "denies", "denied", "denied", "denying"]),
        ("admit", True, ["admit", "admits", "admitted", "admitted", "admitting"]),
        ("announce", False, ["announce", "announces", "announced", "announced", "announcing"]),
        ("confess", False, ["confess", "confesses", "confessed", "confessed", "confessing"]),
        ("agree", False, ["agree", "agrees", "agreed", "agreed", "agreeing"]),
    ],
)
def test_regular_inflection(lemma, doubled, forms):
    assert list(lexicon.inflect(lemma, doubled=doubled).values()) == forms


def test_every_rule_has_a_confidence_and_an_example():
    import importlib.resources

    table = (importlib.resources.files("quoteminer_rules") / "data/rules.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    assert all(len(row) == 3 and 0 < float(row[1]) < 1 and row[2] for row in rows)
    assert lexicon.confidences().keys() == {row[0] for row in rows}
