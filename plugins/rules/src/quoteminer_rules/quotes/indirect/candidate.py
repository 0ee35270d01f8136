"""A possible report: a cue in a frame with what it would report."""

from __future__ import annotations

from typing import Final, NamedTuple

from quoteminer import QuoteModality

from ...phrases import Range

OPEN_ENDED: Final = 130
"""Tokens: content is looked for this far from its cue and not farther, so that the search stays linear."""


class Candidate(NamedTuple):
    """One possible report; ranges are token indices.

    ``before`` is content that stands before the cue; ``behind`` where content behind it begins and the sentence that bounds it;
    ``family`` names the kind of content for the search of its end.
    """

    lemma: str
    classes: frozenset[str]
    frame: str
    form: str
    cue: tuple[Range, ...]
    source: Range | None
    addressee: Range | None
    before: Range | None
    behind: Range | None
    family: str
    modality: QuoteModality
