"""Sources that name or describe the speaker: names with titles, descriptions, labels, several speakers at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from quoteminer import Document, Span

from .confidence import Link
from .courts import Record
from .descriptions import Descriptions, read
from .entities import EntityTable
from .knowledge import REMEMBERED, Knowledge, knowledge
from .names import Name, bare, reader
from .people import Entity
from .roles import Roles, is_role
from .turns import Conversation

_LABEL_NOTE = re.compile(r"([^()]{2,80}?) \(([^()]{2,80})\)")
_NICKNAME = re.compile(r"\s[“\"'‘][^“”\"‘’]{1,25}[”\"'’](?=\s)")
_POST = re.compile(r" ((?:[a-z][\w-]* ){1,3})(?=[A-Z])")
"""What somebody is to the organisation whose name stands before: "Norvane chief Ada"."""
_NAMED = re.compile(r", (?=[A-Z])")
_FULL: Final = 2
"""Words of most full names."""
_LOOK: Final = 60
_MOST_JOINT: Final = 4
"""Speakers that a source may join."""


class Sources:
    """Reads the noun phrases that stand for speakers and addressees."""

    def __init__(
        self,
        document: Document,
        table: EntityTable,
        roles: Roles,
        descriptions: Descriptions,
        conversation: Conversation,
        known: Knowledge,
    ) -> None:
        self._document = document
        self._text = document.text
        self._table = table
        self._roles = roles
        self._descriptions = descriptions
        self._conversation = conversation
        self._known = known
        self._interview: dict[str, Entity] = {}
        self._record = Record(document.text, known.wording)
        self.uncertain: set[int] = set()
        """Where descriptions stand that may mean somebody who is named elsewhere ("the boy", "his wife")."""

    def link(self, phrase: str, source: Span, *, labelled: bool = False) -> Link:
        """The entity of a noun phrase at ``source``; ``labelled`` when it is the label of a turn, or stands alone above a speech or below what is signed."""
        if phrase.isupper() and read(phrase.partition(",")[0].lower(), self._known).kind != "unknown":
            # "A GRAN has barricaded": a description in capitals is no name.
            phrase = phrase.lower()
        label = _LABEL_NOTE.fullmatch(phrase) if phrase[-1] == ")" else None
        if label is not None:
            return self._labelled(source, label)
        return self._by_name(phrase, source, labelled=labelled) or self._by_description(phrase, source, labelled=labelled)

    def _by_name(self, phrase: str, source: Span, *, labelled: bool) -> Link | None:
        """The speaker of a source that names somebody, or is part of what does."""
        joint = self._joint(phrase, source) or self._with_partner(source)
        if joint is not None:
            return Link(joint, "joint")
        around = self._around(phrase, source)
        if around is not None:
            return Link(around, "name")
        bearer = self._bearer(phrase, source)
        if bearer is not None:
            return Link(bearer, "label" if labelled else "name")
        return self._name_in(phrase, source, labelled=labelled)

    def _by_description(self, phrase: str, source: Span, *, labelled: bool) -> Link:
        """The speaker of a source that describes somebody."""
        described = read(phrase, self._known)
        if described.kind == "person" or described.words[0] in self._known.pronouns.singulative:
            named = self._named_behind(source)
            if named is not None:
                return Link(named, "name")
        writer = self._writer(described.head, source.start)
        if writer is not None:
            return Link(writer, "writing")
        entity, strategy = self._descriptions.resolve(described, source.start, guess=not labelled)
        may_be_named = described.kind == "person" and described.definite and described.gender is not None
        if strategy == "description" and not labelled and may_be_named:
            self.uncertain.add(source.start)
        return Link(entity, strategy)

    def _writer(self, head: str, at: int) -> Entity | None:
        """Who wrote the letter, post or message that "says" something: the one last said to write."""
        if head not in self._known.nouns.correspondence:
            return None
        writing = self._known.verbs.writing
        for turn in self._conversation.around(at):
            if turn.entity is not None and any(self._document[cue].lower() in writing for cue in turn.quote.cue):
                return turn.entity
        return None

    def _name_in(self, phrase: str, source: Span, *, labelled: bool) -> Link | None:
        """The speaker of a source that is a name, with or without title or apposition."""
        name, described = head_name(phrase, self._known.language)
        if name is None:
            return None
        # A label says the whole name.
        entity = (None if labelled else self._longer(name, source)) or self._table.find(name, source.start)
        if entity is None:
            if described:
                return None
            entity = self._table.person(name, source.start)
        if entity.kind == "person" and not entity.gender and name.gender:
            entity.gender = name.gender
        strategy = "handle" if name.words[0][0] == "@" else "label" if labelled else "name"
        if name.role and entity.role is None and entity.kind == "person":
            entity.role = self._roles.of(entity) or name.role
        return Link(entity, strategy)

    def _bearer(self, phrase: str, source: Span) -> Entity | None:
        """Whose surname a word is that by itself would be a role or no name at all: "King said" after "Tom King", "May" after "Theresa May"."""
        civil, _, word = phrase.rpartition(" ")
        word = bare(word, self._known.endings)
        lowered = word.lower()
        if not word[:1].isupper() or word.isupper() or (civil and civil.lower().rstrip(".") not in self._known.titles.civil):
            return None
        known = self._known
        if lowered in known.nouns.persons or lowered in known.titles.known or lowered in known.classes.closed:
            return self._table.surnamed(lowered, source.start)
        return None

    def _longer(self, name: Name, source: Span) -> Entity | None:
        """The entity of a name of which the source is a part ("Ursula" of "Ursula van der Berg", "League" of "Nurses' League")."""
        before = self._table.between(max(0, source.start - _LOOK), source.end)
        for index in before[-2:]:
            if self._table.starts[index] >= source.start and self._table.ends[index] <= source.end:
                continue
            if self._table.ends[index] >= source.end and name.key[-1] in self._table.names[index].key:
                return self._table.owners[index]
        return None

    def _around(self, phrase: str, source: Span) -> Entity | None:
        """Who is named by more than the source: "Norvane chief Ada Byron" where the source stops at "Norvane", "Nurses' League" at "League"."""
        if not phrase[0].isupper() or " " in phrase:
            return None
        table = self._table
        index = table.between(0, source.start + 1).stop - 1
        if index >= 0 and table.starts[index] < source.start and table.ends[index] == source.end:
            owner = table.owners[index]
            return owner if owner is not None and owner.kind == "organisation" else None
        match = _POST.match(self._text, source.end)
        if match is None:
            return None
        post = match[1].split()[-1]
        if post not in self._known.nouns.persons and post not in self._known.titles.known:
            return None
        return self._named_at(match.end())

    def _named_behind(self, source: Span) -> Entity | None:
        """Whom an apposition behind a description names: "one of them, Ada Byron of Norland,"."""
        match = _NAMED.match(self._text, source.end)
        return None if match is None else self._named_at(match.end(), closed=True)

    def _named_at(self, at: int, *, closed: bool = False) -> Entity | None:
        """The person named in full at an offset; ``closed`` when the apposition must end there."""
        for index in self._table.between(at, at + 30):
            name, owner = self._table.names[index], self._table.owners[index]
            if owner is None or owner.kind != "person" or (len(name.key) < 2 and not name.titles):
                return None
            if closed and self._known.patterns.sources.closed.match(self._text, self._table.ends[index]) is None:
                return None
            between = self._text[at : self._table.starts[index]]
            return owner if not between or all(word[0].isupper() for word in between.split()) else None
        return None

    def _with_partner(self, source: Span) -> Entity | None:
        """ "Ada Byron and her brother, Bob" where the source is one of the two."""
        patterns = self._known.patterns
        if patterns.sources.partnered.search(self._text, max(0, source.start - _LOOK), source.end + _LOOK) is None:
            return None
        table = self._table
        inside = table.between(source.start, source.end)
        if not inside or table.ends[inside[-1]] < source.end:
            return None
        for first, second in ((inside[0] - 1, inside[0]), (inside[-1], inside[-1] + 1)):
            if first < 0 or second >= len(table.owners):
                continue
            start, end = table.ends[first], table.starts[second]
            if end - start > _LOOK or not patterns.sources.partner.fullmatch(self._text, start, end):
                continue
            one, other = (table.owners[at] or table.person(table.names[at], table.starts[at]) for at in (first, second))
            if one is not other and one.kind == other.kind == "person":
                return table.together([one, other])
        return None

    def _labelled(self, source: Span, label: re.Match[str]) -> Link:
        """The speaker of "Bronwen Hale (Cardon East)" and of "The Minister for Transport (Gareth Stroud)"."""
        outer = label[1]
        first = outer.split()[0].lower().rstrip(".")
        named = any(name.kind == "person" for name in self._table.reader.read(outer))
        if first in self._known.classes.determiners or (
            first in self._known.titles.known and is_role(outer, self._known) and not named
        ):
            start = source.start + self._text[source.start : source.end].index("(")
            link = self.link(" ".join(label[2].split()), Span(start + 1, source.end - 1))
            if link.entity is not None and link.entity.role is None:
                link.entity.role = outer.split(" ", 1)[1] if first in self._known.determiners.articles else outer
            return link
        return self.link(outer, Span(source.start, source.start + len(outer)))

    def _joint(self, phrase: str, source: Span) -> Entity | None:
        """ "A and B" as one speaker, when both are names of people or organisations."""
        if self._known.patterns.sources.joining.search(phrase) is None:
            return None
        parts = [part for part in self._known.patterns.sources.joint.split(phrase) if not self._is_apposition(part)]
        if not 2 <= len(parts) <= _MOST_JOINT:
            return None
        entities: list[Entity] = []
        for part in parts:
            entity = self._one_of(part, source.start)
            if entity is None:
                return None
            entities.append(entity)
        joined = self._known.classes.additive
        if any(not joined.isdisjoint(name.key) for name in self._table.reader.read(phrase)):
            return None
        return self._table.together(entities)

    def _one_of(self, part: str, at: int) -> Entity | None:
        """Who is named by a part of a source that joins several."""
        names = self._table.reader.read(part) if part and part[0].isupper() else ()
        if len(names) != 1 or names[0].kind == "office" or names[0].words[-1][0].islower():
            return None
        found = self._table.find(names[0], at)
        if found is None and names[0].kind != "person" and len(names[0].key) < 2:
            return None
        return found or self._table.person(names[0], at)

    def _is_apposition(self, part: str) -> bool:
        words = part.split()
        return bool(words) and words[0] in self._known.classes.determiners and is_role(part, self._known)

    def interviewed(self, label: str, at: int, asking: Entity | None = None) -> Entity:
        """Who asks and who answers in an interview with Q and A; the one who answers is named before the first turn, and not who asks."""
        wording = self._known.wording
        asks = label == wording.question_label
        place = self._record.asking(at) if asks else self._record.answering(at)
        if place is not None and (named := self.link(self._text[slice(*place)], Span(*place), labelled=True).entity) is not None:
            return named
        known = self._interview.get(label)
        if known is not None:
            return known
        entity = None if asks else self._introduced(at, asking) or self._questioned()
        if entity is None:
            word = wording.interviewer if asks else wording.interviewee
            entity = self._table.described((word,), "person", word)
        self._interview[label] = entity
        return entity

    def _introduced(self, at: int, asking: Entity | None) -> Entity | None:
        """The first who is named in full before the first answer, and does not ask."""
        for index in self._table.between(0, at):
            owner = self._table.owners[index]
            if owner is None or owner is asking or owner.kind != "person" or len(owner.key) == 1:
                continue
            # "Q. Would …" is no initial.
            if owner.key[0].rstrip(".").upper() != self._known.wording.question_label:
                return owner
        return None

    def _questioned(self) -> Entity | None:
        """Whom the questions address by name first."""
        label = self._known.wording.question_label
        for turn in self._conversation.turns:
            source = turn.quote.source
            if turn.addressed and source is not None and self._text[source.start : source.end].rstrip(".") == label:
                return turn.addressed[0]
        return None

    def asking(self) -> Entity | None:
        """Who asks in an interview, where somebody does."""
        return self._interview.get(self._known.wording.question_label)

    def answers(self, asker: Entity | None, at: int) -> Entity | None:
        """Who answers the interviewer, if that is who asks."""
        if asker is None or asker is not self.asking():
            return None
        return self.interviewed(self._known.wording.answer_label, at)


@functools.lru_cache(maxsize=REMEMBERED)
def head_name(phrase: str, language: str) -> tuple[Name | None, bool]:
    """The name that is the head of a source, and whether a description with an article stands before it."""
    known = knowledge(language)
    plain = _NICKNAME.sub("", phrase)
    words = plain.split()
    if not any(word[0].isupper() or word[0] == "@" for word in words):
        return None, False
    parts = known.patterns.sources.apart.split(plain)
    owned = known.patterns.sources.owned.search(parts[0])
    if owned is not None:
        # "Rutte's spokesman" is not Rutte, but "Rutte's spokesman Jan Smit" is Jan Smit.
        return _only_name(_behind_description(parts[0][owned.end() :].split(), known), known), True
    spoken = parts[0].split()
    first = words[0].lower()
    if first in known.classes.determiners:
        if first not in known.determiners.definite or len(words) == 1 or not words[1][0].isupper():
            return _behind_determiner(parts, known)
    elif words[0][0].islower() and first not in known.names.particles:
        return _only_name(_behind_description(spoken, known), known), False
    person = _behind_person(spoken, known)
    if person:
        return _only_name(person, known), False
    return (None if _is_common(words, known) else _only_name(parts[0], known)), False


def _behind_person(words: Sequence[str], known: Knowledge) -> str:
    """ "Kelly-Ann Moss" in "CHIPPY owner Kelly-Ann Moss"; nothing where the last small word is no noun for a person."""
    last = next((index for index in range(len(words) - 2, 0, -1) if words[index].islower()), 0)
    return " ".join(words[last + 1 :]) if last and words[last] in known.nouns.persons else ""


def _behind_determiner(parts: Sequence[str], known: Knowledge) -> tuple[Name | None, bool]:
    """The name in a source that begins as a description, and whether the description goes with it."""
    if len(parts) > 1 and parts[1][:1].isupper() and is_role(parts[0], known):
        # "the finance minister, Ana Duarte"
        return _only_name(parts[1], known), False
    return _only_name(_behind_description(parts[0].split()[1:], known), known), True


def _is_common(words: list[str], known: Knowledge) -> bool:
    """Whether a phrase without a determiner begins with a common noun ("Police in Norland"), not with a name ("Bank of Norland")."""
    first = words[0].lower()
    kind = known.nouns.kinds.get(known.nouns.singular(first))
    if kind is None or first in known.names.given or first in known.titles.known:
        return False
    if len(words) == 1:
        return True
    return words[1].islower() and not (kind == "organisation" and words[1] in known.classes.genitive_prepositions)


def _only_name(phrase: str, known: Knowledge) -> Name | None:
    """The name in a phrase that holds nothing else but titles, roles and what a preposition adds."""
    names = reader(known.language).read(phrase) if phrase else ()
    name = _main_name(names, phrase, known)
    if name is None or name.kind == "office" or name.words[-1][0].islower():
        return None
    behind = phrase[name.end :].split()
    if (
        behind
        and behind[0].islower()
        and behind[0] not in known.classes.prepositions
        and behind[0] not in known.endings.possessive
    ):
        return None
    return None if _is_only_role(name, phrase, known) else name


def _main_name(names: Sequence[Name], phrase: str, known: Knowledge) -> Name | None:
    """Of several names in a phrase the last, or the first where a preposition adds the others; none where the last belongs to another."""
    if len(names) < 2:
        return names[0] if names else None
    name = names[-1]
    gap = phrase[names[-2].end : name.start].split()
    if len(names[0].key) > 1 and any(word in known.classes.prepositions for word in gap):
        return names[0]
    owned = names[-2].possessive and not name.titles and not name.role and name.kind != "person"
    # "Elm Rail's Kent Moss": two words that are no firm's are somebody there; "Norway's Orla Energy" is a firm in a country.
    itself = (len(name.key) == _FULL and name.kind is None) or names[-2].kind == "place_name"
    return None if owned and not itself else name


def _is_only_role(name: Name, phrase: str, known: Knowledge) -> bool:
    """Whether what looks like a name is only a title or a noun for a person."""
    first = phrase.split()[0]
    if name.titles:
        return False
    if first.lower().rstrip(".") in known.titles.known and name.words[0] not in first:
        return True
    return len(name.key) == 1 and name.key[0] in known.nouns.persons and name.key[0] not in known.names.given


def _behind_description(words: list[str], known: Knowledge) -> str:
    """ "Bounderby" in "exasperated Bounderby", "Ada Byron" in "former Trump aide Ada Byron"; else nothing where something comes between."""
    particles, closed = known.names.particles, known.classes.closed
    while words and words[0][0].islower() and words[0] not in closed and words[0] not in particles:
        words = words[1:]
    for index in range(len(words) - 1, 0, -1):
        if words[index].islower() and words[index] not in particles:
            described = words[index] in known.nouns.persons and not any(word in closed for word in words[:index])
            words = words[index + 1 :] if described else []
            break
    return " ".join(words) if words and all(word[0].isupper() or word in particles for word in words) else ""
