"""Windows in batches: alike in length and padded, epoch after epoch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import numpy as np
import torch

from quoteminer_neural import stored
from quoteminer_neural.pieces import Ints

from .reader import Window

T = TypeVar("T")


class Pieces(Protocol):
    """Numbers of a text that a model reads, one item a piece; see :class:`quoteminer_neural.encoding.Encoded`."""

    @property
    def ids(self) -> Ints: ...
    @property
    def shapes(self) -> Ints: ...
    @property
    def places(self) -> Ints: ...


def ends_of(vocabulary: list[str]) -> tuple[int, int]:
    """Numbers of the pieces that open and close each window."""
    cutter = stored.cut_by(vocabulary)
    return cutter.start, cutter.end


def grouped(
    items: list[T], size: Callable[[T], int], *, batch_pieces: int, noise: float, chance: np.random.Generator
) -> Iterator[list[T]]:
    """Windows of nearly the same length together; the batches in random order.

    Args:
        size: of a window in pieces, without those at its ends.
        batch_pieces: most pieces a batch, padding included.
        noise: how far the order may differ from that of lengths, so that windows of one document do not always meet the same neighbours.
    """
    ordered = sorted(items, key=lambda item: size(item) * (1 + noise * chance.random()))
    groups: list[list[T]] = []
    longest = 0
    for item in ordered:
        longest = max(longest, size(item) + 2)
        if not groups or longest * (len(groups[-1]) + 1) > batch_pieces:
            groups.append([])
            longest = size(item) + 2
        groups[-1].append(item)
    for number in chance.permutation(len(groups)).tolist():
        yield groups[number]


def padded(stretches: Sequence[tuple[Pieces, int, int]], ends: tuple[int, int]) -> Window:
    """Stretches of texts between the pieces that open and close a window, padded to the longest."""
    shape = (len(stretches), max(end - start for _, start, end in stretches) + 2)
    ids, shapes, places = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    mask = np.zeros(shape, dtype=np.bool_)
    for row, (pieces, start, end) in enumerate(stretches):
        size = end - start
        here = slice(1, size + 1)
        ids[row, here] = pieces.ids[start:end]
        ids[row, 0], ids[row, size + 1] = ends
        shapes[row, here] = pieces.shapes[start:end]
        places[row, here] = pieces.places[start:end]
        mask[row, : size + 2] = True
    return Window(*map(torch.from_numpy, (ids, shapes, places, mask)))


def epochs(cut: Callable[[int], list[T]], step: int, each: int) -> Iterator[tuple[int, T]]:
    """The batches from a step on, with the number of the epoch; epochs differ a little in length, and of each ``each`` batches are used."""
    number, at = divmod(step, each)
    while True:
        made = cut(number)
        for index in range(at, each):
            yield number, made[index % len(made)]
        number, at = number + 1, 0
