"""The labels of the two layers, as BIOES: begin, inside, end, single (Ratinov and Roth 2009), and what may follow what."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
import numpy.typing as npt

OUTSIDE: Final = 0
BEGIN, INSIDE, END, SINGLE = range(4)
_POSITIONS: Final = 4

SOURCE: Final = 0
CONTENT: Final = 1
ROLES: Final = 2

CUE_LABELS: Final = 1 + _POSITIONS
"""Labels of a layer with one kind of span."""
ROLE_LABELS: Final = 1 + _POSITIONS * ROLES
"""Labels of a piece relative to one cue: outside, then four for the source and four for the content."""


def label(role: int, position: int) -> int:
    """Number of the label for a position (``BEGIN`` …) in a span of a role (0 in the layer of cues)."""
    return 1 + role * _POSITIONS + position


def write(labels: npt.NDArray[np.integer], start: int, end: int, role: int) -> None:
    """Label the pieces ``[start, end)`` as one span; a part outside the array is cut off, and the cut end left open.

    Pieces that have a label already keep it.
    """
    for place in range(max(start, 0), min(end, len(labels))):
        if labels[place] != OUTSIDE:
            continue
        if end - start == 1:
            position = SINGLE
        elif place == start:
            position = BEGIN
        elif place == end - 1:
            position = END
        else:
            position = INSIDE
        labels[place] = label(role, position)


@functools.cache
def transitions(count: int) -> npt.NDArray[np.bool_]:
    """``[from, to]``: whether a label may follow another, for a layer of ``count`` labels."""
    allowed = np.zeros((count, count), dtype=np.bool_)
    for before in range(count):
        open_role = (before - 1) // _POSITIONS if before and (before - 1) % _POSITIONS in (BEGIN, INSIDE) else None
        for after in range(count):
            if open_role is None:
                allowed[before, after] = after == OUTSIDE or (after - 1) % _POSITIONS in (BEGIN, SINGLE)
            else:
                allowed[before, after] = (
                    after != OUTSIDE and (after - 1) // _POSITIONS == open_role and (after - 1) % _POSITIONS in (INSIDE, END)
                )
    return allowed


def spans(labels: npt.NDArray[np.integer]) -> list[tuple[int, int, int]]:
    """``(role, start, end)`` of the spans in a sequence of labels; one that is cut off at an end of the sequence counts."""
    found: list[tuple[int, int, int]] = []
    start: int | None = None
    role = -1
    for place, value in enumerate(labels.tolist()):
        if value == OUTSIDE:
            if start is not None:
                found.append((role, start, place))
            start = None
            continue
        this, position = divmod(value - 1, _POSITIONS)
        if start is not None and (this != role or position in (BEGIN, SINGLE)):
            found.append((role, start, place))
            start = None
        if start is None:
            start, role = place, this
        if position in (END, SINGLE):
            found.append((role, start, place + 1))
            start = None
    if start is not None:
        found.append((role, start, len(labels)))
    return found
