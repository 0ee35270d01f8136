"""Personal pronouns and the determiners that go with them, with what they agree in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from .tables import rows

FUNCTIONS: Final = frozenset({"subject", "object", "possessive", "reflexive"})
GENDERS: Final = {"m": "male", "f": "female", "n": "neuter"}
"""How tables write genders, and what the engine calls them."""


class Pronoun(NamedTuple):
    """What a pronoun stands for: ``person`` 1 to 3, ``numbers`` of ``s`` and ``p``, ``gender`` ``m``, ``f``, ``n`` or ``-``, and its functions."""

    word: str
    person: int
    numbers: frozenset[str]
    gender: str
    functions: frozenset[str]

    @property
    def sex(self) -> str:
        """``male``, ``female``, ``neuter``, or nothing where the pronoun does not tell."""
        return GENDERS.get(self.gender, "")

    @property
    def several(self) -> bool:
        """Whether it only stands for several."""
        return self.numbers == {"p"}


def pronouns(file: Path) -> Mapping[str, Pronoun]:
    """The pronouns of a table by word, in small letters.

    Raises:
        PackError: naming the line, when a column holds something else.
    """
    found: dict[str, Pronoun] = {}
    for row in rows(file, 5):
        word, person, numbers, gender, functions = row.columns
        if person not in ("1", "2", "3"):
            raise row.problem(f"{person!r} is no person; 1, 2 or 3")
        if not set(numbers.split()) <= {"s", "p"}:
            raise row.problem(f"{numbers!r} is no number; s, p or both")
        if gender != "-" and gender not in GENDERS:
            raise row.problem(f"{gender!r} is no gender; m, f, n or -")
        if not set(functions.split()) <= FUNCTIONS:
            raise row.problem(f"{functions!r} are no functions; of {', '.join(sorted(FUNCTIONS))}")
        if word in found:
            raise row.problem(f"{word!r} stands twice")
        found[word] = Pronoun(word, int(person), frozenset(numbers.split()), gender, frozenset(functions.split()))
    return found
