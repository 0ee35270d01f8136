"""Descriptions: who "the minister", "a senior official", "the 54-year-old" and "the company" are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from .entities import EntityTable
from .knowledge import REMEMBERED, Knowledge, knowledge
from .patterns import either
from .people import Entity
from .roles import Roles

_EDGE: Final = ",“”\"'‘’()"
_OPENING: Final = 300
"""Code points in which an article introduces whom it is about."""
_SOON: Final = 600
_BEFORE: Final = 6000
"""Code points in which a later and an earlier introduction are looked for."""
_STEM: Final = 4
"""Letters that are left of a noun without the ending of those who do something."""
_NEAR: Final = 60
"""Names that a reader keeps in mind."""


class Phrase(NamedTuple):
    """A noun phrase taken apart; words are lower case."""

    text: str
    words: tuple[str, ...]
    determiner: str
    head: str
    modifiers: frozenset[str]
    kind: str
    gender: str | None
    definite: bool


def read(text: str, known: Knowledge) -> Phrase:
    """Take a noun phrase apart."""
    return _read(text, known.language)


@functools.lru_cache(maxsize=REMEMBERED)
def _read(text: str, language: str) -> Phrase:
    known = knowledge(language)
    written = text.split()
    words = [word.lower().strip(_EDGE) for word in written]
    words[-1] = without_owner(words[-1], known)
    determiner = words[0] if words[0] in known.classes.determiners else ""
    body = words[1:] if determiner and len(words) > 1 else words
    verb = _verb_at(body, known)
    if verb:
        kept = verb + len(words) - len(body)
        written, words, body = written[:kept], words[:kept], body[:verb]
    end = next((index for index, word in enumerate(body) if index and word in known.classes.postmodifiers), len(body))
    head = body[end - 1]
    plain, closed = known.classes.plain_modifiers, known.classes.closed
    kind = _kind(head, known)
    return Phrase(
        text=" ".join(written),
        words=tuple(words),
        determiner=determiner,
        head=head,
        modifiers=frozenset(word for word in body[: end - 1] if word not in plain and word not in closed),
        kind=kind,
        gender=known.nouns.genders.get(head) if kind == "person" else None,
        definite=determiner in known.determiners.known or written[0].endswith(known.endings.possessive),
    )


def without_owner(word: str, known: Knowledge) -> str:
    """A word without the ending of an owner."""
    ending = next((one for one in known.endings.possessive if word.endswith(one)), "")
    return word[: len(word) - len(ending)]


def _verb_at(body: list[str], known: Knowledge) -> int:
    """Where a verb follows the noun ("group operates"), or 0."""
    kinds, endings = known.nouns.kinds, known.endings
    for index in range(1, len(body)):
        word = body[index]
        if body[index - 1] not in kinds or not word.endswith(endings.finite) or word.endswith(endings.possessive):
            continue
        if word in known.classes.closed or word in known.classes.postmodifiers:
            continue
        if known.nouns.singular(word) in kinds or word.endswith(known.nouns.no_plural_endings):
            continue
        # "the public works director": what ends in a person is one phrase.
        if index + 1 != len(body) - 1 or body[-1] not in known.nouns.persons:
            return index
    return 0


def _kind(head: str, known: Knowledge) -> str:
    kinds = known.nouns.kinds
    for word in (head, head.rpartition("-")[2], head.partition("-")[0]):
        kind = kinds.get(word)
        if kind is not None:
            return kind
        one = known.nouns.singular(word)
        if one != word and kinds.get(one) == "person":
            return "group"
        if one != word and one in kinds:
            return kinds[one]
    return "person" if known.patterns.sources.aged.match(head) else "unknown"


class Descriptions:
    """Who the descriptions of a document stand for."""

    def __init__(self, table: EntityTable, roles: Roles, known: Knowledge) -> None:
        self._table = table
        self._roles = roles
        self._known = known
        self._by_words: dict[str, Entity] = {}
        self._by_head: dict[str, list[tuple[frozenset[str], Entity]]] = {}
        self.document: Entity | None = None
        """The report or paper that spoke last."""

    def resolve(self, phrase: Phrase, at: int, *, guess: bool = True) -> tuple[Entity, str]:
        """The entity of a source or addressee at offset ``at`` and how it was found; new when the text tells of none."""
        found = self.find(phrase, at, guess=guess)
        if found is not None:
            return found
        if guess:
            later = self._introduced_later(phrase, at)
            if later is not None:
                return later, "role"
            likely = self._protagonist(phrase, at)
            if likely is not None:
                return likely, "epithet"
            phrase = self._with_author(self._fuller(phrase, at), at)
        # A label is a name that somebody has been given: "Speaker 1", "Moderation".
        return self.add(phrase, as_written=not guess), "description"

    def find(self, phrase: Phrase, at: int, *, guess: bool = True) -> tuple[Entity, str] | None:
        """The known entity that a description means."""
        owned = phrase.determiner in self._known.determiners.possessive
        if not owned and _may_be_role(phrase):
            holder = self._holder(phrase, at)
            if holder is not None:
                return holder, "role"
        known = self._by_words.get(self._key(phrase))
        if known is not None:
            return known, "description"
        if not phrase.definite:
            return None
        if not owned:
            named = self._named(phrase, at)
            if named is not None:
                return named
        earlier = self._earlier(phrase)
        if earlier is not None:
            return earlier, "description"
        if guess and not owned and phrase.kind == "person":
            bearer = self._epithet(phrase, at)
            if bearer is not None:
                return bearer, "epithet"
        return None

    def _named(self, phrase: Phrase, at: int) -> tuple[Entity, str] | None:
        """What "the company" and "the paper" take up: an organisation that is named, the document that spoke last."""
        if phrase.kind in ("organisation", "unknown"):
            organisation = self._organisation(phrase, at)
            if organisation is not None:
                return organisation, "short_form"
        if phrase.head in self._known.nouns.generic_documents and self.document is not None:
            return self.document, "description"
        return None

    def add(self, phrase: Phrase, *, as_written: bool = False) -> Entity:
        """A new entity for a description; ``as_written`` keeps a capital at its beginning where no article follows."""
        keeps = as_written and not phrase.determiner
        name = phrase.text if keeps else self._canonical(phrase)
        entity = self._table.described(tuple(phrase.text.split()), phrase.kind, name)
        entity.gender = phrase.gender
        if phrase.kind == "document":
            self.document = entity
        self._by_words[self._key(phrase)] = entity
        self._by_head.setdefault(phrase.head, []).append((phrase.modifiers, entity))
        return entity

    def _canonical(self, phrase: Phrase) -> str:
        first, _, rest = phrase.text.partition(" ")
        word = first.lower()
        common = word in self._known.classes.determiners or self._known.nouns.singular(word) in self._known.nouns.kinds
        if phrase.kind in ("group", "unknown") and rest.islower() and word not in self._known.names.places:
            # "Striking workers", "Hundreds of nurses" at the head of a sentence.
            common = common or word in self._known.classes.partitives or word.endswith(self._known.endings.participles)
        if (
            common
            and rest.partition(" ")[0] in self._known.classes.genitive_prepositions
            and rest.partition(" ")[2][:1].isupper()
        ):
            # "Bank of Elmford research", but "Residents of Elmford"
            common = phrase.kind in ("group", "person") or word in self._known.classes.determiners
        # Tabloids open with a word in capitals: "ANGRY neighbours say".
        if common or (first.isupper() and word in self._known.classes.adjectives):
            first = first.lower()
        return f"{first} {rest}" if rest else first

    def _recent(self, at: int) -> Iterator[Entity]:
        """People and organisations named before ``at``, the latest first, each once."""
        seen: set[int] = set()
        owners = self._table.owners
        index = self._table.between(0, at).stop
        for i in range(index - 1, max(-1, index - 1 - _NEAR), -1):
            entity = owners[i]
            if entity is not None and entity.serial not in seen:
                seen.add(entity.serial)
                yield entity

    def _holder(self, phrase: Phrase, at: int) -> Entity | None:
        """The person whose role the description names: the latest named before, else the first to be named after."""
        head = phrase.head
        wanted = head if head in self._known.nouns.persons else self._known.nouns.singular(head)
        aged = self._known.patterns.sources.aged.match(head)
        people = [entity for entity in self._recent(at) if entity.kind == "person"]
        if aged is not None:
            return next((entity for entity in people if entity.age == aged[1]), None)
        synonyms = self._known.nouns.synonyms.get(wanted)
        for heads in (frozenset([wanted]), synonyms):
            for entity in people if heads else ():
                if heads is not None and self._bears(entity, heads, phrase):
                    return entity
        return None

    def _bears(self, entity: Entity, heads: frozenset[str], phrase: Phrase) -> bool:
        nouns = self._roles.nouns(entity)
        if heads.isdisjoint(nouns):
            return False
        if not _fits(phrase, entity):
            return False
        known = self._known
        if nouns & known.classes.former and known.classes.former.isdisjoint(phrase.words):
            # A retired clerk is not the clerk.
            return False
        others = nouns - heads - known.classes.plain_modifiers - known.determiners.articles - known.names.prepositions
        return not phrase.modifiers or not others or bool(phrase.modifiers & nouns) or heads.isdisjoint(known.nouns.offices)

    def _organisation(self, phrase: Phrase, at: int) -> Entity | None:
        head = phrase.head
        generic = head in self._known.nouns.generic_organisations
        latest: Entity | None = None
        for entity in self._recent(at):
            if entity.kind != "organisation":
                continue
            if head in entity.key and len(entity.key) > 1:
                if phrase.modifiers <= self._known.classes.plain_modifiers.union(entity.key):
                    return entity
            if latest is None and generic and not phrase.modifiers and not entity.place and not self._is_institution(entity):
                latest = entity
        return latest

    def _is_institution(self, entity: Entity) -> bool:
        """Whether an organisation's name says what it is ("Institute of …"), so that "the company" is hardly it."""
        nouns = self._known.nouns
        return any(nouns.kinds.get(word) == "organisation" and word not in nouns.generic_organisations for word in entity.key)

    def _earlier(self, phrase: Phrase) -> Entity | None:
        """An earlier description with the same head that says at least as much ("a senior official" for "the official")."""
        near = self._by_head.get(phrase.head, [])[-_NEAR:]
        for modifiers, entity in near if not self._known.classes.first.isdisjoint(phrase.words) else reversed(near):
            if phrase.modifiers <= modifiers or (not modifiers and entity.kind == "person"):
                return entity
        return None

    def _epithet(self, phrase: Phrase, at: int) -> Entity | None:
        """The person named last, for what can be said of anybody ("the striker", "the dad-of-four")."""
        known = self._known
        aged = known.patterns.sources.aged.match(phrase.head)
        general = aged is not None or phrase.head in known.nouns.epithets
        since = _paragraph_start(self._table.text, at)
        if general:
            since = _paragraph_start(self._table.text, max(0, since - 2))
        elif phrase.head in known.nouns.relations or not self._is_placed(phrase):
            return None
        for entity in self._recent(at):
            if entity.kind != "person" or entity.positions[0] > at:
                continue
            if entity.last_before(at) < since:
                return None
            other_age = aged is not None and entity.age is not None and entity.age != aged[1]
            if _fits(phrase, entity) and not other_age and (general or self._roles.of(entity) is None):
                return entity
        return None

    def _is_placed(self, phrase: Phrase) -> bool:
        """Whether a description has a place or a name in it ("the Stanmoor manager")."""
        return any(word in self._known.names.places or self._is_named(word) for word in phrase.modifiers)

    def _introduced_later(self, phrase: Phrase, at: int) -> Entity | None:
        """Somebody whom the text names soon after: "his own director … Walter Dace, the director"; "Mum's fury … Donna, 38".

        An article may open with somebody whom the next paragraph names: "A cider maker watered …" and then "Gordon Birtles, 52, …".
        """
        known = self._known
        bare = phrase.determiner == "" and known.nouns.singular(phrase.head) in known.nouns.persons
        opening = self._opens(phrase, at)
        if not (phrase.definite or bare or opening):
            return None
        if phrase.kind != "person" and not (opening and phrase.head in known.nouns.generic_organisations):
            return None
        title = bare and len(phrase.words) == 1 and _paragraph_start(self._table.text, at) == 0
        for entity in self._named_first(at):
            if _fits(phrase, entity) and (title or self._takes_up(entity, phrase, at, opening=opening)):
                return entity
        return None

    def _opens(self, phrase: Phrase, at: int) -> bool:
        """Whether a description with the indefinite article begins an article."""
        if phrase.determiner not in self._known.determiners.indefinite or at >= _OPENING:
            return False
        return self._table.text[max(0, at - 1) : at] in ("", "\n")

    def _takes_up(self, entity: Entity, phrase: Phrase, at: int, *, opening: bool) -> bool:
        """Whether who is named later has the role of a description, or an age in a later paragraph than the one that it opens."""
        if phrase.head in self._roles.nouns(entity):
            return True
        return opening and entity.age is not None and "\n\n" in self._table.text[at : entity.positions[0]]

    def _named_first(self, at: int) -> Iterator[Entity]:
        """People whom the text names in full for the first time soon after an offset."""
        for index in self._table.between(at, at + _SOON):
            entity = self._table.owners[index]
            if entity is not None and entity.kind == "person" and entity.positions[0] >= at and len(entity.key) > 1:
                yield entity

    def _protagonist(self, phrase: Phrase, at: int) -> Entity | None:
        """The person without a role whom the text names most, for who is tried, suspected or treated ("the defendant")."""
        known = self._known
        if phrase.determiner not in known.determiners.definite or phrase.modifiers or phrase.head not in known.nouns.parties:
            return None
        people = [
            entity
            for entity in self._recent(at)
            if entity.kind == "person"
            and len(entity.key) > 1
            and entity.positions[0] < at
            and self._roles.of(entity) is None
            and _fits(phrase, entity)
        ]
        people.sort(key=lambda entity: (-entity.count, entity.age is None, entity.serial))
        return people[0] if people and (people[0].count > 1 or people[0].age is not None) else None

    def _fuller(self, phrase: Phrase, at: int) -> Phrase:
        """The phrase with which the text introduced it: "the Novik shipping group" for "the group"."""
        if phrase.modifiers or phrase.determiner not in self._known.determiners.definite:
            return phrase
        if phrase.kind == "group":
            return self._doers(phrase, at)
        if phrase.kind not in ("organisation", "document"):
            return phrase
        pattern = re.compile(rf"{self._known.patterns.sources.introduced}{re.escape(phrase.head)}\b")
        for match in pattern.finditer(self._table.text, max(0, at - _BEFORE), at):
            words = match[1].lower().split()
            if not any(word in self._known.classes.closed or word in self._known.verbs.reporting for word in words):
                return read(f"{phrase.determiner} {' '.join(match[1].split())} {phrase.head}", self._known)
        return phrase

    def _doers(self, phrase: Phrase, at: int) -> Phrase:
        """ "striking workers" for "the strikers"."""
        endings, head = self._known.endings, phrase.head
        ending = next((one for one in endings.agents if head.endswith(one)), "")
        if not ending or len(head) < len(ending) + _STEM:
            return phrase
        plural = either(self._known.nouns.plural_endings)
        doing = either(head[: len(head) - len(ending)] + gerund for gerund in endings.gerund)
        pattern = re.compile(rf"\b{doing}\s((?:[a-z][\w-]*\s){{0,2}}[a-z][\w-]*{plural})\b", re.IGNORECASE)
        for match in pattern.finditer(self._table.text, max(0, at - _BEFORE), at):
            if self._known.nouns.kinds.get(self._known.nouns.singular(match[1].split()[-1])) == "person":
                return read(" ".join(match[0].split()), self._known)
        return phrase

    def _with_author(self, phrase: Phrase, at: int) -> Phrase:
        """ "Court of Audit report" for "a report released by the Court of Audit"."""
        if phrase.kind != "document" or phrase.determiner in self._known.determiners.possessive:
            return phrase
        text = self._table.text
        match = self._known.patterns.sources.author.match(text, at + len(phrase.text) if text.startswith(phrase.text, at) else at)
        if match is None:
            return phrase
        for index in self._table.between(match.end() - 1, match.end() + 1):
            entity = self._table.owners[index]
            if entity is not None and entity.kind == "organisation":
                return phrase._replace(text=f"{entity.name} {phrase.head}")
        return phrase

    def _key(self, phrase: Phrase) -> str:
        """The words by which a description is known, without an article."""
        words = phrase.words
        return " ".join(words[1:] if len(words) > 1 and words[0] in self._known.determiners.articles else words)

    def _is_named(self, word: str) -> bool:
        """Whether a word is written with a capital in the names of the text ("the Stanmoor manager")."""
        return any(word == key for name in self._table.names[:200] for key in name.key)


def _paragraph_start(text: str, at: int) -> int:
    """Where the paragraph of an offset begins, no further back than a long paragraph reaches."""
    low = max(0, at - _BEFORE)
    found = text.rfind("\n\n", low, at)
    return found + 2 if found >= 0 else low


def _may_be_role(phrase: Phrase) -> bool:
    """Whether a description may name a role that somebody has."""
    if phrase.kind == "person":
        return phrase.definite or phrase.determiner == ""
    return phrase.kind == "unknown" and phrase.definite


def _fits(phrase: Phrase, entity: Entity) -> bool:
    """Whether the gender of a description does not speak against somebody."""
    return phrase.gender is None or entity.gender is None or phrase.gender == entity.gender
