"""Learn ``weights/report_claims.tsv`` from the training part of the open corpus: ``python plugins/rules/learn/learn_report_claims.py``.

Two logistic regressions over the clauses that ``rules.claims`` finds in reports: is it a claim of the gold (half of the letters of both)? and, of those
that are one, is it worth a check? The features are words, their beginnings, endings and classes, the length, and those of
:mod:`quoteminer_rules.claims.judging`. Needs the extra ``evaluation``. What it reaches on the part for tuning is printed. Only weights are written, no sentence; equal input gives an equal file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.metrics import f1_score, roc_auc_score

from quoteminer import Document, Quote
from quoteminer.evaluation import AnnotatedClaim, AnnotatedDocument, seeds
from quoteminer_rules.claims import check_worthiness, judging, mining
from quoteminer_rules.claims.check_worthiness import Score
from quoteminer_rules.claims.clauses import Clause
from quoteminer_rules.claims.stretches import Stretch
from quoteminer_rules.claims.voice import Piece
from quoteminer_rules.components import QuoteRules

ROOT: Final = Path(__file__).resolve().parents[3]
TARGET: Final = ROOT / "plugins/rules/src/quoteminer_rules/languages/en/weights" / judging.TABLE
#: A feature must occur in so many clauses to be learned; a line break has no place in the table.
LEAST_COUNT: Final = 6
#: How strongly weights are drawn to zero, for each of the models, and by how much less those of a few kinds, which each clause has.
PENALTY: Final = {"claim": 6.0, "worth": 10.0}
SOFTER: Final = {"class": 0.3, "length": 0.3, "rule": 0.3, "several": 0.3, "number": 0.3, "time": 0.3}
SOFTEST: Final = 0.02
WORDS: Final = frozenset(["word", "beginning", "ending"])

Feature = tuple[str, str]


class Example(NamedTuple):
    """A clause: its features, whether it is a claim, and whether that is worth a check."""

    features: Mapping[Feature, float]
    claim: bool
    worth: bool


class Recording(mining.Search):
    """Keeps every clause that is judged, and lets it pass."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self.seen: list[tuple[Counter[Feature], list[Stretch]]] = []
        self._latest: Counter[Feature] = Counter()
        super().__init__(document, quotes, "en")

    def _verdict(self, ranges: Sequence[tuple[int, int]], traits: judging.Traits, score: Score) -> Score:
        found: Counter[Feature] = Counter([("bias", ""), *traits.features()])
        for first, last in ranges:
            for word, flags in zip(self._words.normal[first:last], self._words.flags[first:last], strict=True):
                found.update(check_worthiness.features_of(word, flags))
        count = sum(last - first for first, last in ranges)
        found.update(("length", f">={length}") for length in check_worthiness.LENGTHS if count >= length)
        sums = (*score, *self._scores.score(ranges))
        measured: dict[Feature, Any] = {
            feature: value / 100 for feature, value in zip(judging.measures(traits.voice), sums, strict=True)
        }
        found.update(measured)
        self._latest = found
        return Score(0, 0)

    def _described(
        self, piece: Piece, quote: int, clause: Clause, spans: list[Stretch], score: Score, reasons: list[str]
    ) -> mining.Found:
        if not self._lines.whole:
            # The sentences of a transcript are judged by another table.
            self.seen.append((self._latest, spans))
        return super()._described(piece, quote, clause, spans, score, reasons)


def examples(documents: Sequence[AnnotatedDocument]) -> Iterator[Example]:
    """The clauses of documents, with what gold says of them."""
    rules = QuoteRules()
    for one in documents:
        if not one.has_claims:
            continue
        quotes = [quote for quote in rules.extract(one.document) if isinstance(quote, Quote)]
        sure = [quote for quote in quotes if quote.kind == "direct" or quote.confidence >= mining.UNSURE]
        search = Recording(one.document, sure)
        search.run(mining.UNWATCHED)
        gold = [(letters([(span.start, span.end) for span in claim.spans]), claim) for claim in one.claims if claim.positive]
        for features, spans in search.seen:
            claim = best(letters(spans), gold)
            yield Example(features, claim is not None, claim is not None and (claim.check_worthiness or 0.0) > 0.5)


def letters(spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The offsets in spans."""
    return frozenset(offset for start, end in spans for offset in range(start, end))


def best(found: frozenset[int], gold: Sequence[tuple[frozenset[int], AnnotatedClaim]]) -> AnnotatedClaim | None:
    """The claim of the gold that shares half of the letters or more."""
    shares = [(len(found & other) / len(found | other), number) for number, (other, _) in enumerate(gold)]
    share, number = max(shares, default=(0.0, 0))
    return gold[number][1] if share >= 0.5 else None


class Fit:
    """A logistic regression over named features."""

    def __init__(self, examples: Sequence[Mapping[Feature, float]], truths: Sequence[bool], penalty: float) -> None:
        counts = Counter(feature for found in examples for feature in found)
        names = sorted(feature for feature, count in counts.items() if count >= LEAST_COUNT and feature[1].isprintable())
        self._index = {feature: number for number, feature in enumerate(names)}
        matrix, right = self._matrix(examples), np.array(truths, dtype=float)
        strength = penalty * np.array([1.0 if kind in WORDS else SOFTER.get(kind, SOFTEST) for kind, _ in names])

        def loss(weights: Any) -> tuple[float, Any]:
            sums = matrix @ weights
            value = float(np.sum(np.logaddexp(0, sums) - right * sums)) + float(strength @ weights**2) / 2
            return value, matrix.T @ (expit(sums) - right) + strength * weights

        found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
        self.weights = {feature: float(found[number]) for feature, number in self._index.items()}

    def _matrix(self, examples: Sequence[Mapping[Feature, float]]) -> Any:
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for found in examples:
            known = sorted((self._index[feature], value) for feature, value in found.items() if feature in self._index)
            columns += [column for column, _ in known]
            values += [value for _, value in known]
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(examples), len(self._index)))

    def sums(self, examples: Sequence[Mapping[Feature, float]]) -> Any:
        """The sums of the weights."""
        return self._matrix(examples) @ np.array(list(self.weights.values()))


def main() -> None:
    learned, held = (list(examples(seeds(part, "en"))) for part in ("train", "tune"))
    claim = Fit([one.features for one in learned], [one.claim for one in learned], PENALTY["claim"])
    claims = [one for one in learned if one.claim]
    worth = Fit([one.features for one in claims], [one.worth for one in claims], PENALTY["worth"])
    sums = claim.sums([one.features for one in held])
    truths = [one.claim for one in held]
    print(
        f"clause is a claim, tune: AUROC {roc_auc_score(truths, sums):.3f}, F1 {f1_score(truths, sums > mining.REPORTED / 100):.3f} of those found"
    )
    held_claims = [one for one in held if one.claim]
    print(
        f"worth a check, tune: AUROC {roc_auc_score([one.worth for one in held_claims], worth.sums([one.features for one in held_claims])):.3f}"
    )
    rows = []
    for feature in sorted({*claim.weights, *worth.weights}):
        weights = claim.weights.get(feature, 0.0), worth.weights.get(feature, 0.0)
        if any(round(weight, 2) for weight in weights):
            rows.append(f"{feature[0]}\t{feature[1]}\t{weights[0]:.2f}\t{weights[1]:.2f}\n")
    heading = (
        "# Weights of two linear models, learned by plugins/rules/learn/learn_report_claims.py from the open corpus (training part):\n"
        "# kind, feature, weight for a clause of a report to be a claim, weight for a claim to be worth a check.\n"
    )
    TARGET.write_text(heading + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} rows written to {TARGET.name}")


if __name__ == "__main__":
    main()
