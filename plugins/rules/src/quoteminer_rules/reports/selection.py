"""Selection: of the candidates that contradict each other one remains; what is left becomes reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quoteminer import QuoteKind

from ..reading.passages import Passage
from .candidates import Candidate, Range

Offsets = tuple[int, int]


class Report(NamedTuple):
    """Who is said to say what; offsets are code points of the document."""

    construction: str
    kind: QuoteKind
    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    lemma: str
    source: Offsets | None
    addressee: Offsets | None
    confidence: float


def select(passage: Passage, text: str, found: Iterable[Candidate]) -> list[Report]:
    """The reports of a passage: for each cue the candidate that binds most, the earlier construction if two bind as much."""
    best: dict[tuple[Range, ...], Candidate] = {}
    for candidate in found:
        other = best.get(candidate.cue)
        if other is None or _weight(candidate) > _weight(other):
            best[candidate.cue] = candidate
    reports: list[Report] = []
    taken: list[Range] = []
    for candidate in best.values():
        if any(a < last and first < b for first, last in candidate.content for a, b in taken):
            continue
        report = _report(passage, text, candidate)
        if report is not None:
            taken += candidate.content
            reports.append(report)
    return reports


def _weight(candidate: Candidate) -> int:
    return len(candidate.content) * 4 + (candidate.source is not None) * 2 + (candidate.addressee is not None)


def _report(passage: Passage, text: str, candidate: Candidate) -> Report | None:
    quotations = passage.quotations
    marked: list[Offsets] = []
    words = 0
    spans: list[Offsets] = []
    for first, last in candidate.content:
        while last > first and passage.raw[last - 1][0] in ".,;:!?–—-" and last - 1 not in quotations:
            last -= 1
        if last == first:
            continue
        for i in range(first, last):
            stretch = quotations.get(i)
            if stretch is not None:
                marked.append((stretch.start, stretch.end))
            elif passage.raw[i][0].isalnum():
                words += 1
        spans.append((passage.starts[first], passage.ends[last - 1]))
    if not spans:
        return None
    kind: QuoteKind = "indirect" if not marked else "mixed" if words else "direct"

    def offsets(part: Range) -> Offsets:
        return passage.starts[part[0]], passage.ends[part[1] - 1]

    return Report(
        candidate.construction,
        kind,
        tuple(marked) if kind == "direct" else tuple(spans),
        tuple(map(offsets, candidate.cue)),
        candidate.lemma,
        None if candidate.source is None else offsets(candidate.source),
        None if candidate.addressee is None else offsets(candidate.addressee),
        candidate.confidence,
    )
