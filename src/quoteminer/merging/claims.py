"""One place decides what happens when several extractors find the same claim.

1. Finds of *different* extractors are the same claim when their words overlap by intersection over union of at least one half, or when one
   holds four fifths of the other, counted in code points. What a single extractor gives is never merged with itself.
2. Of the same claim a find that has a kind of its own stands, with its boundaries, claimant, kind and modality: that of the extractor whose silence tells
   most, and among equals the surest (ties: the narrower one, then the name of the extractor); where none has a kind, the narrowest. So a sentence of which
   no more is known gives way to every clause in it. Quantities and times that another of the same finds read in the words that stand are kept.
3. What gives way lends its scores. Confidence and check-worthiness of what stands are those of the mean log-odds, in which each extractor
   has one voice, that of its find which overlaps most (a logarithmic opinion pool: Genest and Zidek 1986), and speaks as loud as its silence tells, by
   the logarithm of that factor. Unlike for quotations, two finds are no independent witnesses here: both judge the same words.
4. Silence counts too. For each other extractor that found claims in the document, but not this one, the odds of both scores are multiplied
   by what its silence tells (``ClaimExtractor.silence``; 0.5 where it does not say). Where several extractors found claims, one whose confidence is then
   below 0.36 is left out: an extractor says which claims there are by what it does not give, so all of them together must be able to say no. What a
   single extractor gives stands as it is.
5. The provenance names all extractors, that of the find that stands first.

The result does not depend on the order of the extractors or of the finds, and reconciling a result again changes nothing.

Time grows as n log n, whatever the claims are: see :mod:`quoteminer.merging.overlap`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

import attrs

from ..annotations import Claim, joined, with_ids
from ..spans import Span
from . import overlap

SAME: Final = 0.5
HELD: Final = 0.8
SILENCE: Final = 0.5
LEAST: Final = 0.36
"""Chosen on the part of the open corpus for tuning: of 0.3 to 0.45 the best there but for the third decimal, and on transcripts (policlaim) F1 is .880 with it and .885 with 0.4.
``SILENCE`` was chosen on annotated transcripts, of 0.3, 0.4, 0.5 and 0.6."""
_MOST: Final = 0.999
"""Certainty has no log-odds; so sure is sure enough."""


def reconcile_claims(results: Iterable[tuple[str, Sequence[Claim]]], silence: Mapping[str, float] | None = None) -> list[Claim]:
    """Merge what several extractors found, by the rules of this module.

    Args:
        results: name of the extractor and its claims, one pair an extractor.
        silence: how much the silence of an extractor tells, by name: a factor for the odds, above 0 and at most 1.

    Returns:
        claims in text order with ids ``c1``, ``c2``, …
    """
    given = [(name, claims) for name, claims in results if claims]
    if len(given) < 2:
        found = [claim for _, claims in given for claim in claims]
    else:
        # In an order of their own, so that neither extractors nor finds decide anything by coming first.
        given.sort(key=lambda item: item[0])
        told = [(silence or {}).get(name, SILENCE) for name, _ in given]
        found = list(_merged([sorted(claims, key=_canonical) for _, claims in given], told))
    found.sort(key=_place)
    return [with_ids(claim, id=f"c{number}") for number, claim in enumerate(found, 1)]


def _merged(given: list[list[Claim]], silence: list[float]) -> Iterator[Claim]:
    #: Of each find, by number of extractor and of find, those of others that are the same, with the overlap.
    same: defaultdict[tuple[int, int], list[tuple[float, int, Claim]]] = defaultdict(list)
    for a, b in combinations(range(len(given)), 2):
        for value, i, j in _pairs(given[a], given[b]):
            same[a, i].append((value, b, given[b][j]))
            same[b, j].append((value, a, given[a][i]))
    for a, claims in enumerate(given):
        for i, claim in enumerate(claims):
            others = same.get((a, i), ())
            if any(_rank(other, silence[b]) < _rank(claim, silence[a]) for _, b, other in others):
                continue
            voices: dict[int, tuple[float, Claim]] = {}
            for value, b, other in others:
                old = voices.get(b)
                if old is None or (-value, _rank(other, silence[b])) < (-old[0], _rank(old[1], silence[b])):
                    voices[b] = value, other
            every = [(claim, silence[a]), *((other, silence[b]) for b, (_, other) in voices.items())]
            merged = _with_scores(every, math.prod(told for b, told in enumerate(silence) if b != a and b not in voices))
            if merged.confidence >= LEAST:
                yield merged


def _pairs(left: list[Claim], right: list[Claim]) -> Iterator[tuple[float, int, int]]:
    """Pairs that are the same claim, with their overlap."""

    def value(i: int, j: int, common: int, left_size: int, right_size: int) -> float:
        union = left_size + right_size - common
        return common / union if common >= SAME * union or common >= HELD * min(left_size, right_size) else 0.0

    return overlap.pairs([claim.spans for claim in left], [claim.spans for claim in right], value)


def _rank(claim: Claim, silence: float) -> tuple[object, ...]:
    """What is lowest stands; ``silence`` is how much that of its extractor tells."""
    size, unknown = overlap.size(claim.spans), claim.kind == "other"
    order = (size, -claim.confidence) if unknown else (silence, -claim.confidence, size)
    return (unknown, *order, claim.provenance.extractor, _canonical(claim))


def _with_scores(every: list[tuple[Claim, float]], silent: float) -> Claim:
    """The first of the same finds, each with how much the silence of its extractor tells, with the scores of all; ``silent`` is the factor of those that say nothing."""
    claim = every[0][0]
    others = sorted(every[1:], key=lambda one: _canonical(one[0]))
    measured = claim
    if not (claim.quantities or claim.times):
        measured = next((one for one, _ in others if one.quantities or one.times), claim)
    ordered = [every[0], *others]
    weights = [-math.log(told) for _, told in ordered]
    return attrs.evolve(
        claim,
        quantities=[one for one in measured.quantities if _within(one.span, claim)],
        times=[one for one in measured.times if _within(one.span, claim)],
        confidence=_pooled([one.confidence for one, _ in ordered], weights, silent),
        check_worthiness=_pooled([one.check_worthiness for one, _ in ordered], weights, silent),
        provenance=joined([one.provenance for one, _ in ordered]),
    )


def _within(span: Span, claim: Claim) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in claim.spans)


def _pooled(probabilities: list[float], weights: list[float], silent: float) -> float:
    """The probability of the weighted mean of log-odds, whose odds are multiplied by ``silent``."""
    if len(probabilities) == 1 and silent == 1:
        return probabilities[0]
    if not any(weights):
        weights = [1.0] * len(probabilities)
    odds = math.fsum(
        weight * math.log(kept / (1 - kept))
        for one, weight in zip(probabilities, weights, strict=True)
        for kept in (min(max(one, 1 - _MOST), _MOST),)
    )
    return round(1 / (1 + math.exp(-odds / math.fsum(weights)) / silent), 6)


def _place(claim: Claim) -> tuple[object, ...]:
    return (claim.spans[0].start, -claim.spans[-1].end, claim.kind, claim.provenance.extractor, claim.spans)


def _canonical(claim: Claim) -> tuple[object, ...]:
    """Sort key over all that a claim is."""
    return (
        *_place(claim),
        claim.claimant or "",
        claim.quote or "",
        -claim.confidence,
        -claim.check_worthiness,
        claim.modality,
        claim.negated,
        claim.provenance.version,
        repr(claim.provenance.detail),
        repr((claim.quantities, claim.times)),
        claim.id,
    )
