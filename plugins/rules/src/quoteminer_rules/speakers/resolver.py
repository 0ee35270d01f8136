"""The resolver: explicit sources first, then pronouns and quotations without a source, then addressees and mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

import attrs

from quoteminer import Document, Quote, Span, Speaker

from .addressees import addressee_mention
from .cast import Cast, Entity
from .descriptions import Descriptions, read
from .knowledge import PARTICLES, Knowledge, knowledge, singular
from .names import Name
from .ranking import Ranking
from .roles import Roles
from .scene import Scene
from .turns import Conversation, Turn

_GENDERS: Final = {"he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_FIRST: Final = frozenset(["i", "me", "myself"])
_FIRST_PLURAL: Final = frozenset(["we", "us", "ourselves"])
_SECOND: Final = frozenset(["you", "yourself"])
_PLURAL: Final = frozenset(["they", "them", "both", "themselves"])
_THING: Final = frozenset(["it", "itself"])
_RELATIVE: Final = frozenset(["who", "which", "that"])
_LABEL_NOTE = re.compile(r"([^()]{2,80}?) \(([^()]{2,80})\)")
_NICKNAME = re.compile(r"\s[“\"'‘][^“”\"‘’]{1,25}[”\"'’](?=\s)")
_APART = re.compile(r",\s+|\s\(|\s[–—-]\s|\swho\s")
_JOINT = re.compile(r"(?:,|,? and|,? &)\s+")
_SURE: Final = 0.5
"""What makes a description mean somebody named elsewhere."""
_WRITTEN: Final = frozenset(["letter", "post", "tweet", "e-mail", "email", "message", "memo", "note"])
_WRITING: Final = frozenset(["write", "post", "tweet", "e-mail", "email", "message", "blog"])
_NEAR: Final = 16
"""Names before an embedded pronoun that are looked at."""
_LEAST: Final = 0.1
"""A guess less likely than this is not made."""


class Link(NamedTuple):
    """Who speaks, how that was found, and how often this way is right."""

    entity: Entity | None
    way: str
    precision: float


_NOBODY: Final = Link(None, "", 0.0)


def resolve(document: Document, quotes: Sequence[Quote], language: str) -> tuple[list[Quote], list[Speaker]]:
    """Quotes with speakers and addressees, and the speakers, in order of first mention."""
    return _Resolver(document, quotes, knowledge(language)).resolve()


class _Resolver:
    """One document with all that is known about it."""

    def __init__(self, document: Document, quotes: Sequence[Quote], known: Knowledge) -> None:
        self.document = document
        self.text = document.text
        self.quotes = quotes
        self.known = known
        self.cast = Cast(document.text, known, [(q.source.start, q.source.end) for q in quotes if q.source is not None])
        self.reader = self.cast.reader
        self.roles = Roles(self.cast, known)
        self.descriptions = Descriptions(self.cast, self.roles, known)
        self.scene = Scene(self.cast, self.descriptions, known, _outermost(quotes))
        self.conversation = Conversation(quotes, self.scene, self.cast)
        self.links: dict[str, Link] = {}
        self.addressees: dict[str, Entity] = {}
        self.by_id = {quote.id: quote for quote in quotes}
        self.uncertain: set[int] = set()
        """Where descriptions stand that may mean somebody who is named elsewhere ("the boy", "his wife")."""
        self.interview: dict[str, Entity] = {}
        self._narrator: Entity | None = None

    def resolve(self) -> tuple[list[Quote], list[Speaker]]:
        for quote in self.quotes:
            if quote.source is not None:
                link = self._explicit(quote, quote.source)
                if link is not None:
                    self._link(quote, link, explicit=True)
                elif quote.id in self.conversation.by_quote:
                    word = self.text[quote.source.start : quote.source.end].lower()
                    self.conversation.by_quote[quote.id].pronoun = _GENDERS.get(word)
        self._implicit()
        for quote in self.quotes:
            if quote.id not in self.addressees:
                self._addressee(quote)
        return self._result()

    def _link(self, quote: Quote, link: Link, *, explicit: bool = False) -> None:
        self.links[quote.id] = link
        entity = link.entity
        if entity is None:
            return
        entity.spoken += 1
        if quote.source is not None:
            entity.mentions.add((quote.source.start, quote.source.end))
        turn = self.conversation.by_quote.get(quote.id)
        if turn is not None:
            turn.entity = entity
            turn.explicit = explicit

    # -- explicit sources ------------------------------------------------------------------------------------------------------

    def _explicit(self, quote: Quote, source: Span) -> Link | None:
        """The speaker that the source itself names or describes; ``None`` for pronouns."""
        phrase = " ".join(self.text[source.start : source.end].split())
        lowered = phrase.lower()
        if lowered in _GENDERS or lowered in _PLURAL or lowered in _THING or lowered in _SECOND or lowered in _RELATIVE:
            return None
        if lowered in _FIRST or lowered in _FIRST_PLURAL:
            inside = quote.parent is not None or self.scene.is_quoted(source.start)
            return None if inside else self._way(self.narrator(), "first_person")
        if phrase in ("Q", "A") and self.text[source.end : source.end + 1] == ":":
            return self._way(self._interviewed(phrase, source.start), "interview")
        labelled = any(self.text[cue.start : cue.end] == ":" and cue.start >= source.end for cue in quote.cue)
        return self._noun_phrase(phrase, source, labelled=labelled)

    def _way(self, entity: Entity | None, way: str) -> Link:
        return Link(entity, way, self.known.precision[way])

    def _noun_phrase(self, phrase: str, source: Span, *, labelled: bool = False) -> Link:
        if phrase.isupper() and read(phrase.lower(), self.known).kind != "unknown":
            # "A GRAN has barricaded": a description in capitals is no name.
            phrase = phrase.lower()
        label = _LABEL_NOTE.fullmatch(phrase)
        if label is not None:
            return self._labelled(source, label)
        joint = self._joint(phrase, source)
        if joint is not None:
            return self._way(joint, "joint")
        name = self._name_in(phrase, source, labelled=labelled)
        if name is not None:
            return name
        described = read(phrase, self.known)
        writer = self._writer(described.head, source.start)
        if writer is not None:
            return self._way(writer, "writing")
        entity, way = self.descriptions.resolve(described, source.start, guess=not labelled)
        if (
            way == "description"
            and not labelled
            and described.kind == "person"
            and described.definite
            and described.gender is not None
        ):
            self.uncertain.add(source.start)
        return self._way(entity, way)

    def _writer(self, head: str, at: int) -> Entity | None:
        """Who wrote the letter, post or message that "says" something: the one last said to write."""
        if head not in _WRITTEN:
            return None
        verbs = self.known.lexicon.verbs
        for turn in reversed(self.conversation.turns):
            if turn.entity is None or turn.quote.content[0].start >= at:
                continue
            for cue in turn.quote.cue:
                verb = verbs.get(self.document[cue].lower())
                if verb is not None and verb.lemma in _WRITING:
                    return turn.entity
        return None

    def _name_in(self, phrase: str, source: Span, *, labelled: bool) -> Link | None:
        """The speaker of a source that is a name, with or without title or apposition."""
        name, described = self._head_name(phrase)
        if name is None:
            return None
        entity = self.cast.find(name, source.start)
        if entity is None:
            if described:
                return None
            entity = self.cast.person(name, source.start)
        if entity.kind == "person" and not entity.gender and name.gender:
            entity.gender = name.gender
        way = "handle" if name.words[0][0] == "@" else "label" if labelled else "name"
        if name.role and entity.role is None and entity.kind == "person":
            entity.role = self.roles.of(entity) or name.role
        return self._way(entity, way)

    def _head_name(self, phrase: str) -> tuple[Name | None, bool]:
        """The name that is the head of a source, and whether a description with an article stands before it."""
        known = self.known
        plain = _NICKNAME.sub("", phrase)
        words = plain.split()
        if not any(word[0].isupper() or word[0] == "@" for word in words):
            return None, False
        parts = _APART.split(plain)
        first = words[0].lower()
        article = first in known.lexicon.determiners
        if article and not (first == "the" and len(words) > 1 and words[1][0].isupper()):
            if len(parts) > 1 and parts[1][:1].isupper() and self.roles.is_role(parts[0]):
                # "the finance minister, Ana Duarte"
                return self._only_name(parts[1]), False
            return self._only_name(self._behind_description(parts[0].split()[1:])), True
        if not article and words[0][0].islower() and first not in PARTICLES and words[0][0] != "@":
            return self._only_name(self._behind_description(parts[0].split())), False
        if singular(first) in known.kinds and first not in known.given and first not in known.lexicon.titles:
            if len(words) == 1 or words[1].islower():
                return None, False
        return self._only_name(parts[0]), False

    def _only_name(self, phrase: str) -> Name | None:
        """The name in a phrase that holds nothing else but titles, roles and what a preposition adds."""
        names = self.reader.read(phrase) if phrase else ()
        if not names:
            return None
        name = names[-1]
        if len(names) > 1:
            gap = phrase[names[-2].end : name.start].split()
            if any(word in self.known.lexicon.prepositions for word in gap) and len(names[0].key) > 1:
                name = names[0]
            elif names[-2].possessive and not name.titles and not name.role and name.kind != "person":
                return None
        last = phrase[name.end :].split()
        if name.kind == "office" or name.words[-1][0].islower():
            return None
        if last and last[0].islower() and last[0] not in self.known.lexicon.prepositions and last[0] not in ("'s", "’s"):
            return None
        first = phrase.split()[0]
        if first.lower().rstrip(".") in self.known.lexicon.titles and not name.titles and name.words[0] not in first:
            return None
        if len(name.key) == 1 and name.key[0] in self.known.persons and name.key[0] not in self.known.given and not name.titles:
            return None
        return name

    def _behind_description(self, words: list[str]) -> str:
        """ "Bounderby" in "exasperated Bounderby", "curator Ada Byron"; nothing where a preposition or a noun comes in between."""
        while words and words[0].islower() and words[0] not in self.known.closed:
            words = words[1:]
        return " ".join(words) if words and all(word[0].isupper() or word in PARTICLES for word in words) else ""

    def _labelled(self, source: Span, label: re.Match[str]) -> Link:
        """The speaker of "Bronwen Hale (Cardon East)" and of "The Minister for Transport (Gareth Stroud)"."""
        outer = label[1]
        first = outer.split()[0].lower().rstrip(".")
        if first in self.known.lexicon.determiners or (first in self.known.lexicon.titles and self.roles.is_role(outer)):
            start = source.start + self.text[source.start : source.end].index("(")
            link = self._noun_phrase(" ".join(label[2].split()), Span(start + 1, source.end - 1))
            if link.entity is not None and link.entity.role is None:
                link.entity.role = outer.split(" ", 1)[1] if first in ("the", "a") else outer
            return link
        return self._noun_phrase(outer, Span(source.start, source.start + len(outer)))

    def _joint(self, phrase: str, source: Span) -> Entity | None:
        """ "A and B" as one speaker, when both are names of people or organisations."""
        if " and " not in phrase and " & " not in phrase:
            return None
        parts = [part for part in _JOINT.split(phrase) if not self._is_apposition(part)]
        if not 2 <= len(parts) <= 4:
            return None
        entities: list[Entity] = []
        for part in parts:
            names = self.reader.read(part) if part and part[0].isupper() else ()
            if len(names) != 1 or names[0].kind == "office" or names[0].words[-1][0].islower():
                return None
            found = self.cast.find(names[0], source.start)
            if found is None and (names[0].kind != "person" and len(names[0].key) < 2):
                return None
            entities.append(found or self.cast.person(names[0], source.start))
        if any("and" in name.key for name in self.reader.read(phrase)):
            return None
        name = " and ".join([", ".join(entity.name for entity in entities[:-1]), entities[-1].name])
        for entity in self.cast.entities:
            if entity.name == name:
                return entity
        return self.cast.described(tuple(name.split()), "group", name)

    def _is_apposition(self, part: str) -> bool:
        words = part.split()
        return bool(words) and words[0] in self.known.lexicon.determiners and self.roles.is_role(part)

    def _interviewed(self, label: str, at: int) -> Entity:
        """Who asks and who answers in an interview with Q and A; the one who answers is named before the first turn."""
        known = self.interview.get(label)
        if known is not None:
            return known
        entity: Entity | None = None
        if label == "A":
            people = [
                owner
                for index in self.cast.between(0, at)
                if (owner := self.cast.owners[index]) is not None and owner.kind == "person" and len(owner.key) > 1
            ]
            entity = people[0] if people else None
        if entity is None:
            word = "interviewer" if label == "Q" else "interviewee"
            entity = self.cast.described((word,), "person", word)
        self.interview[label] = entity
        return entity

    def narrator(self) -> Entity:
        """The first person outside quotations."""
        if self._narrator is None:
            self._narrator = self.cast.described(("narrator",), "person", "narrator")
        return self._narrator

    # -- pronouns and nothing --------------------------------------------------------------------------------------------------

    def _implicit(self) -> None:
        waiting = [
            quote
            for quote in self.quotes
            if quote.id not in self.links
            or (quote.source is not None and quote.source.start in self.uncertain and quote.parent is None)
        ]
        if not waiting:
            return
        self.scene.vote()
        self._name_narrator()
        narrator = self._narrator or (self.narrator() if self._told_in_first_person() else None)
        ranking = Ranking(self.scene, self.conversation, self.known, narrator)
        for quote in waiting:
            if quote.parent is None and quote.source is None and not quote.cue:
                self._beside(quote, ranking)
        for quote in waiting:
            if quote.source is None and quote.id in self.links:
                continue
            if quote.parent is not None:
                link = self._nested(quote)
            else:
                link = self._outer(quote, ranking)
            self._link(quote, link)

    def _beside(self, quote: Quote, ranking: Ranking) -> None:
        """Speakers that narration in the same paragraph makes clear; they help with the turns around them."""
        if quote.kind != "direct":
            return
        turn = self.conversation.by_quote[quote.id]
        situation, ranked = ranking.rank(turn, None, None)
        if situation == "beat" and ranked and ranked[0][0] > _SURE:
            self._link(quote, Link(ranked[0][1], situation, ranked[0][0]), explicit=True)

    def _name_narrator(self) -> None:
        """The narrator has the name by which others address him or her and that the narration itself never uses."""
        if self._narrator is None:
            return
        votes: dict[int, int] = {}
        named: dict[int, Entity] = {}
        for turn in self.conversation.turns:
            if turn.entity is self._narrator:
                continue
            for entity in turn.addressed:
                named[entity.serial] = entity
                votes[entity.serial] = votes.get(entity.serial, 0) + 1
        for serial in sorted(named, key=lambda serial: (-votes[serial], serial)):
            entity = named[serial]
            if not entity.spoken and all(self.scene.is_quoted(position) for position in entity.positions):
                break
        else:
            return
        self._narrator.name, self._narrator.words = entity.name, entity.words
        self._narrator.positions = entity.positions
        self.cast.replace(entity, self._narrator)
        self.conversation.replace(entity, self._narrator)

    def _told_in_first_person(self) -> bool:
        count = 0
        at = self.text.find(" I ")
        while at >= 0 and count <= 3:
            count += not self.scene.is_quoted(at)
            at = self.text.find(" I ", at + 1)
        return count > 3

    def _outer(self, quote: Quote, ranking: Ranking) -> Link:
        turn = self.conversation.by_quote[quote.id]
        if quote.id in self.links:
            return self._described(turn, self.links[quote.id], ranking)
        if quote.source is None:
            if quote.kind != "direct":
                # A cue without a source is a passive ("was told"): the text keeps silent about who.
                return _NOBODY
            return self._ranked(turn, None, None, ranking)
        source = quote.source
        word = self.text[source.start : source.end].lower()
        if word in _RELATIVE:
            return self._way(self._antecedent_of_relative(source.start), "relative")
        if word in _FIRST or word in _FIRST_PLURAL:
            return self._way(self._speaker_at(source.start), "first_person")
        if word in _GENDERS:
            return self._ranked(turn, _GENDERS[word], (source.start, source.end), ranking)
        if word in _THING:
            return self._way(self._thing(turn, source.start), "organisation_pronoun")
        if word in _PLURAL:
            return self._way(self._plural(turn), "plural_pronoun")
        return _NOBODY

    def _ranked(self, turn: Turn, gender: str | None, source: tuple[int, int] | None, ranking: Ranking) -> Link:
        situation, ranked = ranking.rank(turn, gender, source)
        if not ranked or ranked[0][0] < _LEAST:
            return _NOBODY
        probability, entity = ranked[0]
        if gender is not None and entity.gender is None and probability > 0.8:
            entity.votes[0 if gender == "m" else 1] += 1
        way = situation
        if situation != "pronoun":
            previous = self.conversation.previous(turn)
            if previous is not None and previous.entity is entity:
                way = "continuation"
            elif situation == "bare":
                way = "alternation"
        return Link(entity, way, probability)

    def _speaker_at(self, offset: int) -> Entity | None:
        """Who speaks the outermost direct quotation around an offset."""
        for turn in self.conversation.around(offset):
            if turn.quote.kind == "direct" and any(span.start <= offset < span.end for span in turn.quote.content):
                return turn.entity
        return None

    def _described(self, turn: Turn, link: Link, ranking: Ranking) -> Link:
        """Whether "the boy" is somebody who is named elsewhere."""
        source, entity = turn.quote.source, link.entity
        assert source is not None
        assert entity is not None
        entity.spoken -= 1
        _, ranked = ranking.rank(turn, entity.gender, (source.start, source.end), entity)
        if ranked and ranked[0][1] is not entity and ranked[0][0] > _SURE:
            entity.mentions.discard((source.start, source.end))
            return Link(ranked[0][1], "epithet", ranked[0][0])
        return link

    def _antecedent_of_relative(self, at: int) -> Entity | None:
        index = self.cast.between(0, at).stop - 1
        if index >= 0 and self.cast.ends[index] >= at - 3:
            return self.cast.owners[index] or self.cast.person(self.cast.names[index], at)
        return None

    def _thing(self, turn: Turn, at: int) -> Entity | None:
        """ "it": the organisation or document that spoke last, or one named since."""
        best: Entity | None = None
        since = 0
        for index in range(turn.index - 1, max(-1, turn.index - 7), -1):
            entity = self.conversation.turns[index].entity
            if entity is not None and entity.kind in ("organisation", "document", "unknown", "group"):
                best = entity
                since = self.conversation.turns[index].quote.content[0].start
                break
        names = self.cast.between(since, at)
        if best is None:
            for i in reversed(names[-40:]):
                owner = self.cast.owners[i]
                if (
                    owner is not None
                    and owner.kind == "organisation"
                    and not owner.place
                    and self.scene.function(self.cast.starts[i], 0) == "subject"
                ):
                    return owner
        return best

    def _plural(self, turn: Turn) -> Entity | None:
        for index in range(turn.index - 1, max(-1, turn.index - 7), -1):
            entity = self.conversation.turns[index].entity
            if entity is not None and entity.kind in ("group", "organisation", "document"):
                return entity
        return None

    def _nested(self, quote: Quote) -> Link:
        """A quotation inside another: "I" is who speaks around it, "he" is somebody named there or before, but not who speaks."""
        assert quote.parent is not None
        around = self.links.get(quote.parent, _NOBODY).entity
        if quote.source is None:
            return _NOBODY
        word = self.text[quote.source.start : quote.source.end].lower()
        if word in _FIRST or word in _FIRST_PLURAL:
            return self._way(around, "first_person")
        if word in _SECOND:
            return self._way(self._you(quote.parent), "second_person")
        if word in _RELATIVE:
            return self._way(self._antecedent_of_relative(quote.source.start), "relative")
        gender = _GENDERS.get(word)
        if gender is not None:
            return Link(self._named_before(quote.source.start, gender, around), "pronoun", self.known.precision["nested_pronoun"])
        if word in _THING or word in _PLURAL:
            for index in reversed(self.cast.between(0, quote.source.start)[-30:]):
                owner = self.cast.owners[index]
                if owner is not None and owner is not around and owner.kind == "organisation":
                    return self._way(owner, "organisation_pronoun")
        return _NOBODY

    def _named_before(self, at: int, gender: str, but: Entity | None) -> Entity | None:
        """The person named last whom the pronoun is known to fit, else whom it may fit."""
        possible: Entity | None = None
        for index in reversed(self.cast.between(0, at)[-_NEAR:]):
            owner = self.cast.owners[index]
            if owner is None or owner is but or owner.kind != "person" or self.cast.names[index].possessive:
                continue
            if owner.gender == gender:
                return owner
            if possible is None and _may_be(owner, gender):
                possible = owner
        return possible

    def _you(self, parent: str) -> Entity | None:
        """Whom the quotation around is spoken to."""
        self._addressee(self.by_id[parent])
        known = self.addressees.get(parent)
        if known is not None:
            return known
        around = self.links.get(parent, _NOBODY).entity
        if around is not None and around is self.interview.get("Q"):
            return self._interviewed("A", self.by_id[parent].content[0].start)
        return None

    # -- addressees ------------------------------------------------------------------------------------------------------------

    def _addressee(self, quote: Quote) -> None:
        mention = addressee_mention(self.document, quote, self.known.lexicon)
        speaker = self.links.get(quote.id, _NOBODY).entity
        if mention is None:
            return
        entity = self._addressed(quote, mention, speaker)
        if entity is not None and entity is not speaker:
            entity.mentions.add((mention.start, mention.end))
            self.addressees[quote.id] = entity

    def _addressed(self, quote: Quote, mention: Span, speaker: Entity | None) -> Entity | None:
        phrase = " ".join(self.text[mention.start : mention.end].split())
        word = phrase.lower()
        around = self.links.get(quote.parent, _NOBODY).entity if quote.parent is not None else None
        if word in _FIRST or word in _FIRST_PLURAL:
            if quote.parent is not None:
                return around
            return self.narrator() if word in _FIRST else self.descriptions.resolve(read(phrase, self.known), mention.start)[0]
        if word in _SECOND:
            return self._you(quote.parent) if quote.parent is not None else None
        gender = _GENDERS.get(word)
        if gender is not None or word in _PLURAL or word in _THING:
            return self._object_pronoun(quote, mention, gender, speaker)
        return self._noun_phrase(phrase, mention).entity

    def _object_pronoun(self, quote: Quote, mention: Span, gender: str | None, speaker: Entity | None) -> Entity | None:
        if gender is None:
            return None
        turn = self.conversation.by_quote.get(quote.id)
        if turn is not None:
            for earlier in self.conversation.recent(turn):
                entity = earlier.entity
                if entity is not None and entity is not speaker and entity.kind == "person" and _may_be(entity, gender):
                    return entity
        return self._named_before(mention.start, gender, speaker)

    # -- the result ------------------------------------------------------------------------------------------------------------

    def _result(self) -> tuple[list[Quote], list[Speaker]]:
        used: dict[int, Entity] = {}
        for link in self.links.values():
            if link.entity is not None:
                used[link.entity.serial] = link.entity
        for entity in self.addressees.values():
            used[entity.serial] = entity
        self._add_names(used)
        resolved: list[Quote] = []
        for quote in self.quotes:
            link = self.links.get(quote.id, _NOBODY)
            addressee = self.addressees.get(quote.id)
            detail = quote.provenance.detail
            if link.entity is not None:
                detail = f"{detail} speaker={link.way} speaker_p={link.precision:.2f}".strip()
            resolved.append(
                attrs.evolve(
                    quote,
                    speaker=None if link.entity is None else f"e{link.entity.serial}",
                    addressee=None if addressee is None else f"e{addressee.serial}",
                    provenance=attrs.evolve(quote.provenance, detail=detail),
                )
            )
        namesakes: dict[str, int] = {}
        for entity in used.values():
            namesakes[entity.name.lower()] = namesakes.get(entity.name.lower(), 0) + 1
        speakers = [
            Speaker(
                f"e{entity.serial}",
                _display(entity, alone=namesakes[entity.name.lower()] == 1),
                role=self.roles.of(entity),
                kind=entity.kind,
                mentions=[Span(*mention) for mention in sorted(entity.mentions)],
            )
            for entity in sorted(used.values(), key=lambda e: e.serial)
        ]
        return resolved, speakers

    def _add_names(self, used: dict[int, Entity]) -> None:
        """Every place where the text names one of the speakers is a mention, unless a longer mention holds it."""
        occupied = sorted(span for entity in used.values() for span in entity.mentions)
        starts = [start for start, _ in occupied]
        for start, end, owner in zip(self.cast.starts, self.cast.ends, self.cast.owners, strict=True):
            if owner is None or owner.serial not in used:
                continue
            at = bisect_left(starts, end) - 1
            if at < 0 or occupied[at][1] <= start:
                owner.mentions.add((start, end))


def _display(entity: Entity, *, alone: bool) -> str:
    if not alone and entity.address:
        return f"{ {'m': 'Mr', 'mrs': 'Mrs', 'miss': 'Miss', 'f': 'Ms'}.get(entity.address, '') } {entity.name}".strip()
    return f"the {entity.name}" if entity.article and not entity.name.lower().startswith("the ") else entity.name


def _may_be(entity: Entity, gender: str) -> bool:
    if entity.gender is not None:
        return entity.gender == gender
    mine = 0 if gender == "m" else 1
    return entity.votes[mine] >= entity.votes[1 - mine]


def _outermost(quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    """Spans of outermost direct quotations, merged."""
    spans = sorted((s.start, s.end) for quote in quotes if quote.kind == "direct" and quote.parent is None for s in quote.content)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
