"""The scorer in torch: the lower layers of a small transformer over a window of sentences, and one vector a sentence.

The vector is a mean of those of its pieces, weighed by a gate that is learned (attention without a query: Yang et al. 2016).
"""

from __future__ import annotations

from typing import NamedTuple

import attrs
import torch
from torch import Tensor, nn

from quoteminer_neural.encoding import PLACES, SHAPES

from ..quotes.model import Block
from .prepare import QUESTIONS


@attrs.frozen
class Sizes:
    """Shape of the model."""

    vocabulary: int
    hidden: int = 384
    layers: int = 2
    heads: int = 12
    inner: int = 1536
    positions: int = 128


class Window(NamedTuple):
    """A batch of windows: ``ids``, ``shapes``, ``places``, ``mask`` [B, T], and ``pool`` [B, S, T], 1.0 at the pieces of each sentence."""

    ids: Tensor
    shapes: Tensor
    places: Tensor
    mask: Tensor
    pool: Tensor


class Scorer(nn.Module):
    """Windows to the log-odds of each question for each sentence."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(SHAPES, sizes.hidden)
        self.places = nn.Embedding(PLACES, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(
            Block(sizes.hidden, sizes.heads, sizes.hidden // sizes.heads, sizes.inner, dropout) for _ in range(sizes.layers)
        )
        self.gate = nn.Linear(sizes.hidden, 1, bias=False)
        self.answers = nn.Linear(sizes.hidden, len(QUESTIONS))
        for table in (self.shapes, self.places):
            nn.init.normal_(table.weight, std=0.01)
        nn.init.zeros_(self.gate.weight)

    def forward(self, batch: Window) -> Tensor:
        """Log-odds [B, S, questions]."""
        place = torch.arange(batch.ids.shape[1])
        x = self.words(batch.ids) + self.positions(place) + self.shapes(batch.shapes) + self.places(batch.places)
        x = self.dropout(self.norm(x))
        mask = batch.mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, mask)
        share = torch.exp(torch.clamp(self.gate(x), -8.0, 8.0))
        pooled = batch.pool @ (share * x) / (batch.pool @ share).clamp(min=1e-9)
        result: Tensor = self.answers(self.dropout(pooled))
        return result

    def start_from(self, weights: dict[str, Tensor], rows: list[int], layers: tuple[int, ...]) -> None:
        """Take over ``layers`` of a pretrained BERT; ``rows`` are the numbers of our pieces in its vocabulary."""
        self.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"][rows])
        # Every piece is of the first kind of segment, so its vector can be part of the position's.
        self.positions.weight.data.copy_(
            weights["embeddings.position_embeddings.weight"][: self.sizes.positions]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm": "attention.output.LayerNorm",
            "rise": "intermediate.dense",
            "fall": "output.dense",
            "last": "output.LayerNorm",
        }
        taken = {"norm": "embeddings.LayerNorm"}
        for number, layer in enumerate(layers):
            taken |= {f"blocks.{number}.{ours}": f"encoder.layer.{layer}.{theirs}" for ours, theirs in parts.items()}
        for ours, theirs in taken.items():
            for end in ("weight", "bias"):
                self.get_parameter(f"{ours}.{end}").data.copy_(weights[f"{theirs}.{end}"])
