"""The same people in many documents: who is whom, with a reason and a certainty for every join.

Ids of linkers go first, then names: two of one name are one when what their texts tell speaks for it more than against it (:mod:`.evidence`).
Where the texts tell that two people share a name, they stay two. What somebody has decided goes before everything.
"""

from __future__ import annotations

import sqlite3
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
    words: Words | None = None
    reader: Reader | None = None
    while changed := connection.execute("SELECT block FROM changed_blocks ORDER BY block LIMIT ?", (_BATCH,)).fetchall():
        words = words or Words.of(folding.packs)
        reader = reader or Reader(connection, folding, words)
        with writing(connection):
            reader.look_again()
            done: set[str] = set()
            for (block,) in changed:
                if block not in done:
                    blocks = _connected(connection, block)
                    _join(connection, blocks, folding, words, reader)
                    done |= blocks
            connection.executemany("DELETE FROM changed_blocks WHERE block = ?", [(block,) for block in done])
    if reader is not None:
        reader.close()
    with writing(connection):
        connection.execute(
            "DELETE FROM people WHERE id IN (SELECT person FROM left_people) AND NOT EXISTS (SELECT 1 FROM speakers WHERE person = people.id)"
        )
        connection.execute("DELETE FROM left_people")


def _connected(connection: sqlite3.Connection, block: str) -> set[str]:
    """The blocks that a name may share people with: by an id, or because somebody decided so."""
    found, new = {block}, [block]
    while new:
        one = new.pop()
        near = connection.execute(
            """SELECT right_block FROM people_decisions WHERE left_block = ?1 UNION SELECT left_block FROM people_decisions WHERE right_block = ?1
            UNION SELECT o.block FROM speaker_identifiers AS i JOIN speakers AS s ON s.number = i.speaker AND s.block = ?1
            JOIN speaker_identifiers AS j ON j.scheme = i.scheme AND j.value = i.value JOIN speakers AS o ON o.number = j.speaker""",
            (one,),
        )
        for (other,) in near:
            if other is not None and other not in found:
                found.add(other)
                new.append(other)
    return found


def _join(connection: sqlite3.Connection, blocks: set[str], folding: Folding, words: Words, reader: Reader) -> None:
    found = members(connection, blocks, folding, words)
    groups = Groups(found)
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
