"""Texts with entities of HTML: components read what they stand for, and what they find stands in the text as it was given."""

from __future__ import annotations

import html

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Miner
from quoteminer.evaluation import seeds
from quoteminer.mining.readable import readable, restored
from quoteminer.text import Aligned
from quoteminer.text.entities import unescaped

ENTITIES = {
    '"': "&quot;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    "’": "&#8217;",
    "‘": "&#x2018;",
    "&": "&amp;",
    "—": "&mdash;",
    "\u00a0": "&nbsp;",
    "£": "&pound;",
}


def escaped(text: str) -> str:
    return "".join(ENTITIES.get(sign, sign) for sign in text)


@given(st.lists(st.one_of(st.text("ab ;#“&"), st.sampled_from(list(ENTITIES)).map(escaped))))
def test_entities_become_what_they_stand_for(parts):
    text = "".join(parts)
    meant = "".join(html.unescape(part) if part in ENTITIES.values() else part for part in parts)
    found = unescaped(text)
    assert (text if found is None else found.text) == meant
    if found is not None:
        assert found.raw == len(text)
        assert all(
            html.unescape(text[piece.raw_start : piece.raw_end]) == meant[piece.start : piece.end] for piece in found.pieces
        )


@pytest.mark.parametrize("text", ["Q&A; R&D;", "AT&T", "fish &chips;", "a &copy b", "&;", "&#;", "&#x;"])
def test_what_is_no_entity_stays(text):
    assert unescaped(text) is None


def test_without_entities_a_document_is_read_as_it_is():
    document = Document("“It works,” said Ada & Bob.")
    assert readable(document) is document


@pytest.mark.parametrize("document", [one.document for one in seeds("train", "en")[:12]], ids=lambda document: document.id)
def test_the_same_is_found_in_a_text_with_entities_at_its_places_there(document):
    text = document.text.replace("&", "and")
    miner = Miner(["rules"])
    plain = miner.mine(Document(text))
    raw = miner.mine(Document(escaped(text)))
    assert raw.document.text == escaped(text)
    there = unescaped(escaped(text))
    assert there is not None
    assert restored(attrs.evolve(plain, document=Document(text, origin=there)), raw.document) == raw
    for one, other in zip(plain.quotes, raw.quotes, strict=True):
        assert [escaped(part) for part in map(plain.document.__getitem__, one.content)] == [
            raw.document[span] for span in other.content
        ]


def test_turns_that_a_file_tells_are_found_in_a_text_with_entities():
    text = "Ann: Tea &amp; milk.\n\nBob: I&#39;ll take it."
    aligned = Aligned(
        text, len(text), [(0, len(text), 0, len(text))], places=[(0, 3, "label", "Ann"), (5, 20, "turn", "Ann"), (22, 25, "label", "Bob"), (27, len(text), "turn", "Bob")]
    )  # fmt: skip
    found = Miner(["rules"]).mine(Document(text, origin=aligned))
    assert [(found.document[quote.span], found.speaker_of(quote).name) for quote in found.quotes] == [
        ("Tea &amp; milk.", "Ann"),
        ("I&#39;ll take it.", "Bob"),
    ]


def test_worker_processes_read_them_too():
    text = "&ldquo;It works,&rdquo; said Sean O&#39;Neill."
    (found,) = Miner(["rules"]).mine_many([text], workers=1)
    assert found.document.text == text
    assert [found.document[span] for span in found.quotes[0].content] == ["It works,"]
    assert found.speakers[0].name == "Sean O'Neill"
