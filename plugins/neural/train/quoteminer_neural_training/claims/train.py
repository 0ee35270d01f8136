"""Training of the scorer of claims: what it costs to be wrong, and the run."""

from __future__ import annotations

from pathlib import Path

import attrs
import torch
from torch import Tensor
from torch.nn import functional

from ..common import loop, pretrained, runs
from ..common.batches import ends_of, epochs
from ..common.loop import Loss
from .batches import CHECKED, Batch, epoch
from .model import Scorer, Sizes
from .prepare import QUESTIONS, UNKNOWN, Document
from .settings import Settings

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
        pretrained.take_over(model, settings.base, vocabulary, settings.layers)
    runs.write_vocabulary(folder, vocabulary)
    runs.write_sizes(folder, sizes)

    def cut(number: int) -> list[Batch]:
        return list(
            epoch(
                documents,
                pieces=settings.pieces,
                context=settings.context,
                batch_pieces=settings.batch_pieces,
                ends=ends_of(vocabulary),
                seed=(settings.seed, number),
                repeats=settings.repeats,
                ranked_share=settings.ranked_share,
            )
        )

    weights = torch.tensor([settings.weights[name] for name in QUESTIONS])

    def lose(batch: Batch) -> Loss:
        found = losses(model(batch.window, batch.pool), batch.answers)
        return Loss(found @ weights, found, batch.window.mask)

    each = len(cut(0))
    total = round(each * settings.epochs)
    loop.train(
        model,
        torch.optim.AdamW(loop.groups(model, model, settings)),
        lambda step: epochs(cut, step, each),
        lose,
        total=total,
        parts=QUESTIONS,
        settings=settings,
        folder=folder,
        keep={round(total * settings.early): EARLY},
    )
    return model
