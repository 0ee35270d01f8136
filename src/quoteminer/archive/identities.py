"""Who is whom, as it is stored: people with an id, a name and a role, and for each speaker who it is and why."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from .groups import Groups
from .named import Named, parts


def write(connection: sqlite3.Connection, groups: Groups) -> None:
    """Store who is whom; rows that stay as they are are not written."""
    numbers = [member.number for member in groups.members]
    before: dict[int, tuple[str | None, str | None, float | None]] = {}
    for part in parts(numbers):
        for number, person, reason, certainty in connection.execute(
            f"SELECT number, person, reason, certainty FROM speakers WHERE number IN ({', '.join('?' * len(part))})", part
        ):
            before[number] = (person, reason, certainty)
    people: dict[str, list[Named]] = {}
    after: dict[int, tuple[str | None, str | None, float | None]] = {}
    counts: Counter[str] = Counter()
    for places in groups.sets():
        own = [groups.members[place] for place in places]
        if len(own) == 1 and not own[0].identifiers and not (own[0].full or own[0].body):
            after[own[0].number] = (None, None, None)
            continue
        form = _best_form(own)
        slug = ("org:" if own[0].body else "") + form.replace("-", "_").replace(" ", "-")
        counts[slug] += 1
        identifier = slug if counts[slug] == 1 else f"{slug}.{counts[slug]}"
        people[identifier] = own
        for place, member in zip(places, own, strict=True):
            reason, certainty = groups.reasons.get(place, ("the first of this name", 1.0))
            after[member.number] = (identifier, reason, certainty)
    connection.executemany(
        "UPDATE speakers SET person = ?, reason = ?, certainty = ? WHERE number = ?",
        [(*after[number], number) for number in numbers if after[number] != before[number]],
    )
    gone = {person for person, _, _ in before.values() if person is not None} - people.keys()
    connection.executemany("DELETE FROM people WHERE id = ?", [(one,) for one in sorted(gone)])
    connection.executemany(
        "INSERT OR REPLACE INTO people (id, name, role, kind, forms, identifiers) VALUES (?, ?, ?, ?, ?, ?)",
        [_person(identifier, own) for identifier, own in people.items()],
    )


def _best_form(own: Sequence[Named]) -> str:
    """The fullest form of a name, the commonest of such."""
    counts = Counter(one.key for one in own)
    return min(own, key=lambda one: (one.initial, -len(one.key.replace("-", " ").split()), -counts[one.key], one.key)).key


def _person(identifier: str, own: Sequence[Named]) -> tuple[str, str, str | None, str, str, str]:
    """The row of a person."""
    names = Counter(one.called for one in own)
    best = _best_form(own)
    name = max((one for one in own if one.key == best), key=lambda one: names[one.called]).called
    roles = Counter(one.told_role for one in own if one.told_role)
    kinds = Counter(one.kind for one in own if one.kind != "unknown")
    ids: dict[str, str] = {}
    for one in own:
        ids.update(one.identifiers)
    return (
        identifier,
        name,
        roles.most_common(1)[0][0] if roles else None,
        kinds.most_common(1)[0][0] if kinds else "unknown",
        json.dumps([name for name, _ in names.most_common()], ensure_ascii=False),
        json.dumps(ids, ensure_ascii=False, sort_keys=True),
    )
