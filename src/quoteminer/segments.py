"""A text cut into the voices that speak in it: the narrator, and whoever is quoted."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import attrs

from .annotations import Quote
from .document import Document
from .spans import Span, to_span


def _span(value: object) -> Span:
    return to_span(value, "Segment.span")


@attrs.frozen
class Segment:
    """A stretch of a text in one voice.

    Attributes:
        span: where it stands, in code points of the document's text.
        speaker: id of the :class:`Speaker` who is quoted; ``None`` for the narrator, and where nobody knows who speaks.
        quote: id of the :class:`Quote`; ``None`` for the narrator.
    """

    span: Span = attrs.field(converter=_span)
    speaker: str | None = None
    quote: str | None = None

    def text(self, document: Document) -> str:
        """The words as they stand in ``document``.

        Raises:
            SpanError: when the span reaches outside the text.
        """
        return document[self.span]


def cut(size: int, quotes: Sequence[Quote]) -> Iterator[Segment]:
    """A text of ``size`` code points as segments without gaps; quotes may nest and overlap in any way.

    Of several quotes over a code point, the innermost has it: the one that is shortest from its first to its last code point; of equally
    short ones that which has more parents, then the later one.
    """
    depths = _depths(quotes)
    begins = sorted(
        (span.start, span.end, (len(quote.span), -depths[quote.id], -place), quote)
        for place, quote in enumerate(quotes)
        for span in quote.content
    )
    # Where the owner of a code point may change. Whatever is open lies on a heap, the innermost on top, and leaves it when it has ended.
    offsets = sorted({0, size, *(begin[0] for begin in begins), *(begin[1] for begin in begins)})
    open_: list[tuple[tuple[int, int, int], int, Quote]] = []
    at, start, owner = 0, 0, None
    for offset in offsets:
        while at < len(begins) and begins[at][0] == offset:
            _, end, rank, quote = begins[at]
            heapq.heappush(open_, (rank, end, quote))
            at += 1
        while open_ and open_[0][1] <= offset:
            heapq.heappop(open_)
        now = open_[0][2] if open_ else None
        if now is not owner or offset == size:
            if start < offset:
                yield _segment(start, offset, owner)
            start, owner = offset, now


def _segment(start: int, end: int, quote: Quote | None) -> Segment:
    return Segment(Span(start, end)) if quote is None else Segment(Span(start, end), quote.speaker, quote.id)


def _depths(quotes: Sequence[Quote]) -> dict[str, int]:
    """In how many quotes each lies, by the parents that they name; no quote may lie in itself."""
    parents = {quote.id: quote.parent for quote in quotes}
    depths: dict[str, int] = {}
    for quote in quotes:
        path: list[str] = []
        at: str | None = quote.id
        while at is not None and at not in depths:
            path.append(at)
            at = parents[at]
        depth = -1 if at is None else depths[at]
        for inner in reversed(path):
            depth += 1
            depths[inner] = depth
    return depths
