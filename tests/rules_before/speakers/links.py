"""The link from a quotation to its speaker: who, how it was found, and how often that way is right."""

from __future__ import annotations

from typing import Final, NamedTuple

from .cast import Entity
from .knowledge import Knowledge


class Link(NamedTuple):
    """Who speaks, how that was found, and how often this way is right."""

    entity: Entity | None
    way: str
    precision: float


NOBODY: Final = Link(None, "", 0.0)


def by(way: str, entity: Entity | None, known: Knowledge) -> Link:
    """The link of a way whose precision was measured as a whole."""
    return Link(entity, way, known.precision[way])
