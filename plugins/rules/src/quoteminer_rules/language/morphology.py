"""Forms of verbs from their paradigms, and what an unknown word may be by its ending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from .tables import rows

_STEM: Final = "~"
"""Stands in a paradigm for the lemma without the ending that chose the row."""
_LAST: Final = "="
"""Stands in a paradigm for the last letter of that stem once more ("admit", "admitted")."""


class Paradigms:
    """How verbs are inflected: for each paradigm and ending of the lemma, how every form is made."""

    def __init__(self, file: Path) -> None:
        self._rows: dict[str, list[tuple[re.Pattern[str], list[tuple[str, ...] | None]]]] = {}
        self.forms: list[str] = []
        """The names of the forms, in the order of their columns."""
        for row in rows(file, 3, 40):
            if not self.forms:
                if row.columns[:2] != ["paradigm", "ending"]:
                    raise row.problem("the first row names the columns: paradigm, ending, and each form")
                self.forms = row.columns[2:]
                continue
            if len(row.columns) != len(self.forms) + 2:
                raise row.problem(f"expected {len(self.forms) + 2} columns, as the first row has")
            try:
                ending = re.compile(f"(?:{row.columns[1]})\\Z")
            except re.error as error:
                raise row.problem(f"cannot read the ending {row.columns[1]!r}: {error}") from error
            self._rows.setdefault(row.columns[0], []).append((ending, [_maker(one) for one in row.columns[2:]]))

    def __contains__(self, paradigm: str) -> bool:
        return paradigm in self._rows

    def inflect(self, lemma: str, paradigm: str, irregular: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """The forms of a verb by name; a form may be written in several ways, ``irregular`` ones take the place of what the paradigm makes.

        A form that a row leaves empty is that of the column before it.

        Raises:
            ValueError: when no row of the paradigm fits the lemma.
        """
        for ending, makers in self._rows[paradigm]:
            match = ending.search(lemma)
            if match is None:
                continue
            stem = lemma[: match.start()]
            made: dict[str, tuple[str, ...]] = {}
            before: tuple[str, ...] = ()
            for name, maker in zip(self.forms, makers, strict=True):
                if name in irregular:
                    before = tuple(irregular[name].split("/"))
                elif maker is not None:
                    before = tuple([one.replace(_LAST, stem[-1:]).replace(_STEM, stem) for one in maker])
                made[name] = before
            return made
        raise ValueError(f"no row of the paradigm {paradigm!r} fits {lemma!r}")


def _maker(column: str) -> tuple[str, ...] | None:
    """The ways in which a form is made, none for a verb without it; ``None`` where it is that of the column before."""
    return None if not column else () if column == "-" else tuple(column.split("/"))


class Ending(NamedTuple):
    """What words may be that nobody listed."""

    ending: str
    least: int
    """Letters of the shortest such word."""
    classes: frozenset[str]
    but: frozenset[str]
    """Endings of words that it does not hold for."""


def endings(file: Path) -> Sequence[Ending]:
    """The endings of a language, the longest first."""
    found = [
        Ending(
            row.columns[0],
            int(row.columns[1]),
            frozenset(row.columns[2].split()),
            frozenset(row.columns[3].split() if len(row.columns) > 3 else ()),
        )
        for row in rows(file, 3, 4)
        if _number(row.columns[1], row.problem)
    ]
    return sorted(found, key=lambda one: -len(one.ending))


def _number(column: str, problem: object) -> bool:
    if not column.isdecimal():
        raise problem(f"{column!r} is no number of letters")  # type: ignore[operator]
    return True


def by_ending(word: str, known: Sequence[Ending]) -> frozenset[str]:
    """The classes of a word in small letters by its ending; none when no ending is known."""
    for one in known:
        if word.endswith(one.ending) and len(word) >= one.least and not any(map(word.endswith, one.but)):
            return one.classes
    return frozenset()
