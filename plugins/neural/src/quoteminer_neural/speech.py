"""Whether an attribution is speech, or a thought, a plan, a deed: what a linear layer reads from the vectors of its cue and its content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Speech(NamedTuple):
    """``weights`` [2 H]: for the mean of the cue's vectors, then for the vector of the content's first piece."""

    weights: npt.NDArray[np.float32]
    bias: float

    @classmethod
    def read(cls, settings: dict[str, Any]) -> Speech:
        """From its JSON form, ``{"weights": […], "bias": …}``."""
        return cls(np.array(settings["weights"], dtype=np.float32), float(settings["bias"]))

    def log_odds(self, cues: Sequence[tuple[int, int]], contents: Sequence[int], vectors: Floats) -> list[float]:
        """How much speaks for speech in several attributions, by what :func:`evidence` has of each."""
        of_cue, of_content = self.weights.reshape(2, -1)
        heads = vectors[list(contents)] @ of_content + self.bias
        return [
            float((vectors[start:end] @ of_cue).sum()) / (end - start) + head
            for (start, end), head in zip(cues, heads.tolist(), strict=True)
        ]


def evidence(cue: tuple[int, int], content: int, vectors: Floats) -> Floats:
    """What the layer sees [2 H]: ``cue`` as ``(start, end)`` and the first piece of the content, in pieces of the window, whose ``vectors`` are [T, H]."""
    seen: Floats = np.concatenate((vectors[cue[0] : cue[1]].mean(axis=0), vectors[content]))
    return seen
