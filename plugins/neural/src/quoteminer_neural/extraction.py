"""A text from beginning to end: blocks, windows, cues, links."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from quoteminer import QuoteKind, Scope

from . import decoding, labels, reach, spelling
from .encoding import Encoded
from .network import Network
from .reading import Read, read
from .weights import Weights
from .windows import Window


class Found(NamedTuple):
    """One attribution; all offsets are code points of the text. ``features``: how sure the model is of cue, content, weakest boundary
    and source, as log-odds; then 4 or 0 for direct and for mixed; ``weights.FEATURES`` of them.
    """

    content: tuple[tuple[int, int], ...]
    kind: QuoteKind
    cue: tuple[int, int]
    source: tuple[int, int] | None
    features: tuple[float, ...]


def find(text: str, weights: Weights, scope: Scope) -> Iterator[Found]:
    """The attributions of a text that a scope asks for, in the order of their cues; time linear in the length of the text."""
    network = Network(weights)
    settings = weights.settings
    told = labels.of_scope(scope, settings["scopes"])
    for one in read(text, weights):
        for linked in _judge(one, network, told, float(settings["ease"])):
            yield spelled(linked, one.block, one.offset, one.encoded, one.window)


def _judge(one: Read, network: Network, told: slice, ease: float) -> Iterator[decoding.Linked]:
    cues = [cue for cue in decoding.cues(one.cues[:, told], ease) if cue.start in one.core]
    if not cues:
        return
    bounds = np.array([cue[:2] for cue in cues], dtype=np.int64)
    sentence = one.encoded.sentence[one.window.start : one.window.end]
    yield from decoding.link(cues, *reach.roles(network, one.vectors, sentence, bounds))


def spelled(linked: decoding.Linked, text: str, offset: int, encoded: Encoded, window: Window) -> Found:
    """An attribution in pieces of a window as spans of the text; ``text`` is the block that begins at ``offset``."""

    def place(span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        return int(encoded.starts[window.start + start]), int(encoded.ends[window.start + end - 1])

    cue = place(linked.cue)
    source = (
        None if linked.source is None else spelling.without_stray_marks(text, *spelling.with_figure(text, *place(linked.source)))
    )
    contents = [place(span) for span in linked.contents]
    inside = encoded.quoted.stretch(cue[0])
    # What is reported within somebody's words has none of the marks around these.
    nested = inside is not None and inside == encoded.quoted.stretch(contents[0][0])
    kind = spelling.kind_inside(text, contents) if nested else spelling.kind(text, contents, encoded.quoted)
    named = [cue, *([source] if source else [])]
    spans = contents if nested else [spelling.with_marks(text, *span, kind, encoded.quoted) for span in contents]
    if kind != "direct":
        spans = spelling.with_complementisers(text, spans, named)
    return Found(
        tuple((start + offset, end + offset) for start, end in spans),
        kind,
        (cue[0] + offset, cue[1] + offset),
        None if source is None else (source[0] + offset, source[1] + offset),
        (*linked.features, 4.0 * (kind == "direct"), 4.0 * (kind == "mixed")),
    )


def confidence(features: tuple[float, ...], calibration: dict[str, list[float]]) -> float:
    """The calibrated chance that an attribution is there: a logistic function of the features (Platt 1999)."""
    weights = calibration["weights"]
    total = calibration["bias"][0] + sum(
        weight * max(-8.0, min(8.0, value)) for weight, value in zip(weights, features, strict=True)
    )
    return 1.0 / (1.0 + math.exp(-total))
