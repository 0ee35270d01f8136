"""What counts where only speech does."""

from __future__ import annotations

import pytest

from quoteminer import Miner

SPEECH = Miner(["rules"], on_error="raise")
ALL = Miner(["rules"], on_error="raise", scope="all")


def contents(miner, text):
    extraction = miner.mine(text)
    return [quote.text(extraction.document) for quote in extraction]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ada believes that the engine works.", "that the engine works"),
        ("Ada hopes to mend the engine.", "to mend the engine"),
        ("Ada praised the engine.", "the engine"),
        ("Ada plans to open a second “canteen” in May.", "to open a second “canteen” in May"),
    ],
)
def test_what_is_thought_planned_or_praised_counts_only_in_the_wide_scope(text, content):
    assert contents(ALL, text) == [content]
    assert contents(SPEECH, text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ada said that the engine works.", "that the engine works"),
        ("Ada accused Bob of breaking “the only engine”.", "Bob of breaking “the only engine”"),
        ("The report shows that the engine works.", "that the engine works"),
        ("Ada called it “a wonder of the age”.", "a wonder of the age"),
    ],
)
def test_what_is_said_or_stands_in_marks_counts_in_both(text, content):
    assert contents(ALL, text) == contents(SPEECH, text) == [content]


def test_speech_inside_a_thought_stays_without_it():
    text = "Bob believes that Ada said: “It works.”"
    inside = [quote for quote in ALL.mine(text) if quote.parent is not None]
    assert [quote.kind for quote in inside] == ["direct"]
    (quote,) = SPEECH.mine(text)
    assert (quote.kind, quote.parent) == ("direct", None)


def test_who_tells_oneself_something_thinks_it():
    assert contents(ALL, "Ada told herself that it works.") == ["that it works"]
    assert contents(SPEECH, "Ada told herself that it works.") == []
