"""An extraction as rows of the archive, and back without loss."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import attrs

from ..annotations import Quote
from ..document import Document
from ..extraction import Extraction
from ..frozen import shallow, thaw
from ..json_form import SCHEMA, dumps, loads
from ..metadata import is_date
from ..tabular import encodable, own_rows, quoted_words
from ..text import Aligned
from .folding import name_block, name_form

#: What somebody decided, by kind (``quote``, ``claim``) and id.
Statuses: TypeAlias = Mapping[tuple[str, str], str]

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=shallow)
#: The keys of a manifest that do not decide about results.
_INCIDENTAL: Final = ("python",)

DOCUMENT: Final = (
    "number", "id", "title", "language", "date", "source", "url", "text", "words", "metadata", "exact", "places", "hash", "text_hash", "manifest",
)  # fmt: skip
SPEAKER: Final = (
    "number", "document", "id", "name", "role", "kind", "quotes", "quoted_words", "claims", "spans", "identifiers", "attributes",
    "form", "block",
)  # fmt: skip
MENTION: Final = ("speaker", "start", "end", "text")
QUOTE: Final = (
    "number", "document", "id", "text", "words", "start", "end", "spans", "kind", "cue", "cue_lemma", "cue_spans", "source", "source_start",
    "source_end", "speaker", "addressee", "addressee_start", "addressee_end", "parent", "layout", "modality", "confidence", "speaker_confidence",
    "extractor", "version", "detail", "status",
)  # fmt: skip
CLAIM: Final = (
    "number", "document", "id", "text", "sentence", "start", "end", "spans", "kind", "claimant", "quote", "check_worthiness", "modality",
    "negated", "quantities", "times", "confidence", "extractor", "version", "detail", "status",
)  # fmt: skip
_SPEAKER_CELLS: Final = itemgetter(*SPEAKER)
_QUOTE_CELLS: Final = itemgetter(*QUOTE)
_CLAIM_CELLS: Final = itemgetter(*CLAIM)
ISSUE: Final = ("number", "document", "component", "document_id", "message", "severity")


def insert(table: str, columns: Sequence[str]) -> str:
    """The statement that puts rows into a table."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


def json_text(value: object) -> str:
    """A value of JSON as a cell. Escapes only where a lone surrogate stands, which no cell can hold."""
    if not value and isinstance(value, Mapping):
        return "{}"
    text = _ENCODER.encode(value)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return dumps(thaw(value))
    return text


def digest(*parts: str) -> str:
    """A hash of texts in their order."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        pieces += (len(data).to_bytes(8, "big"), data)
    return hashlib.blake2b(b"".join(pieces), digest_size=16).hexdigest()


def manifest_mark(manifest: Mapping[str, Any]) -> str:
    """What tells manifests apart in what decides about results."""
    return digest(json.dumps({key: value for key, value in manifest.items() if key not in _INCIDENTAL}, sort_keys=True))


def places(document: Document) -> str | None:
    """What the reader knew of parts of the text, as a cell; components work by it."""
    origin = document.origin
    return json_text([list(place) for place in origin.places]) if origin is not None and origin.places else None


def document_hash(document: Document) -> str:
    """A hash of all that is mined; the id, which names it only, is no part of it."""
    return digest(document.text, document.language, document.title or "", json_text(document.metadata), places(document) or "")


def stored_id(identifier: str) -> str:
    """An id as a cell can hold it."""
    return identifier.encode("utf-8", "backslashreplace").decode()


def exact(extraction: Extraction) -> str | None:
    """The whole JSON form of an extraction whose cells alone would not give it back: it has lone surrogates, or members of a later version."""
    try:
        "".join(_texts(extraction)).encode()
    except UnicodeEncodeError:
        return dumps(extraction.to_dict())
    return dumps(extraction.to_dict()) if extraction.extra else None


def _texts(extraction: Extraction) -> Iterator[str]:
    """Every text that becomes a cell of its own; what becomes a cell as JSON has escapes there."""
    document = extraction.document
    yield from (document.id, document.title or "", document.text)
    for speaker in extraction.speakers:
        yield from (speaker.id, speaker.name, speaker.role or "", *speaker.identifiers, *speaker.identifiers.values())
    for quote in extraction.quotes:
        yield from (quote.id, quote.cue_lemma or "", quote.provenance.extractor, quote.provenance.version)
    for claim in extraction.claims:
        yield from (claim.id, claim.provenance.extractor, claim.provenance.version)
        yield from (one.unit or "" for one in claim.quantities)
        yield from (one.value or "" for one in claim.times)
    for issue in extraction.issues:
        yield from (issue.component, issue.document_id, issue.message)


def document_row(extraction: Extraction, number: int, manifest: int, whole: str | None) -> list[Any]:
    """The row of a document.

    Args:
        whole: what :func:`exact` gives.
    """
    document, metadata = extraction.document, extraction.document.metadata
    date, source, url = metadata.get("date"), metadata.get("source"), metadata.get("url")
    return [
        number,
        stored_id(document.id),
        document.title and encodable(document.title),
        document.language,
        date if is_date(date) else None,
        encodable(source) if isinstance(source, str) else None,
        encodable(url) if isinstance(url, str) else None,
        encodable(document.text),
        len(document.text.split()),
        json_text(metadata),
        whole,
        places(document),
        document_hash(document),
        digest(document.text),
        manifest,
    ]


class Numbers:
    """Gives the rows of a table their numbers, on from the highest one."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._last = connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()[0]

    def next(self) -> int:
        """The next number."""
        self._last += 1
        return int(self._last)


class Writer:
    """Puts extractions into the tables, within a transaction that somebody else begins and ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers = {table: Numbers(connection, table) for table in ("documents", "speakers", "quotes", "claims", "issues")}

    def put(self, extraction: Extraction, manifest: int, statuses: Statuses = MappingProxyType({})) -> int:
        """Store an extraction, in the place of whatever the archive had under the id of its document; its number.

        Args:
            statuses: what somebody decided about quotations and claims, by kind and id.
        """
        execute, document = self._connection.execute, extraction.document
        known = execute("SELECT number FROM documents WHERE id = ?", (stored_id(document.id),)).fetchone()
        number: int = known[0] if known else self._numbers["documents"].next()
        whole = exact(extraction)
        row = document_row(extraction, number, manifest, whole)
        if known:
            empty(self._connection, number)
            changes = ", ".join(f'"{name}" = ?' for name in DOCUMENT[1:])
            execute(f"UPDATE documents SET {changes} WHERE number = ?", [*row[1:], number])
        else:
            execute(insert("documents", DOCUMENT), row)
        self._put_annotations(extraction, number, statuses, sound=whole is None)
        return number

    def _put_annotations(self, extraction: Extraction, number: int, statuses: Statuses, *, sound: bool) -> None:
        """Store what was found in a document.

        Args:
            sound: whether it is known to have no lone surrogates.
        """
        many = self._connection.executemany
        speakers = {speaker.id: self._numbers["speakers"].next() for speaker in extraction.speakers}
        many(insert("speakers", SPEAKER), _speakers(without_rejected(extraction, statuses), number, speakers, sound=sound))
        many(insert("mentions", MENTION), _mentions(extraction, speakers))
        many(
            insert("speaker_identifiers", ("speaker", "scheme", "value")),
            (
                (speakers[one.id], encodable(scheme), encodable(value))
                for one in extraction.speakers
                for scheme, value in one.identifiers.items()
            ),
        )
        many(insert("quotes", QUOTE), _quotes(extraction, number, speakers, self._numbers["quotes"], statuses, sound=sound))
        many(insert("claims", CLAIM), _claims(extraction, number, speakers, self._numbers["claims"], statuses, sound=sound))
        many(
            insert("issues", ISSUE),
            (
                [
                    self._numbers["issues"].next(),
                    number,
                    encodable(one.component),
                    stored_id(one.document_id),
                    encodable(one.message),
                    one.severity,
                ]
                for one in extraction.issues
            ),
        )


def empty(connection: sqlite3.Connection, document: int) -> None:
    """Take away all that was found in a document."""
    for table in ("issues", "claims", "quotes", "speakers"):  # mentions go with their speakers
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def _speakers(extraction: Extraction, document: int, numbers: Mapping[str, int], *, sound: bool) -> Iterator[tuple[Any, ...]]:
    for row, speaker in zip(own_rows(extraction, "speakers", sound=sound), extraction.speakers, strict=True):
        named = encodable("\n".join([extraction.document[span] for span in speaker.mentions]))
        name = encodable(speaker.name)
        row.update(
            number=numbers[speaker.id],
            document=document,
            id=stored_id(speaker.id),
            identifiers=json_text(speaker.identifiers),
            attributes=json_text(speaker.attributes),
            form=name_form(name, speaker.kind, named),
            block=name_block(name, speaker.kind, named),
        )
        yield _SPEAKER_CELLS(row)


def _mentions(extraction: Extraction, numbers: Mapping[str, int]) -> Iterator[list[Any]]:
    for speaker in extraction.speakers:
        for span in speaker.mentions:
            yield [numbers[speaker.id], span.start, span.end, encodable(extraction.document[span])]


def _quotes(
    extraction: Extraction, document: int, speakers: Mapping[str, int], numbers: Numbers, statuses: Statuses, *, sound: bool
) -> Iterator[tuple[Any, ...]]:
    text = extraction.document.text
    inside_of: dict[str, list[Quote]] = {}
    for quote in extraction.quotes:
        if quote.parent is not None:
            inside_of.setdefault(quote.parent, []).append(quote)
    for row, quote in zip(own_rows(extraction, "quotes", sound=sound), extraction.quotes, strict=True):
        to = quote.addressee_mention
        inside = [one for one in inside_of.get(quote.id, ()) if one.speaker == quote.speaker]
        row.update(
            number=numbers.next(),
            document=document,
            id=stored_id(quote.id),
            # What somebody quotes of themselves counts once.
            words=quoted_words(text, [quote]) - (quoted_words(text, inside) if inside else 0),
            speaker=None if quote.speaker is None else speakers[quote.speaker],
            addressee=None if quote.addressee is None else speakers[quote.addressee],
            addressee_start=None if to is None else to.start,
            addressee_end=None if to is None else to.end,
            parent=None if quote.parent is None else stored_id(quote.parent),
            version=encodable(quote.provenance.version),
            detail=json_text(quote.provenance.detail),
            status=statuses.get(("quote", quote.id)),
        )
        yield _QUOTE_CELLS(row)


def _claims(
    extraction: Extraction, document: int, speakers: Mapping[str, int], numbers: Numbers, statuses: Statuses, *, sound: bool
) -> Iterator[tuple[Any, ...]]:
    for row, claim in zip(own_rows(extraction, "claims", sound=sound), extraction.claims, strict=True):
        row.update(
            number=numbers.next(),
            document=document,
            id=stored_id(claim.id),
            claimant=None if claim.claimant is None else speakers[claim.claimant],
            quote=None if claim.quote is None else stored_id(claim.quote),
            version=encodable(claim.provenance.version),
            detail=json_text(claim.provenance.detail),
            status=statuses.get(("claim", claim.id)),
        )
        yield _CLAIM_CELLS(row)


# --- and back ------------------------------------------------------------------------------------------------------------------


def read_document(row: sqlite3.Row) -> Document:
    """The document of a row, without the way back to its file."""
    if row["exact"]:
        return Extraction.from_json(row["exact"]).document
    return Document(row["text"], id=row["id"], title=row["title"], language=row["language"], metadata=loads(row["metadata"]))


def to_mine_again(row: sqlite3.Row) -> Document:
    """The document of a row with what its reader knew of its parts, so that components find in it what they found before."""
    document = read_document(row)
    if not row["places"]:
        return document
    size = len(document.text)
    origin = Aligned(document.text, size, [(0, size, 0, size)] if size else [], places=json.loads(row["places"]))
    return Document(
        document.text, id=document.id, title=document.title, language=document.language, metadata=document.metadata, origin=origin
    )


def read_statuses(connection: sqlite3.Connection, document: int) -> Statuses:
    """What somebody decided about the quotations and claims of a document."""
    return {
        (kind, identifier): status
        for kind in ("quote", "claim")
        for identifier, status in connection.execute(
            f"SELECT id, status FROM {kind}s WHERE document = ? AND status IS NOT NULL", (document,)
        )
    }


def without_rejected(extraction: Extraction, statuses: Statuses) -> Extraction:
    """An extraction without what somebody rejected."""
    if "rejected" not in statuses.values():
        return extraction
    gone = {identifier for (kind, identifier), status in statuses.items() if kind == "quote" and status == "rejected"}
    quotes = [
        attrs.evolve(quote, parent=None) if quote.parent in gone else quote for quote in extraction.quotes if quote.id not in gone
    ]
    claims = [
        attrs.evolve(claim, quote=None) if claim.quote in gone else claim
        for claim in extraction.claims
        if statuses.get(("claim", claim.id)) != "rejected"
    ]
    return attrs.evolve(extraction, quotes=quotes, claims=claims)


def read(connection: sqlite3.Connection, row: sqlite3.Row, *, rejected: bool = False) -> Extraction:
    """The extraction of the document of a row, as it was stored.

    Args:
        rejected: with what somebody rejected.
    """
    extraction = _read(connection, row)
    return extraction if rejected else without_rejected(extraction, read_statuses(connection, row["number"]))


def _read(connection: sqlite3.Connection, row: sqlite3.Row) -> Extraction:
    if row["exact"]:
        return Extraction.from_json(row["exact"])
    number = row["number"]

    def of(table: str) -> list[sqlite3.Row]:
        return connection.execute(f"SELECT * FROM {table} WHERE document = ? ORDER BY number", (number,)).fetchall()

    speakers = of("speakers")
    ids = {one["number"]: one["id"] for one in speakers}
    (manifest,) = connection.execute("SELECT manifest FROM manifests WHERE number = ?", (row["manifest"],)).fetchone()
    form = {
        "schema": SCHEMA,
        "document": {
            **{key: row[key] for key in ("id", "text", "language", "title")},
            "metadata": loads(row["metadata"]),
        },
        "quotes": [_quote_form(one, ids) for one in of("quotes")],
        "speakers": [
            {
                **{key: one[key] for key in ("id", "name", "role", "kind")},
                "mentions": json.loads(one["spans"]),
                "identifiers": loads(one["identifiers"]),
                "attributes": loads(one["attributes"]),
            }
            for one in speakers
        ],
        "claims": [_claim_form(one, ids) for one in of("claims")],
        "issues": [{key: one[key] for key in ("component", "document_id", "message", "severity")} for one in of("issues")],
        "manifest": loads(manifest),
    }
    return Extraction.from_dict(form)


def _span(row: sqlite3.Row, name: str) -> list[int] | None:
    return None if row[f"{name}_start"] is None else [row[f"{name}_start"], row[f"{name}_end"]]


def _provenance(row: sqlite3.Row) -> dict[str, Any]:
    return {"extractor": row["extractor"], "version": row["version"], "detail": loads(row["detail"])}


def _quote_form(row: sqlite3.Row, ids: Mapping[int, str]) -> dict[str, Any]:
    kept = ("id", "kind", "cue_lemma", "parent", "layout", "modality", "confidence", "speaker_confidence")
    return {
        **{key: row[key] for key in kept},
        "content": json.loads(row["spans"]),
        "cue": json.loads(row["cue_spans"]),
        "source": _span(row, "source"),
        "speaker": ids.get(row["speaker"]),
        "addressee": ids.get(row["addressee"]),
        "addressee_mention": _span(row, "addressee"),
        "provenance": _provenance(row),
    }


def _claim_form(row: sqlite3.Row, ids: Mapping[int, str]) -> dict[str, Any]:
    kept = ("id", "kind", "quote", "check_worthiness", "modality", "confidence")
    return {
        **{key: row[key] for key in kept},
        "spans": json.loads(row["spans"]),
        "claimant": ids.get(row["claimant"]),
        "negated": bool(row["negated"]),
        "quantities": _without_text(row["quantities"]),
        "times": _without_text(row["times"]),
        "provenance": _provenance(row),
    }


def _without_text(cell: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in one.items() if key != "text"} for one in json.loads(cell)]


def each(connection: sqlite3.Connection, where: str = "", values: Iterable[Any] = ()) -> Iterator[sqlite3.Row]:
    """The rows of documents, in order; few are in memory at once, and the archive may change in between."""
    last = 0
    while True:
        found = connection.execute(
            f"SELECT * FROM documents WHERE number > ? {f'AND {where}' if where else ''} ORDER BY number LIMIT 64",
            (last, *values),
        ).fetchall()
        if not found:
            return
        yield from found
        last = found[-1]["number"]
