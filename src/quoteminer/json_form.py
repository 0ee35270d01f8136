"""The JSON form ``quoteminer/2``: one object a document, lossless both ways; ``quoteminer/1`` is read for ever.

Members that this version does not know are kept (:attr:`quoteminer.Extraction.extra`) and written again, so that files of later versions of the
same form pass through.

Lines are readable UTF-8. Where a text holds a lone surrogate, which UTF-8 cannot encode, the line is ASCII with escapes.

One thing no JSON string can hold: the code points of a high and a low surrogate side by side, as broken decoders leave them.
Every reader takes the two escapes for one character, and all offsets behind them move. Such a string is written in pieces,
``{"$pieces": ["…\\ud83d", "\\ude00…"]}``, cut between the two, and joined when read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

import attrs

from .annotations import Claim, Issue, Provenance, Quantity, Quote, Speaker, Time, encloses, with_ids
from .document import Document
from .errors import FormatError, shown
from .extraction import Extraction
from .frozen import NOTHING, RESERVED_KEY, SURROGATE_PAIR, thaw
from .spans import Span

SCHEMA: Final = "quoteminer/2"
#: What can be read; in the first form the detail of a provenance is a text, and what is new since then is missing.
READ: Final = ("quoteminer/1", SCHEMA)
_BETWEEN_SURROGATES: Final = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of the form."""
    import importlib.resources

    text = (importlib.resources.files("quoteminer") / "schema" / "quoteminer-2.schema.json").read_text(encoding="utf-8")
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


def _pair_or_none(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _provenance(value: Provenance) -> dict[str, Any]:
    return {"extractor": value.extractor, "version": value.version, "detail": thaw(value.detail)}


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
    known: dict[str, Any] = {
        "schema": SCHEMA,
        "document": document_to_dict(extraction.document),
        "quotes": [_quote(quote) for quote in extraction.quotes],
        "speakers": [_speaker(speaker) for speaker in extraction.speakers],
        "claims": [_claim(claim) for claim in extraction.claims],
        "issues": [
            {"component": one.component, "document_id": one.document_id, "message": one.message, "severity": one.severity}
            for one in extraction.issues
        ],
    }
    if extraction.manifest:
        known["manifest"] = thaw(extraction.manifest)
    if extraction.extra:
        _put_back(known, extraction.extra)
    return known


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "kind": quote.kind,
        "content": [_pair(span) for span in quote.content],
        "cue": [_pair(span) for span in quote.cue],
        "cue_lemma": quote.cue_lemma,
        "source": _pair_or_none(quote.source),
        "speaker": quote.speaker,
        "speaker_confidence": quote.speaker_confidence,
        "addressee": quote.addressee,
        "addressee_mention": _pair_or_none(quote.addressee_mention),
        "parent": quote.parent,
        "layout": quote.layout,
        "modality": quote.modality,
        "confidence": quote.confidence,
        "provenance": _provenance(quote.provenance),
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "role": speaker.role,
        "kind": speaker.kind,
        "mentions": [_pair(span) for span in speaker.mentions],
        "identifiers": thaw(speaker.identifiers),
        "attributes": thaw(speaker.attributes),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
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


def _fields(value: object, field: str, required: tuple[str, ...], known: Container[str]) -> dict[str, Any]:
    """The members of an object that we know."""
    data = _object(value, field)
    missing = [name for name in required if name not in data]
    if missing:
        raise FormatError(f"{field}: {missing[0]!r} is missing")
    return {name: item for name, item in data.items() if name in known}


_DOCUMENT: Final = ("id", "text", "language", "title", "metadata")
_FIELDS: Final = {
    kind: frozenset(field.name for field in attrs.fields(kind))
    for kind in (Quote, Speaker, Claim, Quantity, Time, Issue, Provenance)
}


def document_from_dict(value: object, field: str = "document") -> Document:
    """The document of the form."""
    data = _fields(value, field, ("text",), _DOCUMENT)
    return Document(
        data["text"],
        id=data.get("id", ""),
        language=data.get("language", "en"),
        title=data.get("title"),
        metadata=data.get("metadata", {}),
    )


def _with_provenance(data: dict[str, Any], field: str) -> dict[str, Any]:
    if "provenance" in data:
        data["provenance"] = Provenance(**_fields(data["provenance"], f"{field}.provenance", ("extractor",), _FIELDS[Provenance]))
    return data


def from_dict(value: object) -> Extraction:
    """Read the form, this one or an earlier.

    Raises:
        FormatError: when something is not in the form; names the field.
        AnnotationError, SpanError: when a value cannot be.
    """
    data = _object(value, "extraction")
    _check_schema(data.get("schema"))
    if "document" not in data:
        raise FormatError("extraction: 'document' is missing")
    document = document_from_dict(data["document"])
    quotes = [
        Quote(**_with_provenance(_fields(item, field, ("id", "kind", "content"), _FIELDS[Quote]), field))
        for field, item in _items(data, "quotes")
    ]
    speakers = [Speaker(**_fields(item, field, ("id", "name"), _FIELDS[Speaker])) for field, item in _items(data, "speakers")]
    claims = [_read_claim(item, field) for field, item in _items(data, "claims")]
    issues = [
        Issue(**_fields(item, field, ("component", "document_id", "message"), _FIELDS[Issue]))
        for field, item in _items(data, "issues")
    ]
    quotes, strays = _enclosed(quotes, document.id)
    extraction = Extraction(document, quotes, speakers, claims, issues + strays, manifest=data.get("manifest", NOTHING))
    left = _unknown(data, to_dict(extraction)) if _has_unknown(data) else None
    return attrs.evolve(extraction, extra=left) if left else extraction


def _items(data: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    """The items of an array, each with what errors call it."""
    return ((f"{name}[{index}]", item) for index, item in enumerate(_array(data, name, "extraction")))


def _read_claim(item: object, field: str) -> Claim:
    fields = _with_provenance(_fields(item, field, ("id", "kind", "spans"), _FIELDS[Claim]), field)
    fields["quantities"] = [
        Quantity(**_fields(part, f"{field}.quantities", ("span",), _FIELDS[Quantity]))
        for part in _array(fields, "quantities", field)
    ]
    fields["times"] = [
        Time(**_fields(part, f"{field}.times", ("span",), _FIELDS[Time])) for part in _array(fields, "times", field)
    ]
    return Claim(**fields)


def is_ours(data: Mapping[str, Any]) -> bool:
    """Whether an object says that it is of this form, in whatever version."""
    schema = data.get("schema")
    return isinstance(schema, str) and schema.startswith("quoteminer/")


def document_of(data: Mapping[str, Any]) -> Document:
    """The document of an object of the form, without what was found in it.

    Raises:
        FormatError: when something is not in the form, or a later version wrote it.
    """
    _check_schema(data.get("schema"))
    return document_from_dict(data.get("document"))


def _check_schema(schema: object) -> None:
    if schema in READ:
        return
    match = re.fullmatch(r"quoteminer/(\d{1,9})", schema) if isinstance(schema, str) else None
    if match is not None and int(match[1]) > int(SCHEMA.partition("/")[2]):
        raise FormatError(f"schema: {schema!r} was written by a later version of quoteminer; this one reads {' and '.join(READ)}")
    raise FormatError(f"schema: expected {' or '.join(map(repr, READ))}, not {shown(schema)}")


_TOP: Final = frozenset({"schema", "document", "quotes", "speakers", "claims", "issues", "manifest"})


def _has_unknown(data: Mapping[str, Any]) -> bool:
    """Whether an object that was read has members that we do not know."""
    if data.keys() - _TOP or data["document"].keys() - set(_DOCUMENT):
        return True
    for name, kind in (("quotes", Quote), ("speakers", Speaker), ("claims", Claim), ("issues", Issue)):
        for item in data.get(name, ()):
            if item.keys() - _FIELDS[kind] or ("provenance" in item and item["provenance"].keys() - _FIELDS[Provenance]):
                return True
            for parts, inner in (("quantities", Quantity), ("times", Time)) if kind is Claim else ():
                if any(part.keys() - _FIELDS[inner] for part in item.get(parts, ())):
                    return True
    return False


def _unknown(read: Any, known: Any) -> dict[str, Any]:
    """What stands in an object beside what is known of it; items of arrays by their ids, or by their places where they have none."""
    left: dict[str, Any] = {}
    if isinstance(known, dict):
        for name, value in read.items():
            if name not in known:
                left[name] = value
            elif isinstance(known[name], (dict, list)) and name not in _OPEN and (inner := _unknown(value, known[name])):
                left[name] = inner
    elif isinstance(known, list):
        by_name = {_name(item, place): item for place, item in enumerate(known)}
        for place, item in enumerate(read):
            name = _name(item, place)
            if isinstance(item, dict) and name in by_name and (inner := _unknown(item, by_name[name])):
                left[name] = inner
    return left


#: Objects that hold whatever is put into them, and arrays of spans: nothing in these is unknown.
_OPEN: Final = frozenset({"metadata", "detail", "attributes", "identifiers", "manifest", "content", "cue", "mentions", "spans"})


def _name(item: Any, place: int) -> str:
    return item["id"] if isinstance(item, dict) and isinstance(item.get("id"), str) else str(place)


def _put_back(known: Any, left: Mapping[str, Any]) -> None:
    """Add to an object what :func:`_unknown` took apart."""
    if isinstance(known, list):
        for place, item in enumerate(known):
            if isinstance(left.get(_name(item, place)), Mapping):
                _put_back(item, left[_name(item, place)])
        return
    for name, value in left.items():
        if isinstance(known.get(name), (dict, list)) and isinstance(value, Mapping):
            _put_back(known[name], value)
        elif name not in known:
            known[name] = thaw(value)


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
