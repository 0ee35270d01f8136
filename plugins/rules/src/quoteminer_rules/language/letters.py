"""An alphabet for matching: tokens between which no pattern of a language can tell are one letter, so that patterns are regular expressions over letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .expressions import Condition, condition
from .morphology import by_ending
from .pack import Pack

QUOTATION: Final = "\x01"
"""How a token that stands for a quotation begins; its shapes follow by the first letters of :data:`_QUOTED`."""
_QUOTED: Final = {"e": "ended", "p": "paused", "a": "asked", "o": "opened", "u": "unclosed"}
_SIGNS: Final = {
    ",": "comma", ";": "semicolon", ":": "colon", ".": "stop", "!": "stop", "?": "stop", "…": "stop", "–": "dash", "—": "dash", "―": "dash",
    "-": "dash", "(": "bracket_open", "[": "bracket_open", "{": "bracket_open", ")": "bracket_close", "]": "bracket_close", "}": "bracket_close",
}  # fmt: skip
_MEMORY: Final = 50_000
_LONGEST: Final = 40
"""Longer tokens are not worth remembering."""
_FIRST: Final = 0x30


class Letters(dict[str, str]):
    """Token as written -> its letter; filled as tokens come.

    Two tokens have the same letter when the same of ``atoms``, the class expressions of all patterns, hold of them.
    """

    def __init__(self, pack: Pack, atoms: Iterable[str], defined: Mapping[str, tuple[Condition, ...]]) -> None:
        super().__init__()
        self._pack = pack
        self._atoms = sorted(atoms)
        self._conditions = [defined[atom] if atom in defined else (atom_condition(atom, defined),) for atom in self._atoms]
        self._letters: dict[tuple[bool, ...], str] = {}
        self._of_classes: dict[frozenset[str], str] = {}
        for classes in _all_classes(pack):
            self._letter(classes, defined)
        self._defined = defined

    def of_atom(self, atom: str) -> str:
        """The letters of which an atom holds."""
        index = self._atoms.index(atom)
        return "".join(letter for truths, letter in self._letters.items() if truths[index])

    def _letter(self, classes: frozenset[str], defined: Mapping[str, tuple[Condition, ...]]) -> str:
        known = self._of_classes.get(classes)
        if known is None:
            full = closed(classes, defined)
            truths = tuple(any(one.holds(full) for one in conditions) for conditions in self._conditions)
            known = self._letters.get(truths)
            if known is None:
                known = self._letters[truths] = chr(_FIRST + len(self._letters))
            self._of_classes[classes] = known
        return known

    def __missing__(self, raw: str) -> str:
        letter = self._letter(classes_of(raw, self._pack), self._defined)
        if len(raw) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[raw] = letter
        return letter


def atom_condition(atom: str, defined: Mapping[str, tuple[Condition, ...]]) -> Condition:
    """The condition of an atom whose names are classes or defined ones."""
    from .classes import KNOWN

    return condition(atom, lambda name: name in KNOWN or name in defined)


def closed(classes: frozenset[str], defined: Mapping[str, tuple[Condition, ...]]) -> frozenset[str]:
    """Some classes with all that are defined by them; a definition may use those before it."""
    found = set(classes)
    for name, conditions in defined.items():
        if any(one.holds(frozenset(found)) for one in conditions):
            found.add(name)
    return frozenset(found)


def classes_of(raw: str, pack: Pack) -> frozenset[str]:
    """Everything that a token can be, by lists, ending and the way it is written."""
    first = raw[0]
    if first == QUOTATION:
        return frozenset(["quotation", *(_QUOTED[sign] for sign in raw[1:])])
    if not (first.isalnum() or first == "@"):
        return frozenset([_SIGNS.get(first, "dash" if raw[:2] == "--" else "sign")])
    word = raw.lower()
    shape = {"word"}
    if word[-2:] in ("'s", "’s"):
        word = word[:-2]
        shape.add("owner")
    if first.isdigit():
        shape.add("digit")
    elif first.isupper() or first == "@":
        shape.add("capital")
        if len(raw) > 1 and raw.isupper():
            shape.add("upper")
    else:
        shape.add("lower")
    listed = pack.words.get(word)
    return frozenset(shape) | (by_ending(word, pack.endings) if listed is None else listed)


def _all_classes(pack: Pack) -> Iterator[frozenset[str]]:
    """All sets of classes that a token of this language can be."""
    listed = {frozenset(), *pack.words.values(), *(one.classes for one in pack.endings)}
    for shapes in (
        {"lower"}, {"capital"}, {"capital", "upper"}, {"digit"}, {"lower", "owner"}, {"capital", "owner"}, {"capital", "upper", "owner"}, {"digit", "owner"}, set(), {"owner"},
    ):  # fmt: skip
        for classes in sorted(listed, key=sorted):
            yield frozenset(["word", *shapes, *classes])
    for sign in sorted({*_SIGNS.values(), "sign"}):
        yield frozenset([sign])
    for number in range(1 << len(_QUOTED)):
        yield frozenset(["quotation", *(name for bit, name in enumerate(_QUOTED.values()) if number >> bit & 1)])
