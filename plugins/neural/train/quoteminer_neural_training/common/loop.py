"""The training loop, with checkpoints that a killed run goes on from."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor, nn

from . import runs
from .reader import Reader
from .settings import Settings

log = logging.getLogger(__name__)

T = TypeVar("T")


class Loss(NamedTuple):
    """What a batch costs: ``whole`` is made small, ``parts`` are for the log; ``mask`` is that of the windows."""

    whole: Tensor
    parts: Iterable[Tensor]
    mask: Tensor


def groups(model: nn.Module, reader: Reader, settings: Settings) -> list[dict[str, object]]:
    """Parameters for the optimiser: own rates for what is pretrained, all in ``reader``, and for the rest; no decay of single rows."""
    pretrained = set(map(id, reader.pretrained()))
    made: dict[tuple[float, float], list[Tensor]] = {}
    for parameter in model.parameters():
        if parameter is reader.words.weight and settings.freeze_words:
            parameter.requires_grad_(False)
            continue
        rate = settings.rate if id(parameter) in pretrained else settings.head_rate
        made.setdefault((rate, settings.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [{"params": params, "lr": rate, "weight_decay": decay} for (rate, decay), params in made.items()]


def schedule(step: int, total: int, warmup: float, cooldown: float) -> float:
    """Share of the rate at a step: rises to 1, stays, and falls linearly to 0 at the end (Zhai et al. 2022).

    A run can be made longer or shorter while it is in the level part.
    """
    rise, fall = max(1, round(total * warmup)), max(1, round(total * cooldown))
    return max(0.0, min(1.0, (step + 1) / rise, (total - step) / fall))


def train(
    model: nn.Module,
    optimiser: torch.optim.Optimizer,
    batches: Callable[[int], Iterator[tuple[int, T]]],
    lose: Callable[[T], Loss],
    *,
    total: int,
    parts: Sequence[str],
    settings: Settings,
    folder: Path,
    keep: Mapping[int, str] | None = None,
) -> None:
    """Train, or go on from the checkpoint in ``folder``.

    Args:
        batches: from a step on, with the number of the epoch.
        lose: what a batch costs.
        total: how many steps there are.
        parts: names of the parts of the loss.
        keep: after which steps a checkpoint stays, and in which file.
    """
    rates = [group["lr"] for group in optimiser.param_groups]
    checkpoint = folder / runs.CHECKPOINT
    step = 0
    if checkpoint.exists():
        step = runs.resume(checkpoint, model, optimiser)
        log.info("going on from step %d of %d", step, total)
    model.train()
    saved = began = time.monotonic()
    sums = [0.0] * len(parts)
    pieces = seen = 0
    for number, batch in batches(step):
        if step >= total:
            break
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * schedule(step, total, settings.warmup, settings.cooldown)
        loss = lose(batch)
        optimiser.zero_grad()
        loss.whole.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        optimiser.step()
        step += 1
        seen += 1
        pieces += int(loss.mask.sum())
        sums = [old + new.item() for old, new in zip(sums, loss.parts, strict=True)]
        if keep and step in keep:
            runs.save(folder / keep[step], model, optimiser, step)
        if step % 20 == 0 or step == total:
            means = ", ".join(f"{name} {value / seen:.4f}" for name, value in zip(parts, sums, strict=True))
            speed = pieces / (time.monotonic() - began)
            log.info("step %d/%d epoch %d %s, %.0f pieces/s", step, total, number, means, speed)
            sums, seen = [0.0] * len(parts), 0
        if time.monotonic() - saved > 60 * settings.save_minutes or step == total:
            runs.save(checkpoint, model, optimiser, step)
            saved = time.monotonic()
