"""A readable text and the raw one that it was made from, with the places of each in the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, Final, NamedTuple

import attrs

from .. import checks
from ..errors import AnnotationError, SpanError, shown
from ..spans import Span


class Piece(NamedTuple):
    """A stretch of the readable text and the stretch of the raw one that it stands for, which is empty for what was put in (a line break).

    Where both are of one length they are alike, sign by sign; else the piece is known as a whole only ("&amp;" for "&").
    """

    start: int
    end: int
    raw_start: int
    raw_end: int


class Place(NamedTuple):
    """What a stretch of the readable text was in the raw file.

    Attributes:
        kind: ``page``, ``chapter``, ``paragraph``, ``caption``, ``label`` (who has the turn that follows), ``cue`` (the words that announce it), or ``turn``,
            ``mail`` and ``thread`` (what somebody says in it, or writes in a mail or a thread of messages; several in a row belong to the label
            before them).
        value: number or name of the page, chapter, paragraph or caption; of a label or turn who speaks.
        begin, finish: seconds from the start of a recording, where there is one.
    """

    start: int
    end: int
    kind: str
    value: str = ""
    begin: float | None = None
    finish: float | None = None


def _places(value: Iterable[Iterable[Any]]) -> tuple[Place, ...]:
    try:
        return tuple(Place(*place) for place in value)
    except TypeError:
        raise AnnotationError("Aligned.places: expected start, end and kind of each", "Aligned.places", value) from None


def _pieces(value: Iterable[Iterable[int]]) -> tuple[Piece, ...]:
    try:
        pieces = tuple(Piece(*piece) for piece in value)
    except TypeError:
        raise AnnotationError("Aligned.pieces: expected four numbers a piece", "Aligned.pieces", value) from None
    return pieces


@attrs.frozen
class Aligned:
    """A text that people read, and where each of its parts stands in what it was read from.

    Attributes:
        text: the readable text.
        raw: length of the raw text, in whatever ``unit`` says.
        pieces: in order, without gaps on the readable side: each begins where the one before ended, the first at 0, and the last ends with the
            text. On the raw side there may be gaps (markup, white space), but no step back.
        unit: what raw offsets count: ``code points`` or ``bytes``.
        places: pages, captions, turns and the like, by their starts.

    Raises:
        AnnotationError: when the pieces do not tile the text or run backwards, naming the first that is wrong.

    >>> aligned = Aligned("a & b", 9, [(0, 2, 0, 2), (2, 3, 2, 7), (3, 5, 7, 9)])
    >>> aligned.to_raw(Span(2, 3))
    Span(start=2, end=7)
    """

    text: str
    raw: int
    pieces: tuple[Piece, ...] = attrs.field(converter=_pieces)
    unit: str = attrs.field(default="code points", kw_only=True)
    places: tuple[Place, ...] = attrs.field(default=(), converter=_places, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.text(self.text, "Aligned.text")
        if self.unit not in _UNITS:
            raise AnnotationError(
                f"Aligned.unit: {shown(self.unit)} is not one of {', '.join(_UNITS)}", "Aligned.unit", self.unit
            )
        at = raw_at = 0
        for piece in self.pieces:
            if any(type(value) is not int for value in piece):
                raise AnnotationError(f"Aligned.pieces: expected numbers, not {shown(piece)}", "Aligned.pieces", piece)
            if piece.start != at or piece.end <= piece.start or piece.raw_start < raw_at or piece.raw_end < piece.raw_start:
                raise AnnotationError(
                    f"Aligned.pieces: {shown(piece)} does not follow on what comes before", "Aligned.pieces", piece
                )
            at, raw_at = piece.end, piece.raw_end
        if at != len(self.text) or raw_at > self.raw:
            message = f"Aligned.pieces: they end at {at} and {raw_at}, the texts at {len(self.text)} and {self.raw}"
            raise AnnotationError(message, "Aligned.pieces", self.pieces)
        for place in self.places:
            if not 0 <= place.start < place.end <= len(self.text) or place.kind not in PLACES:
                raise AnnotationError(
                    f"Aligned.places: {shown(place)} lies outside the text or is none of {', '.join(PLACES)}",
                    "Aligned.places",
                    place,
                )

    def at(self, span: Span, kind: str) -> tuple[Place, ...]:
        """The places of a kind that ``span`` touches: its pages, the captions it was heard in."""
        return tuple(place for place in self.places if place.kind == kind and place.start < span.end and span.start < place.end)

    def times(self, span: Span) -> tuple[float, float] | None:
        """When ``span`` was heard, in seconds from the start: from the beginning of its first caption to the end of its last; ``None`` without any."""
        heard = [place for place in self.at(span, "caption") if place.begin is not None and place.finish is not None]
        if not heard:
            return None
        return min(place.begin or 0.0 for place in heard), max(place.finish or 0.0 for place in heard)

    def to_raw(self, span: Span) -> Span | None:
        """The stretch of the raw text that holds all of ``span``; ``None`` where nothing there stands for it (a blank that was put in).

        Raises:
            SpanError: when it reaches outside the readable text.
        """
        if span.end > len(self.text):
            raise SpanError(f"{shown(span)} reaches outside the text of {len(self.text)} code points", "span", span)
        return self._across(span, *_READABLE, *_RAW)

    def to_text(self, span: Span) -> Span | None:
        """The stretch of the readable text that what is at ``span`` of the raw one became; ``None`` where it was left out.

        Raises:
            SpanError: when it reaches outside the raw text.
        """
        if span.end > self.raw:
            raise SpanError(f"{shown(span)} reaches outside the raw text of {self.raw} {self.unit}", "span", span)
        return self._across(span, *_RAW, *_READABLE)

    def _across(self, span: Span, start: int, end: int, there_start: int, there_end: int) -> Span | None:
        """The stretch on the other side, by the places of both sides in a piece."""
        first = bisect_right(self.pieces, span.start, key=itemgetter(end))
        last = bisect_left(self.pieces, span.end, key=itemgetter(start))
        begin: int | None = None
        stop = 0
        for piece in self.pieces[first:last]:
            low, high = piece[there_start], piece[there_end]
            if high - low == piece[end] - piece[start]:
                high = low + min(piece[end], span.end) - piece[start]
                low += max(piece[start], span.start) - piece[start]
            if low < high:
                begin = low if begin is None else begin
                stop = high
        return None if begin is None else Span(begin, stop)


#: Where a piece keeps start and end of either side.
_READABLE: Final = (0, 1)
_RAW: Final = (2, 3)
PLACES: Final = ("page", "chapter", "paragraph", "caption", "label", "cue", "turn", "mail", "thread")
_UNITS: Final = ("code points", "bytes")
