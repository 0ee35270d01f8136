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
    roles: dict[tuple[str, str], frozenset[str]] = {}
    nowhere: dict[str, str] = {}
    for part in parts(sorted(blocks)):
        for (
            number,
            document,
            document_id,
            text_hash,
            called,
            form,
            block,
            role,
            kind,
            identifiers,
            source,
            date,
            language,
        ) in connection.execute(
            f"""SELECT s.number, s.document, d.id, d.text_hash, s.name, s.form, s.block, s.role, s.kind, s.identifiers, d.source, d.date, d.language
            FROM speakers AS s JOIN documents AS d ON d.number = s.document WHERE s.block IN ({", ".join("?" * len(part))})""",
            part,
        ):
            name, before = take_apart(called, words)
            told = " ".join([*before, role or ""]), language
            if told not in roles:
                roles[told] = frozenset(folding.fold(*told).content)
            found.append(
                Named(
                    number=number,
                    document=document,
                    document_id=document_id,
                    text_hash=text_hash,
                    called=called,
                    form=form,
                    block=block,
                    told_role=role,
                    kind=kind,
                    identifiers=nowhere if identifiers == "{}" else json.loads(identifiers),
                    source=source,
                    year=int(date[:4]) if date and date[:4].isdecimal() else None,
                    name=name,
                    role=roles[told],
                )
            )
    return sorted(found, key=lambda one: one.number)


def parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A long list in pieces that SQLite takes."""
    return (items[at : at + _LIST] for at in range(0, len(items), _LIST))
