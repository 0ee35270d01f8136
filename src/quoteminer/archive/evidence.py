"""What texts tell of whoever bears a name, by which two of one name are told apart or joined: role, age, outlet, places, and who stands beside them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from .folding import GENERATIONS, plain
from .naming import Likeness, Name, Words, likeness

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
#: Behind these a capital letter tells no name.
_OPENS: Final = ".!?:;…\n\"“”„«»‘’'([-–—•*"
_AGE: Final = re.compile(r"\W{0,3}(?:aged )?(\d{1,2})(?=\W)(?! ?%)|[^.!?\n]{0,30}?(?<!\d)(\d{1,2})-year-old")
_BEHIND: Final = re.compile(rf"\s?,?\s?({'|'.join(sorted(GENERATIONS, key=len, reverse=True))})\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?…\n][\s”\"’]")
_NEAR: Final = 70
#: Behind a name so many code points are looked at.
_REACH: Final = 60
_OLDEST: Final = 99
_YOUNGEST: Final = 10
#: Ages are told by whole years, and articles are of any day of the year.
_YEARS: Final = 2
#: Words that are shared by so many more tell no more.
_MOST_SHARED: Final = 1.5
_MOST_BESIDE: Final = 2


@attrs.frozen(eq=False)
class Evidence:
    """What one text, or several that are of one person, tell of somebody.

    Attributes:
        name: taken apart.
        role: the words of what they are, as they are compared.
        jobs: nouns near the name that may tell what they are.
        outlets: where it stands.
        born: about when they were born, where an age is told.
        places: names in the texts, of places, bodies and others, that are not those of speakers.
        opening: words that open sentences or stand in the name of the outlet, and are names where other texts have them inside of a sentence.
        beside: the names of other speakers.
    """

    name: Name
    role: frozenset[str] = frozenset()
    jobs: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    born: int | None = None
    places: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


def behind(text: str, end: int, year: int | None) -> tuple[str, int | None]:
    """What stands right behind a name: the generation ("Jr."), and an age as about the year of birth."""
    after = text[end : end + _REACH]
    found = _BEHIND.match(after)
    generation = GENERATIONS[found[1].casefold()] if found else ""
    told = _AGE.match(after[found.end() :] if found else after)
    age = int(told[1] or told[2]) if told else 0
    return generation, year - age if year is not None and _YOUNGEST <= age <= _OLDEST else None


def jobs_near(text: str, start: int, end: int, nouns: frozenset[str]) -> Iterator[str]:
    """The nouns for what people are in the same sentence as a name, near it."""
    before = _SENTENCE.split(text[max(0, start - _NEAR) : start])[-1]
    after = _SENTENCE.split(text[end : end + _NEAR])[0]
    for word in _WORD.findall(f"{before} , {after}"):
        if (key := plain(word)) in nouns:
            yield key


def names_in(text: str, without: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words with a capital letter, as they are compared: those inside of sentences, and those that open one, which need be no names."""
    left = set(without)
    inside: set[str] = set()
    opening: set[str] = set()
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper() or (key := plain(word)) in left:
            continue
        before = text[max(0, match.start() - 3) : match.start()].rstrip(" ")
        (inside if before and before[-1] not in _OPENS else opening).add(key)
    return frozenset(inside), frozenset(opening - inside)


def with_openings(all_: Iterable[Evidence]) -> list[Evidence]:
    """The same, with the words that open sentences among the places where another text tells that they are names."""
    given = list(all_)
    known = frozenset[str]().union(*(one.places for one in given))
    return [attrs.evolve(one, places=one.places | (one.opening & known)) for one in given]


def rarity(all_: Sequence[Evidence]) -> Mapping[str, float]:
    """How much a name in texts tells between people of one name, from 0 for what all of them have to 1: the fewer have it, the more."""
    counts = Counter(word for one in all_ for word in one.places)
    most = math.log(1 + len(all_))
    return {word: math.log((1 + len(all_)) / count) / most for word, count in counts.items()}


#: What each observation adds to the logarithm of the odds that two are one. They are set by hand: weights that are learned from an archive whose people
#: live in different towns trust places too much, and join two of one name in another archive.
WEIGHTS: Final[Mapping[str, float]] = {
    "same": -0.4,
    "variant": -0.5,
    "initial": -0.5,
    "last": -0.5,
    "generation": -2.7,
    "outlet": 0.7,
    "role": 1.8,
    "job": 1.3,
    "other_job": -2.0,
    "places": 0.8,
    "no_places": -1.6,
    "unopposed": 0.8,
    "beside": 1.2,
    "born": 1.2,
}


def observed(one: Evidence, two: Evidence, how: Likeness, rare: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against two being one person."""
    found: dict[str, float] = {how: 1.0}
    if one.name.generation != two.name.generation:
        found["generation"] = 1.0
    if one.outlets & two.outlets:
        found["outlet"] = 1.0
    if one.role and two.role and go_together(one.role, two.role):
        found["role"] = 1.0
    elif one.jobs and two.jobs:
        found["job" if one.jobs & two.jobs else "other_job"] = 1.0
    elif one.role and two.role:
        found["other_job"] = 1.0
    if one.born is not None and two.born is not None:
        # Other years have been sorted out before.
        found["born"] = 1.0
    found["beside"] = float(min(len(one.beside & two.beside), _MOST_BESIDE))
    common = one.places & two.places
    if common:
        found["places"] = min(sum(rare.get(word, 1.0) for word in common), _MOST_SHARED)
    elif (one.places and two.places) or ("other_job" in found and not found["beside"]):
        # Somebody of another role, of whom nothing else is known to be the same, is somebody else.
        found["no_places"] = 1.0
    elif not one.places and not two.places:
        found["unopposed"] = 1.0
    return found


def go_together(role: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two roles may be one, said with more or fewer words."""
    return role <= other or other <= role or 2 * len(role & other) >= len(role | other)


def weighed(found: Mapping[str, float]) -> float:
    """The logarithm of the odds that two are one person, by what was observed."""
    return sum(WEIGHTS[name] * value for name, value in found.items())


def possible(one: Evidence, two: Evidence, words: Words) -> Likeness | None:
    """How far two names are one, unless generations or ages tell that they are of two."""
    if one.born is not None and two.born is not None and abs(one.born - two.born) > _YEARS:
        return None
    return likeness(one.name, two.name, words)
