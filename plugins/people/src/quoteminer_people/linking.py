"""The linker: who of the lists the speakers of a document are, and where that cannot be told."""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

import quoteminer
from quoteminer import Document, Issue, LanguagePack, Quote, Speaker

from .evidence import full_names, genders_of, given_genders, share_a_word, shorter
from .lists import Entry, List, read
from .names import Name
from .register import Match, Register, Strength
from .words import Gender, Words, words_of

_MOST_SHOWN: Final = 3


class PeopleLinker:
    """Gives speakers the canonical names, roles, kinds, ids and attributes that lists have for them, and joins those who are one person.

    Args:
        lists: as for :class:`quoteminer_people.People`.
    """

    name = "people"
    version = quoteminer.__version__

    def __init__(self, *lists: List) -> None:
        self._lists = lists
        self._entries = [entry for list_ in lists for entry in read(list_)]
        self._words = Words()
        self._register: Register | None = None
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[PeopleLinker], tuple[List, ...]]:
        return PeopleLinker, self._lists

    def use_languages(self, packs: Mapping[str, LanguagePack]) -> None:
        """Take titles, particles and short forms of names from the packs of all languages."""
        if self._entries:
            with self._lock:
                self._words, self._register = words_of(packs.values()), None

    def manifest(self) -> Mapping[str, Any]:
        """How many entries there are, and the hash of what they say."""
        said = repr([attrs.astuple(entry, recurse=False) for entry in self._entries])
        return {"entries": len(self._entries), "sha256": hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()}

    def link(
        self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]
    ) -> tuple[Sequence[Quote], Sequence[Speaker | Issue]]:
        """The quotes and speakers, as far as the lists tell who they are; an issue for each who may be several."""
        if not self._entries or not speakers:
            return quotes, speakers
        return _Linking(self._made(), document, quotes, speakers).result()

    def _made(self) -> Register:
        with self._lock:
            if self._register is None:
                self._register = Register(self._entries, self._words)
            return self._register


class _Linking:
    """One document on its way through the linker."""

    def __init__(self, register: Register, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> None:
        self._register = register
        self._document = document
        self._quotes = quotes
        self._speakers = speakers
        self._issues: list[Issue] = []
        #: The match of each speaker who is linked, with the one entry that is meant.
        self._linked: dict[str, tuple[Strength, int]] = {}
        self._told: dict[str, frozenset[Gender]] = {}
        #: What was found for speakers of whom the same is known.
        self._matches: dict[object, Match | None] = {}

    def result(self) -> tuple[Sequence[Quote], Sequence[Speaker | Issue]]:
        matches = [(speaker, match) for speaker in self._speakers if (match := self._match(speaker)) is not None]
        open_ = [(speaker, match) for speaker, match in matches if not self._settle(speaker, match)]
        if open_:
            self._settle_by_text(open_)
        groups = self._groups()
        if not groups:
            return self._quotes, [*self._speakers, *self._issues]
        same = {speaker.id: group[0].id for group in groups.values() for speaker in group}
        joined = {group[0].id: self._joined(person, group) for person, group in groups.items()}
        people = [joined.get(speaker.id, speaker) for speaker in self._speakers if same.get(speaker.id, speaker.id) == speaker.id]
        quotes = [
            attrs.evolve(quote, speaker=_now(quote.speaker, same), addressee=_now(quote.addressee, same))
            if _now(quote.speaker, same) != quote.speaker or _now(quote.addressee, same) != quote.addressee
            else quote
            for quote in self._quotes
        ]
        return quotes, [*people, *self._issues]

    def _match(self, speaker: Speaker) -> Match | None:
        """The entries that a speaker may be, by id or by name."""
        for key in speaker.identifiers.items():
            entries = tuple(number for number in self._register.by_identifier(*key) if self._is_for_the_text(number))
            if entries:
                return Match(Strength.IDENTIFIER, Name(()), entries)
        told = speaker.name, speaker.kind, bool(speaker.role), self._genders(speaker), tuple(speaker.identifiers.items())
        if told in self._matches:
            return self._matches[told]
        match = self._matches[told] = self._register.matches(speaker.name, functools.partial(self._fits, speaker))
        if match is None:
            self._tell_of_other_kinds(speaker)
        return match

    def _fits(self, speaker: Speaker, number: int, strength: Strength) -> bool:
        """Whether nothing in the text speaks against an entry."""
        entry = self._register.entries[number]
        if not self._is_for_the_text(number) or not self._is_of_its_kind(speaker, entry, strength):
            return False
        if any(entry.identifiers.get(scheme, known) != known for scheme, known in speaker.identifiers.items()):
            return False
        if strength is Strength.SURNAME:
            told = self._genders(speaker)
            named = given_genders(self._register.names_of(number), self._register.words)
            return not told or not named or not told.isdisjoint(named)
        return True

    def _is_for_the_text(self, number: int) -> bool:
        return self._register.entries[number].is_for(self._document.language)

    def _is_of_its_kind(self, speaker: Speaker, entry: Entry, strength: Strength) -> bool:
        if "unknown" in (speaker.kind, entry.kind):
            return True
        if (speaker.kind == "person") == (entry.kind == "person"):
            return True
        # A resolver may take a name for that of a person only because it is a name; the list knows better unless the text says so itself.
        return speaker.kind == "person" and strength is Strength.WHOLE and not speaker.role and not self._genders(speaker)

    def _genders(self, speaker: Speaker) -> frozenset[Gender]:
        """What the mentions of a speaker tell; asked once for all entries that it may be."""
        if speaker.id not in self._told:
            self._told[speaker.id] = genders_of(self._document, speaker, self._register.words)
        return self._told[speaker.id]

    def _tell_of_other_kinds(self, speaker: Speaker) -> None:
        """Say of a name that stands in a list as that of somebody or something else."""
        for number in self._register.called(speaker.name):
            entry = self._register.entries[number]
            if self._is_for_the_text(number) and entry.kind != speaker.kind and "unknown" not in (entry.kind, speaker.kind):
                message = (
                    f"{speaker.name!r} is {speaker.kind} in the text and {entry.kind} in the list ({entry.place}); not linked"
                )
                self._tell(message, severity="info")
                return

    def _settle(self, speaker: Speaker, match: Match) -> bool:
        """Whether it can be told without reading the text; what can is linked, or said to be ambiguous."""
        if match.strength < Strength.NAMES:
            return False
        if not self._link_the_only(speaker, match.strength, match.entries):
            self._tell_ambiguous(speaker, match.entries)
        return True

    def _link_the_only(self, speaker: Speaker, strength: Strength, entries: Iterable[int]) -> bool:
        """Link a speaker with the only person there is, or the only one whose role is the speaker's."""
        entries = tuple(entries)
        if len(self._register.persons(entries)) > 1:
            role = speaker.role
            if not role or len(entries) > 1_000:
                return False
            entries = tuple(n for n in entries if share_a_word(role, self._role(n), self._register.words))
            if len(self._register.persons(entries)) != 1:
                return False
        if entries:
            self._linked[speaker.id] = strength, entries[0]
        return bool(entries)

    def _role(self, number: int) -> str:
        return self._register.entries[number].role or ""

    def _settle_by_text(self, open_: Sequence[tuple[Speaker, Match]]) -> None:
        """Link those of whom only a surname or initials are known where the text, or else the list, leaves one person."""
        surnames = {key for _, match in open_ for key in _surnames(match)}
        written = full_names(self._document.text, surnames, self._register.words)
        for speaker, match in open_:
            names = [name for key in _surnames(match) for name in written[key]]
            persons, strangers = self._in_text(speaker, match, names)
            if len(persons) == 1 and not strangers:
                self._linked[speaker.id] = match.strength, persons.popitem()[1]
            elif len(persons) > 1 or (persons and strangers):
                self._tell_ambiguous(speaker, persons.values(), strangers)
            elif not strangers:
                self._settle_by_list(speaker, match)

    def _in_text(self, speaker: Speaker, match: Match, names: Sequence[Name]) -> tuple[dict[int, int], list[Name]]:
        """Of the people whom a speaker may be those whose full names the text has, and full names of others."""
        register = self._register
        persons: dict[int, int] = {}
        strangers: list[Name] = []
        fits = functools.partial(self._fits, speaker)
        for name in names:
            if match.name.given and not any(match.name.agrees(part, register.words) for part in shorter(name)):
                continue
            found = None
            for part in shorter(name):
                if not part.given[0].is_initial:
                    found = register.named(part, lambda number, _: fits(number, match.strength))
                if found is not None:
                    break
            if found is not None:
                persons.update((register.person(number), number) for number in found.entries)
            elif not name.given[-1].is_initial and register.is_given(name.given[-1]):
                strangers.append(name)
        return persons, strangers

    def _settle_by_list(self, speaker: Speaker, match: Match) -> None:
        register = self._register
        if match.strength is Strength.SURNAME and speaker.kind != "person":
            return
        if not self._link_the_only(speaker, match.strength, match.entries):
            self._tell_ambiguous(speaker, match.entries)
            return
        _, number = self._linked[speaker.id]
        role, listed = speaker.role, self._role(number)
        if match.strength is Strength.SURNAME and role and listed and not share_a_word(role, listed, register.words):
            del self._linked[speaker.id]
            self._tell(
                f"{speaker.name!r} is {role!r} in the text, so not taken for {self._shown(number)}, {listed!r}", severity="info"
            )

    def _groups(self) -> dict[int, list[Speaker]]:
        """The speakers of each person, the one who is named best first; never two who talk to each other."""
        talks = {frozenset((quote.speaker, quote.addressee)) for quote in self._quotes if quote.speaker and quote.addressee}
        groups: dict[int, list[Speaker]] = {}
        linked = [speaker for speaker in self._speakers if speaker.id in self._linked]
        for speaker in sorted(linked, key=lambda one: -self._linked[one.id][0]):
            number = self._linked[speaker.id][1]
            group = groups.setdefault(self._register.person(number), [])
            if any(frozenset((speaker.id, other.id)) in talks for other in group):
                self._tell(f"{speaker.name!r} talks with {group[0].name!r}, so is not {self._shown(number)} as well")
            else:
                group.append(speaker)
        return groups

    def _joined(self, person: int, group: Sequence[Speaker]) -> Speaker:
        """The speakers of a person as one, with what the list says."""
        best = group[0]
        entry = self._register.entries[self._linked[best.id][1]]
        return attrs.evolve(
            best,
            name=entry.name,
            role=entry.role or next((one.role for one in group if one.role), None),
            kind=best.kind if entry.kind == "unknown" else entry.kind,
            mentions=[mention for one in group for mention in one.mentions],
            identifiers={**_all(one.identifiers for one in group), **entry.identifiers},
            attributes={**_all(one.attributes for one in group), **entry.attributes},
        )

    def _shown(self, number: int) -> str:
        entry = self._register.entries[number]
        return f"{entry.name} ({entry.place})"

    def _tell_ambiguous(self, speaker: Speaker, entries: Iterable[int], strangers: Sequence[Name] = ()) -> None:
        first = {self._register.person(number): number for number in sorted(entries, reverse=True)}
        shown = [self._shown(number) for number in sorted(first.values())[:_MOST_SHOWN]]
        if len(first) > _MOST_SHOWN:
            shown.append(f"{len(first) - _MOST_SHOWN:,} more")
        if strangers:
            shown.append("somebody of that name who is in no list")
        self._tell(f"{speaker.name!r} may be {' or '.join(shown)}; not linked")

    def _tell(self, message: str, severity: quoteminer.Severity = "warning") -> None:
        self._issues.append(Issue(PeopleLinker.name, self._document.id, message, severity))


def _surnames(match: Match) -> tuple[str, ...]:
    return () if match.name.surname is None else match.name.surname.spellings


def _now(speaker: str | None, same: Mapping[str, str]) -> str | None:
    return None if speaker is None else same.get(speaker, speaker)


def _all(mappings: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """All items of the mappings; of two for one key the first stays."""
    found: dict[str, Any] = {}
    for mapping in mappings:
        for key, value in mapping.items():
            found.setdefault(key, value)
    return found
