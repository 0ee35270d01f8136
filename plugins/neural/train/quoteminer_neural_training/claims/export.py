"""From a checkpoint to the files that ship: an ONNX graph with int8 weights, optimised, and its settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from quoteminer_neural.claims.files import FILES, SCORER, VOCABULARY

from ..quotes.export import put, write_settings
from ..quotes.train import CHECKPOINT
from . import graph
from .model import Scorer, Sizes
from .train import EARLY


def trained(run: Path) -> Scorer:
    """The model of a run, ready to answer: the mean of its last weights and of those that were kept on the way.

    Such a mean is right more often on new texts than either end of a run (Wortsman et al. 2022).
    """
    model = Scorer(Sizes(**json.loads((run / "sizes.json").read_text(encoding="utf-8"))))
    kept = [torch.load(path, weights_only=True)["model"] for path in (run / CHECKPOINT, run / EARLY) if path.exists()]
    model.load_state_dict({name: torch.stack([weights[name] for weights in kept]).mean(0) for name in kept[0]})
    return model.eval()


def write(model: Scorer, vocabulary: list[str], folder: Path, settings: dict[str, Any], *, quantized: bool = True) -> None:
    """Write the three files of the scorer.

    Args:
        settings: what else ``model.json`` holds: name, context, thresholds, calibration.
        quantized: int8 weights per channel, activations quantised as they come; else fp32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    put(graph.scorer(model), folder / SCORER, quantized=quantized)
    (folder / VOCABULARY).write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    write_settings(folder, {**settings, "pieces": model.sizes.positions - 2}, FILES)
