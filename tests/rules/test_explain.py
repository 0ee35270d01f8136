"""Explanations say why something was found, and the true reason why something was not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document
from quoteminer_rules.components import QuoteRules
from quoteminer_rules.quotes.indirect import merging
from quoteminer_rules.quotes.indirect.judging import judged

from .alone import quotes_of


def explained(text: str, scope: str = "speech", language: str = "en") -> str:
    return QuoteRules().explain(Document(text, language=language), scope=scope)


def test_rule_cue_frame_source_and_losers_are_named():
    shown = explained("Ada said that Bob claimed victory. “It works,” she added.")
    assert "   1 indirect, asserted" in shown
    assert "indirect.that, as in: Ada said that it works." in shown
    assert "“said” (speech), frame that" in shown
    assert "source Ada" in shown
    assert "lost" in shown
    assert "direct.subject-verb" in shown


def test_what_is_out_of_scope_is_said_to_be():
    text = "Critics slammed the proposal as a giveaway to the rich."
    shown = explained(text)
    assert not re.search(r"^ +\d+ ", shown, re.MULTILINE)
    assert "at “slammed”" in shown
    assert "out of scope: reports attitude, and only speech is asked for" in shown
    whole = explained(text, "all")
    assert "   1 indirect, asserted" in whole
    assert "out of scope" not in whole


@pytest.mark.parametrize(
    ("text", "scope", "reason"),
    [
        ("Ada said that Bob claimed victory.", "speech", "too unlikely: under 0.51"),
        ("“We will win,” Ada told the town in a speech.", "speech", "too unlikely: under 0.30"),
        ("Ada said that the report shows that prices rise.", "all", "too unlikely inside quotation 1: under 0.85"),
        ("Ada said Bob believes that prices rise.", "speech", "has the words of the likelier quotation 1"),
        ("He promised them a deal: nobody would pay for it.", "speech", "only announces what stands behind the colon"),
        ("“We admit that the will is there,” he said.", "speech", "too unlikely inside a quotation: under 0.85"),
        ("“I told him to go and he said nothing to us about it,” he said.", "speech", "inside a quotation only words count that a named source says, asks or tells"),
    ],
)  # fmt: skip
def test_the_reason_is_the_true_one(text, scope, reason):
    assert f"({reason})" in explained(text, scope)


def test_another_language_is_said_not_to_be_read():
    assert explained("Ada dixit.", language="la") == "rules.quotes reads no 'la', only en\n"


def test_a_text_without_anything_to_explain_says_so():
    for text in ("", "It rains."):
        assert explained(text) == "no quotations and no candidates found\n"


def test_a_block_that_fails_is_named(monkeypatch):
    def fails(tokens, *rest):
        if "Zork" in tokens.raw:
            raise KeyError("Zork")
        return judged(tokens, *rest)

    monkeypatch.setattr(merging, "judged", fails)
    shown = explained("Ada said that it works.\n\nZork said that it rains.")
    assert "indirect.that" in shown
    assert "characters 25–49 (“Zork said that it rains.”) are left out: KeyError: 'Zork'" in shown


PIECES = ["Ada said ", "that ", "Bob believes ", "the report shows ", "“it works”", "“", "”", ", he added", " told them ", "prices rise", ". ", "\n\n", "Bob: ", "was expected to say "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(["speech", "all"]))
def test_an_explanation_has_the_quotations_that_are_found_and_says_unlikely_only_of_what_is(text, scope):
    shown = explained(text, scope)
    quotes = quotes_of(Document(text), scope)
    headings = re.findall(r"^ +(\d+) (\w+), (\w+), (\d\.\d\d): ", shown, re.MULTILINE)
    assert [(kind, modality) for _, kind, modality, _ in headings] == [(quote.kind, quote.modality) for quote in quotes]
    assert [int(number) for number, *_ in headings] == list(range(1, len(quotes) + 1))
    for chance, needed in re.findall(r"(?:lost|-) +(\d\.\d\d) .*too unlikely.*: under (\d\.\d\d)\)$", shown, re.MULTILINE):
        assert float(chance) <= float(needed)
    for number in re.findall(r"quotation (\d+)[:)]", shown):
        assert 1 <= int(number) <= len(quotes)
