"""A clause of a report is judged by the sum of the weights of what is seen of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteminer_rules.claims.check_worthiness import Score
from quoteminer_rules.claims.judging import Traits, judge, measures

SCORES = st.builds(Score, st.integers(-2000, 2000), st.integers(-2000, 2000))
TRAITS = st.builds(
    Traits,
    st.sampled_from(["document", "direct", "indirect"]),
    st.sampled_from(["main", "unknown"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(words=SCORES, traits=TRAITS, sentence=SCORES, clause=SCORES)
def test_a_verdict_is_the_sum_of_its_weights(words: Score, traits: Traits, sentence: Score, clause: Score):
    known = judge("en")
    values = {**dict.fromkeys(traits.features(), 100), **dict(zip(measures(traits.voice), (*sentence, *clause), strict=True))}
    weights = {feature: known.words.weights(*feature) for feature in values}
    verdict = known.verdict(words, traits, sentence, clause)
    for part in (0, 1):
        exact = words[part] + sum(value * weights[feature][part] for feature, value in values.items()) / 100
        assert abs(verdict[part] - exact) <= 0.5


def test_a_trait_that_tells_something_has_a_weight():
    assert all(
        judge("en").words.weights(*feature) != (0, 0) for feature in Traits("document", "main", True, True, True).features()[:3]
    )
