"""Each cause of an error by an example, and the passage in which it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Span
from quoteminer.evaluation import evaluate

from .cases import document, quote

TEXT = "It rained. Ada said one two three four and five six seven eight. Bob left.\n\nCarla came."
LEFT, RIGHT, BOTH = "one two three four", "five six seven eight", "one two three four and five six seven eight"


def errors(gold, found):
    return evaluate([document(TEXT, *gold)], [document(TEXT, *found)]).errors


@pytest.mark.parametrize(
    ("gold", "found", "causes"),
    [
        ([quote(TEXT, LEFT)], [], [("missed",)]),
        ([], [quote(TEXT, LEFT)], [("not a quotation",)]),
        ([quote(TEXT, LEFT)], [quote(TEXT, RIGHT)], [("missed",), ("not a quotation",)]),
        ([quote(TEXT, LEFT), quote(TEXT, RIGHT)], [quote(TEXT, BOTH)], [("merged",), ("merged",)]),
        ([quote(TEXT, BOTH)], [quote(TEXT, LEFT), quote(TEXT, RIGHT)], [("split",)]),
        ([quote(TEXT, BOTH)], [quote(TEXT, LEFT + " and"), quote(TEXT, RIGHT)], [("boundary",), ("split",)]),
        ([quote(TEXT, BOTH)], [quote(TEXT, "one two")], [("boundary",)]),
        ([quote(TEXT, LEFT)], [quote(TEXT, "two three four")], [("boundary",)]),
        ([quote(TEXT, LEFT, source="Ada")], [quote(TEXT, LEFT, source="Bob")], [("wrong source",)]),
        ([quote(TEXT, LEFT, source="Ada")], [quote(TEXT, LEFT)], [("wrong source",)]),
        ([quote(TEXT, LEFT, speaker="Ada Byron")], [quote(TEXT, LEFT, speaker="Bob")], [("wrong speaker",)]),
        ([quote(TEXT, LEFT, speaker="Ada Byron")], [quote(TEXT, LEFT)], [("wrong speaker",)]),
        ([quote(TEXT, LEFT, speaker="Ada Byron")], [quote(TEXT, LEFT, speaker="Byron")], []),
        (
            [quote(TEXT, LEFT, source="Ada", speaker="Ada")],
            [quote(TEXT, "two three four", source="Bob", speaker="Bob")],
            [("wrong source", "wrong speaker", "boundary")],
        ),
        ([quote(TEXT, LEFT, source="Ada")], [quote(TEXT, LEFT, source="Ada")], []),
    ],
)
def test_likely_causes(gold, found, causes):
    assert sorted(error.causes for error in errors(gold, found)) == sorted(causes)


def test_an_error_shows_both_sides_in_their_sentence():
    (error,) = errors(
        [quote(TEXT, LEFT, source="Ada", cue="said")], [quote(TEXT, "two three four", confidence=0.7, detail="rule=x")]
    )
    assert error.text == "Ada said one two three four and five six seven eight."
    assert error.context == Span(11, 64)
    (gold,), (found,) = error.gold, error.found
    assert (gold.content, gold.confidence) == ((Span(20, 38),), None)
    assert (found.confidence, found.detail) == (0.7, "rule=x")


def test_contexts_end_at_paragraphs_and_are_not_endless():
    text = "Before\n\n" + "word " * 400 + "“Yes” " + "word " * 400
    (error,) = evaluate([document(text, quote(text, "Yes"))], [document(text)]).errors
    assert error.text.startswith("word")
    assert len(error.text) < 700


contents = st.lists(st.tuples(st.integers(0, 13), st.integers(1, 6)), max_size=5)


@given(contents, contents)
def test_every_difference_is_in_some_error(gold, found):
    """Of unmatched gold and finds each is shown; of matched ones those that are not exact."""
    words = TEXT.partition("\n")[0].split()

    def quotes(items):
        return [quote(TEXT, " ".join(words[a : a + n]), id=str(i)) for i, (a, n) in enumerate(items) if words[a : a + n]]

    left, right = quotes(gold), quotes(found)
    report = evaluate([document(TEXT, *left)], [document(TEXT, *right)])
    shown_gold = {item.id for error in report.errors for item in error.gold}
    shown_found = {item.id for error in report.errors for item in error.found}
    exact = {item.content for item in left} & {item.content for item in right}
    assert {item.id for item in left if item.content not in exact} <= shown_gold
    assert {item.id for item in right if item.content not in exact} <= shown_found
    for error in report.errors:
        assert TEXT[error.context.start : error.context.end] == error.text
        assert all(error.context.contains(span) for side in (*error.gold, *error.found) for span in side.content)
