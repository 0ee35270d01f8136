"""Spans: order, unpacking, refusal of what is no range."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Extraction, Quote, Span, SpanError
from quoteminer.spans import to_span, to_spans

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


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (3, 3, "a span needs 0 <= start < end, not start=3, end=3"),
        ("1", 2, "a span needs two integers, not '1' and 2"),
        (0, True, "a span needs two integers, not 0 and True"),
    ],
)
def test_a_refused_span_says_what_it_needs(start, end, message):
    with pytest.raises(SpanError) as caught:
        Span(start, end)
    assert (str(caught.value), caught.value.field, caught.value.value) == (message, "span", (start, end))


def test_the_first_code_point_is_a_span():
    assert tuple(Span(0, 1)) == (0, 1)


def test_spans_compare_with_spans_only():
    assert sorted([Span(2, 3), Span(1, 4), Span(1, 3)]) == [Span(1, 3), Span(1, 4), Span(2, 3)]
    assert Span(1, 2) <= Span(1, 2)
    assert not Span(1, 2) < Span(1, 2)
    pair: Any = (1, 2)
    assert Span(1, 2) != pair
    with pytest.raises(TypeError):
        Span(1, 2) < pair  # noqa: B015


@given(spans, spans)
def test_order_is_that_of_the_pairs(left: Span, right: Span):
    assert (left < right) == (tuple(left) < tuple(right))


@given(spans, spans)
def test_overlap_is_symmetric_and_contained_spans_overlap(left: Span, right: Span):
    assert left.overlaps(right) == right.overlaps(left)
    assert left.overlaps(right) == bool(set(range(*left)) & set(range(*right)))
    assert left.contains(right) == (set(range(*right)) <= set(range(*left)))


def test_spans_that_only_touch_share_nothing():
    assert not Span(0, 2).overlaps(Span(2, 4))
    assert not Span(2, 4).overlaps(Span(0, 2))
    assert Span(0, 3).overlaps(Span(2, 4))
    assert Span(2, 4).overlaps(Span(0, 3))


def test_a_span_contains_itself_and_what_ends_with_it():
    assert Span(1, 4).contains(Span(1, 4))
    assert Span(1, 4).contains(Span(2, 4))
    assert not Span(1, 4).contains(Span(0, 4))
    assert not Span(1, 4).contains(Span(1, 5))


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
    assert span.start == 1
    assert pickle.loads(pickle.dumps(span)) == span
    assert hash(Span(1, 2)) == hash(span)


def test_content_in_any_order_is_sorted():
    assert Quote([(5, 7), (1, 3)], "direct").content == (Span(1, 3), Span(5, 7))


@pytest.mark.parametrize("content", [[], [(1, 3), (2, 4)], [(3, 1)], [5], None, Span(1, 2), "ab"])
def test_bad_content_is_refused_by_name(content):
    with pytest.raises(SpanError, match=r"Quote\.content"):
        Quote(content, "direct")


@pytest.mark.parametrize(
    ("content", "message", "value"),
    [
        ([], "needs at least one span", []),
        ([5], "expected a Span or a pair of integers, not 5", 5),
        ([(1, 2, 3)], "expected a Span or a pair of integers, not (1, 2, 3)", (1, 2, 3)),
        (["ab"], "expected a Span or a pair of integers, not 'ab'", "ab"),
        ([[3, 1]], "a span needs 0 <= start < end, not start=3, end=1", [3, 1]),
        ([(1, "2")], "a span needs two integers, not 1 and '2'", (1, "2")),
        (None, "expected an iterable of spans, not None", None),
        (3, "expected an iterable of spans, not 3", 3),
        (Span(1, 2), "expected an iterable of spans, not one Span; write (Span(start=1, end=2),)", Span(1, 2)),
        (
            [(2, 4), (1, 3)],
            "Span(start=1, end=3) and Span(start=2, end=4) overlap",
            (Span(1, 3), Span(2, 4)),
        ),
    ],
)
def test_refused_content_is_told_with_what_was_given(content, message, value):
    with pytest.raises(SpanError) as caught:
        Quote(content, "direct")
    assert str(caught.value) == f"Quote.content: {message}"
    assert (caught.value.field, caught.value.value) == ("Quote.content", value)
    # What went wrong inside says nothing more.
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_offsets_that_cannot_be_shown_are_refused_like_others():
    huge = 10**5000
    with pytest.raises(SpanError, match=r"not start=<int that cannot be shown>, end=1$"):
        Span(huge, 1)
    with pytest.raises(SpanError, match=r"two integers, not <int that cannot be shown> and '1'$"):
        Span(huge, "1")
    with pytest.raises(SpanError, match=r"<tuple that cannot be shown>$"):
        Quote([(1, 2, huge)], "direct")
    with pytest.raises(SpanError, match=r"overlap$"):
        Quote([(1, huge), (2, 3)], "direct")
    with pytest.raises(SpanError, match="<Span that cannot be shown> reaches outside the text of 1"):
        Extraction(Document("x"), [Quote([(0, huge)], "direct", id="q1")])


def test_pieces_of_content_may_touch():
    assert Quote([(3, 5), (1, 3)], "direct").content == (Span(1, 3), Span(3, 5))


def test_spans_that_are_given_are_kept_as_they_are():
    span = Span(1, 3)
    assert to_span(span, "here") is span
    assert to_spans([span], "here")[0] is span
    assert to_spans(iter([(4, 5), span]), "here") == (span, Span(4, 5))


def test_no_span_is_enough_only_where_that_is_said():
    assert to_spans([], "here", empty=True) == ()
    with pytest.raises(SpanError, match="here: needs at least one span"):
        to_spans([], "here")


def test_whole_numbers_of_other_types_become_int():
    class Whole:
        def __index__(self):
            return 3

    span = Span(0, Whole())
    assert span == Span(0, 3)
    assert type(span.end) is int
    start = Span(Whole(), 4).start
    assert (start, type(start)) == (3, int)


@pytest.mark.parametrize("cue", [None, 0, [(1, 3), (2, 4)]])
def test_bad_cues_are_refused_by_name(cue):
    with pytest.raises(SpanError, match=r"Quote\.cue"):
        Quote([(0, 1)], "direct", cue=cue)
