"""Checks of values that annotations are made from; each error names the field and the value."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from .errors import AnnotationError, SpanError, shown
from .spans import Span

T = TypeVar("T")


def one_of(value: object, allowed: tuple[str, ...], field: str) -> None:
    if value not in allowed:
        raise AnnotationError(f"{field}: {shown(value)} is not one of {', '.join(allowed)}", field, value)


def text(value: object, field: str, *, optional: bool = False, empty: bool = True) -> None:
    if value is None and optional:
        return
    if not isinstance(value, str):
        raise AnnotationError(f"{field}: expected a str{' or None' if optional else ''}, not {shown(value)}", field, value)
    if not value and not empty:
        raise AnnotationError(f"{field}: must not be empty", field, value)


def score(value: object, field: str) -> None:
    # The comparison is false for NaN, so that is refused too.
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
        raise AnnotationError(f"{field}: {shown(value)} is not a number from 0 to 1", field, value)


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


def number(value: object, field: str) -> None:
    if value is None:
        return
    # The comparison is false for NaN and infinity, and for integers that no float can hold and JSON not give back.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= sys.float_info.max:
        raise AnnotationError(f"{field}: {shown(value)} is no finite number", field, value)


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
