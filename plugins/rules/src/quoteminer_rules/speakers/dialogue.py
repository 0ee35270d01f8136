"""Dialogue that begins before anybody is named: who speaks is told by the turns behind, in which two take turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .confidence import NOBODY, Link
from .people import Entity
from .turns import Conversation, Turn

_NEXT: Final = 1
"""Paragraphs from a turn to the one that answers it."""
_CHANCE: Final = 0.6
"""How often such a turn is that of who speaks next but one: 53 of 90 times in the training part of PDNC."""


def before_names(conversation: Conversation, links: Mapping[str, Link]) -> Iterator[tuple[Turn, Link]]:
    """The turns without a speaker that are answered by one whom the same answers again, the last of a run first."""
    found: dict[int, Entity] = {}
    for turn in reversed(conversation.turns):
        quote = turn.quote
        entity = links.get(quote.id, NOBODY).entity
        if entity is not None:
            found[turn.index] = entity
            continue
        if quote.kind != "direct" or quote.source is not None or quote.cue:
            continue
        answer, again = conversation.at(turn.index + 1), conversation.at(turn.index + 2)
        if answer is None or again is None or not (_follows(turn, answer) and _follows(answer, again)):
            continue
        speaker, other = found.get(again.index), found.get(answer.index)
        if speaker is not None and speaker is not other:
            found[turn.index] = speaker
            yield turn, Link(speaker, "alternation", _CHANCE)


def _follows(turn: Turn, following: Turn) -> bool:
    """Whether one turn stands in the paragraph behind that of another."""
    return 0 < following.first - turn.last <= _NEXT
