"""Which parts of a text stand inside quotation marks; only the outermost marks count."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from quoteminer.text.marks import SINGLE, find_marks, guillemets_point_out, pair_marks

TWICE: Final = "''"
"""Two apostrophes as one mark; it opens and closes, as ``"`` does."""
_BREAKS: Final = str.maketrans("\u2028\u2029", "\n\n")


class Quoted:
    """The spans between quotation marks of a text, without the marks.

    A paragraph (line) ends whatever is open, so that a stray mark costs at most its paragraph. A double mark that is never closed holds
    to the end of the paragraph, which is how a quotation over several paragraphs is printed; a single one never opens anything unless it is
    closed, because it may be an apostrophe.
    """

    def __init__(self, text: str) -> None:
        opens: list[int] = []
        closes: list[int] = []
        marks = find_marks(text)
        outward = guillemets_point_out(marks)
        lines = text.translate(_BREAKS) if "\u2028" in text or "\u2029" in text else text
        first = 0
        while first < len(marks):
            start = lines.rfind("\n", 0, marks[first][0]) + 1
            end = lines.find("\n", marks[first][0])
            end = len(text) if end < 0 else end
            behind = bisect.bisect_left(marks, end, first, key=_begin)
            for span in pair_marks(text, start, end, marks[first:behind], outward=outward):
                if span.closed or span.family is not SINGLE:
                    opens.append(span.start)
                    closes.append(span.end)
            first = behind
        self._opens = opens
        self._closes = closes

    def holds(self, places: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """For each place (code point) whether it stands inside quotation marks."""
        if not self._opens:
            return np.zeros(len(places), dtype=np.bool_)
        last = np.searchsorted(self._opens, places, side="right") - 1
        inside: npt.NDArray[np.bool_] = (last >= 0) & (places < np.array(self._closes)[np.maximum(last, 0)])
        return inside

    def stretch(self, place: int) -> int | None:
        """The number of the stretch between quotation marks in which a place lies."""
        last = bisect.bisect_right(self._opens, place) - 1
        return last if last >= 0 and place < self._closes[last] else None

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


def _begin(mark: tuple[int, int, str]) -> int:
    return mark[0]
