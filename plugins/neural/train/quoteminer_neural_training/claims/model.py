"""The scorer in torch: the lower layers of a small transformer over a window of sentences, and one vector a sentence.

The vector is a mean of those of its pieces, weighed by a gate that is learned (attention without a query: Yang et al. 2016).
"""

from __future__ import annotations

import attrs
import torch
from torch import Tensor, nn

from ..common.reader import Reader, Window
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


class Scorer(Reader):
    """Windows to the log-odds of each question for each sentence."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__(
            sizes.vocabulary,
            hidden=sizes.hidden,
            positions=sizes.positions,
            heads=(sizes.heads,) * sizes.layers,
            head=sizes.hidden // sizes.heads,
            inner=(sizes.inner,) * sizes.layers,
            dropout=dropout,
        )
        self.sizes = sizes
        self.gate = nn.Linear(sizes.hidden, 1, bias=False)
        self.answers = nn.Linear(sizes.hidden, len(QUESTIONS))
        self.start_small()
        nn.init.zeros_(self.gate.weight)

    def forward(self, window: Window, pool: Tensor) -> Tensor:
        """Log-odds [B, S, questions]; ``pool`` [B, S, T] is 1.0 at the pieces of each sentence."""
        x = self.read(window)
        share = torch.exp(torch.clamp(self.gate(x), -8.0, 8.0))
        pooled = pool @ (share * x) / (pool @ share).clamp(min=1e-9)
        result: Tensor = self.answers(self.dropout(pooled))
        return result
