"""The files of the scorer: found, checked and loaded at first use."""

from __future__ import annotations

import functools
import threading
from pathlib import Path
from typing import Final

import numpy as np

from .. import stored
from ..encoding import PLACES, SHAPES
from ..stored import FLOAT, INT64, VOCABULARY, Graph

FOLDER: Final = Path(__file__).parent / "data"
SCORER: Final = "scorer.onnx"
FILES: Final = (SCORER, VOCABULARY)
QUESTIONS: Final = 4
"""How many the scorer answers of each sentence."""

_FITTED: Final[stored.Wanted] = {"weights": stored.numbers(QUESTIONS), "bias": stored.NUMBER}
_WANTED: Final[stored.Wanted] = {
    "name": stored.NAME,
    "pieces": stored.SIZE,
    "context": stored.COUNT,
    "least": stored.NUMBER,
    "worthy": stored.NUMBER,
    "claim": _FITTED,
    "worth": _FITTED,
}
_PIECES: Final = (INT64, (1, None))
_lock = threading.Lock()


class Files:
    """The scorer in memory. ``settings``: the numbers of ``model.json``: windows, thresholds, calibration.

    Raises:
        WeightsError: when a file is missing, is not the one that ``model.json`` was written with, or does not fit the others.
    """

    def __init__(self, folder: Path) -> None:
        self.settings, contents = stored.read(folder, FILES, _WANTED)
        self.cutter = stored.cutter(folder / VOCABULARY, contents[VOCABULARY])
        self.scorer = Graph(
            folder / SCORER,
            contents[SCORER],
            {"ids": _PIECES, "shapes": _PIECES, "places": _PIECES, "pool": (FLOAT, (None, None))},
            {"answers": (FLOAT, (1, None, QUESTIONS))},
        )
        self._try(int(self.settings["pieces"]) + 2)

    def _try(self, size: int) -> None:
        """Whether tables in the graph are as large as the vocabulary and the settings say: the largest numbers go through once."""
        inputs = {
            name: np.full((1, size), largest, dtype=np.int64)
            for name, largest in (("ids", len(self.cutter.pieces) - 1), ("shapes", SHAPES - 1), ("places", PLACES - 1))
        }
        self.scorer.run(["answers"], {**inputs, "pool": np.ones((1, size), dtype=np.float32)})


@functools.cache
def _load(folder: Path) -> Files:
    return Files(folder)


def load(folder: Path = FOLDER) -> Files:
    """The files in a folder, loaded once a process; errors as for :class:`Files`, raised anew at each call."""
    with _lock:
        return _load(folder)
