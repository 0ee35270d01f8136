"""Somebody or something that a text tells of, in any language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

_HUMAN: Final = frozenset(["person", "unknown"])


class Entity:
    """Somebody or something that the text names; a speaker when it turns out to speak."""

    __slots__ = (
        "address", "age", "article", "count", "gender", "key", "kind", "mentions", "name", "place", "positions", "role", "serial", "spoken",
        "titles", "votes", "words",
    )  # fmt: skip

    def __init__(self, serial: int, words: tuple[str, ...], kind: str, name: str | None = None) -> None:
        self.serial = serial
        self.words = words
        self.key = tuple(word.lower() for word in words)
        self.name = name or " ".join(words)
        self.kind = kind
        self.address = ""
        """What a civil title tells, where it tells namesakes apart: ``married``, ``unmarried`` or the gender."""
        self.gender: str | None = None
        """What titles, given names and nouns say: ``male``, ``female``; a cue for pronouns only."""
        self.votes = [0, 0]
        """How often pronouns of men and of women follow the name."""
        self.role: str | None = None
        self.age: str | None = None
        self.titles: set[str] = set()
        """Titles that stand before the name, lower case."""
        self.article = False
        self.place = False
        """Whether it names a place or a work, which speaks only if the text says so."""
        self.count = 0
        self.spoken = 0
        self.positions: list[int] = []
        """Where the text names it, ascending."""
        self.mentions: set[tuple[int, int]] = set()

    def votes_for(self, gender: str) -> tuple[int, int]:
        """How often pronouns of a gender follow the name, and how often those of the other."""
        male, female = self.votes
        return (male, female) if gender == "male" else (female, male)

    @property
    def likely_gender(self) -> str | None:
        """The gender that titles, names and nouns tell, else the one that pronouns mostly say."""
        male, female = self.votes
        if self.gender is not None or male == female:
            return self.gender
        return "male" if male > female else "female"

    def last_before(self, offset: int) -> int:
        """The last place before ``offset`` where the text names it, or -1."""
        at = bisect_left(self.positions, offset)
        return self.positions[at - 1] if at else -1


def main_person(entities: Iterable[Entity]) -> Entity | None:
    """Who is named most often of those that are no organisations, if anybody is named twice."""
    found = max((one for one in entities if one.kind in _HUMAN), key=lambda one: (one.count, -one.serial), default=None)
    return found if found is not None and found.count > 1 else None
