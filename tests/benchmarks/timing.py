"""Taking times so that a comparison holds on a machine that is busy with other things too."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import attrs

T = TypeVar("T")


def _values(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(values)


@attrs.frozen
class Series:
    """The same thing measured several times."""

    values: tuple[float, ...] = attrs.field(converter=_values, validator=attrs.validators.min_len(1))

    @property
    def median(self) -> float:
        """The figure to quote: one disturbed run does not move it."""
        return statistics.median(self.values)

    @property
    def least(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def most(self) -> float:
        """The largest value; far from the least, the machine was busy."""
        return max(self.values)

    def per(self, other: Series) -> Series:
        """Ratios, run by run: what slowed a whole round down slowed both sides of its ratio."""
        return Series([mine / theirs for mine, theirs in zip(self.values, other.values, strict=True)])

    def less(self, other: Series) -> Series:
        """Differences, run by run."""
        return Series([mine - theirs for mine, theirs in zip(self.values, other.values, strict=True)])

    def rate(self, amount: float) -> Series:
        """Amount a second, for a series of seconds."""
        return Series([amount / seconds for seconds in self.values])

    def show(self, form: Callable[[float], str], unit: str = "") -> str:
        """``median unit (least–most)``."""
        return f"{form(self.median)}{unit and ' ' + unit} ({form(self.least)}–{form(self.most)})"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes; garbage of what ran before is cleared first, so that nobody pays for others."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def alternating(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Series]:
    """Takes each measurement once a round, each second round backwards, so that a drift of the machine favours none."""
    values: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        for name in in_turn(list(works), number):
            values[name].append(works[name]())
    return {name: Series(taken) for name, taken in values.items()}


def in_turn(items: Sequence[T], number: int) -> list[T]:
    """The order of a round."""
    return list(items) if number % 2 == 0 else list(reversed(items))
