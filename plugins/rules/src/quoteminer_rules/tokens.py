"""The tokens that the rules read."""

from __future__ import annotations

from .marks import Stretch


class Tokens:
    """The tokens of one block as parallel lists; offsets are those of the document.

    ``words`` are lower case without a final possessive, but names that are spelt as other words are (Theresa May) keep their capital; ``raw``
    as written. ``atoms[i]`` is the marked stretch that token ``i`` stands for, or ``None``. ``sentence[i]`` is the index of the first token
    of the sentence of token ``i``; ``stop[i]`` the index behind its last.
    """

    __slots__ = ("atoms", "ends", "raw", "sentence", "starts", "stop", "words")

    def __init__(self, starts: list[int], ends: list[int], words: list[str], raw: list[str], atoms: list[Stretch | None]) -> None:
        self.starts = starts
        self.ends = ends
        self.words = words
        self.raw = raw
        self.atoms = atoms
        self.sentence: list[int] = []
        self.stop: list[int] = []

    def __len__(self) -> int:
        return len(self.starts)
