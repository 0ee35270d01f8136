"""The encoder that training starts from: all-MiniLM-L6-v2 (Apache-2.0; Reimers and Gurevych 2019, Wang et al. 2020)."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors.torch import load_file

if TYPE_CHECKING:
    import torch

    from .reader import Reader


def folder(package: str) -> Path:
    """Folder of the pretrained model inside an installed package.

    Raises:
        FileNotFoundError: when the package is not installed or holds no model.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"no package {package}: pip install {package.replace('_', '-')}")
    for place in Path(next(iter(spec.submodule_search_locations))).rglob("model.safetensors"):
        return place.parent
    raise FileNotFoundError(f"package {package} holds no model.safetensors")


def vocabulary(package: str) -> list[str]:
    """The wordpieces of the pretrained model, in order."""
    return (folder(package) / "vocab.txt").read_text(encoding="utf-8").splitlines()


def weights(package: str) -> dict[str, torch.Tensor]:
    """Its weights by their names there."""
    return load_file(folder(package) / "model.safetensors")


def take_over(reader: Reader, package: str, pieces: Sequence[str], layers: Sequence[int]) -> None:
    """Start from ``layers`` of the pretrained model; ``pieces`` is the vocabulary of ``reader``, a part of that of the model."""
    full = {piece: number for number, piece in enumerate(vocabulary(package))}
    reader.start_from(weights(package), [full[piece] for piece in pieces], layers)
