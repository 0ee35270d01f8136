"""Sentences as rows of chunks."""

from __future__ import annotations

from typing import Final

from .chunks import LETTER, NAMES
from .passages import Passage

Part = tuple[int, int]
"""Chunks of a sentence, the end exclusive."""


def letters_of(*kinds: str) -> frozenset[str]:
    """The letters of kinds of chunks in the shape of a sentence."""
    return frozenset(LETTER[kind] for kind in kinds)


NOMINAL: Final = letters_of("pronoun", "name", "noun_phrase")
FINITE: Final = letters_of("verb", "passive")
VERBAL: Final = FINITE | letters_of("infinitive", "ing")
_WORDED: Final = frozenset(["complementiser", "question", "relative", "subordinator", "coordinator", "preposition", "other"])
_OWNERS: Final = frozenset(["'s", "’s"])


class Sentence:
    """One sentence of a passage; ``shape`` has a letter for the kind of each chunk, ``firsts`` the token at which each begins and one more."""

    __slots__ = ("_kinds", "_turned", "firsts", "passage", "shape", "subjects")

    def __init__(self, passage: Passage, shape: str, firsts: list[int]) -> None:
        self.passage: Final = passage
        self.shape: Final = shape
        self.firsts: Final = firsts
        self._turned = ""
        self._kinds: list[str] = []
        self.subjects: Final[dict[int, Part | None]] = {}
        """Who does what a verb says, by its chunk, as far as :mod:`.subjects` was asked."""

    @property
    def turned(self) -> str:
        """The shape backwards, for patterns that are read to the left."""
        if not self._turned:
            self._turned = self.shape[::-1]
        return self._turned

    def kind(self, chunk: int) -> str:
        """The kind of a chunk, or its word in small letters where that is of a closed class; "owner" of what follows it, "edge" outside the sentence."""
        if not self._kinds:
            raw, firsts = self.passage.raw, self.firsts
            kinds = [NAMES[letter] for letter in self.shape]
            self._kinds = [
                raw[firsts[i]].lower() if kind in _WORDED else "owner" if raw[firsts[i + 1] - 1][-2:] in _OWNERS else kind
                for i, kind in enumerate(kinds)
            ]
        return self._kinds[chunk] if 0 <= chunk < len(self._kinds) else "edge"

    def tokens(self, part: Part) -> tuple[int, int]:
        """The tokens of some chunks."""
        return self.firsts[part[0]], self.firsts[part[1]]

    def signals(self, chunk: int) -> bool:
        """Whether a chunk holds a word that may report."""
        letters = self.passage.letters[self.firsts[chunk] : self.firsts[chunk + 1]]
        return not self.passage.signals.isdisjoint(letters)
