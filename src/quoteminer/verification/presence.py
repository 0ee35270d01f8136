"""Whether a report is of what stands in a stretch of a source at all: how much of it stands there, in whose turn, and where others of that person do."""

from __future__ import annotations

import math
from typing import Final

import attrs

#: A word that stands in a stretch by a smaller chance tells no more.
_LEAST_CHANCE: Final = 0.01
#: A stretch has at least so many words.
_LEAST_STRETCH: Final = 10
#: Code points between a stretch and what the article quotes of the same person beside the report: so few are near, so many far.
_NEAR: Final = 250
_FAR: Final = 600
#: From this probability on it is of that stretch.
_THRESHOLD: Final = 0.5


@attrs.frozen
class Presence:
    """What is known of a report and a stretch of a source.

    Attributes:
        coverage: share of the report's words, by how rare they are, that stand there in one way or another.
        own: whether whoever is named speaks there.
        told: the sum over these words of how little likely they stand there by chance.
        forms: how many of them stand there in some form of theirs.
        words: how many words the report has that tell something.
        distance: code points between the stretch and the nearest of the quotations of whoever is named that stand beside the report; ``None``
            where none is found in this source.
        beside: whether there are such quotations at all.
    """

    coverage: float
    own: bool
    told: float
    forms: int
    words: int
    distance: int | None
    beside: bool

    @property
    def near(self) -> bool:
        """Whether it stands near such a quotation."""
        return self.distance is not None and self.distance < _NEAR

    @property
    def far(self) -> bool:
        """Whether it stands far from all of them."""
        return self.distance is not None and self.distance >= _FAR

    def terms(self) -> tuple[float, ...]:
        """What is weighed."""
        return (
            1.0,
            self.coverage,
            float(self.own),
            self.told,
            float(self.forms),
            float(self.words),
            float(self.near),
            float(self.far),
            float(self.beside),
        )

    @property
    def probability(self) -> float:
        """That the report is of this stretch."""
        score = sum(term * weight for term, weight in zip(self.terms(), WEIGHTS, strict=True))
        return 1 / (1 + math.exp(-score))

    @property
    def likely(self) -> bool:
        """Whether it is sooner of this stretch than not."""
        return self.probability >= _THRESHOLD


#: Weights of the terms: a logistic regression on the reports of the pairs of articles and transcripts, each also with the words of another report in
#: its place, and on those that are made of the open corpus; of both the train part (`python -m tests.benchmarks.verification --calibrate`).
WEIGHTS: Final = (-2.37, -0.05, 4.06, 0.26, 0.77, -0.61, 3.09, -0.47, -2.31)


def chance(count: int, total: int, size: int) -> float:
    """How little likely a word that stands ``count`` times among ``total`` ones stands in a stretch of ``size``: minus the logarithm of the chance."""
    share = min(0.5, max(count, 1) / max(total, 1))
    return -math.log(max(_LEAST_CHANCE, 1 - (1 - share) ** max(size, _LEAST_STRETCH)))
