"""Which parts of a text stand inside quotation marks; only the outermost marks count."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

TWICE: Final = "''"
"""Two apostrophes as one mark; it opens and closes, as ``"`` does."""
_MARK: Final = regex.compile(r"''|``|[\n\u2028\u2029\"“”„‟«»‘’]")
_CLOSES: Final = {"“": "”", "„": "”“", "‟": "”", "«": "»", "»": "«", '"': '"', TWICE: TWICE, "``": TWICE, "‘": "’"}
_BREAKS: Final = "\n\u2028\u2029"


class Quoted:
    """The stretches between quotation marks of a text, without the marks.

    A paragraph (line) ends whatever is open, so that a stray mark costs at most its paragraph. A double mark that is never closed holds
    to the end of the paragraph, which is how a quotation over several paragraphs is printed; a single one never opens anything unless it is
    closed, because it may be an apostrophe.
    """

    def __init__(self, text: str) -> None:
        opens: list[int] = []
        closes: list[int] = []
        mark = ""
        since = 0
        for match in _MARK.finditer(text):
            at = match.start()
            character = match[0]
            if character in _BREAKS:
                if mark and mark != "‘":
                    opens.append(since)
                    closes.append(at)
                mark = ""
            elif mark:
                # An apostrophe stands before a letter: ‘It isn’t’ closes once.
                if character in _CLOSES[mark] and not (character == "’" and text[at + 1 : at + 2].isalnum()):
                    opens.append(since)
                    closes.append(at)
                    mark = ""
                elif mark == "‘" and character in ("“", '"', TWICE):
                    mark = character
                    since = match.end()
            elif character in _CLOSES and not (character in ("‘", TWICE) and text[max(0, at - 1) : at].isalnum()):
                mark = character
                since = match.end()
        if mark and mark != "‘":
            opens.append(since)
            closes.append(len(text))
        self._opens = opens
        self._closes = closes

    def holds(self, places: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """For each place (code point) whether it stands inside quotation marks."""
        if not self._opens:
            return np.zeros(len(places), dtype=np.bool_)
        last = np.searchsorted(self._opens, places, side="right") - 1
        inside: npt.NDArray[np.bool_] = (last >= 0) & (places < np.array(self._closes)[np.maximum(last, 0)])
        return inside

    def parts(self, start: int, end: int) -> Iterator[tuple[bool, int, int]]:
        """``(inside, start, end)``: a stretch of the text cut where quotation marks open and close."""
        number = bisect.bisect_right(self._closes, start)
        while start < end:
            opened = self._opens[number] if number < len(self._opens) else end
            if start < opened:
                yield False, start, min(opened, end)
            start = max(start, min(opened, end))
            closed = self._closes[number] if number < len(self._closes) else end
            if start < min(closed, end):
                yield True, start, min(closed, end)
            start = max(start, closed)
            number += 1
