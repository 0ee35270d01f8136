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
"""Longest text of which the vectors are kept, in code points: some 12 MB of them."""
_ANSWERED: Final = 1 << 21
"""Longest text of which at least is kept what the layer for claims makes of the vectors, some 60 MB. What is longer is read again, so that memory
does not grow with it."""


_NONE: Final = np.empty((0, 0), dtype=np.float32)


class Read(NamedTuple):
    """A window of a block of a text.

    ``offset``: where the block begins in the text. ``vectors`` [T + 2, H] and ``cues`` [T, labels] as :meth:`Network.read` gives them.
    ``answers`` [T + 2, …]: what :attr:`Weights.ahead` makes of the vectors, where they were too many to keep.
    """

    offset: int
    block: str
    encoded: Encoded
    window: Window
    vectors: Floats
    cues: Floats
    answers: Floats | None = None

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
    """The windows of a text in order, of which is kept until the next text what can be; time linear in its length."""
    found: list[Read] = []
    ahead = weights.ahead if _KEPT < len(text) <= _ANSWERED else None
    kept = len(text) <= _KEPT or ahead is not None
    for one in _read(text, weights):
        if ahead is not None:
            found.append(one._replace(vectors=_NONE, cues=_NONE, answers=ahead(one.vectors)))
        elif kept:
            found.append(one)
        yield one
    if kept:
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
