"""How sure claims are, and from when on they are given, fitted on annotated texts."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer_neural.claims import prose

from ..common.corpora import TUNING, records
from ..common.logistic import fit
from .matching import matched

log = logging.getLogger(__name__)

UNSURE: Final[dict[str, Any]] = {
    "ease": 1.0,
    "least": 0.0,
    "confidence": {"weights": [0.0, 0.0], "bias": [0.0]},
    "worth": {"weights": [1.0], "bias": [0.0]},
}
"""Settings of a layer that is not calibrated: everything passes and nothing is sure. Eased, it gives more than it is sure of, and the confidence decides."""
STEPS: Final = tuple(round(0.2 + 0.025 * step, 3) for step in range(17))


class Judged(NamedTuple):
    """What was found in some texts: ``sure`` [N, 2], ``right`` [N], ``worth`` [N], ``worthy`` [N] (of those that are right), and how many claims there are."""

    sure: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    worth: npt.NDArray[np.float64]
    worthy: npt.NDArray[np.bool_]
    gold: int


def fitted(folder: Path, paths: Sequence[Path]) -> dict[str, Any]:
    """The settings of the layer for claims: probabilities, and the threshold with the best F1."""
    loaded = prose.Layer(folder)
    judged = judge(paths, loaded)
    settings = dict(loaded.settings)
    settings["confidence"] = fit(judged.sure, judged.right)
    settings["worth"] = fit(judged.worth[judged.right][:, None], judged.worthy[judged.right])
    confidence = settings["confidence"]
    x = judged.sure @ np.array(confidence["weights"]) + confidence["bias"][0]
    chances = 1 / (1 + np.exp(-x))
    scores = {least: _f1(judged, chances >= least) for least in STEPS}
    settings["least"] = max(scores, key=lambda least: (scores[least], -least))
    for least, score in scores.items():
        log.info("claims, from %.3f on: F1 %.4f of %d", least, score, judged.gold)
    return settings


def _f1(judged: Judged, kept: npt.NDArray[np.bool_]) -> float:
    return 2 * int((judged.right & kept).sum()) / max(1, int(kept.sum()) + judged.gold)


def judge(paths: Iterable[Path], loaded: prose.Layer) -> Judged:
    """Find claims in texts in which somebody looked for them all; one is right when it shares enough of the union with one that is annotated."""
    sure: list[tuple[float, ...]] = []
    right: list[bool] = []
    worth: list[float] = []
    worthy: list[bool] = []
    gold = 0
    for record in (record for path in paths for record in records(path, TUNING)):
        if record.get("claims") is None:
            continue
        text, claims = record["text"], record["claims"]
        gold += len(claims)
        found = list(prose.find(text, loaded))
        matches = matched(text, [item.parts for item in found], [claim["span"] for claim in claims])
        for number, item in enumerate(found):
            sure.append(item.sure)
            worth.append(item.worth)
            right.append(number in matches)
            worthy.append(number in matches and (claims[matches[number]].get("score") or 0) > 0.5)
    return Judged(
        np.clip(np.array(sure, dtype=np.float64).reshape(-1, 2), -8.0, 8.0),
        np.array(right, dtype=np.bool_),
        np.clip(np.array(worth, dtype=np.float64), -8.0, 8.0),
        np.array(worthy, dtype=np.bool_),
        gold,
    )
