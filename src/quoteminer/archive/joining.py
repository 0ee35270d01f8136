"""The same people in many documents: who is whom, with a reason and a certainty for every join.

Ids of linkers go first, then names: two of one name are one when what their texts tell speaks for it more than against it (:mod:`.evidence`).
Where the texts tell that two people share a name, they stay two. What somebody has decided goes before everything.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from .clustering import Clustering
from .folding import Folding
from .groups import Groups, decided
from .identities import write
from .named import members
from .naming import Words
from .opening import writing
from .telling import Reader

#: Blocks of names that are joined in one transaction.
_BATCH: Final = 200


def link(connection: sqlite3.Connection, folding: Folding) -> None:
    """Join the speakers whose names have changed since this was done last."""
    if connection.execute("SELECT 1 FROM changed_blocks LIMIT 1").fetchone() is not None:
        words = Words.of(folding.packs)
        with Reader(connection, folding, words) as reader:
            while changed := connection.execute("SELECT block FROM changed_blocks ORDER BY block LIMIT ?", (_BATCH,)).fetchall():
                with writing(connection):
                    _link_some(connection, [block for (block,) in changed], folding, words, reader)
    with writing(connection):
        connection.execute(
            "DELETE FROM people WHERE id IN (SELECT person FROM left_people) AND NOT EXISTS (SELECT 1 FROM speakers WHERE person = people.id)"
        )
        connection.execute("DELETE FROM left_people")


def _link_some(connection: sqlite3.Connection, changed: Iterable[str], folding: Folding, words: Words, reader: Reader) -> None:
    reader.look_again()
    connected = _Connected(connection)
    done: set[str] = set()
    for block in changed:
        if block not in done:
            blocks = connected.to(block)
            _join(connection, blocks, folding, words, reader, decisions=connected.decided(blocks))
            done |= blocks
    connection.executemany("DELETE FROM changed_blocks WHERE block = ?", [(block,) for block in done])


class _Connected:
    """Which blocks a name may share people with: by an id, or because somebody decided so."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._decided: defaultdict[str, set[str]] = defaultdict(set)
        for left, right in connection.execute("SELECT left_block, right_block FROM people_decisions"):
            self._decided[left].add(right)
            self._decided[right].add(left)
        self._ids = connection.execute("SELECT 1 FROM speaker_identifiers LIMIT 1").fetchone() is not None

    def to(self, block: str) -> set[str]:
        """A block and those that it is connected with, directly or through others."""
        found, new = {block}, [block]
        ids: set[tuple[str, str]] = set()
        while new:
            one = new.pop()
            near = set(self._decided.get(one, ()))
            if self._ids:
                near |= self._by_ids(one, ids)
            new += near - found
            found |= near
        return found

    def decided(self, blocks: Iterable[str]) -> bool:
        """Whether somebody decided something about a name of these blocks."""
        return any(block in self._decided for block in blocks)

    def _by_ids(self, block: str, seen: set[tuple[str, str]]) -> set[str]:
        """The blocks of names with an id that names of a block have; each id is looked up once."""
        own = self._connection.execute(
            "SELECT DISTINCT i.scheme, i.value FROM speakers AS s JOIN speaker_identifiers AS i ON i.speaker = s.number WHERE s.block = ?",
            (block,),
        ).fetchall()
        near: set[str] = set()
        for scheme, value in own:
            if (scheme, value) not in seen:
                seen.add((scheme, value))
                near.update(
                    other
                    for (other,) in self._connection.execute(
                        """SELECT DISTINCT o.block FROM speaker_identifiers AS i JOIN speakers AS o ON o.number = i.speaker
                        WHERE i.scheme = ? AND i.value = ? AND o.block IS NOT NULL""",
                        (scheme, value),
                    )
                )
        return near


def _join(
    connection: sqlite3.Connection, blocks: set[str], folding: Folding, words: Words, reader: Reader, *, decisions: bool
) -> None:
    found = members(connection, blocks, folding, words)
    groups = Groups(found)
    if decisions:
        decided(connection, groups, blocks)
    by_id: dict[tuple[str, str], int] = {}
    for place, member in enumerate(found):
        for scheme, value in member.identifiers.items():
            groups.join(by_id.setdefault((scheme, value), place), place, f"the same {scheme} id", 0.99)
    bodies: dict[str, int] = {}
    people: list[int] = []
    for place, member in enumerate(found):
        if place in groups.exceptions:
            continue
        if member.body:
            groups.join(bodies.setdefault(member.key, place), place, "the same name of an organisation", 0.95)
        else:
            people.append(place)
    if len(people) > 1:
        Clustering(groups, people, reader, words).join()
    write(connection, groups)
