"""The way from a readable text back to the raw one, and from there to the text."""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import AnnotationError, Document, Extraction, Miner, Span, SpanError
from quoteminer.testing.strategies import aligned_texts
from quoteminer.text import Aligned

RAW = "<p>Ada&nbsp;said <b>so</b>.</p>"
TEXT = "Ada said so.\n"
PIECES = [(0, 3, 3, 6), (3, 4, 6, 12), (4, 9, 12, 17), (9, 11, 20, 22), (11, 12, 26, 27), (12, 13, 27, 27)]
ALIGNED = Aligned(TEXT, len(RAW), PIECES)


@pytest.mark.parametrize(
    ("words", "raw"),
    [("Ada", "Ada"), ("da s", "da&nbsp;s"), (" ", "&nbsp;"), ("said so", "said <b>so"), ("o.", "o</b>."), (TEXT, RAW[3:27])],
)
def test_a_span_of_the_text_is_found_in_the_raw_one(words, raw):
    start = TEXT.index(words)
    there = ALIGNED.to_raw(Span(start, start + len(words)))
    assert there is not None
    assert RAW[there.start : there.end] == raw
    back = ALIGNED.to_text(there)
    assert back is not None
    assert TEXT[back.start : back.end] == words.rstrip("\n")


def test_what_was_put_in_or_left_out_is_on_one_side_only():
    assert ALIGNED.to_raw(Span(12, 13)) is None
    assert ALIGNED.to_text(Span(0, 3)) is None
    assert ALIGNED.to_text(Span(17, 20)) is None
    assert ALIGNED.to_text(Span(7, 9)) == Span(3, 4)


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        ([(0, 3, 3, 6)], "they end at 3 and 6, the texts at 13"),
        ([(1, 13, 0, 12)], "does not follow on what comes before"),
        ([(0, 3, 3, 6), (3, 13, 5, 15)], "does not follow"),
        ([(0, 13, 5, 3)], "does not follow"),
        ([(0, 0, 0, 3), (0, 13, 3, 16)], "does not follow"),
        ([(0, 13, 0, 99)], "the texts at 13 and"),
        ([(0, 13, 0, 1.5)], "expected numbers"),
        ([(0, 13)], "expected four numbers"),
    ],
)
def test_pieces_that_do_not_tile_the_text_are_refused(pieces, message):
    with pytest.raises(AnnotationError, match=f"Aligned.pieces: .*{message}"):
        Aligned(TEXT, len(RAW), pieces)


def test_spans_outside_are_refused():
    with pytest.raises(SpanError, match="outside the text of 13"):
        ALIGNED.to_raw(Span(5, 14))
    with pytest.raises(SpanError, match="outside the raw text of"):
        ALIGNED.to_text(Span(5, 99))
    with pytest.raises(AnnotationError, match=r"Aligned\.unit: 'letters' is not one of code points, bytes"):
        Aligned("", 0, [], unit="letters")


@given(aligned_texts(), st.data())
def test_the_way_back_holds_all_of_a_span_and_leads_back_to_it(aligned, data):
    if not aligned.text:
        return
    start = data.draw(st.integers(0, len(aligned.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(aligned.text))))
    raw = aligned.to_raw(span)
    one_by_one = [aligned.to_raw(Span(at, at + 1)) for at in range(span.start, span.end)]
    there = [one for one in one_by_one if one is not None]
    if raw is None:
        assert not there
        return
    assert raw.end <= aligned.raw
    assert (raw.start, raw.end) == (min(one.start for one in there), max(one.end for one in there))
    back = aligned.to_text(raw)
    assert back is not None
    # All that has a place in the raw text is found again; what stands for one raw piece together comes back together.
    kept = [at for at, one in enumerate(one_by_one, span.start) if one is not None]
    assert back.start <= kept[0]
    assert kept[-1] < back.end


def test_a_document_knows_its_origin_which_is_not_compared_or_written():
    document = Document(TEXT, id="a", origin=ALIGNED)
    assert document == Document(TEXT, id="a")
    assert hash(document) == hash(Document(TEXT, id="a"))
    assert pickle.loads(pickle.dumps(document)).origin == ALIGNED
    extraction = Miner([]).mine(document)
    assert extraction.document.origin is ALIGNED
    back = Extraction.from_json(extraction.to_json())
    assert (back, back.document.origin) == (extraction, None)
    assert attrs.evolve(document, id="b").origin is ALIGNED


def test_the_origin_must_be_that_of_the_text():
    with pytest.raises(AnnotationError, match=r"Document\.origin: it is aligned with another text"):
        Document("Ada.", origin=ALIGNED)
    with pytest.raises(AnnotationError, match=r"Document\.origin"):
        Document(TEXT, origin=RAW)
