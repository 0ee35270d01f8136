"""Leaving out what is not sure: what stays is as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, ConfigurationError, Document, Extraction, Miner, Quote, Speaker
from quoteminer.mining.confident import confident
from quoteminer.testing.strategies import extractions

TEXT = "Ada said Bob told Cy the dam of 1912 leaked."


def _story() -> Extraction:
    outer = Quote([(9, 43)], "indirect", source=(0, 3), speaker="s1", confidence=0.9, id="q1")
    inner = Quote([(21, 43)], "indirect", source=(9, 12), speaker="s2", addressee="s3", parent="q1", confidence=0.4, id="q2")
    people = [
        Speaker("s1", "Ada", mentions=[(0, 3)]),
        Speaker("s2", "Bob", mentions=[(9, 12)]),
        Speaker("s3", "Cy", mentions=[(18, 20)]),
    ]
    claim = Claim([(21, 43)], "event", claimant="s2", quote="q2", confidence=0.8, id="c1")
    return Extraction(Document(TEXT), [outer, inner], people, [claim])


def test_what_is_less_sure_goes_with_whom_only_it_names():
    left = confident(_story(), 0.5)
    assert [quote.id for quote in left.quotes] == ["q1"]
    assert [speaker.name for speaker in left.speakers] == ["Ada"]


def test_a_claim_in_what_goes_belongs_to_what_is_around_it_and_has_no_claimant():
    (claim,) = confident(_story(), 0.5).claims
    assert (claim.quote, claim.claimant) == ("q1", None)


def test_a_claim_that_is_less_sure_goes():
    assert confident(_story(), 0.85).claims == ()


def test_what_stands_in_something_unsure_moves_outwards():
    story = _story()
    unsure = Extraction(
        story.document,
        [Quote([(0, 43)], "direct", confidence=0.9, id="q0"), Quote([(9, 43)], "indirect", parent="q0", confidence=0.1, id="q1"),
         Quote([(21, 43)], "indirect", parent="q1", confidence=0.9, id="q2")],
    )  # fmt: skip
    assert [(quote.id, quote.parent) for quote in confident(unsure, 0.5).quotes] == [("q0", None), ("q2", "q0")]


@given(extractions(), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_bound_leaves_a_part_of_what_a_lower_one_leaves(extraction, one, other):
    low, high = sorted((one, other))
    some, fewer = confident(extraction, low), confident(extraction, high)
    assert confident(some, high) == fewer
    assert {quote.id for quote in fewer.quotes} == {quote.id for quote in extraction.quotes if quote.confidence >= high}
    assert {claim.id for claim in fewer.claims} == {claim.id for claim in extraction.claims if claim.confidence >= high}
    assert confident(extraction, 0) == extraction


@pytest.mark.parametrize("wrong", [-0.1, 1.1, "0.5", None, float("nan")])
def test_a_bound_is_a_number_from_0_to_1(wrong):
    with pytest.raises(ConfigurationError, match=r"min_confidence: .* is not a number from 0 to 1"):
        Miner(min_confidence=wrong)


def test_the_miner_leaves_out_what_is_less_sure():
    text = "“It works,” said Ada. Bob feared it might not."
    every = Miner(["rules"]).mine(text).quotes
    bound = max(quote.confidence for quote in every)
    assert Miner(["rules"], min_confidence=bound).mine(text).quotes == tuple(one for one in every if one.confidence >= bound)
