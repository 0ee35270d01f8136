"""Explanations say why something was found, and the true reason why something was not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document
from quoteminer_rules.components import QuoteRules
from quoteminer_rules.language.pack import Reading
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reading.sentences import Sentence
from quoteminer_rules.reports import tracing
from quoteminer_rules.reports.candidates import Candidate, Cue, candidates
from quoteminer_rules.reports.constructions import Match, constructions
from quoteminer_rules.reports.selection import Loser, Scored, chosen

from .alone import quotes_of


def explained(text: str, scope: str = "speech", language: str = "en") -> str:
    return QuoteRules().explain(Document(text, language=language), scope=scope)


def test_construction_cue_source_evidence_and_losers_are_named():
    shown = explained("Ada said that the firm offered Bob a job. “It works,” she added.")
    assert "   1 indirect, asserted" in shown
    assert "rule   that, as in: Ada said that it works." in shown
    assert "cue    “said” (speech)" in shown
    assert "source Ada" in shown
    assert re.search(r"^     for     .+ \+\d\.\d\d, .+ \+\d\.\d\d, .+ \+\d\.\d\d$", shown, re.MULTILINE)
    assert re.search(r"^     against .+ -\d\.\d\d, .+ -\d\.\d\d, .+ -\d\.\d\d$", shown, re.MULTILINE)
    assert "lost" in shown
    assert "rule   postposed, as in: “It works,” Ada said." in shown


def test_layouts_have_an_example_too():
    shown = explained("“It works.”\n\nIt was late.")
    assert "rule   alone, as in: “It works.”" in shown
    assert "source (none)" in shown


def test_what_is_out_of_scope_is_said_to_be():
    text = "Ada believes that the engine works."
    shown = explained(text)
    assert not re.search(r"^ +\d+ ", shown, re.MULTILINE)
    assert "at “believes”" in shown
    assert "out of scope: reports thought, and only speech is asked for" in shown
    whole = explained(text, "all")
    assert "   1 indirect, asserted" in whole
    assert "out of scope" not in whole


@pytest.mark.parametrize(
    ("text", "scope", "reason"),
    [
        ("Bob believes Ada noted the ice.", "speech", "too unlikely: under 0.40"),
        ("The word “cosy” is new.", "speech", "too unlikely: under 0.50"),
        ("Ada said Bob believes that prices rise.", "speech", "has the cue of the likelier quotation 1"),
        ("Bob believes that prices rise.", "speech", "out of scope: reports thought, and only speech is asked for"),
    ],
)  # fmt: skip
def test_the_reason_is_the_true_one(text, scope, reason):
    assert f"({reason})" in explained(text, scope)


THAT = next(one for one in constructions(LANGUAGES / "en") if one.name == "that")


def scored(start: int, stop: int, cue: tuple[int, int], chance: float) -> Scored:
    """A candidate of the first sentence of a passage."""
    sentence = Sentence.__new__(Sentence)
    object.__setattr__(sentence, "firsts", list(range(stop + 1)))
    match = Match(THAT, {"content": [(start, stop)]}, 0, stop)
    candidate = Candidate(match, Cue(Reading("say", frozenset(["say"]), frozenset(), ""), (cue,)), sentence, 0)
    return Scored(candidate, ((start, stop),), chance)


@pytest.mark.parametrize(
    ("loser", "reason"),
    [
        (scored(2, 6, (1, 2), 0.4), tracing.UNLIKELY),
        (scored(3, 6, (1, 2), 0.8), tracing.SAME_CUE),
        (scored(6, 9, (7, 8), 0.8), tracing.HOLDS_CUE),
        (scored(4, 8, (9, 10), 0.8), tracing.CROSSES),
    ],
)
def test_what_cannot_stand_beside_the_likelier_says_why(loser, reason):
    best = scored(2, 6, (1, 2), 0.9)
    losers: list[Loser] = []
    assert chosen([loser, best], 0.5, losers) == [best]
    assert [(one.one, one.reason) for one in losers] == [(loser, reason)]
    assert (losers[0].other is best) == (reason in (tracing.SAME_CUE, tracing.CROSSES))


def test_another_language_is_said_not_to_be_read():
    assert explained("Ada dixit.", language="la") == "rules.quotes reads no 'la', only en\n"


def test_a_text_without_anything_to_explain_says_so():
    for text in ("", "It rains."):
        assert explained(text) == "no quotations and no candidates found\n"


def test_a_block_that_fails_is_named(monkeypatch):
    original = candidates

    def fails(passage, *rest, **options):
        if "Zork" in passage.raw:
            raise KeyError("Zork")
        return original(passage, *rest, **options)

    monkeypatch.setattr("quoteminer_rules.reports.judging.candidates", fails)
    shown = explained("Ada said that it works.\n\nZork said that it rains.")
    assert "rule   that" in shown
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


def test_a_cue_that_only_tells_who_says_speech_is_not_lost_and_as_sure_as_the_speech():
    text = "“I believe it was a buffalo,” she called to their host, who had waited."
    (quote,) = quotes_of(Document(text))
    assert quote.source is not None
    assert quote.confidence > 0.6
    assert "postposed at “called”" not in explained(text)
