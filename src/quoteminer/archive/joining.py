"""The same people in many documents: who is whom, with a reason and a certainty for every join.

Ids of linkers go first, then names: two of one name are one when what their texts tell speaks for it more than against it (:mod:`.evidence`).
Where the texts tell that two people share a name, they stay two. What somebody has decided goes before everything.

Of a name that very many documents have, as many are compared with each other as suffices; the others go with those of the same outlet and role.
"""

from __future__ import annotations

import itertools
import json
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs

from .evidence import Evidence, behind, jobs_near, names_in, observed, possible, rarity, weighed, with_openings
from .folding import Folding, form_words, plain
from .naming import Likeness, Name, Words, take_apart
from .opening import writing

#: Blocks of names that are joined in one transaction.
_BATCH: Final = 200
#: Of each name, role and outlet so many texts are read.
_MOST_READ: Final = 5
#: So many who share a name are compared with each other.
_MOST_COMPARED: Final = 120
#: One of this share is meant where nothing tells of which one a text speaks.
_NEARLY_ALL: Final = 0.9
#: So much surer must it be who is meant by a short name than who else could be.
_MARGIN: Final = 0.5
#: The mean of the logarithms of the odds that two sets must reach to be joined.
_LEAST: Final = 0.3
#: Values that SQLite takes in one list.
_LIST: Final = 500
_SUREST: Final = 0.99
#: Letters of a noun that are compared, as those of a role are.
_STEM: Final = 5


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
    words: Words | None = None
    while changed := connection.execute("SELECT block FROM changed_blocks ORDER BY block LIMIT ?", (_BATCH,)).fetchall():
        words = words or Words.of(folding.packs)
        with writing(connection):
            done: set[str] = set()
            for (block,) in changed:
                if block not in done:
                    blocks = _connected(connection, block)
                    _join(connection, blocks, folding, words)
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


def _members(connection: sqlite3.Connection, blocks: set[str], folding: Folding, words: Words) -> list[Named]:
    found: list[Named] = []
    for part in _parts(sorted(blocks)):
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


def _join(connection: sqlite3.Connection, blocks: set[str], folding: Folding, words: Words) -> None:
    members = _members(connection, blocks, folding, words)
    groups = _Groups(members)
    _decided(connection, groups, blocks)
    by_id: dict[tuple[str, str], int] = {}
    for place, member in enumerate(members):
        for scheme, value in member.identifiers.items():
            groups.join(by_id.setdefault((scheme, value), place), place, f"the same {scheme} id", 0.99)
    bodies: dict[str, int] = {}
    people: list[int] = []
    for place, member in enumerate(members):
        if place in groups.exceptions:
            continue
        if member.body:
            groups.join(bodies.setdefault(member.key, place), place, "the same name of an organisation", 0.95)
        else:
            people.append(place)
    if len(people) > 1:
        _Joining(connection, groups, people, words).join()
    _write(connection, groups)


class _Joining:
    """Joins the people of some blocks of names.

    Args:
        places: numbers of the members who are people.
    """

    def __init__(self, connection: sqlite3.Connection, groups: _Groups, places: Sequence[int], words: Words) -> None:
        self._groups = groups
        self._words = words
        alike: defaultdict[tuple[str, frozenset[str], str | None], list[int]] = defaultdict(list)
        for place in places:
            member = groups.members[place]
            alike[member.key, member.role, member.source].append(place)
        most = sorted(alike.values(), key=lambda found: (-len(found), found[0]))
        read = [place for found in most for place in found[:_MOST_READ]][:_MOST_COMPARED]
        read.sort()
        told = with_openings(_read(connection, [groups.members[place] for place in read], words))
        self._evidence = dict(zip(read, told, strict=True))
        self._left = [found for found in most if len(found) > _MOST_READ or found[0] not in self._evidence]
        self._rare = rarity(told)
        sizes = Counter(groups.find(place) for place in range(len(groups.members)))
        #: Who is joined with others by a decision or an id, whatever their names are.
        self._given = {place for place in self._evidence if sizes[groups.find(place)] > 1}
        self._known: dict[tuple[int, int], tuple[Likeness, float] | None] = {}

    def join(self) -> None:
        """Full names with a role first, by what speaks most for it; then those of whom less is told, where one person is meant; then those that were
        not read."""
        members = self._groups.members
        plain_ones = [place for place in self._evidence if members[place].full and members[place].role]
        pairs = [
            (found[1], one, two)
            for one, two in itertools.combinations(plain_ones, 2)
            if (found := self._pair(one, two)) is not None and found[1] >= _LEAST
        ]
        for _, one, two in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            self._agglomerate(one, two)
        for full in (True, False):
            for place in self._evidence:
                if place not in plain_ones and members[place].full == full:
                    self._told_little(
                        place,
                        [
                            *plain_ones,
                            *(one for one in self._evidence if one < place and members[one].full == full),
                            *(one for one in self._evidence if not full and members[one].full),
                        ],
                    )
        for places in self._left:
            self._rest(places)

    def _pair(self, one: int, two: int) -> tuple[Likeness, float] | None:
        """How far two names are one, and the logarithm of the odds that the people are; ``None`` when they cannot be."""
        key = (one, two) if one < two else (two, one)
        if key not in self._known:
            left, right = self._evidence[key[0]], self._evidence[key[1]]
            how = possible(left, right, self._words)
            self._known[key] = None if how is None else (how, weighed(observed(left, right, how, self._rare)))
        return self._known[key]

    def _between(self, one: Iterable[int], two: Sequence[int]) -> float | None:
        """The mean over all pairs of two sets; ``None`` when any pair cannot be one."""
        total, count = 0.0, 0
        for left in one:
            for right in two:
                found = self._pair(left, right)
                if found is None and (left in self._given or right in self._given):
                    continue
                if found is None:
                    return None
                total += found[1]
                count += 1
        return total / count if count else None

    def _set_of(self, place: int) -> list[int]:
        root = self._groups.find(place)
        return [other for other in self._evidence if self._groups.find(other) == root]

    def _agglomerate(self, one: int, two: int) -> None:
        """Join the sets of two, unless all of them together speak against it."""
        if self._groups.find(one) == self._groups.find(two):
            return
        mean = self._between(self._set_of(one), self._set_of(two))
        found = self._pair(one, two)
        if mean is not None and mean >= _LEAST and found is not None:
            self._groups.join(one, two, self._reason(one, two, found[0]), _certainty(found[1]))

    def _told_little(self, place: int, others: Sequence[int]) -> None:
        """Somebody without a role, or by an initial or last name alone: who it is, if that is one much sooner than any other."""
        means: list[tuple[float, int]] = []
        for root in dict.fromkeys(self._groups.find(other) for other in others):
            if root != self._groups.find(place) and (mean := self._between([place], self._set_of(root))) is not None:
                means.append((mean, root))
        means.sort(key=lambda one: (-one[0], one[1]))
        if not means or means[0][0] < _LEAST:
            return
        if len(means) > 1 and means[0][0] - means[1][0] < _MARGIN and means[1][0] >= _LEAST:
            return
        nearest = max(self._set_of(means[0][1]), key=lambda other: (self._score(other, place), -other))
        found = self._pair(nearest, place)
        if found is not None and self._tells(nearest, place, found[0]):
            self._groups.join(nearest, place, self._reason(nearest, place, found[0]), _certainty(found[1]))

    def _tells(self, one: int, two: int, how: Likeness) -> bool:
        """Whether more than topic and places leads from a short name to a full one, and from a short one to another of the same outlet."""
        if self._groups.members[one].full and self._groups.members[two].full:
            return True
        seen = observed(self._evidence[one], self._evidence[two], how, self._rare)
        if self._groups.members[one].full or self._groups.members[two].full:
            return bool(seen.get("role") or seen.get("job") or seen.get("beside"))
        return bool(seen.get("role") and seen.get("outlet"))

    def _score(self, one: int, two: int) -> float:
        found = self._pair(one, two)
        return -math.inf if found is None else found[1]

    def _rest(self, places: Sequence[int]) -> None:
        """Those of one name, role and outlet of which some were read go with most of these; else with who nearly always is meant."""
        known = [place for place in places if place in self._evidence]
        candidates = known or [
            place for place in self._evidence if self._groups.members[place].key == self._groups.members[places[0]].key
        ]
        counts = Counter(self._groups.find(place) for place in candidates)
        others = [place for place in places if place not in self._evidence]
        if not counts:
            for place in others[1:]:
                self._groups.join(others[0], place, "the same full name, role and outlet", 0.9)
            return
        root, count = counts.most_common(1)[0]
        if known or count >= _NEARLY_ALL * counts.total():
            reason, sure = (
                ("the same full name, role and outlet", 0.9)
                if known
                else ("the same full name, and nearly always this one", 0.75)
            )
            for place in others:
                self._groups.join(root, place, reason, sure)

    def _reason(self, one: int, two: int, how: Likeness) -> str:
        """What speaks for it, in words."""
        found = observed(self._evidence[one], self._evidence[two], how, self._rare)
        told = [words for name, words in _SAID.items() if found.get(name, 0.0) > 0]
        return f"{_NAMED[how]}{': ' + ', '.join(told) if told else ', and nothing speaks against it'}"


_NAMED: Final[dict[Likeness, str]] = {
    "same": "the same full name",
    "variant": "another form of the full name",
    "initial": "the same initial and last name",
    "last": "the same last name",
}
_SAID: Final = {
    "role": "roles that go together",
    "outlet": "the same outlet",
    "places": "the same places",
    "beside": "the same others beside them",
}


def _certainty(score: float) -> float:
    return round(min(_SUREST, 1 / (1 + math.exp(-score))), 2)


def _read(connection: sqlite3.Connection, members: Sequence[Named], words: Words) -> Iterator[Evidence]:
    """What the texts tell of each."""
    common = words.common
    for member in members:
        (text,) = connection.execute("SELECT text FROM documents WHERE number = ?", (member.document,)).fetchone()
        mentions = connection.execute(
            'SELECT start, "end", text FROM mentions WHERE speaker = ? ORDER BY start', (member.number,)
        ).fetchall()
        beside = [
            row[0]
            for row in connection.execute("SELECT form FROM speakers WHERE document = ? AND form IS NOT NULL", (member.document,))
        ]
        generation, born = "", None
        jobs: set[str] = set()
        for mention in mentions:
            jobs.update(word for word in plain(mention["text"]).split() if word in words.nouns)
            if any(form in plain(mention["text"]) for form in member.name.last):
                more, year = behind(text, mention["end"], member.year)
                generation, born = generation or more, born or year
                jobs.update(jobs_near(text, mention["start"], mention["end"], words.nouns))
        name = attrs.evolve(member.name, generation=member.name.generation or generation)
        own = {word for form in beside for word in form.split()} | {*member.name.given, *member.name.last}
        inside, opening = names_in(text, common | own)
        yield Evidence(
            name,
            member.role,
            frozenset(job[:_STEM] for job in jobs) | member.role,
            frozenset() if member.source is None else frozenset([member.source]),
            born,
            inside,
            # Many outlets have the name of their town.
            opening | frozenset(form_words(member.source or "")),
            frozenset(form for form in beside if form != member.form and " " in form),
        )


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


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[at : at + _LIST] for at in range(0, len(items), _LIST))
