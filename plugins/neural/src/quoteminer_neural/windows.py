"""Windows over a long text: each piece is judged in one window, with context on both sides."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

# How good a place is to cut a text before a piece.
NOWHERE, QUOTED_SENTENCE, SENTENCE, PARAGRAPH = range(4)

# Attributions seldom cross a paragraph, so little needs to be read beyond it: what comes before more than what comes after.
_BEFORE: Final = 12
_AFTER: Final = 3


class Window(NamedTuple):
    """Pieces ``[start, end)`` of a text, of which those of ``[core_start, core_end)`` are judged here and nowhere else."""

    start: int
    end: int
    core_start: int
    core_end: int


def windows(breaks: npt.NDArray[np.integer | np.bool_], size: int, context: int) -> list[Window]:
    """Cut a text into windows.

    Args:
        breaks: for each piece how good it is to cut before it: ``PARAGRAPH``, else ``SENTENCE``, else ``QUOTED_SENTENCE``.
        size: most pieces a window.
        context: pieces on each side of a core that are only read; at a paragraph and at the ends of the text there are fewer.

    Returns:
        windows in text order whose cores cover the text without overlap.
    """
    total = len(breaks)
    places = [np.flatnonzero(breaks >= least) for least in (PARAGRAPH, SENTENCE, QUOTED_SENTENCE)]
    after = [min(context, _AFTER), context, context]
    found: list[Window] = []
    at = 0
    before = 0
    while at < total:
        start = max(0, at - before)
        end = min(total, start + size)
        stop = end
        if end < total:
            # At the best kind of place, unless that would make the core shorter than half.
            stop = end - context
            before = context
            for number, (own, behind) in enumerate(zip(places, after, strict=True)):
                place = int(np.searchsorted(own, end - behind, side="right")) - 1
                if place >= 0 and own[place] > at + (end - behind - at) // 2:
                    stop = int(own[place])
                    if number == 0:
                        end = stop + behind
                        before = min(context, _BEFORE)
                    break
        found.append(Window(start, end, at, stop))
        at = stop
    return found
