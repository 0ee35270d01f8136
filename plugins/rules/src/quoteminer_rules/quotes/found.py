"""A quotation while it is looked for, and the offsets of what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable

from quoteminer import QuoteKind, QuoteModality
from quoteminer.text.marks import MarkedSpan

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
        self.cue_class = ""
        self.confidence: float | None = None
        self.modality: QuoteModality = "asserted"
        self.parent: Found | None = None


def span_of(tokens: Tokens, part: Range) -> Offsets:
    """Offsets of a range of tokens, without a final possessive."""
    first, last = tokens.starts[part[0]], tokens.ends[part[1] - 1]
    raw = tokens.raw[part[1] - 1]
    return (first, last - 2) if raw[-2:] in ("'s", "’s") and last - first > 2 else (first, last)


def inner(text: str, stretch: MarkedSpan) -> Offsets:
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


def settled(found: Iterable[Found]) -> list[Found]:
    """All quotations of a text in order, an outer one before what is inside it; to be called when nothing changes their bounds any more.

    Each search notes down what it sees, and another may give the same quotation other bounds later. Here it is decided what belongs
    together: the parts of a content or cue are in order and apart, no cue or source is part of the content, what two searches found alike
    stands once, and the parent is the next quotation around that encloses all of the content.
    """
    quotes: list[Found] = []
    alike: dict[tuple[object, ...], Found] = {}
    twice: dict[int, Found] = {}
    for quote in found:
        quote.content = apart(quote.content)
        if not quote.content:
            continue
        quote.cue = apart(part for part in quote.cue if not _meets(quote.content, part))
        if quote.source is not None and _meets(quote.content, quote.source):
            quote.source = None
        first = alike.setdefault((tuple(quote.content), tuple(quote.cue), quote.source), quote)
        if first is quote:
            quotes.append(quote)
        else:
            twice[id(quote)] = first
    quotes.sort(key=lambda quote: (quote.extent[0], -quote.extent[1]))
    for quote in quotes:
        start, end = quote.extent
        parent = quote.parent
        while parent is not None:
            parent = twice.get(id(parent), parent)
            if parent is not quote and parent.content and parent.extent[0] <= start and end <= parent.extent[1]:
                break
            parent = parent.parent
        quote.parent = parent
    return quotes


def apart(parts: Iterable[Offsets]) -> list[Offsets]:
    """The parts that are not empty, in order, those that overlap as one."""
    result: list[Offsets] = []
    for start, end in sorted(parts):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        elif start < end:
            result.append((start, end))
    return result


def _meets(parts: list[Offsets], part: Offsets) -> bool:
    return any(start < part[1] and part[0] < end for start, end in parts)
