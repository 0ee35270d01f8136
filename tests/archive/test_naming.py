"""Names taken apart, and what texts tell of whoever bears them."""

from __future__ import annotations

import pytest

from quoteminer.archive.naming import Words, likeness, take_apart
from quoteminer.archive.telling import behind, names_in, words_near


@pytest.fixture(scope="module")
def words(miner):
    return Words.of(miner.components("quoteminer_languages"))


@pytest.mark.parametrize(
    ("name", "key", "before"),
    [
        ("Ana Ruiz", "ana ruiz", ()),
        ("Dr. Ana M. Ruiz", "ana m ruiz", ("dr",)),
        ("Mr Ruiz", "ruiz", ()),
        ("Harbourmaster David Clarke", "david clarke", ("harbourmaster",)),
        ("John Kessler Jr.", "john kessler jr", ()),
        ("Elizabeth Rannie MSP", "elizabeth rannie", ()),
        ("Jenny Tran-Hughes", "jenny tran-hughes", ()),
        ("J.R. Moor", "j r moor", ()),
    ],
)
def test_a_name_is_taken_apart(words, name, key, before):
    found, told = take_apart(name, words)
    assert (found.key, told) == (key, before)


@pytest.mark.parametrize(
    ("one", "two", "how"),
    [
        ("Ana Ruiz", "ANA RUÍZ", "same"),
        ("Robert Hale", "Bob Hale", "variant"),
        ("Thomas J. Reed", "Tom Reed", "variant"),
        ("Jenny Tran", "Jennifer Tran-Hughes", "variant"),
        ("Yusuf Haddad", "Youssef Haddad", "spelling"),
        ("A. Ruiz", "Ana Ruiz", "initial"),
        ("Ruiz", "Ana Ruiz", "last"),
        ("Ana Ruiz", "Bea Ruiz", None),
        ("Thomas J. Reed", "Thomas B. Reed", None),
        ("John Kessler Sr.", "John Kessler Jr.", None),
        ("René Roy", "Renée Roy", None),
        ("B. Ruiz", "Ana Ruiz", None),
        ("Ana Ruiz", "Ana Moor", None),
        ("Muhammad Rahman", "Mahmud Rahman", None),
    ],
)
def test_two_names_may_be_of_one_person(words, one, two, how):
    left, right = take_apart(one, words)[0], take_apart(two, words)[0]
    assert likeness(left, right, words) == likeness(right, left, words) == how


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (" Jr., 41, said", ("jr", 1985)),
        (", aged 41, said", ("", 1985)),
        (", a 41-year-old nurse,", ("", 1985)),
        (" said 41 boats", ("", None)),
        (", 7, said", ("", None)),
        ("", ("", None)),
    ],
)
def test_generation_and_age_stand_behind_a_name(after, told):
    assert behind(f"Ana Ruiz{after}", 8, 2026) == told


def test_names_of_places_and_nouns_of_people_stand_near():
    names = names_in("Boats came to Saltmere. Everybody in Saltmere saw them, said Ruiz on Monday.", {"ruiz", "monday"})
    assert (sorted(names.inside), sorted(names.opening)) == (["saltmere"], ["boats", "everybody"])
    text = "The mayor slept. Ana Ruiz, the coach of the club, said so. A pilot came."
    assert words_near(text, 17, 25) & {"mayor", "coach", "pilot"} == {"coach"}


def test_names_of_several_words_stand_side_by_side():
    names = names_in("At Port Anselm, said Ana Ruiz of Eastside High School saw Hill. Point", {"ana", "ruiz"})
    assert sorted(names.phrases) == ["eastside high school", "port anselm"]


def test_packs_tell_which_names_are_frequent_in_which_fields_roles_are_and_which_words_are_common(words):
    assert {"smith", "muller", "garcia"} <= words.frequent
    assert words.fields["surgeon"] == {"medicine"}
    assert words.shares_in("en-GB")["told"] > 0.5
    assert words.shares_in("xx") is None
