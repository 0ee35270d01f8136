"""Windows of training documents in batches, cut anew in every epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from quoteminer import Scope
from quoteminer_neural import labels
from quoteminer_neural.claims.layer import FIRST, FURTHER

from ..common import runs
from ..common.batches import ends_of, grouped, padded
from ..common.reader import Window
from .prepare import Attribution, Document, Stated, load
from .settings import EVERY, Corpora, Corpus, Settings

IGNORED = -100


class Batch(NamedTuple):
    """Input and gold of some windows.

    ``sentences``: [B, T], running number of the sentence in the window. ``judged``: [B, T], False for special pieces and padding. ``cue_labels``: [B, T, 2], of each
    scope. ``flat_labels``: [B, T, 2], source and content.
    ``cues``: [C, 3], as :class:`model.Linker` takes them. ``role_labels``: [C, T]. Labels of what is not judged are ``IGNORED``, and so are
    all where nothing is annotated; then there are no ``cues``. ``claim_labels``: [B, T], of the parts of claims. ``stated``: [S, 5], a part of a claim each:
    number of the window, first piece, the one behind the last, kind, and whether it deserves a check; -1 where nobody says.
    """

    window: Window
    sentences: Tensor
    judged: Tensor
    cue_labels: Tensor
    flat_labels: Tensor
    cues: Tensor
    role_labels: Tensor
    claim_labels: Tensor
    stated: Tensor


class _Piece(NamedTuple):
    document: Document
    start: int
    end: int


def epoch(
    documents: Sequence[Document],
    *,
    pieces: int,
    batch_pieces: int,
    ends: tuple[int, int],
    seed: Sequence[int],
    corpora: Corpora = MappingProxyType({}),
    annotated: bool = True,
) -> Iterator[Batch]:
    """The batches of one epoch: windows begin at sentences, the first at a random one; equal lengths come together.

    Args:
        pieces: most pieces a window.
        batch_pieces: most pieces a batch, padding included.
        ends: numbers of the pieces that open and close each window.
        seed: of the order and the cuts.
        corpora: what the annotation of each corpus tells, and how often its documents are read; those that are not named are read once,
            and all attributions are annotated there.
        annotated: whether there are annotations at all.
    """
    chance = np.random.default_rng(list(seed))
    chosen = [document for document in documents for _ in range(_times(corpora.get(document.corpus, EVERY).share, chance))]
    cut = [window for document in chosen for window in _cut(document, pieces, chance)]
    for items in grouped(cut, lambda item: item.end - item.start, batch_pieces=batch_pieces, noise=0.02, chance=chance):
        yield collate(items, ends, corpora=corpora, annotated=annotated)


def _times(share: float, chance: np.random.Generator) -> int:
    """How often a document is read in an epoch: its share as a whole number, by chance one more for what is left."""
    whole, rest = divmod(share, 1.0)
    return int(whole) + int(rest > 0 and chance.random() < rest)


def of_run(run: Path, settings: Settings) -> Iterator[Batch]:
    """The batches of the first epoch of a run, from what was prepared into its folder."""
    documents, outer = load(run / runs.PREPARED), ends_of(runs.vocabulary(run))
    yield from epoch(
        documents,
        pieces=settings.pieces,
        batch_pieces=settings.batch_pieces,
        ends=outer,
        seed=(settings.seed, 0),
        corpora=settings.corpora,
    )


def _cut(document: Document, pieces: int, chance: np.random.Generator) -> Iterator[_Piece]:
    total = len(document.ids)
    begins = np.flatnonzero(document.sentence)
    at = 0
    first = [int(place) for place in begins if 0 < place < pieces]
    stop = int(chance.choice(first)) if total > pieces and first else 0
    while at < total:
        if not stop:
            stop = at + pieces
            if stop < total:
                k = int(np.searchsorted(begins, stop, side="right")) - 1
                if k >= 0 and begins[k] > at + pieces // 2:
                    stop = int(begins[k])
        stop = min(stop, total)
        yield _Piece(document, at, stop)
        at, stop = stop, 0


def collate(
    items: Sequence[_Piece], ends: tuple[int, int], *, corpora: Corpora = MappingProxyType({}), annotated: bool = True
) -> Batch:
    """Pad windows to the longest of them."""
    window = padded(items, ends)
    shape = window.ids.shape
    sentences = np.zeros(shape, dtype=np.int64)
    judged = np.zeros(shape, dtype=np.bool_)
    cue_labels = np.full((*shape, len(labels.SCOPES)), IGNORED, dtype=np.int64)
    flat_labels = np.full((*shape, labels.ROLES), IGNORED, dtype=np.int64)
    claim_labels = np.full(shape, IGNORED, dtype=np.int64)
    stated: list[tuple[int, ...]] = []
    cues: list[tuple[int, int, int]] = []
    roles: list[np.ndarray] = []
    for row, (document, start, end) in enumerate(items):
        size = end - start
        here = slice(1, size + 1)
        sentences[row, here] = np.cumsum(document.sentence[start:end])
        sentences[row, size + 1] = sentences[row, size]
        judged[row, here] = True
        if not annotated:
            continue
        near = [item for item in document.attributions if _touches(item, start, end)]
        told = corpora.get(document.corpus, EVERY)
        cues_here, flat_here = _flat(near, start, size)
        for number, scope in enumerate(labels.SCOPES):
            cue_labels[row, here, number] = _told(cues_here, scope, told)
        if told.claims and document.claims is not None:
            claim_labels[row, here] = 0
            stated += [(row, *part) for part in _state(document.claims, start, claim_labels[row, here])]
        flat_labels[row, here] = np.where((flat_here == labels.OUTSIDE) & told.partial, IGNORED, flat_here)
        for item in near:
            if item.cue[0] >= start and item.cue[1] <= end:
                cues.append((row, item.cue[0] - start + 1, item.cue[1] - start))
                line = np.full(shape[1], IGNORED, dtype=np.int64)
                line[here] = _roles(item, start, size)
                roles.append(line)
    return Batch(
        window,
        torch.from_numpy(sentences),
        torch.from_numpy(judged),
        torch.from_numpy(cue_labels),
        torch.from_numpy(flat_labels),
        torch.tensor(cues, dtype=torch.int64).reshape(-1, 3),
        torch.from_numpy(np.stack(roles)) if roles else torch.zeros((0, shape[1]), dtype=torch.int64),
        torch.from_numpy(claim_labels),
        torch.tensor(stated, dtype=torch.int64).reshape(-1, 5),
    )


def _state(claims: Sequence[Stated], start: int, found: np.ndarray) -> Iterator[tuple[int, ...]]:
    """Label the claims among the pieces of a window that begins at ``start``, and give their parts as ``Batch.stated`` has them.

    Of claims that share pieces the longer one is labelled; each counts for kinds.
    """
    for claim in sorted(claims, key=lambda claim: claim.parts[0][0] - claim.parts[-1][1] if claim.parts else 0):
        for number, (first, last) in enumerate(claim.parts):
            begin, end = max(first - start, 0), min(last - start, len(found))
            if begin < end:
                # Behind the special piece that opens the window.
                yield begin + 1, end + 1, claim.kind, claim.worth
                if not found[begin:end].any():
                    labels.write(found, first - start, last - start, FURTHER if number else FIRST)


def _told(cues: np.ndarray, scope: Scope, told: Corpus) -> np.ndarray:
    """What a corpus tells of the cues of a scope. Who reports speech attributes; whether an attribution is speech, only a corpus of speech tells."""
    if told.scope == scope and not told.partial:
        return cues
    if told.scope == "all" and scope == "speech":
        return np.full_like(cues, IGNORED)
    return np.where(cues == labels.OUTSIDE, IGNORED, cues)


def _touches(item: Attribution, start: int, end: int) -> bool:
    first = min(item.cue[0], *(span[1] for span in item.spans), end)
    last = max(item.cue[1], *(span[2] for span in item.spans), start)
    return first < end and last > start


def _flat(items: Sequence[Attribution], start: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    cues = np.zeros(size, dtype=np.int64)
    flat = np.zeros((size, labels.ROLES), dtype=np.int64)
    spans = sorted((span for item in items for span in item.spans), key=lambda span: span[1] - span[2])
    for item in items:
        labels.write(cues, item.cue[0] - start, item.cue[1] - start, 0)
    for role, first, last in spans:
        if not flat[max(first - start, 0) : max(last - start, 0), role].any():
            labels.write(flat[:, role], first - start, last - start, 0)
    return cues, flat


def _roles(item: Attribution, start: int, size: int) -> np.ndarray:
    found = np.zeros(size, dtype=np.int64)
    for role, first, last in sorted(item.spans):
        labels.write(found, first - start, last - start, role)
    return found
