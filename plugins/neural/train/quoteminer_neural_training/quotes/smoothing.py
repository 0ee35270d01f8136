"""Factors that make activations easier to round to eight bits (SmoothQuant: Xiao et al. 2023).

A few of the channels between the two parts of a layer are ten times as large as the others, and one scale for all of them leaves the others
few steps. So each channel is divided by a factor before it is rounded, and the weights that it meets are multiplied by it: they are rounded
with a scale for each column and have room.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import torch
from torch import Tensor, nn

from ..common.reader import Block
from .batches import Batch
from .model import Model

BATCHES: Final = 20
"""How many batches of training texts the largest activations are taken from."""
_SHARE: Final = 0.7  # of a channel's size that goes over to the weights; 0.5 to 0.85 are alike


def factors(model: Model, batches: Iterable[Batch]) -> list[Tensor]:
    """For each layer of the encoder a factor for each channel [H] that enters its feed-forward part."""
    layers = [block.rise for block in model.encoder.blocks if isinstance(block, Block)]
    largest = [torch.zeros(layer.in_features) for layer in layers]
    here = torch.empty(0)

    def note(number: int) -> torch.utils.hooks.RemovableHandle:
        def see(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            torch.maximum(largest[number], inputs[0][here].abs().amax(0), out=largest[number])

        return layers[number].register_forward_pre_hook(see)

    hooks = [note(number) for number in range(len(layers))]
    with torch.no_grad():
        for batch in batches:
            here = batch.window.mask
            model.encoder(batch.window)
    for hook in hooks:
        hook.remove()
    return [_factor(seen, layer.weight.detach().abs().amax(0)) for seen, layer in zip(largest, layers, strict=True)]


def _factor(seen: Tensor, weights: Tensor) -> Tensor:
    factor = seen.clamp(min=1e-3) ** _SHARE / weights.clamp(min=1e-5) ** (1 - _SHARE)
    result: Tensor = factor / factor.log().mean().exp()
    return result
