"""The entity table of a document: which ways of writing a name belong to one person, organisation or place."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .knowledge import Knowledge
from .names import Name, reader, runs
from .people import Entity
from .turns import Named

_MARKS: Final = frozenset("“”‘’\"'«»")
_UMLAUT: Final = re.compile(r"([aou])e(?=[a-z])")
_SPELLED: Final = 4
"""Letters of the shortest word that has several spellings."""
_NAMESAKES: Final = 30
"""Namesakes that are told apart; a text with more is a list of names."""
_HEADING: Final = 4
"""Words in capitals that may be a name."""
_NAME_OF_FIRM: Final = 3
"""Words of the shortest name of a firm that may be shortened by its last word and is a name then."""
_WED_OR_NOT: Final = frozenset(["married", "unmarried"])


class _Form:
    """How often and in which surroundings a name is written in one way."""

    __slots__ = ("ages", "articles", "capitals", "count", "inside", "marked", "name", "person", "places", "speaks", "things")

    def __init__(self, name: Name) -> None:
        self.name = name
        self.things = 0
        self.marked = 0
        """Occurrences in quotation marks of their own, as the titles of works have them."""
        self.count = 0
        self.articles = 0
        self.places = 0
        self.inside = 0
        """Occurrences that do not begin a sentence."""
        self.person = 0
        self.capitals = 0
        self.speaks = False
        self.ages: str | None = None


class EntityTable:
    """All names of a document and the entities behind them."""

    def __init__(self, text: str, known: Knowledge, sources: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self.known = known
        self.reader = reader(known.language)
        self.call_before = known.patterns.speech.call_before
        self.called = known.patterns.speech.called
        self.entities: list[Entity] = []
        self.starts = array("q")
        self.ends = array("q")
        self.names: list[Name] = []
        """Names in text order; where they stand is in ``starts`` and ``ends``."""
        self.owners: list[Entity | None] = []
        """The entity behind each name."""
        self._by_key: dict[tuple[str, ...], list[Entity]] = {}
        self._surnames: dict[str, list[Entity]] = {}
        self._first_names: dict[str, list[Entity]] = {}
        self._titled: dict[tuple[str, str], list[Entity]] = {}
        self._forms: dict[tuple[str, ...], _Form] = {}
        self._titled_forms: dict[tuple[str, str], Name] = {}
        self._handles: dict[str, Entity] | None = None
        self._spellings: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._by_letters: dict[str, str] = {}
        """Word of a name without accents -> how the text spells it first."""
        self._joined: dict[str, Entity] = {}
        self._speaking = {start for start, _ in sources}
        self._collect(runs(text, known))
        self._gather()
        self._assign()

    # -- reading ---------------------------------------------------------------------------------------------------------------

    def _collect(self, found: Sequence[tuple[int, int]]) -> None:
        """All names, and what surrounds each way of writing them."""
        text, forms, read = self.text, self._forms, self.reader.read
        for start, end in found:
            for name in map(self._spelled, read(text[start:end])):
                at, stop = start + name.start, start + name.end
                form = forms.get(name.key)
                if form is None:
                    form = forms[name.key] = _Form(name)
                form.count += 1
                if at > start:
                    # Words of the same run stand before.
                    form.inside += 1
                    form.articles += name.article
                else:
                    self._look_before(form, at, name)
                if start in self._speaking or at in self._speaking:
                    form.speaks = True
                    form.person += 1
                elif name.kind == "person":
                    form.person += 1
                if name.titles:
                    self._titled_forms.setdefault((self._standing(name), name.key[-1]), name)
                self._look_around(form, at, stop)
                # The same wording is the same object.
                if name is not form.name and _is_better(name, form.name):
                    form.name = name
                self.starts.append(at)
                self.ends.append(stop)
                self.names.append(name)

    def _look_before(self, form: _Form, at: int, name: Name) -> None:
        """The word before a name: an article, a preposition of place, or the end of a sentence."""
        known = self.known
        before = self.text[max(0, at - 14) : at].rsplit(None, 1)
        word = before[-1].lower() if before else ""
        if name.article or word in known.determiners.definite:
            form.articles += 1
        if word[-1:].isalpha() or word[-1:] in ",-":
            form.inside += 1
        if word in known.classes.place_prepositions:
            form.places += 1

    def _look_around(self, form: _Form, at: int, end: int) -> None:
        """Whether a name stands in quotation marks of its own, or with what tells of it behind it."""
        behind = self.text[end : end + 1]
        if behind in (" ", ","):
            self._look_behind(form, end)
        elif behind in _MARKS and self.text[at - 1 : at] in _MARKS:
            form.marked += 1

    def _look_behind(self, form: _Form, end: int) -> None:
        """What follows a name may tell whether it names a person ("Ada, 36,", "Ada, who") or not ("Norvane, a maker of")."""
        age = self.known.patterns.names.age.match(self.text, end)
        if age is not None:
            form.person += 1
            form.ages = form.ages or age[1]
        elif form.name.kind is None:
            thing = self.known.patterns.names.thing.match(self.text, end)
            if thing is not None and (thing[1] is None or self.known.nouns.kinds.get(thing[1].split()[-1]) == "organisation"):
                form.things += 1

    # -- entities --------------------------------------------------------------------------------------------------------------

    def _gather(self) -> None:
        """Entities from the fullest forms to the shortest."""
        forms = self._forms
        singles: list[tuple[tuple[str, ...], _Form]] = []
        acronyms: list[tuple[tuple[str, ...], _Form]] = []
        for key, form in forms.items():
            kind = form.name.kind
            if kind == "office" or (len(key) > _HEADING and form.name.text.isupper() and not form.speaks):
                # So many words in capitals are a heading.
                continue
            if form.marked == form.count and not form.speaks:
                self._organisation(key, form).place = True
            elif kind == "organisation" and len(key) == 1 and form.name.text.isupper():
                acronyms.append((key, form))
            elif (
                kind in ("organisation", "place_name")
                or (kind is None and form.things and not form.name.titles)
                or self._is_firm(key)
            ):
                self._organisation(key, form)
            elif len(key) == 1:
                singles.append((key, form))
            elif self._names_person(form):
                self._person(key, form)
        for key, form in acronyms:
            # A surname in capitals, as labels and headlines write it, looks like one.
            if key[0] in self._surnames:
                singles.append((key, form))
            else:
                # What only opens sentences is a dateline or a heading.
                entity = self._organisation(key, form)
                entity.place = entity.place or not (form.inside or form.speaks)
        for (address, word), name in self._titled_forms.items():
            if len(name.key) == 1:
                self._with_title(address, word, name)
        for key, form in singles:
            self._single(key, form)
        self._short_organisations()

    def _is_firm(self, key: tuple[str, ...]) -> bool:
        """Whether a name is also written without its last word, as nobody leaves out a surname: "Sable Creek" for "Sable Creek Mining"."""
        if len(key) < _NAME_OF_FIRM:
            return False
        written = [self._forms.get(part) for part in (key, key[:-1])]
        return all(
            one is not None and not one.speaks and one.name.gender is None and not one.name.titles and one.ages is None
            for one in written
        )

    def _names_person(self, form: _Form) -> bool:
        if form.person or form.speaks:
            return True
        if form.name.text.isupper() or form.articles * 2 > form.count:
            return False
        return form.places * 3 < form.count and len(form.name.words) <= 4

    def _new(self, words: tuple[str, ...], kind: str, name: str | None = None) -> Entity:
        entity = Entity(len(self.entities), words, kind, name)
        self.entities.append(entity)
        return entity

    def described(self, words: tuple[str, ...], kind: str, name: str) -> Entity:
        """A new entity that the text does not name but describes."""
        return self._new(words, kind, name)

    def _person(self, key: tuple[str, ...], form: _Form) -> Entity:
        name = form.name
        for entity in self._surnames.get(key[-1], [])[-_NAMESAKES:]:
            if self._same_person(entity, key, name):
                if len(entity.key[0]) == 1 < len(key[0]) or entity.name.isupper():
                    entity.words, entity.name, entity.key = name.words, _cased(name.words), key
                self._by_key.setdefault(key, []).append(entity)
                self._learn(entity, form)
                return entity
        entity = self._new(name.words, "person", _cased(name.words))
        self._by_key[key] = [entity]
        self._surnames.setdefault(key[-1], []).append(entity)
        self._first_names.setdefault(key[0], []).append(entity)
        for full in self.known.names.short_forms.get(key[0], ()):
            self._first_names.setdefault(full, [])
        self._learn(entity, form)
        entity.article = form.articles * 2 > form.count and form.name.kind is None
        return entity

    def _same_person(self, entity: Entity, key: tuple[str, ...], name: Name) -> bool:
        if name.gender is not None and entity.gender is not None and name.gender != entity.gender:
            return False
        ours, theirs = key[0].rstrip("."), entity.key[0].rstrip(".")
        if ours == theirs:
            return True
        if 1 in (len(ours), len(theirs)) or "." in ours or "." in theirs:
            # By their initials, which may stand close together: "J.C."
            return ours[0] == theirs[0]
        short = self.known.names.short_forms
        return theirs in short.get(ours, ()) or ours in short.get(theirs, ())

    def _learn(self, entity: Entity, form: _Form) -> None:
        entity.gender = entity.gender or form.name.gender
        entity.age = entity.age or form.ages

    def _with_title(self, address: str, word: str, name: Name) -> None:
        """ "Mr Bennet": the one person of that surname whom the title fits, else somebody new."""
        fitting = [
            entity
            for entity in [*self._surnames.get(word, [])[-_NAMESAKES:], *self._first_names.get(word, [])[-_NAMESAKES:]]
            if _fits(entity, address, name.gender) and not (entity.key[-1] == word and self._by_first_name(entity, address))
        ]
        if not fitting:
            entity = self._new(name.words, "person", self._called(name))
            entity.address = address if name.titles and name.titles[-1] in self.known.titles.civil else ""
            entity.gender = name.gender
            self._surnames.setdefault(word, []).append(entity)
            fitting = [entity]
        elif len(fitting) == 1:
            fitting[0].gender = fitting[0].gender or name.gender
            fitting[0].address = fitting[0].address or (address if address in _WED_OR_NOT else "")
        self._titled[address, word] = fitting

    def _by_first_name(self, entity: Entity, address: str) -> bool:
        """Whether the text calls somebody by the first name alone, so that "Mr Bennet" is more likely the father."""
        form = self._forms.get(entity.key[:1]) if len(entity.key) > 1 else None
        return form is not None and form.count > 2 and address != "unmarried"

    def _called(self, name: Name) -> str:
        """Kinship stays in a name of one word ("Uncle Pell")."""
        plain = _cased(name.words)
        kin = name.titles[-1] if name.titles and len(name.words) == 1 else ""
        return f"{kin.title()} {plain}" if kin in self.known.nouns.relations and kin not in self.known.titles.civil else plain

    def _single(self, key: tuple[str, ...], form: _Form) -> None:
        """A name of one word: those whose surname, first name or its short form it is, else somebody new."""
        bearers = self._bearers(key[0])
        if bearers:
            self._by_key[key] = bearers
            for entity in bearers:
                entity.age = entity.age or (form.ages if len(bearers) == 1 else None)
        elif self._names_single(key[0], form):
            entity = self._new(form.name.words, "person", _cased(form.name.words))
            entity.article = form.articles * 2 > form.count
            self._learn(entity, form)
            self._by_key[key] = [entity]
            self._surnames.setdefault(key[0], []).append(entity)

    def _bearers(self, word: str) -> list[Entity]:
        """Who may be called by a single word."""
        bearers = self._surnames.get(word, [])[-_NAMESAKES:]
        if not bearers or word in self.known.names.given:
            bearers = [*bearers, *(e for e in self._first_names.get(word, [])[-_NAMESAKES:] if e not in bearers)]
        if not bearers:
            for full in sorted(self.known.names.short_forms.get(word, ())):
                bearers = [*bearers, *self._first_names.get(full, [])[-_NAMESAKES:]]
        return bearers

    def _names_single(self, word: str, form: _Form) -> bool:
        """Whether a single word that nobody else bears seems to name a person."""
        if form.speaks or (form.person and not form.name.text.isupper()):
            return True
        return form.inside >= 2 and form.places * 3 < form.count and not form.articles and len(word) > 2

    def _organisation(self, key: tuple[str, ...], form: _Form) -> Entity:
        entity = self._new(form.name.words, "organisation", form.name.text)
        entity.place = form.name.kind == "place_name" or (form.name.text.isupper() and len(key) > 1 and not form.speaks)
        self._by_key[key] = [entity]
        return entity

    def _short_organisations(self) -> None:
        """Short forms and acronyms of organisations: "Norvane" for Norvane Systems, "ECB" for European Central Bank."""
        by_initials: dict[str, Entity] = {}
        by_first: dict[str, list[Entity]] = {}
        for entity in self.entities:
            if entity.kind == "organisation" and len(entity.key) > 1:
                initials = "".join(word[0] for word in entity.words if word[0].isupper()).lower()
                by_initials.setdefault(initials, entity)
                by_first.setdefault(entity.key[0], []).append(entity)
        for key, holders in list(self._by_key.items()):
            if len(holders) != 1:
                continue
            if len(key) == 1:
                fuller = self._fuller(key[0].replace(".", ""), holders[0], by_initials, by_first)
            else:
                fuller = self._longer(key, holders[0], by_first)
            if fuller is not None:
                self._by_key[key] = [fuller]

    def _longer(self, key: tuple[str, ...], entity: Entity, by_first: dict[str, list[Entity]]) -> Entity | None:
        """The organisation whose first words a name is that need not be a person's: "Sable Creek" for "Sable Creek Mining"."""
        form = self._forms[key]
        # What its words seem to tell of a gender is no evidence: "Sable" is a given name too.
        if entity.kind != "person" or (entity.gender is not None and (form.person or form.speaks or form.name.titles)):
            return None
        longer = [one for one in by_first.get(key[0], ()) if one.key[: len(key)] == key]
        return longer[0] if len(longer) == 1 else None

    def _fuller(
        self, word: str, entity: Entity, by_initials: dict[str, Entity], by_first: dict[str, list[Entity]]
    ) -> Entity | None:
        """The organisation whose acronym or first word a name is."""
        fuller = by_initials.get(word) if entity.words[0].isupper() and len(word) > 1 else None
        if fuller is None and not self._is_human(entity) and len(by_first.get(word, ())) == 1:
            fuller = by_first[word][0]
        return fuller

    def _is_human(self, entity: Entity) -> bool:
        return entity.kind == "person" and (entity.gender is not None or len(entity.key) > 1)

    # -- looking up ------------------------------------------------------------------------------------------------------------

    def _assign(self) -> None:
        """Whom each name of the text means; of several namesakes the one named last."""
        last: dict[int, int] = {}
        text = self.text
        for at, end, name in zip(self.starts, self.ends, self.names, strict=True):
            entity = self._choose(self._candidates(name), last)
            self.owners.append(entity)
            if entity is not None:
                last[entity.serial] = at
                entity.count += 1
                if name.titles:
                    entity.titles.update(name.titles)
                entity.positions.append(at)
                if entity.kind == "organisation" and text[end : end + 2] == " (":
                    self._acronym(entity, end)

    def _acronym(self, entity: Entity, end: int) -> None:
        match = self.known.patterns.names.acronym.match(self.text, end)
        if match is not None and match[1][0] == entity.words[0][0]:
            self._by_key[(match[1].lower(),)] = [entity]

    def _spelled(self, name: Name) -> Name:
        """The name with the words of it spelled as where the text has them first: "Mueller" and "Muller" are "Müller"."""
        key = self._spellings.get(name.key)
        if key is None:
            key = self._spellings[name.key] = tuple(
                self._by_letters.setdefault(_without_accents(word), word) for word in name.key
            )
        return name if key == name.key else name._replace(key=key)

    def _candidates(self, name: Name) -> Sequence[Entity]:
        name = self._spelled(name)
        if name.titles and len(name.key) == 1:
            titled = self._titled.get((self._standing(name), name.key[-1]))
            if titled:
                return titled
        if name.key[0] in self.known.names.particles:
            return [e for e in self._surnames.get(name.key[-1], [])[-_NAMESAKES:] if e.key[-len(name.key) :] == name.key]
        found = self._by_key.get(name.key, ())
        if not found and len(name.key) > 1 and name.key[-1] in self._surnames and name.kind == "person":
            return [e for e in self._surnames[name.key[-1]][-_NAMESAKES:] if self._same_person(e, name.key, name)]
        return found

    def _choose(self, candidates: Sequence[Entity], last: dict[int, int]) -> Entity | None:
        if not candidates:
            return None
        if len(candidates) == 1:
            return candidates[0]
        return max(candidates, key=lambda entity: (last.get(entity.serial, -1), -entity.serial))

    def find(self, name: Name, at: int) -> Entity | None:
        """The entity of a name that stands at offset ``at``, if the table has it."""
        candidates = self._candidates(name)
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        return max(candidates, key=lambda entity: (entity.last_before(at + 1), -entity.serial))

    def surnamed(self, word: str, at: int) -> Entity | None:
        """The person last named in full before ``at`` whose surname is ``word`` (in small letters)."""
        bearers = [
            entity
            for entity in self._surnames.get(word, [])[-_NAMESAKES:]
            if len(entity.key) > 1 and entity.last_before(at) >= 0 and entity.key[0] not in self.known.titles.known
        ]
        return max(bearers, key=lambda entity: (entity.last_before(at), -entity.serial), default=None)

    def person(self, name: Name, at: int) -> Entity:
        """As :meth:`find`, but a name that the table lacks becomes a new entity."""
        found = self.find(name, at)
        if found is not None:
            return found
        handle = self._by_handle(name.words[0]) if name.words[0][0] == "@" else None
        if handle is not None:
            return handle
        kind = "organisation" if name.kind in ("organisation", "place_name") else "person"
        entity = self._new(name.words, kind, _cased(name.words) if kind == "person" else name.text)
        entity.gender = name.gender
        entity.article = name.article and name.kind is None
        key = self._spelled(name).key
        self._by_key[key] = [entity]
        if kind == "person":
            self._surnames.setdefault(key[-1], []).append(entity)
        return entity

    def together(self, entities: Sequence[Entity]) -> Entity:
        """Those who speak together as one speaker."""
        name = self.known.wording.together.format(", ".join(entity.name for entity in entities[:-1]), entities[-1].name)
        known = self._joined.get(name)
        if known is None:
            known = self._joined[name] = self.described(tuple(name.split()), "group", name)
        return known

    def replace(self, old: Entity, new: Entity) -> None:
        """Let all names of one entity mean another."""
        self.owners = [new if owner is old else owner for owner in self.owners]
        for holders in self._by_key.values():
            if old in holders:
                holders[holders.index(old)] = new
        new.count += old.count

    def _by_handle(self, handle: str) -> Entity | None:
        """The person whose name a user name is made of ("@hbrandtlowe")."""
        if self._handles is None:
            self._handles = {}
            for entity in self.entities:
                if entity.kind == "person" and len(entity.key) > 1:
                    first, rest = _letters(entity.key[0]), _letters("".join(entity.key[1:]))
                    for made in (first + rest, first[:1] + rest, first + rest[:1], rest + first, rest if len(rest) > 5 else ""):
                        self._handles.setdefault(made, entity)
        return self._handles.get(_letters(handle))

    def people(self, start: int, end: int) -> Iterator[Named]:
        """The people named in a part of the text, with the titles before their names."""
        for index in self.between(start, end):
            entity = self.owners[index]
            if entity is not None and entity.kind == "person":
                yield Named(self.starts[index], self.ends[index], entity, " ".join(self.names[index].titles))

    def _standing(self, name: Name) -> str:
        """What the title right before a name tells of who bears it."""
        return self.known.titles.standing(name.titles[-1], name.gender)

    def between(self, start: int, end: int) -> range:
        """Indices of the names that start from ``start`` to before ``end``."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


def _without_accents(word: str) -> str:
    """A word without accents, and with a single letter where German has two for an umlaut."""
    if len(word) < _SPELLED:
        return word
    plain = word if word.isascii() else "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _UMLAUT.sub(r"\1", plain)


def _letters(word: str) -> str:
    return "".join(character for character in word.lower() if character.isalnum())


def _is_better(name: Name, than: Name) -> bool:
    """Whether a way of writing a name tells more: the gender, or what has a capital in it."""
    return (than.gender is None and name.gender is not None) or (than.text.isupper() and not name.text.isupper())


def _fits(entity: Entity, address: str, gender: str | None) -> bool:
    if gender is not None and entity.gender is not None and gender != entity.gender:
        return False
    return not {address, entity.address} >= _WED_OR_NOT


def _cased(words: Sequence[str]) -> str:
    """The name with small letters when it is written in capitals throughout."""
    if all(word.isupper() for word in words) and any(len(word.rstrip(".")) > 2 for word in words):
        return " ".join(word.title() for word in words)
    return " ".join(words)
