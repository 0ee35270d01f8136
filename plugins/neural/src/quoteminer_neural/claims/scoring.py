"""A text from beginning to end: blocks, sentences, windows, probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..encoding import Encoded, encode
from ..reading import blocks
from .chunks import Chunk, chunks
from .files import Files
from .sentences import sentences

Floats = npt.NDArray[np.float32]


class Scored(NamedTuple):
    """A sentence: code points of the text, how likely it is a claim, and how much it deserves a check."""

    start: int
    end: int
    claim: float
    worth: float


class Answers(NamedTuple):
    """A sentence with the log-odds of the questions that the model was asked."""

    start: int
    end: int
    scores: Floats


def score(text: str, files: Files) -> Iterator[Scored]:
    """The sentences of a transcript with their probabilities; time linear in its length."""
    for item in answers(text, files):
        claim, worth = (
            logistic(float(item.scores @ np.array(given["weights"])) + float(given["bias"]))
            for given in (files.settings["claim"], files.settings["worth"])
        )
        yield Scored(item.start, item.end, claim, worth)


def answers(text: str, files: Files) -> Iterator[Answers]:
    """What the model says of each sentence."""
    settings = files.settings
    for offset, block in blocks(text):
        encoded = encode(block, files.cutter)
        found = sentences(encoded)
        cut = chunks(found, int(settings["pieces"]), int(settings["context"]))
        asked = (scores for chunk in cut for scores in ask(encoded, chunk, files))
        for (first, last), scores in zip(found, asked, strict=True):
            yield Answers(offset + int(encoded.starts[first]), offset + int(encoded.ends[last - 1]), scores)


def ask(encoded: Encoded, chunk: Chunk, files: Files) -> Floats:
    """Log-odds [S, questions] of the sentences of one window.

    One window a run: the scale of int8 activations comes from the whole input, so a neighbour in a batch would change a result.
    """
    cutter = files.cutter
    size = chunk.end - chunk.start

    def row(values: npt.NDArray[np.int32], first: int, last: int) -> npt.NDArray[np.int64]:
        whole = np.empty((1, size + 2), dtype=np.int64)
        whole[0, 0], whole[0, 1:-1], whole[0, -1] = first, values[chunk.start : chunk.end], last
        return whole

    pool = np.zeros((len(chunk.sentences), size + 2), dtype=np.float32)
    for number, (start, end) in enumerate(chunk.sentences):
        pool[number, start - chunk.start + 1 : end - chunk.start + 1] = 1.0
    (found,) = files.scorer.run(
        ["answers"],
        {
            "ids": row(encoded.ids, cutter.start, cutter.end),
            "shapes": row(encoded.shapes, 0, 0),
            "places": row(encoded.places, 0, 0),
            "pool": pool,
        },
    )
    result: Floats = found[0]
    return result


def logistic(odds: float) -> float:
    """From log-odds to a probability."""
    return float(1 / (1 + np.exp(-np.clip(odds, -30.0, 30.0))))
