"""The same people in many documents: who is whom, with a reason and a certainty for every join.

Only what is plain is joined: ids of linkers first, then equal full names whose roles go together, then initials and last names whose role leads to one
person only. Where the texts tell that two people share a name, they stay two. What somebody has decided goes before everything.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs

from ..errors import ConfigurationError, UnknownIdError
from .folding import Folding, form_words
from .opening import now, writing
from .searching import name_words

#: Blocks of names that are joined in one transaction.
_BATCH: Final = 200
#: Beside so many others in common, two of one name are one.
_COMPANIONS: Final = 2
#: One of this share of those with a role is meant where nothing tells of which one a text speaks.
_NEARLY_ALL: Final = 0.9
#: Roles of one name that are compared with each other, the commonest first.
_ROLES: Final = 200
#: Values that SQLite takes in one list.
_LIST: Final = 500


@attrs.frozen(eq=False)
class Named:
    """A speaker of one document who has a name.

    Attributes:
        words: of the role, as they are compared.
        bare: the words of the name without titles, each as one word what has no blank in it.
    """

    number: int
    document: int
    document_id: str
    text_hash: str
    name: str
    form: str
    block: str
    role: str | None
    kind: str
    identifiers: dict[str, str]
    source: str | None
    words: frozenset[str]
    bare: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether more than a last name is known, and more of the others than an initial."""
        return len(self.bare) > 1 and not self.initial

    @property
    def initial(self) -> bool:
        """Whether only the first letter stands before the last name."""
        return len(self.bare) > 1 and len(self.bare[0]) == 1

    @property
    def key(self) -> str:
        """What equal names share."""
        return self.form if self.body else " ".join(self.bare)

    @property
    def body(self) -> bool:
        """Whether it is no person."""
        return self.kind in ("organisation", "document")


class _Groups:
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


def link(connection: sqlite3.Connection, folding: Folding) -> None:
    """Join the speakers whose names have changed since this was done last."""
    while changed := connection.execute("SELECT block FROM changed_blocks ORDER BY block LIMIT ?", (_BATCH,)).fetchall():
        with writing(connection):
            done: set[str] = set()
            for (block,) in changed:
                if block not in done:
                    blocks = _connected(connection, block)
                    _join(connection, blocks, folding)
                    done |= blocks
            connection.executemany("DELETE FROM changed_blocks WHERE block = ?", [(block,) for block in done])
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


def _members(connection: sqlite3.Connection, blocks: set[str], folding: Folding) -> list[Named]:
    found: list[Named] = []
    for part in _parts(sorted(blocks)):
        for row in connection.execute(
            f"""SELECT s.number, s.document, d.id AS document_id, d.text_hash, s.name, s.form, s.block, s.role, s.kind, s.identifiers, d.source, d.language
            FROM speakers AS s JOIN documents AS d ON d.number = s.document WHERE s.block IN ({", ".join("?" * len(part))})""",
            part,
        ):
            role = row["role"]
            words = frozenset(folding.fold(role, row["language"]).content) if role else frozenset()
            titles = folding.titles(row["language"])
            parts = tuple(word for part in row["name"].split() if (word := " ".join(form_words(part))))
            while len(parts) > 1 and parts[0] in titles:
                parts = parts[1:]
            same = {
                name: row[name]
                for name in ("number", "document", "document_id", "text_hash", "name", "form", "block", "role", "kind", "source")
            }
            found.append(Named(**same, identifiers=json.loads(row["identifiers"]), words=words, bare=parts))
    return sorted(found, key=lambda one: one.number)


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[at : at + _LIST] for at in range(0, len(items), _LIST))


def _join(connection: sqlite3.Connection, blocks: set[str], folding: Folding) -> None:
    members = _members(connection, blocks, folding)
    groups = _Groups(members)
    _decided(connection, groups, blocks)
    by_id: dict[tuple[str, str], int] = {}
    for place, member in enumerate(members):
        for scheme, value in member.identifiers.items():
            groups.join(by_id.setdefault((scheme, value), place), place, f"the same {scheme} id", 0.99)
    by_form: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
    for place, member in enumerate(members):
        if place not in groups.exceptions:
            by_form[member.body, member.key].append(place)
    companions = _Companions(connection, members)
    for (body, _), places in by_form.items():
        if body:
            for place in places:
                groups.join(places[0], place, "the same name of an organisation", 0.95)
        elif members[places[0]].full:
            _join_full_names(groups, places, companions)
    _join_shorter_names(groups)
    _write(connection, groups)


def _decided(connection: sqlite3.Connection, groups: _Groups, blocks: set[str]) -> None:
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


class _Companions:
    """Who else is named in the documents of people: asked for few of them."""

    def __init__(self, connection: sqlite3.Connection, members: Sequence[Named]) -> None:
        self._connection = connection
        self._members = members

    def of(self, places: Iterable[int]) -> Counter[str]:
        """The names of others in the documents of some, with how many of these documents have them."""
        own = {self._members[place].form for place in places}
        found: Counter[str] = Counter()
        for part in _parts(sorted({self._members[place].document for place in places})):
            rows = self._connection.execute(
                f"SELECT DISTINCT form, document FROM speakers WHERE document IN ({', '.join('?' * len(part))}) AND form LIKE '% %'",
                part,
            )
            found.update(form for form, _ in rows if form not in own)
        return found


def _join_full_names(groups: _Groups, places: Sequence[int], companions: _Companions) -> None:
    """Those of one full name: by roles that go together; then those without a role."""
    members = groups.members
    by_role: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for place in places:
        by_role[members[place].words].append(place)
    bare = by_role.pop(frozenset(), [])
    for same in by_role.values():
        for place in same:
            groups.join(same[0], place, "the same full name and role", 0.97)
    roles = sorted(by_role, key=lambda role: (-len(by_role[role]), by_role[role][0]))[:_ROLES]
    for at, role in enumerate(roles):
        for other in roles[:at]:
            if _go_together(role, other):
                groups.join(by_role[other][0], by_role[role][0], "the same full name, and roles that go together", 0.95)
    sets = _sets(groups, (place for same in by_role.values() for place in same))
    if len(sets) > 1:
        # Different roles are two people, unless they are seen beside the same others.
        beside = {root: set(companions.of(found)) for root, found in sets.items()}
        for root in sets:
            for earlier in sets:
                if earlier < root and _same_company(beside[root], beside[earlier]):
                    groups.join(earlier, root, "the same full name, beside the same others", 0.85)
        sets = _sets(groups, (place for same in by_role.values() for place in same))
    if len(sets) <= 1:
        first = next(iter(sets), bare[0] if bare else 0)
        for place in bare:
            groups.join(first, place, "the same full name, and no role speaks against it", 0.9)
        return
    _join_bare(groups, bare, sets, companions)


def _same_company(one: set[str], other: set[str]) -> bool:
    """Whether those who stand beside two people are so much the same that the two are one; of many, some are the same by chance."""
    common = len(one & other)
    return common >= _COMPANIONS and 2 * common >= min(len(one), len(other))


def _join_bare(groups: _Groups, bare: Sequence[int], sets: dict[int, list[int]], companions: _Companions) -> None:
    """Those without a role where several people have the name: by who stands beside them, then by the outlet, then by who nearly always is meant."""
    if not bare:
        return
    members = groups.members
    beside = {root: set(companions.of(found)) for root, found in sets.items()}
    outlets = {root: {members[place].source for place in found} - {None} for root, found in sets.items()}
    most = max(sets, key=lambda root: len(sets[root]))
    usual = len(sets[most]) >= _NEARLY_ALL * sum(map(len, sets.values()))
    for place in bare:
        others = set(companions.of([place]))
        known = [root for root in sets if beside[root] & others]
        near = [root for root in sets if members[place].source in outlets[root]]
        if len(known) == 1:
            groups.join(known[0], place, "the same full name, beside the same others", 0.85)
        elif len(near) == 1 and not known:
            groups.join(near[0], place, "the same full name in the same outlet", 0.8)
        elif usual:
            groups.join(most, place, "the same full name, and nearly always this one", 0.75)


def _join_shorter_names(groups: _Groups) -> None:
    """Initials and last names alone: only where their role leads to one person."""
    members = groups.members
    full: defaultdict[str, dict[int, set[frozenset[str]]]] = defaultdict(dict)
    for place, member in enumerate(members):
        if member.full and not member.body and place not in groups.exceptions:
            full[member.block].setdefault(groups.find(place), set()).add(member.words)
    alone: dict[tuple[str, str, str | None], list[int]] = {}
    for place, member in enumerate(members):
        if member.full or member.body or not member.words or place in groups.exceptions:
            continue
        fitting = {
            groups.find(root)
            for root, roles in full[member.block].items()
            if any(role and _go_together(role, member.words) for role in roles) and _may_be(member, members[root])
        }
        if len(fitting) == 1:
            what = "initial, last name and role" if member.initial else "last name and role"
            groups.join(fitting.pop(), place, f"the same {what}, as nobody else has", 0.85 if member.initial else 0.8)
        elif not fitting:
            for other in alone.setdefault((member.block, member.key, member.source), []):
                if _go_together(members[other].words, member.words):
                    groups.join(other, place, "the same last name and role in the same outlet", 0.75)
                    break
            else:
                alone[member.block, member.key, member.source].append(place)


def _may_be(short: Named, full: Named) -> bool:
    """Whether the short name may be that of the full one."""
    return not short.initial or full.bare[0][0] == short.bare[0]


def _go_together(role: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two roles may be one, said with more or fewer words."""
    return role <= other or other <= role or 2 * len(role & other) >= len(role | other)


def _sets(groups: _Groups, places: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place in sorted(places):
        found.setdefault(groups.find(place), []).append(place)
    return dict(sorted(found.items()))


def _write(connection: sqlite3.Connection, groups: _Groups) -> None:
    """Store who is whom; rows that stay as they are are not written."""
    numbers = [member.number for member in groups.members]
    before: dict[int, tuple[str | None, str | None, float | None]] = {}
    for part in _parts(numbers):
        for number, person, reason, certainty in connection.execute(
            f"SELECT number, person, reason, certainty FROM speakers WHERE number IN ({', '.join('?' * len(part))})", part
        ):
            before[number] = (person, reason, certainty)
    people: dict[str, list[Named]] = {}
    after: dict[int, tuple[str | None, str | None, float | None]] = {}
    counts: Counter[str] = Counter()
    for places in _sets(groups, range(len(numbers))).values():
        own = [groups.members[place] for place in places]
        if len(own) == 1 and not own[0].identifiers and not (own[0].full or own[0].body):
            after[own[0].number] = (None, None, None)
            continue
        form = _best_form(own)
        slug = ("org:" if own[0].body else "") + form.replace(" ", "-")
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
    return min(own, key=lambda one: (one.initial, -len(one.key.split()), -counts[one.key], one.key)).key


def _person(identifier: str, own: Sequence[Named]) -> tuple[str, str, str | None, str, str, str]:
    """The row of a person."""
    names = Counter(one.name for one in own)
    best = _best_form(own)
    name = max((one for one in own if one.key == best), key=lambda one: names[one.name]).name
    roles = Counter(one.role for one in own if one.role)
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


# --- asked and decided ---------------------------------------------------------------------------------------------------------


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
