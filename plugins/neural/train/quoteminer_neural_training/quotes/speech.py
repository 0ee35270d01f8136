"""What tells speech from other attributions: learned for every cue from what the bundled rules say of the cues that they know."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quoteminer import Document, Miner
from quoteminer_neural.encoding import Encoded
from quoteminer_neural.labels import CONTENT
from quoteminer_neural.network import Network
from quoteminer_neural.speech import evidence
from quoteminer_neural.weights import FILES, Weights
from quoteminer_neural.windows import windows

from ..common.corpora import records
from ..common.export import write_settings
from ..common.logistic import logistic
from .export import write_speech
from .prepare import Attribution, example

log = logging.getLogger(__name__)

_UNSPOKEN: Final = frozenset({"thought", "attitude", "appearance"})
_PENALTY: Final = 3.0


def learn(folder: Path, corpus: Path, documents: int) -> None:
    """Write ``speech.json`` into the folder of an exported model.

    Args:
        corpus: annotated training texts; attributions whose cue the rules know serve as examples.
        documents: how many of them to read; a fifth of the examples is kept to log how many are told right.
    """
    weights = Weights(folder)
    miner = Miner(["rules"], scope="all", on_error="raise")
    pairs = [
        pair for number, record in enumerate(records(corpus)) if number < documents for pair in _examples(record, weights, miner)
    ]
    x = np.array([seen for seen, _ in pairs], dtype=np.float64)
    y = np.array([spoken for _, spoken in pairs], dtype=np.float64)
    held = np.arange(len(y)) % 5 == 4
    fitted = logistic(x[~held], y[~held], _PENALTY)
    right = (x[held] @ fitted[:-1] + fitted[-1] > 0) == y[held]
    log.info("%d examples, %.1f %% of them speech, %.1f %% of a fifth told right", len(y), 100 * y.mean(), 100 * right.mean())
    write_speech(folder, logistic(x, y, _PENALTY))
    write_settings(folder, weights.settings, FILES)


def _examples(record: dict[str, Any], weights: Weights, miner: Miner) -> Iterator[tuple[npt.NDArray[np.float32], bool]]:
    """What the layer sees of each annotated attribution, and whether it is speech, where the rules can tell."""
    told = _told(record["text"], miner)
    encoded, attributions = example(record, weights.wordpieces)
    network = Network(weights)
    settings = weights.settings
    for window in windows(encoded.breaks, int(settings["pieces"]), int(settings["context"])):
        inside = range(window.start, window.end)
        for_this = [
            (attribution.cue, contents[0], spoken)
            for attribution in attributions
            if window.core_start <= attribution.cue[0] < window.core_end and attribution.cue[1] - 1 in inside
            if (contents := [start for role, start, _ in attribution.spans if role == CONTENT and start in inside])
            if (spoken := _spoken(encoded, attribution, told)) is not None
        ]
        if not for_this:
            continue
        vectors = network.read(encoded, window)[0][1:]
        for cue, content, spoken in for_this:
            yield evidence((cue[0] - window.start, cue[1] - window.start), content - window.start, vectors), spoken


def _told(text: str, miner: Miner) -> dict[int, bool]:
    """Where the cues of the rules' finds begin and end, and whether they report speech."""
    told: dict[int, bool] = {}
    for quote in miner.mine(Document(text)):
        spoken = quote.kind == "direct" or quote.provenance.detail.get("class") not in _UNSPOKEN
        for cue in quote.cue:
            told[cue.start] = told[cue.end] = spoken
    return told


def _spoken(encoded: Encoded, attribution: Attribution, told: dict[int, bool]) -> bool | None:
    first, last = int(encoded.starts[attribution.cue[0]]), int(encoded.ends[attribution.cue[1] - 1])
    return told.get(first, told.get(last))
