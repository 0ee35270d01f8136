"""Quotations that fill a paragraph behind one that tells who speaks: “It works,” said Ada. ¶ “And it will.”

News sets a long quotation so, each paragraph in marks of its own. In dialogue somebody else answers: where two such paragraphs, or several that open
with marks, follow each other anywhere in a text, or one of the two asks something, nothing is joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from .layouts import INDENT, Part
from .selection import DASH, Report

_ALONE: Final = "alone"
_ANOTHER_SENTENCE: Final = re.compile(r"[.!?…][\"”»’'“]?\s+\S")
_LONGEST_CLAUSE: Final = 200
"""Code points of a reporting clause behind a quotation, at most."""
_ASKS: Final = "?"
_ROW: Final = 3
"""Paragraphs that open with a mark, one behind the other, as only dialogue has them; chosen on training texts."""


class _Paragraph(NamedTuple):
    """What ends a paragraph with who says it, or the quotation that is all of it."""

    told: Report | None
    bare: Report | None


class Paragraphs:
    """Collects paragraphs in the order of a text, and joins quotations that fill one to those that they go on with."""

    def __init__(self, text: str) -> None:
        self._text: Final = text
        self._latest = _Paragraph(None, None)
        self._pairs: Final[list[tuple[Report, Report]]] = []
        self._is_dialogue = False
        self._row = 0

    def add(self, part: Part, found: Sequence[Report]) -> None:
        """Add a paragraph with the reports outside its marks."""
        one = self._read(part, found)
        opens = bool(part.spans) and part.spans[0].open - part.start <= INDENT
        self._row = self._row + 1 if opens else 0
        if self._row == _ROW:
            self._is_dialogue = True
        if one.bare is not None:
            if self._latest.bare is not None:
                self._is_dialogue = True
            elif self._latest.told is not None and not self._asks(self._latest.told) and not self._asks(one.bare):
                self._pairs.append((self._latest.told, one.bare))
        self._latest = one

    def joined(self, reports: list[Report]) -> list[Report]:
        """The reports, those that go on over paragraphs as one."""
        if self._is_dialogue or not self._pairs:
            return reports
        longer = {id(told): told._replace(content=(*told.content, *bare.content)) for told, bare in self._pairs}
        gone = {id(bare) for _, bare in self._pairs}
        return [longer.get(id(report), report) for report in reports if id(report) not in gone]

    def _read(self, part: Part, found: Sequence[Report]) -> _Paragraph:
        last = part.spans[-1] if part.spans else None
        # A dash opens what somebody else says.
        if last is None or last.family == DASH or not found:
            return _Paragraph(None, None)
        report = next((one for one in found if one.content[-1][0] >= last.start and one.content[-1][1] <= last.end), None)
        if report is None or report.kind != "direct" or not last.closed:
            return _Paragraph(None, None)
        behind = self._text[last.close : min(part.end, last.close + _LONGEST_CLAUSE + 1)]
        if report.construction == _ALONE:
            is_all = len(part.spans) == 1 and not (self._text[part.start : last.open] + behind).strip(" \t\n.,")
            return _Paragraph(None, report if is_all else None)
        ends = len(behind) <= _LONGEST_CLAUSE and _ANOTHER_SENTENCE.search(behind) is None
        return _Paragraph(report if report.cue and ends else None, None)

    def _asks(self, report: Report) -> bool:
        return _ASKS in self._text[report.content[-1][0] : report.content[-1][1]]
