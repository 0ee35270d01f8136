"""Extractions as flat rows, for data frames, spreadsheets and databases.

Each row is a dict with the same keys in the same order, and each value is a ``str``, ``int``, ``float``, ``bool`` or ``None``. A column has values of one
of these types only, beside ``None``, whatever the documents hold; lists and objects are compact JSON text.

A lone surrogate, which no data frame and no file in UTF-8 can hold, is U+FFFD in a row; it is one code point as well, so offsets stay true.

Columns may be added at any time; when one is renamed, leaves or changes its meaning, :data:`COLUMNS_VERSION` goes up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from . import checks
from .annotations import Claim, Quote, Speaker
from .errors import AnnotationError, ConfigurationError, shown
from .extraction import Extraction
from .frozen import shallow
from .spans import Span, span_order
from .standalone import standalones
from .vocabulary import ROW_KINDS, RowKind

__all__ = ["COLUMNS", "COLUMNS_VERSION", "TYPES", "quoted_words", "rows"]

#: Alone, what a cell can hold.
Cell: TypeAlias = str | int | float | bool | None

COLUMNS_VERSION: Final = 1

_DOCUMENT: Final = ("document_title", "document_language", "document_date", "document_source", "document_url")

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "quotes": (
            "document", "id", "text", "start", "end", "spans", "kind", "cue", "cue_lemma", "cue_spans", "source", "source_start", "source_end",
            "speaker", "speaker_name", "speaker_role", "speaker_kind", "addressee", "addressee_name", "parent", "layout", "modality",
            "confidence", "speaker_confidence", "extractor", *_DOCUMENT,
        ),
        "speakers": (
            "document", "id", "name", "role", "kind", "mentions", "quotes", "quoted_words", "claims", "spans", "identifiers", "attributes",
            *_DOCUMENT,
        ),
        "claims": (
            "document", "id", "text", "start", "end", "spans", "kind", "sentence", "claimant", "claimant_name", "claimant_role", "claimant_kind",
            "quote", "check_worthiness", "modality", "negated", "quantities", "times", "confidence", "extractor", *_DOCUMENT,
        ),
        "mentions": (
            "document", "text", "start", "end", "speaker", "speaker_name", "speaker_role", "speaker_kind", *_DOCUMENT,
        ),
        "issues": ("document", "component", "severity", "message", *_DOCUMENT),
    }
)  # fmt: skip
"""The columns of each kind of rows, in their order."""

TYPES: Final[Mapping[str, type[int | float | bool]]] = MappingProxyType(
    {
        **dict.fromkeys(("start", "end", "source_start", "source_end", "quotes", "quoted_words", "claims", "mentions"), int),
        **dict.fromkeys(("confidence", "speaker_confidence", "check_worthiness"), float),
        "negated": bool,
    }
)
"""The type of each column that holds no texts, for formats that want to know before the first row comes."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=shallow)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def rows(extractions: Extraction | Iterable[Extraction], of: RowKind = "quotes") -> Iterator[dict[str, Cell]]:
    """Flat rows of one extraction, or of many as they come: ``pandas.DataFrame(quoteminer.rows(quoteminer.mine_many(texts)))``.

    Args:
        extractions: one, or any iterable of them, which is read as the rows are asked for.
        of: ``quotes``, ``speakers``, ``claims``, ``mentions`` or ``issues``: a row for each of them, in the order of the extraction (mentions in text
            order).

    Returns:
        The rows, each with the columns ``quoteminer.tabular.COLUMNS[of]``. Offsets count code points of the document's text.

    Raises:
        ConfigurationError: when there are no rows of that kind.
        AnnotationError: when something else than extractions is given; for an item of an iterable, when its turn comes.
    """
    make = _MAKERS.get(of) if of in ROW_KINDS else None
    if make is None:
        raise ConfigurationError(f"of: {shown(of)} is not one of {', '.join(ROW_KINDS)}", "of", of)
    if isinstance(extractions, Extraction):
        extractions = (extractions,)
    elif isinstance(extractions, (str, Mapping)) or not isinstance(extractions, Iterable):
        raise AnnotationError(f"rows: expected an Extraction or several, not {shown(extractions)}", "extractions", extractions)
    return _rows(extractions, make)


def _rows(extractions: Iterable[Extraction], make: _Maker) -> Iterator[dict[str, Cell]]:
    for extraction in extractions:
        checks.instance(extraction, Extraction, "extractions")
        about = _encodable(_about(extraction))
        for row in make(extraction):
            yield _encodable(row) | about


def own_rows(extraction: Extraction, of: RowKind, *, sound: bool) -> Iterator[dict[str, Cell]]:
    """The rows of one extraction without what each of them tells of its document.

    Args:
        sound: whether it is known to have no lone surrogates.
    """
    made = _MAKERS[of](extraction)
    return made if sound else map(_encodable, made)


def document_row(extraction: Extraction) -> dict[str, Cell]:
    """What each row of an extraction tells of its document, by itself: the id and the columns ``document_…``."""
    return _encodable({"document": extraction.document.id, **_about(extraction)})


def _encodable(row: dict[str, Cell]) -> dict[str, Cell]:
    for name, value in row.items():
        if type(value) is str and not value.isascii():
            row[name] = encodable(value)
    return row


def encodable(text: str) -> str:
    """A text as every table can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _about(extraction: Extraction) -> dict[str, Cell]:
    """What each row tells of the document."""
    document = extraction.document
    about: dict[str, Cell] = {"document_title": document.title, "document_language": document.language}
    for name in ("date", "source", "url"):
        value = document.metadata.get(name)
        # One document may have a number where another has a text; a column of both is none that data frames take.
        about[f"document_{name}"] = value if value is None or isinstance(value, str) else _json(value)
    return about


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _pairs(spans: Iterable[Span]) -> str:
    return f"[{','.join([f'[{span.start},{span.end}]' for span in spans])}]"


def _who(prefix: str, speaker: Speaker | None) -> dict[str, Cell]:
    """Name, role and kind of a speaker, or three times nothing."""
    if speaker is None:
        return {f"{prefix}_name": None, f"{prefix}_role": None, f"{prefix}_kind": None}
    return {f"{prefix}_name": speaker.name, f"{prefix}_role": speaker.role, f"{prefix}_kind": speaker.kind}


def _by_id(extraction: Extraction) -> dict[str | None, Speaker]:
    return {speaker.id: speaker for speaker in extraction.speakers}


def _quotes(extraction: Extraction) -> Iterator[dict[str, Cell]]:
    document, speakers = extraction.document, _by_id(extraction)
    for quote in extraction.quotes:
        addressee = speakers.get(quote.addressee)
        yield {
            "document": document.id,
            "id": quote.id,
            "text": quote.text(document),
            "start": quote.content[0].start,
            "end": quote.content[-1].end,
            "spans": _pairs(quote.content),
            "kind": quote.kind,
            "cue": extraction.text_of(quote.cue) if quote.cue else None,
            "cue_lemma": quote.cue_lemma,
            "cue_spans": _pairs(quote.cue),
            "source": None if quote.source is None else document[quote.source],
            "source_start": None if quote.source is None else quote.source.start,
            "source_end": None if quote.source is None else quote.source.end,
            "speaker": quote.speaker,
            **_who("speaker", speakers.get(quote.speaker)),
            "addressee": quote.addressee,
            "addressee_name": None if addressee is None else addressee.name,
            "parent": quote.parent,
            "layout": quote.layout,
            "modality": quote.modality,
            "confidence": float(quote.confidence),
            "speaker_confidence": None if quote.speaker_confidence is None else float(quote.speaker_confidence),
            "extractor": quote.provenance.extractor,
        }


def _speakers(extraction: Extraction) -> Iterator[dict[str, Cell]]:
    quotes: dict[str | None, list[Quote]] = {}
    claims: dict[str | None, int] = {}
    for quote in extraction.quotes:
        quotes.setdefault(quote.speaker, []).append(quote)
    for claim in extraction.claims:
        claims[claim.claimant] = claims.get(claim.claimant, 0) + 1
    for speaker in extraction.speakers:
        own = quotes.get(speaker.id, [])
        yield {
            "document": extraction.document.id,
            "id": speaker.id,
            "name": speaker.name,
            "role": speaker.role,
            "kind": speaker.kind,
            "mentions": len(speaker.mentions),
            "quotes": len(own),
            "quoted_words": quoted_words(extraction.document.text, own),
            "claims": claims.get(speaker.id, 0),
            "spans": _pairs(speaker.mentions),
            "identifiers": _json(speaker.identifiers) if speaker.identifiers else "{}",
            "attributes": _json(speaker.attributes) if speaker.attributes else "{}",
        }


def quoted_words(text: str, quotes: Sequence[Quote]) -> int:
    """Number of words, as white space parts them, in quotes of a text; what stands in several of them counts once."""
    count = end = 0
    for span in sorted((span for quote in quotes for span in quote.content), key=span_order):
        count += len(text[max(span.start, end) : span.end].split())
        end = max(end, span.end)
    return count


def _claims(extraction: Extraction) -> Iterator[dict[str, Cell]]:
    speakers = _by_id(extraction)
    for claim, sentence in zip(extraction.claims, standalones(extraction.claims, extraction), strict=True):
        claimant = speakers.get(claim.claimant)
        yield {
            "document": extraction.document.id,
            "id": claim.id,
            "text": claim.text(extraction.document),
            "start": claim.spans[0].start,
            "end": claim.spans[-1].end,
            "spans": _pairs(claim.spans),
            "kind": claim.kind,
            "sentence": sentence.text,
            "claimant": claim.claimant,
            **_who("claimant", claimant),
            "quote": claim.quote,
            "check_worthiness": float(claim.check_worthiness),
            "modality": claim.modality,
            "negated": claim.negated,
            "quantities": _json(_quantities(extraction, claim)) if claim.quantities else "[]",
            "times": _json(_times(extraction, claim)) if claim.times else "[]",
            "confidence": float(claim.confidence),
            "extractor": claim.provenance.extractor,
        }


def _quantities(extraction: Extraction, claim: Claim) -> list[dict[str, Any]]:
    return [
        {"text": extraction.document[one.span], "span": list(one.span), "value": one.value, "unit": one.unit}
        for one in claim.quantities
    ]


def _times(extraction: Extraction, claim: Claim) -> list[dict[str, Any]]:
    return [{"text": extraction.document[one.span], "span": list(one.span), "value": one.value} for one in claim.times]


def _mentions(extraction: Extraction) -> Iterator[dict[str, Cell]]:
    # The places of the speakers keep apart those who are mentioned by the same words.
    found = sorted(
        (mention.start, mention.end, place) for place, speaker in enumerate(extraction.speakers) for mention in speaker.mentions
    )
    for start, end, place in found:
        speaker = extraction.speakers[place]
        yield {
            "document": extraction.document.id,
            "text": extraction.document.text[start:end],
            "start": start,
            "end": end,
            "speaker": speaker.id,
            **_who("speaker", speaker),
        }


def _issues(extraction: Extraction) -> Iterator[dict[str, Cell]]:
    for issue in extraction.issues:
        yield {
            # Not what the issue names, which may be an input: by this id the row is joined with the others.
            "document": extraction.document.id,
            "component": issue.component,
            "severity": issue.severity,
            "message": issue.message,
        }


_Maker: TypeAlias = Callable[[Extraction], Iterator[dict[str, Cell]]]
_MAKERS: Final[dict[str, _Maker]] = {
    "quotes": _quotes,
    "speakers": _speakers,
    "claims": _claims,
    "mentions": _mentions,
    "issues": _issues,
}
