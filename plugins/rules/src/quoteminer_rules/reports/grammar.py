"""The grammar of reports of one language: what it finds in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from quoteminer import Scope
from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from ..language import pack as packs
from ..reading.chunks import chunker
from ..reading.passages import Passage
from .chains import Chains
from .confidence import measured, table
from .constructions import constructions
from .judging import THRESHOLDS, Judge
from .layouts import Part, arrangement
from .paragraphs import Paragraphs
from .scoring import Learned, Table, tables
from .searching import Search
from .selection import Report
from .settling import settled
from .tracing import Trace
from .unmarked import Unmarked

_DEEPEST: Final = 6


class Grammar:
    """Finds reports in texts of one language.

    Args:
        folder: that of its pack.
        learned: the weights by table, those of the pack unless given.
    """

    def __init__(self, folder: Path, learned: Mapping[str, Table | Learned] | None = None) -> None:
        self.pack = packs.load(folder)
        self._chunker = chunker(folder)
        self._learned = learned
        self._sure: Final = table(folder) if learned is None else {}
        self._judges: dict[Scope, Judge] = {}

    def judge(self, scope: Scope = "speech") -> Judge:
        """The judge of a scope, made when it is first asked for."""
        if scope not in self._judges:
            folder = self.pack.folder
            learned = tables(folder, scope) if self._learned is None else self._learned
            self._judges[scope] = Judge(self.pack, self._chunker, constructions(folder), learned, THRESHOLDS[scope])
        return self._judges[scope]

    def find(self, text: str, watch: Watch = UNWATCHED, *, scope: Scope = "all", trace: Trace | None = None) -> list[Report]:
        """The reports of a text in order, each with the place of the one around it.

        Args:
            watch: notes in which blocks something fails.
            scope: ``speech`` leaves out what is not said or written, before candidates are compared.
            trace: collects what became of every candidate.
        """
        arranged = arrangement(text, self.pack, watch)
        chains = Chains(text, self.pack.folder)
        paragraphs = Paragraphs(text)
        unmarked = Unmarked(text, self.pack, arranged=bool(arranged.reports))
        inner: list[Report] = []
        for part in arranged.parts:
            progress(part.start)
            with watch.over(part.start):
                search = Search(self.judge(scope), text, scope, trace)
                passages = self.passages(text, part)
                found = search.reports(*next(passages))
                unmarked.add(part, found, search.perhaps)
                inside = [report for passage, depth in passages for report in search.reports(passage, depth)]
                chains.add(part, found)
                paragraphs.add(part, found)
                inner += inside
        found = settled([*arranged.reports, *unmarked.told(paragraphs.joined(chains.reports())), *inner])
        return measured(found, text, self._sure) if scope == "speech" else found

    def passages(self, text: str, part: Part) -> Iterator[tuple[Passage, int]]:
        """A part of a text as it is read: first outside its quotation marks, then inside of each, with how deep that is."""
        waiting = [(part.start, part.end, part.spans, 0)]
        while waiting:
            first, last, inside, depth = waiting.pop()
            yield Passage(text, first, last, inside, self.pack, self._chunker), depth
            if depth < _DEEPEST:
                waiting += [(span.start, span.end, span.children, depth + 1) for span in inside]


@functools.cache
def grammar(folder: Path) -> Grammar:
    """The grammar of a pack, made once."""
    return Grammar(folder)
