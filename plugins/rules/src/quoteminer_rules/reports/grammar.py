"""The grammar of reports of one language: what it finds in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

from quoteminer.text import paragraphs, progress
from quoteminer.text.marks import MarkedSpan, find_marks, guillemets_point_out, pair_marks

from ..blockwise import UNWATCHED, Watch
from ..language import pack as packs
from ..reading.chunks import chunker
from ..reading.passages import Passage
from .candidates import candidates
from .constructions import constructions
from .selection import Report, select


class Grammar:
    """Finds reports in texts of one language."""

    def __init__(self, folder: Path) -> None:
        self.pack = packs.load(folder)
        self._chunker = chunker(folder)
        self.constructions = constructions(folder)

    def find(self, text: str, watch: Watch = UNWATCHED) -> Iterator[Report]:
        """The reports of a text, block by block; ``watch`` notes in which blocks something fails."""
        marks = find_marks(text)
        outward = guillemets_point_out(marks)
        low = 0
        for start, end in paragraphs(text):
            high = low
            while high < len(marks) and marks[high][0] < end:
                high += 1
            stretches = (
                pair_marks(text, start, end, marks[low:high], outward=outward, conventions=self.pack.conventions)
                if high > low
                else []
            )
            low = high
            progress(start)
            with watch.over(start):
                yield from self._of_block(text, start, end, stretches)

    def _of_block(self, text: str, start: int, end: int, stretches: Sequence[MarkedSpan]) -> list[Report]:
        passage = Passage(text, start, end, stretches, self.pack, self._chunker.letters)
        return select(passage, text, candidates(passage, self.pack, self._chunker, self.constructions))


@functools.cache
def grammar(folder: Path) -> Grammar:
    """The grammar of a pack, made once."""
    return Grammar(folder)
