"""The JSON form ``quoteminer/1``: one object a document, lossless both ways.

Lines are readable UTF-8. Where a text holds a lone surrogate, which UTF-8 cannot encode, the line is ASCII with escapes.

One thing no JSON string can hold: the code points of a high and a low surrogate side by side, as broken decoders leave them.
Every reader takes the two escapes for one character, and all offsets behind them move. Such a string is written in pieces,
``{"$pieces": ["…\\ud83d", "\\ude00…"]}``, cut between the two, and joined when read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

from .annotations import Claim, Extraction, Issue, Provenance, Quantity, Quote, Speaker, Time, encloses, with_ids
from .document import RESERVED_KEY, SURROGATE_PAIR, Document, thaw
from .errors import FormatError
from .spans import Span

SCHEMA: Final = "quoteminer/1"
_BETWEEN_SURROGATES: Final = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of the form."""
    import importlib.resources

    text = (importlib.resources.files("quoteminer") / "schema" / "quoteminer-1.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def dumps(value: object) -> str:
    """``value`` as JSON in one line: readable UTF-8, or ASCII with escapes where a lone surrogate would not encode.

    Line separators that are no line feed are escaped, so that one object stays one line for every reader.
    """
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        if SURROGATE_PAIR.search(line):
            value = _in_pieces(value)
        return json.dumps(value, ensure_ascii=True, separators=(", ", ": "), allow_nan=False)
    return line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def loads(line: str) -> Any:
    """What :func:`dumps` wrote.

    Raises:
        FormatError: when it is no JSON.
    """
    try:
        return json.loads(line, object_hook=_joined if RESERVED_KEY in line else None, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}") from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _in_pieces(value: Any) -> Any:
    if isinstance(value, str):
        pieces = _BETWEEN_SURROGATES.split(value)
        return value if len(pieces) == 1 else {RESERVED_KEY: pieces}
    if isinstance(value, Mapping):
        return {key: _in_pieces(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_pieces(item) for item in value]
    return value


def _joined(data: dict[str, Any]) -> Any:
    pieces = data.get(RESERVED_KEY)
    if len(data) == 1 and isinstance(pieces, list) and all(isinstance(piece, str) for piece in pieces):
        return "".join(pieces)
    return data


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _provenance(value: Provenance) -> dict[str, str]:
    return {"extractor": value.extractor, "version": value.version, "detail": value.detail}


def document_to_dict(document: Document) -> dict[str, Any]:
    """The ``document`` member of the form."""
    return {
        "id": document.id,
        "text": document.text,
        "language": document.language,
        "title": document.title,
        "metadata": thaw(document.metadata),
    }


def to_dict(extraction: Extraction) -> dict[str, Any]:
    """The form as dicts and lists."""
    return {
        "schema": SCHEMA,
        "document": document_to_dict(extraction.document),
        "quotes": [
            {
                "id": quote.id,
                "kind": quote.kind,
                "content": [_pair(span) for span in quote.content],
                "cue": [_pair(span) for span in quote.cue],
                "source": None if quote.source is None else _pair(quote.source),
                "speaker": quote.speaker,
                "addressee": quote.addressee,
                "parent": quote.parent,
                "modality": quote.modality,
                "confidence": quote.confidence,
                "provenance": _provenance(quote.provenance),
            }
            for quote in extraction.quotes
        ],
        "speakers": [
            {
                "id": speaker.id,
                "name": speaker.name,
                "role": speaker.role,
                "kind": speaker.kind,
                "mentions": [_pair(span) for span in speaker.mentions],
            }
            for speaker in extraction.speakers
        ],
        "claims": [
            {
                "id": claim.id,
                "spans": [_pair(span) for span in claim.spans],
                "kind": claim.kind,
                "claimant": claim.claimant,
                "quote": claim.quote,
                "check_worthiness": claim.check_worthiness,
                "modality": claim.modality,
                "negated": claim.negated,
                "quantities": [{"span": _pair(item.span), "value": item.value, "unit": item.unit} for item in claim.quantities],
                "times": [{"span": _pair(item.span), "value": item.value} for item in claim.times],
                "confidence": claim.confidence,
                "provenance": _provenance(claim.provenance),
            }
            for claim in extraction.claims
        ],
        "issues": [
            {
                "component": issue.component,
                "document_id": issue.document_id,
                "message": issue.message,
                "severity": issue.severity,
            }
            for issue in extraction.issues
        ],
    }


def to_json(extraction: Extraction) -> str:
    """The form in one line, without a line feed at its end."""
    return dumps(to_dict(extraction))


def _object(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FormatError(f"{field}: expected an object, not {value!r}")
    return value


def _array(data: Mapping[str, Any], name: str, field: str) -> Iterable[Any]:
    value = data.get(name, [])
    if not isinstance(value, (list, tuple)):
        raise FormatError(f"{field}.{name}: expected an array, not {value!r}")
    return value


def _fields(value: object, field: str, required: tuple[str, ...], allowed: tuple[str, ...]) -> dict[str, Any]:
    data = _object(value, field)
    missing = [name for name in required if name not in data]
    if missing:
        raise FormatError(f"{field}: {missing[0]!r} is missing")
    unknown = [name for name in data if name not in allowed]
    if unknown:
        raise FormatError(f"{field}: {unknown[0]!r} is not a field of {SCHEMA}")
    return dict(data)


_DOCUMENT: Final = ("id", "text", "language", "title", "metadata")
_QUOTE: Final = (
    "id", "kind", "content", "cue", "source", "speaker", "addressee", "parent", "modality", "confidence", "provenance",
)  # fmt: skip
_CLAIM: Final = (
    "id", "spans", "kind", "claimant", "quote", "check_worthiness", "modality", "negated", "quantities", "times",
    "confidence", "provenance",
)  # fmt: skip


def document_from_dict(value: object, field: str = "document") -> Document:
    """The document of the form; fields beside the known ones are an error here."""
    data = _fields(value, field, ("text",), _DOCUMENT)
    return Document(
        data["text"],
        id=data.get("id", ""),
        language=data.get("language", "en"),
        title=data.get("title"),
        metadata=data.get("metadata", {}),
    )


def _read_provenance(data: dict[str, Any], field: str) -> None:
    if "provenance" in data:
        items = _fields(data["provenance"], f"{field}.provenance", ("extractor",), ("extractor", "version", "detail"))
        data["provenance"] = Provenance(**items)


def from_dict(value: object) -> Extraction:
    """Read the form.

    Raises:
        FormatError: when something is not in the form; names the field.
        AnnotationError, SpanError: when a value cannot be.
    """
    data = _object(value, "extraction")
    if data.get("schema") != SCHEMA:
        raise FormatError(f"schema: expected {SCHEMA!r}, not {data.get('schema')!r}")
    if "document" not in data:
        raise FormatError("extraction: 'document' is missing")
    document = document_from_dict(data["document"])
    quotes = []
    for index, item in enumerate(_array(data, "quotes", "extraction")):
        fields = _fields(item, f"quotes[{index}]", ("id", "kind", "content"), _QUOTE)
        _read_provenance(fields, f"quotes[{index}]")
        quotes.append(Quote(**fields))
    speakers = []
    for index, item in enumerate(_array(data, "speakers", "extraction")):
        fields = _fields(item, f"speakers[{index}]", ("id", "name"), ("id", "name", "role", "kind", "mentions"))
        speakers.append(Speaker(**fields))
    claims = []
    for index, item in enumerate(_array(data, "claims", "extraction")):
        field = f"claims[{index}]"
        fields = _fields(item, field, ("id", "kind", "spans"), _CLAIM)
        _read_provenance(fields, field)
        fields["quantities"] = [
            Quantity(**_fields(part, f"{field}.quantities", ("span",), ("span", "value", "unit")))
            for part in _array(fields, "quantities", field)
        ]
        fields["times"] = [
            Time(**_fields(part, f"{field}.times", ("span",), ("span", "value"))) for part in _array(fields, "times", field)
        ]
        claims.append(Claim(**fields))
    issues = []
    for index, item in enumerate(_array(data, "issues", "extraction")):
        names = ("component", "document_id", "message", "severity")
        issues.append(Issue(**_fields(item, f"issues[{index}]", names[:3], names)))
    quotes, strays = _enclosed(quotes, document.id)
    return Extraction(document, quotes, speakers, claims, issues + strays)


def _enclosed(quotes: list[Quote], document_id: str) -> tuple[list[Quote], list[Issue]]:
    """The quotes without parents that do not enclose them, which quoteminer 0.1.0 wrote at times; an issue names each."""
    by_id = {quote.id: quote for quote in quotes}
    kept: list[Quote] = []
    strays: list[Issue] = []
    for quote in quotes:
        parent = by_id.get(quote.parent) if quote.parent is not None else None
        if parent is not None and not encloses(parent, quote):
            message = f"the parent {quote.parent!r} of {quote.id!r} does not enclose it and was left out"
            strays.append(Issue("quoteminer", document_id, message, "warning"))
            quote = with_ids(quote, parent=None)
        kept.append(quote)
    return kept, strays


def from_json(line: str) -> Extraction:
    """Read one line of the form.

    Raises:
        FormatError: when it is no JSON; else as :func:`from_dict`.
    """
    return from_dict(loads(line))
