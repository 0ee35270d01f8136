"""Ranges of a text, as offsets: those that are in order and apart, and what meets them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

Offsets = tuple[int, int]


def apart(parts: Iterable[Offsets]) -> tuple[Offsets, ...]:
    """The parts that are not empty, in order, those that overlap as one."""
    result: list[Offsets] = []
    for start, end in sorted(parts):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        elif start < end:
            result.append((start, end))
    return tuple(result)


def meets(taken: Sequence[Offsets], start: int, end: int) -> bool:
    """Whether a part of the text, or some of it, lies in one of some ranges that are in order and apart."""
    at = bisect_left(taken, (end, end)) - 1
    return at >= 0 and taken[at][1] > start


def trimmed(text: str, start: int, end: int) -> Offsets:
    """A part of a text without white space at its edges."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def without_marks(text: str, start: int, end: int) -> list[Offsets]:
    """A part of a text; where each of its lines stands behind ``>``, the lines without it."""
    whole = trimmed(text, start, end)
    if text[whole[0] : whole[0] + 1] != ">":
        return [whole]
    lines: list[Offsets] = []
    at = whole[0]
    for line in text[whole[0] : whole[1]].splitlines(keepends=True):
        stop = at + len(line)
        if line[0] != ">" and line.strip():
            return [whole]
        lines.append(trimmed(text, stop - len(line.lstrip("> \t")), stop))
        at = stop
    return [line for line in lines if line[0] < line[1]]


def is_numbered(text: str, start: int) -> bool:
    """Whether words in marks begin as a paragraph of a law does, which one that changes it sets so: “(d) …"."""
    return _NUMBERED.match(text, start) is not None


_NUMBERED: Final = re.compile(r"\((?:\d{1,3}|[a-z]{1,4}|[A-Z]{1,3})\)[ \u00a0]")
