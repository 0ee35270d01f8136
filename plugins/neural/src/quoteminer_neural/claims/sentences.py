"""Transcripts, in which a line is a sentence."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..encoding import Encoded

#: Fewer lines than this are no transcript; so large a share of them ends like a sentence, and so large a one at most is blank.
_FEWEST: Final = 8
_WHOLE: Final = 0.7
_BLANK: Final = 0.2
_STOPS: Final = (".", "!", "?", "…")
_CLOSERS: Final = "\"”’'»)]* \t\r"
#: ``Encoded.places`` halved, from here on: a line break stands before the piece.
_LINE: Final = 2


def is_transcript(text: str) -> bool:
    """Whether nearly every line ends like a sentence, and few lines are blank."""
    lines = text.strip().split("\n")
    full = [line for line in (line.rstrip(_CLOSERS) for line in lines) if line]
    if len(full) < _FEWEST or len(lines) - len(full) > _BLANK * len(full):
        return False
    return sum(line.endswith(_STOPS) for line in full) >= _WHOLE * len(full)


def sentences(encoded: Encoded) -> list[tuple[int, int]]:
    """The lines as ``(start, end)`` in pieces; they cover all pieces."""
    starts = np.flatnonzero(encoded.places // 2 >= _LINE).tolist()
    return list(zip(starts, [*starts[1:], len(encoded)], strict=False))
