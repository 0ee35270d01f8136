"""Names taken apart, and what texts tell of whoever bears them."""

from __future__ import annotations

import pytest

from quoteminer.archive.evidence import behind, jobs_near, names_in
from quoteminer.archive.naming import Words, likeness, take_apart


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
        ("Yusuf Haddad", "Youssef Haddad", "variant"),
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
    inside, opening = names_in("Boats came to Saltmere. Everybody in Saltmere saw them, said Ruiz on Monday.", ["ruiz", "monday"])
    assert (sorted(inside), sorted(opening)) == (["saltmere"], ["boats", "everybody"])
    text = "The mayor slept. Ana Ruiz, the coach of the club, said so. A pilot came."
    assert set(jobs_near(text, 17, 25, frozenset(["mayor", "coach", "pilot"]))) == {"coach"}
