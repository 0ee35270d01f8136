"""What was found against what is annotated: which is which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

SAME: Final = 0.5
"""Share of the union of letters from which a find is right, as everywhere in quoteminer."""

Spans = Iterable[Sequence[int]]


def matched(text: str, found: Sequence[Spans], wanted: Sequence[Spans]) -> dict[int, int]:
    """For each find that is right the number of what it is: those that share most come first, and each counts once."""
    ours, theirs = ([_letters(text, spans) for spans in several] for several in (found, wanted))
    pairs = sorted(
        (
            (len(words & other) / len(words | other), number, place)
            for number, words in enumerate(ours)
            for place, other in enumerate(theirs)
            if words & other
        ),
        reverse=True,
    )
    right: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, number, place in pairs:
        if overlap >= SAME and number not in right and place not in taken:
            right[number] = place
            taken.add(place)
    return right


def _letters(text: str, spans: Spans) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}
