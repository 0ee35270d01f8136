"""From graphs to the files that ship: optimised, with int8 weights, and settings with checksums."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import onnx
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic

from quoteminer_neural.stored import SETTINGS, sealed

# onnxruntime would join addition and norm to one operator that takes ten times as long on a CPU.
_SLOW: Final = ["SkipLayerNormFusion", "SkipLayerNormalizationFusion"]


def put(made: onnx.ModelProto, target: Path, *, quantized: bool) -> None:
    """Write one graph, optimised.

    Args:
        quantized: int8 weights per channel, activations quantised as they come; else fp32.
    """
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


def _optimise(source: Path, target: Path) -> None:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)


def write_settings(folder: Path, settings: dict[str, Any], files: Iterable[str]) -> None:
    """Write ``model.json`` with its checksum and those of the other files, in place of those that ``settings`` may have from before."""
    content = json.dumps(sealed(folder, settings, files), indent=1, sort_keys=True)
    (folder / SETTINGS).write_text(content + "\n", encoding="utf-8")
