"""Paragraphs: what blank lines part."""

from __future__ import annotations

import re
from typing import Final

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*|\r\n[^\S\n]*\r\n\s*|\x0c")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text begin and end, in code points; what parts them belongs to none."""
    bounds: list[tuple[int, int]] = []
    at = 0
    for gap in _BLANK_LINE.finditer(text):
        if gap.start() > at:
            bounds.append((at, gap.start()))
        at = gap.end()
    if at < len(text):
        bounds.append((at, len(text)))
    return bounds
