"""From log-odds to probabilities, fitted on annotated development texts."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer_neural.claims.files import FILES, Files
from quoteminer_neural.claims.scoring import answers

from ..common.corpora import records
from ..common.export import write_settings
from ..common.logistic import fit
from .prepare import QUESTIONS, UNKNOWN, answers_of

log = logging.getLogger(__name__)

CLAIM, FACT, WORTHY, CHECKED = range(len(QUESTIONS))


class Asked(NamedTuple):
    """Annotated sentences of some documents: ``scores`` and ``gold`` [N, questions], and the number of the document of each."""

    scores: npt.NDArray[np.float64]
    gold: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int64]


def calibrate(folder: Path, developments: Sequence[Path], ranking: float) -> None:
    """Fit the probabilities of an exported scorer on annotated texts, write them into its settings, and log how good they are.

    Args:
        ranking: how much what ranks for fact-checkers weighs beside what deserves a check.
    """
    files = Files(folder)
    asked = ask(developments, files)
    settings = dict(files.settings)
    # What deserves a check is a claim; the fact of no importance, which the model is also asked about, adds nothing to that.
    claim = fitted(asked, CLAIM, asked.scores[:, [CLAIM, WORTHY]])
    worth = fitted(asked, WORTHY, asked.scores[:, [WORTHY]] + ranking * asked.scores[:, [CHECKED]])
    weight = worth["weights"][0]
    settings["claim"] = {"weights": [claim["weights"][0], 0.0, claim["weights"][1], 0.0], "bias": claim["bias"][0]}
    settings["worth"] = {"weights": [0.0, 0.0, weight, round(ranking * weight, 4)], "bias": worth["bias"][0]}
    report(asked, settings)
    write_settings(folder, settings, FILES)


def ask(developments: Iterable[Path], files: Files) -> Asked:
    """What the scorer says of the annotated sentences of some texts."""
    scores: list[npt.NDArray[np.float32]] = []
    gold: list[Sequence[int]] = []
    documents: list[int] = []
    number = 0
    for path in developments:
        for record in records(path):
            text = record["text"]
            said = list(answers(text, files))
            starts = [item.start for item in said]
            for claim in record["claims"]:
                # The sentence of ours that begins in it, or next behind.
                place = min(bisect_left(starts, claim["span"][0][0]), len(said) - 1)
                scores.append(said[place].scores)
                gold.append(answers_of(record["corpus"], claim["label"]))
                documents.append(number)
            number += 1
    return Asked(np.array(scores, dtype=np.float64), np.array(gold, dtype=np.int64), np.array(documents, dtype=np.int64))


def fitted(asked: Asked, question: int, features: npt.NDArray[np.float64]) -> dict[str, list[float]]:
    """Weights and bias with which the features give probabilities of one answer."""
    known = asked.gold[:, question] != UNKNOWN
    return fit(features[known], asked.gold[known, question] == 1)


def report(asked: Asked, settings: dict[str, Any]) -> None:
    """Log how good the probabilities are on the texts that they were fitted on."""
    claim, worth = (asked.scores @ np.array(settings[name]["weights"]) + settings[name]["bias"] for name in ("claim", "worth"))
    known, gold = asked.gold[:, CLAIM] != UNKNOWN, asked.gold[:, CLAIM] == 1
    found = (claim > 0)[known]
    right = int((found & gold[known]).sum())
    log.info(
        "claims: F1 %.4f, accuracy %.4f",
        2 * right / max(1, int(found.sum() + gold[known].sum())),
        float((found == gold[known]).mean()) if known.any() else 0.0,
    )
    for question in (WORTHY, CHECKED):
        known = asked.gold[:, question] != UNKNOWN
        means = [
            average_precision(asked.gold[here, question] == 1, worth[here])
            for number in np.unique(asked.documents[known])
            for here in (known & (asked.documents == number),)
            if (asked.gold[here, question] == 1).any()
        ]
        log.info(
            "%s: average precision %.4f, of each document on average %.4f",
            QUESTIONS[question],
            average_precision(asked.gold[known, question] == 1, worth[known]),
            float(np.mean(means)) if means else 0.0,
        )


def average_precision(positive: npt.NDArray[np.bool_], scores: npt.NDArray[np.float64]) -> float:
    """Average precision of a ranking; equal scores stay in their order."""
    ranked = positive[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(ranked) + 1
    return float((np.arange(1, len(places) + 1) / places).mean()) if len(places) else 0.0
