"""Training of the model of quotations: what it costs to be wrong, what a teacher adds to that, and the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import attrs
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quoteminer_neural import decoding, labels, stored
from quoteminer_neural.claims import layer

from ..common import loop, pretrained, runs
from ..common.batches import ends_of, epochs
from ..common.loop import Loss
from .batches import IGNORED, Batch, epoch
from .model import Model, Sizes
from .prepare import Document
from .settings import Settings

FIRST = "first.pt"


class Scores(NamedTuple):
    """Scores of a batch: ``cue`` [B, T, scopes, labels], ``flat`` [B, T, 2, labels], ``role`` [C, T, labels], and ``claim`` [B, T, ANSWERS], if the
    model has a layer for claims.
    """

    cue: Tensor
    flat: Tensor
    role: Tensor
    claim: Tensor | None = None

    def whole(self) -> Scores:
        """The same in 32 bits."""
        return Scores(self.cue.float(), self.flat.float(), self.role.float(), None if self.claim is None else self.claim.float())


def scores(model: Model, batch: Batch) -> Scores:
    """What the model says of a batch; the linker is asked about the annotated cues."""
    vectors = model.encoder(batch.window)
    return Scores(
        model.encoder.cues(vectors).unflatten(-1, (len(labels.SCOPES), -1)),
        model.encoder.flat(vectors).unflatten(-1, (labels.ROLES, -1)),
        model.linker(vectors, batch.sentences, batch.window.mask, batch.cues),
        None if model.claims is None else model.claims(vectors, batch.window.mask),
    )


def losses(found: Scores, batch: Batch, taught: Scores | None = None, share: float = 0.0) -> tuple[Tensor, Tensor, Tensor]:
    """Cross-entropy of cues, auxiliary layers and linker; the linker's is summed over cues and divided by the pieces of the batch.

    Args:
        taught: scores of a teacher; then the target is their mean with the annotation (Hinton et al. 2015).
        share: weight of the teacher in that mean.
    """
    gold = (batch.cue_labels, batch.flat_labels, batch.role_labels)
    judged = (batch.judged[..., None, None], batch.judged[..., None, None], batch.judged[batch.cues[:, 0], :, None])
    sums: list[Tensor] = []
    for number, (ours, wanted) in enumerate(zip(found[:3], gold, strict=True)):
        assert ours is not None
        loss = functional.cross_entropy(ours.flatten(0, -2), wanted.flatten(), ignore_index=IGNORED, reduction="sum")
        if taught is not None:
            theirs = taught[number]
            assert theirs is not None
            soft = -(torch.softmax(theirs, -1) * torch.log_softmax(ours, -1) * judged[number]).sum()
            loss = share * soft + (1 - share) * loss
        sums.append(loss)
    count = batch.window.mask.sum()
    # One of the scopes is annotated, so there is no mean over both.
    return sums[0] / count, sums[1] / (labels.ROLES * count), sums[2] / count


def claim_losses(found: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Cross-entropy of the labels of claims, a piece, and of their kinds and of what deserves a check, a claim: its pieces answer with their mean."""
    edges = functional.cross_entropy(
        found[..., layer.EDGES].flatten(0, -2), batch.claim_labels.flatten(), ignore_index=IGNORED, reduction="sum"
    )
    rows, begins, ends, kinds, worth = batch.stated.unbind(1)
    sums = functional.pad(found.cumsum(1), (0, 0, 1, 0))
    means = (sums[rows, ends] - sums[rows, begins]) / (ends - begins).clamp(min=1)[:, None]
    kind = functional.cross_entropy(means[:, layer.OF_KINDS], kinds, ignore_index=-1, reduction="sum")
    known = worth >= 0
    check = functional.binary_cross_entropy_with_logits(means[known, layer.WORTH], worth[known].float(), reduction="sum")
    count = max(1, len(batch.stated))
    return edges / batch.window.mask.sum(), kind / count, check / count


def loss(parts: Sequence[Tensor], settings: Settings) -> Tensor:
    """What training makes small, from the :func:`losses` and, where there are any, the :func:`claim_losses`."""
    weights = (
        1.0,
        settings.flat_weight,
        settings.link_weight,
        settings.claim_weight,
        settings.kind_weight,
        settings.worth_weight,
    )
    return torch.stack([weight * part for weight, part in zip(weights, parts, strict=False)]).sum()


def train(
    documents: list[Document],
    vocabulary: list[str],
    settings: Settings,
    folder: Path,
    *,
    texts: Sequence[Document] = (),
    first: Model | None = None,
    teacher: Model | None = None,
    fresh: bool = False,
) -> Model:
    """Train, or go on from the checkpoint in ``folder``; writes ``checkpoint.pt``, ``sizes.json`` and ``vocabulary.txt`` there.

    Args:
        documents: training documents.
        texts: more of them, of which nothing is annotated; what the teacher says of them is learnt.
        vocabulary: the restricted vocabulary that they are encoded with.
        first: a model with the same vocabulary to start from.
        teacher: a trained model with the same vocabulary, whose scores are learnt; where there is no ``first``, its lower layers are.
        fresh: do not start from pretrained weights (for tests).
    """
    torch.manual_seed(settings.seed)
    folder.mkdir(parents=True, exist_ok=True)
    model = _first(vocabulary, settings, first or teacher, fresh=fresh)
    runs.write_vocabulary(folder, vocabulary)
    runs.write_sizes(folder, model.sizes)

    def cut(number: int, source: Sequence[Document] = documents, *, annotated: bool = True) -> list[Batch]:
        return list(
            epoch(
                source,
                pieces=settings.pieces,
                batch_pieces=settings.batch_pieces,
                ends=ends_of(vocabulary),
                seed=(settings.seed, number),
                corpora=settings.corpora,
                annotated=annotated,
            )
        )

    lessons = None if teacher is None else _Lessons(teacher, [*cut(0), *cut(0, texts, annotated=False)], settings.seed)
    each = len(cut(0)) if lessons is None else len(lessons)

    def batches(step: int) -> Iterator[tuple[int, _Lesson]]:
        if lessons is not None:
            return lessons.stream(step)
        return epochs(lambda number: list(map(_Lesson, cut(number))), step, each)

    if settings.only_claims:
        _hold_all_but_claims(model)

    unknown = stored.cut_by(vocabulary).unknown

    def lose(lesson: _Lesson) -> Loss:
        batch, taught = lesson
        if settings.hide:
            batch = _hide(batch, settings.hide, unknown)
        if settings.only_claims:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.half):
                answers = claims_on_what_is_read(model, batch)
            stated = claim_losses(answers.float(), batch)
            return Loss(loss((*_NOTHING, *stated), settings), (*_NOTHING, *stated), batch.window.mask)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.half):
            found = scores(model, batch)
        found = found.whole()
        parts: tuple[Tensor, ...] = losses(found, batch, taught, settings.teacher_share)
        if found.claim is not None:
            parts += claim_losses(found.claim, batch)
        return Loss(loss(parts, settings), parts, batch.window.mask)

    loop.train(
        model,
        torch.optim.AdamW(loop.groups(model, model.encoder, settings), betas=(0.9, 0.98)),
        batches,
        lose,
        total=round(each * settings.epochs),
        parts=("cue", "flat", "link", "claim", "kind", "worth")[: 3 if model.claims is None else None],
        settings=settings,
        folder=folder,
    )
    return model


def _hide(batch: Batch, share: float, unknown: int) -> Batch:
    """The same batch, some of whose pieces are unknown: what is learnt then rests less on single words."""
    hidden = batch.judged & (torch.rand(batch.judged.shape) < share)
    return batch._replace(window=batch.window._replace(ids=batch.window.ids.masked_fill(hidden, unknown)))


_NOTHING = (torch.zeros(()),) * 3
"""What is lost of cues, auxiliary layers and links where only claims are learned."""


def _hold_all_but_claims(model: Model) -> None:
    if model.claims is None:
        raise ValueError("only claims are to be learned, and the model has no layer for them: set claims to its size")
    for part in (model.encoder, model.linker):
        part.requires_grad_(requires_grad=False)


def claims_on_what_is_read(model: Model, batch: Batch) -> Tensor:
    """The answers of the layer for claims to vectors as the model gives them when it is used."""
    assert model.claims is not None
    model.encoder.eval()
    with torch.no_grad():
        vectors = model.encoder(batch.window)
    result: Tensor = model.claims(vectors, batch.window.mask)
    return result


def _first(vocabulary: list[str], settings: Settings, start: Model | None, *, fresh: bool) -> Model:
    """The model before the first step."""
    layers = settings.layers
    if start is not None:
        claims = start.sizes.claims or settings.claims
        sizes = attrs.evolve(start.sizes, heads=start.sizes.heads[:layers], inner=start.sizes.inner[:layers], claims=claims)
        model = Model(sizes, settings.dropout)
        if model.claims is not None and not start.sizes.claims and not fresh:
            pretrained.take_over_layer(model.claims.block, settings.base, len(sizes.heads))
        taken = {name: value for name, value in start.state_dict().items() if name in model.state_dict()}
        model.load_state_dict({**model.state_dict(), **taken})
        return model
    sizes = Sizes(
        len(vocabulary), heads=(12,) * layers, inner=(1536,) * layers, positions=settings.pieces + 2, claims=settings.claims
    )
    if fresh:
        sizes = attrs.evolve(sizes, hidden=96, heads=(4,) * layers, head=24, inner=(192,) * layers)
        return Model(sizes, settings.dropout)
    model = Model(sizes, settings.dropout)
    pretrained.take_over(model.encoder, settings.base, vocabulary, range(layers))
    if model.claims is not None:
        pretrained.take_over_layer(model.claims.block, settings.base, layers)
    return model


class _Lesson(NamedTuple):
    """A batch and, where there is a teacher, what it says of it."""

    batch: Batch
    taught: Scores | None = None


class _Lessons:
    """The same batches in every epoch, in another order, so that the teacher reads each once."""

    def __init__(self, teacher: Model, batches: list[Batch], seed: int) -> None:
        self._teacher = teacher.eval()
        self._batches = batches
        self._seed = seed
        self._taught: dict[int, Scores] = {}

    def __len__(self) -> int:
        return len(self._batches)

    def stream(self, step: int) -> Iterator[tuple[int, _Lesson]]:
        """As :func:`common.batches.epochs`."""
        number, at = divmod(step, len(self))
        while True:
            for index in np.random.default_rng([self._seed, number]).permutation(len(self))[at:].tolist():
                if index not in self._taught:
                    with torch.no_grad():
                        self._read(index)
                yield number, _Lesson(self._batches[index], self._taught[index])
            number, at = number + 1, 0

    def _read(self, index: int) -> None:
        batch = self._batches[index]
        if (batch.cue_labels == IGNORED).all():
            # Nothing is annotated: the linker is asked about the cues that the teacher finds.
            found = self._teacher.encoder.cues(self._teacher.encoder(batch.window))[..., labels.of_scope("all")]
            cues = [
                (row, cue.start + 1, cue.end)
                for row, judged in enumerate(batch.judged)
                for cue in decoding.cues(found[row, judged].numpy(), 0.0)
            ]
            batch = batch._replace(
                cues=torch.tensor(cues, dtype=torch.int64).reshape(-1, 3),
                role_labels=torch.full((len(cues), batch.judged.shape[1]), IGNORED),
            )
            self._batches[index] = batch
        self._taught[index] = scores(self._teacher, batch)
