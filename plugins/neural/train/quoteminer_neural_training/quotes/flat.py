"""The architecture to compare with: spans of each role on their own, tied together by nearness.

The same encoder, its auxiliary layers of source and content instead of the linker: each cue takes the nearest content of the window and the
nearest source, within the bounds of a few sentences. What it cannot say: nesting, crossing, whose source is whose.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch

from quoteminer_neural import decoding, labels
from quoteminer_neural.decoding import Linked
from quoteminer_neural.encoding import encode
from quoteminer_neural.extraction import Found, spelled
from quoteminer_neural.pieces import Cutter
from quoteminer_neural.reading import blocks
from quoteminer_neural.windows import windows

from ..common.batches import padded
from .model import Model

NEAR = 60
"""Pieces between a cue and what may belong to it."""


def find(text: str, model: Model, cutter: Cutter, context: int) -> Iterator[Found]:
    """As :func:`quoteminer_neural.extraction.find`, by the auxiliary layers."""
    for offset, block in blocks(text):
        encoded = encode(block, cutter)
        for window in windows(encoded.breaks, model.sizes.positions - 2, context):
            with torch.no_grad():
                vectors = model.encoder(padded([(encoded, window.start, window.end)], (cutter.start, cutter.end)))
                cues = model.encoder.cues(vectors)[0, 1:-1, labels.of_scope("all")].numpy()
                flat = model.encoder.flat(vectors)[0, 1:-1].unflatten(-1, (labels.ROLES, -1)).numpy()
            spans = []
            for role in range(labels.ROLES):
                _, starts, ends = labels.spans(decoding.best_path(flat[:, role]))
                spans.append(list(zip(starts.tolist(), ends.tolist(), strict=True)))
            for start, end, sure in decoding.cues(cues, 0.0):
                if not window.core_start <= window.start + start < window.core_end:
                    continue
                content, source = (_nearest(spans[role], start, end) for role in (labels.CONTENT, labels.SOURCE))
                if content is not None:
                    linked = Linked((start, end), source, (content,), (sure, 0.0, 0.0, 0.0))
                    yield spelled(linked, block, offset, encoded, window)


def _nearest(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    def distance(span: tuple[int, int]) -> int:
        return max(span[0] - end, start - span[1], 0)

    apart = [span for span in spans if span[1] <= start or span[0] >= end]
    nearest = min(apart, key=distance, default=None)
    return nearest if nearest is not None and distance(nearest) <= NEAR else None
