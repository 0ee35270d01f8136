"""How likely a sentence states something checkable, and how much that deserves checking: two linear models in one table.

Each feature is a word, a pair of words, or what the rules know of the sentence; the score is the logistic function of the sum of the weights.
The weights are in ``data``, learned by ``plugins/rules/learn/learn_claims.py``.
"""

from __future__ import annotations

import functools
import math
from typing import Final, NamedTuple

from .lexicon import Flag, lines
from .words import CAPITAL, WORD, normal, union_of

_NUMBER: Final = int(Flag.NUMBER)
_TOGETHER: Final = {
    name: int(Flag[name])
    for name in (
        "FIRST", "CONDITION", "MODAL", "FUTURE", "CONDITIONAL", "NEGATOR", "HEDGE", "COMPARISON", "SUPERLATIVE", "CAUSATION", "LAW",
        "OBLIGATION", "PLEDGE", "MEASURE", "OPINION", "ATTITUDE", "NORMATIVE", "PAST", "THIRD", "OBJECT",
    )
}  # fmt: skip
_ANY_OF_THEM: Final = union_of(_TOGETHER.values())


def _reached(name: str, bounds: tuple[int, ...]) -> list[tuple[str, ...]]:
    """The traits of each amount from 0 to the last bound, beyond which there are no more."""
    return [tuple(f"{name}>={bound}" for bound in bounds if amount >= bound) for amount in range(bounds[-1] + 1)]


_LENGTHS: Final = _reached("length", (4, 7, 10, 14, 19, 25, 32, 40))
_NUMBERS: Final = _reached("numbers", (1, 2, 3))
_CAPITALS: Final = _reached("capitals", (2, 3, 5))
_SHARES: Final = [(limit, f"share of numbers>={limit}") for limit in (0.05, 0.1, 0.2)]


class Feature(NamedTuple):
    """What speaks for or against a sentence: its weight for being a claim, its weight for deserving a check, its name."""

    claim: float
    worth: float
    name: str


class Score(NamedTuple):
    """Logits of one sentence, with the features that they are the sum of."""

    claim: float
    worth: float
    seen: list[Feature]

    def reasons(self) -> list[str]:
        """The features that speak most for a check, three at most."""
        return [name for _, name in sorted([(-worth, name) for _, worth, name in self.seen if worth > 0])[:3]]


class Model(NamedTuple):
    """The features by what they are found with: a word, a word and the one behind it, a trait."""

    words: dict[str, Feature]
    pairs: dict[tuple[str, str], Feature]
    traits: dict[str, Feature]
    bias: Feature


@functools.cache
def load(language: str) -> Model:
    """The model of a language."""
    bias = Feature(0.0, 0.0, "")
    model = Model({}, {}, {}, bias)
    for line in lines(language, "weights.tsv"):
        kind, name, claim, worth = line.split("\t")
        feature = Feature(float(claim), float(worth), name)
        if kind == "bias":
            bias = feature
        elif kind == "pair":
            before, _, word = name.partition(" ")
            model.pairs[before, word] = feature
        else:
            {"word": model.words, "trait": model.traits}[kind][name] = feature
    return model._replace(bias=bias)


@functools.lru_cache(maxsize=1 << 12)
def _together(union: int) -> tuple[str, ...]:
    return tuple(name for name, bit in _TOGETHER.items() if union & bit)


def traits(flags: list[int], normalised: list[str]) -> list[str]:
    """What the rules know of a sentence."""
    union = union_of(flags)
    length = len([flag for flag in flags if flag & WORD])
    numbers = len([flag for flag in flags if flag & _NUMBER]) if union & _NUMBER else 0
    capitals = len([flag for flag in flags if flag & CAPITAL])
    found = [
        *_together(union & _ANY_OF_THEM),
        *_LENGTHS[min(length, 40)],
        *_NUMBERS[min(numbers, 3)],
        *_CAPITALS[min(capitals, 5)],
    ]
    if numbers:
        share = numbers / length
        found += [name for limit, name in _SHARES if share >= limit]
    return found


def pieces(words: list[str], flags: list[int]) -> list[str]:
    """The words of a sentence as the model counts them."""
    return [known for word, flag in zip(words, flags, strict=True) if (known := normal(word, flag))]


def score(normalised: list[str], flags: list[int], model: Model) -> Score:
    """The logits of a sentence (or of a piece of one); ``normalised`` may hold empty words, which do not count."""
    normalised = list(filter(None, normalised))
    words, pairs, table = model.words, model.pairs, model.traits
    # A feature counts once, however often it occurs.
    seen = list(filter(None, map(words.get, dict.fromkeys(normalised))))
    together = zip(["<", *normalised], [*normalised, ">"], strict=True)
    seen += dict.fromkeys(filter(None, map(pairs.get, together)))
    seen += filter(None, map(table.get, traits(flags, normalised)))
    claim, worth, _ = model.bias
    for for_claim, for_worth, _ in seen:
        claim += for_claim
        worth += for_worth
    return Score(claim, worth, seen)


def logistic(value: float) -> float:
    """From the sum of weights to a probability."""
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0
