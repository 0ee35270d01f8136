"""Ranges of text."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from .errors import SpanError, shown


@functools.total_ordering
@attrs.frozen(order=False, init=False)
class Span:
    """A half-open range of a document's text.

    ``start`` and ``end`` count Python code points of ``Document.text`` (not bytes, not UTF-16 units), ``end`` exclusive.
    Spans sort by start, then end, and unpack: ``start, end = span``.

    Raises:
        SpanError: unless both are integers with ``0 <= start < end``.
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # Written by hand: thousands are made for each megabyte of text.
        if type(start) is not int or type(end) is not int:
            start, end = _integers(start, end)
        if not 0 <= start < end:
            raise SpanError(f"a span needs 0 <= start < end, not start={shown(start)}, end={shown(end)}", "span", (start, end))
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    def __lt__(self, other: object) -> bool:
        if type(other) is not Span:
            return NotImplemented
        return self.start < other.start or (self.start == other.start and self.end < other.end)

    def __iter__(self) -> Iterator[int]:
        yield self.start
        yield self.end

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


def span_order(span: Span) -> tuple[int, int]:
    """Sort key; much faster than comparing spans."""
    return (span.start, span.end)


def _integers(start: object, end: object) -> tuple[int, int]:
    """Whole numbers of other types, such as those of array libraries, as ``int``; truth values are no offsets."""
    if not isinstance(start, bool) and not isinstance(end, bool):
        try:
            # The sum is a plain int also where a subclass of int came in.
            return int.__add__(operator.index(start), 0), int.__add__(operator.index(end), 0)  # type: ignore[arg-type]
        except TypeError:
            pass
    raise SpanError(f"a span needs two integers, not {shown(start)} and {shown(end)}", "span", (start, end))


def to_span(value: object, field: str) -> Span:
    """``value`` as a span; pairs of integers are accepted.

    Raises:
        SpanError: naming ``field`` and the value.
    """
    if type(value) is Span:
        return value
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise SpanError(f"{field}: expected a Span or a pair of integers, not {shown(value)}", field, value)
    try:
        return Span(value[0], value[1])
    except SpanError as error:
        raise SpanError(f"{field}: {error.message}", field, value) from None


def to_spans(values: Iterable[object], field: str, *, empty: bool = False) -> tuple[Span, ...]:
    """Spans in text order.

    Raises:
        SpanError: when two overlap, or there is none and ``empty`` is false.
    """
    if isinstance(values, Span):
        raise SpanError(f"{field}: expected an iterable of spans, not one Span; write ({shown(values)},)", field, values)
    try:
        spans = tuple([value if type(value) is Span else to_span(value, field) for value in values])
    except TypeError:
        raise SpanError(f"{field}: expected an iterable of spans, not {shown(values)}", field, values) from None
    if len(spans) < 2:
        if not spans and not empty:
            raise SpanError(f"{field}: needs at least one span", field, values)
        return spans
    spans = tuple(sorted(spans, key=span_order))
    for left, right in pairwise(spans):
        if right.start < left.end:
            raise SpanError(f"{field}: {shown(left)} and {shown(right)} overlap", field, spans)
    return spans
