"""How likely a candidate is a report: the weights of its signs, learned as log odds."""

from __future__ import annotations

import functools
import math
import sys
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Scope

from ..language.tables import cells

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
def tables(folder: Path, scope: Scope = "speech") -> dict[str, Table]:
    """The tables of a pack by name; empty where nobody has learned any.

    What is reported in the scope ``all`` and where it ends may have tables of its own.
    """
    result: dict[str, Table] = {"report": {}, "end": {}, "alone": {}}
    for file in dict.fromkeys([FILES["speech"], FILES[scope]]):
        result |= _read(folder / "weights" / file)
    return result


FILES: Final[dict[Scope, str]] = {"speech": "grammar.tsv", "all": "grammar_all.tsv"}


def _read(file: Path) -> dict[str, Table]:
    result: dict[str, Table] = {}
    if file.exists():
        for name, head, trait, weight in cells(file, 4):
            # One string for each trait in all rows: looking a trait up under one head after the other compares the same object.
            result.setdefault(name, {}).setdefault(head, {})[sys.intern(trait)] = float(weight)
    return result


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

    def __init__(self, table: Table) -> None:
        self._table: Final = table
        self._sums: Final[dict[tuple[str, ...], _Sums]] = {}

    def __len__(self) -> int:
        return len(self._table)

    def odds(self, heads: Heads, traits: list[str]) -> float:
        """The sum of the weights of all pairs of heads and traits, as log odds."""
        sums = self._of(heads.common)
        found = 0.0
        for trait in traits:
            found += sums[trait]
        own = self._table.get(heads.own)
        if own is not None:
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

    def _of(self, heads: tuple[str, ...]) -> _Sums:
        found = self._sums.get(heads)
        if found is None:
            if len(self._sums) >= _COMBINATIONS:
                self._sums.clear()
            found = self._sums[heads] = _Sums([self._table[head] for head in heads if head in self._table])
        return found


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
