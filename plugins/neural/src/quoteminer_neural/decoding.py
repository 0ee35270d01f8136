"""From scores to spans: the best labels that make whole spans (Viterbi 1967), and how sure the model is of them."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import labels

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
IMPOSSIBLE: Final = np.float32(-1e9)
_SURE: Final = 4.0


class Linked(NamedTuple):
    """One attribution in pieces of a window, and how sure the model is.

    ``cue``, ``source``: ``(start, end)``; ``contents``: such pairs in text order. ``features``: what the confidence is computed from, all
    as log-odds: cue, content on average, weakest boundary of the content, source.
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    features: tuple[float, ...]


class Cue(NamedTuple):
    """Pieces ``[start, end)`` of a window, and the log-odds that they are a cue."""

    start: int
    end: int
    sure: float


def best_path(scores: Floats, firsts: Ints = labels.ONE) -> Ints:
    """The best labels [P] of scores [P, L] in which every span is whole, but for spans cut off at the ends of a sequence; a sequence goes
    from each of ``firsts`` to the next.
    """
    path: Ints = scores.argmax(axis=-1)
    allowed = labels.transitions(scores.shape[-1])
    # The best label of each piece is the best path wherever it makes whole spans, which it mostly does.
    broken = ~allowed[path[:-1], path[1:]]
    broken[firsts[1:] - 1] = False
    places = np.flatnonzero(broken)
    if len(places):
        bounds = [*firsts.tolist(), len(path)]
        for number in sorted(set((np.searchsorted(firsts, places, side="right") - 1).tolist())):
            first, stop = bounds[number : number + 2]
            own = places[(places >= first) & (places < stop)] - first
            path[first:stop] = _mended(scores[first:stop], path[first:stop], own)
    return path


class _Stretch(NamedTuple):
    """Pieces ``[start, stop)`` of a sequence whose labels are searched anew, and what the best whole spans in them score less than the best labels.

    ``left``, ``right``: the pieces at its ends keep their labels, but for those at the ends of the sequence.
    """

    start: int
    stop: int
    left: bool
    right: bool
    labels: Ints
    loss: float


def _mended(scores: Floats, path: Ints, broken: npt.NDArray[np.intp]) -> Ints:
    """The best path of one sequence [T, L] whose best labels break between ``broken`` and the piece after.

    Only stretches around the breaks are searched, each from a sure piece to a sure one. That is as good as the whole: another label of a sure
    piece costs its lead over the second best, and where that is more than the stretches beside it have lost, no other path can be better. Where it
    is not, the stretch goes on to a piece that is surer.
    """
    second, best = np.partition(scores, -2, axis=-1)[:, -2:].T
    lead = best - second
    found: list[_Stretch] = []
    for place in broken.tolist():
        if found and place < found[-1].stop - 1:
            continue
        start, stop = _sure_before(lead, place, _SURE), _sure_behind(lead, place + 1, _SURE)
        while True:
            # A stretch that meets another is one with it.
            while found and start < found[-1].stop - 1:
                start = min(start, found.pop().start)
            stretch = _searched(scores, path, best, start, stop)
            beside = found[-1].loss if found and found[-1].stop - 1 == start else 0.0
            weak_left = stretch.left and lead[start] < stretch.loss + beside
            weak_right = stretch.right and lead[stop - 1] < stretch.loss
            if not (weak_left or weak_right):
                break
            if weak_left:
                start = _sure_before(lead, start - 1, stretch.loss + beside)
            if weak_right:
                stop = _sure_behind(lead, stop, stretch.loss)
        found.append(stretch)
    mended = path.copy()
    for stretch in found:
        mended[stretch.start : stretch.stop] = stretch.labels
    return mended


def _sure_before(lead: Floats, place: int, least: float) -> int:
    """The last piece up to ``place`` with such a lead, else the first of all."""
    sure = np.flatnonzero(lead[: place + 1] > least)
    return int(sure[-1]) if len(sure) else 0


def _sure_behind(lead: Floats, place: int, least: float) -> int:
    """Behind the first piece from ``place`` on with such a lead, else behind the last of all."""
    sure = np.flatnonzero(lead[place:] > least)
    return place + int(sure[0]) + 1 if len(sure) else len(lead)


def _searched(scores: Floats, path: Ints, best: Floats, start: int, stop: int) -> _Stretch:
    left, right = start > 0, stop < len(scores)
    stretch = scores[start:stop].copy()
    others = np.arange(stretch.shape[1])
    if left:
        stretch[0, others != path[start]] = IMPOSSIBLE
    if right:
        stretch[-1, others != path[stop - 1]] = IMPOSSIBLE
    found = _viterbi(stretch)
    loss = float((best[start:stop] - stretch[np.arange(stop - start), found]).sum())
    return _Stretch(start, stop, left, right, found, loss)


def _viterbi(scores: Floats) -> Ints:
    # With so few labels, numbers of Python are faster than arrays of numpy.
    rows = scores.tolist()
    ways = labels.ways(scores.shape[1])
    best = rows[0]
    back = []
    for row in rows[1:]:
        origins = [0] * len(row)
        for before, after in ways:
            origin = before[0]
            value = best[origin]
            for label in before[1:]:
                if best[label] > value:
                    origin, value = label, best[label]
            for label in after:
                row[label] += value
                origins[label] = origin
        best = row
        back.append(origins)
    label = best.index(max(best))
    path = [label]
    for origins in reversed(back):
        label = origins[label]
        path.append(label)
    return np.array(path[::-1], dtype=np.int64)


class Run(NamedTuple):
    """Pieces ``[start, end)`` of a role, with the logarithms of the shares of their labels: on average, and at the weaker end."""

    role: int
    start: int
    end: int
    mean: float
    edge: float


def _runs(scores: Floats, path: Ints, firsts: Ints) -> list[Run]:
    roles, starts, ends = labels.spans(path, firsts)
    if not len(starts):
        return []
    labelled = np.flatnonzero(path != labels.OUTSIDE)
    own = scores[labelled]
    highest = own.max(axis=-1)
    shares = own[np.arange(len(own)), path[labelled]] - highest - np.log(np.exp(own - highest[:, None]).sum(axis=-1))
    # Every labelled piece is in one span, so the shares of one stand beside each other.
    lengths = ends - starts
    stops = lengths.cumsum()
    means = np.add.reduceat(shares, stops - lengths) / lengths
    edges = np.minimum(shares[stops - lengths], shares[stops - 1])
    columns = (roles, starts, ends, means, edges)
    return [Run(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]


def runs(scores: Floats) -> list[Run]:
    """The best spans in scores [T, labels] of one sequence."""
    return _runs(scores, best_path(scores), labels.ONE) if len(scores) else []


def cues(scores: Floats, ease: float) -> list[Cue]:
    """The cues in scores [T, labels]; ``ease`` is taken from the score of being outside."""
    eased = scores.copy()
    eased[:, labels.OUTSIDE] -= ease
    path = best_path(eased)
    return [Cue(span.start, span.end, odds(span.mean)) for span in _runs(scores, path, labels.ONE)]


def link(found: list[Cue], scores: Floats, firsts: Ints, begins: Ints) -> list[Linked]:
    """The attributions of the cues of a window that have a content.

    Args:
        found: the cues.
        scores: of the roles, [P, labels], for the pieces around the first cue, then for those around the second, and so on.
        firsts: where the pieces of each cue begin among them.
        begins: which piece of the window that is.
    """
    scores = scores.copy()
    shifts = begins - firsts
    for cue, shift in zip(found, shifts.tolist(), strict=True):
        # A cue is no part of its own source or content.
        scores[cue.start - shift : cue.end - shift, labels.OUTSIDE + 1 :] = IMPOSSIBLE
    spans = _runs(scores, best_path(scores, firsts), firsts)
    parts: list[list[Run]] = [[] for _ in found]
    stops = [*firsts[1:].tolist(), len(scores)]
    number = 0
    for span in spans:
        while span.start >= stops[number]:
            number += 1
        parts[number].append(span)
    linked = (_linked(cue, own, shift) for cue, own, shift in zip(found, parts, shifts.tolist(), strict=True))
    return [item for item in linked if item is not None]


def _linked(cue: Cue, spans: list[Run], shift: int) -> Linked | None:
    """The attribution of a cue; the spans are ``shift`` pieces further on in the window. ``None`` without a content."""
    contents = [span for span in spans if span.role == labels.CONTENT]
    if not contents:
        return None
    sure, source = 0.0, None
    sources = [span for span in spans if span.role == labels.SOURCE]
    if sources:
        best = max(sources, key=lambda span: span.mean)
        sure, source = odds(best.mean), (best.start + shift, best.end + shift)
    inside = sum(span.mean * (span.end - span.start) for span in contents) / sum(span.end - span.start for span in contents)
    features = (cue.sure, odds(inside), odds(min(span.edge for span in contents)), sure)
    return Linked((cue.start, cue.end), source, tuple((span.start + shift, span.end + shift) for span in contents), features)


def odds(log_share: float) -> float:
    """Log-odds of a share of which the logarithm is given."""
    log_share = min(log_share, -1e-6)
    return log_share - math.log(-math.expm1(log_share))
