"""How sure is sure: thresholds and confidences, fitted on annotated development texts."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer_neural.extraction import find
from quoteminer_neural.weights import Weights

from .export import write_settings
from .prepare import records

log = logging.getLogger(__name__)

SAME = 0.5
STEPS = (0.3, 0.4, 0.5, 0.6, 0.7)
_CAP = 8.0  # the extractor caps the features alike


def calibrate(folder: Path, development: Path, **changes: float | None) -> None:
    """Fit the confidences of an exported model on annotated texts, write them into its settings, and log what thresholds would give.

    Args:
        changes: other settings to change first, but for those that are ``None``.
    """
    weights = Weights(folder)
    settings = {name: value for name, value in weights.settings.items() if name != "sha256"}
    settings.update({name: value for name, value in changes.items() if value is not None})
    weights.settings.update(settings)
    judged = judge(development, weights)
    settings["calibration"] = fit(judged)
    for least in (float(settings["least"]), *STEPS):
        log.info(
            "from %.2f on: precision %.4f, recall %.4f of %d",
            least,
            *quality(judged, settings["calibration"], least),
            judged.gold,
        )
    write_settings(folder, settings)


class Judged(NamedTuple):
    """What was found in some texts: ``features`` [N, F], ``right`` [N], and how many annotated attributions there were."""

    features: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    gold: int


def judge(path: Path, weights: Weights) -> Judged:
    """Find attributions in annotated texts; one is right when its content shares half of the union with one that is annotated."""
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    gold = 0
    for record in records(path):
        text = record["text"]
        wanted = [_letters(text, quote["content"]) for quote in record["quotes"]]
        gold += len(wanted)
        found = list(find(text, weights))
        pairs = sorted(
            (
                (len(content & other) / len(content | other), number, place)
                for number, item in enumerate(found)
                for content in (_letters(text, item.content),)
                for place, other in enumerate(wanted)
                if content & other
            ),
            reverse=True,
        )
        matched: set[int] = set()
        taken: set[int] = set()
        for overlap, number, place in pairs:
            if overlap >= SAME and number not in matched and place not in taken:
                matched.add(number)
                taken.add(place)
        features += [item.features for item in found]
        right += [number in matched for number in range(len(found))]
    return Judged(np.clip(np.array(features, dtype=np.float64), -_CAP, _CAP), np.array(right, dtype=np.bool_), gold)


def _letters(text: str, spans: Any) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


def fit(judged: Judged, rounds: int = 50) -> dict[str, list[float]]:
    """Weights and bias of a logistic regression, by Newton's method; a small penalty keeps it finite where all is right."""
    x = np.concatenate((judged.features, np.ones((len(judged.features), 1))), axis=1)
    y = judged.right.astype(np.float64)
    weights = np.zeros(x.shape[1])
    penalty = np.diag([1.0] * (x.shape[1] - 1) + [0.1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + penalty @ weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + penalty
        weights -= np.linalg.solve(bend, slope)
    return {"weights": [round(float(value), 4) for value in weights[:-1]], "bias": [round(float(weights[-1]), 4)]}


def quality(judged: Judged, calibration: dict[str, list[float]], least: float) -> tuple[float, float]:
    """Precision and recall of the overlap of what is at least so sure."""
    x = judged.features @ np.array(calibration["weights"]) + calibration["bias"][0]
    kept = 1 / (1 + np.exp(-x)) >= least
    right = int((judged.right & kept).sum())
    return right / max(1, int(kept.sum())), right / max(1, judged.gold)
