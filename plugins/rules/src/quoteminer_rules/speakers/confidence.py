"""How sure a speaker is: what can be seen of the way in which he was found, weighed so that of ten speakers with 0.8 eight are right.

The ways differ, and what is ranked has a probability of its own, which is that of a guess among the candidates seen. A small logistic regression
over both, learned from texts of writers from whom neither it nor the ranking has learned, tells how often such speakers are right (Platt 1999, with
more than one sign).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Quote

from ..language.pack import Pack, load
from ..language.tables import rows
from .people import Entity
from .weights import file_of

FILE: Final = "speaker_confidence.tsv"
ODDS: Final = "odds"
"""The sign that counts as often as the log odds of what the ranking thought; every other one counts once."""
LEAST: Final = 0.1
"""Who is less sure than this is not given as the speaker."""
_MOST: Final = 6.0
_OFTEN: Final = 3


class Link(NamedTuple):
    """Who speaks, how that was found, and what the ranking of candidates thought of it where there was one."""

    entity: Entity | None
    strategy: str
    probability: float | None = None


NOBODY: Final = Link(None, "")


def signs(quote: Quote, link: Link, text: str, pack: Pack) -> dict[str, float]:
    """What can be seen of a link: the name of each sign, and how often it counts."""
    entity = link.entity
    found = {"": 1.0, "way:" + link.strategy: 1.0, "kind:" + quote.kind: 1.0, "layout:" + quote.layout: 1.0}
    if entity is None:
        return found
    if link.probability is not None:
        clipped = min(max(link.probability, 1e-6), 1 - 1e-6)
        found[ODDS] = max(-_MOST, min(_MOST, math.log(clipped / (1 - clipped))))
    if quote.parent is not None:
        found["nested"] = 1.0
    found["named:" + ("no" if not entity.positions else "once" if entity.count == 1 else "often")] = 1.0
    found["speaks:" + ("once" if entity.spoken <= 1 else "often" if entity.spoken > _OFTEN else "again")] = 1.0
    if entity.likely_gender is None:
        found["no gender"] = 1.0
    if len(entity.words) > 1 and entity.positions:
        found["full name"] = 1.0
    if quote.source is not None:
        found[f"{link.strategy} by {_form(text[quote.source.start : quote.source.end], pack)}"] = 1.0
    return found


def _form(source: str, pack: Pack) -> str:
    """The form of a source: how definite a description is, how many words a name has."""
    words = source.split()
    first = words[0].lower() if words else ""
    classes = pack.classes(first)
    if first in pack.definite_articles:
        return "definite" if len(words) == 2 else "definite and more"
    if "possessive" in classes:
        return "possessive"
    if "determiner" in classes:
        return "determiner"
    return f"words {min(len(words), 3)}" + ("" if first != words[0] else " small") if words else "nothing"


@functools.cache
def _weights(folder: Path) -> Mapping[str, float]:
    return {row.columns[0]: float(row.columns[1]) for row in rows(file_of(folder, FILE), 2)}


def how_sure(quote: Quote, link: Link, text: str, folder: Path) -> float:
    """How sure a link is in a language."""
    weights = _weights(folder)
    found = signs(quote, link, text, load(folder))
    odds = math.fsum([weights[sign] * often for sign, often in found.items() if sign in weights])
    return 1 / (1 + math.exp(-odds))
