"""Rows, segments, words and pictures: what must hold for every extraction, whatever its text."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoteminer
from quoteminer import Document, Extraction, Quote, Span
from quoteminer.pictures import html as picture
from quoteminer.tabular import COLUMNS, rows
from quoteminer.testing.strategies import documents, extractions
from quoteminer.testing.texts import HOSTILE


@st.composite
def tangles(draw: st.DrawFn) -> Extraction:
    """An extraction with quotes that overlap in any way, some of them without a parent that they could name."""
    document = draw(documents(st.text(st.sampled_from("ab “”\n\ud83d"), min_size=1, max_size=12)))
    size = len(document)
    offsets = (
        st.lists(st.integers(0, size), min_size=2, max_size=4, unique=True).filter(lambda cuts: len(cuts) % 2 == 0).map(sorted)
    )
    contents = draw(st.lists(offsets, max_size=6))
    return Extraction(
        document,
        [
            Quote([Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)], "direct", id=f"q{number}")
            for number, cuts in enumerate(contents)
        ],
    )


@given(st.lists(extractions(), max_size=3), st.sampled_from(sorted(COLUMNS)))
def test_rows_have_exactly_the_columns_and_plain_values(several, of):
    found = list(rows(several, of))
    for row in found:
        assert tuple(row) == COLUMNS[of]
        assert {type(value) for value in row.values()} <= {str, int, float, bool, type(None)}
        json.dumps(row, allow_nan=False).encode()
        "".join(value for value in row.values() if isinstance(value, str)).encode()
    for name in COLUMNS[of]:
        assert len({type(row[name]) for row in found} - {type(None)}) <= 1, name
    assert found == [row for extraction in several for row in extraction.rows(of)]


@given(extractions())
def test_rows_lead_back_to_what_they_are_of(extraction):
    for of, items in (("quotes", extraction.quotes), ("claims", extraction.claims)):
        for row, item in zip(extraction.rows(of), items, strict=True):
            spans = getattr(item, "content", None) or item.spans
            assert [Span(*pair) for pair in json.loads(row["spans"])] == list(spans)
            assert (row["start"], row["end"]) == (spans[0].start, spans[-1].end)
            assert extraction[item.id] in (item, *extraction.quotes)
    mentions = [(row["start"], row["end"], row["speaker"]) for row in extraction.rows("mentions")]
    assert sorted(mentions) == sorted((*span, speaker.id) for speaker in extraction.speakers for span in speaker.mentions)
    assert [row["start"] for row in extraction.rows("mentions")] == sorted(row["start"] for row in extraction.rows("mentions"))


@given(extractions() | tangles())
def test_segments_join_to_the_text(extraction):
    segments = extraction.segments()
    assert "".join(segment.text(extraction.document) for segment in segments) == extraction.document.text
    ends = [0, *(segment.span.end for segment in segments)]
    assert [segment.span.start for segment in segments] == ends[:-1]
    # No two neighbours could be one.
    assert all(left.quote != right.quote for left, right in zip(segments, segments[1:], strict=False))


@given(extractions() | tangles())
def test_each_code_point_belongs_to_the_innermost_quote(extraction):
    owners = [segment.quote for segment in extraction.segments() for _ in range(len(segment.span))]
    for at, owner in enumerate(owners):
        around = [quote for quote in extraction if any(span.start <= at < span.end for span in quote.content)]
        if not around:
            assert owner is None
            continue
        mine = extraction[owner]
        assert mine in around
        assert len(mine.span) == min(len(quote.span) for quote in around)
        # Never a quote around another one that has the code point too.
        assert not any(quote.parent == mine.id and len(quote.span) == len(mine.span) for quote in around)
    for segment in extraction.segments():
        assert segment.speaker == (None if segment.quote is None else extraction[segment.quote].speaker)


@given(extractions())
def test_what_is_in_it_is_found_in_it(extraction):
    assert len(extraction) == len(extraction.quotes) == len(list(extraction))
    assert bool(extraction) is True
    for item in (*extraction.quotes, *extraction.claims, *extraction.speakers):
        assert item in extraction
    for place, quote in enumerate(extraction):
        assert extraction[place] is quote is extraction[quote.id] is extraction[place - len(extraction)]
        assert extraction.text_of(quote) == quote.text(extraction.document)
        assert extraction.speaker_of(quote) == extraction.speaker(quote.speaker)


@given(extractions() | extractions(documents(st.sampled_from(sorted(HOSTILE.values())))))
def test_the_line_about_it_is_short_and_clean(extraction):
    line = repr(extraction)
    assert len(line) < 120
    assert line.isprintable()
    assert line.startswith("<Extraction ")
    assert line.endswith(">")
    assert f"{len(extraction.quotes)} quote" in line


class Parsed(HTMLParser):
    """Elements that are open, all names of elements and attributes, and the text of the story."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.names: set[str] = set()
        self.story = ""
        self.depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names |= {tag, *(f"{tag}.{name}" for name, _ in attrs)}
        if ("class", "text") in attrs:
            self.depth = len(self.open) + 1
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if len(self.open) < self.depth:
            self.depth = 0

    def handle_data(self, data):
        if self.depth:
            self.story += data


ALLOWED = set(
    "div p span ul ol li style details summary bdi u b div.class div.lang div.dir div.tabindex p.class span.class span.style span.title span.data-n "
    "ul.class li.class details.open".split()
)


@given(extractions() | tangles() | extractions(documents(st.sampled_from(sorted(HOSTILE.values())))), st.integers(0, 60))
def test_the_picture_holds_the_text_and_nothing_of_it_comes_alive(extraction, longest):
    for found in (extraction._repr_html_(), picture(extraction, longest=longest)):
        found.encode()
        parsed = Parsed(found)
        assert not parsed.open
        assert parsed.names <= ALLOWED
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", extraction.document.text)
    whole = Parsed(extraction._repr_html_())
    assert whole.story == html.unescape(html.escape(clean)) == clean
    assert clean.startswith(parsed.story)
    assert len(parsed.story) <= longest


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts_are_mined_and_shown(name):
    extraction = quoteminer.mine(Document(HOSTILE[name], title="<script>alert(1)</script>"))
    assert "<script" not in extraction._repr_html_()
    assert len(repr(extraction)) < 120
    assert "".join(map(extraction.text_of, extraction.segments())) == HOSTILE[name]
