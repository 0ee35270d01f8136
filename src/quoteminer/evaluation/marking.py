"""The passage of an error in pieces, each with what it is: content, cue or source; of the gold, of the find or of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

import attrs

from ..spans import Span
from .causes import EvaluationError, Passage

#: Whose a piece is.
SIDES: Final = ("gold", "found")


@attrs.frozen
class Piece:
    """A stretch of a passage in which nothing begins or ends.

    Attributes:
        marks: ``content``, ``cue`` or ``source``, each with ``-gold``, ``-found`` or ``-both``.
        begins: which quotations begin here, when there are several to tell apart.
    """

    text: str
    marks: tuple[str, ...] = ()
    begins: str = ""


def label(side: str, index: int, count: int) -> str:
    """What one of several quotations on a side is called; one alone needs no number."""
    return f"{side} {index + 1}" if count > 1 else side


def pieces(error: EvaluationError) -> list[Piece]:
    """The passage cut wherever a part of a quotation begins or ends; the pieces join to ``error.text``.

    Cut here and not in the page: offsets are code points, while scripts in a page count UTF-16 units.
    """
    changes: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    begins: defaultdict[int, list[str]] = defaultdict(list)
    several = len(error.gold) > 1 or len(error.found) > 1
    for side, passages in zip(SIDES, (error.gold, error.found), strict=True):
        for index, passage in enumerate(passages):
            for part, spans in _parts(passage).items():
                for span in spans:
                    changes[span.start - error.context.start][part, side] += 1
                    changes[span.end - error.context.start][part, side] -= 1
            if several:
                begins[passage.content[0].start - error.context.start].append(label(side, index, len(passages)))
    cuts = sorted({0, len(error.text), *changes})
    found, inside = [], Counter[tuple[str, str]]()
    for start, end in zip(cuts, cuts[1:], strict=False):
        inside.update(changes[start])
        found.append(Piece(error.text[start:end], _marks(inside), ", ".join(begins[start])))
    return found


def _parts(passage: Passage) -> dict[str, tuple[Span, ...]]:
    return {"content": passage.content, "cue": passage.cue, "source": passage.sources}


def _marks(inside: Counter[tuple[str, str]]) -> tuple[str, ...]:
    found = []
    for part in ("content", "cue", "source"):
        sides = [side for side in SIDES if inside[part, side] > 0]
        if sides:
            found.append(f"{part}-{sides[0] if len(sides) == 1 else 'both'}")
    return tuple(found)
