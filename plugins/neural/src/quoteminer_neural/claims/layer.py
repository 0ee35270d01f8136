"""What the layer for claims answers of each piece, and how that is read as claims."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer import ClaimKind

from .. import decoding, labels

KINDS: Final[tuple[ClaimKind, ...]] = (
    "quantity",
    "comparison",
    "causation",
    "law_or_rule",
    "event",
    "prediction",
    "pledge",
    "other",
)
FIRST, FURTHER = range(labels.ROLES)
"""Roles of the parts of a claim: of its first, and of those that follow."""
EDGES: Final = slice(0, labels.ROLE_LABELS)
"""Scores of the labels of parts, among the answers."""
OF_KINDS: Final = slice(labels.ROLE_LABELS, labels.ROLE_LABELS + len(KINDS))
"""Scores of the kinds."""
WORTH: Final = labels.ROLE_LABELS + len(KINDS)
"""Log-odds that what is said deserves a check."""
ANSWERS: Final = WORTH + 1

Floats = npt.NDArray[np.float32]


class Stated(NamedTuple):
    """A claim among the pieces of a window.

    ``parts``: ``(start, end)`` in pieces, in text order. ``sure``: log-odds of its pieces on average and of its weakest edge, from which the confidence is
    computed. ``kinds``: log-odds of the kinds, up to a summand. ``worth``: log-odds that it deserves a check.
    """

    parts: tuple[tuple[int, int], ...]
    sure: tuple[float, float]
    kinds: tuple[float, ...]
    worth: float


def claims(answers: Floats, ease: float) -> list[Stated]:
    """The claims in answers [T, ANSWERS], in text order; ``ease`` is taken from the score of being no part of one."""
    edges = answers[:, EDGES].copy()
    edges[:, labels.OUTSIDE] -= ease
    grouped: list[list[decoding.Run]] = []
    for run in decoding.runs(edges):
        if run.role == FURTHER and grouped:
            grouped[-1].append(run)
        else:
            grouped.append([run])
    return [_stated(answers, parts) for parts in grouped]


def _stated(answers: Floats, parts: list[decoding.Run]) -> Stated:
    pieces = np.concatenate([np.arange(part.start, part.end) for part in parts])
    means = answers[pieces].mean(axis=0, dtype=np.float64)
    inside = sum(part.mean * (part.end - part.start) for part in parts) / len(pieces)
    return Stated(
        tuple((part.start, part.end) for part in parts),
        (decoding.odds(inside), decoding.odds(min(part.edge for part in parts))),
        tuple(means[OF_KINDS].tolist()),
        float(means[WORTH]),
    )


def chance(odds: float) -> float:
    """From log-odds to a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
