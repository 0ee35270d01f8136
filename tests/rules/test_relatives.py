"""Whom a relative pronoun behind a comma means."""

from __future__ import annotations

import pytest

from quoteminer import Miner
from quoteminer_rules.lexicon import pack_of
from quoteminer_rules.speakers.relatives import antecedent


@pytest.mark.parametrize(
    ("language", "text", "pronoun", "phrase"),
    [
        ("en", "Bob talked to the nurse, who laughed.", "who", "the nurse"),
        ("en", "Bob talked to a clerk of the board, who laughed.", "who", "a clerk of the board"),
        ("en", "Then came Ada Byron, 52, who laughed.", "who", "Ada Byron"),
        ("fr", "Paul a vu la maire, qui rit.", "qui", "la maire"),
        ("en", "He left who he was.", "who", None),
    ],
)
def test_the_phrase_before_the_comma(language, text, pronoun, phrase):
    found = antecedent(text, text.index(f" {pronoun} ") + 1, pack_of(language))
    assert (None if found is None else text[found.start : found.end]) == phrase


def test_who_says_it_is_whom_the_pronoun_means():
    extraction = Miner(["rules"]).mine("Bob talked to the nurse, who said that it works.")
    (quote,) = extraction.quotes
    assert quote.source is not None
    assert extraction.document[quote.source] == "who"
    assert extraction.speakers[0].name == "the nurse"
