"""The speakers of documents who have a name, as they are read to find out who is whom."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs

from .folding import Folding
from .naming import Name, Words, take_apart

#: Values that SQLite takes in one list.
_LIST: Final = 500


@attrs.frozen(eq=False)
class Named:
    """A speaker of one document who has a name.

    Attributes:
        name: taken apart.
        role: the words of what they are, as they are compared.
    """

    number: int
    document: int
    document_id: str
    text_hash: str
    called: str
    form: str
    block: str
    told_role: str | None
    kind: str
    identifiers: dict[str, str]
    source: str | None
    year: int | None
    name: Name
    role: frozenset[str]

    @property
    def key(self) -> str:
        """What equal names share."""
        return self.form if self.body else self.name.key

    @property
    def full(self) -> bool:
        """Whether more than a last name is known, and more of the others than an initial."""
        return self.name.full

    @property
    def initial(self) -> bool:
        """Whether only the first letter stands before the last name."""
        return self.name.initial

    @property
    def body(self) -> bool:
        """Whether it is no person."""
        return self.kind in ("organisation", "document")


def members(connection: sqlite3.Connection, blocks: set[str], folding: Folding, words: Words) -> list[Named]:
    """Who has one of these names, in the order in which they were stored."""
    found: list[Named] = []
    for part in parts(sorted(blocks)):
        for row in connection.execute(
            f"""SELECT s.number, s.document, d.id AS document_id, d.text_hash, s.name, s.form, s.block, s.role, s.kind, s.identifiers, d.source, d.date,
            d.language FROM speakers AS s JOIN documents AS d ON d.number = s.document WHERE s.block IN ({", ".join("?" * len(part))})""",
            part,
        ):
            name, before = take_apart(row["name"], words)
            told = " ".join([*before, row["role"] or ""])
            same = {
                key: row[key] for key in ("number", "document", "document_id", "text_hash", "form", "block", "kind", "source")
            }
            found.append(
                Named(
                    **same,
                    called=row["name"],
                    told_role=row["role"],
                    identifiers=json.loads(row["identifiers"]),
                    year=int(row["date"][:4]) if row["date"] and row["date"][:4].isdecimal() else None,
                    name=name,
                    role=frozenset(folding.fold(told, row["language"]).content) if told.strip() else frozenset(),
                )
            )
    return sorted(found, key=lambda one: one.number)


def parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A long list in pieces that SQLite takes."""
    return (items[at : at + _LIST] for at in range(0, len(items), _LIST))
