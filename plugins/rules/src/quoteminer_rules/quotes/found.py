"""A quotation while it is looked for, and the offsets of what belongs to it."""

from __future__ import annotations

from ..marks import Stretch
from ..phrases import Range
from ..tokens import Tokens
from .attribution import Clause
from .cue_classes import cue_class

Offsets = tuple[int, int]


class Found:
    """A quotation before it becomes a ``Quote``; offsets are code points of the document."""

    __slots__ = (
        "addressee",
        "confidence",
        "content",
        "cue",
        "cue_class",
        "kind",
        "lemma",
        "modality",
        "parent",
        "rule",
        "source",
    )

    def __init__(self, content: list[Offsets], kind: str, rule: str) -> None:
        self.content = content
        self.kind = kind
        self.rule = rule
        self.cue: list[Offsets] = []
        self.source: Offsets | None = None
        self.addressee: Offsets | None = None
        self.lemma = ""
        self.cue_class = ""
        self.confidence: float | None = None
        self.modality = "asserted"
        self.parent: Found | None = None


def span_of(tokens: Tokens, part: Range) -> Offsets:
    """Offsets of a range of tokens, without a final possessive."""
    first, last = tokens.starts[part[0]], tokens.ends[part[1] - 1]
    raw = tokens.raw[part[1] - 1]
    return (first, last - 2) if raw[-2:] in ("'s", "’s") and last - first > 2 else (first, last)


def inner(text: str, stretch: Stretch) -> Offsets:
    start, end = stretch.start, stretch.end
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else (stretch.start, stretch.end)


def attribute(tokens: Tokens, quote: Found, clause: Clause) -> None:
    quote.cue = [span_of(tokens, part) for part in clause.cue.ranges]
    quote.lemma = clause.cue.lemma
    quote.cue_class = cue_class(clause.cue.classes, "clause")
    if clause.source is not None:
        quote.source = span_of(tokens, clause.source)
    if clause.addressee is not None:
        quote.addressee = span_of(tokens, clause.addressee)
