"""Subtitles copied into a text: the lines with number and time between them part what is one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Edit = tuple[int, int, str]
"""A stretch of a text, and what stands in its place when people read it."""

_TIME: Final = r"\d{1,2}:\d\d(?::\d\d)?(?:[:;.,]\d{1,3})?"
_HEAD: Final = re.compile(
    rf"^[ \t]*(?:(?:\d{{1,5}}[ \t]*\n?[ \t]*)?{_TIME}[ \t]*(?:-->|[,–—-]|[ \t])[ \t]*{_TIME}|\d{{1,5}}[ \t]+\[?{_TIME}\]?)[ \t]*$",
    re.MULTILINE,
)
_FEWEST: Final = 3
_LINE_ENDS: Final = " \t\r\n"
_CLOSED: Final = frozenset(".!?…\"”’»'])♪")
_NEW: Final = re.compile(r"[-–—\[(♪]|[^\n:]{1,40}:\s")
"""What another speaker's words begin with: a dash, a note, a label."""


def without_title_heads(text: str) -> Iterator[Edit]:
    """The heads of subtitles with the blank lines around them, each with the break that stands for it: a line's within a sentence, else a paragraph's.

    Text that has only two such lines has none.
    """
    heads = list(_HEAD.finditer(text))
    if len(heads) < _FEWEST:
        return
    for head in heads:
        start, end = head.span()
        while start and text[start - 1] in _LINE_ENDS:
            start -= 1
        while end < len(text) and text[end] in _LINE_ENDS:
            end += 1
        if not start or end == len(text):
            yield start, end, ""
        else:
            goes_on = text[start - 1] not in _CLOSED and _NEW.match(text, end) is None
            yield start, end, "\n" if goes_on else "\n\n"
