"""What type checkers must make of the public names. Nothing here runs; mypy reads it with the rest.

Each ``type: ignore`` stands where a checker must complain: strict mode reports one that is not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, assert_type

import attrs

import quoteminer
from quoteminer import Claim, Document, Extraction, Issue, Miner, PluginInfo, Quote, Segment, Span, Speaker
from quoteminer.plugins.protocols import ClaimExtractor, QuoteExtractor, Reader, SpeakerResolver, Writer
from quoteminer.tabular import Cell


def results(text: str, documents: list[Document]) -> None:
    assert_type(quoteminer.mine(text), Extraction)
    assert_type(quoteminer.mine_many([text, Document(text)]), Iterator[Extraction])
    miner = Miner(["rules"], block=("neural",), on_error="raise", time_limit=1)
    assert_type(miner.mine(Document(text)), Extraction)
    assert_type(miner.mine_many(documents, workers=2), Iterator[Extraction])
    assert_type(miner.plugins(), tuple[PluginInfo, ...])
    extraction = miner.mine(text)
    assert_type(extraction.quotes, tuple[Quote, ...])
    assert_type(extraction.speakers, tuple[Speaker, ...])
    assert_type(extraction.claims, tuple[Claim, ...])
    assert_type(extraction.issues, tuple[Issue, ...])
    assert_type(list(extraction), list[Quote])
    assert_type(extraction.speaker("s1"), Speaker | None)
    assert_type(extraction.to_json(), str)
    assert_type(len(extraction), int)
    assert_type(extraction[0], Quote)
    assert_type(extraction[1:], tuple[Quote, ...])
    assert_type(extraction["q1"], Quote | Claim | Speaker)
    assert_type(extraction.segments(), tuple[Segment, ...])
    assert_type(extraction.speaker_of(extraction[0]), Speaker | None)
    assert_type(extraction.text_of(extraction[0].source), str)
    assert_type(extraction.rows("claims"), list[dict[str, Cell]])
    assert_type(quoteminer.rows(quoteminer.mine_many(documents)), Iterator[dict[str, Cell]])
    assert_type(Extraction.from_json("{}"), Extraction)
    assert_type(extraction.document.metadata, Mapping[str, Any])


def of_annotations(document: Document, quote: Quote, claim: Claim) -> None:
    assert_type(document[Span(0, 1)], str)
    assert_type(quote.content, tuple[Span, ...])
    assert_type(quote.source, Span | None)
    assert_type(quote.speaker, str | None)
    assert_type(quote.confidence, float)
    assert_type(quote.text(document), str)
    assert_type(claim.standalone(Extraction(document)), quoteminer.Standalone)
    start, end = quote.span
    assert_type((start, end), tuple[int, int])
    assert_type(attrs.evolve(quote, confidence=0.5), Quote)
    Quote([Span(0, 1), (2, 3)], "direct", cue=[(4, 5)], source=(0, 1))


def mistakes(document: Document, quote: Quote) -> None:
    Span("0", 1)  # type: ignore[arg-type]
    quoteminer.rows([], of="quote")  # type: ignore[arg-type]
    quoteminer.row  # type: ignore[attr-defined]  # noqa: B018
    Document(b"bytes")  # type: ignore[arg-type]
    Document("text", "id")  # type: ignore[call-arg]
    document[0]  # type: ignore[index]
    document.text = "other"  # type: ignore[misc]
    quote.confidence = 0.5  # type: ignore[misc]
    Miner(["rules"], "collect")  # type: ignore[call-arg]
    quoteminer.mine(b"bytes")  # type: ignore[arg-type]
    quoteminer.mine_many([1])  # type: ignore[list-item]


class Extractor:
    name = "typed.quotes"

    def extract(self, document: Document) -> Iterable[Quote]:
        return ()


class Resolver:
    name = "typed.speakers"

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        return quotes, ()


class Claimer:
    name = "typed.claims"

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim]:
        return ()


class ReaderAndWriter:
    name = "typed"
    suffixes: tuple[str, ...] = (".typed",)

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        return ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        return None


class Wrong:
    name = "typed.wrong"

    def extract(self, document: str) -> Iterable[Quote]:
        return ()


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterable[QuoteExtractor]:
    return [Extractor()]


assert_type(quoteminer_quote_extractors(), Iterable[QuoteExtractor])
extractor: QuoteExtractor = Extractor()
resolver: SpeakerResolver = Resolver()
claimer: ClaimExtractor = Claimer()
reader: Reader = ReaderAndWriter()
writer: Writer = ReaderAndWriter()
wrong: QuoteExtractor = Wrong()  # type: ignore[assignment]
