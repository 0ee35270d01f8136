"""Words as they are compared, with the way back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Span
from quoteminer.text import Builder
from quoteminer.verification.folding import BREAK, GAP, WILD, Words, fold, fold_quotation
from quoteminer.verification.lexicon import Lexicon, Lexicons

from .number_words import SPELLED
from .packs import miner

LEXICONS = Lexicons({pack.language: pack for pack in miner().components("quoteminer_languages")})


def folded(text: str, language: str = "en", **options: bool) -> Words:
    return fold(Document(text, language=language), LEXICONS.of(language), **options)


def quoted(text: str, language: str = "en") -> Words:
    return fold_quotation(text, [Span(0, len(text))], LEXICONS.of(language))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("It’s a well-known plan — really", "it's a well known plan, really"),
        ("We met\u00a0at the\u2009café", "we met at the " + unicodedata.normalize("NFD", "café")),
        ("the ﬁsh co\u00adoperative", "the fish cooperative"),
        ("the twelfth boat", "the 12th boat"),
        ("the twenty-second boat", "the 22nd boat"),
        ("twenty-one boats", "21 boats"),
        ("two hundred and five", "205"),
        ("a hundred people", "100 people"),
        ("2.5 million dollars", "$2,500,000"),
        ("12 per cent", "12%"),
        ("twelve percent", "12 per cent"),
        ("We, uh, we need it", "we need it"),
        ("I think, I think so", "I think so"),
        ("we need it [applause] now", "we need it now"),
        ("It works. (Laughter) Again", "it works again"),
        ("“Yes,” – no…", "yes no"),
        ("It costs £5", "it costs 5 pounds"),
    ],
)
def test_what_says_the_same_is_the_same(one, two):
    assert folded(one).keys == folded(two).keys


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("it is", "it was"),
        ("2.5 million", "25 million"),
        ("-5 degrees", "5 degrees"),
        ("not not", "not"),
        ("ten ten", "ten"),
        ("it works (as far as I know)", "it works"),
        ("$5", "€5"),
        ("one in nine", "1.9"),
        ("two three", "five"),
        ("can", "can't"),
        ("the fifth boat", "the five boat"),
        ("the twenty-first boat", "the 21 boat"),
    ],
)
def test_what_says_something_else_stays_different(one, two):
    assert folded(one).keys != folded(two).keys


@pytest.mark.parametrize(
    ("language", "raw", "number"),
    [
        ("en", "1,200.5", "#1200.5"),
        ("de", "1.200,5", "#1200.5"),
        ("en", "1.500", "#1.5"),
        ("de", "1.500", "#1500"),
        ("fr", "10 000", "#10000"),
        ("en", "0042", "#42"),
        ("en", "1,2,3", "#1,2,3"),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language, raw, number):
    assert folded(raw, language).keys == [number]


@pytest.mark.parametrize("language", sorted(SPELLED))
@given(number=st.one_of(st.integers(2, 120), st.integers(2, 999_999)))
def test_numbers_in_words_are_worth_what_they_say(language, number):
    assert folded(SPELLED[language](number), language).keys == [f"#{number}"]
    assert folded(f"{SPELLED[language](number)} Euro", language).keys[0] == f"#{number}"


@pytest.mark.parametrize(
    ("language", "words", "digits"),
    [
        ("en", "nine point eight", "9.8"),
        ("en", "three point one four", "3.14"),
        ("en", "two point three million", "2,300,000"),
        ("de", "drei Komma fünf Prozent", "3,5 %"),
        ("de", "eins Komma null fünf", "1,05"),
        ("fr", "six virgule vingt-cinq", "6,25"),
        ("fr", "un virgule sept", "1,7"),
        ("es", "dos coma cinco por ciento", "2,5 %"),
        ("de", "dreihundertachtundvierzig Millionen", "348 Millionen"),
        ("en", "two dollars ten", "$2.10"),
        ("fr", "six mètres vingt", "6,20 mètres"),
        ("de", "zwei Euro fünfzig", "2,50 Euro"),
    ],
)
def test_decimals_in_words_are_those_in_digits(language, words, digits):
    assert folded(words, language).keys == folded(digits, language).keys


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the point two made"),
        ("en", "in two days ten people came"),
        ("de", "die Hundertschaft und einer von uns"),
        ("fr", "un des deux"),
        ("es", "un punto y otro"),
    ],
)
def test_other_words_beside_numbers_stay_words(language, words):
    assert not any("." in key for key in folded(words, language).keys)
    assert len(folded(words, language).keys) == len(words.split())


def test_brackets_of_a_quotation_are_the_words_of_who_quotes():
    words = quoted("[T]he [mayor of the town] will")
    assert words.keys == ["the", "mayor", "of", "the", "town", "will"]
    assert list(words.flags) == [0, WILD, WILD, WILD, WILD, 0]
    assert quoted("[d]on’t go").keys == ["do", "n't", "go"]


def test_gaps_are_noted_before_the_word_behind_them():
    words = quoted("one … three [...] five. . . seven")
    assert [bool(flag & GAP) for flag in words.flags] == [False, True, True, True]
    text = "“We go,” he said, “and stay.”"
    parted = fold_quotation(text, [Span(1, 7), Span(19, 28)], LEXICONS.of("en"))
    assert list(parted.flags) == [0, 0, GAP | BREAK, 0]


def test_stage_notes_are_left_out_of_quotations_too():
    words = quoted("It works… (CROSSTALK) Again. … (Laughter)")
    assert words.keys == ["it", "works", "again"]
    assert [bool(flag & GAP) for flag in words.flags] == [False, False, True]


def test_labels_of_turns_are_no_words():
    builder = Builder("Ada\nIt works")
    builder.label(0, 3)
    builder.take(4, 12)
    made = builder.build()
    assert fold(Document(made.text, origin=made), LEXICONS.of("en")).keys == ["it", "works"]


def test_hesitation_is_kept_where_it_is_asked_for():
    assert folded("We, uh, we go", disfluencies=False).keys == ["we", "uh", "we", "go"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "und"])
@given(text=st.text())
def test_every_word_lies_in_the_text_and_holds_what_it_is_made_of(language, text):
    lexicon = LEXICONS.of(language) if language != "und" else Lexicon(None)
    for words in (
        fold(Document(text), lexicon),
        fold_quotation(text, [Span(0, len(text))] if text else [], lexicon),
    ):
        assert len(words.keys) == len(words.starts) == len(words.ends) == len(words.flags)
        for place, key in enumerate(words.keys):
            assert key
            assert 0 <= words.starts[place] < words.ends[place] <= len(text)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "Omega"]), min_size=1))
def test_marks_and_blanks_never_matter(row):
    plain = folded(" ".join(row), disfluencies=False)
    assert plain.keys == folded("“" + ",  ".join(row).upper() + ".”", disfluencies=False).keys


def test_a_stop_behind_digits_makes_a_place_in_a_row_before_a_date_alone():
    assert folded("am 12. April", "de").keys == folded("am zwölften April", "de").keys
    assert folded("Es kamen 12. Alle", "de").keys == folded("Es kamen zwölf. Alle", "de").keys
