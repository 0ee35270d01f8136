"""A smaller model cut out of a trained one: the heads and neurons of its encoder that matter least for what they cost go.

What leaving one out costs in loss is estimated by the mean squared gradient for a switch on its output (diagonal Fisher information: Kwon et
al. 2022). The estimates add up, so heads and neurons of all layers compete for one budget of time.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import attrs
import torch
from torch import Tensor, nn

from ..common import runs
from ..common.reader import Block
from .batches import Batch, of_run
from .export import trained
from .model import Model
from .settings import Settings
from .train import FIRST, loss, losses, scores

log = logging.getLogger(__name__)

HEAD_COST: Final = 111.0
"""Time of one head of 32 dimensions in neurons of the feed-forward part (onnxruntime, int8, AVX2, windows of 130 to 210 pieces)."""
BATCHES: Final = 60
"""How many batches of training texts the estimates are taken from."""


class Kept(NamedTuple):
    """Numbers of the heads and of the neurons that stay in one layer."""

    heads: tuple[int, ...]
    neurons: tuple[int, ...]


class Weight(NamedTuple):
    """How much the heads [N] and the neurons [I] of a layer matter."""

    heads: Tensor
    neurons: Tensor


def prune(run: Path, target: Path, share: float, settings: Settings) -> None:
    """Cut the model of a finished run down and write it with what training needs into the folder ``target``, for ``train`` to start from.

    Args:
        share: of the time of heads and neurons that stays.
    """
    model = trained(run)
    kept = choose(weigh(model, itertools.islice(of_run(run, settings), BATCHES), settings), share)
    log.info("heads and neurons that stay: %s", [tuple(map(len, layer)) for layer in kept])
    runs.share(run, target)
    smaller = cut(model, kept)
    runs.write_sizes(target, smaller.sizes)
    torch.save({"model": smaller.state_dict()}, target / FIRST)


def weigh(model: Model, batches: Iterable[Batch], settings: Settings) -> list[Weight]:
    """How much each head and neuron of each layer of the encoder matters for the loss on some batches."""
    blocks = [block for block in model.encoder.blocks if isinstance(block, Block)]
    heads = [torch.ones(block.heads, requires_grad=True) for block in blocks]
    neurons = [torch.ones(block.rise.out_features, requires_grad=True) for block in blocks]
    switches = [*heads, *neurons]
    hooks = [_switch(block.out, switch) for block, switch in zip(blocks, heads, strict=True)]
    hooks += [_switch(block.fall, switch) for block, switch in zip(blocks, neurons, strict=True)]
    sums = [torch.zeros_like(switch) for switch in switches]
    for batch in batches:
        slopes = torch.autograd.grad(loss(losses(scores(model, batch), batch), settings), switches)
        for total, slope in zip(sums, slopes, strict=True):
            total += slope**2
    for hook in hooks:
        hook.remove()
    return list(map(Weight, sums[: len(blocks)], sums[len(blocks) :]))


def _switch(layer: nn.Linear, switch: Tensor) -> torch.utils.hooks.RemovableHandle:
    """Multiply what goes into ``layer`` by the switches, each for as many columns as there are for each."""

    def turn(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        (x,) = inputs
        return ((x.unflatten(-1, (len(switch), -1)) * switch[:, None]).flatten(-2),)

    return layer.register_forward_pre_hook(turn)


def choose(weights: Sequence[Weight], share: float) -> list[Kept]:
    """What stays of each layer, so that ``share`` of the time of all heads and neurons stays; at least one head and 64 neurons a layer."""
    units = []
    for layer, (heads, neurons) in enumerate(weights):
        units += [(float(worth) / HEAD_COST, HEAD_COST, layer, 0, number) for number, worth in enumerate(heads)]
        units += [(float(worth), 1.0, layer, 1, number) for number, worth in enumerate(neurons)]
    # A floor in each layer, so that none is empty.
    best = sorted(units, reverse=True)
    least = {(layer, kind): count for layer in range(len(weights)) for kind, count in ((0, 1), (1, 64))}
    first = []
    for unit in best:
        if least[unit[2:4]]:
            least[unit[2:4]] -= 1
            first.append(unit)
    budget = share * sum(unit[1] for unit in units)
    taken = set(first)
    budget -= sum(unit[1] for unit in first)
    for unit in best:
        if unit not in taken and unit[1] <= budget:
            taken.add(unit)
            budget -= unit[1]
    return [
        Kept(
            tuple(sorted(unit[4] for unit in taken if unit[2:4] == (layer, 0))),
            tuple(sorted(unit[4] for unit in taken if unit[2:4] == (layer, 1))),
        )
        for layer in range(len(weights))
    ]


def cut(model: Model, kept: Sequence[Kept]) -> Model:
    """The smaller model, with the weights of what stays."""
    sizes = attrs.evolve(
        model.sizes, heads=tuple(len(layer.heads) for layer in kept), inner=tuple(len(layer.neurons) for layer in kept)
    )
    smaller = Model(sizes)
    state = model.state_dict()
    for number, layer in enumerate(kept):
        size = model.sizes.head
        columns = torch.tensor([head * size + place for head in layer.heads for place in range(size)])
        neurons = torch.tensor(layer.neurons)
        name = f"encoder.blocks.{number}"
        for part in ("query", "key", "value"):
            for end in ("weight", "bias"):
                state[f"{name}.{part}.{end}"] = state[f"{name}.{part}.{end}"][columns]
        state[f"{name}.out.weight"] = state[f"{name}.out.weight"][:, columns]
        for end in ("weight", "bias"):
            state[f"{name}.rise.{end}"] = state[f"{name}.rise.{end}"][neurons]
        state[f"{name}.fall.weight"] = state[f"{name}.fall.weight"][:, neurons]
    smaller.load_state_dict(state)
    return smaller
