"""The page of both texts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from quoteminer import Document, verify
from quoteminer.json_form import dumps
from quoteminer.testing.strategies import verifications
from quoteminer.verification import page

SOURCE = Document(
    "ADA BROCK: I never said that it would work. It would cost <20 million> euros.", id="debate", title="The debate"
)


class Elements(HTMLParser):
    """Which elements there are, and whether they are nested as they must be."""

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def elements(text):
    parser = Elements()
    parser.feed(text)
    assert not parser.open
    return parser.seen


@pytest.fixture(scope="module")
def made() -> str:
    return page(
        verify(
            Document("“It would work,” Ada Brock said. “It would cost 30 million euros,” she said.", id="a", title="Costs"),
            SOURCE,
        )
    )


def test_differences_are_marked_in_both_texts(made):
    assert re.findall(r'<mark class="(\w+)" title="\w+">([^<]*)</mark>', made) == [
        ("negation", "never said that"),
        ("number", "30 million"),
        ("number", "20 million"),
    ]
    assert made.count('<li class="altered">') == 2
    assert "The debate" in made


def test_it_is_well_formed_and_inert(made):
    assert "script" not in elements(made)
    assert "<20 million>" not in made
    assert "&lt;" in made
    assert "http:" not in made
    assert "https:" not in made


def test_what_is_not_found_is_said():
    text = page(verify("“The whales will eat the harbour master,” Ada Brock said.", SOURCE))
    assert "No source has these words." in text
    assert "No quotation was found." in page(verify("Nobody speaks.", SOURCE))
    many = page([verify("“It would cost a lot of euros,” said Ada.", []), verify("Nothing.", SOURCE)])
    assert "2 articles" in many
    assert "there is no source" in many
    elements(many)


def test_the_title_is_as_given():
    assert "<title>&lt;mine&gt;: quotations and sources</title>" in page([], title="<mine>")


@given(verifications())
def test_whatever_is_found_is_shown_and_written(verification):
    elements(page(verification))
    rows = verification.to_dicts()
    assert [row["id"] for row in rows] == [quote.id for quote in verification.extraction.quotes]
    assert json.loads(dumps(rows)) is not None
    assert verification.good == all(finding.good for finding in verification)
