"""How likely a candidate is a report: the weights of its signs, learned as log odds."""

from __future__ import annotations

import functools
import math
import sys
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Scope

from ..language.tables import Sorted

_MEMORY: Final = 2_000
"""Values of a trait that are remembered."""

STRONGEST: Final = 3
"""Features on each side that an explanation shows."""

_COMBINATIONS: Final = 1_000
"""Combinations of heads whose sums are remembered."""

Table = dict[str, dict[str, float]]
"""Head -> trait -> weight in log odds."""


class Heads(NamedTuple):
    """What traits are paired with: heads of which few combinations occur, and one of an open class."""

    common: tuple[str, ...]
    own: str


class Named(dict[str, str]):
    """Value -> trait of one name ("next:comma"); each trait is one string, the same as in the tables, so that look-ups need not compare letters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name: Final = name

    def __missing__(self, value: str) -> str:
        if len(self) >= _MEMORY:
            self.clear()
        self[value] = trait = sys.intern(self._name + value)
        return trait


@functools.cache
def tables(folder: Path, scope: Scope = "speech") -> dict[str, Table | Learned]:
    """The tables of a pack by name; empty where nobody has learned any.

    What is reported in the scope ``all`` and where it ends may have tables of its own.
    """
    result: dict[str, Table | Learned] = {"report": {}, "end": {}, "alone": {}}
    for file in dict.fromkeys([FILES["speech"], FILES[scope]]):
        if (folder / "weights" / file).exists():
            learned = Sorted(folder / "weights" / file, 4)
            result |= {name: found for name in result if (found := Learned(learned, name))}
    return result


FILES: Final[dict[Scope, str]] = {"speech": "grammar.tsv", "all": "grammar_all.tsv"}


class Learned:
    """A table in a file, of which the rows of a head are read when it is first asked for: a text needs few of them."""

    def __init__(self, learned: Sorted, name: str) -> None:
        self._learned: Final = learned
        self._name: Final = name

    def __contains__(self, head: object) -> bool:
        return isinstance(head, str) and self._learned.holds(self._name, head)

    def __len__(self) -> int:
        return self._learned.count(self._name)

    def get(self, head: str, none: dict[str, float]) -> dict[str, float]:
        """The weights of all traits under a head; ``none`` where it has no rows."""
        # One string for each trait in all rows: looking a trait up under one head after the other compares the same object.
        return {sys.intern(trait): float(weight) for trait, weight in self._learned.rows(self._name, head)} or none


class _Sums(dict[str, float]):
    """Trait -> the sum of its weights under some heads; added up when a trait is first asked for."""

    def __init__(self, tables: list[dict[str, float]]) -> None:
        super().__init__()
        self._tables: Final = tables

    def __missing__(self, trait: str) -> float:
        if len(self) >= _MEMORY:
            self.clear()
        self[trait] = found = sum(table.get(trait, 0.0) for table in self._tables)
        return found


class Weights:
    """The weights of a table, added up for the heads that often stand together.

    A pair of a head and a trait that the table does not know counts nothing.
    """

    def __init__(self, table: Table | Learned) -> None:
        self._table: Final = table
        self._heads: Final[dict[str, dict[str, float]]] = {}
        self._sums: Final[dict[tuple[str, ...], _Sums]] = {}

    def __len__(self) -> int:
        return len(self._table)

    def odds(self, heads: Heads, traits: list[str]) -> float:
        """The sum of the weights of all pairs of heads and traits, as log odds."""
        sums = self._of(heads.common)
        found = 0.0
        for trait in traits:
            found += sums[trait]
        own = self._of_head(heads.own)
        if own:
            for trait in traits:
                weight = own.get(trait)
                if weight is not None:
                    found += weight
        return found

    def strongest(self, heads: Heads, traits: list[str]) -> list[tuple[str, float]]:
        """The traits that weigh most under all heads together, :data:`STRONGEST` for and as many against, the weightiest first."""
        weights: dict[str, float] = {}
        for trait in traits:
            weights[trait] = weights.get(trait, 0.0) + self.odds(heads, [trait])
        weighed = sorted(((trait, weight) for trait, weight in weights.items() if trait), key=lambda one: (-abs(one[1]), one[0]))
        return [
            *[one for one in weighed if one[1] > 0][:STRONGEST],
            *[one for one in weighed if one[1] < 0][:STRONGEST],
        ]

    def _of_head(self, head: str) -> dict[str, float]:
        """The weights of all traits under a head, none where it has no rows."""
        known = self._heads.get(head)
        if known is None:
            if len(self._heads) >= _COMBINATIONS:
                self._heads.clear()
            known = self._heads[head] = self._table.get(head, {})
        return known

    def _of(self, heads: tuple[str, ...]) -> _Sums:
        found = self._sums.get(heads)
        if found is None:
            if len(self._sums) >= _COMBINATIONS:
                self._sums.clear()
            found = self._sums[heads] = _Sums([known for head in heads if (known := self._of_head(head))])
        return found


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
