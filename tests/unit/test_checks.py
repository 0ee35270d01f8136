"""Each check lets good values pass, and says of a bad one which field it stands in and what is wrong."""

from __future__ import annotations

import math
import sys
from types import SimpleNamespace

import pytest

from quoteminer import AnnotationError, Span, SpanError, checks


class Word(str):
    pass


class Real(float):
    pass


class Whole(int):
    pass


@pytest.mark.parametrize(
    "check",
    [
        lambda: checks.one_of("b", ("a", "b"), "F"),
        lambda: checks.text("a", "F"),
        lambda: checks.text("", "F"),
        lambda: checks.text("", "F", optional=True),
        lambda: checks.text(None, "F", optional=True),
        lambda: checks.text("a", "F", empty=False),
        lambda: checks.text(type("Text", (str,), {})("a"), "F"),
        lambda: checks.score(0, "F"),
        lambda: checks.score(1, "F"),
        lambda: checks.score(0.5, "F"),
        lambda: checks.number(None, "F"),
        lambda: checks.number(-(10**300), "F"),
        lambda: checks.number(sys.float_info.max, "F"),
        lambda: checks.number(0.0, "F"),
        lambda: checks.instance(True, int, "F"),
        lambda: checks.all_of([], int, "F"),
        lambda: checks.all_of([1, True], int, "F"),
        lambda: checks.inside(Span(0, 3), 3, "F"),
        lambda: checks.refers(None, (), "F", "q1"),
        lambda: checks.refers("a", {"a"}, "F", "q1"),
    ],
)
def test_good_values_pass(check):
    check()


def test_values_come_back_plain():
    made = [
        checks.one_of(Word("b"), ("a", "b"), "F"),
        checks.text(Word("a"), "F"),
        checks.score(Real(0.5), "F"),
        checks.number(Whole(3), "F"),
    ]
    assert made == ["b", "a", 0.5, 3]
    assert [type(value) for value in made] == [str, str, float, int]
    assert checks.text(None, "F", optional=True) is None
    assert checks.number(None, "F") is None


@pytest.mark.parametrize(
    ("check", "message", "value"),
    [
        (lambda: checks.one_of("c", ("a", "b"), "F"), "'c' is not one of a, b", "c"),
        (lambda: checks.text(3, "F"), "expected a str, not 3", 3),
        (lambda: checks.text(None, "F"), "expected a str, not None", None),
        (lambda: checks.text(None, "F", empty=False), "expected a str, not None", None),
        (lambda: checks.text(3, "F", optional=True), "expected a str or None, not 3", 3),
        (lambda: checks.text("", "F", empty=False), "must not be empty", ""),
        (lambda: checks.score(-0.1, "F"), "-0.1 is not a number from 0 to 1", -0.1),
        (lambda: checks.score(1.1, "F"), "1.1 is not a number from 0 to 1", 1.1),
        (lambda: checks.score(2, "F"), "2 is not a number from 0 to 1", 2),
        (lambda: checks.score(True, "F"), "True is not a number from 0 to 1", True),
        (lambda: checks.score("1", "F"), "'1' is not a number from 0 to 1", "1"),
        (lambda: checks.number(True, "F"), "True is no finite number", True),
        (lambda: checks.number("1", "F"), "'1' is no finite number", "1"),
        (lambda: checks.number(math.inf, "F"), "inf is no finite number", math.inf),
        (lambda: checks.number(-math.inf, "F"), "-inf is no finite number", -math.inf),
        (lambda: checks.number(10**400, "F"), f"{10**400} is no finite number", 10**400),
        (lambda: checks.instance("a", int, "F"), "expected int, not 'a'", "a"),
        (lambda: checks.all_of([1, "a", "b"], int, "F"), "expected int, not 'a'", "a"),
        (lambda: checks.items(3, "F"), "expected an iterable, not 3", 3),
        (lambda: checks.unique([SimpleNamespace(id="")], "F"), "must not be empty in an Extraction", ""),
        (lambda: checks.unique([SimpleNamespace(id="a")] * 2, "F"), "'a' is used twice", "a"),
        (lambda: checks.refers("b", {"a"}, "F", "q1"), "'q1' refers to 'b', which is not there", "b"),
        (lambda: checks.refers("b", (), "F", "q1"), "'q1' refers to 'b', which is not there", "b"),
    ],
)
def test_a_bad_value_is_told_with_its_field(check, message, value):
    with pytest.raises(AnnotationError) as caught:
        check()
    assert (str(caught.value), caught.value.field, caught.value.value) == (f"F: {message}", "F", value)


@pytest.mark.parametrize("check", [checks.score, checks.number])
def test_no_number_is_no_score_and_no_quantity(check):
    with pytest.raises(AnnotationError, match="nan") as caught:
        check(math.nan, "F")
    assert caught.value.field == "F"
    assert math.isnan(caught.value.value)


def test_an_integer_of_thousands_of_digits_is_no_number():
    with pytest.raises(AnnotationError, match=r"^F: <int that cannot be shown> is no finite number$"):
        checks.number(10**5000, "F")


def test_a_span_outside_the_text_is_told_with_the_size():
    with pytest.raises(SpanError) as caught:
        checks.inside(Span(2, 4), 3, "F")
    assert str(caught.value) == "F: Span(start=2, end=4) reaches outside the text of 3 code points"
    assert (caught.value.field, caught.value.value) == ("F", Span(2, 4))


class Unspeakable:
    def __repr__(self):
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    "check",
    [
        lambda value: checks.one_of(value, ("a", "b"), "F"),
        lambda value: checks.text(value, "F"),
        lambda value: checks.score(value, "F"),
        lambda value: checks.number(value, "F"),
        lambda value: checks.all_of([value], int, "F"),
        lambda value: checks.items(value, "F"),
    ],
)
def test_values_that_cannot_be_shown_are_refused_like_others(check):
    with pytest.raises(AnnotationError, match=r"^F: .*<Unspeakable that cannot be shown>") as caught:
        check(Unspeakable())
    assert caught.value.field == "F"


def test_items_are_taken_from_any_iterable_in_its_order():
    assert checks.items(iter("ba"), "F") == ("b", "a")


def test_an_error_inside_an_iterator_is_not_mistaken_for_a_value_that_is_none():
    def failing():
        yield 1
        raise TypeError("inside")

    with pytest.raises(TypeError, match="inside"):
        checks.items(failing(), "F")


def test_unique_gives_the_ids():
    assert checks.unique([SimpleNamespace(id="a"), SimpleNamespace(id="b")], "F") == {"a", "b"}
