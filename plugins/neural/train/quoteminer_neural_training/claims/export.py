"""From a checkpoint to the files that ship: an ONNX graph with int8 weights, optimised, and its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quoteminer_neural.claims.files import FILES, QUESTIONS, SCORER

from ..common import runs
from ..common.export import put, write_settings
from . import graph
from .model import Scorer, Sizes
from .train import EARLY


def trained(run: Path) -> Scorer:
    """The model of a run, ready to answer: the mean of its last weights and of those that were kept on the way."""
    model = Scorer(Sizes(**runs.sizes(run)))
    model.load_state_dict(runs.weights(*(path for path in (run / runs.CHECKPOINT, run / EARLY) if path.exists())))
    return model.eval()


def write(model: Scorer, vocabulary: list[str], folder: Path, settings: dict[str, Any], *, quantized: bool = True) -> None:
    """Write the three files of the scorer.

    Args:
        settings: what else ``model.json`` holds: name, context, thresholds, calibration.
        quantized: int8 weights per channel, activations quantised as they come; else fp32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    put(graph.scorer(model), folder / SCORER, quantized=quantized)
    runs.write_vocabulary(folder, vocabulary)
    unsure = {"weights": [0.0] * QUESTIONS, "bias": 0.0}
    # Whole, so that it can be loaded before it is calibrated: then everything passes and nothing is sure.
    plain = {"name": "", "context": 0, "least": 0.0, "worthy": 0.0, "claim": unsure, "worth": unsure}
    write_settings(folder, {**plain, **settings, "pieces": model.sizes.positions - 2}, FILES)
