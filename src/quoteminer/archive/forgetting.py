"""Taking documents and people out of an archive, for good: also out of the index, the free pages and the log."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from ..annotations import Issue, Provenance, Speaker
from ..document import Document
from ..extraction import Extraction
from ..frozen import thaw
from ..json_form import loads
from ..spans import Span
from . import rows
from .opening import now, writing

#: Stands for every sign of what is forgotten, so that all other offsets stay true.
BLANK: Final = "█"


@attrs.frozen
class Forgotten:
    """What was forgotten.

    Attributes:
        documents: ids of the documents that were removed, or whose text was blacked out in places.
        quotes: how many quotations went.
        left: ids of documents whose id or address itself holds the name, which stays.
    """

    documents: tuple[str, ...]
    quotes: int
    left: tuple[str, ...] = ()


def forget_documents(connection: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> Forgotten:
    """Remove documents, what was found in them and what was decided about them."""
    quotes = 0
    with writing(connection):
        for row in found:
            (count,) = connection.execute("SELECT count(*) FROM quotes WHERE document = ?", (row["number"],)).fetchone()
            quotes += count
            _never_again(connection, row["text_hash"])
            connection.execute("DELETE FROM documents WHERE number = ?", (row["number"],))
            connection.execute("DELETE FROM decisions WHERE text_hash = ? OR document = ?", (row["text_hash"], row["id"]))
            connection.execute(
                "DELETE FROM people_decisions WHERE ? IN (left_text_hash, right_text_hash) OR ? IN (left_document, right_document)",
                (row["text_hash"], row["id"]),
            )
    return Forgotten(tuple(row["id"] for row in found), quotes)


def forget_person(connection: sqlite3.Connection, person: str) -> Forgotten:
    """Remove who is a person, all that they are quoted with and assert, and black out their names and words in the texts.

    Of the words of others nothing goes but the names in them.
    """
    speakers = connection.execute(
        "SELECT number, document, id, name, form FROM speakers WHERE person = ? ORDER BY number", (person,)
    ).fetchall()
    names = {row["name"] for row in speakers}
    by_document: dict[int, set[str]] = {}
    for row in speakers:
        by_document.setdefault(row["document"], set()).add(row["id"])
    pattern = _pattern(names)
    quotes, documents, left = 0, [], []
    with writing(connection):
        writer = rows.Writer(connection)
        for number, ids in by_document.items():
            row = connection.execute("SELECT * FROM documents WHERE number = ?", (number,)).fetchone()
            statuses = rows.read_statuses(connection, number)
            before = rows.read(connection, row, rejected=True)
            after = _without(before, ids, pattern)
            quotes += len(before.quotes) - len(after.quotes)
            _never_again(connection, row["text_hash"])
            _move_decisions(connection, row, after, pattern)
            writer.put(after, row["manifest"], statuses)
            documents.append(row["id"])
            if pattern.search(row["id"]):
                left.append(row["id"])
        connection.execute(
            "DELETE FROM people_decisions WHERE left_form IN (SELECT value FROM json_each(?1)) OR right_form IN (SELECT value FROM json_each(?1))",
            (json.dumps(sorted({row["form"] for row in speakers})),),
        )
    return Forgotten(tuple(documents), quotes, tuple(left))


def clean(connection: sqlite3.Connection) -> None:
    """Write the file anew without what was deleted."""
    with writing(connection):
        connection.execute("DELETE FROM forms WHERE form NOT IN (SELECT form FROM speakers WHERE form IS NOT NULL)")
    for table in ("documents_words", "quotes_words", "forms_words"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _never_again(connection: sqlite3.Connection, text_hash: str) -> None:
    connection.execute("INSERT OR IGNORE INTO forgotten VALUES (?, ?)", (text_hash, now()))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The names wherever they stand as whole words, in whatever case, over line breaks and hyphens; last names too, as names are written."""
    whole = {r"[\W_]+".join(map(re.escape, re.findall(r"\w+", name))) for name in names}
    last = {re.escape(words[-1]) for name in names if len(words := re.findall(r"\w+", name)) > 1 and words[-1][:1].isupper()}
    parts = [f"(?i:{one})" for one in sorted(whole, key=len, reverse=True)] + sorted(last, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _blacked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: BLANK * len(match[0]), text)


def _blacked_value(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return _blacked(value, pattern)
    if isinstance(value, Mapping):
        return {_blacked(name, pattern): _blacked_value(item, pattern) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_blacked_value(item, pattern) for item in value]
    return value


def _without(extraction: Extraction, ids: set[str], pattern: re.Pattern[str]) -> Extraction:
    """An extraction in which nobody of these speakers is named, quoted or asserts anything."""
    document = extraction.document
    gone = {quote.id for quote in extraction.quotes if quote.speaker in ids}
    spans: list[Span] = [span for speaker in extraction.speakers if speaker.id in ids for span in speaker.mentions]
    spans += [span for quote in extraction.quotes if quote.id in gone for span in quote.content]
    spans += [quote.source for quote in extraction.quotes if quote.id in gone and quote.source is not None]
    text = list(_blacked(document.text, pattern))
    for span in spans:
        text[span.start : span.end] = BLANK * (span.end - span.start)
    quotes = [
        attrs.evolve(
            quote,
            addressee=None if quote.addressee in ids else quote.addressee,
            addressee_mention=None if quote.addressee in ids else quote.addressee_mention,
            parent=None if quote.parent in gone else quote.parent,
            provenance=_provenance(quote.provenance, pattern),
        )
        for quote in extraction.quotes
        if quote.id not in gone
    ]
    claims = [
        attrs.evolve(claim, quote=None if claim.quote in gone else claim.quote, provenance=_provenance(claim.provenance, pattern))
        for claim in extraction.claims
        if claim.claimant not in ids and claim.quote not in gone
    ]
    return attrs.evolve(
        extraction,
        document=Document(
            "".join(text),
            id=document.id,
            language=document.language,
            title=document.title and _blacked(document.title, pattern),
            metadata=_blacked_value(thaw(document.metadata), pattern),
        ),
        quotes=quotes,
        speakers=[_speaker(speaker, pattern) for speaker in extraction.speakers if speaker.id not in ids],
        claims=claims,
        issues=[Issue(one.component, one.document_id, _blacked(one.message, pattern), one.severity) for one in extraction.issues],
        extra={},
    )


def _provenance(provenance: Provenance, pattern: re.Pattern[str]) -> Provenance:
    return attrs.evolve(provenance, detail=_blacked_value(thaw(provenance.detail), pattern))


def _speaker(speaker: Speaker, pattern: re.Pattern[str]) -> Speaker:
    """Another speaker, in whose role the name may stand ("Ana Ruiz’s lawyer")."""
    return attrs.evolve(speaker, role=speaker.role and _blacked(speaker.role, pattern), name=_blacked(speaker.name, pattern))


def _move_decisions(connection: sqlite3.Connection, row: sqlite3.Row, after: Extraction, pattern: re.Pattern[str]) -> None:
    """Let the decisions about the old text be about the new one, without what has gone from it."""
    text, digest = after.document.text, rows.digest(after.document.text)
    connection.execute("UPDATE people_decisions SET left_text_hash = ?1 WHERE left_text_hash = ?2", (digest, row["text_hash"]))
    connection.execute("UPDATE people_decisions SET right_text_hash = ?1 WHERE right_text_hash = ?2", (digest, row["text_hash"]))
    kept = {("quote", quote.content) for quote in after.quotes} | {("claim", claim.spans) for claim in after.claims}
    for decision in connection.execute(
        "SELECT * FROM decisions WHERE text_hash = ? OR document = ?", (row["text_hash"], row["id"])
    ).fetchall():
        spans = tuple(Span(*span) for span in json.loads(decision["spans"]))
        if decision["text_hash"] != row["text_hash"] or (decision["kind"], spans) not in kept:
            connection.execute("DELETE FROM decisions WHERE number = ?", (decision["number"],))
            continue
        forms = [
            None if decision[name] is None else rows.json_text(_blacked_value(loads(decision[name]), pattern))
            for name in ("value", "was")
        ]
        connection.execute(
            "UPDATE decisions SET text_hash = ?, words = ?, value = ?, was = ?, note = NULL WHERE number = ?",
            (digest, " … ".join(text[span.start : span.end] for span in spans), *forms, decision["number"]),
        )
