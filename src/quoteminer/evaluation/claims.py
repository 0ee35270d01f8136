"""Claims against gold, one document at a time: as spans, as judged sentences, and as a ranking."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from ..vocabulary import CLAIM_KINDS
from .annotated import AnnotatedClaim, AnnotatedDocument, Entity
from .bootstrap import SAMPLES, weights
from .matching import Pairs, assign
from .speakers import same_entity
from .tallies import Floats, Tally
from .words import Units, Words

#: Where precision of a ranking is cut, as in CheckThat!
CUTS: Final = (5, 10, 20, 50)
#: A sentence is said to be worth checking from this score on.
WORTH_CHECKING: Final = 0.5


@attrs.frozen(kw_only=True)
class ClaimComparison:
    """The claims of one document, gold and found.

    Attributes:
        pairs: indices of gold and found claims that overlap enough, one to one; empty for gold by sentences.
        best: gold by sentences: for each sentence the highest check-worthiness of a claim in it, ``None`` without one.
    """

    annotated: AnnotatedDocument
    words: Words
    gold: tuple[AnnotatedClaim, ...]
    found: tuple[AnnotatedClaim, ...]
    pairs: Pairs
    exact: Pairs
    best: list[float | None]

    @property
    def ranks(self) -> bool:
        """Whether gold judges sentences, which can be ranked."""
        return self.annotated.claim_style != "spans"

    def ranking(self) -> tuple[list[bool], list[float]]:
        """For each judged sentence, whether it is positive and its score; a sentence without a claim scores 0."""
        return [claim.positive for claim in self.gold], [score or 0.0 for score in self.best]


def compare_claims(gold: AnnotatedDocument, found: AnnotatedDocument) -> ClaimComparison:
    """Assign the claims that were found in a document to its gold claims or sentences."""
    words = Words(gold.document.text, gold.document.language)
    left = [words.content(claim.spans) for claim in gold.claims]
    right = [words.content(claim.spans) for claim in found.claims]
    by_spans = gold.claim_style == "spans"
    return ClaimComparison(
        annotated=gold,
        words=words,
        gold=gold.claims,
        found=found.claims,
        pairs=assign(left, right) if by_spans else [],
        exact=assign(left, right, at_least=1.0) if by_spans else [],
        best=[] if by_spans else _best_scores(left, right, found.claims),
    )


def _best_scores(sentences: Sequence[Units], contents: Sequence[Units], claims: Sequence[AnnotatedClaim]) -> list[float | None]:
    """A claim belongs to the sentence that it shares most words with."""
    holder = {unit: i for i, units in enumerate(sentences) for unit in units}
    scores: defaultdict[int, list[float]] = defaultdict(list)
    for units, claim in zip(contents, claims, strict=True):
        shares = Counter(holder[unit] for unit in units if unit in holder)
        if shares:
            home = min(shares, key=lambda i: (-shares[i], i))
            scores[home].append(claim.check_worthiness or 0.0)
    return [max(scores[i]) if i in scores else None for i in range(len(sentences))]


def claim_tally(comparison: ClaimComparison) -> Tally:
    """The metrics of one document; the names are explained in ``docs/evaluation.md``."""
    tally = Tally()
    if comparison.ranks:
        _count_sentences(tally, comparison)
    else:
        _count_spans(tally, comparison)
    return tally


def _count_spans(tally: Tally, comparison: ClaimComparison) -> None:
    gold, found, words = comparison.gold, comparison.found, comparison.words
    for name, pairs in (("claims.exact", comparison.exact), ("claims.overlap", comparison.pairs)):
        tally.add(name, len(pairs), len(found), len(pairs), len(gold))
    for kind in CLAIM_KINDS:
        tally.add(
            f"claims.overlap:{kind}",
            sum(found[j].kind == kind for _, j in comparison.pairs),
            sum(claim.kind == kind for claim in found),
            sum(gold[i].kind == kind for i, _ in comparison.pairs),
            sum(claim.kind == kind for claim in gold),
        )
    wanted = frozenset().union(*(words.content(claim.spans) for claim in gold))
    given = frozenset().union(*(words.content(claim.spans) for claim in found))
    shared = len(wanted & given)
    tally.add("claims.tokens", shared, len(given), shared, len(wanted))
    matched = [(gold[i], found[j]) for i, j in comparison.pairs]
    tally.share("claims.claimant", sum(_same_claimant(a.claimant, b.claimant, words) for a, b in matched), len(matched))
    known = [(a, b) for a, b in matched if a.kind is not None]
    tally.share("claims.kind", sum(a.kind == b.kind for a, b in known), len(known))


def _same_claimant(gold: Entity | None, found: Entity | None, words: Words) -> bool:
    """``None`` is the document's own voice, which is an answer as well."""
    if gold is None or found is None:
        return gold is None and found is None
    return same_entity(gold, found, words)


def _count_sentences(tally: Tally, comparison: ClaimComparison) -> None:
    positive, scores = comparison.ranking()
    if comparison.annotated.claim_style == "sentences":
        for name, given in (
            ("claims.sentences", [score is not None for score in comparison.best]),
            ("claims.worth_checking", [score >= WORTH_CHECKING for score in scores]),
        ):
            right = sum(a and b for a, b in zip(positive, given, strict=True))
            tally.add(name, right, sum(given), right, sum(positive))
            agree = sum(a == b for a, b in zip(positive, given, strict=True))
            tally.share(f"{name}.accuracy", agree, len(positive))
    if not any(positive):
        return
    tally.share("ranking.map", average_precision(positive, scores), 1)
    order = np.argsort(-np.asarray(scores), kind="stable")
    for cut in CUTS:
        tally.share(f"ranking.p@{cut}", sum(positive[i] for i in order[:cut]) / cut, 1)


def average_precision(positive: Sequence[bool], scores: Sequence[float]) -> float:
    """Average precision of a ranking; sentences with the same score form one step. Needs a positive sentence."""
    return float(_average_precisions(positive, scores, np.ones((1, len(scores))))[0])


def _average_precisions(positive: Sequence[bool], scores: Sequence[float], weight: Floats) -> Floats:
    """As :func:`average_precision`, for each row of weights of the sentences; a thousand rows at once for the bootstrap."""
    given = np.asarray(scores, dtype=float)
    order = np.argsort(-given, kind="stable")
    last = np.flatnonzero(np.append(np.diff(given[order]) != 0, True))
    weight = weight[:, order]
    right = np.cumsum(weight * np.asarray(positive, dtype=float)[order], axis=1)[:, last]
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.nan_to_num(right / np.cumsum(weight, axis=1)[:, last])
        steps = np.diff(right, axis=1, prepend=0.0) / right[:, -1:]
    result: Floats = (precision * steps).sum(axis=1)
    return result


def pooled_average_precision(
    comparisons: Sequence[ClaimComparison], *, samples: int = SAMPLES
) -> tuple[float, tuple[float, float] | None] | None:
    """Average precision over the sentences of all documents together, with its interval over documents.

    ``None`` when no sentence is positive.
    """
    ranked = [comparison.ranking() for comparison in comparisons if comparison.ranks]
    positive = [value for truths, _ in ranked for value in truths]
    scores = [value for _, values in ranked for value in values]
    if not any(positive):
        return None
    interval = None
    if len(ranked) > 1:
        home = np.repeat(np.arange(len(ranked)), [len(truths) for truths, _ in ranked])
        drawn = np.concatenate(
            [
                _average_precisions(positive, scores, part[:, home])
                for part in np.array_split(weights(len(ranked), samples=samples), 20)
            ]
        )
        low, high = np.nanpercentile(drawn, (2.5, 97.5))
        interval = (float(low), float(high))
    return average_precision(positive, scores), interval
