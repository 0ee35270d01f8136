"""An alphabet for matching: tokens between which no pattern of a language can tell are one letter, so that patterns are regular expressions over letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from .classes import KNOWN
from .expressions import Condition, condition
from .morphology import by_ending
from .pack import Pack

QUOTATION: Final = "\x01"
"""How a token that stands for a quotation begins; its shapes follow by the first letters of :data:`_QUOTED`."""
_QUOTED: Final = {"e": "ended", "p": "paused", "a": "asked", "o": "opened", "u": "unclosed"}
_SIGNS: Final = {
    ",": "comma", ";": "semicolon", ":": "colon", ".": "stop", "!": "stop", "?": "stop", "…": "stop", "–": "dash", "—": "dash", "―": "dash",
    "-": "dash", "(": "bracket_open", "[": "bracket_open", "{": "bracket_open", ")": "bracket_close", "]": "bracket_close", "}": "bracket_close", "/": "slash", "&": "ampersand", "'": "apostrophe", "’": "apostrophe",
}  # fmt: skip
_SHAPES: Final = (
    ("lower",), ("capital",), ("capital", "upper"), ("digit",), ("lower", "owner"), ("capital", "owner"), ("capital", "upper", "owner"),
    ("digit", "owner"), (), ("owner",),
)  # fmt: skip
"""How words are written."""
_MEMORY: Final = 50_000
_LONGEST: Final = 40
"""Longer tokens are not worth remembering."""
_FIRST: Final = 0x30


Mask = int
"""A set of classes, one bit each."""


class Letters(dict[str, str]):
    """Token as written -> its letter; filled as tokens come.

    Two tokens have the same letter when the same class expressions hold of them. Letters of which the same of the most used expressions hold are
    neighbours, so that most expressions are few ranges of letters.

    Args:
        atoms: the class expressions of all patterns, and how often each is named.
        defined: classes that others define, each by those before it.
    """

    def __init__(self, pack: Pack, atoms: Mapping[str, int], defined: Mapping[str, tuple[Condition, ...]]) -> None:
        super().__init__()
        self._pack = pack
        self._atoms: Final = sorted(atoms, key=lambda atom: (atoms[atom], atom))
        conditions = [defined[atom] if atom in defined else (atom_condition(atom, defined),) for atom in self._atoms]
        relevant = _named(conditions, defined)
        self._bits: dict[str, Mask] = {name: 1 << number for number, name in enumerate(sorted(relevant.union(defined)))}
        self._defined = [row for name, several in defined.items() for row in self._rows(self._bits[name], several)]
        # The most used expression is the highest bit, by which truths are ordered first.
        self._conditions = [row for number, several in enumerate(conditions) for row in self._rows(1 << number, several)]
        self._letters: dict[Mask, str] = {}
        self._of_classes: dict[Mask, Mask] = {}
        self._of_atom: dict[str, str] = {}
        self._place: Final = {atom: number for number, atom in enumerate(self._atoms)}
        for truths, masks in self._in_order(sorted(self._all_masks(relevant))):
            self._letters[truths] = chr(_FIRST + len(self._letters))
            self._of_classes.update(dict.fromkeys(masks, truths))
        self._holding = turned(list(self._letters), len(self._atoms))

    def known(self) -> frozenset[str]:
        """The letters of all words so far."""
        return frozenset(self._letters.values())

    def of_atom(self, atom: str) -> str:
        """The letters of which an atom holds, of all that words of the language can have."""
        known = self._of_atom.get(atom)
        if known is None:
            holding = self._holding[self._place[atom]]
            # Letters of which it holds are mostly neighbours: they are added run by run.
            known, at = "", 0
            while holding >> at:
                rest = holding >> at
                at += (rest & -rest).bit_length() - 1
                rest = ~(holding >> at)
                end = at + (rest & -rest).bit_length() - 1
                known += "".join(map(chr, range(_FIRST + at, _FIRST + end)))
                at = end
            self._of_atom[atom] = known
        return known

    def _rows(self, bit: Mask, conditions: Iterable[Condition]) -> list[tuple[Mask, Mask, Mask]]:
        """For each condition the bit that it sets, what must be there for that, and what must not."""
        return [(bit, self._mask(one.all), self._mask(one.none)) for one in conditions]

    def _in_order(self, masks: Sequence[Mask]) -> list[tuple[Mask, list[Mask]]]:
        """What holds of some sets of classes, each with those sets, so ordered that neighbours differ little, in the highest bits least: as in a Gray code.

        Conditions are tried on all sets at once: a column is a number with a bit for each of them.
        """
        every = (1 << len(masks)) - 1
        columns = turned(masks, len(self._bits))

        def fitting(wanted: Mask, refused: Mask) -> int:
            fits = every
            for bit in _bits_of(wanted):
                fits &= columns[bit]
            for bit in _bits_of(refused):
                fits &= ~columns[bit]
            return fits

        for bit, wanted, refused in self._defined:
            columns[bit.bit_length() - 1] |= fitting(wanted, refused)
        truths = [0] * len(self._atoms)
        for bit, wanted, refused in self._conditions:
            truths[bit.bit_length() - 1] |= fitting(wanted, refused)
        found: dict[Mask, list[Mask]] = {}
        for mask, one in zip(masks, turned(truths, len(masks)), strict=True):
            found.setdefault(one, []).append(mask)
        return sorted(found.items(), key=lambda item: _rank(item[0], len(truths)))

    def _all_masks(self, relevant: frozenset[str]) -> set[Mask]:
        """All sets of classes that a token of this language can be, as far as they are relevant."""
        pack = self._pack
        listed = {
            relevant & classes for classes in (frozenset[str](), *pack.words.values(), *(one.classes for one in pack.endings))
        }
        # What is written together is what its list says and what its ending does.
        listed |= {
            relevant & (classes | by_ending(word, pack.endings))
            for word, classes in pack.words.items()
            if "'" in word or "’" in word
        }
        of_words = {self._mask(classes) for classes in listed}
        found = {shape | word for shape in (self._mask(["word", *shape]) for shape in _SHAPES) for word in of_words}
        found.update(self._mask([sign]) for sign in (*_SIGNS.values(), "sign"))
        for number in range(1 << len(_QUOTED)):
            found.add(self._mask(["quotation", *(name for bit, name in enumerate(_QUOTED.values()) if number >> bit & 1)]))
        return found

    def _mask(self, classes: Iterable[str]) -> Mask:
        # What no pattern asks for tells nothing apart.
        mask = 0
        for name in classes:
            mask |= self._bits.get(name, 0)
        return mask

    def _truths(self, mask: Mask) -> Mask:
        """Which atoms hold of some classes."""
        known = self._of_classes.get(mask)
        if known is None:
            full = mask
            for bit, wanted, refused in self._defined:
                if full & wanted == wanted and not full & refused:
                    full |= bit
            known = 0
            for bit, wanted, refused in self._conditions:
                if full & wanted == wanted and not full & refused:
                    known |= bit
            self._of_classes[mask] = known
        return known

    def __missing__(self, raw: str) -> str:
        truths = self._truths(self._mask(classes_of(raw, self._pack)))
        letter = self._letters.get(truths)
        if letter is None:
            letter = self._letters[truths] = chr(_FIRST + len(self._letters))
        if len(raw) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[raw] = letter
        return letter


def _bits_of(number: int) -> Iterator[int]:
    """The places of the bits of a number."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def turned(rows: Sequence[int], width: int) -> list[int]:
    """A table of bits with rows and columns turned round: each row, and each of the ``width`` columns, is a number whose lowest bit stands first."""
    # As text, which is written and cut at once.
    bits = "".join([format(row, f"0{width}b") for row in reversed(rows)])
    return [int(bits[at::width] or "0", 2) for at in range(width - 1, -1, -1)]


def _rank(truths: Mask, count: int) -> int:
    """The place of some truths in a Gray code that begins with all of them true: that of neighbours differs in one truth."""
    rank = ~truths & ((1 << count) - 1)
    shift = 1
    while shift < count:
        rank ^= rank >> shift
        shift *= 2
    return rank


def _named(conditions: Iterable[Iterable[Condition]], defined: Mapping[str, tuple[Condition, ...]]) -> frozenset[str]:
    """The classes that some conditions name, also by what is defined."""
    found: set[str] = set()
    waiting = {name for several in conditions for one in several for name in one.all | one.none}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.update(more for one in defined.get(name, ()) for more in one.all | one.none)
    return frozenset(found)


def atom_condition(atom: str, defined: Mapping[str, tuple[Condition, ...]]) -> Condition:
    """The condition of an atom whose names are classes or defined ones."""
    return condition(atom, lambda name: name in KNOWN or name in defined)


def classes_of(raw: str, pack: Pack) -> frozenset[str]:
    """Everything that a token can be, by lists, ending and the way it is written."""
    first = raw[0]
    if first == QUOTATION:
        return frozenset(["quotation", *(_QUOTED[sign] for sign in raw[1:])])
    if not (first.isalnum() or first == "@"):
        return frozenset([_SIGNS.get(first, "dash" if raw[:2] == "--" else "sign")])
    word = raw.lower()
    shape = _shape_of(raw)
    if "acronym" in pack.capitals.get(raw, ()):
        return frozenset(shape)
    if word[-2:] in ("'s", "’s"):
        word = word[:-2]
        shape.add("owner")
    listed = pack.words.get(word)
    if listed is not None and ("'" in word or "’" in word):
        # What is written together is what both parts are.
        return frozenset(shape) | listed | by_ending(word, pack.endings)
    return frozenset(shape) | (by_ending(word, pack.endings) if listed is None else listed)


def _shape_of(raw: str) -> set[str]:
    """How a word is written."""
    if raw[0].isdigit():
        return {"word", "digit"}
    if raw[0].isupper() or raw[0] == "@":
        return {"word", "capital", "upper"} if len(raw) > 1 and raw.isupper() else {"word", "capital"}
    return {"word", "lower"}
