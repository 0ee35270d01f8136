"""Names of people taken apart, and which of two may be of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal

import attrs

from ..languages import primary
from ..plugins.packs import LanguagePack, table_of
from .folding import GENERATIONS, form_words, plain

#: How far two names are one: all of it; in other forms of given names or with more of them; given names that are spelled alike; an initial; the last
#: name alone.
Likeness = Literal["same", "variant", "spelling", "initial", "last"]

#: So many words may stand before a name that tell what somebody is.
_MOST_BEFORE: Final = 4
#: Kinds of nouns that tell what somebody is.
_PEOPLE: Final = frozenset(["office", "role"])
#: Kinds of titles that tell no more than whether it is a man or a woman.
_POLITE: Final = frozenset(["m", "f", "male", "female"])
#: Letters behind a name in capitals, such as MP or OBE.
_LETTERS: Final = 4
#: Consonants of which given names in two spellings have the same.
_SKELETON: Final = 2
_ALIKE: Final = 0.65
#: So many names are remembered as they are taken apart.
_REMEMBERED: Final = 65_536


@attrs.frozen
class Words:
    """What the language packs know of the words of names, and of those near them.

    Attributes:
        titles, nouns, given, calendar: what stands before names, tells what people are, is a given name, a day.
        short: the full given names that a short one may stand for.
        polite: titles that tell no more than whether it is a man or a woman.
        frequent: last names that many people have.
        fields: in which fields of life a word of a role is at home.
        shares: for each language, in which share of texts a common word stands, by its beginning as it is folded.
        apart: names that were taken apart before.
    """

    titles: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    short: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    calendar: frozenset[str] = frozenset()
    polite: frozenset[str] = frozenset()
    frequent: frozenset[str] = frozenset()
    fields: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    shares: Mapping[str, Mapping[str, float]] = attrs.field(factory=dict)
    apart: dict[str, tuple[Name, tuple[str, ...]]] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @classmethod
    def of(cls, packs: Iterable[LanguagePack]) -> Words:
        """What packs tell, of all languages: a text in one names people of others."""
        titles: set[str] = set()
        nouns: set[str] = set()
        given: set[str] = set()
        short: dict[str, set[str]] = {}
        calendar: set[str] = set()
        polite: set[str] = set()
        frequent: set[str] = set()
        fields: dict[str, set[str]] = {}
        shares: dict[str, dict[str, float]] = {}
        for pack in packs:
            calendar.update(plain(word) for word in pack.words("day"))
            titles.update(plain(word).rstrip(".") for word in pack.words("title"))
            for title, *kinds in table_of(pack, "titles.tsv"):
                titles.add(plain(title).rstrip("."))
                if _POLITE & set(" ".join(kinds).split()):
                    polite.add(plain(title).rstrip("."))
            nouns.update(plain(row[0]) for row in table_of(pack, "nouns.tsv") if _PEOPLE & set(" ".join(row[1:]).split()))
            given.update(plain(row[0]) for row in table_of(pack, "names.tsv"))
            for word, *full in table_of(pack, "nicknames.tsv"):
                short.setdefault(plain(word), set()).update(plain(" ".join(full)).split())
            frequent.update(word for row in table_of(pack, "last_names.txt") for word in form_words(row[0]))
            for field, *members in table_of(pack, "role_fields.tsv"):
                for word in plain(" ".join(members)).split():
                    fields.setdefault(word, set()).add(field)
            if counted := table_of(pack, "weights/common_words.tsv"):
                shares[primary(pack.language)] = {row[0]: float(row[1]) for row in counted}
        return cls(
            frozenset(titles),
            frozenset(nouns),
            frozenset(given),
            _fixed(short),
            frozenset(calendar),
            frozenset(polite),
            frozenset(frequent),
            _fixed(fields),
            shares,
        )

    @property
    def common(self) -> frozenset[str]:
        """Words with a capital letter that tell nothing of where somebody belongs."""
        return self.titles | self.nouns | self.given | self.calendar

    def shares_in(self, language: str) -> Mapping[str, float] | None:
        """In which share of texts of a language common words stand; ``None`` where nobody has counted."""
        return self.shares.get(primary(language))


def _fixed(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(values) for word, values in found.items()}


@attrs.frozen
class Name:
    """A name without what stands around it.

    Attributes:
        given: given names and initials, in small letters.
        last: the last name, in its parts where a hyphen joins two.
        generation: "jr", "sr" and the like; empty where nothing is said.
        key: what equal names share.
    """

    given: tuple[str, ...]
    last: tuple[str, ...]
    generation: str
    key: str = attrs.field(init=False, repr=False, eq=False)

    @key.default
    def _key(self) -> str:
        return " ".join([*self.given, "-".join(self.last), self.generation]).strip()

    @property
    def initial(self) -> bool:
        """Whether only the first letter stands before the last name."""
        return bool(self.given) and len(self.given[0]) == 1

    @property
    def full(self) -> bool:
        """Whether more than a last name is known, and more of the others than an initial."""
        return bool(self.given) and not self.initial


def take_apart(name: str, words: Words) -> tuple[Name, tuple[str, ...]]:
    """A name, and the words before it that tell what somebody is."""
    known = words.apart.get(name)
    if known is None:
        if len(words.apart) > _REMEMBERED:
            words.apart.clear()
        known = words.apart[name] = _take_apart(name, words)
    return known


def _take_apart(name: str, words: Words) -> tuple[Name, tuple[str, ...]]:
    parts = [part for part in name.split() if form_words(part)]
    generation = ""
    while len(parts) > 1 and _folded(parts[-1]) in GENERATIONS:
        generation = GENERATIONS[_folded(parts.pop())]
    while len(parts) > 2 and len(parts[-1]) <= _LETTERS and parts[-1].isupper() and parts[-1].isalpha():
        parts.pop()
    before: list[str] = []
    while len(parts) > 1 and (_folded(parts[0]) in words.titles or _folded(parts[0]) in words.nouns):
        before.append(_folded(parts.pop(0)))
    known = next((at for at, part in enumerate(parts[:-1]) if _folded(part) in words.given), 0)
    if 0 < known <= _MOST_BEFORE and all(len(_folded(part)) > 1 for part in parts[:known]) and len(parts) - known > 1:
        before += [_folded(part) for part in parts[:known]]
        parts = parts[known:]
    given = tuple(word for part in parts[:-1] for word in form_words(part))
    last = tuple(word for part in parts[-1:] for piece in part.split("-") if (word := _folded(piece)))
    return Name(given, last, generation), tuple(word for word in before if word not in words.polite)


def _folded(part: str) -> str:
    return " ".join(form_words(part))


def likeness(one: Name, two: Name, words: Words) -> Likeness | None:
    """How far two names may be of one person; ``None`` when they are of two."""
    if one == two:
        return "last" if not one.given else "initial" if one.initial else "same"
    if one.generation and two.generation and one.generation != two.generation:
        return None
    married = one.last != two.last
    if married and not (set(one.last) <= set(two.last) or set(two.last) <= set(one.last)):
        return None
    if not one.given or not two.given:
        return "last"
    first = _likeness(one.given[0], two.given[0], words)
    if first is None or not _middles_agree(one.given[1:], two.given[1:]):
        return None
    if first == "same" and (married or one.given != two.given):
        return "variant"
    return first


def _likeness(one: str, two: str, words: Words) -> Likeness | None:
    if one == two:
        return "same" if len(one) > 1 else "initial"
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) == 1:
        return "initial" if longer.startswith(shorter) else None
    full = (words.short.get(one, frozenset()) | {one}) & (words.short.get(two, frozenset()) | {two})
    if full:
        return "variant"
    if one in words.given and two in words.given or longer in (f"{shorter}e", f"{shorter}a"):
        # René and Renée, Paul and Paula.
        return None
    alike = _skeleton(one) == _skeleton(two) != "" and SequenceMatcher(None, shorter, longer).ratio() >= _ALIKE
    return "spelling" if alike else None


def _middles_agree(one: Sequence[str], two: Sequence[str]) -> bool:
    return all(left.startswith(right) or right.startswith(left) for left, right in zip(one, two, strict=False))


def _skeleton(name: str) -> str:
    """The consonants of a name, each once in a row: what transliterations of it share."""
    bones = ""
    for letter in name.replace("x", "ks").replace("ph", "f").replace("ck", "k").replace("c", "k"):
        if letter not in "aeiouyjhw" and not bones.endswith(letter):
            bones += letter
    return bones if len(bones) >= _SKELETON else ""
