"""The labels of the two layers, as BIOES: begin, inside, end, single (Ratinov and Roth 2009), and what may follow what."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer import Scope

OUTSIDE: Final = 0
BEGIN, INSIDE, END, SINGLE = range(4)
_POSITIONS: Final = 4

SOURCE: Final = 0
CONTENT: Final = 1
ROLES: Final = 2

CUE_LABELS: Final = 1 + _POSITIONS
"""Labels of a layer with one kind of span."""
SCOPES: Final[tuple[Scope, ...]] = ("all", "speech")
"""Cues are told for each scope on its own, in this order: corpora differ in what they annotate. A model may have one of them only."""
ROLE_LABELS: Final = 1 + _POSITIONS * ROLES
"""Labels of a piece relative to one cue: outside, then four for the source and four for the content."""

ONE: Final = np.zeros(1, dtype=np.int64)
"""Where sequences begin, when there is one."""

_PLACES: Final = np.arange(ROLE_LABELS) - 1
_OPENS: Final = (_PLACES >= 0) & np.isin(_PLACES % _POSITIONS, (BEGIN, SINGLE))
_CLOSES: Final = (_PLACES >= 0) & np.isin(_PLACES % _POSITIONS, (END, SINGLE))


class Spans(NamedTuple):
    """Spans ``[starts, ends)`` in text order, and the role of each."""

    roles: npt.NDArray[np.integer]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def label(role: int, position: int) -> int:
    """Number of the label for a position (``BEGIN`` …) in a span of a role (0 in the layer of cues)."""
    return 1 + role * _POSITIONS + position


def of_scope(scope: Scope, scopes: Sequence[str] = SCOPES) -> slice:
    """Where the labels of a scope lie in the layer of cues of a model with such scopes."""
    first = scopes.index(scope) * CUE_LABELS
    return slice(first, first + CUE_LABELS)


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


@functools.cache
def ways(count: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The same as pairs ``(from, to)``: every label of ``to`` may follow each of ``from`` and nothing else; every label is in one ``to``."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for after, before in enumerate(transitions(count).T):
        groups.setdefault(tuple(np.flatnonzero(before).tolist()), []).append(after)
    return [(before, tuple(after)) for before, after in groups.items()]


def spans(labels: npt.NDArray[np.integer], firsts: npt.NDArray[np.integer] = ONE) -> Spans:
    """The spans in sequences of whole ones that stand one after another, each from one of ``firsts`` on; a span that is cut off at an end of
    its sequence counts.
    """
    opens, closes = _OPENS[labels], _CLOSES[labels]
    opens[firsts] |= labels[firsts] != OUTSIDE
    lasts = np.append(firsts[1:], len(labels)) - 1
    closes[lasts] |= labels[lasts] != OUTSIDE
    starts = np.flatnonzero(opens)
    return Spans((labels[starts] - 1) // _POSITIONS, starts, np.flatnonzero(closes) + 1)
