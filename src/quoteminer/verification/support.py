"""How well a stretch of a source supports a report: what of it stands there, what is denied and what is counted otherwise, weighed together."""

from __future__ import annotations

import math
from typing import Final

import attrs

from ..document import Document
from ..vocabulary import Support
from .folding import Words
from .lexicon import Lexicon

#: Signs behind which a negation denies nothing.
_CLAUSE_ENDS: Final = ",;:.!?…–—\n"
#: What a negation denies stands so near behind it, or before it at the end of a clause.
_BEHIND: Final = 8
_BEFORE: Final = 6
#: Words of these kinds are not what is denied, but belong to it: "not all", "not have to".
_BESIDE: Final = ("negation", "quantifier", "unit", "modal", "tense")
#: Where nearly all of a report stands there, what is denied is not put in other words.
_MOSTLY: Final = 0.9
_THOUSAND: Final = 1000
_MOST_MAGNITUDES: Final = 4


@attrs.frozen
class Evidence:
    """What is known of a report and a stretch of a source.

    Attributes:
        coverage: share of the report's words, by how rare they are, that stand there.
        late: share of the words of its second half that do not, where what is made up mostly stands.
        denied: whether one of both denies what the other says.
        one_denies: whether there is a negation in one of both only.
        other_number: whether another number stands there.
        no_number: whether a number of the report does not stand there, or only with another unit.
    """

    coverage: float
    late: float
    denied: bool
    one_denies: bool
    other_number: bool
    no_number: bool

    def terms(self) -> tuple[float, ...]:
        """What is weighed: each by itself, and by how much of the report stands there, as paraphrases have little in common with what they are of."""
        rest = (self.late, float(self.denied), float(self.one_denies), float(self.other_number))
        return (1.0, self.coverage, *rest, *(self.coverage * one for one in rest))


#: Weights of the terms: a logistic regression on reports of the pairs of articles and transcripts and, with the same weight, on those that are made of
#: the open corpus; of both the train part (`python -m tests.benchmarks.verification --calibrate`).
_WEIGHTS: Final[dict[Support, tuple[float, ...]]] = {
    "supported": (1.41, 0.72, -0.69, 0.20, 0.46, -0.35, -1.83, -1.12, -2.04, -1.73),
    "partly": (-2.15, 1.14, 1.62, -0.35, -0.75, -0.71, 3.34, -0.23, 1.16, -0.49),
    "contradicted": (0.74, -1.86, -0.92, 0.15, 0.29, 1.06, -1.52, 1.35, 0.88, 2.22),
}


def judged(evidence: Evidence) -> tuple[Support, float]:
    """The likeliest support, and its probability."""
    terms = evidence.terms()
    scores = {support: math.exp(sum(map(float.__mul__, terms, weights))) for support, weights in _WEIGHTS.items()}
    if evidence.no_number or (evidence.denied and evidence.coverage >= _MOSTLY):
        # However much else stands there, this was not said.
        del scores["supported"]
    best = max(scores, key=scores.__getitem__)
    return best, round(scores[best] / sum(scores.values()), 3)


def denies(words: Words, low: int, high: int, lexicon: Lexicon) -> bool:
    """Whether there is a negation in a stretch."""
    return any(lexicon.kind(words.keys[place]) == "negation" for place in range(low, high))


def denied(words: Words, low: int, high: int, document: Document, lexicon: Lexicon) -> dict[int, int]:
    """The words of a stretch that are denied, each with the negation: the first one behind it in its clause, else the last one before it."""
    found: dict[int, int] = {}
    for place in range(low, high):
        if lexicon.kind(words.keys[place]) != "negation":
            continue
        behind = range(place + 1, min(place + 1 + _BEHIND, high))
        before = range(place - 1, max(low - 1, place - 1 - _BEFORE), -1)
        head = _head(behind, words, document, lexicon)
        head = _head(before, words, document, lexicon) if head is None else head
        if head is None:
            continue
        # Two negations are none.
        if head in found:
            del found[head]
        else:
            found[head] = place
    return found


def _head(places: range, words: Words, document: Document, lexicon: Lexicon) -> int | None:
    """The first of the places, within a clause, with a word that can be denied."""
    for place in places:
        last = place - 1 if places.step > 0 else place
        if any(sign in _CLAUSE_ENDS for sign in document.text[words.ends[last] : words.starts[last + 1]]):
            return None
        key = words.keys[place]
        if key not in lexicon.function and lexicon.kind(key) not in _BESIDE:
            return place
    return None


def same_figures(one: str, two: str) -> bool:
    """Whether two numbers differ by thousands, millions or billions only, which may go without saying: "64 million, after 81"."""
    try:
        low, high = sorted((abs(float(one[1:])), abs(float(two[1:]))))
    except ValueError:
        return False
    return any(low * _THOUSAND**power == high for power in range(1, _MOST_MAGNITUDES)) if low else False
