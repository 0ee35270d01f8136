"""What becomes of a candidate for indirect speech, and why: for explanations."""

from __future__ import annotations

from typing import NamedTuple

from ..found import Found, Offsets


class Verdict(NamedTuple):
    """Whether a candidate is kept, and why.

    ``reason`` says why in words; ``needed`` is the probability that it lacked, ``other`` the quotation that has its words or its cue.
    """

    kept: bool
    reason: str
    needed: float | None = None
    other: Found | None = None


class Decision(NamedTuple):
    """What became of a candidate: its words, its probability, the verdict, and the quotation that it was made into.

    ``what`` is the id of the rule that found it; offsets are code points of the document.
    """

    what: str
    frame: str
    cue: list[Offsets]
    content: list[Offsets]
    probability: float | None
    verdict: Verdict
    quote: Found | None


Trace = list[Decision]


def unlikely(needed: float, why: str = "") -> Verdict:
    """A candidate under the probability that counts where it stands."""
    return Verdict(False, f"too unlikely{why}", needed)
