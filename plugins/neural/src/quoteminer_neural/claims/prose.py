"""Claims of running text, in the four languages of the model that reads quotations: its vectors, and one layer more."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from quoteminer import ClaimKind

from .. import stored, weights
from ..encoding import Encoded
from ..reading import Floats, Read, read_once
from ..stored import FLOAT, Graph
from ..weights import CLAIM_SETTINGS, CLAIMS, Weights
from . import layer

LANGUAGES: Final = ("en", "de", "fr", "es")

_BEFORE: Final = frozenset("$€£¥")
_BEHIND: Final = frozenset("%‰°€£¥")
"""Signs that belong to the number beside them."""
_lock = threading.Lock()


class Layer:
    """The layer for claims in memory. ``settings``: its numbers in ``model.json``: thresholds and calibration.

    Raises:
        WeightsError: when a file is missing, is not the one that ``model.json`` was written with, or does not fit the others.
    """

    def __init__(self, folder: Path) -> None:
        self.reader: Weights = weights.load(folder)
        settings, contents = stored.read(folder, (CLAIMS,), {"claims": CLAIM_SETTINGS})
        self.settings: dict[str, Any] = settings["claims"]
        hidden = int(self.reader.settings["hidden"])
        self.graph = Graph(
            folder / CLAIMS,
            contents[CLAIMS],
            {"vectors": (FLOAT, (1, None, hidden))},
            {"answers": (FLOAT, (1, None, layer.ANSWERS))},
        )
        # From now on long texts, of which nobody keeps the vectors, are read once for both.
        self.reader.ahead = self.answers

    def answers(self, vectors: Floats) -> Floats:
        """What the layer says of each piece [T + 2, ANSWERS], from vectors [T + 2, H]."""
        (answers,) = self.graph.run(["answers"], {"vectors": vectors[None]})
        found: Floats = answers[0]
        return found


@functools.cache
def _load(folder: Path) -> Layer:
    return Layer(folder)


def load(folder: Path = weights.FOLDER) -> Layer:
    """The layer of the model in a folder, loaded once a process; errors as for :class:`Layer`, raised anew at each call."""
    with _lock:
        return _load(folder)


class Found(NamedTuple):
    """A claim: code points of the text, the log-odds that its confidence is computed from, and what it is."""

    parts: tuple[tuple[int, int], ...]
    sure: tuple[float, float]
    kind: ClaimKind
    worth: float


def find(text: str, loaded: Layer) -> Iterator[Found]:
    """The claims of a text in order; time linear in its length. ``worth`` is not calibrated yet."""
    for one in read_once(text, loaded.reader):
        answers = loaded.answers(one.vectors) if one.answers is None else one.answers
        for stated in layer.claims(answers[1:-1], float(loaded.settings["ease"])):
            if stated.parts[0][0] in one.core:
                yield _spelled(stated, one)


def _spelled(stated: layer.Stated, one: Read) -> Found:
    encoded: Encoded = one.encoded

    def place(part: tuple[int, int]) -> tuple[int, int]:
        start = int(encoded.starts[one.window.start + part[0]])
        end = int(encoded.ends[one.window.start + part[1] - 1])
        # The layer has learned parts without signs at their edges.
        start -= one.block[start - 1 : start] in _BEFORE
        end += one.block[end : end + 1] in _BEHIND
        return one.offset + start, one.offset + end

    return Found(tuple(map(place, stated.parts)), stated.sure, layer.KINDS[int(np.argmax(stated.kinds))], stated.worth)


def fitted(values: tuple[float, ...], calibration: dict[str, list[float]]) -> float:
    """A probability from log-odds: a logistic function of their weighted sum (Platt 1999)."""
    total = calibration["bias"][0]
    for weight, value in zip(calibration["weights"], values, strict=True):
        total += weight * max(-8.0, min(8.0, value))
    return layer.chance(total)
