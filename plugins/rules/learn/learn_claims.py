"""Learn the weights of ``rules.claims`` from annotated sentences.

    QUOTEMINER_CORPORA=... python plugins/rules/learn/learn_claims.py

Reads the training parts of ``policlaim`` (is a sentence a verifiable claim?) and ``claimbuster`` (does it deserve a check?), fits two
logistic regressions over words, pairs of words and the traits that the rules compute, calibrates both on the development parts, and writes
``data/en/claims/weights.tsv``. Only weights over whole corpora leave this program, no sentence does. Equal input gives an equal file.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score

from quoteminer_rules.claims import worth
from quoteminer_rules.claims.words import MARK, Words

ROOT: Final = Path(__file__).resolve().parents[3]
TARGET: Final = ROOT / "plugins/rules/src/quoteminer_rules/data/en/claims/weights.tsv"
#: A word or pair must occur in so many sentences, and weigh so much, to stay.
LEAST_COUNT: Final = 5
LEAST_WEIGHT: Final = 0.06
STRENGTH: Final = {"claim": 0.05, "worth": 0.2}
#: How much more a sentence of policlaim counts for the question whether it is a claim: it is the definition that we follow.
PREFERENCE: Final = 8.0
CORPUS: Final = ("trait", "corpus")

Feature = tuple[str, str]
Sentence = tuple[set[Feature], bool]


def features(text: str) -> set[Feature]:
    """The features of a sentence by kind and name, as ``worth.score`` sees them."""
    tokens = Words(text, "en")
    kept = [i for i in range(len(tokens)) if not tokens.flags[i] & MARK]
    words, flags = [tokens.words[i] for i in kept], [tokens.flags[i] for i in kept]
    normalised = worth.pieces(words, flags)
    found: set[Feature] = {("word", word) for word in normalised}
    found |= {("pair", f"{a} {b}") for a, b in zip(["<", *normalised], [*normalised, ">"], strict=True)}
    return found | {("trait", trait) for trait in worth.traits(flags, normalised)}


def read(corpora: Path, name: str, part: str) -> list[tuple[str, str]]:
    """The sentences of a part of a corpus with their labels."""
    found = []
    for line in (corpora / name / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for claim in record["claims"]:
            found.append((" ".join(record["text"][start:end] for start, end in claim["span"]), claim["label"]))
    return found


class Fit:
    """A logistic regression over named features."""

    def __init__(self, sentences: list[Sentence], weights: list[float], strength: float) -> None:
        counts = Counter(feature for found, _ in sentences for feature in found)
        kept = sorted(feature for feature, count in counts.items() if count >= LEAST_COUNT)
        self._fit(sentences, weights, strength, kept)
        strong = [feature for feature in kept if abs(self.weights[feature]) >= LEAST_WEIGHT or feature[0] == "trait"]
        self._fit(sentences, weights, strength, strong)

    def _fit(self, sentences: list[Sentence], weights: list[float], strength: float, kept: list[Feature]) -> None:
        self._index = {feature: number for number, feature in enumerate(kept)}
        model = LogisticRegression(C=strength, max_iter=5000)
        model.fit(self._matrix([found for found, _ in sentences]), [label for _, label in sentences], sample_weight=weights)
        self.weights = {feature: float(model.coef_[0][number]) for feature, number in self._index.items()}
        self.bias = float(model.intercept_[0])

    def _matrix(self, sentences: list[set[Feature]]) -> Any:
        rows, columns = [], []
        for row, found in enumerate(sentences):
            for feature in sorted(found):
                if feature in self._index:
                    rows.append(row)
                    columns.append(self._index[feature])
        return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sentences), len(self._index)))

    def logits(self, sentences: list[set[Feature]]) -> Any:
        """The sums of the weights."""
        return np.array([self.bias + sum(self.weights.get(feature, 0.0) for feature in found) for found in sentences])


def calibration(logits: Any, truths: list[bool]) -> tuple[float, float]:
    """Factor and summand that make the logits of held-out sentences probabilities."""
    model = LogisticRegression(C=1e6).fit(logits.reshape(-1, 1), truths)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def main() -> None:
    """Fit, report, write."""
    corpora = Path(os.environ.get("QUOTEMINER_CORPORA", str(ROOT.parent / "shared/corpora")))
    if not corpora.is_dir():
        sys.exit(f"{corpora}: there are no corpora; set QUOTEMINER_CORPORA")
    speeches = [(features(text), label == "1") for text, label in read(corpora, "policlaim", "train")]
    speeches_held = [(features(text), label == "1") for text, label in read(corpora, "policlaim", "dev")]
    debates = [(features(text), label) for text, label in read(corpora, "claimbuster", "train")]
    debates_held = [(features(text), label) for text, label in read(corpora, "claimbuster", "dev")]

    mixed: list[Sentence] = [(found | {CORPUS}, label) for found, label in speeches]
    mixed += [(found, label != "NFS") for found, label in debates]
    claim = Fit(mixed, [PREFERENCE] * len(speeches) + [1.0] * len(debates), STRENGTH["claim"])
    worthy = Fit([(found, label == "CFS") for found, label in debates], [1.0] * len(debates), STRENGTH["worth"])

    held = claim.logits([found | {CORPUS} for found, _ in speeches_held])
    truths = [label for _, label in speeches_held]
    factor, summand = calibration(held, truths)
    report("claim, policlaim/dev", factor * held + summand, truths)
    held_worth = worthy.logits([found for found, _ in debates_held])
    worth_truths = [label == "CFS" for _, label in debates_held]
    worth_factor, worth_summand = calibration(held_worth, worth_truths)
    report("worth, claimbuster/dev", worth_factor * held_worth + worth_summand, worth_truths)

    claim_bias = factor * (claim.bias + claim.weights.pop(CORPUS, 0.0)) + summand
    rows = [f"bias\t\t{claim_bias:.3f}\t{worth_factor * worthy.bias + worth_summand:.3f}"]
    for kind, name in sorted({*claim.weights, *worthy.weights}):
        a, b = factor * claim.weights.get((kind, name), 0.0), worth_factor * worthy.weights.get((kind, name), 0.0)
        if round(a, 2) or round(b, 2):
            rows.append(f"{kind}\t{name}\t{a:.2f}\t{b:.2f}")
    heading = (
        "# Weights of two linear models, learned by plugins/rules/learn/learn_claims.py from claimbuster and policlaim (training parts):\n"
        "# kind, feature, weight for being a claim, weight for deserving a check. In pairs, < and > stand for the edges of the sentence.\n"
    )
    TARGET.write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows written to {TARGET.name}")


def report(name: str, logits: Any, truths: list[bool]) -> None:
    """What the model reaches on held-out sentences."""
    given = logits > 0
    print(
        f"{name}: average precision {average_precision_score(truths, logits):.4f}, F1 {f1_score(truths, given):.4f}, "
        f"accuracy {accuracy_score(truths, given):.4f}"
    )


if __name__ == "__main__":
    main()
