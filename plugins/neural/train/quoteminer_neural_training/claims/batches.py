"""Windows of training texts in batches, cut anew in every epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from quoteminer_neural.claims.chunks import Chunk, chunks

from ..common.batches import grouped, padded
from ..common.reader import Window
from .prepare import QUESTIONS, UNKNOWN, Document

CHECKED = QUESTIONS.index("checked")


class Batch(NamedTuple):
    """Input and gold of some windows.

    ``pool``: [B, S, T], 1.0 at the pieces of each sentence. ``answers``: [B, S, questions], 0, 1 or ``UNKNOWN``.
    """

    window: Window
    pool: Tensor
    answers: Tensor


class Item(NamedTuple):
    """A window of a document with the answers of its sentences."""

    document: Document
    chunk: Chunk
    answers: np.ndarray


def epoch(
    documents: Sequence[Document],
    *,
    pieces: int,
    context: int,
    batch_pieces: int,
    ends: tuple[int, int],
    seed: Sequence[int],
    repeats: dict[str, int],
    ranked_share: float,
) -> Iterator[Batch]:
    """The batches of one epoch: the first window of a text begins at a random one of its first sentences; equal lengths come together.

    Args:
        repeats: how often the texts of a corpus are read; others once.
        ranked_share: of texts that have no other answers than the last, windows without a checked sentence for each with one.
    """
    chance = np.random.default_rng(list(seed))
    items: list[Item] = []
    for document in documents:
        for _ in range(repeats.get(document.corpus, 1)):
            cut = list(windows(document, pieces, context, skip=int(chance.integers(0, 6))))
            if (document.answers[:, :CHECKED] == UNKNOWN).all():
                with_one = [item for item in cut if (item.answers[:, CHECKED] == 1).any()]
                others = [item for item in cut if not (item.answers[:, CHECKED] == 1).any()]
                count = min(len(others), round(ranked_share * len(with_one)))
                cut = with_one + [others[number] for number in chance.permutation(len(others))[:count].tolist()]
            items += cut
    for group in grouped(items, _size, batch_pieces=batch_pieces, noise=0.1, chance=chance):
        yield collate(group, ends)


def _size(item: Item) -> int:
    return item.chunk.end - item.chunk.start


def windows(document: Document, pieces: int, context: int, skip: int = 0) -> Iterator[Item]:
    """The windows of a document from a sentence on."""
    at = min(skip, max(0, len(document.sentences) - 1))
    for chunk in chunks([(int(start), int(end)) for start, end in document.sentences[at:]], pieces, context):
        yield Item(document, chunk, document.answers[at : at + len(chunk.sentences)])
        at += len(chunk.sentences)


def collate(items: Sequence[Item], ends: tuple[int, int]) -> Batch:
    """Pad windows to the longest of them, and to the most sentences."""
    window = padded([(item.document, item.chunk.start, item.chunk.end) for item in items], ends)
    most = max(len(item.answers) for item in items)
    pool = np.zeros((len(items), most, window.ids.shape[1]), dtype=np.float32)
    answers = np.full((len(items), most, len(QUESTIONS)), UNKNOWN, dtype=np.int64)
    for row, (_, chunk, given) in enumerate(items):
        for number, (start, end) in enumerate(chunk.sentences):
            pool[row, number, start - chunk.start + 1 : end - chunk.start + 1] = 1.0
        answers[row, : len(given)] = given
    return Batch(window, torch.from_numpy(pool), torch.from_numpy(answers))
