"""Articles in which a report has the words of another one, which whoever is named has not said."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

from quoteminer import Document, Extraction, Quote, Span

from .scoring import annotated_extraction, quote_id

if TYPE_CHECKING:
    from seeds.tools.pairs import Pair

#: So often the words of a report of another pair stand in the place of each.
_FOREIGN = 2


class Exchanged(NamedTuple):
    """An article with one report to judge.

    Attributes:
        kind: ``true`` where the report has its own words, ``invented`` where nobody has said these, ``foreign`` with those of one of another pair, ``near`` with those of one in the same
            article that somebody else has said.
        id: of the quotation.
    """

    kind: str
    pair: Pair
    extraction: Extraction
    id: str


def exchanged(pairs: Sequence[Pair], chance: random.Random) -> Iterator[Exchanged]:
    """Each report that is of something in a source, with its own words and with others, and each that is of nothing there."""
    extractions = {pair.id: annotated_extraction(pair) for pair in pairs}
    reports = [
        (pair, number, truth)
        for pair in pairs
        for number, truth in enumerate(pair.findings)
        if not truth.marked and truth.verdict == "paraphrase"
    ]

    def words(pair: Pair, number: int) -> str:
        content = _quote(extractions[pair.id], quote_id(number)).content
        return pair.article[content[0].start : content[-1].end]

    for pair, number, truth in reports:
        extraction, id_ = extractions[pair.id], quote_id(number)
        yield Exchanged("true", pair, extraction, id_)
        others = [(other, at) for other, at, _ in reports if other.language == pair.language and other.id != pair.id]
        for other, at in chance.sample(others, min(_FOREIGN, len(others))):
            yield Exchanged("foreign", pair, with_words(extraction, id_, words(other, at)), id_)
        near = [at for other, at, said in reports if other is pair and said.said_by != truth.said_by]
        if near:
            yield Exchanged("near", pair, with_words(extraction, id_, words(pair, chance.choice(near))), id_)
    for pair in pairs:
        for number, truth in enumerate(pair.findings):
            if not truth.marked and truth.verdict == "not_found":
                yield Exchanged("invented", pair, extractions[pair.id], quote_id(number))


def with_words(extraction: Extraction, id_: str, words: str) -> Extraction:
    """An extraction in which a quotation has other words, in an article that has them there."""
    article, changed = extraction.document, _quote(extraction, id_)
    start, end = changed.content[0].start, changed.content[-1].end
    more = len(words) - (end - start)

    def moved(spans: Sequence[Span]) -> list[Span] | None:
        if any(span.start < end and start < span.end for span in spans):
            return None
        return [Span(span.start + more, span.end + more) if span.start >= end else span for span in spans]

    quotes: list[Quote] = []
    for quote in extraction.quotes:
        content = [Span(start, start + len(words))] if quote.id == id_ else moved(quote.content)
        if content is not None:
            quotes.append(attrs.evolve(quote, content=content))
    speakers = [
        attrs.evolve(speaker, mentions=[one for mention in speaker.mentions for one in moved([mention]) or ()])
        for speaker in extraction.speakers
    ]
    text = article.text[:start] + words + article.text[end:]
    return Extraction(Document(text, id=article.id, language=article.language), quotes, speakers)


def _quote(extraction: Extraction, id_: str) -> Quote:
    return next(quote for quote in extraction.quotes if quote.id == id_)
