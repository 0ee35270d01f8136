"""The model in torch: a small transformer that reads a window once, a layer that finds cues, and a linker that reads on from each cue.

The linker answers, for one cue at a time, which pieces are its source and which its content. So nested and crossing attributions and several
a sentence are no special case, and source and content come linked (the cue as anchor: Pareti 2015; one pass of the encoder for all cues, as
span-based models of semantic roles do: He et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import attrs
import torch
from torch import Tensor, nn
from torch.nn import functional

from quoteminer_neural import labels
from quoteminer_neural.encoding import PLACES, SHAPES


def _numbers(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(values)


@attrs.frozen
class Sizes:
    """Shape of the model.

    ``heads`` and ``inner`` (size of the feed-forward part) have one item a layer of the encoder, ``head`` is the size of one head. ``near``
    is how many pieces away from the cue the linker still tells distances apart.
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


class Window(NamedTuple):
    """A batch of windows: ``ids``, ``shapes``, ``places``, ``sentences`` (running number of the sentence) and ``mask``, all [B, T]."""

    ids: Tensor
    shapes: Tensor
    places: Tensor
    sentences: Tensor
    mask: Tensor


class Block(nn.Module):
    """One layer of BERT: attention and a feed-forward part, each added and then normalised."""

    def __init__(self, hidden: int, heads: int, head: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.rate = dropout
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
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, dropout_p=self.rate if self.training else 0.0
        )
        mixed = mixed.transpose(1, 2).flatten(2)
        x = self.norm(x + self.dropout(self.out(mixed)))
        grown = functional.gelu(self.rise(x))
        result: Tensor = self.last(x + self.dropout(self.fall(grown)))
        return result


class Encoder(nn.Module):
    """Pieces of a window to vectors, with a layer of labels for cues and an auxiliary one for source and content."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(SHAPES, sizes.hidden)
        self.places = nn.Embedding(PLACES, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(
            Block(sizes.hidden, heads, sizes.head, inner, dropout) for heads, inner in zip(sizes.heads, sizes.inner, strict=True)
        )
        self.cues = nn.Linear(sizes.hidden, labels.CUE_LABELS)
        self.flat = nn.Linear(sizes.hidden, labels.ROLES * labels.CUE_LABELS)
        for table in (self.shapes, self.places):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, batch: Window) -> Tensor:
        """Vectors [B, T, H]."""
        place = torch.arange(batch.ids.shape[1])
        x = self.words(batch.ids) + self.positions(place) + self.shapes(batch.shapes) + self.places(batch.places)
        x = self.dropout(self.norm(x))
        mask = batch.mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, mask)
        return x


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
            sentences, mask: as in :class:`Window`.
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


class Model(nn.Module):
    """Encoder and linker."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.linker = Linker(sizes, dropout)

    def start_from(self, weights: dict[str, Tensor], rows: list[int]) -> None:
        """Take over a pretrained BERT; ``rows`` are the numbers of our pieces in its vocabulary."""

        def put(target: Tensor, name: str) -> None:
            target.data.copy_(weights[name])

        encoder = self.encoder
        encoder.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"][rows])
        # Every piece is of the first kind of segment, so its vector can be part of the position's.
        encoder.positions.weight.data.copy_(
            weights["embeddings.position_embeddings.weight"][: self.sizes.positions]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        put(encoder.norm.weight, "embeddings.LayerNorm.weight")
        put(encoder.norm.bias, "embeddings.LayerNorm.bias")
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
        for number, block in enumerate(encoder.blocks):
            for ours, theirs in parts.items():
                layer = getattr(block, ours)
                put(layer.weight, f"encoder.layer.{number}.{theirs}.weight")
                put(layer.bias, f"encoder.layer.{number}.{theirs}.bias")
