"""Documents as components read them, and what was found at its place in the document as it was given.

Texts out of feeds and databases often still hold the entities of HTML: "O&#39;Neill said &ldquo;no&rdquo;"; those of subtitles have a line with number and
time after every few words. No component needs to know of that: it reads what people would.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from ..annotations import Claim, Quote, Speaker
from ..document import Document
from ..extraction import Extraction
from ..spans import Span
from ..text import Aligned, Place
from ..text.readable import readable as readable_text

A = TypeVar("A", Quote, Speaker, Claim)


def readable(document: Document) -> Document:
    """The document as people would read it: itself, or one whose origin is the text of this one."""
    text = readable_text(document.text)
    if text is None:
        return document
    if document.origin is not None:
        text = attrs.evolve(text, places=_moved(document.origin.places, text))
    return attrs.evolve(document, text=text.text, origin=text)


def restored(extraction: Extraction, document: Document) -> Extraction:
    """What was found in the readable form of a document, at its places in the document itself."""
    text = extraction.document.origin
    if extraction.document is document or text is None:
        return extraction
    return attrs.evolve(
        extraction,
        document=document,
        quotes=[_restored(quote, text, document.text) for quote in extraction.quotes],
        speakers=[_restored(speaker, text, document.text) for speaker in extraction.speakers],
        claims=[
            attrs.evolve(
                _restored(claim, text, document.text),
                quantities=[attrs.evolve(one, span=_raw(one.span, text)) for one in claim.quantities],
                times=[attrs.evolve(one, span=_raw(one.span, text)) for one in claim.times],
            )
            for claim in extraction.claims
        ],
    )


def _restored(item: A, text: Aligned, raw: str) -> A:
    """An annotation with each of its fields that holds places carried over."""
    changes: dict[str, Any] = {}
    for field in attrs.fields(type(item)):
        value = getattr(item, field.name)
        if isinstance(value, Span):
            changes[field.name] = _raw(value, text)
        elif isinstance(value, tuple) and value and isinstance(value[0], Span):
            parts = value if field.name == "mentions" else [part for span in value for part in _parts(span, text, raw)]
            changes[field.name] = [_raw(span, text) for span in parts]
    return attrs.evolve(item, **changes)


def _parts(span: Span, text: Aligned, raw: str) -> Iterator[Span]:
    """A span without the breaks in it that stand for lines which people do not read."""
    start = span.start
    first = bisect_right(text.pieces, span.start, key=attrgetter("end"))
    for piece in text.pieces[first:]:
        if piece.start >= span.end:
            break
        left_out = text.text[piece.start : piece.end].isspace() and raw[piece.raw_start : piece.raw_end].strip()
        if left_out and "\n" in raw[piece.raw_start : piece.raw_end]:
            if piece.start > start:
                yield Span(start, piece.start)
            start = piece.end
    if start < span.end:
        yield Span(start, span.end)


def _raw(span: Span, text: Aligned) -> Span:
    found = text.to_raw(span)
    # Only what is put in between has no place, and here everything stands for something.
    assert found is not None
    return found


def _moved(places: Iterable[Place], text: Aligned) -> list[Place]:
    """Places of a document in its readable form; what is left of one may be nothing."""
    moved = []
    for place in places:
        span = text.to_text(Span(place.start, place.end))
        if span is not None:
            moved.append(place._replace(start=span.start, end=span.end))
    return moved
