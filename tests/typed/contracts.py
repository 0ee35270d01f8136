"""A strictly typed test of a plugin type-checks as it is written on the page about testing."""

from __future__ import annotations

from typing import assert_type

from hypothesis import given
from hypothesis.strategies import SearchStrategy

from quoteminer import Document, Extraction, Quote, Span
from quoteminer.testing import (
    ClaimExtractorContract,
    QuoteExtractorContract,
    ReaderContract,
    SpeakerResolverContract,
    WriterContract,
)
from quoteminer.testing.strategies import Story, documents, extractions, quotes, reported_speech, spans

from .public import Claimer, Extractor, ReaderAndWriter, Resolver


class Quotes(QuoteExtractorContract):
    make = Extractor
    plugin = "typed"
    example = "« Oui », dit Ada."
    finds = ("Oui",)


class Speakers(SpeakerResolverContract):
    make = Resolver
    extractor = Extractor
    example = Document("« Oui », dit Ada.")


class Claims(ClaimExtractorContract):
    make = Claimer
    example = Extraction(Document("Rents rose."))


class Files(ReaderContract):
    make = ReaderAndWriter
    example = b"x"


class Written(WriterContract):
    make = ReaderAndWriter
    reader = ReaderAndWriter


class Mistaken(QuoteExtractorContract):
    example = 5  # type: ignore[assignment]


@given(reported_speech(kinds=["plain"], marks=["curly"], noise=["typos"]))
def property_of_stories(story: Story) -> None:
    assert_type(story.text, str)
    assert_type(story.quotes, tuple[Quote, ...])
    assert_type(story.extraction, Extraction)


assert_type(reported_speech(), SearchStrategy[Story])
assert_type(documents(), SearchStrategy[Document])
assert_type(spans(), SearchStrategy[Span])
assert_type(quotes(Document("x")), SearchStrategy[Quote])
assert_type(extractions(), SearchStrategy[Extraction])
