"""Spans: order, unpacking, refusal of what is no range."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Quote, Span, SpanError

spans = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def test_span_unpacks_and_has_a_length():
    start, end = Span(2, 5)
    assert (start, end) == (2, 5)
    assert len(Span(2, 5)) == 3


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), ("1", 2), (1.0, 2), (True, 2)])
def test_what_is_no_range_is_refused_with_its_values(start, end):
    with pytest.raises(SpanError) as caught:
        Span(start, end)
    assert caught.value.value == (start, end)
    assert str(end) in str(caught.value)


def test_span_error_is_a_value_error_and_survives_pickling():
    with pytest.raises(ValueError, match="start") as caught:
        Span(5, 1)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.field, again.value) == (str(caught.value), "span", (5, 1))


@given(spans, spans)
def test_order_is_that_of_the_pairs(left: Span, right: Span):
    assert (left < right) == (tuple(left) < tuple(right))


@given(spans, spans)
def test_overlap_is_symmetric_and_contained_spans_overlap(left: Span, right: Span):
    assert left.overlaps(right) == right.overlaps(left)
    assert left.overlaps(right) == bool(set(range(*left)) & set(range(*right)))
    assert left.contains(right) == (set(range(*right)) <= set(range(*left)))


def test_document_gives_the_text_of_a_span():
    assert Document("a𝄞b")[Span(1, 2)] == "𝄞"


def test_document_refuses_a_span_outside_its_text():
    with pytest.raises(SpanError, match="outside the text of 3"):
        Document("abc")[Span(2, 4)]


def test_document_is_indexed_by_spans_only():
    document: Any = Document("abc")
    with pytest.raises(SpanError):
        document[0]


def test_spans_cannot_be_changed():
    span: Any = Span(1, 2)
    with pytest.raises(AttributeError):
        span.start = 0


def test_content_in_any_order_is_sorted():
    assert Quote([(5, 7), (1, 3)], "direct").content == (Span(1, 3), Span(5, 7))


@pytest.mark.parametrize("content", [[], [(1, 3), (2, 4)], [(3, 1)], [5], None, Span(1, 2), "ab"])
def test_bad_content_is_refused_by_name(content):
    with pytest.raises(SpanError, match=r"Quote\.content"):
        Quote(content, "direct")


def test_whole_numbers_of_other_types_become_int():
    class Whole:
        def __index__(self):
            return 3

    span = Span(0, Whole())
    assert span == Span(0, 3)
    assert type(span.end) is int


@pytest.mark.parametrize("cue", [None, 0, [(1, 3), (2, 4)]])
def test_bad_cues_are_refused_by_name(cue):
    with pytest.raises(SpanError, match=r"Quote\.cue"):
        Quote([(0, 1)], "direct", cue=cue)
