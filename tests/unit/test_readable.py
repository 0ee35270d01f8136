"""Texts with entities of HTML: components read what they stand for, and what they find stands in the text as it was given."""

from __future__ import annotations

import html

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Extraction, Miner, Quote
from quoteminer.evaluation import seeds
from quoteminer.mining.readable import readable, restored
from quoteminer.text import Aligned
from quoteminer.text.entities import entities

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


def name_of(extraction: Extraction, quote: Quote) -> str | None:
    speaker = extraction.speaker_of(quote)
    return None if speaker is None else speaker.name


def escaped(text: str) -> str:
    return "".join(ENTITIES.get(sign, sign) for sign in text)


@given(st.lists(st.one_of(st.text("ab ;#“&"), st.sampled_from(list(ENTITIES)).map(escaped))))
def test_entities_become_what_they_stand_for(parts):
    text = "".join(parts)
    meant = "".join(html.unescape(part) if part in ENTITIES.values() else part for part in parts)
    read = readable(Document(text))
    assert read.text == meant
    if read.origin is not None:
        assert read.origin.raw == len(text)
        pieces = read.origin.pieces
        assert all(html.unescape(text[piece.raw_start : piece.raw_end]) == meant[piece.start : piece.end] for piece in pieces)


@pytest.mark.parametrize("text", ["Q&A; R&D;", "AT&T", "fish &chips;", "a &copy b", "&;", "&#;", "&#x;"])
def test_what_is_no_entity_stays(text):
    assert not list(entities(text))


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
    read = readable(raw.document)
    assert read.text == text
    assert restored(attrs.evolve(plain, document=read), raw.document) == raw
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
    assert [(found.document[quote.span], name_of(found, quote)) for quote in found.quotes] == [
        ("Tea &amp; milk.", "Ann"),
        ("I&#39;ll take it.", "Bob"),
    ]


def test_worker_processes_read_them_too():
    text = "&ldquo;It works,&rdquo; said Sean O&#39;Neill."
    (found,) = Miner(["rules"]).mine_many([text], workers=1)
    assert found.document.text == text
    assert [found.document[span] for span in found.quotes[0].content] == ["It works,"]
    assert found.speakers[0].name == "Sean O'Neill"


TITLES = """REEL 4

220 [14:51]
MRS TRZASKA: Gentlemen. My late
husband played this for the consul,

221 [14:55]
in this very room.

222 [15:00]
- What did he say?
- Well, he said nothing.

223 [15:07]
FERGAL: Laugh, Nadeem.
"""


def test_subtitles_are_read_without_their_heads():
    read = readable(Document(TITLES)).text
    assert read.startswith(
        "REEL 4\n\nMRS TRZASKA: Gentlemen. My late\nhusband played this for the consul,\nin this very room.\n\n- What"
    )
    assert "[15" not in read


def test_what_runs_over_a_head_is_found_in_parts():
    found = Miner(["rules"]).mine(TITLES)
    first = found.quotes[0]
    assert [found.document[span] for span in first.content] == [
        "Gentlemen. My late\nhusband played this for the consul,",
        "in this very room.",
    ]
    assert name_of(found, first) == "Trzaska"


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n\n3\n00:00:05,000 --> 00:00:06,000\nthree.\n",
        "0:00:01.000,0:00:02.000\nOne\n\n0:00:03.000,0:00:04.000\ntwo\n\n0:00:05.000,0:00:06.000\nthree.\n",
        "0001  10:00:41:05  10:00:45:00\nOne\n\n0002  10:00:45:02  10:00:47:14\ntwo\n\n0003  10:00:48:00  10:00:53:10\nthree.\n",
    ],
)
def test_heads_of_many_forms(text):
    assert readable(Document(text)).text == "One\ntwo\nthree.\n"


def test_a_programme_with_times_is_none():
    document = Document("10:00 Doors\n11:30 Talks\n12:00 - 13:00 Lunch\n14:00 Ada Byron: engines")
    assert readable(document) is document
