"""The keys of a document's metadata that mean something to us, and what is wrong with their values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from .errors import shown

#: A year or a month alone is a date of ISO 8601, too, and often all that is known.
_YEAR_OR_MONTH: Final = r"\d{4}(?:-(?:0[1-9]|1[0-2]))?"


def faults(metadata: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the values of ``date``, ``source``, ``url``, ``author`` and ``section``, each naming key and value.

    A missing value (``None``) is never wrong.
    """
    if metadata:
        for key, (holds, expected) in _KEYS.items():
            value = metadata.get(key)
            if value is not None and not holds(value):
                yield f"metadata {key!r}: {shown(value)} is no {expected}"


def is_date(value: object) -> bool:
    """Whether it is a date or time of ISO 8601; a year or month alone is one, too."""
    if not isinstance(value, str):
        return False
    if re.fullmatch(_YEAR_OR_MONTH, value, re.ASCII):
        return True
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_web_address(value: object) -> bool:
    """Whether it is an address with http or https, which alone is safe to show as a link."""
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and value.isprintable() and " " not in value
    except ValueError:
        return False


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_names(value: object) -> bool:
    return _is_name(value) or (isinstance(value, tuple) and bool(value) and all(map(_is_name, value)))


_KEYS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "date": (is_date, "date of ISO 8601, such as 2026-03-31 or 2026-03-31T12:00+02:00"),
    "source": (_is_name, "name of an outlet"),
    "url": (is_web_address, "address that begins with http:// or https://"),
    "author": (_is_names, "name, nor an array of names"),
    "section": (_is_name, "name of a section"),
}
