"""An exported model as one to train on from: what ships is a start for other texts than those it learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from quoteminer_neural import labels
from quoteminer_neural.weights import CLAIMS, ENCODER, LINKER, Weights

from ..common import runs
from .model import Model, Sizes
from .train import FIRST

# Names of the graphs, and of the parameters that :mod:`graph` makes them from.
_ENCODER = {
    "words": "words",
    "positions": "positions",
    "shape": "shapes",
    "place": "places",
    "input.norm": "norm",
    "cues": "cues",
}
_LINKER = {
    "token": "token",
    "first.cue": "first",
    "last.cue": "last",
    "distances": "distance",
    "sentences": "sentence",
    "pair.norm": "norm",
    "roles": "labels",
}
_LAYERS = ("out", "norm", "rise", "fall", "last")
_BIASES = {"out": "norm", "fall": "last"}  # added where the norm is


def restore(exported: Path, run: Path) -> None:
    """Write an exported model into the folder ``run``, for ``train`` to start from.

    It is rounded to int8, and its auxiliary layers, which are not exported, begin anew.

    Raises:
        WeightsError: when a file is missing or damaged.
        ValueError: when it has not the scopes that training knows.
    """
    scopes = Weights(exported).settings["scopes"]
    if scopes != list(labels.SCOPES):
        raise ValueError(f"{exported}: its scopes are {', '.join(scopes)}, not {', '.join(labels.SCOPES)}")
    model = rounded(exported)
    run.mkdir(parents=True, exist_ok=True)
    runs.write_vocabulary(run, runs.vocabulary(exported))
    runs.write_sizes(run, model.sizes)
    torch.save({"model": model.state_dict()}, run / FIRST)


def rounded(exported: Path) -> Model:
    """The model of an exported one, with its weights as they were rounded."""
    encoder, linker = (_Graph(exported / name) for name in (ENCODER, LINKER))
    claims = _Graph(exported / CLAIMS) if (exported / CLAIMS).exists() else None
    heads = tuple(encoder.heads)
    layers = range(len(heads))
    distances, sentences = (len(linker.matrix(name)) // 2 for name in ("distances.table", "sentences.table"))
    hidden, link = linker.matrix("token.weight").shape
    sizes = Sizes(
        len(encoder.matrix("words.table")),
        hidden=hidden,
        heads=heads,
        inner=tuple(encoder.matrix(f"block{number}.rise.weight").shape[1] for number in layers),
        head=encoder.matrix("block0.out.weight").shape[0] // heads[0],
        positions=len(encoder.matrix("positions.table")),
        link=link,
        link_heads=linker.heads[0],
        link_inner=linker.matrix("pair.block.rise.weight").shape[1],
        near=distances,
        sentences=sentences,
        claims=claims.matrix("claims.block.rise.weight").shape[1] if claims is not None else 0,
    )
    torch.manual_seed(0)
    model = Model(sizes)
    state = model.state_dict()
    found = encoder.parameters(_ENCODER, "encoder.") | linker.parameters(_LINKER, "linker.")
    for number in layers:
        found |= encoder.block(f"block{number}", f"encoder.blocks.{number}.")
    found |= linker.block("pair.block", "linker.block.")
    if claims is not None:
        found |= claims.block("claims.block", "claims.block.") | claims.parameters({"answers": "answers"}, "claims.")
    missing = {name for name in state if not name.startswith("encoder.flat.")} - set(found)
    assert not missing, missing
    model.load_state_dict(state | found)
    return model


@attrs.define
class _Graph:
    path: Path
    heads: list[int] = attrs.field(init=False)
    _values: dict[str, npt.NDArray[Any]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        graph = onnx.load(self.path).graph
        self._values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
        self.heads = [
            attribute.i
            for node in graph.node
            for attribute in node.attribute
            if "Attention" in node.op_type and attribute.name == "num_heads"
        ]

    def matrix(self, name: str) -> npt.NDArray[np.float32]:
        """A constant of the graph, as numbers of which it is a rounding where it was rounded."""
        rounded = self._values.get(f"{name}_quantized")
        if rounded is None:
            return self._values[name].astype(np.float32)
        zero, scale = self._values[f"{name}_zero_point"], self._values[f"{name}_scale"]
        numbers: npt.NDArray[np.float32] = ((rounded.astype(np.float32) - zero.astype(np.float32)) * scale).astype(np.float32)
        return numbers

    def parameters(self, names: dict[str, str], prefix: str) -> dict[str, Tensor]:
        found: dict[str, Tensor] = {}
        for ours, theirs in names.items():
            for end in ("table", "weight", "bias"):
                name = f"{ours}.{end}"
                if name in self._values or f"{name}_quantized" in self._values:
                    value = self.matrix(name)
                    # Products hold the weights of linear layers the other way round.
                    found[f"{prefix}{theirs}.{end.replace('table', 'weight')}"] = torch.tensor(
                        value.T if end == "weight" and value.ndim > 1 else value
                    )
        return found

    def block(self, name: str, prefix: str) -> dict[str, Tensor]:
        found = self.parameters({f"{name}.{part}": part for part in _LAYERS}, prefix)
        for part, end in (("weight", 1), ("bias", 0)):
            whole = np.split(self.matrix(f"{name}.attention.{part}"), 3, axis=end)
            found |= {
                f"{prefix}{layer}.{part}": torch.tensor(value.T)
                for layer, value in zip(("query", "key", "value"), whole, strict=True)
            }
        for layer, norm in _BIASES.items():
            found[f"{prefix}{layer}.bias"] = torch.tensor(self.matrix(f"{name}.{norm}.added"))
        factor = self._values.get(f"{name}.rise.factor")
        if factor is not None:
            found[f"{prefix}rise.weight"] *= torch.tensor(factor)
        return found
