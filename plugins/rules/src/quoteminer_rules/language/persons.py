"""The person of a group of verbs without a subject, as far as its endings tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from .pack import Pack

_FINITE: Final = frozenset(["third", "present", "past", "subjunctive"])
AUXILIARY: Final = "auxiliary"
"""What the endings of auxiliaries stand under in ``pack.toml``."""


class Person(NamedTuple):
    """Person 1 to 3 and number."""

    person: int
    several: bool


_NOBODY_TELLS: Final = Person(3, several=False)


def person_of(words: Sequence[str], pack: Pack) -> Person:
    """The person of a group of verbs, in small letters: that of the auxiliary that opens it ("he dicho", "vamos a pedir"), else of its finite verb."""
    for word in words:
        forms = frozenset[str]().union(*(reading.forms for reading in pack.verbs.get(word, ())))
        if AUXILIARY in pack.classes(word):
            forms = frozenset([AUXILIARY])
        elif forms.isdisjoint(_FINITE):
            continue
        for person, known in ((1, pack.first_person), (2, pack.second_person)):
            for form, endings in known.items():
                if form in forms and "third" not in forms and word.endswith(endings):
                    return Person(person, several=word.endswith(pack.first_plural_endings))
        return Person(3, several=word.endswith(pack.plural_endings))
    return _NOBODY_TELLS
