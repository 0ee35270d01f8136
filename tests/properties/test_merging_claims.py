"""Merging of claims, whatever the extractors find."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, Document, Extraction, Provenance
from quoteminer.merging.claims import HELD, LEAST, SAME, reconcile_claims

TEXT = Document("x" * 24)
LEVELS = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])
BOUNDS = st.lists(st.integers(0, 24), min_size=2, max_size=4, unique=True).map(sorted)


def claims_of(extractor: str) -> st.SearchStrategy[list[Claim]]:
    """Claims in a short text, so that they meet often, with few confidences, so that they tie."""
    found = st.builds(
        lambda bounds, kind, confidence, worth, negated: Claim(
            list(zip(bounds[::2], bounds[1::2], strict=False)),
            kind,
            confidence=confidence,
            check_worthiness=worth,
            negated=negated,
            provenance=Provenance(extractor),
        ),
        BOUNDS,
        st.sampled_from(["other", "event"]),
        LEVELS,
        LEVELS,
        st.booleans(),
    )
    return st.lists(found, max_size=5, unique_by=lambda claim: (claim.spans, claim.kind))


results = st.tuples(*(claims_of(name) for name in "abc")).map(lambda found: dict(zip("abc", found, strict=True)))


def same(left: Claim, right: Claim) -> bool:
    a, b = ({place for span in claim.spans for place in range(span.start, span.end)} for claim in (left, right))
    return len(a & b) >= SAME * len(a | b) or len(a & b) >= HELD * min(len(a), len(b))


@given(results, st.dictionaries(st.sampled_from("abc"), st.sampled_from([0.1, 0.5, 1.0])), st.randoms(use_true_random=False))
def test_order_does_not_matter(found, silence, random):
    shuffled = [(name, random.sample(claims, len(claims))) for name, claims in found.items()]
    random.shuffle(shuffled)
    assert reconcile_claims(shuffled, silence) == reconcile_claims(found.items(), silence)


@given(results)
def test_the_result_is_valid_and_in_order(found):
    merged = reconcile_claims(found.items())
    assert [claim.id for claim in Extraction(TEXT, (), (), merged).claims] == [f"c{n}" for n in range(1, len(merged) + 1)]


@given(results)
def test_again_changes_nothing(found):
    once = reconcile_claims(found.items())
    assert reconcile_claims([("reconciled", once)]) == once


@given(claims_of("a"))
def test_one_extractor_loses_and_gains_nothing(claims):
    merged = reconcile_claims([("a", claims), ("b", [])])
    assert sorted(map(repr, (attrs.evolve(claim, id="") for claim in merged))) == sorted(map(repr, claims))


@given(results)
def test_what_stands_has_the_words_of_a_find_and_what_does_not_is_held_or_doubted(found):
    merged = reconcile_claims(found.items())
    every = [claim for claims in found.values() for claim in claims]
    assert {(claim.spans, claim.kind, claim.negated) for claim in merged} <= {(c.spans, c.kind, c.negated) for c in every}
    if sum(map(bool, found.values())) > 1:
        assert all(claim.confidence >= LEAST for claim in merged)
    for claim in every:
        # A sure find only goes where another extractor has the same claim.
        if claim.confidence == 1.0 and all(claim.spans != other.spans for other in merged):
            assert any(same(claim, other) for other in every if other.provenance != claim.provenance)


@given(results)
def test_no_two_that_stand_are_the_same_claim_by_different_extractors(found):
    merged = reconcile_claims(found.items())
    for number, one in enumerate(merged):
        for other in merged[number + 1 :]:
            if one.provenance.extractor.split("+")[0] != other.provenance.extractor.split("+")[0]:
                assert not same(one, other)
