"""Descriptions: who "the minister", "a senior official", "the 54-year-old" and "the company" are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from .cast import Cast, Entity
from .knowledge import REMEMBERED, Knowledge, knowledge, singular
from .roles import Roles

_DEFINITE: Final = frozenset(["the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"])
_OWNED: Final = frozenset(["his", "her", "its", "their", "our", "my", "your"])
_CUTS: Final = frozenset(
    ["of", "for", "at", "from", "in", "with", "who", "which", "on", "to", "that", "familiar", "close", "whose", "by", "near"]
)
_PLAIN: Final = frozenset(
    ["former", "late", "new", "old", "own", "young", "little", "poor", "dear", "good", "great", "big", "same", "other", "first", "second", "last",
     "elder", "younger", "senior", "junior", "then", "chief", "current", "outgoing", "incoming", "ex", "top"]
)  # fmt: skip
_PARTIES: Final = frozenset(["defendant", "accused", "suspect", "plaintiff", "claimant", "applicant", "appellant", "complainant", "prisoner", "patient", "victim"])  # fmt: skip
"""Roles that somebody has by what the text tells of; a clerk, a judge or a driver may as well be anybody."""
_PAST: Final = frozenset(["former", "retired", "ex"])
QUANTITIES: Final = frozenset(
    ["hundreds", "dozens", "scores", "thousands", "tens", "some", "many", "most", "all", "both", "crowds", "number"]
)
"""What may stand with "of" before the noun that names a group."""
_PAPERS: Final = frozenset(["document", "paper", "text", "publication"])
_AUTHOR = re.compile(r"(?: [a-z]+){0,2} (?:by|of|from) (?:the )?(?=[A-Z])")
_AGED = re.compile(r"(\d\d)-year-old")
_OPENING: Final = 300
"""Code points in which an article introduces whom it is about."""
_SOON: Final = 600
_BEFORE: Final = 6000
"""Code points in which a later and an earlier introduction are looked for."""
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
    words = [word.lower().strip(",“”\"'‘’()") for word in written]
    words = [word[:-2] if word[-2:] in ("'s", "’s") and index == len(words) - 1 else word for index, word in enumerate(words)]
    determiner = words[0] if words[0] in known.lexicon.determiners else ""
    body = words[1:] if determiner and len(words) > 1 else words
    verb = _verb_at(body, known)
    if verb:
        kept = verb + len(words) - len(body)
        written, words, body = written[:kept], words[:kept], body[:verb]
    end = next((index for index, word in enumerate(body) if index and word in _CUTS), len(body))
    head = body[end - 1]
    owner = written[0][-2:] in ("'s", "’s")
    kind = _kind(head, known)
    gender = known.genders.get(head) if kind == "person" else None
    return Phrase(
        " ".join(written),
        tuple(words),
        determiner,
        head,
        frozenset(word for word in body[: end - 1] if word not in _PLAIN and word not in known.closed),
        kind,
        gender,
        determiner in _DEFINITE or owner,
    )


def _verb_at(body: list[str], known: Knowledge) -> int:
    """Where a verb follows the noun ("group operates"), or 0."""
    for index in range(1, len(body)):
        word = body[index]
        if body[index - 1] in known.kinds and word.endswith(("s", "ed")) and word not in known.closed:
            if index + 1 == len(body) - 1 and body[-1] in known.persons:
                # "the public works director": what ends in a person is one phrase.
                continue
            if singular(word) not in known.kinds and word[-2:] not in ("'s", "’s", "ss") and word not in _CUTS:
                return index
    return 0


def _kind(head: str, known: Knowledge) -> str:
    for word in (head, head.rpartition("-")[2], head.partition("-")[0]):
        kind = known.kinds.get(word)
        if kind is not None:
            return kind
        one = singular(word)
        if one != word and known.kinds.get(one) == "person":
            return "group"
        if one != word and one in known.kinds:
            return known.kinds[one]
    return "person" if _AGED.match(head) else "unknown"


class Descriptions:
    """Who the descriptions of a document stand for."""

    def __init__(self, cast: Cast, roles: Roles, known: Knowledge) -> None:
        self._cast = cast
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
        return self.add(phrase), "description"

    def find(self, phrase: Phrase, at: int, *, guess: bool = True) -> tuple[Entity, str] | None:
        """The known entity that a description means."""
        key = _key(phrase)
        if phrase.definite or (phrase.determiner == "" and phrase.kind == "person"):
            if phrase.kind in ("person", "unknown") and phrase.determiner not in _OWNED:
                holder = self._holder(phrase, at)
                if holder is not None:
                    return holder, "role"
        known = self._by_words.get(key)
        if known is not None:
            return known, "description"
        if not phrase.definite:
            return None
        if phrase.kind in ("organisation", "unknown") and phrase.determiner not in _OWNED:
            organisation = self._organisation(phrase, at)
            if organisation is not None:
                return organisation, "short_form"
        if phrase.head in _PAPERS and phrase.determiner not in _OWNED:
            if self.document is not None:
                return self.document, "description"
        earlier = self._earlier(phrase)
        if earlier is not None:
            return earlier, "description"
        if guess and phrase.kind == "person" and phrase.determiner not in _OWNED:
            bearer = self._epithet(phrase, at)
            if bearer is not None:
                return bearer, "epithet"
        return None

    def add(self, phrase: Phrase) -> Entity:
        """A new entity for a description."""
        entity = self._cast.described(tuple(phrase.text.split()), phrase.kind, self._canonical(phrase))
        entity.gender = phrase.gender
        if phrase.kind == "document":
            self.document = entity
        self._by_words[_key(phrase)] = entity
        self._by_head.setdefault(phrase.head, []).append((phrase.modifiers, entity))
        return entity

    def _canonical(self, phrase: Phrase) -> str:
        first, _, rest = phrase.text.partition(" ")
        word = first.lower()
        common = word in self._known.lexicon.determiners or singular(word) in self._known.kinds
        if phrase.kind in ("group", "unknown") and rest.islower() and word not in self._known.places:
            # "Striking workers", "Hundreds of nurses" at the head of a sentence.
            common = common or word in QUANTITIES or word.endswith(("ing", "ed"))
        if common:
            first = first.lower()
        return f"{first} {rest}" if rest else first

    def _recent(self, at: int) -> Iterator[Entity]:
        """People and organisations named before ``at``, the latest first, each once."""
        seen: set[int] = set()
        owners = self._cast.owners
        index = self._cast.between(0, at).stop
        for i in range(index - 1, max(-1, index - 1 - _NEAR), -1):
            entity = owners[i]
            if entity is not None and entity.serial not in seen:
                seen.add(entity.serial)
                yield entity

    def _holder(self, phrase: Phrase, at: int) -> Entity | None:
        """The person whose role the description names: the latest named before, else the first to be named after."""
        head = phrase.head
        wanted = singular(head) if head not in self._known.persons else head
        aged = _AGED.match(head)
        people = [entity for entity in self._recent(at) if entity.kind == "person"]
        if aged is not None:
            return next((entity for entity in people if entity.age == aged[1]), None)
        synonyms = self._known.synonyms.get(wanted)
        for heads in (frozenset([wanted]), synonyms):
            for entity in people if heads else ():
                if heads is not None and self._bears(entity, heads, phrase):
                    return entity
        return None

    def _bears(self, entity: Entity, heads: frozenset[str], phrase: Phrase) -> bool:
        nouns = self._roles.nouns(entity)
        if heads.isdisjoint(nouns):
            return False
        if phrase.gender is not None and entity.gender is not None and phrase.gender != entity.gender:
            return False
        if nouns & _PAST and _PAST.isdisjoint(phrase.words):
            # A retired clerk is not the clerk.
            return False
        others = nouns - heads - _PLAIN - {"the", "a", "an", "of", "for"}
        return not phrase.modifiers or not others or bool(phrase.modifiers & nouns) or heads.isdisjoint(self._known.offices)

    def _organisation(self, phrase: Phrase, at: int) -> Entity | None:
        head = phrase.head
        generic = head in self._known.generic
        latest: Entity | None = None
        for entity in self._recent(at):
            if entity.kind != "organisation":
                continue
            if head in entity.key and len(entity.key) > 1:
                if phrase.modifiers <= set(entity.key) | _PLAIN:
                    return entity
            if latest is None and generic and not phrase.modifiers and not entity.place and not self._is_institution(entity):
                latest = entity
        return latest

    def _is_institution(self, entity: Entity) -> bool:
        """Whether an organisation's name says what it is ("Institute of …"), so that "the company" is hardly it."""
        return any(self._known.kinds.get(word) == "organisation" and word not in self._known.generic for word in entity.key)

    def _earlier(self, phrase: Phrase) -> Entity | None:
        """An earlier description with the same head that says at least as much ("a senior official" for "the official")."""
        near = self._by_head.get(phrase.head, [])[-_NEAR:]
        for modifiers, entity in near if "first" in phrase.words else reversed(near):
            if phrase.modifiers <= modifiers or (not modifiers and entity.kind == "person"):
                return entity
        return None

    def _epithet(self, phrase: Phrase, at: int) -> Entity | None:
        """The person named last, for what can be said of anybody ("the striker", "the dad-of-four")."""
        head = phrase.head
        aged = _AGED.match(head)
        if not (aged or head in self._known.epithets or (phrase.modifiers and head not in self._known.relations)):
            return None
        text = self._cast.text
        paragraph = _paragraph_start(text, at)
        if aged or head in self._known.epithets:
            paragraph = _paragraph_start(text, max(0, paragraph - 2))
        elif not any(word in self._cast.known.places or self._is_named(word) for word in phrase.modifiers):
            return None
        for entity in self._recent(at):
            if entity.kind != "person" or entity.positions[0] > at:
                continue
            if entity.last_before(at) < paragraph:
                return None
            if phrase.gender is not None and entity.gender is not None and phrase.gender != entity.gender:
                continue
            if aged and entity.age is not None and entity.age != aged[1]:
                continue
            if not aged and head not in self._known.epithets and self._roles.of(entity) is not None:
                continue
            return entity
        return None

    def _introduced_later(self, phrase: Phrase, at: int) -> Entity | None:
        """Somebody whom the text names soon after: "his own director … Walter Dace, the director"; "Mum's fury … Donna, 38".

        An article may open with somebody whom the next paragraph names: "A cider maker watered …" and then "Gordon Birtles, 52, …".
        """
        text = self._cast.text
        bare = phrase.determiner == "" and singular(phrase.head) in self._known.persons
        opening = phrase.determiner in ("a", "an") and at < _OPENING and text[max(0, at - 1) : at] in ("", "\n")
        maker = opening and phrase.head in self._known.generic
        if not (phrase.definite or bare or opening) or not (phrase.kind == "person" or maker):
            return None
        for index in self._cast.between(at, at + _SOON):
            entity = self._cast.owners[index]
            if entity is None or entity.kind != "person" or entity.positions[0] < at or len(entity.key) < 2:
                continue
            if phrase.gender is not None and entity.gender is not None and phrase.gender != entity.gender:
                continue
            if phrase.head in self._roles.nouns(entity):
                return entity
            if opening and entity.age is not None and "\n\n" in text[at : entity.positions[0]]:
                return entity
            if bare and len(phrase.words) == 1 and _paragraph_start(self._cast.text, at) == 0:
                return entity
        return None

    def _protagonist(self, phrase: Phrase, at: int) -> Entity | None:
        """The person without a role whom the text names most, for who is tried, suspected or treated ("the defendant")."""
        if phrase.determiner != "the" or phrase.modifiers or phrase.head not in _PARTIES:
            return None
        people = [
            entity
            for entity in self._recent(at)
            if entity.kind == "person"
            and len(entity.key) > 1
            and entity.positions[0] < at
            and self._roles.of(entity) is None
            and (phrase.gender is None or entity.gender in (None, phrase.gender))
        ]
        people.sort(key=lambda entity: (-entity.count, entity.age is None, entity.serial))
        return people[0] if people and (people[0].count > 1 or people[0].age is not None) else None

    def _fuller(self, phrase: Phrase, at: int) -> Phrase:
        """The phrase with which the text introduced it: "the Novik shipping group" for "the group"."""
        if (
            not phrase.definite
            or phrase.modifiers
            or phrase.kind not in ("organisation", "document", "group")
            or phrase.determiner != "the"
        ):
            return phrase
        if phrase.kind == "group":
            return self._doers(phrase, at)
        pattern = re.compile(rf"\b(?:[Tt]he|[Aa]n?)\s((?:[\w’'-]+\s){{1,3}}){re.escape(phrase.head)}\b")
        for match in pattern.finditer(self._cast.text, max(0, at - _BEFORE), at):
            words = match[1].lower().split()
            if not any(word in self._known.closed or word in self._known.lexicon.verbs for word in words):
                return read(f"the {' '.join(match[1].split())} {phrase.head}", self._known)
        return phrase

    def _doers(self, phrase: Phrase, at: int) -> Phrase:
        """ "striking workers" for "the strikers"."""
        if phrase.head[-3:] != "ers" or len(phrase.head) < 7:
            return phrase
        pattern = re.compile(rf"\b{re.escape(phrase.head[:-3])}ing\s((?:[a-z][\w-]*\s){{0,2}}[a-z][\w-]*s)\b", re.IGNORECASE)
        for match in pattern.finditer(self._cast.text, max(0, at - _BEFORE), at):
            if self._known.kinds.get(singular(match[1].split()[-1])) == "person":
                return read(" ".join(match[0].split()), self._known)
        return phrase

    def _with_author(self, phrase: Phrase, at: int) -> Phrase:
        """ "Court of Audit report" for "a report released by the Court of Audit"."""
        if phrase.kind != "document" or phrase.determiner in _OWNED:
            return phrase
        text = self._cast.text
        match = _AUTHOR.match(text, at + len(phrase.text) if text.startswith(phrase.text, at) else at)
        if match is None:
            return phrase
        for index in self._cast.between(match.end() - 1, match.end() + 1):
            entity = self._cast.owners[index]
            if entity is not None and entity.kind == "organisation":
                return phrase._replace(text=f"{entity.name} {phrase.head}")
        return phrase

    def _is_named(self, word: str) -> bool:
        """Whether a word is written with a capital in the names of the text ("the Stanmoor manager")."""
        return any(word == key for name in self._cast.names[:200] for key in name.key)


def _paragraph_start(text: str, at: int) -> int:
    """Where the paragraph of an offset begins, no further back than a long paragraph reaches."""
    low = max(0, at - _BEFORE)
    found = text.rfind("\n\n", low, at)
    return found + 2 if found >= 0 else low


def _key(phrase: Phrase) -> str:
    words = phrase.words
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)
