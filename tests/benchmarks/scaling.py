"""Whether time grows with the length of a text and not faster, also where the text is meant to be slow."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import attrs

from quoteminer import Document, Miner

from .timing import Series, alternating, seconds

_WORD = re.compile(r"\w+")
# A single call that is shorter than this drowns in what disturbs it; so short texts are mined several times in a row.
_SHORTEST = 0.02


def words(text: str) -> int:
    """The baseline of every speed: one plain pass of a regular expression."""
    return len(_WORD.findall(text))


@attrs.frozen
class Step:
    """One size of text: seconds for one mining and for one baseline pass, and issues that mining reported."""

    size: int
    mining: Series
    baseline: Series
    issues: int


@attrs.frozen
class Left:
    """A size that was left out, with the seconds that it would have taken."""

    size: int
    expected: float


def grow(make: Callable[[int], str], sizes: tuple[int, ...], rounds: int, budget: float) -> list[Step | Left]:
    """Mine texts of growing sizes. One that will take more than ``budget`` seconds, by the one before, is left out."""
    miner = Miner()
    miner.mine("“It works,” said Ada Lovelace on Monday.")
    steps: list[Step | Left] = []
    expected = 0.0
    for number, size in enumerate(sizes):
        if number:
            expected *= size / sizes[number - 1]
        if expected > budget:
            steps.append(Left(size, expected))
            continue
        step = _step(miner, make(size), rounds)
        expected = step.mining.median * rounds
        steps.append(step)
    return steps


def _step(miner: Miner, text: str, rounds: int) -> Step:
    document = Document(text, id=f"{len(text)} characters")
    started = time.perf_counter()
    issues = len(miner.mine(document).issues)
    often = max(1, round(_SHORTEST / (time.perf_counter() - started)))
    passes = max(1, 2_000_000 // len(text))
    taken = alternating(
        {
            "mining": lambda: _mean(lambda: miner.mine(document), often),
            "baseline": lambda: _mean(lambda: words(text), passes),
        },
        rounds,
    )
    return Step(len(text), taken["mining"], taken["baseline"], issues)


def _mean(work: Callable[[], object], often: int) -> float:
    def repeatedly() -> None:
        for _ in range(often):
            work()

    return seconds(repeatedly) / often


def growth(before: Step, after: Step) -> Series:
    """Time by which it grew over size by which it grew: 1 is linear, the ratio of the sizes would be quadratic."""
    factor = after.size / before.size
    return Series([ratio / factor for ratio in after.mining.per(before.mining).values])
