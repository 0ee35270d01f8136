"""From a checkpoint to the files that ship: ONNX graphs with int8 weights, optimised, and their settings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch

from quoteminer_neural import labels
from quoteminer_neural.weights import CLAIMS, ENCODER, FEATURES, FILES, LINKER

from ..common import runs
from ..common.export import put, write_settings
from . import calibrate_claims as calibrate
from . import graph, smoothing
from .batches import Batch
from .model import Model, Sizes
from .train import FIRST


def trained(run: Path, *others: Path, name: str = runs.CHECKPOINT) -> Model:
    """The model of a run, ready to answer.

    Args:
        others: more runs that began as the same model; then it is the mean of all.
        name: of the checkpoint.

    Raises:
        ValueError: when their models are not of one shape.
    """
    sizes = runs.sizes(run)
    for other in others:
        if runs.sizes(other) != sizes or runs.vocabulary(other) != runs.vocabulary(run):
            raise ValueError(f"the models of {run} and {other} have not the same shape: they cannot have begun as one")
    model = Model(Sizes(**sizes))
    model.load_state_dict(runs.weights(*(folder / name for folder in (run, *others))))
    return model.eval()


def mean(target: Path, *others: Path) -> None:
    """Write the mean of some runs, of which some may have a layer for claims, into the folder ``target`` for training to start from.

    Raises:
        ValueError: when their models are not of one shape.
    """
    shapes = [runs.sizes(other) for other in others]
    claims = max(shape.get("claims", 0) for shape in shapes)
    if len({str({**shape, "claims": None}) for shape in shapes}) > 1 or {s.get("claims", 0) for s in shapes} - {0, claims}:
        raise ValueError(f"the models of {', '.join(map(str, others))} have not the same shape: they cannot have begun as one")
    runs.share(others[0], target)
    runs.write_sizes(target, Sizes(**{**shapes[0], "claims": claims}))
    torch.save({"model": runs.weights(*(folder / checkpoint(folder) for folder in others))}, target / FIRST)


def checkpoint(run: Path) -> str:
    """The name of the checkpoint of a run, which may be a restored model that nothing was added to."""
    return runs.CHECKPOINT if (run / runs.CHECKPOINT).exists() else FIRST


def write(
    model: Model,
    vocabulary: list[str],
    folder: Path,
    settings: dict[str, Any],
    *,
    texts: Iterable[Batch] = (),
    quantized: bool = True,
) -> None:
    """Write the files of the model.

    Args:
        texts: some that show how large activations are, for a finer rounding.
        settings: what else ``model.json`` holds: name, windows, thresholds, calibration.
        quantized: int8 weights per channel, activations quantised as they come; else fp32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seen = list(texts)
    encoder = graph.encoder(model, smoothing.factors(model, seen) if seen else ())
    for name, made in ((ENCODER, encoder), (LINKER, graph.linker(model))):
        put(made, folder / name, quantized=quantized)
    files: tuple[str, ...] = FILES
    # Of a model that was here before; who calibrates would take it for one of this.
    (folder / CLAIMS).unlink(missing_ok=True)
    if model.claims is not None:
        put(graph.claims(model.claims, model.sizes.hidden), folder / CLAIMS, quantized=quantized)
        files = (*FILES, CLAIMS)
        settings = {"claims": calibrate.UNSURE, **settings}
    runs.write_vocabulary(folder, vocabulary)
    unsure = {"weights": [0.0] * FEATURES, "bias": [0.0]}
    # Whole, so that it can be loaded before it is calibrated: then everything passes and nothing is sure.
    settings = {
        "name": "",
        "context": 0,
        "ease": 0.0,
        "least": {"all": 0.0, "speech": 0.0},
        "calibration": {"all": unsure, "speech": unsure},
        **settings,
        "hidden": model.sizes.hidden,
        "scopes": list(labels.SCOPES),
        "near": model.sizes.near,
        "sentences": model.sizes.sentences,
        "pieces": model.sizes.positions - 2,
    }
    write_settings(folder, settings, files)
