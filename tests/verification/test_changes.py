"""Of what kind changes are said to be."""

from __future__ import annotations

import pytest

from quoteminer.verification import Checker
from quoteminer.verification.findings import Finding

from .alterations import Case, article
from .packs import miner


def checked(source: str, words: str, language: str = "en") -> Finding:
    """What is said of a quotation by Ada Brock, who says all of the source."""
    return (
        Checker([f"ADA BROCK: {source}"], miner=miner())
        .check(article([Case("", words, "Ada Brock", "", None)], language))
        .findings[0]
    )


def kinds(source: str, words: str) -> set[str]:
    return {change.kind for change in checked(source, words).changes}


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        # Clauses and asides that are left out are so as a whole, whatever they count or deny.
        (
            "The boats are new. I had never seen two of them before. But the nets are old.",
            "The boats are new, but the nets are old",
            {"dropped"},
        ),
        (
            "The boats leave, in two or three weeks, for the islands in the north.",
            "The boats leave for the islands in the north",
            {"dropped"},
        ),
        # They may be a condition of the rest.
        (
            "We mend the nets and, if we have the money, we paint the boats.",
            "We mend the nets and we paint the boats",
            {"condition", "dropped"},
        ),
        # A number in the middle of a clause is one.
        ("We mended two nets before the winter.", "We mended nets before the winter", {"number"}),
        # One denial for another denies the same.
        ("We will not mend the nets before winter.", "We will never mend the nets before winter", {"replaced"}),
        ("We will not mend the nets before winter.", "We will mend the nets before winter", {"negation"}),
        # A verb that is put in is no other tense of one.
        ("The nets in the harbour were old and torn.", "The nets in the harbour are old and torn", {"tense"}),
        # Words that stand elsewhere have not gone.
        (
            "They have mended the boats, for nine hundred euros, and the people come from far away.",
            "They have the boats, for nine hundred euros, mended, and the people come from far away",
            {"order"},
        ),
    ],
)
def test_kinds_of_changes(source, words, expected):
    assert kinds(source, words) == expected


def test_what_is_left_out_twice_alike_is_the_clause():
    finding = checked("We will sail, and I say so if nobody does, we will sail tonight.", "We will sail tonight")
    assert finding.changes
    finding = checked(
        "We want no strike. I never met a man who wanted a strike. But they force us.", "We want no strike. But they force us"
    )
    assert [change.source_words for change in finding.changes] == ["I never met a man who wanted a strike"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("It was a mistake … I fished it out again", "verbatim"),
        ("It was a … mistake by two of us", "altered"),
    ],
)
def test_numbers_of_clauses_that_an_ellipsis_leaves_out_change_nothing(words, verdict):
    source = "It was a mistake. Ten minutes later I got a hook and I fished it out again. It was a hundred times a mistake by two of us."
    assert checked(source, words).verdict == verdict
