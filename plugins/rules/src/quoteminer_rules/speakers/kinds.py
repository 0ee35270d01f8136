"""What kind of speaker somebody is, by what the text tells of those who turn out to speak.

The resolver goes by what the words of a name or description themselves say, and takes for a person whom nothing speaks against. Those who speak are
looked at here once more, when all of them are known: what stands beside the name, what the last word of it is, what a head noun ends in.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from ..language.problems import PackError
from ..language.tables import rows
from ..lexicon import LANGUAGES
from .descriptions import read
from .entities import EntityTable
from .knowledge import Knowledge, knowledge
from .people import Entity
from .roles import Roles, is_role

#: Places of a name that are looked at.
_MOST_PLACES: Final = 8
_BEFORE: Final = 70
_BEHIND: Final = 200
_SHORTEST_WITH_ENDING: Final = 5


class KindWords(NamedTuple):
    """Words that tell a kind; in small letters but for ``last_words``."""

    heads: dict[str, str]
    """Head of a description -> kind."""
    openers: dict[str, str]
    """First word of a description -> kind."""
    endings: tuple[str, ...]
    """Endings of nouns for people."""
    last_words: dict[str, str]
    """Last word of a name -> kind."""
    names: frozenset[str]
    """Whole names of organisations."""


@functools.cache
def kind_words(language: str) -> KindWords:
    """The words of a language; empty where it has none."""
    found: dict[str, dict[str, str]] = {name: {} for name in KindWords._fields}
    folder = LANGUAGES / language
    file = folder / "speaker_kinds.tsv"
    for row in rows(file, 3) if file.exists() else ():
        what, kind, words = row.columns
        if what not in found:
            raise PackError(file, row.line, f"{what!r} is not one of {', '.join(found)}")
        found[what].update(dict.fromkeys(words.split("|" if "|" in words else None), kind))
    suffixes = folder / "company_suffixes.txt"
    forms = (
        [line for line in suffixes.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
        if suffixes.exists()
        else []
    )
    return KindWords(
        found["heads"],
        found["openers"],
        tuple(found["endings"]),
        {**dict.fromkeys(forms, "organisation"), **found["last_words"]},
        frozenset(name.lower() for name in found["names"]),
    )


@functools.cache
def _people(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Nouns and titles of people, and those of them that somebody may be of an organisation."""
    known = knowledge(language)
    return known.nouns.persons | known.titles.known, known.nouns.persons - known.nouns.relations


class Kinds:
    """The kinds of the speakers of a document.

    Args:
        labels: serial numbers of those who speak by the label of a turn.
    """

    def __init__(self, table: EntityTable, roles: Roles, known: Knowledge, labels: Collection[int]) -> None:
        self._table = table
        self._roles = roles
        self._known = known
        self._labels = labels
        self._words = kind_words(known.language)
        self._people, self._posts = _people(known.language)
        self._longer: dict[str, list[Entity]] | None = None

    def of(self, entity: Entity) -> str:
        """The kind of a speaker."""
        if entity.kind == "person":
            return self._of_person(entity)
        if entity.kind == "organisation":
            return self._of_organisation(entity)
        if entity.kind == "group":
            head = read(entity.name, self._known).head
            return self._words.heads.get(head, entity.kind)
        return self._of_described(entity) if entity.kind == "unknown" else entity.kind

    # -- named ---------------------------------------------------------------------------------------------------------------

    def _of_person(self, entity: Entity) -> str:
        """Of what is a person as far as the name tells."""
        if len(entity.key) > 1 and entity.key[-1].isdigit():
            # "Clause 12"
            return self._noun(entity.key[-2]) or "person"
        if entity.words[-1][0].islower() or self._is_known_person(entity):
            return "person"
        if entity.article and (written := self._writing(entity)) is not None:
            return written
        if self._names_organisation(entity) or self._is_short_for_organisation(entity):
            return "organisation"
        people, organisations = self._beside(entity)
        if entity.article and not people:
            organisations += not any(word in self._known.titles.known or self._noun(word) == "person" for word in entity.key)
        if not people and not organisations and len(entity.key) == 1:
            return self._common(entity) or "person"
        return "organisation" if organisations > people else "person"

    def _of_organisation(self, entity: Entity) -> str:
        """Of what is an organisation as far as the name or the head of a description tells."""
        if self._is_person_after_all(entity):
            return "person"
        if entity.words[-1][0].islower() and len(entity.words) > 1:
            kind = self._noun(self._head_of(entity.name))
            # "the ministry's guideline", "three unions"
            return kind if kind in ("document", "group") else entity.kind
        return self._writing(entity) or entity.kind

    def _head_of(self, name: str) -> str:
        """The head of a description; of what an organisation has, the head of that ("the ministry of health's guideline").

        What somebody else is or says about it keeps its own: "a letter from the mayor's office".
        """
        head = read(name, self._known).head
        words, endings = name.split(), self._known.endings.possessive
        owner = next((at for at, word in enumerate(words[:-1]) if word.endswith(endings)), None)
        if owner is None or self._noun(head) not in (None, "organisation"):
            return head
        linking = self._known.classes.prepositions - self._known.classes.genitive_prepositions
        if not linking.isdisjoint(word.lower() for word in words[:owner]):
            return head
        return read(" ".join(words[owner + 1 :]), self._known).head

    def _writing(self, entity: Entity) -> str | None:
        """``document`` where the last word of a name is what laws and holy books are called: "the Interpreters Act"."""
        return "document" if self._words.last_words.get(entity.words[-1]) == "document" else None

    def _is_known_person(self, entity: Entity) -> bool:
        """Whether title, given name or role tell that somebody is a person."""
        known = self._known
        if entity.gender or entity.key[0] in known.names.given or not entity.titles.isdisjoint(known.titles.known):
            return True
        role = self._roles.of(entity)
        return role is not None and is_role(role, known)

    def _is_short_for_organisation(self, entity: Entity) -> bool:
        """Whether the text has a longer name of an organisation that begins so: "Tinnara" of Tinnara Labs."""
        if self._longer is None:
            self._longer = {}
            for other in self._table.entities:
                if len(other.key) > 1:
                    self._longer.setdefault(other.key[0], []).append(other)
        size = len(entity.key)
        return any(
            other.key[:size] == entity.key
            and len(other.key) > size
            and (other.kind == "organisation" or self._names_organisation(other))
            for other in self._longer.get(entity.key[0], ())[:_MOST_PLACES]
        )

    def _common(self, entity: Entity) -> str | None:
        """The kind of a common noun that has a capital only because it opens sentences: "Shire says no"."""
        kind = self._noun(entity.key[0])
        if kind in (None, "person"):
            return None
        text = self._table.text
        opens = (text[max(0, at - 3) : at].rstrip()[-1:] for at in entity.positions[:_MOST_PLACES])
        return kind if all(not before.isalnum() and before not in ",;" for before in opens) else None

    def _names_organisation(self, entity: Entity) -> bool:
        """Whether the words of a name are those of an organisation."""
        words = entity.words
        if " ".join(entity.key) in self._words.names or (
            len(words) > 1 and self._words.last_words.get(words[-1].rstrip(".")) == "organisation"
        ):
            return True
        # "Headset maker Boomlet"
        nouns = [kind for word in words[:-1] if word.islower() and (kind := self._noun(word)) is not None]
        return nouns[-1:] == ["organisation"]

    def _is_person_after_all(self, entity: Entity) -> bool:
        """Whether what looks like the name of an organisation is somebody: a label in capitals, a post, a post and a name."""
        known, key = self._known, entity.key
        if len(key) == 1:
            labelled = entity.serial in self._labels and key[0] not in self._words.names and not entity.article
            # A name in capitals, and one that somebody has made for a forum: "BinDaysOver".
            return labelled and entity.words[0].isalpha() and not entity.words[0][1:].islower()
        for at, word in enumerate(key[:-1]):
            if self._noun(word) == "person" or word in self._people:
                if key[at + 1] in known.names.given:
                    return True
                if key[at + 1] in known.names.prepositions:
                    return True
        return False

    def _beside(self, entity: Entity) -> tuple[int, int]:
        """How often what stands beside a name tells of a person, and how often of an organisation."""
        people = organisations = 0
        for index in self._places(entity):
            start, end = self._table.starts[index], self._table.ends[index]
            kinds = [self._before(start), *self._behind(end)]
            people += "person" in kinds
            organisations += "organisation" in kinds or self._has_posts(start, end)
        return people, organisations

    def _has_posts(self, start: int, end: int) -> bool:
        """Whether somebody has a post there: "the head of Goldrush", "Goldrush spokesman Carl Benn"."""
        text, known = self._table.text, self._known
        before = text[max(0, start - _BEFORE) : start].split()
        if len(before) > 1 and before[-1] in known.classes.genitive_prepositions and before[-2] in self._posts:
            return True
        if text[end : end + 1] != " ":
            return False
        behind = text[end : end + _BEFORE].split(None, 1)
        return bool(behind) and behind[0] in known.nouns.persons

    def _places(self, entity: Entity) -> Sequence[int]:
        return [
            index
            for position in entity.positions[:_MOST_PLACES]
            for index in self._table.between(position, position + 1)
            if self._table.owners[index] is entity
        ]

    def _before(self, start: int) -> str | None:
        """The kind of the noun before a name: "brokerage Tessel Capital", "The manufacturer, Tindrel,"."""
        before = self._table.text[max(0, start - _BEFORE) : start]
        match = self._known.patterns.roles.before.search(before)
        if match is not None:
            words = match[1].split()
            # "the head of Goldrush" is somebody else.
            return None if words[-1].lower() in self._known.classes.prepositions else self._head(words)
        words = before.split()
        return self._told(words[-1]) if words and before[-1:] == " " and words[-1].islower() else None

    def _behind(self, end: int) -> list[str | None]:
        """What a relative clause or an apposition behind a name tells."""
        text, patterns = self._table.text, self._known.patterns
        if patterns.names.age.match(text, end) is not None:
            return ["person"]
        thing = patterns.names.thing.match(text, end)
        found: list[str | None] = ["organisation" if thing is not None and thing[1] is None else None]
        apposition = patterns.roles.apposition.match(text, end, end + _BEHIND)
        if apposition is not None and apposition[1]:
            found.append(self._head(apposition[2].split()))
        return found

    # -- described -------------------------------------------------------------------------------------------------------------

    def _of_described(self, entity: Entity) -> str:
        """Of what is described by a noun that the resolver does not know."""
        words = entity.name.split()
        while len(words) > 1 and words[0].lower() in self._known.determiners.all:
            words = words[1:]
        opened = self._words.openers.get(words[0].lower())
        head = self._head_of(entity.name)
        if words[-1][0].isupper() and opened is None:
            # "a leaflet from the Ratepayers’ League" is no league.
            linked = head in words[:-1] and words[words.index(head) + 1].lower() in self._known.classes.prepositions
            return (linked and self._noun(head)) or self._of_unread_name(words)
        if head.isdigit() and len(words) > 1:
            head = words[-2].lower()
        found = self._noun(head) or opened
        if found is None:
            # "a nurse driving home": the head was looked for too far behind.
            found = next((kind for word in words if (kind := self._noun(word.lower())) is not None), None)
        return found or "unknown"

    def _of_unread_name(self, words: Sequence[str]) -> str:
        """Of a name in which the resolver found none: "campaign group Fair Pitch", "local fisher Darryl Simms"."""
        known = self._known
        if self._words.last_words.get(words[-1].rstrip(".")) == "organisation" or words[-1].lower() in known.names.organisations:
            return "organisation"
        nouns = [kind for word in words if word.islower() and (kind := self._noun(word)) is not None]
        if nouns:
            return nouns[-1]
        # Names that the text gives to speakers are mostly those of people.
        return "person" if words[-1].isalpha() and not words[-1].isupper() else "unknown"

    # -- nouns -----------------------------------------------------------------------------------------------------------------

    def _head(self, words: Sequence[str]) -> str | None:
        """The kind of a noun phrase: of the last word before a preposition."""
        prepositions = self._known.classes.prepositions
        end = next((at for at, word in enumerate(words) if at and word.lower() in prepositions), len(words))
        return self._told(words[end - 1].lower()) if end else None

    def _told(self, noun: str) -> str | None:
        """The kind of a noun beside a name. Endings tell nothing there: explorers and makers are firms as well."""
        one = self._known.nouns.singular(noun)
        return self._listed(noun) or self._listed(one) or self._listed(one.rpartition("-")[2])

    def _noun(self, word: str) -> str | None:
        """What kind of speaker a common noun names; several people are a group."""
        for part in (word, word.rpartition("-")[2]):
            one = self._known.nouns.singular(part)
            kind = self._listed(part)
            if kind is not None:
                return kind
            kind = self._listed(one) or self._by_ending(one)
            if kind is not None:
                return "group" if kind in ("person", "organisation") and one != part else kind
        return None

    def _listed(self, noun: str) -> str | None:
        return self._words.heads.get(noun) or self._known.nouns.kinds.get(noun)

    def _by_ending(self, noun: str) -> str | None:
        return "person" if len(noun) >= _SHORTEST_WITH_ENDING and noun.endswith(self._words.endings) else None
