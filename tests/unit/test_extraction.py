"""What an extraction tells of itself: words, speakers, items by place and id, segments, its line and its picture."""

from __future__ import annotations

import re
import time
from typing import Any

import numpy as np
import pytest

from quoteminer import (
    AnnotationError,
    Claim,
    Document,
    Extraction,
    Issue,
    Quantity,
    Quote,
    Segment,
    Span,
    SpanError,
    Speaker,
    Time,
    UnknownIdError,
    UnknownSpeakerError,
)
from quoteminer.pictures import html

TEXT = "“He said ‘no’ in 2020,” Ada wrote."
OUTER = Quote([(1, 22)], "direct", cue=[(28, 33)], source=(24, 27), speaker="s1", id="q1")
INNER = Quote([(10, 12)], "direct", parent="q1", id="q2")
ADA = Speaker("s1", "Ada Byron", role="countess", mentions=[(24, 27)])
CLAIM = Claim(
    [(1, 12), (17, 21)], "event", claimant="s1", quote="q1", times=[Time((17, 21))], quantities=[Quantity((17, 19))], id="c1"
)
EXTRACTION = Extraction(Document(TEXT, id="d"), [OUTER, INNER], [ADA], [CLAIM])
EMPTY = Extraction(Document("", id="empty"))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (OUTER, "He said ‘no’ in 2020,"),
        (CLAIM, "He said ‘no … 2020"),
        (ADA, "Ada Byron"),
        (Segment((10, 12), None, "q2"), "no"),
        (CLAIM.times[0], "2020"),
        (CLAIM.quantities[0], "20"),
        (Span(28, 33), "wrote"),
        (OUTER.cue, "wrote"),
        (CLAIM.spans, "He said ‘no … 2020"),
        (OUTER.source, "Ada"),
        (INNER.source, ""),
        (INNER.cue, ""),
    ],
)
def test_words_of_everything(item, words):
    assert EXTRACTION.text_of(item) == words


@pytest.mark.parametrize("wrong", ["words", 5, [(0, 1)], Span(0, 99), object()])
def test_what_has_no_words_is_refused(wrong):
    with pytest.raises((AnnotationError, SpanError)):
        EXTRACTION.text_of(wrong)


def test_who_speaks():
    assert EXTRACTION.speaker_of(OUTER) is ADA
    assert EXTRACTION.speaker_of(INNER) is None
    assert EXTRACTION.speaker_of(CLAIM) is ADA
    assert EXTRACTION.speaker_of(EXTRACTION.segments()[1]) is ADA
    with pytest.raises(UnknownSpeakerError):
        EXTRACTION.speaker_of(Quote([(0, 1)], "direct", speaker="s9"))
    with pytest.raises(AnnotationError, match="expected a Quote, Claim or Segment, not 's1'"):
        EXTRACTION.speaker_of("s1")


def test_it_is_a_sequence_of_its_quotes():
    assert (len(EXTRACTION), len(EMPTY)) == (2, 0)
    assert list(EXTRACTION) == [EXTRACTION[0], EXTRACTION[-1]] == [OUTER, INNER]
    assert EXTRACTION[np.int64(1)] is INNER
    assert EXTRACTION[:1] == (OUTER,)
    assert EXTRACTION[::-1] == (INNER, OUTER)
    assert list(reversed(EXTRACTION)) == [INNER, OUTER]
    for place in (2, -3, 10**5000):
        with pytest.raises(IndexError, match=r"there is no quote at .*the extraction has 2"):
            EXTRACTION[place]


def test_an_extraction_is_true_without_quotes_too():
    assert EMPTY
    assert EXTRACTION


def test_items_by_id():
    assert (EXTRACTION["q2"], EXTRACTION["c1"], EXTRACTION["s1"]) == (INNER, CLAIM, ADA)
    with pytest.raises(UnknownIdError) as caught:
        EXTRACTION["q9"]
    assert str(caught.value) == "no quote, claim or speaker has the id 'q9'"
    assert (caught.value.field, caught.value.value) == ("Extraction.id", "q9")
    assert isinstance(caught.value, KeyError)
    wrong: Any = 1.5
    with pytest.raises(TypeError, match=r"indexed by a place, a slice or an id, not 1.5"):
        EXTRACTION[wrong]


def test_quotes_come_before_claims_and_speakers_of_the_same_id():
    same = Extraction(
        Document("ab", id="d"), [Quote([(0, 1)], "direct", id="x")], [Speaker("x", "A")], [Claim([(0, 1)], "other", id="x")]
    )
    assert same["x"] is same.quotes[0]


def test_what_is_in_it():
    assert OUTER in EXTRACTION
    assert CLAIM in EXTRACTION
    assert ADA in EXTRACTION
    assert Quote([(0, 1)], "direct", id="q1") not in EXTRACTION
    assert Speaker("s1", "Bo") not in EXTRACTION
    with pytest.raises(TypeError, match=r"not str; for words ask its document"):
        assert "no" in EXTRACTION
    with pytest.raises(TypeError, match="not Span"):
        assert Span(0, 1) in EXTRACTION


def test_segments_give_nested_words_to_the_inner_quote():
    assert EXTRACTION.segments() == (
        Segment((0, 1)),
        Segment((1, 10), "s1", "q1"),
        Segment((10, 12), None, "q2"),
        Segment((12, 22), "s1", "q1"),
        Segment((22, 34)),
    )
    assert EMPTY.segments() == ()


def test_of_quotes_of_one_extent_the_child_has_the_words():
    parent = Quote([(0, 3)], "direct", id="q2")
    for child in ("q1", "q3"):
        found = Extraction(Document("abc"), [parent, Quote([(0, 3)], "direct", parent="q2", id=child)])
        assert [segment.quote for segment in found.segments()] == [child]


def test_spans_that_touch_are_one_segment():
    assert len(Extraction(Document("abcd"), [Quote([(0, 2), (2, 4)], "direct", id="q")]).segments()) == 1


@pytest.mark.timed
def test_segments_of_deep_nests_take_no_quadratic_time():
    size = 20_000
    quotes = [Quote([(at, 2 * size - at)], "direct", id=f"q{at}", parent=f"q{at - 1}" if at else None) for at in range(size)]
    extraction = Extraction(Document("x" * 2 * size), quotes)
    begin = time.perf_counter()
    assert len(extraction.segments()) == 2 * size - 1
    assert time.perf_counter() - begin < 5


def test_its_line():
    assert repr(EXTRACTION) == "<Extraction d (en): 2 quotes, 1 speaker, 1 claim; “He said ‘no’ in 2020,”>"
    assert repr(EMPTY) == "<Extraction empty (en): 0 quotes>"
    trouble = Extraction(Document("x", id="d"), issues=[Issue("a.b", "d", "m")])
    assert repr(trouble) == "<Extraction d (en): 0 quotes, 1 issue>"


def test_its_line_is_short_and_clean_for_long_ids_and_wild_texts():
    wild = Extraction(
        Document("a\x1b[31m\u202eb\n\nc\ud83d" + "d" * 500, id="x\n" * 300, language="en-x-" + "a1b2c3d4-" * 5 + "z"),
        [Quote([(0, 500)], "direct", id="q")],
    )
    line = repr(wild)
    assert len(line) < 120
    assert line.isprintable()
    assert "1 quote; “a�[31m�b c�dd" in line


def test_its_picture_has_words_speakers_and_claims():
    found = EXTRACTION._repr_html_()
    assert "<b>Ada</b> <u>wrote</u>" in found
    assert "Ada Byron" in found
    assert "speaker not known" in found
    assert "<summary>1 claim " in found
    assert "code points are shown" not in found
    assert "issue" not in found


def test_a_long_text_is_cut_with_a_note():
    text = "word “yes” said Ada. " * 2_000
    long = Extraction(Document(text), [Quote([(6, 9)], "direct", id="q1"), Quote([(41_006, 41_009)], "direct", id="q2")])
    found = long._repr_html_()
    assert re.search(r"The first 19,9\d\d of 42,000 code points are shown", found)
    assert found.count(">yes<") == 1
    assert len(found) < 30_000
    assert "The first 8 of 34 code points" in html(EXTRACTION, longest=10)


def test_issues_are_shown():
    trouble = Extraction(Document("x", id="d"), issues=[Issue("a.b", "d", "<i>broken</i>", "error")])
    assert "&lt;i&gt;broken&lt;/i&gt;" in trouble._repr_html_()
