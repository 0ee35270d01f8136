"""Quotations that fill a paragraph of their own behind one with its report, and dialogue, in which somebody else answers."""

from __future__ import annotations

import pytest

from quoteminer import Document, Miner
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reports.grammar import grammar

MINER = Miner(["rules"], on_error="raise")


def contents(text: str) -> list[list[str]]:
    return [[text[span.start : span.end] for span in quote.content] for quote in MINER.mine(Document(text, language="en"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“It works,” said Ada Brock.\n\n“Nobody has to pay for it.”\n\nThe council met on Monday.",
            [["It works,", "Nobody has to pay for it."]],
        ),
        (
            "Ada Brock was glad. She said: “It works.”\n\n“Nobody has to pay for it.”\n\nThe council met.",
            [["It works.", "Nobody has to pay for it."]],
        ),
        # Somebody asks, so that somebody else answers.
        ("“Does it work?” asked Ada.\n\n“It did last week.”\n\nShe left.", [["Does it work?"], ["It did last week."]]),
        # Another sentence lies between.
        (
            "“It works,” said Ada Brock. The council met.\n\n“Nobody has to pay for it.”\n\nIt ended late.",
            [["It works,"], ["Nobody has to pay for it."]],
        ),
        # Two such paragraphs in a row are dialogue, here and anywhere else in the text.
        (
            "“It works,” said Ada.\n\n“It does not.”\n\n“It did last week.”\n\nShe left.",
            [["It works,"], ["It does not."], ["It did last week."]],
        ),
        (
            "“It works,” said Ada.\n\n“I know it does.”\n\nShe left.\n\n“Come back,” said Bob.\n\n“Never.”\n\n“Please.”",
            [["It works,"], ["I know it does."], ["Come back,"], ["Never."], ["Please."]],
        ),
        ("—It works, said Ada.\n—It does not.\n—It does so.", [["It works,"], ["It does not."], ["It does so."]]),
    ],
)  # fmt: skip
def test_a_paragraph_in_marks_goes_on_with_the_one_before_unless_it_is_dialogue(text, expected):
    assert contents(text) == expected


@pytest.mark.timed
def test_time_grows_linearly_with_such_paragraphs():
    rules = grammar(LANGUAGES / "en")
    block = "“It works,” said Ada Brock.\n\n“Nobody has to pay for it.”\n\nThe council met on Monday.\n\n"
    _, factor = growth(lambda count: rules.find(block * count, scope="speech"))
    assert factor < TOO_STEEP
