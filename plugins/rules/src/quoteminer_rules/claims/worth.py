"""How likely a sentence states something checkable, and how much that deserves checking: two linear models in one table.

Each feature is a word, a pair of words, or what the rules know of the sentence; the score is the logistic function of the sum of the weights.
The weights are in ``data``, learned by ``plugins/rules/learn/learn_claims.py``.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import Final, NamedTuple

from .lexicon import Flag, lines
from .words import CAPITAL, COMMA, MARK, WORD

_NUMBER: Final = int(Flag.NUMBER)
_TOGETHER: Final = {
    name: int(Flag[name])
    for name in (
        "FIRST", "CONDITION", "MODAL", "FUTURE", "CONDITIONAL", "NEGATOR", "HEDGE", "COMPARISON", "SUPERLATIVE", "CAUSATION", "LAW",
        "OBLIGATION", "PLEDGE", "MEASURE", "OPINION", "ATTITUDE", "NORMATIVE", "PAST", "THIRD", "OBJECT",
    )
}  # fmt: skip
Weights = tuple[float, float]
"""For being a claim, and for deserving a check."""


class Score(NamedTuple):
    """Logits of one sentence, with the features that they are the sum of."""

    claim: float
    worth: float
    seen: dict[str, Weights]

    def reasons(self) -> list[str]:
        """The features that speak most for a check, three at most."""
        best = sorted(self.seen, key=lambda feature: (-self.seen[feature][1], feature))[:3]
        return [feature for feature in best if self.seen[feature][1] > 0]


class Model(NamedTuple):
    """The weights by feature; pairs of words are keyed as "a b"."""

    words: dict[str, Weights]
    pairs: dict[str, Weights]
    traits: dict[str, Weights]
    bias: Weights


@functools.cache
def load(language: str) -> Model:
    """The model of a language."""
    model = Model({}, {}, {}, (0.0, 0.0))
    bias = (0.0, 0.0)
    for line in lines(language, "weights.tsv"):
        kind, name, claim, worth = line.split("\t")
        weights = (float(claim), float(worth))
        if kind == "bias":
            bias = weights
        else:
            {"word": model.words, "pair": model.pairs, "trait": model.traits}[kind][name] = weights
    return model._replace(bias=bias)


def normal(word: str, flag: int) -> str:
    """A word as the model knows it: digits stand for a year or a number."""
    if flag & _NUMBER and word[0].isdigit():
        return "<year>" if len(word) == 4 and word.isdigit() and 1500 <= int(word) < 2100 else "<number>"
    return word.replace("’", "'")


def traits(flags: list[int], normalised: list[str]) -> Iterator[str]:
    """What the rules know of a sentence."""
    union = 0
    numbers = capitals = 0
    length = 0
    for flag in flags:
        union |= flag
        if flag & WORD:
            length += 1
            if flag & _NUMBER:
                numbers += 1
            if flag & CAPITAL:
                capitals += 1
    for name, bit in _TOGETHER.items():
        if union & bit:
            yield name
    for bound in (4, 7, 10, 14, 19, 25, 32, 40):
        if length >= bound:
            yield f"length>={bound}"
    for bound in (1, 2, 3):
        if numbers >= bound:
            yield f"numbers>={bound}"
    for bound in (2, 3, 5):
        if capitals >= bound:
            yield f"capitals>={bound}"
    if length:
        share = numbers / length
        for limit in (0.05, 0.1, 0.2):
            if share >= limit:
                yield f"share of numbers>={limit}"


def pieces(words: list[str], flags: list[int]) -> list[str]:
    """The words of a sentence as the model counts them."""
    return [
        normal(word, flag) for word, flag in zip(words, flags, strict=True) if word and not flag & (MARK | COMMA) or word == ","
    ]


def score(words: list[str], flags: list[int], model: Model) -> Score:
    """The logits of a sentence (or of a piece of one)."""
    normalised = pieces(words, flags)
    claim, worth = model.bias
    seen: dict[str, Weights] = {}
    known = model.words
    for word in normalised:
        if word in known:
            seen[word] = known[word]
    pairs = model.pairs
    before = "<"
    for word in [*normalised, ">"]:
        pair = f"{before} {word}"
        if pair in pairs:
            seen[pair] = pairs[pair]
        before = word
    table = model.traits
    for trait in traits(flags, normalised):
        if trait in table:
            seen[trait] = table[trait]
    for weights in seen.values():
        claim += weights[0]
        worth += weights[1]
    return Score(claim, worth, seen)


def logistic(value: float) -> float:
    """From the sum of weights to a probability."""
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0
