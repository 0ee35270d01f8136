"""From source mentions to speakers: one entity for all mentions of the same person, organisation, group or document.

``names`` reads names, ``entities`` finds out which belong together, ``roles`` and ``descriptions`` tell who "the minister" is,
``scene`` and ``turns`` what stands round a quotation, ``ranking`` who speaks when no name tells; ``resolver`` asks them in turn.
"""

from __future__ import annotations

from .resolver import resolve

__all__ = ["resolve"]
