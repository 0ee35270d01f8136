"""Learn the weights of ``rules.claims`` from annotated sentences.

    QUOTEMINER_CORPORA=... python plugins/rules/learn/learn_claims.py

Reads the training parts of ``policlaim`` (is a sentence a verifiable claim?) and ``claimbuster`` (does it deserve a check?), fits two
logistic regressions over words, pairs of words, the classes of words that the rules know, and the length, calibrates both on the development
parts, and writes ``languages/en/weights/claims.tsv``. Only weights over whole corpora leave this program, no sentence does. Equal input gives an
equal file.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score

from quoteminer_rules.claims import check_worthiness
from quoteminer_rules.claims.words import Words

ROOT: Final = Path(__file__).resolve().parents[3]
TARGET: Final = ROOT / "plugins/rules/src/quoteminer_rules/languages/en/weights/claims.tsv"
#: A feature must occur in so many sentences, and weigh so much, to stay.
LEAST_COUNT: Final = 4
LEAST_WEIGHT: Final = 0.08
#: Of pairs, which are many.
LEAST_WEIGHT_OF_PAIRS: Final = {"claim": 0.12, "worth": 0.2}
STRENGTH: Final = {"claim": 0.02, "worth": 0.1}
#: How much more a sentence of policlaim counts for the question whether it is a claim: it is the definition that we follow.
PREFERENCE: Final = 30.0
#: How much more a fact of no importance counts for the question whether it deserves a check: talk is told from facts easily enough.
UNIMPORTANT: Final = 2.0
CORPUS: Final = ("class", "corpus")

Feature = tuple[str, str]


class Sentence(NamedTuple):
    """How often a sentence has each feature, and the label of the annotators."""

    found: Mapping[Feature, int]
    label: str


def features(text: str) -> Counter[Feature]:
    """The features of a sentence by kind and name, as ``check_worthiness.Scores`` counts them."""
    tokens = Words(text, TARGET.parents[1])
    normal = tokens.normal
    found: Counter[Feature] = Counter()
    for word, flags in zip(normal, tokens.flags, strict=True):
        found.update(check_worthiness.features_of(word, flags))
    found.update(("pair", f"{a} {b}") for a, b in zip(["<", *normal], [*normal, ">"], strict=True))
    found.update(("length", f">={length}") for length in check_worthiness.LENGTHS if len(normal) >= length)
    return found


def read(corpora: Path, name: str, part: str) -> list[Sentence]:
    """The sentences of a part of a corpus with their labels."""
    found = []
    for line in (corpora / name / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for claim in record["claims"]:
            text = " ".join(record["text"][start:end] for start, end in claim["span"])
            found.append(Sentence(features(text), claim["label"]))
    return found


class Fit:
    """A logistic regression over named features, for the one or the other question."""

    def __init__(
        self, question: str, sentences: Sequence[Mapping[Feature, int]], truths: Sequence[bool], weights: Sequence[float]
    ) -> None:
        least = {"class": 0.0, "length": 0.0, "pair": LEAST_WEIGHT_OF_PAIRS[question]}
        counts = Counter(feature for found in sentences for feature in found)
        kept = sorted(feature for feature, count in counts.items() if count >= LEAST_COUNT)
        self._fit(sentences, truths, weights, STRENGTH[question], kept)
        strong = [feature for feature in kept if abs(self.weights[feature]) >= least.get(feature[0], LEAST_WEIGHT)]
        self._fit(sentences, truths, weights, STRENGTH[question], strong)

    def _fit(
        self,
        sentences: Sequence[Mapping[Feature, int]],
        truths: Sequence[bool],
        weights: Sequence[float],
        strength: float,
        kept: list[Feature],
    ) -> None:
        self._index = {feature: number for number, feature in enumerate(kept)}
        model = LogisticRegression(C=strength, max_iter=5000, tol=1e-6)
        model.fit(self._matrix(sentences), truths, sample_weight=weights)
        self.weights = {feature: float(model.coef_[0][number]) for feature, number in self._index.items()}
        self.bias = float(model.intercept_[0])

    def _matrix(self, sentences: Sequence[Mapping[Feature, int]]) -> Any:
        values, columns, ends = [], [], [0]
        for found in sentences:
            known = sorted((self._index[feature], count) for feature, count in found.items() if feature in self._index)
            columns += [column for column, _ in known]
            values += [float(count) for _, count in known]
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(sentences), len(self._index)))

    def logits(self, sentences: Sequence[Mapping[Feature, int]]) -> Any:
        """The sums of the weights."""
        return self._matrix(sentences) @ np.array(list(self.weights.values())) + self.bias


def calibration(logits: Any, truths: Sequence[bool]) -> tuple[float, float]:
    """Factor and summand that make the logits of held-out sentences probabilities."""
    model = LogisticRegression(C=1e6).fit(logits.reshape(-1, 1), truths)
    return float(model.coef_[0][0]), float(model.intercept_[0])


Weights = dict[Feature, tuple[float, float]]
"""For being a claim, and for deserving a check."""


def learn(
    speeches: Sequence[Sentence], speeches_held: Sequence[Sentence], debates: Sequence[Sentence], debates_held: Sequence[Sentence]
) -> Weights:
    """The calibrated weights. Of speeches the label "1" is a claim; of debates "CFS" deserves a check, and "UFS" is a claim as well."""
    mixed = [{**found, CORPUS: 1} for found, _ in speeches] + [found for found, _ in debates]
    truths = [label == "1" for _, label in speeches] + [label != "NFS" for _, label in debates]
    claim = Fit("claim", mixed, truths, [PREFERENCE] * len(speeches) + [1.0] * len(debates))
    shares = [UNIMPORTANT if label == "UFS" else 1.0 for _, label in debates]
    worthy = Fit("worth", [found for found, _ in debates], [label == "CFS" for _, label in debates], shares)

    held = claim.logits([{**found, CORPUS: 1} for found, _ in speeches_held])
    truths = [label == "1" for _, label in speeches_held]
    factor, summand = calibration(held, truths)
    report("claim, policlaim/dev", factor * held + summand, truths)
    held_worth = worthy.logits([found for found, _ in debates_held])
    worth_truths = [label == "CFS" for _, label in debates_held]
    worth_factor, worth_summand = calibration(held_worth, worth_truths)
    report("worth, claimbuster/dev", worth_factor * held_worth + worth_summand, worth_truths)

    result: Weights = {
        ("bias", ""): (
            factor * (claim.bias + claim.weights.pop(CORPUS, 0.0)) + summand,
            worth_factor * worthy.bias + worth_summand,
        )
    }
    for feature in sorted({*claim.weights, *worthy.weights}):
        weights = factor * claim.weights.get(feature, 0.0), worth_factor * worthy.weights.get(feature, 0.0)
        if any(round(weight, 2) for weight in weights):
            result[feature] = weights
    return result


def table(weights: Weights) -> str:
    """The weights as the file has them."""
    heading = (
        "# Weights of two linear models, learned by plugins/rules/learn/learn_claims.py from claimbuster and policlaim (training parts):\n"
        "# feature, its kind, weight for being a claim, weight for deserving a check. In pairs, < and > stand for the edges of the sentence.\n"
    )
    rows = [f"{name}\t{kind}\t{claim:.2f}\t{worthy:.2f}\n" for (kind, name), (claim, worthy) in weights.items()]
    return heading + "".join(sorted(rows))


def report(name: str, logits: Any, truths: Sequence[bool]) -> None:
    """What the model reaches on held-out sentences."""
    given = logits > 0
    print(
        f"{name}: average precision {average_precision_score(truths, logits):.4f}, F1 {f1_score(truths, given):.4f}, "
        f"accuracy {accuracy_score(truths, given):.4f}"
    )


def main() -> None:
    """Fit, report, write."""
    corpora = Path(os.environ.get("QUOTEMINER_CORPORA") or ROOT / "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: there are no corpora; set QUOTEMINER_CORPORA")
    parts = [read(corpora, name, part) for name in ("policlaim", "claimbuster") for part in ("train", "dev")]
    weights = learn(*parts)
    TARGET.write_text(table(weights), encoding="utf-8")
    print(f"{len(weights)} rows written to {TARGET.name}")


if __name__ == "__main__":
    main()
