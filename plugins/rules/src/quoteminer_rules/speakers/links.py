"""The link from a quotation to its speaker: who, how it was found, and how often that way is right."""

from __future__ import annotations

from typing import Final, NamedTuple

from .entities import Entity
from .knowledge import Knowledge


class Link(NamedTuple):
    """Who speaks, how that was found, and how often this strategy is right."""

    entity: Entity | None
    strategy: str
    precision: float


NOBODY: Final = Link(None, "", 0.0)


def measured(entity: Entity | None, strategy: str, known: Knowledge) -> Link:
    """The link of a strategy whose precision was measured as a whole."""
    return Link(entity, strategy, known.precision[strategy])
