"""ONNX graphs, written node by node with the fused operators of onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .reader import Block, Reader

OPSET = 17


class Builder:
    """Collects nodes and weights; each method adds a node and gives the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Tensor | np.ndarray) -> str:
        array = value.detach().numpy() if isinstance(value, Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def fused(self, kind: str, inputs: list[str], name: str, **attributes: Any) -> str:
        return self.node(kind, inputs, name, "com.microsoft", **attributes)

    def lookup(self, table: nn.Embedding, numbers: str, name: str) -> str:
        return self.node("Gather", [self.constant(f"{name}.table", table.weight), numbers], name)

    def product(self, layer: nn.Linear, x: str, name: str, factor: Tensor | None = None) -> str:
        """``x`` times the weights; with a ``factor`` for each channel, ``x`` is divided and the weights are multiplied by it."""
        weight = layer.weight.T
        if factor is not None:
            x = self.node("Mul", [x, self.constant(f"{name}.factor", 1 / factor)], f"{name}.smooth")
            weight = weight * factor[:, None]
        return self.node("MatMul", [x, self.constant(f"{name}.weight", weight)], f"{name}.product")

    def linear(self, layer: nn.Linear, x: str, name: str) -> str:
        return self.node("Add", [self.product(layer, x, name), self.constant(f"{name}.bias", layer.bias)], name)

    def norm(self, layer: nn.LayerNorm, x: str, name: str) -> str:
        weights = [self.constant(f"{name}.weight", layer.weight), self.constant(f"{name}.bias", layer.bias)]
        return self.node("LayerNormalization", [x, *weights], name, axis=-1, epsilon=layer.eps)

    def skip_norm(self, layer: nn.LayerNorm, x: str, y: str, bias: Tensor, name: str) -> str:
        """Norm of ``x + bias + y``."""
        x = self.node("Add", [x, self.constant(f"{name}.added", bias)], f"{name}.biased")
        return self.norm(layer, self.node("Add", [x, y], f"{name}.sum"), name)

    def block(self, block: Block, x: str, name: str, factor: Tensor | None = None) -> str:
        """One layer. It sees all pieces: windows are run one by one and have no padding.

        Args:
            factor: divides what enters the feed-forward part, one for each channel.
        """
        parts = (block.query, block.key, block.value)
        weight = np.concatenate([part.weight.detach().numpy().T for part in parts], axis=1)
        bias = np.concatenate([part.bias.detach().numpy() for part in parts])
        attention = self.fused(
            "Attention",
            [x, self.constant(f"{name}.attention.weight", weight), self.constant(f"{name}.attention.bias", bias)],
            f"{name}.attention",
            num_heads=block.heads,
        )
        x = self.skip_norm(block.norm, self.product(block.out, attention, f"{name}.out"), x, block.out.bias, f"{name}.norm")
        # The tanh form (Hendrycks and Gimpel 2016) takes two thirds of the time and differs by less than the rounding to int8.
        grown = self.fused(
            "FastGelu",
            [self.product(block.rise, x, f"{name}.rise", factor), self.constant(f"{name}.rise.bias", block.rise.bias)],
            f"{name}.gelu",
        )
        return self.skip_norm(block.last, self.product(block.fall, grown, f"{name}.fall"), x, block.fall.bias, f"{name}.last")

    def reader(self, reader: Reader, factors: Sequence[Tensor] = ()) -> str:
        """From ``ids``, ``shapes`` and ``places`` [1, T] to vectors [1, T, H]; ``factors`` as in :meth:`block`, one a layer, or none."""
        length = self.node("Shape", ["ids"], "length", start=1, end=2)
        zero = self.constant("zero", np.array([0], dtype=np.int64))
        table = self.constant("positions.table", reader.positions.weight)
        positions = self.node("Slice", [table, zero, length, zero], "positions")
        x = self.node("Add", [self.lookup(reader.words, "ids", "words"), positions], "words+positions")
        x = self.node("Add", [x, self.lookup(reader.shapes, "shapes", "shape")], "+shapes")
        x = self.node("Add", [x, self.lookup(reader.places, "places", "place")], "+places")
        x = self.norm(reader.norm, x, "input.norm")
        for number, block in enumerate(reader.blocks):
            assert isinstance(block, Block)
            x = self.block(block, x, f"block{number}", factors[number] if factors else None)
        return x

    def model(self, inputs: dict[str, tuple[int, list[str | int]]], outputs: dict[str, list[str | int]]) -> onnx.ModelProto:
        graph = helper.make_graph(
            self.nodes,
            "quoteminer",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            self.weights,
        )
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=9, producer_name="quoteminer-neural")
