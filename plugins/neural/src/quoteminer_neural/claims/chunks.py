"""Windows of whole sentences: each sentence is judged in one window, with what stands before the first as context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Chunk(NamedTuple):
    """Pieces ``[start, end)`` of a text; ``sentences`` are ``(start, end)`` of those judged here, in pieces of the text."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


def chunks(sentences: Sequence[tuple[int, int]], size: int, context: int) -> list[Chunk]:
    """Put sentences into windows.

    Args:
        sentences: ``(start, end)`` in pieces, in text order.
        size: most pieces a window; what a sentence has beyond that is not read.
        context: pieces before the first sentence of a window that are only read; at the beginning of a text, or before a sentence that
            fills the window, there are fewer.
    """
    found: list[Chunk] = []
    at = 0
    while at < len(sentences):
        first, end = sentences[at]
        end = min(end, first + size)
        start = max(0, first - context, end - size)
        judged = [(first, end)]
        at += 1
        while at < len(sentences) and sentences[at][1] - start <= size:
            judged.append(sentences[at])
            at += 1
        found.append(Chunk(start, judged[-1][1], tuple(judged)))
    return found
