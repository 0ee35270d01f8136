"""The trained scorer as an ONNX graph."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto

from ..quotes.graph import Builder
from ..quotes.model import Block
from .model import Scorer
from .prepare import QUESTIONS


def scorer(model: Scorer) -> onnx.ModelProto:
    """``ids``, ``shapes``, ``places`` (int64), all [1, T], and ``pool`` [S, T] to ``answers`` [1, S, questions]."""
    build = Builder()
    length = build.node("Shape", ["ids"], "length", start=1, end=2)
    zero = build.constant("zero", np.array([0], dtype=np.int64))
    positions = build.node("Slice", [build.constant("positions.table", model.positions.weight), zero, length, zero], "positions")
    x = build.lookup(model.words, "ids", "words")
    x = build.node("Add", [x, positions], "words+positions")
    x = build.node("Add", [x, build.lookup(model.shapes, "shapes", "shape")], "+shapes")
    x = build.node("Add", [x, build.lookup(model.places, "places", "place")], "+places")
    x = build.norm(model.norm, x, "input.norm")
    for number, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        x = build.block(block, x, f"block{number}")
    limits = [build.constant(name, np.array(bound, dtype=np.float32)) for name, bound in (("least", -8.0), ("most", 8.0))]
    share = build.node("Exp", [build.node("Clip", [build.product(model.gate, x, "gate"), *limits], "gate.clipped")], "share")
    whole = build.node("MatMul", ["pool", build.node("Mul", [share, x], "weighed")], "sums")
    pooled = build.node("Div", [whole, build.node("MatMul", ["pool", share], "shares")], "pooled")
    build.linear(model.answers, pooled, "answers")
    integer = TensorProto.INT64
    axes: list[str | int] = ["one", "pieces"]
    return build.model(
        {
            "ids": (integer, axes),
            "shapes": (integer, axes),
            "places": (integer, axes),
            "pool": (TensorProto.FLOAT, ["sentences", "pieces"]),
        },
        {"answers": ["one", "sentences", len(QUESTIONS)]},
    )
