"""Roles and titles that the text gives to people: "Foreign Minister Ada", "Ada, the minister", "the minister, Ada"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..blockwise import Watch
from .entities import EntityTable
from .knowledge import Knowledge
from .people import Entity

_READ: Final = 6
_WIDEST: Final = 70


class Roles:
    """The roles of the people of an entity table, read when first asked for."""

    def __init__(self, table: EntityTable, known: Knowledge, watch: Watch) -> None:
        self._table = table
        self._watch = watch
        self._known = known
        self._read: dict[int, str | None] = {}
        self._nouns: dict[int, frozenset[str]] = {}
        self._more: dict[int, list[str]] = {}
        """Further appositions: "Ada, the countess, a mathematician"."""

    def of(self, entity: Entity) -> str | None:
        """The role of an entity; from titles first, then from appositions."""
        if entity.role is None and entity.kind == "person" and entity.serial not in self._read:
            self._read[entity.serial] = None
            entity.role = self._find(entity)
        return entity.role

    def nouns(self, entity: Entity) -> frozenset[str]:
        """The words of the role and of titles, lower case, nouns in the singular."""
        role = self.of(entity) or ""
        if not role and not entity.titles:
            return frozenset()
        found = self._nouns.get(entity.serial)
        if found is None:
            words = " ".join([role, *self._more.get(entity.serial, ())]).lower().replace("-", " - ").split()
            found = self._nouns[entity.serial] = frozenset(
                [*words, *map(self._known.nouns.singular, words), *role.lower().split(), *entity.titles]
            )
        return found

    def _find(self, entity: Entity) -> str | None:
        text = self._table.text
        titled: str | None = None
        beside: str | None = None
        for at in self._places(entity):
            name = self._table.names[at]
            start, end = self._table.starts[at], self._table.ends[at]
            if titled is None and name.role and not self._only_addresses(name.role):
                titled = name.role
            if beside is None and len(name.key) > 1:
                with self._watch.over(start):
                    beside = self._appositions(entity, end) or self._before(text, start) or self._copula(text, end)
            if titled is not None:
                break
        return titled or beside

    def _only_addresses(self, role: str) -> bool:
        return all(word.strip(".").lower() in self._known.titles.civil for word in role.split())

    def _places(self, entity: Entity) -> Iterator[int]:
        """Indices of the first names of the entity, full forms only."""
        count = 0
        for position in entity.positions[:40]:
            for index in self._table.between(position, position + 1):
                name = self._table.names[index]
                if len(name.key) > 1 or name.role:
                    yield index
                    count += 1
            if count >= _READ:
                return

    def _appositions(self, entity: Entity, end: int) -> str | None:
        """The first apposition behind a name; those that follow it are kept too."""
        first: str | None = None
        for number in range(3):
            match = self._known.patterns.roles.apposition.match(self._table.text, end, end + 200)
            if match is None:
                break
            found = self._apposition(match)
            if found is None:
                if number or not match[1]:
                    break
                # "Ada, the lone dissenter, a retired clerk": what is no role may stand before one.
            elif first is None:
                first = found
            else:
                self._more.setdefault(entity.serial, []).append(found)
            end = match.end()
        return first

    def _apposition(self, match: re.Match[str]) -> str | None:
        article, body = match.groups()
        body = self._known.patterns.roles.end.split(body)[0].strip()
        words = body.split()
        if not words or len(words) > 10 or not is_role(body, self._known):
            return None
        if not article and not words[0][0].isupper() and words[0].lower() not in self._known.nouns.persons:
            return None
        return " ".join(words)

    def _before(self, text: str, start: int) -> str | None:
        match = self._known.patterns.roles.before.search(text[max(0, start - _WIDEST) : start])
        phrase = match[1] if match is not None else self._bare_before(text, start)
        if not phrase:
            return None
        known = self._known
        words = phrase.split()
        spoke = next((i for i in range(len(words) - 1, -1, -1) if words[i] in known.verbs.speaking), -1)
        if 0 <= spoke < len(words) - 1:
            # "the senator told Fox News host Sean Hannity"
            words = words[spoke + 1 :]
            phrase = " ".join(words)
        lowered = [word.lower() for word in words]
        if lowered[0] in known.verbs.reporting or lowered[0] in known.classes.closed or lowered[-1] in known.classes.closed:
            return None
        if any(word in known.classes.auxiliaries or word in known.classes.conjunctions for word in lowered):
            return None
        return phrase if is_role(phrase, self._known) else None

    def _bare_before(self, text: str, start: int) -> str:
        """What stands before a name without an article: "former president Rosa", "Sales boss Tilda"."""
        before = text[max(0, start - _WIDEST) : start]
        if before[-1:] != " ":
            return ""
        known = self._known
        words = before.split()
        if not words or not (words[-1] in known.nouns.persons or words[-1] in known.titles.known):
            return ""
        first = len(words) - 1
        while first > max(0, len(words) - 4):
            word = words[first - 1]
            if not word[-1].isalnum() or word.lower() in known.classes.closed or word.lower() in known.verbs.reporting:
                break
            first -= 1
        return " ".join(words[first:])

    def _copula(self, text: str, end: int) -> str | None:
        match = self._known.patterns.roles.copula.match(text, end)
        if match is None:
            return None
        words = self._known.patterns.roles.end.split(match[1])[0].split()
        last = next(
            (index for index, word in enumerate(words) if index and word.lower() in self._known.classes.closed), len(words)
        )
        phrase = " ".join(words[:last])
        return phrase if is_role(phrase, self._known) and words[last - 1].lower() in self._known.nouns.persons else None


def is_role(phrase: str, known: Knowledge) -> bool:
    """Whether a phrase names what somebody does or is."""
    words = [word.lower().strip(".") for word in phrase.split()]
    head = words
    for index, word in enumerate(words):
        if index and word in known.classes.role_prepositions:
            head = words[:index]
            break
    last = head[-1]
    return (
        last in known.nouns.persons
        or last.rpartition("-")[2] in known.nouns.persons
        or last in known.titles.known
        or any(word in known.nouns.offices or word in known.titles.known for word in head)
    )
