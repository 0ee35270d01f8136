"""Whose words a sentence is: the innermost quote that has most of it, or the text itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from quoteminer import Quote, Span

_EDGE: Final = " \t\r\n\u2028\u2029\"“”„‟«»‘’'()[]*_.,;:!?…–—-"


class Voices:
    """The text as the innermost quotes part it."""

    def __init__(self, text: str, quotes: Sequence[Quote]) -> None:
        self._text = text
        self._quotes = quotes
        self._owner = np.full(len(text), -1, dtype=np.int32)
        # From the widest to the narrowest, so that the innermost stays.
        order = sorted(range(len(quotes)), key=lambda number: -sum(map(len, quotes[number].content)))
        for number in order:
            for span in quotes[number].content:
                self._owner[span.start : span.end] = number

    def main(self, start: int, end: int, parts: Sequence[tuple[int, int]] | None = None) -> tuple[Quote | None, list[Span]]:
        """Of a stretch of the text, the quote that has most of it (``None`` for the text itself), and what of it that is.

        Spans have no white space, marks and punctuation at their edges; there are none when there is no letter or digit.

        Args:
            parts: where only some of the stretch counts, offsets of these.
        """
        counted = np.ones(end - start, dtype=np.bool_) if parts is None else np.zeros(end - start, dtype=np.bool_)
        for first, last in parts or ():
            counted[first - start : last - start] = True
        owners = self._owner[start:end]
        counts = np.bincount(owners[counted] + 1, minlength=1)
        owner = int(counts.argmax()) - 1
        held = np.concatenate(([False], (owners == owner) & counted, [False]))
        edges = np.flatnonzero(held[1:] != held[:-1]) + start
        spans = [span for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True) for span in self._trimmed(a, b)]
        return (None if owner < 0 else self._quotes[owner]), spans

    def _trimmed(self, start: int, end: int) -> list[Span]:
        words = self._text[start:end]
        end -= len(words) - len(words.rstrip(_EDGE))
        start += len(words) - len(words.lstrip(_EDGE))
        return [Span(start, end)] if start < end and any(map(str.isalnum, words)) else []
