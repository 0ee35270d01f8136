"""What was found in a Doc, kept in it, and seen as spans of its tokens.

A Doc keeps values of JSON without the text, which it has itself, so that it can be pickled, sent and stored as any other. What is read out of it again is kept
for as long as the Doc lives.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from weakref import WeakKeyDictionary

import attrs
from spacy.tokens import Doc, Span  # noqa: TC002 - spaCy and attrs read annotations

import quoteminer
from quoteminer import ConfigurationError, Extraction, Quote, Speaker

KEY: Final = "quoteminer"
"""Under this key of the user data of a Doc stands what was found."""

_KNOWN: WeakKeyDictionary[Doc, tuple[dict[str, Any], Extraction]] = WeakKeyDictionary()


@attrs.frozen
class DocQuote:
    """A quotation in a Doc. A span covers every token that the words of quoteminer touch; the exact offsets are those of ``quote``.

    Attributes:
        quote: as quoteminer has it, with offsets that count characters of ``doc.text``.
        content: the words reported; several spans where something stands between them.
        cue: the words that signal the attribution.
        source: the mention of who speaks, or ``None``.
        speaker: who speaks, or ``None`` where nobody knows.
    """

    quote: Quote
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: Span | None
    speaker: Speaker | None

    @property
    def kind(self) -> quoteminer.QuoteKind:
        """``direct``, ``indirect`` or ``mixed``."""
        return self.quote.kind


def keep(doc: Doc, extraction: Extraction) -> None:
    """Put what was found into a Doc."""
    record = extraction.to_dict()
    del record["document"]["text"]
    doc.user_data[KEY] = record
    _KNOWN[doc] = (record, extraction)


def extraction_of(doc: Doc) -> Extraction:
    """What was found in a Doc.

    Raises:
        ConfigurationError: when it has not been through the pipe, or lost its user data since.
    """
    record = doc.user_data.get(KEY)
    if record is None:
        raise ConfigurationError(
            'this Doc was not in a pipeline with the component "quoteminer", or was stored without its user data (DocBin(store_user_data=True))',
            KEY,
        )
    known = _KNOWN.get(doc)
    if known is None or known[0] is not record:
        whole = {**record, "document": {**record["document"], "text": doc.text}}
        known = _KNOWN[doc] = (record, Extraction.from_dict(whole))
    return known[1]


def quotes_of(doc: Doc) -> tuple[DocQuote, ...]:
    """The quotations of a Doc in text order; raises as :func:`extraction_of`."""
    extraction = extraction_of(doc)
    return tuple(
        DocQuote(
            quote,
            spans(doc, quote.content, quote.kind, quote.id),
            spans(doc, quote.cue, "cue", quote.id),
            next(iter(spans(doc, [quote.source], "source", quote.id)), None) if quote.source is not None else None,
            extraction.speaker(quote.speaker),
        )
        for quote in extraction.quotes
    )


def spans(doc: Doc, places: Iterable[quoteminer.Span], label: str, identifier: str) -> tuple[Span, ...]:
    """The tokens that spans of characters touch; none for one between tokens, in white space."""
    found = (doc.char_span(place.start, place.end, label=label, span_id=identifier, alignment_mode="expand") for place in places)
    return tuple(span for span in found if span is not None)
