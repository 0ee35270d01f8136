"""From scores to spans: the best labels that make whole spans (Viterbi 1967), and how sure the model is of them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import labels

Floats = npt.NDArray[np.float32]
IMPOSSIBLE: Final = np.float32(-1e9)
_SURE: Final = 6.0


class Linked(NamedTuple):
    """One attribution in pieces of a window, and how sure the model is.

    ``cue``, ``source``: ``(start, end)``; ``contents``: such pairs in text order. ``features``: what the confidence is computed from, all
    as log-odds: cue, content on average, weakest boundary of the content, source.
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    features: tuple[float, ...]

    def moved(self, by: int) -> Linked:
        """The same, ``by`` pieces later."""

        def move(span: tuple[int, int]) -> tuple[int, int]:
            return span[0] + by, span[1] + by

        source = None if self.source is None else move(self.source)
        return Linked(move(self.cue), source, tuple(map(move, self.contents)), self.features)


def log_softmax(scores: Floats) -> Floats:
    """Logarithms of the shares along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_path(scores: Floats) -> npt.NDArray[np.int64]:
    """The best labels [N, T] for N sequences of scores [N, T, L] in which every span is whole, but for spans cut off at the ends."""
    path: npt.NDArray[np.int64] = scores.argmax(axis=-1)
    allowed = labels.transitions(scores.shape[-1])
    # The best label of each piece is the best path wherever it makes whole spans, which it mostly does.
    broken = ~allowed[path[:, :-1], path[:, 1:]]
    moves = np.where(allowed, np.float32(0), IMPOSSIBLE)
    for row in np.flatnonzero(broken.any(axis=1)):
        path[row] = _mended(scores[row], path[row], np.flatnonzero(broken[row]), moves)
    return path


def _mended(scores: Floats, path: npt.NDArray[np.int64], broken: npt.NDArray[np.intp], moves: Floats) -> npt.NDArray[np.int64]:
    """The best path of one sequence [T, L] whose best labels break between ``broken`` and the piece after.

    Only the stretch from a sure piece before the breaks to a sure one after them is searched. That is as good as the whole: another label
    of a sure piece costs its lead over the second best, and where both leads are more than the stretch lost, no other path can be better.
    """
    second, best = np.partition(scores, -2, axis=-1)[:, -2:].T
    lead = best - second
    sure = np.flatnonzero(lead > _SURE)
    left = int(np.searchsorted(sure, broken[0], side="right")) - 1
    right = int(np.searchsorted(sure, broken[-1] + 1))
    start = int(sure[left]) if left >= 0 else 0
    stop = int(sure[right]) + 1 if right < len(sure) else len(scores)
    stretch = scores[start:stop].copy()
    held = []
    if left >= 0:
        held.append(start)
        stretch[0, np.arange(stretch.shape[1]) != path[start]] = IMPOSSIBLE
    if right < len(sure):
        held.append(stop - 1)
        stretch[-1, np.arange(stretch.shape[1]) != path[stop - 1]] = IMPOSSIBLE
    found = _viterbi(stretch, moves)
    loss = float((best[start:stop] - scores[np.arange(start, stop), found]).sum() - moves[found[:-1], found[1:]].sum())
    if any(lead[place] < loss for place in held):
        return _viterbi(scores, moves)
    mended = path.copy()
    mended[start:stop] = found
    return mended


def _viterbi(scores: Floats, moves: Floats) -> npt.NDArray[np.int64]:
    length = len(scores)
    back = np.zeros((length, scores.shape[1]), dtype=np.int64)
    best = scores[0]
    into = moves.T
    for place in range(1, length):
        ways = best + into
        back[place] = ways.argmax(axis=1)
        best = ways.max(axis=1) + scores[place]
    path = np.zeros(length, dtype=np.int64)
    path[-1] = best.argmax()
    for place in range(length - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


def cues(scores: Floats, ease: float) -> list[tuple[int, int, float]]:
    """``(start, end, log-odds)`` of the cues in scores [T, labels]; ``ease`` is taken from the score of being outside."""
    shares = log_softmax(scores)
    eased = shares.copy()
    eased[:, labels.OUTSIDE] -= ease
    (path,) = best_path(eased[None])
    return [(start, end, _log_odds(shares, path, start, end)) for _, start, end in labels.spans(path)]


def link(cue: tuple[int, int, float], shares: Floats, path: npt.NDArray[np.int64]) -> Linked | None:
    """The attribution of one cue from the logarithms of its shares [T, labels] and their best path [T]; ``None`` without a content."""
    found = labels.spans(path)
    contents = [(start, end) for role, start, end in found if role == labels.CONTENT]
    if not contents:
        return None
    sources = [(_log_odds(shares, path, start, end), start, end) for role, start, end in found if role == labels.SOURCE]
    sure, source = 0.0, None
    if sources:
        sure, *bounds = max(sources)
        source = (int(bounds[0]), int(bounds[1]))
    inside = np.concatenate([_picked(shares, path, start, end) for start, end in contents])
    edges = [value for start, end in contents for value in _picked(shares, path, start, end)[[0, -1]]]
    features = (cue[2], _odds(float(inside.mean())), _odds(float(min(edges))), sure)
    return Linked(cue[:2], source, tuple(contents), features)


def _picked(shares: Floats, path: npt.NDArray[np.int64], start: int, end: int) -> Floats:
    picked: Floats = shares[np.arange(start, end), path[start:end]]
    return picked


def _log_odds(shares: Floats, path: npt.NDArray[np.int64], start: int, end: int) -> float:
    return _odds(float(_picked(shares, path, start, end).mean()))


def _odds(log_share: float) -> float:
    log_share = min(log_share, -1e-6)
    return log_share - float(np.log(-np.expm1(log_share)))
