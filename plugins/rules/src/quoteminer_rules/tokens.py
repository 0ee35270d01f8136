"""The tokens that the rules read."""

from __future__ import annotations

from typing import Final

from quoteminer.text.marks import MarkedSpan

END: Final = "\n"
"""What stands behind the last token: no word, no punctuation, in no class of words."""


class Tokens:
    """The tokens of one block as parallel lists; offsets are those of the document.

    ``words`` are lower case without a final possessive, but names that are spelt as other words are (Theresa May) keep their capital; ``raw``
    as written. ``atoms[i]`` is the marked stretch that token ``i`` stands for, or ``None``. ``sentence[i]`` is the index of the first token
    of the sentence of token ``i``; ``stop[i]`` the index behind its last.

    One more entry, :data:`END`, closes each list. It is no token and ``len`` does not count it, but what stands behind the last token
    and (at index -1) before the first can be asked for without a look at the bounds.
    """

    __slots__ = ("_count", "atoms", "ends", "phrases", "raw", "sentence", "starts", "stop", "subjects", "words")

    def __init__(
        self, starts: list[int], ends: list[int], words: list[str], raw: list[str], atoms: list[MarkedSpan | None]
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.words = words
        self.raw = raw
        self.atoms = atoms
        self.sentence: list[int] = []
        self.stop: list[int] = []
        self.phrases: dict[tuple[int, int], tuple[int, int] | None] = {}
        """The noun phrases that were found, by their last token and where their sentence begins."""
        self.subjects: dict[tuple[int, int], tuple[int, int] | None] = {}
        """The subjects that were found, by their verb and where its sentence begins: a verb is asked for again from all verbs behind it."""
        self._count = len(starts)

    def __len__(self) -> int:
        return self._count

    def close(self, end: int) -> None:
        """Add the entry behind the last token, where the block ends at offset ``end``; to be called once, when all tokens are there."""
        count = self._count = len(self.starts)
        self.starts.append(end)
        self.ends.append(end)
        self.words.append(END)
        self.raw.append(END)
        self.atoms.append(None)
        self.sentence.append(count)
        self.stop.append(count)
