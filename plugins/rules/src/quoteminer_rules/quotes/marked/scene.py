"""What the search for marks knows while it goes through one block, and how it notes down what it finds."""

from __future__ import annotations

from typing import Final

from ...phrases import is_word
from ...tokens import Tokens
from ..attribution import Clause
from ..found import Found, attribute, inner

DASHES: Final = ("–", "—", "―", "-", "--", "---")
LONGEST_SENTENCE: Final = 150
"""Tokens: farther words of a sentence are not looked at."""
SPEECH: Final = frozenset({"say", "tell", "ask", "urge", "think", "show", "put", "point", "court"})
"""Classes of verbs that can report a quotation with marks."""


class Scene:
    """What the search knows while it goes through one block."""

    __slots__ = ("clause_end", "found", "last", "rejected", "used")

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.last: Found | None = None
        """The direct quotation that a following stretch may continue."""
        self.clause_end = -1
        """Token index behind the reporting clause of ``last`` (or behind its last stretch)."""
        self.rejected: set[int] = set()
        """Tokens of stretches that are no quotation (titles, scare quotes)."""
        self.used = -1
        """Token index up to which stretches are already part of a quotation."""


def direct(text: str, tokens: Tokens, k: int, clause: Clause | None, scene: Scene, rule: str) -> Found:
    stretch = tokens.atoms[k]
    assert stretch is not None
    quote = Found([inner(text, stretch)], "direct", rule)
    if clause is not None:
        attribute(tokens, quote, clause)
    scene.found.append(quote)
    scene.last = quote
    scene.clause_end = clause.last if clause is not None and clause.first > k else k + 1
    scene.used = k
    return quote


def mixed(text: str, tokens: Tokens, first: int, last: int, clause: Clause, scene: Scene, rule: str) -> Found:
    words = [i for i in range(first, last) if is_word(tokens, i) and tokens.words[i] != "that"]
    quote = Found([(tokens.starts[first], tokens.ends[last - 1])], "mixed", rule)
    if not words:
        quote.kind = "direct"
        quote.content = [inner(text, atom) for atom in tokens.atoms[first:last] if atom is not None]
    attribute(tokens, quote, clause)
    scene.found.append(quote)
    scene.last = None
    scene.used = last - 1
    return quote
