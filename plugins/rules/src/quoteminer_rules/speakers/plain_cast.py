"""Who a text tells of, in languages of which only the pack is known: bearers of names, of roles, and those who are only described."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from quoteminer import Span, SpeakerKind

from ..language.pack import Pack
from .people import Entity
from .plain_names import DETERMINERS, NOT_NAMES, Name, NameReader, Word
from .turns import Named

_ACRONYM: Final = 5
"""Letters of the longest name that is written in capitals alone."""
_CLOSE: Final = 90
"""Code points before a name in which a description of its bearer begins."""
_APPOSED: Final = 60
"""Code points behind one in which such a description ends."""
_STOPS: Final = ".,;:\n"
LINKS: Final = frozenset(["link", "preposition", "genitive", "contraction"])
_FAR: Final = 3_000
"""Code points before a noun in which the organisation was named whose name it takes up."""
_SHORT: Final = 3
"""Letters of words in a role that tell nothing."""
_TITLE: Final = 12
"""Code points before a name in which a title stands."""
_STEM: Final = 4
"""Letters of the shortest noun that may end a compound."""
_CLOSED: Final = re.compile(r" ?[,.;:!?)»”\"—–]|\n\n|$")
"""What stands behind an apposition."""
GROUP: Final = "group"
"""The kind of several who are described together."""
_NEVER: Final = re.compile(r"(?!)")


class Cast:
    """The entities of a document."""

    called = _NEVER
    call_before = re.compile(r"(?:^|[,;:.!?¡¿—–-]) *$")

    def __init__(self, reader: NameReader, sources: Iterable[tuple[int, int]] = ()) -> None:
        self.text = reader.text
        self._reader: Final = reader
        self._pack: Final[Pack] = reader.pack
        self.entities: Final[list[Entity]] = []
        self._by_name: Final[dict[str, Entity]] = {}
        self._by_word: Final[dict[str, list[Entity]]] = {}
        """Who is called so, by any word of a name."""
        self._by_role: Final[dict[str, list[Entity]]] = {}
        self.described: Final[dict[str, Entity]] = {}
        """Those without a name, by the description and by its noun."""
        self.named: Final[set[int]] = set()
        """The numbers of those whom the text names."""
        self.starts: Final[list[int]] = []
        self.ends: Final[list[int]] = []
        self.owners: Final[list[Entity]] = []
        """Where names stand in the text, in order, and whose they are."""
        self._read(frozenset(sources))

    # Names

    def _read(self, sources: frozenset[tuple[int, int]]) -> None:
        """Read all names of the text, the full ones first, so that parts of them mean their bearers; one word alone is a name where it speaks."""
        names = [
            name for name in self._reader.names(0, len(self.text)) if not (name.text.isupper() and len(name.text) > _ACRONYM)
        ]
        for name in names:
            if len(name.words) > 1:
                self.bearer(name)
        for name in names:
            if len(name.words) == 1 and (((name.start, name.end) in sources and not name.determined) or self._is_titled(name)):
                self.bearer(name)
        determined: Counter[int] = Counter()
        for name in names:
            entity = self.bearer(name) if len(name.words) > 1 else self._called(name.text, name.start, name.gender)
            if entity is not None:
                self._stands(name, entity)
                determined[entity.serial] += name.determined and not name.role
        for serial, often in determined.items():
            entity = self.entities[serial]
            if 2 * often > entity.count and entity.role is None:
                # Hardly any person has an article before the name.
                entity.kind = "organisation"
                entity.gender = None

    def _is_titled(self, name: Name) -> bool:
        """Whether a title stands right before a name of one word that is none by itself: "don Laureano"."""
        before = self.text[max(0, name.start - _TITLE) : name.start].split()
        return bool(before) and before[-1].lower().rstrip(".") in self._pack.of_class("civil_title")

    def _stands(self, name: Name, entity: Entity) -> None:
        """Note where a name stands and what is said there of its bearer."""
        self.starts.append(name.start)
        self.ends.append(name.end)
        self.owners.append(entity)
        entity.positions.append(name.start)
        entity.count += 1
        self._take_description(entity, name.start)
        self._take_apposition(entity, name.end)
        if name.role:
            self._take_role(entity, name.role, name.gender)

    def bearer(self, name: Name) -> Entity:
        """The bearer of a name, made where nobody bore it before."""
        entity = self._known(name)
        if entity is None:
            entity = self._new(name.text.title() if _is_shouted(name.text) else name.text)
            self.named.add(entity.serial)
            if name.words[-1].text in self._pack.company_suffixes or (len(name.words) > 1 and self._is_organisation(name)):
                entity.kind = "organisation"
            self._by_name.setdefault(name.text, entity)
            for word in name.words:
                if len(word.text) > 1 and "name_particle" not in self._pack.classes(word.text.lower()):
                    self._by_word.setdefault(_key(word.text), []).append(entity)
        if entity.gender is None:
            entity.gender = name.gender
            if entity.gender is None and len(name.words) > 1 and entity.kind != "organisation":
                entity.gender = self._reader.gender_by_name(name.words[0].text)
        if name.role:
            self._take_role(entity, name.role, name.gender)
        return entity

    def _is_organisation(self, name: Name) -> bool:
        """Whether a name begins with a noun for organisations, or a compound with one: "Krankenhaus Oberwinkl"."""
        first = name.words[0].text.lower()
        known = self._pack.organisations
        return first in known or (
            self._pack.features["noun_capitals"] and any(first[at:] in known for at in range(3, len(first) - 3))
        )

    def apposed(self, end: int) -> Entity | None:
        """Whose full name stands by itself behind a description that ends there: "la jueza de guardia, Pilar Soto,"."""
        if self.text[end : end + 1] != ",":
            return None
        name = next(self._reader.names(end + 1, min(len(self.text), end + _APPOSED)), None)
        if name is None or len(name.words) == 1 or name.role or self.text[end + 1 : name.start].strip():
            return None
        return self.bearer(name) if _CLOSED.match(self.text, name.end) else None

    def _known(self, name: Name) -> Entity | None:
        found = self._by_name.get(name.text)
        if found is not None:
            return found
        if len(name.words) == 1:
            return self._called(name.text, name.start, name.gender)
        first = _key(name.words[0].text)
        for entity in self._by_word.get(_key(name.words[-1].text), ()):
            # "Ada M. Vogt" and "Ada Vogt", "A. Vogt" and "Ada Vogt".
            given = entity.key[0]
            if given == first or (1 in (len(given), len(first)) and given[0] == first[0]):
                return entity
        return None

    def _called(self, word: str, at: int, gender: str | None) -> Entity | None:
        """Who is called by one word: of several the one whom the text named last, of the gender that a title tells."""
        bearers = [one for one in self._by_word.get(_key(word), ()) if None in (gender, one.gender) or one.gender == gender]
        return max(bearers, key=lambda one: (one.last_before(at), -one.serial), default=None)

    def is_known(self, word: str) -> bool:
        """Whether a word is part of a name of the text."""
        return _key(word) in self._by_word

    def _new(self, name: str) -> Entity:
        entity = Entity(len(self.entities), tuple(name.split()), "unknown", name)
        entity.key = tuple(map(_key, entity.words))
        self.entities.append(entity)
        return entity

    # Roles

    def _take_role(self, entity: Entity, role: str, gender: str | None) -> None:
        """Let what somebody is called find the bearer again."""
        if entity.role is None:
            entity.role = role
        entity.gender = entity.gender or gender
        for word in role.split():
            bearers = self._by_role.setdefault(word.lower(), [])
            if len(word) > _SHORT and entity not in bearers:
                bearers.append(entity)

    def _take_apposition(self, entity: Entity, end: int) -> None:
        """What stands between commas or in brackets behind a name says what its bearer is."""
        if entity.role is not None or self.text[end : end + 2] not in (", ", " ("):
            return
        words = self._appositive(end + 2)
        if words and (self._pack.features["noun_capitals"] or words[0].text[0].islower()):
            head = words[-1].text if self._pack.features["noun_capitals"] else words[0].text
            self._take_role(entity, " ".join(word.text for word in words[:3]), self._reader.gender_of(head))

    def _appositive(self, start: int) -> list[Word]:
        """The words of a noun phrase, without what opens it, up to what ends it."""
        words: list[Word] = []
        for word in self._reader.words(start, min(len(self.text), start + _APPOSED)):
            classes = self._pack.classes(word.text.lower())
            if words and word.start - words[-1].end > 1:
                break
            if not classes.isdisjoint(DETERMINERS) and not words:
                continue
            if not classes.isdisjoint(NOT_NAMES) or "verb" in classes:
                break
            words.append(word)
            if self._pack.features["noun_capitals"] and word.text[0].isupper():
                break
        return words

    def _take_description(self, entity: Entity, start: int) -> None:
        """What stands before a name and a comma says what its bearer is: "la presidenta, Pilar Soto,"."""
        if entity.role is not None or self.text[max(0, start - 2) : start] != ", ":
            return
        since = max(self.text.rfind(sign, max(0, start - _CLOSE), start - 2) for sign in _STOPS) + 1
        words = list(self._reader.words(max(since, start - _CLOSE), start - 2))
        at = self._determiner(words, len(words))
        while at > 0 and not self._pack.classes(words[at - 1].text.lower()).isdisjoint(LINKS):
            # That of what the noun belongs to: "la presidenta de la junta".
            at = self._determiner(words, at)
        if at < 0 or at + 1 >= len(words):
            return
        head = self.head(words[at + 1 :])
        gender = self._reader.gender_of(head) or self._reader.gender_by_word(words[at].text)
        self._take_role(entity, " ".join(self.text[words[at + 1].start : words[-1].end].split()), gender)

    def _determiner(self, words: Sequence[Word], before: int) -> int:
        """The last determiner before the word of a number, or -1."""
        found = (n for n in range(before - 1, -1, -1) if not self._pack.classes(words[n].text.lower()).isdisjoint(DETERMINERS))
        return next(found, -1)

    def head(self, words: Sequence[Word]) -> str:
        """The noun that a description is about."""
        if self._pack.features["noun_capitals"]:
            return next((word.text.lower() for word in words if word.text[0].isupper()), words[0].text.lower())
        return words[0].text.lower()

    # Descriptions

    def in_role(self, head: str, at: int, gender: str | None) -> Entity | None:
        """Who has a role: whom the text named last before a place, else whom it names first behind."""
        bearers = self._by_role.get(head, [])
        if not bearers and self._pack.features["noun_capitals"] and len(head) >= _STEM:
            # "Sprecher" for "Polizeisprecher".
            bearers = [one for role, several in self._by_role.items() if role.endswith(head) for one in several]
        fitting = [one for one in bearers if None in (gender, one.gender) or one.gender == gender]
        return max(fitting, key=lambda one: (one.last_before(at), -one.serial), default=None)

    def describe(self, words: Sequence[Word], end: int) -> Entity:
        """Who is described so: by the same words or noun before, else somebody new."""
        classes = self._pack.classes
        plain = [word for word in words if classes(word.text.lower()).isdisjoint(DETERMINERS)] or list(words)
        head = self.head(plain)
        key = " ".join(word.text.lower() for word in plain)
        if "indefinite" in classes(head):
            # One of several is not the next one of them.
            head = key
        found = self.described.get(key) or self.described.get(head)
        if found is None:
            # Without article, owner or pointer: "hijo" for "su hijo".
            opening = 1 if len(words) > 1 and not classes(words[0].text.lower()).isdisjoint(DETERMINERS) else 0
            written = self.text[words[opening].start : min(end, words[-1].end + 1)]
            if written[-1:] != ")" or "(" not in written:
                written = self.text[words[opening].start : words[-1].end]
            found = self._new(" ".join(written.split()))
            found.gender = self._reader.gender_of(head) or self._reader.gender_by_word(words[0].text)
            if self._are_several(words[0].text.lower(), head):
                found.kind = GROUP
            self.described[key] = self.described[head] = found
        return found

    def _are_several(self, first: str, head: str) -> bool:
        """Whether a description is in the plural: by its noun, and by what stands before it."""
        plural, classes = self._pack.plural_noun_endings, self._pack.classes(first)
        return head.endswith(plural) and (classes.isdisjoint(DETERMINERS) or first.endswith(plural) or "number" in classes)

    def mentioned(self, words: Sequence[Word], end: int) -> Entity:
        """Whom a noun with its determiner means in the narration: who is described so, who has that role, or somebody new."""
        head = words[-1].text.lower()
        found = self.described.get(head)
        if found is None and "possessive" not in self._pack.classes(words[0].text.lower()):
            gender = self._reader.gender_of(head) or self._reader.gender_by_word(words[0].text)
            found = self.in_role(head, words[0].start, gender) or self.organisation(head, words[0].start)
        return found or self.describe(words, end)

    def invent(self, name: str) -> Entity:
        """Somebody whom the text does not mention, such as the narrator."""
        return self._new(name)

    # Where they stand

    def between(self, start: int, end: int) -> range:
        """Numbers of the names that start from ``start`` to before ``end``."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def people(self, start: int, end: int) -> Iterator[Named]:
        """Those named in a part of the text."""
        for number in self.between(start, end):
            yield Named(self.starts[number], self.ends[number], self.owners[number], "")

    def organisation(self, head: str, at: int) -> Entity | None:
        """The organisation that a noun takes up: the one named last."""
        if head not in self._pack.organisations:
            return None
        for number in reversed(self.between(max(0, at - _FAR), at)):
            if self.owners[number].kind == "organisation":
                return self.owners[number]
        return None

    def kind(self, entity: Entity) -> SpeakerKind:
        """An organisation by article or suffix, a person where a name tells the gender; else nobody knows."""
        if entity.kind == "organisation":
            return "organisation"
        if entity.kind == GROUP:
            return "group"
        return "person" if entity.serial in self.named and entity.gender is not None else "unknown"

    def mentions(self, entity: Entity) -> list[Span]:
        """Where it stands as a source."""
        return [Span(*place) for place in sorted(entity.mentions)]


def _key(word: str) -> str:
    """A word of a name, however it is written: Müller is Mueller, and MÜLLER too."""
    return word.casefold().translate(_FOLDED)


_FOLDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def _is_shouted(name: str) -> bool:
    return name.isupper() and len(name) > _ACRONYM
