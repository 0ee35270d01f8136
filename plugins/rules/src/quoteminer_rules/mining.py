"""The order of the searches in one text, and what they share."""

from __future__ import annotations

from . import quotations, turns
from .layout import blocks_of
from .lexicon import Lexicon
from .quotations import Found


def find(text: str, lexicon: Lexicon) -> list[Found]:
    """All quotations of ``text``: turns and dash dialogue first, because they say what the marks inside them mean."""
    blocks = blocks_of(text)
    quotations.mend(text, blocks, lexicon)
    found, covered = turns.turns(text, blocks, lexicon)
    dialogue, more = turns.dashes(text, blocks, lexicon)
    found += dialogue
    covered += more
    found += turns.block_quotations(text, blocks, covered, lexicon)
    found += quotations.extract_marked(text, blocks, covered, lexicon)
    found.sort(key=lambda quote: (quote.content[0][0], -quote.content[-1][1]))
    return found
