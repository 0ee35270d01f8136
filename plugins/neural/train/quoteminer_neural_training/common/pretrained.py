"""The encoder that training starts from: all-MiniLM-L6-v2 (Apache-2.0; Reimers and Gurevych 2019, Wang et al. 2020)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors.torch import load_file

if TYPE_CHECKING:
    import torch


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
