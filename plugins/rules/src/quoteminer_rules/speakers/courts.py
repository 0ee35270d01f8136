"""The records of courts and inquiries: lines that tell who asks and who answers behind them ("BY MS. NOON:", "ADA BYRON, engineer, sworn")."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from .words import Wording

Offsets = tuple[int, int]


class Record:
    """The lines of a text that name who asks and who answers in what follows."""

    def __init__(self, text: str, wording: Wording) -> None:
        self._text: Final = text
        self._wording: Final = wording
        self._asking: list[Offsets] | None = None
        self._answering: list[Offsets] | None = None

    def asking(self, at: int) -> Offsets | None:
        """Where the last line before an offset names who asks."""
        if self._asking is None:
            line = rf"^[ \t]{{0,40}}{self._wording.asked_by} ([^:\n]{{2,60}}):[ \t]*$"
            self._asking = [match.span(1) for match in re.finditer(line, self._text, re.IGNORECASE | re.MULTILINE)]
        return _last(self._asking, at)

    def answering(self, at: int) -> Offsets | None:
        """Where the last line before an offset names who has taken the stand."""
        if self._answering is None:
            # "ADA BYRON, harbour master, Strathbeg Haven, having been duly sworn, examined by Mr Nash"
            line = rf"^[ \t]{{0,40}}([^\W\d_][^,:\n]{{1,60}}),(?:[^:.\n]{{0,80}},)?[^:.,\n]{{0,40}}\b(?:{self._wording.sworn})\b[^:\n]{{0,80}}$"
            self._answering = [match.span(1) for match in re.finditer(line, self._text, re.MULTILINE)]
        return _last(self._answering, at)


def _last(places: list[Offsets], at: int) -> Offsets | None:
    number = bisect_left(places, (at, at)) - 1
    return None if number < 0 else places[number]
