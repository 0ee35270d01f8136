"""The grammar of reports of one language: what it finds in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer.text import paragraphs, progress
from quoteminer.text.marks import MarkedSpan, find_marks, guillemets_point_out, pair_marks

from ..blockwise import UNWATCHED, Watch
from ..language import pack as packs
from ..reading.chunks import chunker
from ..reading.passages import Passage
from .boundaries import end_of
from .candidates import Candidate, Range, candidates
from .constructions import constructions
from .features import signs_of
from .quotations import Alone, goes_on, unclaimed
from .scoring import probability, tables, total
from .selection import Report, Scored, chosen, report_of, trimmed

_DEEPEST: Final = 6
_BINDING: Final = 0.001
THRESHOLD: Final = 0.5
ALONE: Final = 0.5


class Grammar:
    """Finds reports in texts of one language."""

    def __init__(self, folder: Path) -> None:
        self.pack = packs.load(folder)
        self._chunker = chunker(folder)
        self.constructions = constructions(folder)
        learned = tables(folder)
        self._report, self._ends, self._alone = learned["report"], learned["end"], learned["alone"]
        self.threshold = THRESHOLD if self._report else 0.0

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
        reports: list[Report] = []
        waiting = [(start, end, stretches, 0)]
        while waiting:
            first, last, inside, depth = waiting.pop()
            passage = Passage(text, first, last, inside, self.pack, self._chunker)
            reports += self._of_passage(text, passage, depth)
            if depth < _DEEPEST:
                waiting += [(span.start, span.end, span.children, depth + 1) for span in inside]
        return reports

    def _of_passage(self, text: str, passage: Passage, depth: int) -> list[Report]:
        taken = chosen(self.scored(passage, depth), self.threshold)
        found = [placed for one in taken if (placed := _placed(passage, text, one)) is not None]
        if self._alone:
            claimed = frozenset(
                i for one in taken for first, last in one.content for i in range(first, last) if i in passage.quotations
            )
            for alone in unclaimed(passage, self._chunker, claimed, text, depth):
                chance = probability(total(self._alone, alone.heads, alone.traits))
                if chance >= ALONE:
                    _add(found, passage, text, alone, chance)
        return [placed.report for placed in found]

    def scored(self, passage: Passage, depth: int) -> Iterator[Scored]:
        """All candidates of a passage with their content and how likely each is a report."""
        for candidate in candidates(passage, self.pack, self._chunker, self.constructions):
            if self._report:
                odds = total(self._report, *signs_of(candidate, self.pack, depth))
                yield Scored(candidate, self.content_of(candidate), probability(odds))
            else:
                yield Scored(candidate, candidate.content, candidate.confidence + _bound(candidate))

    def content_of(self, candidate: Candidate) -> tuple[Range, ...]:
        """The content of a candidate, what stands behind its cue up to its likeliest end."""
        parts = list(candidate.content)
        first, last = candidate.parts[-1]
        sentence = candidate.sentence
        if self._ends and first > candidate.at:
            stop = end_of(sentence, first, last, candidate.construction, self._ends)
            parts[-1] = (parts[-1][0], sentence.firsts[stop])
        return tuple(parts)


class _Placed(NamedTuple):
    """A report, the token at which its content begins, and the one behind all that belongs to it."""

    first: int
    last: int
    report: Report


def _placed(passage: Passage, text: str, one: Scored) -> _Placed | None:
    report = report_of(passage, text, one)
    if report is None:
        return None
    candidate = one.candidate
    parts = [*one.content, *candidate.cue, *([candidate.source] if candidate.source else [])]
    return _Placed(one.content[0][0], max(last for _, last in parts), report)


def _add(found: list[_Placed], passage: Passage, text: str, alone: Alone, chance: float) -> None:
    """Add a quotation without a cue, as a part of the direct quotation before it if it goes on with that."""
    span = passage.quotations[alone.token]
    words = trimmed(text, span.start, span.end)
    before = [n for n, placed in enumerate(found) if placed.first < alone.token and placed.report.kind == "direct"]
    if before:
        number = max(before, key=lambda n: found[n].last)
        first, last, report = found[number]
        if goes_on(passage, last, alone.token):
            found[number] = _Placed(first, alone.token + 1, report._replace(content=(*report.content, words)))
            return
    found.append(_Placed(alone.token, alone.token + 1, Report("alone", "direct", (words,), (), "", None, None, chance)))


def _bound(candidate: Candidate) -> float:
    """What decides between constructions of which nobody knows how often they are right: the one that binds more."""
    return _BINDING * (4 * len(candidate.content) + 2 * (candidate.source is not None) + (candidate.addressee is not None))


@functools.cache
def grammar(folder: Path) -> Grammar:
    """The grammar of a pack, made once."""
    return Grammar(folder)
