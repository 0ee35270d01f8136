"""More texts for a teacher to read: known ones in which words gave way to others of their kind.

Of the texts that it was trained on, a teacher says little more than their annotation does; of a text that nobody wrote it has to think, and
what it then says is worth learning (Jiao et al. 2020, who take other words from a language model; here they are those with the nearest
vectors in the pretrained encoder).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from quoteminer_neural.unigrams import SPACE

from .prepare import Document

_NEAREST = 40


@attrs.frozen(kw_only=True)
class Rules:
    """Which words give way, and to which.

    ``share``: of the words that have others of their kind. ``often``: so many of the most frequent words stay as they are: they make the
    grammar. ``near``: least cosine between a word and another of its kind. ``most``: so many others at most, the nearest ones. ``endings``:
    a word ends as the one before, in the first of these or in none, or else sentences fall apart. ``stem``: and begins with other letters
    than that one, of which so many are looked at, or else it is the same word again.
    """

    share: float
    often: int
    near: float
    most: int
    endings: tuple[str, ...] = attrs.field(converter=tuple)
    stem: int


class Kinds:
    """For each piece that is a whole word the numbers of others of its kind."""

    def __init__(
        self, vectors: npt.NDArray[np.float32], vocabulary: Sequence[str], documents: Iterable[Document], rules: Rules
    ) -> None:
        """``vectors``: of the pieces of the vocabulary, [V, H]."""
        self._rules = rules
        # Of unigrams, without the white space before it and its score.
        vocabulary = [line.split("\t")[0].removeprefix(SPACE) for line in vocabulary]
        self._vocabulary = vocabulary
        self._unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        words = np.array([piece.isdigit() or (piece.isalpha() and len(piece) > 1) for piece in vocabulary])
        counts = sum(
            (np.bincount(document.ids, minlength=len(vocabulary)) for document in documents), np.zeros(len(vocabulary), int)
        )
        words[np.argsort(-counts * words, kind="stable")[: rules.often]] = False
        self._words = words
        self._candidates = np.flatnonzero(words)
        self._near = self._unit[self._candidates]
        self._found: dict[int, npt.NDArray[np.int32]] = {}

    def __call__(self, piece: int) -> npt.NDArray[np.int32]:
        """Others of the kind of a piece, the nearest first; none for what is no word or too frequent a one."""
        if piece not in self._found:
            self._found[piece] = np.array(self._others(piece) if self._words[piece] else [], dtype=np.int32)
        return self._found[piece]

    def _others(self, piece: int) -> list[int]:
        word = self._vocabulary[piece]
        nearness = self._near @ self._unit[piece]
        found: list[int] = []
        for place in np.argsort(-nearness, kind="stable")[:_NEAREST]:
            other = int(self._candidates[place])
            if nearness[place] < self._rules.near or len(found) == self._rules.most:
                break
            if self._alike(word, self._vocabulary[other]):
                found.append(other)
        return found

    def _alike(self, word: str, other: str) -> bool:
        if word.isdigit() or other.isdigit():
            return word.isdigit() and other.isdigit() and word != other
        stem = self._rules.stem
        return word[:stem] != other[:stem] and self._ending(word) == self._ending(other)

    def _ending(self, word: str) -> str:
        return next(filter(word.endswith, self._rules.endings), "")


def vary(document: Document, kinds: Kinds, share: float, chance: np.random.Generator) -> Document:
    """The document with a ``share`` of its words replaced, and without its annotation: nobody knows whether that still holds."""
    later = document.shapes % 2 == 1
    whole = ~later & ~np.append(later[1:], False)
    ids = document.ids.copy()
    for place in np.flatnonzero(whole & (chance.random(len(ids)) < share)):
        others = kinds(int(ids[place]))
        if len(others):
            ids[place] = chance.choice(others)
    return document._replace(ids=ids, attributions=())
