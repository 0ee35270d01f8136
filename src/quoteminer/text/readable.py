"""What people read of a text that holds more: entities of HTML, heads of subtitles."""

from __future__ import annotations

from .aligned import Aligned
from .building import Builder
from .entities import entities
from .titles import without_title_heads


def readable(text: str) -> Aligned | None:
    """The text as people read it, with the way back; ``None`` where that is the text itself."""
    edits = sorted([*entities(text), *without_title_heads(text)])
    if not edits:
        return None
    builder = Builder(text)
    at = 0
    for start, end, words in edits:
        builder.take(at, start)
        builder.put(words, start, end)
        at = end
    builder.take(at, len(text))
    return builder.build()
