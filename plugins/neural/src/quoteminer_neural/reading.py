"""What the encoder makes of a text, window by window; kept for a while, because claims are looked for right after quotations."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from .encoding import Encoded, encode
from .network import Network
from .weights import Weights
from .windows import Window, windows

Floats = npt.NDArray[np.float32]

_BLOCK: Final = 1 << 16
_KEPT: Final = 1 << 15
"""Longest text that is kept, in code points: some 12 MB of vectors. What is longer is read again, so that memory does not grow with it."""


class Read(NamedTuple):
    """A window of a block of a text.

    ``offset``: where the block begins in the text. ``vectors`` [T + 2, H] and ``cues`` [T, labels] as :meth:`Network.read` gives them.
    """

    offset: int
    block: str
    encoded: Encoded
    window: Window
    vectors: Floats
    cues: Floats

    @property
    def core(self) -> range:
        """The pieces of the window that are judged in it and nowhere else."""
        return range(self.window.core_start - self.window.start, self.window.core_end - self.window.start)


class _Kept(threading.local):
    """The text that this thread read last, with the model that read it."""

    weights: Weights | None = None
    text: str = ""
    windows: tuple[Read, ...] = ()


_kept = _Kept()


def read_once(text: str, weights: Weights) -> Iterator[Read]:
    """As :func:`read`, for who reads a text for the last time: what was kept of it is given and let go."""
    weights_then, text_then, found = _kept.weights, _kept.text, _kept.windows
    _kept.weights, _kept.text, _kept.windows = None, "", ()
    yield from found if weights_then is weights and text_then == text else _read(text, weights)


def read(text: str, weights: Weights) -> Iterator[Read]:
    """The windows of a text in order, which are kept until the next text; time linear in its length."""
    found: list[Read] = []
    for one in _read(text, weights):
        if len(text) <= _KEPT:
            found.append(one)
        yield one
    if len(text) <= _KEPT:
        _kept.weights, _kept.text, _kept.windows = weights, text, tuple(found)


def _read(text: str, weights: Weights) -> Iterator[Read]:
    network = Network(weights)
    settings = weights.settings
    for offset, block in blocks(text):
        encoded = encode(block, weights.cutter)
        for window in windows(encoded.breaks, int(settings["pieces"]), int(settings["context"])):
            yield Read(offset, block, encoded, window, *network.read(encoded, window))


def blocks(text: str, size: int = _BLOCK) -> Iterator[tuple[int, str]]:
    """``(offset, block)``: the text in blocks of at most ``size`` code points that end at a line, a sentence or a word where they can.

    Memory depends on the block and not on the text. Context across a border of two blocks is lost.
    """
    at = 0
    while at < len(text):
        stop = min(len(text), at + size)
        if stop < len(text):
            half = at + size // 2
            for end in ("\n", ". ", " "):
                place = text.rfind(end, half, stop)
                if place >= 0:
                    stop = place + len(end)
                    break
        yield at, text[at:stop]
        at = stop
