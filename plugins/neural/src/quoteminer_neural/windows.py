"""Windows over a long text: each piece is judged in one window, with context on both sides."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Window(NamedTuple):
    """Pieces ``[start, end)`` of a text, of which those of ``[core_start, core_end)`` are judged here and nowhere else."""

    start: int
    end: int
    core_start: int
    core_end: int


def windows(sentence: npt.NDArray[np.bool_], size: int, context: int) -> list[Window]:
    """Cut a text into windows.

    Args:
        sentence: True where a sentence begins; cores begin there where that is possible.
        size: most pieces a window.
        context: pieces on each side of a core that are only read; at the ends of the text there are fewer.

    Returns:
        windows in text order whose cores cover the text without overlap.
    """
    total = len(sentence)
    begins = np.flatnonzero(sentence)
    found: list[Window] = []
    at = 0
    while at < total:
        start = max(0, at - context)
        if total - start <= size:
            stop = total
        else:
            stop = start + size - context
            # At a sentence, unless that would make the core shorter than half.
            k = int(np.searchsorted(begins, stop, side="right")) - 1
            if k >= 0 and begins[k] > at + (stop - at) // 2:
                stop = int(begins[k])
        found.append(Window(start, min(total, start + size), at, stop))
        at = stop
    return found
