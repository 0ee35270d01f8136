"""The entries of lists, by what a text may call them. Nothing here looks at every entry: a name is looked up."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import TypeAlias

import attrs

from .lists import Entry
from .names import Name, Word, readings
from .spelling import narrow
from .words import Words

Fits: TypeAlias = Callable[[int, "Strength"], bool]
"""Whether nothing speaks against an entry that a name matches so strongly."""


class Strength(IntEnum):
    """How much of a name agrees."""

    SURNAME = 1
    INITIALS = 2
    """Initials or a short form for a given name."""
    NAMES = 3
    """Given name and surname."""
    WHOLE = 4
    """All words of the name or of an alias."""
    IDENTIFIER = 5


@attrs.frozen
class Match:
    """The entries that a name may mean, all as strong as each other."""

    strength: Strength
    name: Name
    entries: tuple[int, ...]


class Register:
    """What is known of all people of the lists."""

    def __init__(self, entries: Sequence[Entry], words: Words) -> None:
        self.entries = entries
        self.words = words
        self.names_of = functools.lru_cache(maxsize=10_000)(self._names_of)
        self._whole = _Index()
        self._surname = _Index()
        self._given = _Index()
        self._initial = _Index()
        self._identifier: dict[tuple[str, str], list[int]] = {}
        self._person: list[int] = []
        self._first: set[str] = set()
        for number, entry in enumerate(entries):
            self._add(number, entry)

    def _add(self, number: int, entry: Entry) -> None:
        person = number
        for key in entry.identifiers.items():
            others = self._identifier.setdefault(key, [])
            if others:
                person = self._person[others[0]]
            others.append(number)
        self._person.append(person)
        for name in self._readings(entry):
            for whole in name.whole:
                self._whole.add(whole, number)
            if entry.kind == "person" and name.given and name.surname is not None:
                first = name.given[0].plain
                self._first.add(first)
                for surname in _indexed(name.surname):
                    self._surname.add(surname, number)
                    self._initial.add(f"{surname} {first[0]}", number)
                    for given in name.given[0].spellings:
                        self._given.add(f"{surname} {given}", number)

    def _readings(self, entry: Entry) -> Iterator[Name]:
        for text in (entry.name, *entry.aliases):
            yield from readings(text, self.words)

    def _names_of(self, number: int) -> tuple[Name, ...]:
        """The names of a person that have a given name and a surname. They are read again when they are asked for: few ever are."""
        entry = self.entries[number]
        if entry.kind != "person":
            return ()
        return tuple(name for name in self._readings(entry) if name.given and name.surname is not None)

    def person(self, number: int) -> int:
        """The person of an entry: those in several languages that share an id are one."""
        return self._person[number]

    def persons(self, entries: Iterable[int]) -> set[int]:
        """The different people among entries."""
        return {self._person[number] for number in entries}

    def by_identifier(self, scheme: str, identifier: str) -> Sequence[int]:
        """The entries with an id."""
        return self._identifier.get((scheme, identifier), ())

    def is_given(self, word: Word) -> bool:
        """Whether a word is a given name, of somebody in the lists or as the language packs know it."""
        return word.plain in self.words.given or word.plain in self._first

    def called(self, text: str) -> list[int]:
        """The entries with just this name or alias, whatever speaks against them."""
        return self._whole.all_of(key for name in readings(text, self.words) for key in name.whole)

    def matches(self, text: str, fits: Fits) -> Match | None:
        """What a name matches best, among the entries that fit."""
        found = list(readings(text, self.words))
        for name in found:
            whole = [number for number in self._whole.all_of(name.whole) if fits(number, Strength.WHOLE)]
            if whole:
                return Match(Strength.WHOLE, name, tuple(whole))
        for name in found:
            if name.given and name.surname is not None and (match := self.named(name, fits)) is not None:
                return match
        for name in found:
            if not name.given and name.surname is not None:
                for keys in _looked_up(name.surname):
                    entries = [number for number in self._surname.all_of(keys) if fits(number, Strength.SURNAME)]
                    if entries:
                        return Match(Strength.SURNAME, name, tuple(entries))
        return None

    def named(self, name: Name, fits: Fits) -> Match | None:
        """What a reading with given name and surname matches best."""
        assert name.surname is not None
        first = name.given[0]
        if first.is_initial:
            index, given = self._initial, [first.plain]
        else:
            # The list may have the name itself, what it is short for or has for short, or its initial.
            index, given = self._given, [*first.spellings, *sorted(self.words.short.get(first.plain, ())), first.plain[0]]
        for surnames in _looked_up(name.surname):
            found: dict[Strength, list[int]] = {}
            for number in index.all_of(f"{surname} {one}" for surname in surnames for one in given):
                strength = self._strength(name, surnames, number)
                if strength is not None and fits(number, strength):
                    found.setdefault(strength, []).append(number)
            if found:
                best = max(found)
                return Match(best, name, tuple(found[best]))
        return None

    def _strength(self, name: Name, surnames: Collection[str], number: int) -> Strength | None:
        """How well an entry bears a name that shares its surname."""
        best: Strength | None = None
        for other in self.names_of(number):
            assert other.surname is not None
            if not set(_indexed(other.surname)).isdisjoint(surnames) and name.agrees(other, self.words):
                same = name.given[0].is_the(other.given[0]) and not name.given[0].is_initial
                best = max(best or Strength.INITIALS, Strength.NAMES if same else Strength.INITIALS)
        return best


class _Index:
    """Numbers of entries by key. Most keys have one, which stands for itself: a list for each would take most of the memory."""

    def __init__(self) -> None:
        self._items: dict[str, int | list[int]] = {}

    def add(self, key: str, number: int) -> None:
        held = self._items.setdefault(key, number)
        if held is not number and held != number:
            if isinstance(held, int):
                self._items[key] = [held, number]
            elif held[-1] != number:
                held.append(number)

    def all_of(self, keys: Iterable[str]) -> list[int]:
        """The entries of some keys, each once, in the order of the lists."""
        found: set[int] = set()
        for key in keys:
            held = self._items.get(key)
            if isinstance(held, int):
                found.add(held)
            elif held is not None:
                found.update(held)
        return sorted(found)


def _indexed(surname: Word) -> tuple[str, ...]:
    """The keys under which a surname of a list stands; with “~” what may be an umlaut that is written as its vowel."""
    short = narrow(surname.plain)
    return surname.spellings if short == surname.plain else (*surname.spellings, "~" + short)


def _looked_up(surname: Word) -> Iterator[tuple[str, ...]]:
    """The keys by which a surname of a text is looked up: as it is spelt, then as somebody else may spell it."""
    yield surname.spellings
    short = narrow(surname.plain)
    yield ("~" + short,) if short == surname.plain else ("~" + short, short)
