"""What both models begin with: a small BERT that reads windows, and is told of each piece its shape and its place besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from quoteminer_neural.encoding import PLACES, SHAPES

_HIDDEN: Final = -1e4
"""Added to what a piece that is not there says; in 16 bits as in 32 nothing is left of it."""


_PARTS: Final = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "rise": "intermediate.dense",
    "fall": "output.dense",
    "last": "output.LayerNorm",
}
"""Of a :class:`Block`, by their names in BERT."""


class Window(NamedTuple):
    """A batch of windows: ``ids``, ``shapes``, ``places`` and ``mask``, True where a piece is, all [B, T]."""

    ids: Tensor
    shapes: Tensor
    places: Tensor
    mask: Tensor


class Block(nn.Module):
    """One layer of BERT: attention and a feed-forward part, each added and then normalised."""

    def __init__(self, hidden: int, heads: int, head: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.scale = head**-0.5
        self.query = nn.Linear(hidden, heads * head)
        self.key = nn.Linear(hidden, heads * head)
        self.value = nn.Linear(hidden, heads * head)
        self.out = nn.Linear(heads * head, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.rise = nn.Linear(hidden, inner)
        self.fall = nn.Linear(inner, hidden)
        self.last = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` [B, T, H], ``mask`` [B, 1, 1, T], True where a piece is; gives [B, T, H]."""
        size, length, _ = x.shape
        shape = (size, length, self.heads, self.query.out_features // self.heads)
        query, key, value = (layer(x).view(shape).transpose(1, 2) for layer in (self.query, self.key, self.value))
        # Written out, since torch's own takes three times as long on a CPU in 16 bits; so attention has no dropout, which would take half as long again.
        near = (query * self.scale) @ key.transpose(-1, -2) + _HIDDEN * ~mask
        mixed = (torch.softmax(near, -1).to(value.dtype) @ value).transpose(1, 2).flatten(2)
        x = self.norm(x + self.dropout(self.out(mixed)))
        grown = functional.gelu(self.rise(x))
        result: Tensor = self.last(x + self.dropout(self.fall(grown)))
        return result

    def start_from(self, weights: dict[str, Tensor], number: int) -> None:
        """Take over a layer of a pretrained BERT."""
        for ours, theirs in _PARTS.items():
            for end in ("weight", "bias"):
                self.get_parameter(f"{ours}.{end}").data.copy_(weights[f"encoder.layer.{number}.{theirs}.{end}"])


class Reader(nn.Module):
    """Windows to vectors; the layers that answer something from them are those of the subclass.

    Args:
        heads, inner: number of heads and size of the feed-forward part, one item a layer.
        head: size of one head.
    """

    def __init__(
        self,
        vocabulary: int,
        *,
        hidden: int,
        positions: int,
        heads: Sequence[int],
        head: int,
        inner: Sequence[int],
        dropout: float,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, hidden)
        self.positions = nn.Embedding(positions, hidden)
        self.shapes = nn.Embedding(SHAPES, hidden)
        self.places = nn.Embedding(PLACES, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(hidden, count, head, size, dropout) for count, size in zip(heads, inner, strict=True))

    def start_small(self) -> None:
        """Let what pretraining knows nothing of, shapes and places, change little at first.

        The subclass calls it after it made its layers: the same seed must give the same weights as ever.
        """
        for table in (self.shapes, self.places):
            nn.init.normal_(table.weight, std=0.01)

    def read(self, window: Window) -> Tensor:
        """Vectors [B, T, H]."""
        place = torch.arange(window.ids.shape[1])
        x = self.words(window.ids) + self.positions(place) + self.shapes(window.shapes) + self.places(window.places)
        x = self.dropout(self.norm(x))
        mask = window.mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, mask)
        return x

    def pretrained(self) -> Iterator[nn.Parameter]:
        """What :meth:`start_from` fills."""
        for part in (self.words, self.positions, self.norm, self.blocks):
            yield from part.parameters()

    def start_from(self, weights: dict[str, Tensor], rows: Sequence[int], layers: Sequence[int]) -> None:
        """Take over ``layers`` of a pretrained BERT; ``rows`` are the numbers of our pieces in its vocabulary."""
        self.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"][rows])
        # Every piece is of the first kind of segment, so its vector can be part of the position's.
        self.positions.weight.data.copy_(
            weights["embeddings.position_embeddings.weight"][: self.positions.num_embeddings]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        for end in ("weight", "bias"):
            self.get_parameter(f"norm.{end}").data.copy_(weights[f"embeddings.LayerNorm.{end}"])
        for block, layer in zip(self.blocks, layers, strict=True):
            assert isinstance(block, Block)
            block.start_from(weights, layer)
