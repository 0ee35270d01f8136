"""From a checkpoint to the files that ship: ONNX graphs with int8 weights, optimised, and their settings."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from quoteminer_neural.extraction import FEATURES
from quoteminer_neural.weights import ENCODER, FILES, LINKER, SETTINGS, SPEECH, VOCABULARY

from . import graph
from .model import Model, Sizes
from .train import CHECKPOINT

# onnxruntime would join addition and norm to one operator that takes ten times as long on a CPU.
_SLOW = ["SkipLayerNormFusion", "SkipLayerNormalizationFusion"]


def trained(run: Path, name: str = CHECKPOINT) -> Model:
    """The model of a checkpoint, ready to answer."""
    model = Model(Sizes(**json.loads((run / "sizes.json").read_text(encoding="utf-8"))))
    model.load_state_dict(torch.load(run / name, weights_only=True)["model"])
    return model.eval()


def write(model: Model, vocabulary: list[str], folder: Path, settings: dict[str, Any], *, quantized: bool = True) -> None:
    """Write the files of the model.

    Args:
        settings: what else ``model.json`` holds: name, windows, thresholds, calibration.
        quantized: int8 weights per channel, activations quantised as they come; else fp32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in ((ENCODER, graph.encoder(model)), (LINKER, graph.linker(model))):
        put(made, folder / name, quantized=quantized)
    (folder / VOCABULARY).write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    write_speech(folder, np.zeros(2 * model.sizes.hidden + 1))
    unsure = {"weights": [0.0] * FEATURES, "bias": [0.0]}
    settings = {
        "calibration": {"all": unsure, "speech": unsure},
        **settings,
        "near": model.sizes.near,
        "sentences": model.sizes.sentences,
        "pieces": model.sizes.positions - 2,
    }
    write_settings(folder, settings)


def write_speech(folder: Path, fitted: npt.NDArray[np.float64]) -> None:
    """Write the weights that tell speech from other attributions, the bias last; the checksums are those of :func:`write_settings`."""
    content = {"weights": [round(float(value), 4) for value in fitted[:-1]], "bias": round(float(fitted[-1]), 4)}
    (folder / SPEECH).write_text(json.dumps(content) + "\n", encoding="utf-8")


def put(made: onnx.ModelProto, target: Path, *, quantized: bool) -> None:
    """Write one graph, optimised."""
    with tempfile.TemporaryDirectory() as place:
        plain, small = Path(place) / "plain.onnx", Path(place) / "small.onnx"
        onnx.save(made, plain)
        if quantized:
            quantize_dynamic(
                plain,
                small,
                weight_type=QuantType.QInt8,
                per_channel=True,
                # Seven bits: eight overflow in the 16-bit sums of processors without VNNI.
                reduce_range=True,
                op_types_to_quantize=["MatMul", "Attention", "Gather"],
                extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
            )
        _optimise(small if quantized else plain, target)


def write_settings(folder: Path, settings: dict[str, Any], files: Iterable[str] = FILES) -> None:
    """Write ``model.json`` with the checksums of the other files."""
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    content = json.dumps({**settings, "sha256": sums}, indent=1, sort_keys=True)
    (folder / SETTINGS).write_text(content + "\n", encoding="utf-8")


def _optimise(source: Path, target: Path) -> None:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)
