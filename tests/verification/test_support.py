"""How well a stretch of a source supports a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoteminer
from quoteminer import Document
from quoteminer.verification.folding import fold
from quoteminer.verification.lexicon import Lexicons
from quoteminer.verification.support import Evidence, denied, judged, same_figures

from .packs import miner

LEXICONS = Lexicons({pack.language: pack for pack in miner().components("quoteminer_languages")})
SHARES = st.floats(0, 1)


def heads(text: str, language: str) -> list[str]:
    """The words that are denied in a text."""
    document, lexicon = Document(text, language=language), LEXICONS.of(language)
    words = fold(document, lexicon)
    return [words.keys[place] for place in sorted(denied(words, 0, len(words), document, lexicon))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "He could not watch from his desk.", ["watch"]),
        ("en", "We don't have the boats, we have nets.", ["boats"]),
        ("en", "Nobody will be asked.", ["asked"]),
        ("de", "Wir schließen das Bad nicht, sagte sie.", ["bad"]),
        ("de", "Warum haben wir das nicht beantragt?", ["beantragt"]),
        ("fr", "Il ne viendra pas demain.", ["viendra", "demain"]),
        ("es", "Nadie vende.", ["vende"]),
        ("en", "It works.", []),
    ],
)
def test_a_negation_denies_the_nearest_word_of_its_clause(language, text, expected):
    assert heads(text, language) == expected


@given(SHARES, SHARES, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_support_is_the_likeliest_of_three(coverage, late, is_denied, one_denies, other_number, no_number):
    support, probability = judged(
        Evidence(coverage, late, denied=is_denied, one_denies=one_denies, other_number=other_number, no_number=no_number)
    )
    assert support in ("supported", "partly", "contradicted")
    assert 1 / 3 - 0.001 <= probability <= 1
    assert not (no_number and support == "supported")


def test_the_contrary_and_another_number_speak_against_it_and_what_is_missing_for_a_part():
    whole = Evidence(1.0, 0.0, denied=False, one_denies=False, other_number=False, no_number=False)
    assert judged(whole)[0] == "supported"
    assert judged(Evidence(0.9, 0.0, denied=True, one_denies=True, other_number=False, no_number=False))[0] == "contradicted"
    assert judged(Evidence(0.9, 0.1, denied=False, one_denies=False, other_number=True, no_number=True))[0] == "contradicted"
    assert judged(Evidence(0.6, 0.8, denied=False, one_denies=False, other_number=False, no_number=False))[0] == "partly"


@pytest.mark.parametrize(
    ("report", "support"),
    [
        ("Boyd said the mayor had answered his letter.", "contradicted"),
        ("Boyd said the council had waited six months.", "contradicted"),
        ("Boyd said the council had waited six weeks.", "supported"),
    ],
)
def test_an_answer_says_what_was_asked_and_a_number_counts_with_its_unit(report, support):
    source = "REPORTER: Has the mayor answered your letter?\n\nBOYD: No. The council has waited for six weeks now, and so have I."
    finding = quoteminer.verify(report, source, miner=miner())[0]
    assert (finding.verdict, finding.support) == ("paraphrase", support)


def test_numbers_that_differ_by_what_goes_without_saying():
    assert same_figures("#64", "#64000000")
    assert not same_figures("#64", "#6400000")
    assert not same_figures("#0", "#0")
    assert not same_figures("#1,2,3", "#1")


def test_whose_name_the_source_does_not_tell_may_be_one_without_a_name():
    source = "THE COURT: Did you smell smoke, and where?\n\nTHE WITNESS: I smelled something at the back door, and went back to bed.\n\nMS HOLT: No more questions."
    finding = quoteminer.verify(
        "Sabatino told the court that smoke had crept under the back door while he slept.", source, miner=miner()
    )[0]
    assert finding.verdict == "paraphrase"


def test_what_somebody_is_is_no_name_of_theirs():
    source = "HENRIKE THADEN: Man muss einem Moor nicht helfen.\n\nBASTIAN FROMME: Und jetzt?"
    article = Document(
        "Am Ende sagte die Forscherin: „Man muss einem Moor nicht helfen.“ Da lachte die Forscherin.", language="de"
    )
    finding = quoteminer.verify(article, Document(source, language="de"), miner=miner())[0]
    assert finding.verdict == "verbatim"
