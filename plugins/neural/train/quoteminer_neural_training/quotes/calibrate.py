"""How sure is sure: thresholds and confidences, fitted on annotated development texts."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer import Scope
from quoteminer_neural.extraction import find
from quoteminer_neural.weights import CLAIMS, FILES, Weights

from ..common.corpora import TUNING, records
from ..common.export import write_settings
from ..common.logistic import fit
from . import calibrate_claims
from .matching import matched

log = logging.getLogger(__name__)

STEPS = (0.3, 0.4, 0.5, 0.6, 0.7)
_CAP = 8.0  # the extractor caps the features alike


def calibrate(
    folder: Path,
    attributions: Sequence[Path],
    speech: Sequence[Path],
    least: dict[str, float | None] | None = None,
    **changes: Any,
) -> None:
    """Fit the confidences of an exported model on annotated texts, write them into its settings, and log what thresholds would give.

    Args:
        attributions: texts in which every attribution is annotated, for the scope ``all``.
        speech: texts in which speech is, for the scope ``speech``.
        least: new thresholds by scope.
        changes: other settings to change first, but for those that are ``None``.
    """
    weights = Weights(folder)
    settings = {**weights.settings, **{name: value for name, value in changes.items() if value is not None}}
    settings["least"] = {**settings["least"], **{scope: value for scope, value in (least or {}).items() if value is not None}}
    weights.settings.update(settings)
    settings["calibration"] = {}
    parts: tuple[tuple[Scope, Sequence[Path]], ...] = (("all", attributions), ("speech", speech))
    for scope, paths in parts:
        judged = judge(paths, weights, scope)
        settings["calibration"][scope] = fit(judged.features, judged.right)
        for threshold in (float(settings["least"][scope]), *STEPS):
            log.info(
                "%s, from %.2f on: precision %.4f, recall %.4f of %d",
                scope,
                threshold,
                *quality(judged, settings["calibration"][scope], threshold),
                judged.gold,
            )
    files: tuple[str, ...] = FILES
    if (folder / CLAIMS).exists():
        files = (*FILES, CLAIMS)
        settings["claims"] = calibrate_claims.fitted(folder, speech)
    write_settings(folder, settings, files)


class Judged(NamedTuple):
    """What was found in some texts: ``features`` [N, F], ``right`` [N], and how many annotated attributions there were."""

    features: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    gold: int


def judge(paths: Iterable[Path], weights: Weights, scope: Scope) -> Judged:
    """Find attributions in annotated texts; one is right when its content shares enough of the union with one that is annotated."""
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    gold = 0
    for record in (record for path in paths for record in records(path, TUNING)):
        text = record["text"]
        gold += len(record["quotes"])
        found = list(find(text, weights, scope))
        matches = matched(text, [item.content for item in found], [quote["content"] for quote in record["quotes"]])
        features += [item.features for item in found]
        right += [number in matches for number in range(len(found))]
    return Judged(np.clip(np.array(features, dtype=np.float64), -_CAP, _CAP), np.array(right, dtype=np.bool_), gold)


def quality(judged: Judged, calibration: dict[str, list[float]], least: float) -> tuple[float, float]:
    """Precision and recall of the overlap of what is at least so sure."""
    x = judged.features @ np.array(calibration["weights"]) + calibration["bias"][0]
    kept = 1 / (1 + np.exp(-x)) >= least
    right = int((judged.right & kept).sum())
    return right / max(1, int(kept.sum())), right / max(1, judged.gold)
