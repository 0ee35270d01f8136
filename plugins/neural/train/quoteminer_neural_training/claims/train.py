"""The training loop: seeded, with checkpoints that a killed run goes on from."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import torch
from torch import Tensor
from torch.nn import functional

from quoteminer_neural.wordpieces import END, START

from ..common import pretrained, runs
from ..quotes.train import schedule
from .batches import CHECKED, Batch, epoch
from .model import Scorer, Sizes
from .prepare import QUESTIONS, UNKNOWN, Document
from .settings import Settings

log = logging.getLogger(__name__)

EARLY = "early.pt"


def losses(scores: Tensor, answers: Tensor) -> Tensor:
    """One loss a question, each a mean over the sentences of the batch.

    Cross-entropy for all but the last. Where fact-checkers were silent nothing is known, so the last is asked in pairs: what they checked
    above what they did not (Burges et al. 2005), which ranks and makes no sentence a negative.
    """
    count = (answers != UNKNOWN).any(-1).sum().clamp(min=1)
    found: list[Tensor] = []
    for number in range(CHECKED):
        known = answers[..., number] != UNKNOWN
        wanted = answers[..., number][known].float()
        found.append(functional.binary_cross_entropy_with_logits(scores[..., number][known], wanted, reduction="sum") / count)
    asked, ranked = scores[..., CHECKED], answers[..., CHECKED]
    differences = asked[ranked == 1][:, None] - asked[ranked == 0][None]
    # Each checked sentence counts once, whatever number it is compared with.
    found.append(functional.softplus(-differences).mean(1).sum() / count if differences.numel() else scores.sum() * 0.0)
    return torch.stack(found)


def groups(model: Scorer, settings: Settings) -> list[dict[str, object]]:
    """Parameters for the optimiser: own rates for encoder and heads, no decay for vectors of one dimension."""
    made: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if name == "words.weight" and settings.freeze_words:
            parameter.requires_grad_(False)
            continue
        fresh = name.startswith(("gate", "answers", "shapes", "places"))
        rate = settings.head_rate if fresh else settings.rate
        made.setdefault((rate, settings.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [{"params": params, "lr": rate, "weight_decay": decay} for (rate, decay), params in made.items()]


def train(documents: list[Document], vocabulary: list[str], settings: Settings, folder: Path, *, fresh: bool = False) -> Scorer:
    """Train, or go on from the checkpoint in ``folder``; writes ``checkpoint.pt``, ``early.pt``, ``sizes.json`` and ``vocabulary.txt`` there.

    Args:
        vocabulary: the restricted vocabulary that the documents are encoded with.
        fresh: a small model that does not start from pretrained weights (for tests).
    """
    torch.manual_seed(settings.seed)
    folder.mkdir(parents=True, exist_ok=True)
    sizes = Sizes(vocabulary=len(vocabulary), layers=len(settings.layers), positions=settings.pieces + 2)
    if fresh:
        sizes = attrs.evolve(sizes, hidden=48, heads=4, inner=96)
    model = Scorer(sizes, settings.dropout)
    if not fresh:
        full = {piece: number for number, piece in enumerate(pretrained.vocabulary(settings.base))}
        model.start_from(pretrained.weights(settings.base), [full[piece] for piece in vocabulary], settings.layers)
    runs.write_vocabulary(folder, vocabulary)
    runs.write_sizes(folder, sizes)
    ends = (vocabulary.index(START), vocabulary.index(END))

    def cut(number: int) -> list[Batch]:
        return list(
            epoch(
                documents,
                pieces=settings.pieces,
                context=settings.context,
                batch_pieces=settings.batch_pieces,
                ends=ends,
                seed=(settings.seed, number),
                repeats=settings.repeats,
                ranked_share=settings.ranked_share,
            )
        )

    each = len(cut(0))
    total = round(each * settings.epochs)
    optimiser = torch.optim.AdamW(groups(model, settings))
    rates = [group["lr"] for group in optimiser.param_groups]
    step = 0
    checkpoint = folder / runs.CHECKPOINT
    if checkpoint.exists():
        step = runs.resume(checkpoint, model, optimiser)
        log.info("going on from step %d of %d", step, total)
    weights = torch.tensor([settings.weights[name] for name in QUESTIONS])
    model.train()
    saved = began = time.monotonic()
    running = torch.zeros(len(QUESTIONS))
    pieces = seen = 0
    for number, batch in _stream(cut, step, each):
        if step >= total:
            break
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * schedule(step, total, settings.warmup, settings.cooldown)
        found = losses(model(batch.window), batch.answers)
        optimiser.zero_grad()
        (found @ weights).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        optimiser.step()
        step += 1
        seen += 1
        pieces += int(batch.window.mask.sum())
        running += found.detach()
        if step == round(total * settings.early):
            runs.save(folder / EARLY, model, optimiser, step)
        if step % 20 == 0 or step == total:
            means = ", ".join(f"{name} {float(value):.4f}" for name, value in zip(QUESTIONS, running / seen, strict=True))
            log.info("step %d/%d epoch %d %s, %.0f pieces/s", step, total, number, means, pieces / (time.monotonic() - began))
            running, seen = torch.zeros(len(QUESTIONS)), 0
        if time.monotonic() - saved > 60 * settings.save_minutes or step == total:
            runs.save(checkpoint, model, optimiser, step)
            saved = time.monotonic()
    return model


def _stream(cut: Callable[[int], list[Batch]], step: int, each: int) -> Iterator[tuple[int, Batch]]:
    """The batches from a step on; epochs differ a little in length, and each is used up to the length of the first."""
    number, at = divmod(step, each)
    while True:
        made = cut(number)
        for index in range(at, each):
            yield number, made[index % len(made)]
        number, at = number + 1, 0
