"""The rules take any text: no exception, exact spans, the same result every time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Extraction, Miner
from quoteminer.text import marks
from quoteminer_rules import lexicon
from quoteminer_rules.language.morphology import Paradigms

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
    stretches = marks.pair_marks(text, 0, len(text), found, outward=True)
    assert all(a.close <= b.open for a, b in zip(stretches, stretches[1:], strict=False))
    assert all(0 <= s.open < s.start <= s.end <= s.close <= len(text) for s in stretches)


@pytest.mark.parametrize(
    ("lemma", "paradigm", "forms"),
    [
        ("say", "regular", ["say", "says", "sayed", "sayed", "saying"]),
        ("deny", "regular", ["deny", "denies", "denied", "denied", "denying"]),
        ("admit", "doubled", ["admit", "admits", "admitted", "admitted", "admitting"]),
        ("announce", "regular", ["announce", "announces", "announced", "announced", "announcing"]),
        ("confess", "regular", ["confess", "confesses", "confessed", "confessed", "confessing"]),
        ("agree", "regular", ["agree", "agrees", "agreed", "agreed", "agreeing"]),
    ],
)
def test_regular_inflection(lemma, paradigm, forms):
    paradigms = Paradigms(lexicon.LANGUAGES / "en" / "paradigms.tsv")
    assert [form for (form,) in paradigms.inflect(lemma, paradigm, {}).values()] == forms
