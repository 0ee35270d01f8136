"""Tests that compare times run alone, also where several processes share the tests (``pytest -n auto``).

Each other test holds a shared lock, each that compares times an exclusive one. Who waits for an exclusive lock keeps the door shut, so that no
further test slips in before it. Without file locks as POSIX has them (Windows) they run beside others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def _locked(path: Path, *, alone: bool) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield  # closing the file gives the lock back


@contextlib.contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait for a turn among the processes that share a folder of locks, and have it."""
    if fcntl is None:
        yield
        return
    with contextlib.ExitStack() as inside:
        with _locked(folder / "door", alone=True):
            inside.enter_context(_locked(folder / "room", alone=alone))
        yield
