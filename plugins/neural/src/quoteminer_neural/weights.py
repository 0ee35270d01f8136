"""The files of the trained model: found, checked and loaded at first use."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quoteminer import Scope

from . import labels, stored
from .encoding import PLACES, SHAPES
from .stored import FLOAT, INT64, VOCABULARY, Graph

Floats = npt.NDArray[np.float32]
_DATA: Final = Path(__file__).parent / "data"
FOLDERS: Final[dict[Scope, Path]] = {"speech": _DATA / "speech", "all": _DATA / "all"}
"""The model of each scope."""
FOLDER: Final = FOLDERS["speech"]
ENCODER: Final = "encoder.onnx"
LINKER: Final = "linker.onnx"
FILES: Final = (ENCODER, LINKER, VOCABULARY)
CLAIMS: Final = "claims.onnx"
"""A model that has learned claims has this one too."""
FEATURES: Final = 6
"""Number of features that the calibration weighs: those of ``extraction.Found``."""

_FITTED: Final[stored.Wanted] = {"weights": stored.numbers(FEATURES), "bias": stored.numbers(1)}
CLAIM_SETTINGS: Final[stored.Wanted] = {
    "ease": stored.NUMBER,
    "least": stored.NUMBER,
    "confidence": {"weights": stored.numbers(2), "bias": stored.numbers(1)},
    "worth": {"weights": stored.numbers(1), "bias": stored.numbers(1)},
}
"""Those of the layer for claims, where a model has one."""
_WANTED: Final[stored.Wanted] = {
    "name": stored.NAME,
    "hidden": stored.SIZE,
    "pieces": stored.SIZE,
    "context": stored.COUNT,
    "near": stored.SIZE,
    "sentences": stored.SIZE,
    "ease": stored.NUMBER,
    "scopes": stored.SCOPES,
}
_PIECES: Final = (INT64, (1, None))
_lock = threading.Lock()


class Weights:
    """The model in memory.

    ``settings``: the numbers of ``model.json``: windows, thresholds, calibration. ``encoder``, ``linker``: the two graphs. ``cutter``: the
    vocabulary. ``ahead``: what is made of the vectors of a long text while it is read, by who would have to read it again; ``None`` while
    nobody is known who would.

    Raises:
        WeightsError: when a file is missing, is not the one that ``model.json`` was written with, or does not fit the others.
    """

    def __init__(self, folder: Path) -> None:
        self.ahead: Callable[[Floats], Floats] | None = None
        self.settings, contents = stored.read(folder, FILES, _WANTED)
        scopes = self.settings["scopes"]
        told: stored.Wanted = {"least": dict.fromkeys(scopes, stored.NUMBER), "calibration": dict.fromkeys(scopes, _FITTED)}
        if CLAIMS in self.settings[stored.SUMS]:
            told = {**told, "claims": CLAIM_SETTINGS}
        stored.check(self.settings, told, folder / stored.SETTINGS)
        self.cutter = stored.cutter(folder / VOCABULARY, contents[VOCABULARY])
        hidden = int(self.settings["hidden"])
        self.encoder = Graph(
            folder / ENCODER,
            contents[ENCODER],
            {"ids": _PIECES, "shapes": _PIECES, "places": _PIECES},
            {"vectors": (FLOAT, (1, None, hidden)), "cues": (FLOAT, (1, None, labels.CUE_LABELS * len(scopes)))},
        )
        self.linker = Graph(
            folder / LINKER,
            contents[LINKER],
            {
                "vectors": (FLOAT, (None, hidden)),
                "near": (INT64, (None, None)),
                "first": (INT64, (None,)),
                "last": (INT64, (None,)),
                "distance": (INT64, (None, None)),
                "sentence": (INT64, (None, None)),
            },
            {"roles": (FLOAT, (None, None, labels.ROLE_LABELS))},
        )
        self._try(self.settings)

    def _try(self, settings: dict[str, Any]) -> None:
        """Whether tables in the graphs are as large as the vocabulary and the settings say: the largest numbers go through once."""

        def row(value: int) -> Any:
            return np.full((1, settings["pieces"] + 2), value, dtype=np.int64)

        inputs = {"ids": row(len(self.cutter.pieces) - 1), "shapes": row(SHAPES - 1), "places": row(PLACES - 1)}
        vectors, _ = self.encoder.run(["vectors", "cues"], inputs)
        one = np.ones(1, dtype=np.int64)
        far, reach = 2 * settings["near"], 2 * settings["sentences"]
        self.linker.run(
            ["roles"],
            {
                "vectors": vectors[0],
                "near": np.array([[0, 1]]),
                "first": one,
                "last": one,
                "distance": np.array([[0, far]]),
                "sentence": np.array([[0, reach]]),
            },
        )


@functools.cache
def _load(folder: Path) -> Weights:
    return Weights(folder)


def load(folder: Path = FOLDER) -> Weights:
    """The weights in a folder, loaded once a process; errors as for :class:`Weights`, raised anew at each call."""
    with _lock:
        return _load(folder)
