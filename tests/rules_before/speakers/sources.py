"""Sources that name or describe the speaker: names with titles, descriptions, labels, several speakers at once."""

from __future__ import annotations

import functools
import re
from typing import Final

from quoteminer import Document, Span

from .cast import Cast, Entity
from .descriptions import Descriptions, read
from .knowledge import CIVIL, PARTICLES, REMEMBERED, Knowledge, knowledge, singular
from .links import Link, by
from .names import Name, bare, reader
from .roles import Roles, is_role
from .turns import Conversation

_LABEL_NOTE = re.compile(r"([^()]{2,80}?) \(([^()]{2,80})\)")
_NICKNAME = re.compile(r"\s[“\"'‘][^“”\"‘’]{1,25}[”\"'’](?=\s)")
_OWNED = re.compile(r"['’]s?\s+(?=[a-z])")
_APART = re.compile(r",\s+|\s\(|\s[–—-]\s|\swho\s")
_JOINT = re.compile(r"(?:,|,? and|,? &)\s+")
_PARTNER = re.compile(r"(?:, \d\d?,)? and (?:his|her|their) (?:[\w-]+ ){0,3}[\w-]+,? ")
"""What may stand between two people who speak together: "Ada and her brother, Bob"."""
_POST = re.compile(r" ((?:[a-z][\w-]* ){1,3})(?=[A-Z])")
"""What somebody is to the organisation whose name stands before: "Norvane chief Ada"."""
_NAMED = re.compile(r", (?=[A-Z])")
_LOOK: Final = 60
_WRITTEN: Final = frozenset(["letter", "post", "tweet", "e-mail", "email", "message", "memo", "note"])
_WRITING: Final = frozenset(["write", "post", "tweet", "e-mail", "email", "message", "blog"])


class Sources:
    """Reads the noun phrases that stand for speakers and addressees."""

    def __init__(
        self,
        document: Document,
        cast: Cast,
        roles: Roles,
        descriptions: Descriptions,
        conversation: Conversation,
        known: Knowledge,
    ) -> None:
        self._document = document
        self._text = document.text
        self._cast = cast
        self._roles = roles
        self._descriptions = descriptions
        self._conversation = conversation
        self._known = known
        self._interview: dict[str, Entity] = {}
        self.uncertain: set[int] = set()
        """Where descriptions stand that may mean somebody who is named elsewhere ("the boy", "his wife")."""

    def _by(self, entity: Entity | None, way: str) -> Link:
        return by(way, entity, self._known)

    def link(self, phrase: str, source: Span, *, labelled: bool = False) -> Link:
        """The entity of a noun phrase at ``source``; ``labelled`` when a colon behind it makes it the label of a turn."""
        if phrase.isupper() and read(phrase.lower(), self._known).kind != "unknown":
            # "A GRAN has barricaded": a description in capitals is no name.
            phrase = phrase.lower()
        label = _LABEL_NOTE.fullmatch(phrase) if phrase[-1] == ")" else None
        if label is not None:
            return self._labelled(source, label)
        joint = self._joint(phrase, source) or self._with_partner(source)
        if joint is not None:
            return self._by(joint, "joint")
        around = self._around(phrase, source)
        if around is not None:
            return self._by(around, "name")
        bearer = self._bearer(phrase, source)
        if bearer is not None:
            return self._by(bearer, "label" if labelled else "name")
        name = self._name_in(phrase, source, labelled=labelled)
        if name is not None:
            return name
        described = read(phrase, self._known)
        if described.kind == "person" or described.words[0] == "one":
            named = self._named_behind(source)
            if named is not None:
                return self._by(named, "name")
        writer = self._writer(described.head, source.start)
        if writer is not None:
            return self._by(writer, "writing")
        entity, way = self._descriptions.resolve(described, source.start, guess=not labelled)
        if (
            way == "description"
            and not labelled
            and described.kind == "person"
            and described.definite
            and described.gender is not None
        ):
            self.uncertain.add(source.start)
        return self._by(entity, way)

    def _writer(self, head: str, at: int) -> Entity | None:
        """Who wrote the letter, post or message that "says" something: the one last said to write."""
        if head not in _WRITTEN:
            return None
        verbs = self._known.lexicon.verbs
        for turn in self._conversation.around(at):
            for cue in turn.quote.cue:
                verb = verbs.get(self._document[cue].lower())
                if turn.entity is not None and verb is not None and verb.lemma in _WRITING:
                    return turn.entity
        return None

    def _name_in(self, phrase: str, source: Span, *, labelled: bool) -> Link | None:
        """The speaker of a source that is a name, with or without title or apposition."""
        name, described = head_name(phrase, self._known.language)
        if name is None:
            return None
        entity = self._longer(name, source) or self._cast.find(name, source.start)
        if entity is None:
            if described:
                return None
            entity = self._cast.person(name, source.start)
        if entity.kind == "person" and not entity.gender and name.gender:
            entity.gender = name.gender
        way = "handle" if name.words[0][0] == "@" else "label" if labelled else "name"
        if name.role and entity.role is None and entity.kind == "person":
            entity.role = self._roles.of(entity) or name.role
        return self._by(entity, way)

    def _bearer(self, phrase: str, source: Span) -> Entity | None:
        """Whose surname a word is that by itself would be a role or no name at all: "King said" after "Tom King", "May" after "Theresa May"."""
        civil, _, word = phrase.rpartition(" ")
        word = bare(word)
        lowered = word.lower()
        if not word[:1].isupper() or word.isupper() or (civil and civil.lower().rstrip(".") not in CIVIL):
            return None
        known = self._known
        if lowered in known.persons or lowered in known.lexicon.titles or lowered in known.closed:
            return self._cast.surnamed(lowered, source.start)
        return None

    def _longer(self, name: Name, source: Span) -> Entity | None:
        """The entity of a name of which the source is a part ("Ursula" of "Ursula van der Berg", "League" of "Nurses' League")."""
        before = self._cast.between(max(0, source.start - _LOOK), source.end)
        for index in before[-2:]:
            if self._cast.starts[index] >= source.start and self._cast.ends[index] <= source.end:
                continue
            if self._cast.ends[index] >= source.end and name.key[-1] in self._cast.names[index].key:
                return self._cast.owners[index]
        return None

    def _around(self, phrase: str, source: Span) -> Entity | None:
        """Who is named by more than the source: "Norvane chief Ada Byron" where the source stops at "Norvane", "Nurses' League" at "League"."""
        if not phrase[0].isupper() or " " in phrase:
            return None
        cast = self._cast
        index = cast.between(0, source.start + 1).stop - 1
        if index >= 0 and cast.starts[index] < source.start and cast.ends[index] == source.end:
            owner = cast.owners[index]
            return owner if owner is not None and owner.kind == "organisation" else None
        match = _POST.match(self._text, source.end)
        if match is None or match[1].split()[-1] not in self._known.persons | self._known.lexicon.titles:
            return None
        return self._named_at(match.end())

    def _named_behind(self, source: Span) -> Entity | None:
        """Whom an apposition behind a description names: "one of them, Ada Byron of Norland,"."""
        match = _NAMED.match(self._text, source.end)
        return None if match is None else self._named_at(match.end(), closed=True)

    def _named_at(self, at: int, *, closed: bool = False) -> Entity | None:
        """The person named in full at an offset; ``closed`` when the apposition must end there."""
        for index in self._cast.between(at, at + 30):
            name, owner = self._cast.names[index], self._cast.owners[index]
            if owner is None or owner.kind != "person" or (len(name.key) < 2 and not name.titles):
                return None
            behind = self._text[self._cast.ends[index] : self._cast.ends[index] + 4]
            if closed and not behind.startswith((",", ";", " of ", " fro")):
                return None
            between = self._text[at : self._cast.starts[index]]
            return owner if not between or all(word[0].isupper() for word in between.split()) else None
        return None

    def _with_partner(self, source: Span) -> Entity | None:
        """ "Ada Byron and her brother, Bob" where the source is one of the two."""
        text = self._text
        if (
            " and h" not in text[max(0, source.start - _LOOK) : source.end + _LOOK]
            and " and th" not in text[max(0, source.start - _LOOK) : source.end + _LOOK]
        ):
            return None
        cast = self._cast
        inside = cast.between(source.start, source.end)
        if not inside or cast.ends[inside[-1]] < source.end:
            return None
        for first, second in ((inside[0] - 1, inside[0]), (inside[-1], inside[-1] + 1)):
            if first < 0 or second >= len(cast.owners):
                continue
            start, end = cast.ends[first], cast.starts[second]
            if end - start > _LOOK or not _PARTNER.fullmatch(self._text, start, end):
                continue
            one, other = (cast.owners[at] or cast.person(cast.names[at], cast.starts[at]) for at in (first, second))
            if one is not other and one.kind == other.kind == "person":
                return cast.together([one, other])
        return None

    def _labelled(self, source: Span, label: re.Match[str]) -> Link:
        """The speaker of "Bronwen Hale (Cardon East)" and of "The Minister for Transport (Gareth Stroud)"."""
        outer = label[1]
        first = outer.split()[0].lower().rstrip(".")
        if first in self._known.lexicon.determiners or (first in self._known.lexicon.titles and is_role(outer, self._known)):
            start = source.start + self._text[source.start : source.end].index("(")
            link = self.link(" ".join(label[2].split()), Span(start + 1, source.end - 1))
            if link.entity is not None and link.entity.role is None:
                link.entity.role = outer.split(" ", 1)[1] if first in ("the", "a") else outer
            return link
        return self.link(outer, Span(source.start, source.start + len(outer)))

    def _joint(self, phrase: str, source: Span) -> Entity | None:
        """ "A and B" as one speaker, when both are names of people or organisations."""
        if " and " not in phrase and " & " not in phrase:
            return None
        parts = [part for part in _JOINT.split(phrase) if not self._is_apposition(part)]
        if not 2 <= len(parts) <= 4:
            return None
        entities: list[Entity] = []
        for part in parts:
            names = self._cast.reader.read(part) if part and part[0].isupper() else ()
            if len(names) != 1 or names[0].kind == "office" or names[0].words[-1][0].islower():
                return None
            found = self._cast.find(names[0], source.start)
            if found is None and (names[0].kind != "person" and len(names[0].key) < 2):
                return None
            entities.append(found or self._cast.person(names[0], source.start))
        if any("and" in name.key for name in self._cast.reader.read(phrase)):
            return None
        return self._cast.together(entities)

    def _is_apposition(self, part: str) -> bool:
        words = part.split()
        return bool(words) and words[0] in self._known.lexicon.determiners and is_role(part, self._known)

    def interviewed(self, label: str, at: int) -> Entity:
        """Who asks and who answers in an interview with Q and A; the one who answers is named before the first turn."""
        known = self._interview.get(label)
        if known is not None:
            return known
        entity: Entity | None = None
        if label == "A":
            people = [
                owner
                for index in self._cast.between(0, at)
                if (owner := self._cast.owners[index]) is not None and owner.kind == "person" and len(owner.key) > 1
            ]
            entity = people[0] if people else None
        if entity is None:
            word = "interviewer" if label == "Q" else "interviewee"
            entity = self._cast.described((word,), "person", word)
        self._interview[label] = entity
        return entity

    def answers(self, asker: Entity | None, at: int) -> Entity | None:
        """Who answers the interviewer, if that is who asks."""
        if asker is None or asker is not self._interview.get("Q"):
            return None
        return self.interviewed("A", at)


@functools.lru_cache(maxsize=REMEMBERED)
def head_name(phrase: str, language: str) -> tuple[Name | None, bool]:
    """The name that is the head of a source, and whether a description with an article stands before it."""
    known = knowledge(language)
    plain = _NICKNAME.sub("", phrase)
    words = plain.split()
    if not any(word[0].isupper() or word[0] == "@" for word in words):
        return None, False
    parts = _APART.split(plain)
    owned = _OWNED.search(parts[0])
    if owned is not None:
        # "Rutte's spokesman" is not Rutte, but "Rutte's spokesman Jan Smit" is Jan Smit.
        return _only_name(_behind_description(parts[0][owned.end() :].split(), known), known), True
    first = words[0].lower()
    article = first in known.lexicon.determiners
    if article and not (first == "the" and len(words) > 1 and words[1][0].isupper()):
        if len(parts) > 1 and parts[1][:1].isupper() and is_role(parts[0], known):
            # "the finance minister, Ana Duarte"
            return _only_name(parts[1], known), False
        return _only_name(_behind_description(parts[0].split()[1:], known), known), True
    if not article and words[0][0].islower() and first not in PARTICLES and words[0][0] != "@":
        return _only_name(_behind_description(parts[0].split(), known), known), False
    spoken = parts[0].split()
    for index in range(len(spoken) - 2, 0, -1):
        if spoken[index].islower():
            if spoken[index] in known.persons:
                # "CHIPPY owner Kelly-Ann Moss"
                return _only_name(" ".join(spoken[index + 1 :]), known), False
            break
    if singular(first) in known.kinds and first not in known.given and first not in known.lexicon.titles:
        institution = words[1:2] == ["of"] and known.kinds[singular(first)] == "organisation"
        if len(words) == 1 or (words[1].islower() and not institution):
            return None, False
    return _only_name(parts[0], known), False


def _only_name(phrase: str, known: Knowledge) -> Name | None:
    """The name in a phrase that holds nothing else but titles, roles and what a preposition adds."""
    names = reader(known.language).read(phrase) if phrase else ()
    if not names:
        return None
    name = names[-1]
    if len(names) > 1:
        gap = phrase[names[-2].end : name.start].split()
        if any(word in known.lexicon.prepositions for word in gap) and len(names[0].key) > 1:
            name = names[0]
        elif names[-2].possessive and not name.titles and not name.role and name.kind != "person":
            return None
    last = phrase[name.end :].split()
    if name.kind == "office" or name.words[-1][0].islower():
        return None
    if last and last[0].islower() and last[0] not in known.lexicon.prepositions and last[0] not in ("'s", "’s"):
        return None
    first = phrase.split()[0]
    if first.lower().rstrip(".") in known.lexicon.titles and not name.titles and name.words[0] not in first:
        return None
    if len(name.key) == 1 and name.key[0] in known.persons and name.key[0] not in known.given and not name.titles:
        return None
    return name


def _behind_description(words: list[str], known: Knowledge) -> str:
    """ "Bounderby" in "exasperated Bounderby", "Ada Byron" in "former Trump aide Ada Byron"; else nothing where something comes between."""
    while words and words[0][0].islower() and words[0] not in known.closed and words[0] not in PARTICLES:
        words = words[1:]
    for index in range(len(words) - 1, 0, -1):
        if words[index].islower() and words[index] not in PARTICLES:
            described = words[index] in known.persons and not any(word in known.closed for word in words[:index])
            words = words[index + 1 :] if described else []
            break
    return " ".join(words) if words and all(word[0].isupper() or word in PARTICLES for word in words) else ""
