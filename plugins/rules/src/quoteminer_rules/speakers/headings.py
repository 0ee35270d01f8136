"""Quotations that are the title of a text: who speaks most in it said them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from quoteminer import Quote

from .confidence import Link
from .narration import Narration
from .people import Entity

TITLE: Final = "title"
"""How the speaker of such a quotation is found."""
_SENTENCE: Final = frozenset(".,;—-")


def is_heading(quote: Quote, scene: Narration) -> bool:
    """Whether a quotation is the title of the text: alone in a line of its own, which opens the text or follows other headings."""
    if quote.source is not None or quote.cue or quote.kind != "direct" or quote.layout != "running" or len(quote.content) > 1:
        return False
    text, start, end = scene.text, quote.content[0].start, quote.content[0].end
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first:start] + text[end : len(text) if last < 0 else last]
    # What ends as a sentence does is rather the first words of a dialogue.
    return text[end - 1] not in _SENTENCE and not any(map(str.isalnum, line)) and scene.is_head(start)


def most_quoted(links: Iterable[Link], asking: Entity | None) -> Entity | None:
    """Who speaks most, of those who do not ask."""
    spoken = [link.entity for link in links if link.entity is not None and link.entity is not asking]
    counts = Counter(entity.serial for entity in spoken)
    return max(spoken, key=lambda entity: counts[entity.serial], default=None)
