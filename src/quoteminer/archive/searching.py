"""Finding quotations by their words, speaker, outlet and date."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import Final

import attrs

from ..errors import ConfigurationError
from ..metadata import is_date
from .folding import form_words

#: A phrase in quotation marks, or a word.
_WORD: Final = re.compile(r'"([^"]*)"?|(\S+)')


@attrs.frozen
class Hit:
    """A quotation that was found.

    Attributes:
        text, kind: of the quotation.
        speaker, role: name and role as its document gives them, or ``None``.
        date, source, title, url, document: of its document; ``document`` is the id.
        quote: its id in the document.
        start, end: where it stands there.
        confidence: of the quotation.
        utterance: tells which quotations are the same words again.
    """

    text: str
    kind: str
    speaker: str | None
    role: str | None
    date: str | None
    source: str | None
    title: str | None
    url: str | None
    document: str
    quote: str
    start: int
    end: int
    confidence: float
    utterance: int | None


def search(
    connection: sqlite3.Connection,
    words: str | None,
    *,
    speaker: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    utterance: int | None,
    limit: int | None,
) -> list[Hit]:
    """As :meth:`quoteminer.archive.Archive.search`."""
    conditions, values = date_conditions(since, until, source)
    conditions.append("q.status IS NOT 'rejected'")
    if utterance is not None:
        conditions.append("q.wording IN (SELECT number FROM wordings WHERE utterance = ?)")
        values.append(utterance)
    said = [] if speaker is None else [f'"{name_words(speaker)}"']
    if words is None:
        order = "d.date DESC, q.number" if utterance is None else "d.date IS NULL, d.date, q.number"
        found = f"quotes AS q {_JOINED} WHERE {' AND '.join([*conditions, *([_SAID] if said else [])])}"
        values = [*values, *said]
    else:
        # So many of those stored last are ranked: to rank every quotation with a common word would take seconds. Who says them is looked up once,
        # and not for each of them again.
        order = "w.rank, q.number"
        among = f"AND +w.rowid IN (SELECT q.number FROM quotes AS q WHERE {_SAID})" if said else ""
        found = f"""(SELECT w.rowid AS number, bm25(quotes_words) AS rank FROM quotes_words AS w JOIN quotes AS q ON q.number = w.rowid
            JOIN documents AS d ON d.number = q.document WHERE quotes_words MATCH ? {among} AND {" AND ".join(conditions)}
            ORDER BY w.rowid DESC LIMIT {_RANKED}) AS w JOIN quotes AS q ON q.number = w.number {_JOINED}"""
        values = [match_of(words), *said, *values]
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {found} ORDER BY {order} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return [Hit(*row) for row in rows]


#: The columns of a :class:`Hit`.
_COLUMNS: Final = """q.text, q.kind, s.name, s.role, d.date, d.source, d.title, d.url, d.id, q.id, q.start, q."end", q.confidence, u.utterance"""
#: What is told of a quotation beside its own row.
_JOINED: Final = """JOIN documents AS d ON d.number = q.document LEFT JOIN speakers AS s ON s.number = q.speaker
    LEFT JOIN wordings AS u ON u.number = q.wording"""


def hits(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    """The quotations with these numbers."""
    rows = connection.execute(
        f"SELECT q.number, {_COLUMNS} FROM quotes AS q {_JOINED} WHERE q.number IN (SELECT value FROM json_each(?)) ORDER BY q.number",
        (json.dumps(list(numbers)),),
    )
    return [(row[0], Hit(*tuple(row)[1:])) for row in rows]


#: How many of the quotations that hold the words are ranked.
_RANKED: Final = 2_000
#: That a quotation is of somebody whom its document, or another document that names the same person, calls so.
_SAID: Final = """q.speaker IN (WITH named AS (SELECT number, person FROM speakers WHERE form IN (
    SELECT f.form FROM forms_words AS m JOIN forms AS f ON f.number = m.rowid WHERE forms_words MATCH ?))
    SELECT number FROM named UNION SELECT number FROM speakers WHERE person IN (SELECT person FROM named WHERE person IS NOT NULL))"""


def date_conditions(since: str | None, until: str | None, source: str | None) -> tuple[list[str], list[str | int]]:
    """Conditions on the documents ``d``, with their values. A year or month alone is within a span of time when it may be.

    Raises:
        ConfigurationError: when a date is none.
    """
    conditions: list[str] = []
    values: list[str | int] = []
    for condition, value in (
        ("d.source = ? COLLATE NOCASE", source),
        ("d.date >= substr(?, 1, length(d.date))", _date("since", since)),
        ("substr(d.date, 1, length(?)) <= ?", _date("until", until)),
    ):
        if value is not None:
            conditions.append(condition)
            values += [value] * condition.count("?")
    return conditions, values


def name_words(name: str) -> str:
    """The words of a name as they are compared.

    Raises:
        ConfigurationError: when there is none.
    """
    words = " ".join(form_words(name))
    if not words:
        raise ConfigurationError(f"there is no name in {name!r}", "speaker", name)
    return words


def match_of(words: str) -> str:
    """What people type as an expression of FTS5, whatever signs stand in it: words, phrases in quotation marks, beginnings with a star.

    Raises:
        ConfigurationError: when there is no word in it.
    """
    parts: list[str] = []
    for phrase, word in _WORD.findall(words.replace("“", '"').replace("”", '"').replace("\x00", " ")):
        text = phrase or word.rstrip("*").replace('"', " ")
        if re.search(r"\w", text):
            parts.append(f'"{text}"{"*" if word.endswith("*") else ""}')
    if not parts:
        raise ConfigurationError(f"search: there is no word in {words!r}", "words", words)
    return " ".join(parts)


def _date(name: str, value: str | None) -> str | None:
    if value is not None and not is_date(value):
        raise ConfigurationError(f"{name}: {value!r} is no date of ISO 8601, such as 2026-03-31 or 2026-03", name, value)
    return value
