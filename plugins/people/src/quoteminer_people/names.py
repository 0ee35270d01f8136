"""Takes names apart: given names, initials and the surname, without titles, particles and what stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from .spelling import plain, wide
from .words import Words

_PARTS: Final = re.compile(r"[^\s.,;:\-‐‑–—_/()\[\]\"“”„«»]+")
_IN_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]{0,100}[)\]]\s{0,9}$")
#: What most names are; they need no taking apart.
_SIMPLE: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}")
#: A name of more words than this is a sentence.
_MOST_WORDS: Final = 12
#: Initials that are written as one word, as in “JC Noon”.
_LONGEST_INITIALS: Final = 3


class Word(NamedTuple):
    """A word of a name, in the spellings by which it is found."""

    plain: str
    wide: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """One, or two where there is an umlaut."""
        return (self.plain,) if self.plain == self.wide else (self.plain, self.wide)

    @property
    def is_initial(self) -> bool:
        """Whether it is a single letter of an alphabet."""
        return len(self.plain) == 1 and self.plain.upper() != self.plain

    def is_the(self, other: Word) -> bool:
        """Whether it is the same word."""
        return self.plain == other.plain or self.wide == other.plain or self.plain == other.wide

    def is_like(self, other: Word, words: Words) -> bool:
        """Whether two given names may be of one person: the same, one the initial of the other, or one short for the other."""
        if self.is_the(other):
            return True
        if self.is_initial or other.is_initial:
            return self.plain[:1] == other.plain[:1]
        return other.plain in words.short.get(self.plain, ())


class Name(NamedTuple):
    """One reading of a name.

    Attributes:
        whole: all its words, in each spelling.
        given: given names and initials.
        surname: ``None`` where the words are no name of a person, as far as their letters tell.
    """

    whole: tuple[str, ...]
    given: tuple[Word, ...] = ()
    surname: Word | None = None

    def agrees(self, other: Name, words: Words) -> bool:
        """Whether the given names of both may be those of one person: none contradicts the one in the same place."""
        return all(one.is_like(two, words) for one, two in zip(self.given, other.given, strict=False))


def readings(name: str, words: Words) -> Iterator[Name]:
    """The ways to read a name, the likelier first: with what may be a title or a particle as a name, and without."""
    if _SIMPLE.fullmatch(name):
        small = name.lower()
        parts = small.split(" ")
        if words.special.isdisjoint(parts):
            *given, last = [Word(part, part) for part in parts]
            yield Name((small,), tuple(given), last)
            return
    units = _units(_IN_BRACKETS.sub("", name) or name, words)
    if not units or len(units) > _MOST_WORDS:
        return
    if len(units) > 1 and units[0].plain in words.articles:
        units = units[1:]
    yield _reading(units, words)
    bare = _without_titles(units, words)
    if len(bare) < len(units):
        yield _reading(bare, words)
    if 1 < len(bare) <= 1 + _leading_particles(bare, words):
        # “van Gogh” has no given name, “Al Noon” has one.
        yield _reading(bare[-1:], words)._replace(whole=())


class _Unit(NamedTuple):
    """What stands between two blanks of a name: “Jean-Claude” has two parts, “J.C.” as well."""

    parts: list[str]
    plain: str

    def is_small(self, words: Words) -> bool:
        """Whether it begins with a small letter and is no particle, nor begins with one: “al-Sadr”."""
        first = self.parts[0]
        return first[0] != first[0].upper() and self.plain not in words.particles and plain(first) not in words.particles


def _units(name: str, words: Words) -> list[_Unit]:
    before, comma, behind = name.partition(",")
    found = _split(before)
    rest = _split(behind) if comma else []
    if rest and rest[0].plain not in words.suffixes and len(rest) <= _MOST_WORDS:
        # “Noon, Ada”, but “Noon, Inc.”
        found = found + rest if rest[0].plain in words.forms else rest + found
    while len(found) > 1 and found[-1].plain in words.suffixes:
        found.pop()
    return found


def _split(text: str) -> list[_Unit]:
    split = [_PARTS.findall(word) for word in text.split()]
    return [_Unit(parts, plain("".join(parts) if len(parts) > 1 else parts[0])) for parts in split if parts]


def _without_titles(units: list[_Unit], words: Words) -> list[_Unit]:
    at = 0
    while at < len(units) - 1 and units[at].plain in words.titles and units[at].plain not in words.given:
        at += 1
    # “Duke of Norland” is nothing without its title.
    return units if at and units[at].is_small(words) else units[at:]


def _leading_particles(units: list[_Unit], words: Words) -> int:
    count = 0
    while count < len(units) and units[count].plain in words.particles:
        count += 1
    return count


def _reading(units: list[_Unit], words: Words) -> Name:
    while len(units) > 1 and units[-1].plain in words.forms:
        units = units[:-1]
    whole = _whole(units)
    if any(unit.is_small(words) for unit in units):
        return Name(whole)
    last = units[-1]
    loud = all(part.isupper() for part in last.parts)
    given = [
        named_word(part)
        for at, unit in enumerate(units[:-1])
        if at == 0 or unit.plain not in words.particles
        for part in _initials(unit.parts, loud=loud)
    ]
    return Name(whole, tuple(given), _surname(last, words))


def _initials(parts: list[str], *, loud: bool) -> list[str]:
    """The parts of a word; what may be initials written together is taken apart."""
    (first, *others) = parts
    return list(first) if not others and not loud and first.isupper() and 1 < len(first) <= _LONGEST_INITIALS else parts


def _surname(unit: _Unit, words: Words) -> Word | None:
    parts = [part for part in unit.parts if plain(part) not in words.particles] or unit.parts
    word = named_word("".join(parts))
    return None if word.is_initial else word


def named_word(text: str) -> Word:
    """A word as it stands in a name."""
    return Word(plain(text), wide(text))


def _whole(units: list[_Unit]) -> tuple[str, ...]:
    # The letters of “U.N.” and “J.C.” stand together, however they are parted.
    between = ["" if all(len(part) == 1 for part in unit.parts) else " " for unit in units]
    keys = [
        " ".join(joint.join(map(spelling, unit.parts)) for joint, unit in zip(between, units, strict=True))
        for spelling in (plain, wide)
    ]
    return tuple(dict.fromkeys(filter(None, map(str.strip, keys))))
