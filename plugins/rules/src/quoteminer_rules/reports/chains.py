"""Quotations over paragraphs: one that no mark closes goes on in the next paragraph that opens with the same mark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer.text.marks import MarkedSpan

from .layouts import Part, confidence_of
from .selection import Report, trimmed

_INDENT: Final = 3
"""Code points: a mark that stands as near to the beginning of its paragraph opens it."""


class _Waiting(NamedTuple):
    """A report whose last mark nothing closes, so that it may go on in the next paragraph."""

    report: Report
    mark: str
    found: bool
    """Whether it is a report even if nothing goes on with it."""


class Chains:
    """Collects the reports of a text, paragraph by paragraph, and joins those that go on from one to the next."""

    def __init__(self, text: str, folder: Path) -> None:
        self._text: Final = text
        self._folder: Final = folder
        self._done: list[Report] = []
        self._waiting: _Waiting | None = None

    def add(self, part: Part, found: Sequence[Report]) -> None:
        """Add what was found in a paragraph outside the words in its marks."""
        joined, others = self._going_on(part, found)
        if joined is None:
            self.interrupt()
        self._waiting = self._unfinished(part, joined, others)
        reports = others if joined is None else [joined, *others]
        self._done += [report for report in reports if self._waiting is None or report is not self._waiting.report]

    def interrupt(self) -> None:
        """Let nothing go on: what waits is finished."""
        if self._waiting is not None and self._waiting.found:
            self._done.append(self._waiting.report)
        self._waiting = None

    def reports(self) -> list[Report]:
        """All reports that were added, in no order."""
        self.interrupt()
        return self._done

    def _going_on(self, part: Part, found: Sequence[Report]) -> tuple[Report | None, list[Report]]:
        """The report that waits with what a paragraph adds to it, ``None`` where nothing goes on, and the other reports of the paragraph."""
        waiting = self._waiting
        first = part.spans[0] if part.spans else None
        if waiting is None or first is None or first.open - part.start >= _INDENT or self._text[first.open] != waiting.mark:
            return None, list(found)
        later = next((report for report in found if first.start <= report.content[0][0] < first.end), None)
        return self._joined(waiting.report, first, later), [report for report in found if report is not later]

    def _unfinished(self, part: Part, joined: Report | None, others: Sequence[Report]) -> _Waiting | None:
        """The report with the words behind the last mark of a paragraph, if nothing closes it."""
        last = part.spans[-1] if part.spans else None
        if last is None or last.closed or last.end < part.end - 1:
            return None
        mark = self._text[last.open]
        if joined is not None and len(part.spans) == 1:
            return _Waiting(joined, mark, True)
        known = next((report for report in others if any(start >= last.start for start, _ in report.content)), None)
        if known is not None:
            return _Waiting(known, mark, True)
        words = trimmed(self._text, last.start, last.end)
        chance = confidence_of("paragraphs", self._folder)
        return _Waiting(Report("paragraphs", "direct", (words,), (), "", None, None, chance), mark, False)

    def _joined(self, earlier: Report, span: MarkedSpan, later: Report | None) -> Report:
        """A report with what it goes on with; who says it may stand in either paragraph."""
        if later is None:
            return earlier._replace(content=(*earlier.content, trimmed(self._text, span.start, span.end)))
        content = (*earlier.content, *later.content)
        if earlier.cue or earlier.source is not None or not later.cue:
            return earlier._replace(content=content)
        return later._replace(content=content, kind=earlier.kind)
