"""Sets of speakers who are one person, and what somebody has decided about them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from .named import Named


class Groups:
    """Who is joined with whom: disjoint sets that refuse what contradicts a decision or an id."""

    def __init__(self, members: Sequence[Named]) -> None:
        self.members = members
        self.reasons: dict[int, tuple[str, float]] = {}
        self._root = list(range(len(members)))
        self._ids: list[dict[str, str]] = [dict(member.identifiers) for member in members]
        self._apart: list[tuple[int, int]] = []
        self.exceptions: set[int] = set()

    def keep_apart(self, one: int, other: int) -> None:
        """Never join these two; and the first of them with nobody else because of its name."""
        self._apart.append((one, other))
        self.exceptions.add(one)

    def find(self, place: int) -> int:
        """The first member of a set."""
        while self._root[place] != place:
            self._root[place] = self._root[self._root[place]]
            place = self._root[place]
        return place

    def join(self, one: int, other: int, reason: str, certainty: float, *, decided: bool = False) -> bool:
        """Join two sets; whether they are one now. What somebody decided goes before ids."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        ids, more = self._ids[first], self._ids[second]
        if not decided and any(ids.get(scheme, value) != value for scheme, value in more.items()):
            return False
        if any({self.find(a), self.find(b)} == {first, second} for a, b in self._apart):
            return False
        self._root[second] = first
        self._ids[first] = {**more, **ids}
        self.reasons[second] = (reason, certainty)
        return True

    def sets(self) -> list[list[int]]:
        """All sets, each with its members in order, by the first of them."""
        found: dict[int, list[int]] = {}
        for place in range(len(self.members)):
            found.setdefault(self.find(place), []).append(place)
        return [found[root] for root in sorted(found)]


def decided(connection: sqlite3.Connection, groups: Groups, blocks: Iterable[str]) -> None:
    """What somebody decided; a decision about a text whose words have changed since goes by the id of its document."""
    decisions = [
        row
        for block in sorted(blocks)
        for row in connection.execute(
            """SELECT verdict, left_document, left_text_hash, left_form, right_document, right_text_hash, right_form, number
            FROM people_decisions WHERE left_block = ? ORDER BY number""",
            (block,),
        )
    ]
    if not decisions:
        return
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, member in enumerate(groups.members):
        places[member.text_hash, member.form].append(place)
        places[f"id:{member.document_id}", member.form].append(place)
    for verdict in ("apart", "same"):
        for row in sorted(decisions, key=lambda row: row["number"]):
            if row["verdict"] != verdict:
                continue
            left, right = (
                places.get((row[f"{side}_text_hash"], row[f"{side}_form"]))
                or places.get((f"id:{row[f'{side}_document']}", row[f"{side}_form"]), [])
                for side in ("left", "right")
            )
            for one in left:
                for other in right:
                    if verdict == "apart":
                        groups.keep_apart(one, other)
                    else:
                        groups.join(one, other, "decided", 1.0, decided=True)
