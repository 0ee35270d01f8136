"""What became of candidates, and why: noted down for explanations only."""

from __future__ import annotations

from typing import Final, NamedTuple

Offsets = tuple[int, int]
UNLIKELY: Final = "too unlikely"
HOLDS_CUE: Final = "its cue stands in the words that it reports"
SAME_CUE: Final = "has the cue of the likelier"
CROSSES: Final = "crosses the likelier"
NO_WORDS: Final = "reports no words"

Weighed = tuple[str, float]
"""A feature and its weight in log odds."""


def out_of_scope(reported: str) -> str:
    """The reason of what would count in another scope; ``reported`` is what its cue reports."""
    return f"out of scope: reports {reported}, and only speech is asked for"


class Lost(NamedTuple):
    """A candidate that became no report; offsets are code points of the document."""

    construction: str
    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    probability: float
    reason: str
    needed: float | None = None
    """The probability that it lacked."""
    other: tuple[Offsets, ...] = ()
    """The cue of the report that it lost to."""


class Trace:
    """What an explanation shows beside the reports themselves."""

    def __init__(self) -> None:
        self.lost: list[Lost] = []
        self.evidence: dict[tuple[Offsets, ...], list[Weighed]] = {}
        """The features of each report, by its cue or, where it has none, the first part of its content."""
