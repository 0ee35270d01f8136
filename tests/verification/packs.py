"""The miner of these tests."""

from __future__ import annotations

import functools

from quoteminer import Miner


@functools.cache
def miner() -> Miner:
    """One for all tests."""
    return Miner(["rules"])
