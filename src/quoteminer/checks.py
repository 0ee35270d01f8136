"""Checks of values that annotations are made from; each error names the field and the value."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from .errors import AnnotationError, SpanError, shown
from .spans import Span

T = TypeVar("T")


def put(item: object, name: str, value: object) -> None:
    """Set a field of a frozen object while it is made."""
    object.__setattr__(item, name, value)


def plain_text(value: str) -> str:
    """The same text as a ``str`` of Python's own: a subclass may behave as it likes, and differently in another process."""
    return str.__str__(value)


def one_of(value: object, allowed: tuple[str, ...], field: str) -> str:
    plain = plain_text(value) if isinstance(value, str) else None
    if plain is None or plain not in allowed:
        raise AnnotationError(f"{field}: {shown(value)} is not one of {', '.join(allowed)}", field, value)
    return plain


def text(value: object, field: str, *, optional: bool = False, empty: bool = True) -> str | None:
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise AnnotationError(f"{field}: expected a str{' or None' if optional else ''}, not {shown(value)}", field, value)
    plain = plain_text(value)
    if not plain and not empty:
        raise AnnotationError(f"{field}: must not be empty", field, value)
    return plain


def score(value: object, field: str) -> float:
    # The comparison is false for NaN, so that is refused too.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise AnnotationError(f"{field}: {shown(value)} is not a number from 0 to 1", field, value)
    plain = _plain_number(value)
    if not 0 <= plain <= 1:
        raise AnnotationError(f"{field}: {shown(value)} is not a number from 0 to 1", field, value)
    return plain


def _plain_number(value: float) -> float:
    """The same number as an ``int`` or ``float`` of Python's own."""
    return int.__add__(value, 0) if isinstance(value, int) else float.__float__(value)


def instance(value: object, kind: type, field: str) -> None:
    if not isinstance(value, kind):
        raise AnnotationError(f"{field}: expected {kind.__name__}, not {shown(value)}", field, value)


def all_of(items: Iterable[object], kind: type, field: str) -> None:
    for item in items:
        instance(item, kind, field)


def items(value: Iterable[T], field: str) -> tuple[T, ...]:
    try:
        iterator = iter(value)
    except TypeError:
        raise AnnotationError(f"{field}: expected an iterable, not {shown(value)}", field, value) from None
    return tuple(iterator)


def number(value: object, field: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise AnnotationError(f"{field}: {shown(value)} is no finite number", field, value)
    plain = _plain_number(value)
    # The comparison is false for NaN and infinity, and for integers that no float can hold and JSON not give back.
    if not abs(plain) <= sys.float_info.max:
        raise AnnotationError(f"{field}: {shown(value)} is no finite number", field, value)
    return plain


def inside(span: Span, size: int, field: str) -> None:
    if span.end > size:
        raise SpanError(f"{field}: {shown(span)} reaches outside the text of {size} code points", field, span)


def unique(items: Iterable[Any], field: str) -> set[str]:
    seen: set[str] = set()
    for item in items:
        if not item.id:
            raise AnnotationError(f"{field}: must not be empty in an Extraction", field, item.id)
        if item.id in seen:
            raise AnnotationError(f"{field}: {item.id!r} is used twice", field, item.id)
        seen.add(item.id)
    return seen


def refers(value: str | None, known: Collection[str], field: str, owner: str) -> None:
    if value is not None and value not in known:
        raise AnnotationError(f"{field}: {owner!r} refers to {value!r}, which is not there", field, value)
