"""Where reported words end: the places where they can, and how likely each is the end.

Reported words behind their cue go on to the end of the sentence unless something stops them: a further report, a new main
clause, a comment of the writer. Every place that could stop them is described by features; the table ``end`` of the evidence
weighs them.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from ...lexicon import Lexicon
from ...phrases import Range, is_word
from ...tokens import Tokens
from .evidence import Signs, Table, log_odds, tables

_PUNCTUATION: Final = frozenset([",", ";", ":", "dash", "-", "(", ")", "[", "]"])
_JOINTS: Final = frozenset([",", ";", "dash", "and", "but", "while", "as", "although", "though"])
_AHEAD: Final = 7
_LENGTHS: Final = (2, 4, 7, 11, 18)
_MEMORY: Final = 50_000

Place = tuple[str, str, str, str, int, str, int, str, bool]
"""Frame family, what stands there, the shapes of the two tokens behind it, length so far and length of the rest (in steps),
commas so far, shape of the token before, whether a further report follows."""


class Ends:
    """The search for ends with the table ``end`` of a language; what it computes for one kind of place it remembers."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: dict[Place, tuple[float, float]] = {}

    def end_of(self, tokens: Tokens, first: int, stop: int, family: str, lexicon: Lexicon, least: int = 0) -> int:
        """The most likely end of content that begins at token ``first``, not before ``least``; ``stop`` bounds its sentence."""
        best = stop
        best_score = -math.inf
        going_on = 0.0
        for at, place in places(tokens, first, stop, family, lexicon):
            known = self._known.get(place)
            if known is None:
                known = self._weigh(place)
            if going_on + known[0] > best_score and at >= least:
                best, best_score = at, going_on + known[0]
            going_on += known[1]
            if going_on < best_score:
                # Both are sums of logarithms of probabilities, so nothing further on can become likelier than this.
                return best
        return stop

    def _weigh(self, place: Place) -> tuple[float, float]:
        """The logarithms of the probabilities that content ends there, and that it does not."""
        odds = log_odds(self._table, signs_of(place))
        ends = -math.log1p(math.exp(-odds)) if odds > -30 else odds
        goes_on = -math.log1p(math.exp(odds)) if odds < 30 else -odds
        if len(self._known) >= _MEMORY:
            self._known.clear()
        self._known[place] = (ends, goes_on)
        return ends, goes_on


@functools.cache
def ends_of(language: str) -> Ends:
    """The search for ends in a language."""
    return Ends(tables(language)["end"])


def places(tokens: Tokens, first: int, stop: int, family: str, lexicon: Lexicon) -> Iterator[tuple[int, Place]]:
    """The places behind ``first`` where content of a frame family can end, each with what is known of it."""
    words, atoms = tokens.words, tokens.atoms
    shapes = shapes_of(tokens, lexicon)
    last = stop - 1
    kinds, speech = lexicon.stops, lexicon.speech_words
    depth = 0
    commas = 0
    for i in range(first + 1, stop):
        name = kinds.get(words[i])
        if name is None:
            if atoms[i - 1] is None or depth or _describes(tokens, i - 1, first, lexicon):
                continue
            name = "mark"
        if name in "([":
            depth += 1
            if depth > 1:
                continue
        elif name in ")]" and depth:
            depth -= 1
            continue
        elif depth:
            continue
        elif name == ",":
            commas += 1
        elif kinds.get(words[i - 1]) in _PUNCTUATION:
            # The place before the mark is the one that counts.
            continue
        following = shapes[i + 1] if i < last else "END"
        behind = shapes[i + 2] if i + 1 < last else "END"
        bucket = bisect_left(_LENGTHS, i - first)
        rest = stop - i
        size = "short" if rest <= 4 else "middle" if rest <= 10 else "long"
        further = name in _JOINTS and not speech.isdisjoint(words[i + 1 : min(stop, i + _AHEAD)])
        yield i, (family, name, following, behind, bucket, size, min(commas, 3), shapes[i - 1], further)


def _describes(tokens: Tokens, i: int, first: int, lexicon: Lexicon) -> bool:
    """Whether the marked stretch at ``i`` describes the noun behind it ("the “temporary” barriers")."""
    return i > first and tokens.words[i - 1] in lexicon.determiners and tokens.raw[i + 1][0].islower()


def signs_of(place: Place) -> Signs:
    """What speaks for or against an end."""
    family, name, following, behind, length, rest, commas, earlier, further = place
    heads = ["", "family:" + family, name, f"{family} {name}"]
    traits = [
        "",
        following,
        f"{following} {behind}",
        f"length:{length}",
        "rest:" + rest,
        f"commas:{commas}",
        "before:" + earlier,
    ]
    if further:
        traits += ["report", "report " + following]
    return Signs(heads, traits)


def shape(tokens: Tokens, i: int, stop: int, lexicon: Lexicon) -> str:
    """What kind of word stands at ``i``: function words by themselves, others by their form."""
    return shapes_of(tokens, lexicon)[i] if i < stop else "END"


def shapes_of(tokens: Tokens, lexicon: Lexicon) -> list[str]:
    """What kind of word each token is, computed once: every candidate asks for those around it."""
    if not tokens.shapes:
        shapes = lexicon.shapes
        tokens.shapes = [
            "MARKED" if atom is not None else shapes[piece] for piece, atom in zip(tokens.raw, tokens.atoms, strict=True)
        ]
    return tokens.shapes


def trim(tokens: Tokens, first: int, last: int) -> Range | None:
    """The range without punctuation at its edges; brackets stay when their partner is inside."""
    raw = tokens.raw
    while first < last and _loose(tokens, first) and raw[first] not in ("(", "[", "$", "£", "€"):
        first += 1
    while last > first and _loose(tokens, last - 1) and raw[last - 1] not in ("%", ")", "]"):
        last -= 1
    return (first, last) if first < last else None


def _loose(tokens: Tokens, i: int) -> bool:
    return not is_word(tokens, i) and tokens.atoms[i] is None
