"""A quotation while it is looked for, and the offsets of what belongs to it."""

from __future__ import annotations

from quoteminer import QuoteKind

from ..phrases import Range
from ..tokens import Tokens
from .attribution import Clause

Offsets = tuple[int, int]


class Found:
    """A quotation before it becomes a ``Quote``; offsets are code points of the document."""

    __slots__ = (
        "addressee",
        "content",
        "cue",
        "kind",
        "lemma",
        "rule",
        "source",
    )

    @property
    def extent(self) -> Offsets:
        """From the start of the first part of the content to the end of the last."""
        return self.content[0][0], self.content[-1][1]

    def __init__(self, content: list[Offsets], kind: QuoteKind, rule: str) -> None:
        self.content = content
        self.kind = kind
        self.rule = rule
        self.cue: list[Offsets] = []
        self.source: Offsets | None = None
        self.addressee: Offsets | None = None
        self.lemma = ""


def span_of(tokens: Tokens, part: Range) -> Offsets:
    """Offsets of a range of tokens, without a final possessive."""
    first, last = tokens.starts[part[0]], tokens.ends[part[1] - 1]
    raw = tokens.raw[part[1] - 1]
    return (first, last - 2) if raw[-2:] in ("'s", "’s") and last - first > 2 else (first, last)


def attribute(tokens: Tokens, quote: Found, clause: Clause) -> None:
    quote.cue = [span_of(tokens, part) for part in clause.cue.ranges]
    quote.lemma = clause.cue.lemma
    if clause.source is not None:
        quote.source = span_of(tokens, clause.source)
    if clause.addressee is not None:
        quote.addressee = span_of(tokens, clause.addressee)
