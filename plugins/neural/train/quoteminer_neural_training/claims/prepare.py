"""From annotated corpora to arrays that training reads: pieces, and of each sentence its pieces and the answers to the questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer_neural.encoding import Encoded, encode
from quoteminer_neural.pieces import Cutter

QUESTIONS: Final = ("claim", "fact", "worthy", "checked")
"""What the model is asked of each sentence; see ``config.toml``."""
UNKNOWN: Final = -1

_ANSWERS: Final[dict[str, tuple[int, int, int, int]]] = {
    "policlaim:0": (0, UNKNOWN, UNKNOWN, UNKNOWN),
    "policlaim:1": (1, UNKNOWN, UNKNOWN, UNKNOWN),
    "claimbuster:NFS": (UNKNOWN, 0, 0, UNKNOWN),
    "claimbuster:UFS": (UNKNOWN, 1, 0, UNKNOWN),
    "claimbuster:CFS": (UNKNOWN, 1, 1, UNKNOWN),
    "checkthat_debates:0": (UNKNOWN, UNKNOWN, UNKNOWN, 0),
    "checkthat_debates:1": (UNKNOWN, UNKNOWN, UNKNOWN, 1),
}
"""By corpus and label. That nobody checked a sentence of checkthat_debates is no answer but to the last question, which only ranks."""


class Document(NamedTuple):
    """An encoded text. ``sentences``: ``(start, end)`` in pieces. ``answers``: [N, questions], 0, 1 or ``UNKNOWN``."""

    corpus: str
    ids: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    sentences: npt.NDArray[np.int64]
    answers: npt.NDArray[np.int8]


def example(record: dict[str, Any], cutter: Cutter) -> Document:
    """Encode one record whose ``claims`` are judged sentences.

    Raises:
        KeyError: when its corpus or a label is not one of those known.
    """
    encoded = encode(record["text"], cutter)
    sentences: list[tuple[int, int]] = []
    answers: list[tuple[int, int, int, int]] = []
    for claim in sorted(record["claims"], key=lambda claim: claim["span"]):
        start, end = pieces(encoded, claim["span"][0][0], claim["span"][-1][1])
        if start < end:
            sentences.append((start, end))
            answers.append(answers_of(record["corpus"], claim["label"]))
    return Document(
        record["corpus"],
        encoded.ids,
        encoded.shapes,
        encoded.places,
        np.array(sentences, dtype=np.int64).reshape(-1, 2),
        np.array(answers, dtype=np.int8).reshape(-1, len(QUESTIONS)),
    )


def answers_of(corpus: str, label: str) -> tuple[int, int, int, int]:
    """What a label of a corpus answers to the questions."""
    return _ANSWERS[f"{corpus}:{label}"]


def pieces(encoded: Encoded, start: int, end: int) -> tuple[int, int]:
    """The pieces of a stretch of the text."""
    first = int(np.searchsorted(encoded.ends, start, side="right"))
    return first, int(np.searchsorted(encoded.starts, end, side="left"))


def save(path: Path, documents: Iterable[Document]) -> None:
    """Write documents as one ``.npz`` of plain arrays."""
    given = list(documents)
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(document, name) for document in given])
        for name in ("ids", "shapes", "places", "sentences", "answers")
    }
    arrays["corpora"] = np.array([document.corpus for document in given])
    arrays["sizes"] = np.array([(len(document.ids), len(document.sentences)) for document in given], dtype=np.int64)
    np.savez_compressed(path, **arrays)


def load(path: Path) -> list[Document]:
    """Read what :func:`save` wrote."""
    with np.load(path, allow_pickle=False) as data:
        of_pieces, of_sentences = np.cumsum(data["sizes"], axis=0)[:-1].T
        columns = [np.split(data[name], of_pieces) for name in ("ids", "shapes", "places")]
        columns += [np.split(data[name], of_sentences) for name in ("sentences", "answers")]
        return [Document(str(corpus), *parts) for corpus, *parts in zip(data["corpora"], *columns, strict=True)]
