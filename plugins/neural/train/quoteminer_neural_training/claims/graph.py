"""The trained scorer as an ONNX graph."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto

from ..common.graph import Builder
from .model import Scorer
from .prepare import QUESTIONS


def scorer(model: Scorer) -> onnx.ModelProto:
    """``ids``, ``shapes``, ``places`` (int64), all [1, T], and ``pool`` [S, T] to ``answers`` [1, S, questions]."""
    build = Builder()
    x = build.reader(model)
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
