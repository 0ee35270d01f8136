"""What the models of reports see of a word: the word, its beginning and ending, its classes, and how much each of them weighs.

The same features are seen of a word inside a claim, and near the place where one may begin or end; there their kind also tells how far away.
"""

from __future__ import annotations

import enum
import functools
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import ClaimKind

from ..language.morphology import by_ending
from ..language.pack import Pack
from .lexicon import Flag
from .weights import Feature, Weights, last, weights

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
ANYWHERE, VERB, GROUP, SUBJECT = "", "verb", "group", "subject"
PLACES: Final = (ANYWHERE, VERB, GROUP, SUBJECT)
"""Places of words in a clause: anywhere, its first verb, those right behind it, those before it."""
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
_OUTSIDE: Final = "outside"
NAMES: Final = {letter: name for name, letter in LETTERS.items()} | {OUTSIDE: OUTSIDE}


class Tells(enum.IntFlag):
    """What a word tells of whom a claim is about, and of what time it is."""

    FIRST = 1
    THIRD = 2
    FUTURE = 4
    CONDITIONAL = 8


_TELLS: Final = (
    (frozenset(["first_person"]), int(Tells.FIRST)), (frozenset(["third_person"]), int(Tells.THIRD)),
    (frozenset(["future_auxiliary", "future"]), int(Tells.FUTURE)), (frozenset(["conditional"]), int(Tells.CONDITIONAL)),
)  # fmt: skip


def letter_of(classes: frozenset[str]) -> str:
    """The letter of the rough kind of a word with these classes."""
    if _OUTSIDE in classes:
        return OUTSIDE
    return LETTERS[next(name for name, any_of in KINDS if not any_of or not classes.isdisjoint(any_of))]


class Signs:
    """What is seen of all words that are written alike.

    Attributes:
        classes: what it may be.
        around_0, …: how much it weighs near an edge of a claim, for each distance of :data:`REACH`. No tuple, as columns of many words are taken
            out: to turn rows into columns makes as many iterators, for which the interpreter collects garbage.
        inside: how much it weighs in a claim.
        first, last, before, behind: how much it weighs as the first or last word of a claim, and beside it.
        kinds: how much it weighs for the kind of a claim in which it stands, at each of :data:`PLACES`.
        telling: how much it speaks for a check where it does, else 0.
        letter: of the rough kind.
        finite: 1 where it may be the verb of a clause, else 0.
        tells: what it tells of who and when, bits of :class:`Tells`.
    """

    __slots__ = (
        "around_0",
        "around_1",
        "around_2",
        "around_3",
        "around_4",
        "around_5",
        "before",
        "behind",
        "classes",
        "finite",
        "first",
        "inside",
        "kinds",
        "last",
        "letter",
        "normal",
        "telling",
        "tells",
    )

    def __init__(self, tables: Tables, normal: str, classes: frozenset[str]) -> None:
        self.normal: Final = normal
        self.classes: Final = classes
        weights, of_spans = tables.of_word(normal, classes), tables.spans.of_name(normal)
        self.around_0, self.around_1, self.around_2, self.around_3, self.around_4, self.around_5 = weights[:_INSIDE]
        self.inside: Final = weights[_INSIDE]
        self.kinds: Final = weights[_INSIDE + 1 :]
        self.telling: Final = max(0, last(self.inside))
        self.first: Final = of_spans.get("first", 0)
        self.last: Final = of_spans.get("last", 0)
        self.before: Final = of_spans.get("before", 0)
        self.behind: Final = of_spans.get("behind", 0)
        of_classes = tables.of_classes(classes)
        self.letter: Final = of_classes.letter
        self.finite: Final = of_classes.finite
        self.tells: Final = of_classes.tells

    @property
    def around(self) -> tuple[int, ...]:
        """How much it weighs near an edge of a claim, for each distance of :data:`REACH`."""
        return self.around_0, self.around_1, self.around_2, self.around_3, self.around_4, self.around_5

    @property
    def features(self) -> list[Feature]:
        """By kind and name what weighs; only who learns needs it."""
        return [*_of_writing(self.normal), *_of_classes(self.classes)]


Weighed = tuple[int, ...]
"""What something weighs near an edge, inside, and at each place for the kind."""
_INSIDE: Final = len(REACH)
_NOTHING: Final[Weighed] = (0,) * (_INSIDE + 1 + len(PLACES))
_MEMORY: Final = 1 << 16
_KINDS: Final = {
    kind: (tuple(f"{kind} {distance:+d}" for distance in REACH), tuple(f"{place} {kind}".strip() for place in PLACES))
    for kind in ("word", "ending", "beginning", "class")
}
"""The kinds of features of a word, and what they are called near an edge, for each distance, and at each place in a clause."""


class OfClasses(NamedTuple):
    """What words of the same classes have in common."""

    weights: Weighed
    letter: str
    finite: int
    tells: int


class Tables:
    """The learned tables of a language by what is seen of a word: each of its features is looked up once for all that it weighs."""

    def __init__(self, folder: Path) -> None:
        self.spans: Final = spans_of(folder)
        self._edges: Final = edges_of(folder)
        self._kinds: Final = kinds_of(folder)
        self._features: Final[dict[Feature, Weighed]] = {}
        self._known: Final[dict[frozenset[str], OfClasses]] = {}

    def of_word(self, normal: str, classes: frozenset[str]) -> Weighed:
        """What a word weighs."""
        found = [self.of_classes(classes).weights]
        for feature in _of_writing(normal):
            weights = self._of_feature(feature)
            if weights is not _NOTHING:
                found.append(weights)
        return found[0] if len(found) == 1 else tuple(map(sum, zip(*found, strict=True)))

    def of_classes(self, classes: frozenset[str]) -> OfClasses:
        """What words with these classes have in common; there are some hundreds of such sets."""
        known = self._known.get(classes)
        if known is None:
            found = [_NOTHING, *(self._of_feature(feature) for feature in _of_classes(classes))]
            known = self._known[classes] = OfClasses(
                tuple(map(sum, zip(*found, strict=True))),
                letter_of(classes),
                int(not classes.isdisjoint(FINITE)),
                sum(bit for names, bit in _TELLS if not classes.isdisjoint(names)),
            )
        return known

    def _of_feature(self, feature: Feature) -> Weighed:
        """All that a feature of words weighs, :data:`_NOTHING` where it is in no table."""
        known = self._features.get(feature)
        if known is None:
            kind, name = feature
            near, placed = _KINDS[kind]
            of_edges, of_spans, of_kinds = self._edges.of_name(name), self.spans.of_name(name), self._kinds.of_name(name)
            if of_edges or of_spans or of_kinds:
                known = (
                    *[of_edges.get(one, 0) for one in near],
                    of_spans.get(kind, 0),
                    *[of_kinds.get(one, 0) for one in placed],
                )
            if known is None or not any(known):
                known = _NOTHING
            if len(self._features) >= _MEMORY:
                self._features.clear()
            self._features[feature] = known
        return known


@functools.cache
def tables(folder: Path) -> Tables:
    """The learned tables of a language, arranged once."""
    return Tables(folder)


@functools.cache
def special(folder: Path, name: str) -> Signs:
    """What is no word of the voice that speaks, its edge or a gap in it; or what a word is besides itself, a cue or a source."""
    return Signs(tables(folder), f"<{name}>", frozenset([name]))


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
        return _names_of(flags) or frozenset(["sign"])
    listed = pack.classes(normal) | pack.listed.get(normal, frozenset())
    return _names_of(flags) | (listed or by_ending(normal, pack.endings))


@functools.lru_cache(maxsize=10_000)
def _names_of(flags: int) -> frozenset[str]:
    return frozenset([name for name, bit in _FLAGS if flags & bit])


def _of_writing(normal: str) -> list[Feature]:
    found = [("word", "line" if normal[0] == "\n" else normal)]
    if normal.isalpha():
        if len(normal) >= _LONG:
            found.append(("ending", normal[-_ENDING:]))
        if len(normal) >= _LONGER:
            found.append(("beginning", normal[:_BEGINNING]))
    return found


def _of_classes(classes: frozenset[str]) -> list[Feature]:
    return [("class", name) for name in sorted(classes)]
