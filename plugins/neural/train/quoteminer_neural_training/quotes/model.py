"""The model in torch: a small transformer that reads a window once, a layer that finds cues, a linker that reads on from each cue, and a layer for claims.

The linker answers, for one cue at a time, which pieces are its source and which its content. So nested and crossing attributions and several
a sentence are no special case, and source and content come linked (the cue as anchor: Pareti 2015; one pass of the encoder for all cues, as
span-based models of semantic roles do: He et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import torch
from torch import Tensor, nn
from torch.nn import functional

from quoteminer_neural import labels
from quoteminer_neural.claims import layer

from ..common.reader import Block, Reader, Window


def _numbers(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(values)


@attrs.frozen
class Sizes:
    """Shape of the model.

    ``heads`` and ``inner`` (size of the feed-forward part) have one item a layer of the encoder, ``head`` is the size of one head. ``near``
    is how many pieces away from the cue the linker still tells distances apart. ``claims`` is ``inner`` of the layer for claims; 0 for none.
    """

    vocabulary: int
    hidden: int = 384
    heads: tuple[int, ...] = attrs.field(default=(12,) * 6, converter=_numbers)
    inner: tuple[int, ...] = attrs.field(default=(1536,) * 6, converter=_numbers)
    head: int = 32
    positions: int = 256
    link: int = 128
    link_heads: int = 4
    link_inner: int = 256
    near: int = 96
    sentences: int = 3
    claims: int = 0


class Encoder(Reader):
    """Pieces of a window to vectors, with a layer of labels for cues, the scopes apart, and an auxiliary one for source and content."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__(
            sizes.vocabulary,
            hidden=sizes.hidden,
            positions=sizes.positions,
            heads=sizes.heads,
            head=sizes.head,
            inner=sizes.inner,
            dropout=dropout,
        )
        self.cues = nn.Linear(sizes.hidden, labels.CUE_LABELS * len(labels.SCOPES))
        self.flat = nn.Linear(sizes.hidden, labels.ROLES * labels.CUE_LABELS)
        self.start_small()

    def forward(self, window: Window) -> Tensor:
        """Vectors [B, T, H]."""
        return self.read(window)


class Linker(nn.Module):
    """For each cue, a label for every piece of its window."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.near = sizes.near
        self.reach = sizes.sentences
        self.token = nn.Linear(sizes.hidden, sizes.link)
        self.first = nn.Linear(sizes.hidden, sizes.link, bias=False)
        self.last = nn.Linear(sizes.hidden, sizes.link, bias=False)
        self.distance = nn.Embedding(2 * sizes.near + 1, sizes.link)
        self.sentence = nn.Embedding(2 * sizes.sentences + 1, sizes.link)
        self.norm = nn.LayerNorm(sizes.link, eps=1e-12)
        self.block = Block(sizes.link, sizes.link_heads, sizes.link // sizes.link_heads, sizes.link_inner, dropout)
        self.labels = nn.Linear(sizes.link, labels.ROLE_LABELS)
        for table in (self.distance, self.sentence):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, x: Tensor, sentences: Tensor, mask: Tensor, cues: Tensor) -> Tensor:
        """Scores [C, T, ROLE_LABELS].

        Args:
            x: vectors [B, T, H].
            sentences: [B, T], running number of the sentence.
            mask: as in :class:`Window`.
            cues: [C, 3]: number of the window in the batch, first and last piece of the cue.
        """
        window, first, last = cues.unbind(1)
        place = torch.arange(x.shape[1])[None]
        far = torch.clamp(place - last[:, None], min=0) + torch.clamp(place - first[:, None], max=0)
        distance = torch.clamp(far, -self.near, self.near) + self.near
        own = sentences[window, first]
        sentence = torch.clamp(sentences[window] - own[:, None], -self.reach, self.reach) + self.reach
        cue = self.first(x[window, first]) + self.last(x[window, last])
        pairs = self.token(x)[window] + cue[:, None] + self.distance(distance) + self.sentence(sentence)
        pairs = self.norm(functional.gelu(pairs))
        pairs = self.block(pairs, mask[window][:, None, None, :])
        result: Tensor = self.labels(pairs)
        return result


class Claims(nn.Module):
    """One layer more over the vectors of a window, and for each piece the labels of claims, their kinds, and whether they deserve a check."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.block = Block(sizes.hidden, sizes.hidden // sizes.head, sizes.head, sizes.claims, dropout)
        self.answers = nn.Linear(sizes.hidden, layer.ANSWERS)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Scores [B, T, ANSWERS]; ``x`` [B, T, H] and ``mask`` [B, T] as in :class:`Window`."""
        result: Tensor = self.answers(self.block(x, mask[:, None, None, :]))
        return result


class Model(nn.Module):
    """Encoder, linker and, where it is asked for, the layer for claims."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.linker = Linker(sizes, dropout)
        self.claims = Claims(sizes, dropout) if sizes.claims else None
