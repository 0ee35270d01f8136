"""The trained model as ONNX graphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto

from ..common.graph import Builder
from .model import Claims, Model

if TYPE_CHECKING:
    from torch import Tensor


def encoder(model: Model, factors: Sequence[Tensor] = ()) -> onnx.ModelProto:
    """``ids``, ``shapes``, ``places`` (int64), all [1, T], to ``vectors`` [1, T, H] and ``cues`` [1, T, labels].

    ``factors``: those of :mod:`smoothing`, one a layer, or none.
    """
    part = model.encoder
    build = Builder()
    build.linear(part.cues, build.node("Identity", [build.reader(part, factors)], "vectors"), "cues")
    integer = TensorProto.INT64
    axes: list[str | int] = [1, "pieces"]
    return build.model(
        {"ids": (integer, axes), "shapes": (integer, axes), "places": (integer, axes)},
        {"vectors": [*axes, model.sizes.hidden], "cues": [*axes, part.cues.out_features]},
    )


def claims(part: Claims, hidden: int) -> onnx.ModelProto:
    """``vectors`` [1, T, H] of a window to ``answers`` [1, T, ANSWERS]."""
    build = Builder()
    build.linear(part.answers, build.block(part.block, "vectors", "claims.block"), "answers")
    axes: list[str | int] = [1, "pieces"]
    return build.model({"vectors": (TensorProto.FLOAT, [*axes, hidden])}, {"answers": [*axes, part.answers.out_features]})


def linker(model: Model) -> onnx.ModelProto:
    """For each cue of a window the scores of the pieces around it.

    ``vectors`` [T, H] of the window; ``near`` [C, S], which of its pieces are scored for each cue; ``first``, ``last`` [C], pieces at the
    ends of the cue; ``distance``, ``sentence`` [C, S], rows of their tables. Gives ``roles`` [C, S, labels].
    """
    part = model.linker
    build = Builder()
    tokens = build.node("Gather", [build.linear(part.token, "vectors", "token"), "near"], "tokens")
    first = build.product(part.first, build.node("Gather", ["vectors", "first"], "first.vector"), "first.cue")
    last = build.product(part.last, build.node("Gather", ["vectors", "last"], "last.vector"), "last.cue")
    axis = build.constant("axis", np.array([1], dtype=np.int64))
    cue = build.node("Unsqueeze", [build.node("Add", [first, last], "cue"), axis], "cue.row")
    x = build.node("Add", [tokens, cue], "tokens+cue")
    x = build.node("Add", [x, build.lookup(part.distance, "distance", "distances")], "+distance")
    x = build.node("Add", [x, build.lookup(part.sentence, "sentence", "sentences")], "+sentence")
    x = build.norm(part.norm, build.fused("FastGelu", [x], "pair"), "pair.norm")
    x = build.block(part.block, x, "pair.block")
    build.linear(part.labels, x, "roles")
    integer = TensorProto.INT64
    pairs: list[str | int] = ["cues", "near"]
    return build.model(
        {
            "vectors": (TensorProto.FLOAT, ["pieces", model.sizes.hidden]),
            "near": (integer, pairs),
            "first": (integer, ["cues"]),
            "last": (integer, ["cues"]),
            "distance": (integer, pairs),
            "sentence": (integer, pairs),
        },
        {"roles": [*pairs, part.labels.out_features]},
    )
