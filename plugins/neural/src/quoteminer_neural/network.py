"""One window through the two graphs: numbers in, scores out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .encoding import Encoded
from .weights import Weights
from .windows import Window

Floats = npt.NDArray[np.float32]


class Network:
    """Runs single windows. Not batches: int8 scales come from the whole input, so a neighbour in a batch would change a result.

    ``near``: how many pieces away from a cue the linker tells distances apart.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.near = int(weights.settings["near"])
        self._reach = int(weights.settings["sentences"])

    def read(self, encoded: Encoded, window: Window) -> tuple[Floats, Floats]:
        """Vectors [T + 2, H] of a window of T pieces with its two special ones, and scores of cue labels [T, labels], all scopes
        beside each other."""
        cutter = self._weights.cutter
        here = slice(window.start, window.end)
        size = window.end - window.start

        def row(values: npt.NDArray[np.int32], first: int, last: int) -> npt.NDArray[np.int64]:
            whole = np.empty((1, size + 2), dtype=np.int64)
            whole[0, 0], whole[0, 1:-1], whole[0, -1] = first, values[here], last
            return whole

        inputs = {
            "ids": row(encoded.ids, cutter.start, cutter.end),
            "shapes": row(encoded.shapes, 0, 0),
            "places": row(encoded.places, 0, 0),
        }
        vectors, cues = self._weights.encoder.run(["vectors", "cues"], inputs)
        return vectors[0], cues[0, 1:-1]

    def link(
        self,
        vectors: Floats,
        sentence: npt.NDArray[np.bool_],
        cues: npt.NDArray[np.int64],
        begins: npt.NDArray[np.int64],
        length: int,
    ) -> Floats:
        """Scores of the roles of pieces for each cue [C, ``length``, labels].

        Args:
            vectors: from :meth:`read`.
            sentence: where sentences begin among the T pieces of the window.
            cues: ``(start, end)`` in pieces of the window, [C, 2].
            begins: the first piece that is scored for each cue, [C].
            length: how many are scored from there on.
        """
        total = len(sentence)
        # The special pieces at the ends of the window are always there: the linker has learnt to look at them.
        place = np.empty((len(cues), length + 2), dtype=np.int64)
        place[:, 0], place[:, 1:-1], place[:, -1] = 0, begins[:, None] + np.arange(1, length + 1), total + 1
        numbers = np.concatenate(([0], np.cumsum(sentence), [sentence.sum()]))
        first, last = cues[:, 0] + 1, cues[:, 1]
        far = np.maximum(place - last[:, None], 0) + np.minimum(place - first[:, None], 0)
        inputs = {
            "vectors": vectors,
            "near": place,
            "first": first,
            "last": last,
            "distance": np.clip(far, -self.near, self.near) + self.near,
            "sentence": np.clip(numbers[place] - numbers[first][:, None], -self._reach, self._reach) + self._reach,
        }
        (roles,) = self._weights.linker.run(["roles"], inputs)
        scores: Floats = roles[:, 1:-1]
        return scores
