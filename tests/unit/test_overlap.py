"""Pairs of finds by overlap: what a comparison of each with each gives, in far less time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Provenance, Quote, Span
from quoteminer.merging.overlap import NEAR, overlap, pairs, partners, shared, size
from quoteminer.merging.quotes import reconcile
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer.testing.strategies import span_tuples

TEXT = Document("x" * 40)
contents = st.lists(span_tuples(TEXT), max_size=12)


def offsets(spans):
    return {offset for span in spans for offset in range(span.start, span.end)}


@given(span_tuples(TEXT), span_tuples(TEXT))
def test_what_two_lists_of_spans_share(left, right):
    common = offsets(left) & offsets(right)
    assert shared(left, right) == shared(right, left) == len(common)
    assert size(left) == len(offsets(left))
    assert overlap(left, right) == pytest.approx(len(common) / len(offsets(left) | offsets(right)))


@given(contents, contents)
def test_few_finds_are_compared_each_with_each(left, right):
    assert len(left) + len(right) <= NEAR
    found = pairs(left, right, lambda i, j, common, a, b: common / (a + b - common))
    expected = {(i, j): overlap(left[i], right[j]) for i in range(len(left)) for j in range(len(right))}
    assert {(i, j): value for value, i, j in found} == pytest.approx({pair: value for pair, value in expected.items() if value})


@given(contents, contents)
def test_equal_finds_are_partners_once(left, right):
    equal = [(i, j) for value, i, j in partners(left, right, lambda *_: 0.0) if value == 1.0]
    assert len({i for i, _ in equal}) == len({j for _, j in equal}) == len(equal)
    assert all(left[i] == right[j] for i, j in equal)
    assert {left[i] for i, _ in equal} == {*left} & {*right}


def quotes(contents, extractor, cue=None):
    return [Quote(content, "direct", cue=() if cue is None else [cue], provenance=Provenance(extractor)) for content in contents]


@pytest.mark.parametrize(
    "content",
    [
        lambda i, n, step: [(i, i + 50_000 + step)],
        lambda i, n, step: [(10 * k + i % 5, 10 * k + i % 5 + 3 + step) for k in range(n)],
    ],
    ids=["in a pile", "of very many pieces"],
)
@pytest.mark.parametrize("told", [{}, {"a": 0.2, "b": 0.3}], ids=["untold", "told"])
@pytest.mark.timed
def test_time_grows_with_what_is_merged_whatever_it_is(content, told):
    def work(n):
        left, right = ([content(i, n // 20, step) for i in range(n)] for step in (0, 1))
        return [("a", quotes(left, "a", Span(60_000, 60_001))), ("b", quotes(right, "b", Span(60_000, 60_001)))]

    made = {n: work(n) for n in (200, 800)}
    # Four times as many finds of four times as many pieces are sixteen times the spans.
    _, factor = growth(lambda n: reconcile(made[n], told), smallest=200)
    assert factor <= (TOO_STEEP if len(made[200][0][1][0].content) == 1 else TOO_STEEP**2)
