"""How likely a sentence of a transcript states something checkable, and how much that deserves checking: two linear models in one table.

Each feature belongs to a word (the word itself, its beginning and ending, its classes), to two words that follow each other, or to the length
of the sentence, and counts as often as it occurs. So the score of any stretch of a text is a difference of running sums. The weights are in
``languages/en/weights/claims.tsv``, learned by ``plugins/rules/learn/learn_claims.py``.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, repeat
from operator import add
from pathlib import Path
from typing import Final, NamedTuple

from . import weights as tables
from .lexicon import Flag
from .weights import Feature, Weights

#: The classes of words that count, by name; verbs of promising and of planning count alike.
CLASSES: Final = {
    flag.name.lower(): int(flag) | (int(Flag.INTENTION) if flag is Flag.COMMISSIVE else 0)
    for flag in (
        Flag.FIRST_PERSON, Flag.PRONOUN, Flag.CONDITIONAL_SUBORDINATOR, Flag.MODAL, Flag.FUTURE_AUXILIARY, Flag.CONDITIONAL, Flag.NEGATIVE, Flag.HEDGE,
        Flag.COMPARISON, Flag.SUPERLATIVE, Flag.CAUSATION, Flag.LAW, Flag.OBLIGATION, Flag.COMMISSIVE, Flag.MEASURE,
        Flag.EVALUATIVE, Flag.STANCE, Flag.NORMATIVE, Flag.BASE, Flag.THIRD, Flag.PAST, Flag.PARTICIPLE, Flag.ING, Flag.OBJECT_FORM,
        Flag.NUMBER, Flag.CAPITAL, Flag.ADVERB, Flag.DETERMINATIVE, Flag.PREPOSITION,
    )
    if flag.name
}  # fmt: skip
_CLASSES: Final = [(("class", name), bit) for name, bit in CLASSES.items()]
#: A sentence of at least so many words and stops.
LENGTHS: Final = (3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 28, 34, 40)
#: So many letters at the beginning and the end of longer words count as well.
_LONG, _BEGINNING, _ENDING = 6, 4, 3


def features_of(normal: str, flags: int) -> list[tuple[str, str]]:
    """The features of a single word, by kind and name."""
    found = [("word", normal)]
    if len(normal) >= _LONG and normal.isalpha():
        found += [("beginning", normal[:_BEGINNING]), ("ending", normal[-_ENDING:])]
    return found + [feature for feature, bit in _CLASSES if flags & bit]


class Score(NamedTuple):
    """The sums of weights of a stretch of a text, in hundredths."""

    claim: int
    check_worthiness: int


class Model:
    """The weights of features by kind and name, each pair of them joined."""

    def __init__(self, features: Weights) -> None:
        self._features: Final = features
        self.known: Final = bool(features)
        """Whether the language has such a table."""
        self.bias: Final = features["bias", ""]
        self.pairs: Final = {
            (before, word): weight for name, weight in features.of_kind("pair") for before, _, word in (name.partition(" "),)
        }
        #: What speaks for a check by itself, with how much it weighs.
        self.telling: Final = {name: worth for name, weight in features.of_kind("word") if (worth := tables.last(weight)) > 0}
        self.telling_pairs: Final = {pair: worth for pair, weight in self.pairs.items() if (worth := tables.last(weight)) > 0}
        at_least = [features["length", f">={length}"] for length in LENGTHS]
        self._lengths: Final = list(accumulate(at_least, initial=0))

    def weight_of(self, features: list[Feature]) -> int:
        """What a word with these features adds to the scores of its sentence."""
        return self._features.total(features)

    def of_length(self, length: int) -> int:
        """What the length of a sentence adds."""
        return self._lengths[bisect_right(LENGTHS, length)]


@functools.cache
def load(folder: Path) -> Model:
    """The models of a language; they say nothing where it has none."""
    return Model(tables.weights(folder / "weights" / "claims.tsv", 2))


class Scores:
    """The scores of all stretches of a text.

    Args:
        normal: the words of the text as the model knows them.
        weights: what each of them adds.
    """

    __slots__ = ("_model", "_normal", "_pairs", "_sums")

    def __init__(self, normal: list[str], weights: list[int], model: Model) -> None:
        self._model = model
        self._normal = normal
        #: At each word, the weight of the pair with the word before.
        pairs = (
            map(model.pairs.get, zip(normal, normal[1:], strict=False), repeat(0)) if model.pairs else repeat(0, len(normal) - 1)
        )
        self._pairs = [0, *pairs]
        self._sums = list(accumulate(map(add, weights, self._pairs), initial=0))

    def score(self, runs: Sequence[tuple[int, int]]) -> Score:
        """The scores of what stands in some ranges of words as if it were one sentence."""
        total = self.total(runs)
        return Score(tables.first(total), tables.last(total))

    def total(self, runs: Sequence[tuple[int, int]]) -> int:
        """The same, joined."""
        model, normal, pairs, sums = self._model, self._normal, self._pairs, self._sums
        total, length = model.bias, 0
        before = "<"
        for first, last in runs:
            total += sums[last] - sums[first] - pairs[first] + model.pairs.get((before, normal[first]), 0)
            length += last - first
            before = normal[last - 1]
        return total + model.pairs.get((before, ">"), 0) + model.of_length(length)

    def reasons(self, runs: Sequence[tuple[int, int]]) -> list[str]:
        """The words and pairs of words that speak most for a check, three at most."""
        words, pairs = self._model.telling, self._model.telling_pairs
        found: dict[str, int] = {}
        for first, last in runs:
            normal = self._normal[first:last]
            for word in words.keys() & normal:
                found[word] = words[word]
            for pair in pairs.keys() & zip(normal, normal[1:], strict=False):
                found[" ".join(pair)] = pairs[pair]
        return sorted(found, key=lambda name: (-found[name], name))[:3]


def logistic(hundredths: float) -> float:
    """From the sum of weights to a probability."""
    return 1 / (1 + math.exp(-hundredths / 100)) if hundredths > -70000 else 0.0
