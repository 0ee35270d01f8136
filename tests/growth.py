"""Whether time grows with the size of the input or faster, judged so that a busy machine does not decide it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# A shorter time is mostly that of starting and of looking at the clock.
_SHORTEST = 0.005


def linear(work: Callable[[int], object], size: int, *, factor: int = 4) -> bool:
    """Whether ``work`` for ``factor`` times ``size`` takes nearer to ``factor`` times as long than to its square."""
    return within(factor**1.5, lambda: work(size), lambda: work(factor * size))


def within(times: float, short: Callable[[], object], long: Callable[[], object], *, rounds: int = 8) -> bool:
    """Whether ``long`` takes less than ``times`` as long as ``short``.

    Other work on the machine makes a measurement longer, never shorter. So the least of each counts, both are measured
    in turns, and only if ``rounds`` of them say no, the answer is no.
    """
    short()
    least_short = least_long = float("inf")
    for _ in range(rounds):
        least_short = min(least_short, _seconds(short))
        least_long = min(least_long, _seconds(long))
        if least_long < times * max(least_short, _SHORTEST):
            return True
    return False


def _seconds(work: Callable[[], object]) -> float:
    # The collector would go through what all earlier tests left, and rather in the longer of two works.
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        if collects:
            gc.enable()
