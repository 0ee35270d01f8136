"""From pieces to the spans a person would mark: complementisers, punctuation and quotation marks at the edges, and the kind."""

from __future__ import annotations

from typing import Final

import numpy as np
import regex

from .marks import Quoted

_BEFORE: Final = regex.compile(r"\b(?:that|whether|if)[\s]{1,8}$", regex.IGNORECASE)
_LOOK_BACK: Final = 24
_FINAL: Final = frozenset(".,!?…;:—–-")
_OPENING: Final = frozenset('“"„‟«»‘')
_CLOSING: Final = frozenset('”"“«»’')


def kind(text: str, spans: list[tuple[int, int]], quoted: Quoted) -> str:
    """``direct`` when all letters and digits of the spans stand inside quotation marks, ``indirect`` when none does, else ``mixed``."""
    places = np.array([place for start, end in spans for place in range(start, end) if text[place].isalnum()], dtype=np.int64)
    if not len(places):
        places = np.array([start for start, _ in spans], dtype=np.int64)
    inside = quoted.holds(places)
    if inside.all():
        return "direct"
    return "mixed" if inside.any() else "indirect"


def with_complementiser(text: str, start: int, taken: int) -> int:
    """Where the content begins when a "that", "whether" or "if" just before it is part of it; never before ``taken``."""
    begin = max(taken, start - _LOOK_BACK)
    match = _BEFORE.search(text[begin:start])
    return start if match is None else begin + match.start()


def with_marks(text: str, start: int, end: int, kind: str, quoted: Quoted) -> tuple[int, int]:
    """A span with the final punctuation that stands inside the marks; mixed content keeps its marks, direct content has none."""
    first, last = quoted.holds(np.array([start, end - 1]))
    if last:
        stop = end
        while stop < len(text) and stop < end + 4 and text[stop] in _FINAL:
            stop += 1
        if stop < len(text) and text[stop] in _CLOSING:
            end = stop + 1 if kind == "mixed" else stop
        elif stop == len(text) or text[stop].isspace():
            end = stop if stop < len(text) and text[stop] in "\n\u2028\u2029" or stop == len(text) else end
    if first and kind == "mixed" and start and text[start - 1] in _OPENING:
        start -= 1
    return start, end
