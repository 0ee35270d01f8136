"""Which quotations count where only speech does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .found import Found

UNSPOKEN: Final = frozenset({"thought", "attitude", "appearance"})


def is_speech(quote: Found) -> bool:
    """Whether something is said or written: words in marks always are, a report by what its cue reports."""
    return quote.kind == "direct" or quote.cue_class not in UNSPOKEN


def speech(found: Iterable[Found]) -> list[Found]:
    """Those that are speech, in the same order; what stood in one that is not belongs to the next around it that is."""
    kept = [quote for quote in found if is_speech(quote)]
    for quote in kept:
        while quote.parent is not None and not is_speech(quote.parent):
            quote.parent = quote.parent.parent
    return kept
