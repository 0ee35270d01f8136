"""How far the linker looks from each cue: a near stretch first, and on only where something may go on beyond it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import labels
from .network import Floats, Network

_NEAR: Final = 32
"""Pieces on each side of a cue that are scored first; seven of eight attributions lie within them."""
_DOUBT: Final = 3.0
"""How far "outside" must lead at the last piece of a stretch, in log-odds, for nothing to go on there."""


class Roles(NamedTuple):
    """What the linker says of the cues of a window, all their pieces in one row.

    ``scores`` [P, labels]. ``firsts`` [C]: where the pieces of each cue begin among them. ``begins`` [C]: which piece of the window that is.
    """

    scores: Floats
    firsts: npt.NDArray[np.int64]
    begins: npt.NDArray[np.int64]


def roles(network: Network, vectors: Floats, sentence: npt.NDArray[np.bool_], cues: npt.NDArray[np.int64]) -> Roles:
    """Score the pieces around each cue: a near stretch, more where a source or content may go on beyond it.

    Args:
        vectors: from :meth:`Network.read`.
        sentence: where sentences begin among the pieces of the window.
        cues: ``(start, end)`` in pieces of the window, [C, 2].
    """
    count = len(cues)
    rows: list[Floats] = [np.empty(0, dtype=np.float32)] * count
    begins = np.zeros(count, dtype=np.int64)
    reaches = np.full((2, count), _NEAR, dtype=np.int64)
    groups = [np.arange(count)]
    further = iter((network.near,))
    while groups:
        open_ends = np.zeros((2, count), dtype=np.bool_)
        for group in groups:
            begins[group], scores = _score(network, vectors, sentence, cues[group], *reaches[:, group])
            for number, row in zip(group.tolist(), scores, strict=True):
                rows[number] = row
            open_ends[0, group] = (begins[group] > 0) & _doubtful(scores[:, 0])
            open_ends[1, group] = (begins[group] + scores.shape[1] < len(sentence)) & _doubtful(scores[:, -1])
        # At last the whole window, which has no open end.
        reaches[open_ends] = next(further, len(sentence))
        # Those that go on at one side need about as many pieces, whichever it is, and are scored together.
        sides = open_ends.sum(axis=0)
        groups = [group for group in (np.flatnonzero(sides == 1), np.flatnonzero(sides == 2)) if len(group)]
    firsts = np.cumsum([0, *map(len, rows[:-1])])
    return Roles(np.concatenate(rows), firsts, begins)


def _score(
    network: Network,
    vectors: Floats,
    sentence: npt.NDArray[np.bool_],
    cues: npt.NDArray[np.int64],
    before: npt.NDArray[np.int64],
    after: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], Floats]:
    """The first piece that is scored for each cue, and the scores [C, S, labels] from there on: so many pieces before and after the cue, or as
    many on the other side where the window ends.
    """
    lengths = cues[:, 1] - cues[:, 0] + before + after
    length = min(len(sentence), int(lengths.max()))
    begins = np.clip(cues[:, 0] - before - (length - lengths) // 2, 0, len(sentence) - length)
    return begins, network.link(vectors, sentence, cues, begins, length)


def _doubtful(scores: Floats) -> npt.NDArray[np.bool_]:
    """For each cue whether something may go on at a piece at the end, whose scores are [C, labels]."""
    doubtful: npt.NDArray[np.bool_] = scores[:, labels.OUTSIDE] - scores[:, labels.OUTSIDE + 1 :].max(axis=-1) < _DOUBT
    return doubtful
