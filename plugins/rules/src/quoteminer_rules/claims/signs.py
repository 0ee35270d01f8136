"""What the models of reports see of a word: the word, its beginning and ending, its classes, and how much each of them weighs.

The same features are seen of a word inside a claim, and near the place where one may begin or end; there their kind also tells how far away.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from quoteminer import ClaimKind

from ..language.morphology import by_ending
from ..language.pack import Pack
from .lexicon import Flag
from .weights import Feature, Weights, weights

EDGES: Final = "claim_edges.tsv"
SPANS: Final = "claim_spans.tsv"
KINDS_FILE: Final = "claim_kinds.tsv"
CLAIM_KINDS: Final[tuple[ClaimKind, ...]] = (
    "law_or_rule", "pledge", "prediction", "causation", "comparison", "quantity", "event", "other",
)  # fmt: skip
"""In the order of the columns of the table of kinds."""
REACH: Final = range(-3, 3)
"""The words around a place that are looked at; the word behind it is 0."""
_BEGINNING, _ENDING = 4, 3
_LONG, _LONGER = 5, 6
"""Letters of words whose ending, and whose beginning, counts."""
_FLAGS: Final = [(flag.name.lower(), int(flag)) for flag in Flag if flag.name and flag is not Flag.WORD]
FINITE: Final = frozenset(
    ["past", "third", "present", "base", "finite", "subjunctive", "auxiliary", "be", "have", "modal", "contracted_be"]
)
"""A word of one of these classes may be the verb of a clause."""
KINDS: Final = (
    ("gap", ("gap",)), ("cue", ("cue",)), ("source", ("source",)), ("comma", ("comma",)), ("stop", ("stop",)), ("pause", ("pause",)),
    ("line", ("line",)), ("sign", ("sign",)), ("relative", ("relative",)), ("complementiser", ("complementiser",)),
    ("coordinator", ("coordinator",)), ("subordinator", ("subordinator",)), ("condition", ("condition",)), ("pronoun", ("pronoun",)),
    ("auxiliary", ("auxiliary", "contracted_be")), ("determiner", ("determiner",)), ("preposition", ("preposition", "contraction")),
    ("adverb", ("adverb", "negation")), ("number", ("number",)), ("verb", ("past", "third", "present", "finite", "subjunctive")),
    ("nonfinite", ("infinitive", "participle", "ing")), ("name", ("capital",)), ("word", ()),
)  # fmt: skip
"""The rough kinds of words whose order is looked at, each with the classes that make it; the first that fits counts."""
LETTERS: Final = {name: chr(0x61 + number) for number, (name, _) in enumerate(KINDS)}
OUTSIDE: Final = "<"
"""Stands for the letter of what is not of the same voice or sentence."""
NAMES: Final = {letter: name for name, letter in LETTERS.items()} | {OUTSIDE: OUTSIDE}


def letter_of(classes: frozenset[str]) -> str:
    """The letter of the rough kind of a word with these classes."""
    return LETTERS[next(name for name, any_of in KINDS if not any_of or not classes.isdisjoint(any_of))]


class Signs:
    """What is seen of all words that are written alike.

    Attributes:
        classes: what it may be.
        features: by kind and name.
        around: how much they weigh near an edge of a claim, for each distance of :data:`REACH`.
        inside: how much they weigh in a claim.
        first, last, before, behind: how much the word weighs as the first or last of a claim, and beside it.
        letter: of the rough kind.
        finite: 1 where it may be the verb of a clause, else 0.
    """

    __slots__ = (
        "_folder",
        "_kinds",
        "around",
        "before",
        "behind",
        "classes",
        "features",
        "finite",
        "first",
        "inside",
        "last",
        "letter",
        "normal",
    )

    def __init__(self, folder: Path, normal: str, classes: frozenset[str]) -> None:
        self.normal: Final = normal
        self.classes: Final = classes
        self.features: Final = _features(normal, classes)
        edges, spans = edges_of(folder), spans_of(folder)
        self.around: Final = tuple(edges.total(at_distance(self.features, distance)) for distance in REACH)
        self.inside: Final = spans.total(self.features)
        self.first: Final = spans["first", normal]
        self.last: Final = spans["last", normal]
        self.before: Final = spans["before", normal]
        self.behind: Final = spans["behind", normal]
        self.letter: Final = letter_of(classes)
        self.finite: Final = int(not classes.isdisjoint(FINITE))
        self._folder: Final = folder
        self._kinds: dict[str, int] = {}

    def of_kind(self, place: str) -> int:
        """How much the word weighs for the kind of a claim in which it has a place; few words ever are in a claim."""
        weight = self._kinds.get(place)
        if weight is None:
            weight = self._kinds[place] = kinds_of(self._folder).total(at_place(self.features, place))
        return weight


@functools.cache
def special(folder: Path, name: str) -> Signs:
    """What is no word of the voice that speaks, its edge or a gap in it; or what a word is besides itself, a cue or a source."""
    return Signs(folder, f"<{name}>", frozenset([name]))


def at_distance(features: list[Feature], distance: int) -> list[Feature]:
    """The same features of a word so far from an edge."""
    return [(f"{kind} {distance:+d}", name) for kind, name in features]


def at_place(features: list[Feature], place: str) -> list[Feature]:
    """The same features of a word that has a place in its clause; none for any word of a claim."""
    return [(f"{place} {kind}", name) for kind, name in features] if place else features


@functools.cache
def edges_of(folder: Path) -> Weights:
    """The weights for a place to be the beginning, and the end, of a claim."""
    return weights(folder / "weights" / EDGES, 2)


@functools.cache
def spans_of(folder: Path) -> Weights:
    """The weights for some words to be a claim, and for a claim to be worth a check."""
    return weights(folder / "weights" / SPANS, 2)


@functools.cache
def kinds_of(folder: Path) -> Weights:
    """The weights for a claim to be of each kind."""
    return weights(folder / "weights" / KINDS_FILE, len(CLAIM_KINDS))


def classes_of(normal: str, flags: int, pack: Pack) -> frozenset[str]:
    """The classes of a word in small letters: those of its flags, and all that the lists or else its ending tell."""
    if not normal[0].isalnum() and normal[0] != "<":
        return frozenset(name for name, bit in _FLAGS if flags & bit) or frozenset(["sign"])
    listed = pack.classes(normal) | pack.listed.get(normal, frozenset())
    return frozenset(name for name, bit in _FLAGS if flags & bit) | (listed or by_ending(normal, pack.endings))


def _features(normal: str, classes: frozenset[str]) -> list[Feature]:
    found = [("word", "line" if normal[0] == "\n" else normal)]
    if normal.isalpha():
        if len(normal) >= _LONG:
            found.append(("ending", normal[-_ENDING:]))
        if len(normal) >= _LONGER:
            found.append(("beginning", normal[:_BEGINNING]))
    return found + [("class", name) for name in sorted(classes)]
