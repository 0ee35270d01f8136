"""Values of JSON that nobody can change: what metadata, details and attributes are kept as."""

from __future__ import annotations

import datetime as dt
import numbers
import operator
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from . import checks
from .errors import AnnotationError, shown

#: Two code points that JSON cannot hold side by side, see ``json_form``.
SURROGATE_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
#: Deeper metadata is refused, so that reading, comparing and writing it never runs out of stack.
DEEPEST: Final = 100
#: Longer integers are refused: Python itself does not read them back from JSON (its limit is 4,300 digits).
_LONGEST_INTEGER_BITS: Final = 14_000
#: The JSON form needs this name for itself, see ``json_form``.
RESERVED_KEY: Final = "$pieces"


class FrozenDict(Mapping[str, Any]):
    """A mapping that nobody can change; the arrays in it are tuples and the objects in it are frozen as well."""

    __slots__ = ("_items",)

    _items: Mapping[str, Any]

    def __init__(self, items: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_items", MappingProxyType(dict(items)))

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("this mapping cannot be changed; make a changed copy of what holds it with attrs.evolve")

    def __repr__(self) -> str:
        return repr(dict(self._items))

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self._items),)


NOTHING: Final = FrozenDict({})
"""The empty mapping, which most have."""


def freeze(value: object, field: str, depth: int = 0) -> Any:
    """An immutable copy of a JSON value: objects become :class:`FrozenDict`, arrays tuples.

    Raises:
        AnnotationError: when something is no JSON value or cannot be written as JSON, naming where it stands.
    """
    if value is None or type(value) in (str, bool):
        return value
    if missing(value):
        return None
    if isinstance(value, str):
        return checks.plain_text(value)
    if isinstance(value, numbers.Integral):
        plain = int.__add__(operator.index(value), 0)
        if plain.bit_length() > _LONGEST_INTEGER_BITS:
            raise AnnotationError(f"{field}: an integer of {plain.bit_length()} bits is too long for JSON", field, value)
        return plain
    if isinstance(value, (dt.date, dt.time)):
        return checks.plain_text(value.isoformat())
    if depth > DEEPEST:
        raise AnnotationError(f"{field.partition('[')[0][:60]}: nested deeper than {DEEPEST} levels", field, None)
    if isinstance(value, numbers.Real):
        real = float(value)
        if real in (float("inf"), float("-inf")):
            raise AnnotationError(f"{field}: {shown(value)} is no JSON number", field, value)
        return real
    if isinstance(value, Mapping):
        return FrozenDict({(name := _key(key, field)): freeze(item, f"{field}.{name}", depth + 1) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item, f"{field}[{index}]", depth + 1) for index, item in enumerate(value))
    raise AnnotationError(f"{field}: {shown(value)} is no JSON value", field, value)


def _key(key: object, field: str) -> str:
    if not isinstance(key, str):
        raise AnnotationError(f"{field}: keys must be strings, not {shown(key)}", field, key)
    plain = checks.plain_text(key)
    if plain == RESERVED_KEY or SURROGATE_PAIR.search(plain):
        raise AnnotationError(f"{field}: the key {shown(plain)} cannot be written as JSON", field, key)
    return plain


def shallow(value: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen mapping as a dict, in which the values are frozen as they were: for encoders of JSON, which ask again for these."""
    return dict(value._items if type(value) is FrozenDict else value)


def missing(value: object) -> bool:
    """Whether a value is what tables have where a value is missing: ``None``, NaN, and what pandas has for times and the rest."""
    # The class of pandas' NA refuses to be compared, so it is known by its name.
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, numbers.Real) and value != value)


def thaw(value: Any) -> Any:
    """The JSON value that :func:`freeze` froze, made of new dicts and lists."""
    kind = type(value)
    if kind is str:
        return value
    if kind is FrozenDict:
        return {key: thaw(item) for key, item in value._items.items()}
    if kind is tuple:
        return [thaw(item) for item in value]
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    return value


def frozen_mapping(value: object, field: str) -> FrozenDict:
    """An immutable copy of an object of JSON.

    Raises:
        AnnotationError: when it is no mapping, or something in it is no JSON value, naming where it stands.
    """
    if type(value) is FrozenDict:
        return value
    if not isinstance(value, Mapping):
        raise AnnotationError(f"{field}: expected a mapping, not {shown(value)}", field, value)
    frozen = _flat(value)
    if frozen is None:
        frozen = freeze(value, field)
    return frozen


def _flat(value: Mapping[Any, Any]) -> FrozenDict | None:
    """The copy of a plain dict of texts and lists of texts, which most are and for which this is much faster."""
    if type(value) is not dict:
        return None
    copy: dict[str, Any] = {}
    for key, item in value.items():
        kind = type(item)
        if type(key) is not str or key[:1] == "$" or not key.isascii():
            return None
        if kind is list or kind is tuple:
            if any(type(part) is not str for part in item):
                return None
            item = tuple(item)
        elif kind is not str and kind is not bool and item is not None:
            return None
        copy[key] = item
    return FrozenDict(copy)
