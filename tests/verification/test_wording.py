"""How reports put what was said in words of their own, and whether they are of a place at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer.verification.lexicon import Lexicons
from quoteminer.verification.presence import Presence, chance
from quoteminer.verification.wording import FORM, LIKE

from .packs import miner

LEXICONS = Lexicons({pack.language: pack for pack in miner().components("quoteminer_languages")})


def worth(language: str, word: str, other: str) -> float:
    """How much of a word of a report another one says."""
    return dict(LEXICONS.of(language).wording([word]).of(other)).get(word, 0.0)


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "decision", "decided"),
        ("en", "resignation", "resigned"),
        ("de", "entscheidung", "entscheiden"),
        ("de", "gutachten", "sanierungsgutachten"),
        ("fr", "réparation", "réparer"),
        ("es", "construcción", "construcciones"),
    ],
)
def test_words_of_one_family_say_each_other(language, word, other):
    assert LIKE < worth(language, word, other) <= FORM
    assert LIKE < worth(language, other, word) <= FORM


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [("en", "lost", "lose"), ("de", "verloren", "verliert"), ("fr", "reçu", "recevoir"), ("es", "pidió", "pido")],
)
def test_irregular_forms_are_the_word_itself(language, word, other):
    assert worth(language, word, other) == FORM


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [("en", "children", "kids"), ("de", "gehalt", "lohn"), ("fr", "licenciements", "renvoyé"), ("es", "sueldos", "salario")],
)
def test_words_for_one_matter_say_some_of_each_other(language, word, other):
    assert worth(language, word, other) == LIKE


@pytest.mark.parametrize(
    ("language", "word", "other"), [("en", "contract", "control"), ("en", "#5", "#50"), ("fr", "commune", "commande")]
)
def test_other_words_do_not(language, word, other):
    assert worth(language, word, other) == 0.0


def test_a_language_without_endings_goes_by_beginnings():
    assert worth("tlh", "qapmey", "qapmeylo") > 0
    assert worth("tlh", "qapmey", "qapvam") == 0


@given(
    st.floats(0, 1),
    st.booleans(),
    st.floats(0, 30),
    st.integers(0, 9),
    st.integers(0, 20),
    st.none() | st.integers(0, 5000),
    st.booleans(),
)
def test_more_that_stands_there_makes_it_likelier(coverage, own, told, forms, more, distance, beside):
    presence = Presence(coverage, own, not own, told, forms, forms + more, distance, beside)
    assert 0 <= presence.probability <= 1
    told_more = Presence(coverage, own, not own, told + 1, forms, forms + more, distance, beside)
    assert told_more.probability >= presence.probability
    if distance is not None:
        near, far = (Presence(coverage, own, not own, told, forms, forms + more, at, beside) for at in (0, 5000))
        assert near.probability >= presence.probability >= far.probability


@given(st.integers(0, 1000), st.integers(1, 100_000), st.integers(1, 500))
def test_rare_words_tell_more_than_common_ones(count, total, size):
    assert 0 <= chance(count + 1, total, size) <= chance(count, total, size)
    assert chance(count, total, size + 1) <= chance(count, total, size)
