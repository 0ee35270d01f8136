"""The folder of a run: what training reads there and leaves there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import attrs
import torch
from torch import Tensor

from quoteminer_neural.stored import VOCABULARY

PREPARED: Final = "train.npz"
SIZES: Final = "sizes.json"
CHECKPOINT: Final = "checkpoint.pt"


def vocabulary(folder: Path) -> list[str]:
    """The lines of the vocabulary of the model, in order; pieces may hold what Python calls a line break."""
    return (folder / VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def write_vocabulary(folder: Path, pieces: list[str]) -> None:
    """Write what :func:`vocabulary` reads."""
    (folder / VOCABULARY).write_text("\n".join(pieces) + "\n", encoding="utf-8")


def share(folder: Path, other: Path) -> None:
    """Copy what was prepared in one folder into another one that has nothing yet."""
    other.mkdir(parents=True, exist_ok=True)
    for name in (VOCABULARY, PREPARED):
        if not (other / name).exists():
            shutil.copyfile(folder / name, other / name)


def sizes(folder: Path) -> dict[str, Any]:
    """The shape of the model."""
    values: dict[str, Any] = json.loads((folder / SIZES).read_text(encoding="utf-8"))
    return values


def write_sizes(folder: Path, shape: attrs.AttrsInstance) -> None:
    """Write what :func:`sizes` reads."""
    (folder / SIZES).write_text(json.dumps(attrs.asdict(shape), indent=1) + "\n", encoding="utf-8")


def weights(*paths: Path) -> dict[str, Tensor]:
    """The weights of a checkpoint, by name; of several checkpoints that began as the same model, their mean.

    Such a mean is right more often on new texts than any of them (Wortsman et al. 2022). What not all of them have is that of those that do.
    """
    loaded: list[dict[str, Tensor]] = [torch.load(path, weights_only=True)["model"] for path in paths]
    names = {name: None for one in loaded for name in one}
    return {name: torch.stack([one[name] for one in loaded if name in one]).mean(0) for name in names}


def save(path: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Write a checkpoint; the old one stays until the new one is whole."""
    part = path.with_suffix(".part")
    torch.save(
        {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "random": torch.get_rng_state(), "step": step}, part
    )
    part.replace(path)


def resume(path: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer) -> int:
    """Take over a checkpoint, and the state of the random numbers with it; gives the number of steps that it has behind it."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    torch.set_rng_state(state["random"])
    return int(state["step"])
