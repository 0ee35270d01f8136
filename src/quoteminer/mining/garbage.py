"""Looking for garbage seldom, in processes that are ours: what mining makes holds no cycles, and each look costs time for nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (50_000, 20, 20)
"""Thresholds of :func:`gc.set_threshold`; with those that Python begins with, a tenth of the time of mining is spent on it."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """While this lasts, the collector looks seldom; never for who uses the library, whose own objects may hold cycles."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
