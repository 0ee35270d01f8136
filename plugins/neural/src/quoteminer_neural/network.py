"""One window through the two graphs: numbers in, scores out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .encoding import Encoded
from .weights import Weights
from .windows import Window

Floats = npt.NDArray[np.float32]


class Network:
    """Runs single windows. Not batches: int8 scales come from the whole input, so a neighbour in a batch would change a result."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._near = int(weights.settings["near"])
        self._reach = int(weights.settings["sentences"])

    def read(self, encoded: Encoded, window: Window) -> tuple[Floats, Floats]:
        """Vectors [T + 2, H] of a window of T pieces with its two special ones, and scores of cue labels [T, labels]."""
        wordpieces = self._weights.wordpieces
        here = slice(window.start, window.end)
        size = window.end - window.start

        def row(values: npt.NDArray[np.int32], first: int, last: int) -> npt.NDArray[np.int64]:
            whole = np.empty((1, size + 2), dtype=np.int64)
            whole[0, 0], whole[0, 1:-1], whole[0, -1] = first, values[here], last
            return whole

        vectors, cues = self._weights.encoder.run(
            ["vectors", "cues"],
            {
                "ids": row(encoded.ids, wordpieces.start, wordpieces.end),
                "shapes": row(encoded.shapes, 0, 0),
                "places": row(encoded.places, 0, 0),
                "mask": np.ones((1, size + 2), dtype=np.int32),
            },
        )
        return vectors[0], cues[0, 1:-1]

    def link(self, vectors: Floats, sentence: npt.NDArray[np.bool_], cues: Sequence[tuple[int, int]]) -> Floats:
        """Scores [C, T, labels] of the roles of all pieces for each cue.

        Args:
            vectors: from :meth:`read`.
            sentence: where sentences begin among the T pieces of the window.
            cues: ``(start, end)`` in pieces of the window.
        """
        count = len(cues)
        length = len(vectors)
        numbers = np.empty(length, dtype=np.int64)
        numbers[1:-1] = np.cumsum(sentence)
        numbers[0], numbers[-1] = 0, numbers[-2]
        bounds = np.array(cues, dtype=np.int64).reshape(-1, 2)
        first, last = bounds[:, 0] + 1, bounds[:, 1]
        place = np.arange(length)[None]
        far = np.maximum(place - last[:, None], 0) + np.minimum(place - first[:, None], 0)
        none = np.zeros(count, dtype=np.int64)
        (roles,) = self._weights.linker.run(
            ["roles"],
            {
                "vectors": vectors[None],
                "window": none,
                "first": np.stack((none, first), axis=1),
                "last": np.stack((none, last), axis=1),
                "distance": np.clip(far, -self._near, self._near) + self._near,
                "sentence": np.clip(numbers[None] - numbers[first][:, None], -self._reach, self._reach) + self._reach,
                "mask": np.ones((count, length), dtype=np.int32),
            },
        )
        scores: Floats = roles[:, 1:-1]
        return scores
