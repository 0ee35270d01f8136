"""People across documents, as they are asked for, and what somebody has decided about who is whom."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import attrs

from ..errors import ConfigurationError, UnknownIdError
from .opening import now
from .searching import name_words


@attrs.frozen
class Person:
    """Somebody across documents.

    Attributes:
        id: made from the name; it may change when other documents come.
        name, role, kind: as most documents have them.
        forms: the names that documents give.
        identifiers: ids elsewhere, by scheme.
        documents, quotes, words, claims: how many documents name them, how much they are quoted there, and what they assert.
        first, last: dates of the first and last of these documents, where known.
    """

    id: str
    name: str
    role: str | None
    kind: str
    forms: tuple[str, ...]
    identifiers: dict[str, str]
    documents: int
    quotes: int
    words: int
    claims: int
    first: str | None
    last: str | None


@attrs.frozen
class Appearance:
    """A person in one document, and why it is this person.

    Attributes:
        document: id of the document.
        name, role: as it gives them.
        reason, certainty: why it is this person, and how sure that is, 0 to 1.
    """

    document: str
    date: str | None
    source: str | None
    name: str
    role: str | None
    reason: str
    certainty: float
    quotes: int


@attrs.frozen
class PeopleDecision:
    """A decision that two speakers are one person, or are not.

    Attributes:
        number: by which it is undone.
        verdict: ``same`` or ``apart``.
        left, right: documents and names.
        note, made: as of other decisions.
    """

    number: int
    verdict: str
    left: str
    right: str
    note: str | None
    made: str


def listed(connection: sqlite3.Connection) -> list[PeopleDecision]:
    """All decisions about people, as they were made."""
    return [
        PeopleDecision(*row)
        for row in connection.execute(
            """SELECT number, verdict, left_form || ' in ' || left_document, right_form || ' in ' || right_document, note, made
            FROM people_decisions ORDER BY number"""
        )
    ]


def people(connection: sqlite3.Connection, name: str | None, limit: int | None) -> list[Person]:
    """Everybody with a name, those who are quoted most first."""
    where = (
        "WHERE p.id IN (SELECT person FROM speakers WHERE form IN (SELECT f.form FROM forms_words AS m JOIN forms AS f ON f.number = m.rowid "
        "WHERE forms_words MATCH ?))"
        if name
        else ""
    )
    found = connection.execute(
        f"""SELECT p.id, p.name, p.role, p.kind, p.forms, p.identifiers, count(DISTINCT s.document), sum(s.quotes), sum(s.quoted_words) AS words,
        sum(s.claims), min(d.date), max(d.date) FROM people AS p JOIN speakers AS s ON s.person = p.id JOIN documents AS d ON d.number = s.document
        {where} GROUP BY p.id ORDER BY words DESC, p.id LIMIT ?""",
        (*((f'"{name_words(name)}"',) if name else ()), -1 if limit is None else limit),
    )
    people = []
    for identifier, named, role, kind, forms, ids, documents, quotes, words, claims, first, last in found:
        known = tuple(json.loads(forms)), json.loads(ids)
        people.append(Person(identifier, named, role, kind, *known, documents, quotes, words, claims, first, last))
    return people


def appearances(connection: sqlite3.Connection, person: str) -> list[Appearance]:
    """Where a person is named, by date."""
    found = connection.execute(
        """SELECT d.id, d.date, d.source, s.name, s.role, s.reason, s.certainty, s.quotes FROM speakers AS s
        JOIN documents AS d ON d.number = s.document WHERE s.person = ? ORDER BY d.date, s.number""",
        (person,),
    )
    return [Appearance(*row) for row in found]


def _anchors(connection: sqlite3.Connection, person: str) -> list[sqlite3.Row]:
    """The speakers who are a person, each enough to find the document and the name again.

    Raises:
        UnknownIdError: when there is no such person.
    """
    found = connection.execute(
        """SELECT d.id AS document, d.text_hash, s.form, s.block FROM speakers AS s JOIN documents AS d ON d.number = s.document
        WHERE s.person = ? ORDER BY s.number""",
        (person,),
    ).fetchall()
    if not found:
        raise UnknownIdError(f"there is no person {person!r}", "person", person)
    return found


def _decide(connection: sqlite3.Connection, verdict: str, left: sqlite3.Row, right: sqlite3.Row, note: str | None) -> None:
    connection.execute(
        """INSERT INTO people_decisions (verdict, left_document, left_text_hash, left_form, left_block, right_document, right_text_hash, right_form,
        right_block, note, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (verdict, *left, *right, note, now()),
    )
    connection.executemany("INSERT OR IGNORE INTO changed_blocks VALUES (?)", [(left["block"],), (right["block"],)])


def _take_back(connection: sqlite3.Connection, verdict: str, left: Sequence[sqlite3.Row], right: Sequence[sqlite3.Row]) -> None:
    """Take earlier decisions back that a new one is against."""
    places = [{(row["document"], row["form"]) for row in side} for side in (left, right)]
    for row in connection.execute(
        "SELECT number, left_document, left_form, right_document, right_form FROM people_decisions WHERE verdict = ?", (verdict,)
    ).fetchall():
        one, other = (row["left_document"], row["left_form"]), (row["right_document"], row["right_form"])
        if (one in places[0] and other in places[1]) or (one in places[1] and other in places[0]):
            undo(connection, row["number"])


def force_same(connection: sqlite3.Connection, one: str, other: str, note: str | None) -> None:
    """Decide that two people are one."""
    left, right = _anchors(connection, one), _anchors(connection, other)
    _take_back(connection, "apart", left, right)
    # Through one document of each: all that was joined to either comes along.
    _decide(connection, "same", left[0], right[0], note)


def force_apart(connection: sqlite3.Connection, person: str, documents: Sequence[str], note: str | None) -> None:
    """Decide that whom some documents name is another of the same name.

    Raises:
        ConfigurationError: when the person is in none of these documents, or in no other.
    """
    anchors = _anchors(connection, person)
    theirs = [one for one in anchors if one["document"] in documents]
    others = [one for one in anchors if one["document"] not in documents]
    if not theirs or not others:
        where = "none of these documents" if not theirs else "no other document"
        raise ConfigurationError(f"apart: {person!r} is named in {where}", "documents", tuple(documents))
    _take_back(connection, "same", theirs, others)
    for one in theirs:
        _decide(connection, "apart", one, others[0], note)
    for one in theirs[1:]:
        _decide(connection, "same", theirs[0], one, note)


def undo(connection: sqlite3.Connection, number: int) -> None:
    """Take a decision about people back.

    Raises:
        UnknownIdError: when there is no such decision.
    """
    row = connection.execute("SELECT left_block, right_block FROM people_decisions WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise UnknownIdError(f"there is no decision {number} about people", "number", number)
    connection.execute("DELETE FROM people_decisions WHERE number = ?", (number,))
    connection.executemany("INSERT OR IGNORE INTO changed_blocks VALUES (?)", [(row[0],), (row[1],)])
