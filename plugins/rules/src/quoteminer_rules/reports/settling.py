"""The reports of a text in order, none twice, and which stands inside which."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .ranges import Offsets, apart
from .selection import Report


def settled(reports: Iterable[Report]) -> list[Report]:
    """All reports by position, an outer one before what is inside it.

    The parts of a content or cue are in order and apart, no cue or source is part of the content, what was found twice stands once, and the
    parent is the smallest report whose content encloses all of the content.
    """
    alike: dict[tuple[object, ...], Report] = {}
    for one in reports:
        report = _consistent(one)
        if report.content:
            alike.setdefault((report.content, report.cue, report.source), report)
    ordered = sorted(alike.values(), key=lambda report: (report.content[0][0], -report.content[-1][1]))
    return _with_parents(ordered)


def _consistent(report: Report) -> Report:
    content = apart(report.content)
    cue = apart(part for part in report.cue if not _meets(content, part))
    source = None if report.source is not None and _meets(content, report.source) else report.source
    if (content, cue, source) == (report.content, report.cue, report.source):
        return report
    return report._replace(content=content, cue=cue, source=source)


def _with_parents(ordered: Sequence[Report]) -> list[Report]:
    """The reports with the place of their parents; those that are open at a place are few, as they lie inside each other."""
    found: list[Report] = []
    sizes = [sum(end - start for start, end in report.content) for report in ordered]
    around: list[int] = []
    for number, report in enumerate(ordered):
        start = report.content[0][0]
        around = [outer for outer in around if ordered[outer].content[-1][1] > start]
        inner = [outer for outer in around if sizes[outer] > sizes[number] and _encloses(ordered[outer], report)]
        parent = min(inner, key=lambda outer: (sizes[outer], -outer)) if inner else None
        found.append(report if parent is None else report._replace(parent=parent))
        around.append(number)
    return found


def _encloses(outer: Report, inner: Report) -> bool:
    """Whether each part of a content lies in a part of another one."""
    parts = outer.content
    for first, last in inner.content:
        at = bisect_right(parts, (first, sys.maxsize)) - 1
        if at < 0 or last > parts[at][1]:
            return False
    return True


def _meets(parts: Sequence[Offsets], part: Offsets) -> bool:
    return any(start < part[1] and part[0] < end for start, end in parts)
