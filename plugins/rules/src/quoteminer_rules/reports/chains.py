"""Quotations over paragraphs: one that no mark closes goes on in the next paragraph that opens with the same mark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quoteminer.text.marks import MarkedSpan

from .layouts import INDENT, Part, confidence_of
from .ranges import Offsets, is_numbered, trimmed
from .selection import Report

_NAME: Final = "paragraphs"


class _Growing:
    """A report whose last mark nothing closes, so that it may go on in the next paragraph."""

    __slots__ = ("_parts", "_report", "found", "mark")

    def __init__(self, report: Report, mark: str, *, found: bool) -> None:
        self._report = report
        self._parts: list[Offsets] = []
        self.mark: Final = mark
        self.found = found
        """Whether it is a report even if nothing goes on with it."""

    def add(self, words: Offsets, later: Report | None) -> None:
        """Go on with a quotation, or with what is known of it; who says it may stand in any paragraph."""
        self.found = True
        self._parts += [words] if later is None else later.content
        if later is not None and later.cue and not self._report.cue and self._report.source is None:
            self._report = later._replace(content=self._report.content, kind=self._report.kind)

    def done(self) -> Report:
        """The whole report."""
        if not self._parts:
            return self._report
        name = self._report.construction if self._report.cue else _NAME
        return self._report._replace(construction=name, content=(*self._report.content, *self._parts))


class Chains:
    """Collects the reports of a text, paragraph by paragraph, and joins those that go on from one to the next."""

    def __init__(self, text: str, folder: Path) -> None:
        self._text: Final = text
        self._folder: Final = folder
        self._done: list[Report] = []
        self._waiting: _Growing | None = None

    def add(self, part: Part, found: Sequence[Report]) -> None:
        """Add what was found in a paragraph outside the words in its marks."""
        waiting, first = self._waiting, part.spans[0] if part.spans else None
        if waiting is None or first is None or not self._opens(part, first, waiting.mark):
            self.interrupt()
        else:
            later = next((report for report in found if first.start <= report.content[0][0] < first.end), None)
            waiting.add(trimmed(self._text, first.start, first.end), later)
            found = [report for report in found if report is not later]
            if len(part.spans) == 1 and _is_unfinished(part, first):
                self._done += found
                return
            self.interrupt()
        last = part.spans[-1] if part.spans else None
        if last is not None and _is_unfinished(part, last):
            found = self._wait(last, found)
        self._done += found

    def interrupt(self) -> None:
        """Let nothing go on: what waits is finished."""
        if self._waiting is not None and self._waiting.found:
            self._done.append(self._waiting.done())
        self._waiting = None

    def reports(self) -> list[Report]:
        """All reports that were added, in no order."""
        self.interrupt()
        return self._done

    def _opens(self, part: Part, span: MarkedSpan, mark: str) -> bool:
        return span.open - part.start <= INDENT and self._text[span.open] == mark

    def _wait(self, span: MarkedSpan, found: Sequence[Report]) -> list[Report]:
        """Let the words behind a mark wait for the next paragraph, and give back the reports that they are no part of."""
        known = next((report for report in found if any(start >= span.start for start, _ in report.content)), None)
        mark = self._text[span.open]
        if known is None and is_numbered(self._text, span.start):
            return list(found)
        if known is None:
            words = trimmed(self._text, span.start, span.end)
            chance = confidence_of(_NAME, self._folder)
            unknown = Report(_NAME, "direct", (words,), (), "", None, None, chance)
            self._waiting = _Growing(unknown, mark, found=False)
        else:
            self._waiting = _Growing(known, mark, found=True)
        return [report for report in found if report is not known]


def _is_unfinished(part: Part, span: MarkedSpan) -> bool:
    """Whether nothing closes a mark up to the end of its paragraph."""
    return not span.closed and span.end >= part.end - 1
