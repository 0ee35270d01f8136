"""What two texts tell of whoever bears one name, weighed: role, field, age, outlet, names, topic, and who stands beside them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from .naming import Likeness, Name, Words, likeness

#: Ages are told by whole years, and articles are of any day of the year.
_YEARS: Final = 2
#: Names that are shared by so many more tell no more.
_MOST_SHARED: Final = 2.0
_MOST_BESIDE: Final = 2


@attrs.frozen(eq=False, kw_only=True)
class Evidence:
    """What one text tells of somebody.

    Attributes:
        name: taken apart.
        frequent: whether many have the last name, or nobody knows whether.
        role: the words of what they are, as they are compared.
        jobs: nouns near the name that may tell what they are.
        fields: the fields of life in which they are heard, by roles and titles.
        outlets: where it stands.
        born: about when they were born, where an age is told.
        places: names in the texts, of places, bodies and others, that are not those of speakers.
        opening: words that open sentences or stand in the name of the outlet, and are names where other texts have them inside of a sentence.
        phrases: such names of several words.
        about: the words near the name, with what each tells, as a vector of length one.
        beside: the names of other speakers.
    """

    name: Name
    frequent: bool = True
    role: frozenset[str] = frozenset()
    jobs: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    born: int | None = None
    places: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    about: Mapping[str, float] = attrs.field(factory=dict)
    beside: frozenset[str] = frozenset()


def rarity(all_: Sequence[Evidence]) -> Mapping[str, float]:
    """How much a name of several words tells between people of one name, from 0 for what all of them have to 1: the fewer have it, the more."""
    counts = Counter(phrase for one in all_ for phrase in one.phrases)
    most = math.log(1 + len(all_))
    return {phrase: math.log((1 + len(all_)) / count) / most for phrase, count in counts.items()}


#: What each observation adds to the logarithm of the odds that two are one. They are set by hand near what is learned from two sources together: articles
#: whose people live in different towns, half of the people there with the name of another of their own town, and news of one campaign in which pairs of
#: people were given one name. What is learned from one of them alone trusts places or roles too much for the other.
WEIGHTS: Final[Mapping[str, float]] = {
    "same": 0.0,
    "variant": 0.0,
    "spelling": -0.8,
    "initial": -0.5,
    "last": -0.5,
    "rare": 2.5,
    "middle": 1.4,
    "generation": -2.5,
    "outlet": 0.3,
    "role": 2.0,
    "job": 0.5,
    "other_job": -0.6,
    "field": 0.8,
    "other_field": -0.8,
    "phrases": 1.3,
    "no_places": -3.0,
    "unopposed": 0.8,
    "about": 7.0,
    "beside": 0.7,
    "born": 0.8,
}


def observed(one: Evidence, two: Evidence, how: Likeness, rare: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against two being one person; what says nothing is left out."""
    found: dict[str, float] = {how: 1.0}
    _names(found, one, two, how)
    _roles(found, one, two)
    _texts(found, one, two, rare)
    if one.places.isdisjoint(two.places):
        if (one.places and two.places) or ("other_job" in found and "beside" not in found):
            # Somebody of another role, of whom nothing else is known to be the same, is somebody else.
            found["no_places"] = 1.0
        elif not one.places and not two.places:
            found["unopposed"] = 1.0
    return found


def _names(found: dict[str, float], one: Evidence, two: Evidence, how: Likeness) -> None:
    if how not in ("initial", "last"):
        if not (one.frequent or two.frequent):
            found["rare"] = 1.0
        # Other ones have been sorted out before.
        if one.name.given[1:] and two.name.given[1:]:
            found["middle"] = 1.0
    if one.name.generation != two.name.generation:
        found["generation"] = 1.0
    if one.born is not None and two.born is not None:
        found["born"] = 1.0


def _roles(found: dict[str, float], one: Evidence, two: Evidence) -> None:
    if one.role and two.role and go_together(one.role, two.role):
        found["role"] = 1.0
    elif one.jobs and two.jobs:
        found["other_job" if one.jobs.isdisjoint(two.jobs) else "job"] = 1.0
    if one.fields and two.fields:
        found["other_field" if one.fields.isdisjoint(two.fields) else "field"] = 1.0


def _texts(found: dict[str, float], one: Evidence, two: Evidence, rare: Mapping[str, float]) -> None:
    if not one.outlets.isdisjoint(two.outlets):
        found["outlet"] = 1.0
    if shared := one.beside & two.beside:
        found["beside"] = float(min(len(shared), _MOST_BESIDE))
    if shared := one.phrases & two.phrases:
        found["phrases"] = min(math.fsum([rare.get(phrase, 1.0) for phrase in shared]), _MOST_SHARED)
    if near := alike(one.about, two.about):
        found["about"] = near


def alike(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    """How much two lists of words with their weights have in common, from 0 to 1: both are of length one, as vectors."""
    return math.fsum([one[word] * two[word] for word in one.keys() & two.keys()])


def go_together(role: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two roles may be one, said with more or fewer words."""
    return role <= other or other <= role or 2 * len(role & other) >= len(role | other)


def weighed(found: Mapping[str, float]) -> float:
    """The logarithm of the odds that two are one person, by what was observed."""
    return math.fsum([WEIGHTS[name] * value for name, value in found.items()])


def possible(one: Evidence, two: Evidence, words: Words) -> Likeness | None:
    """How far two names are one, unless generations or ages tell that they are of two."""
    if one.born is not None and two.born is not None and abs(one.born - two.born) > _YEARS:
        return None
    return likeness(one.name, two.name, words)
