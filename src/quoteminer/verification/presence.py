"""Whether a report is of what stands in a stretch of a source at all: how much of it stands there, in whose turn, and where others of that person do."""

from __future__ import annotations

import math
from typing import Final

import attrs

#: A word that stands in a stretch by a smaller chance tells no more.
_LEAST_CHANCE: Final = 0.01
#: A stretch has at least so many words.
_LEAST_STRETCH: Final = 10
#: Sources of fewer words do not tell how rare a word is.
_LEAST_TOTAL: Final = 1000
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
        unknown: whether it is not known where they speak, so that they may do there.
        told: the sum over these words of how little likely they stand there by chance.
        forms: how many of them stand there in some form of theirs.
        words: how many words the report has that tell something.
        distance: code points between the stretch and the nearest of the quotations of whoever is named that stand beside the report; ``None``
            where none is found in this source.
        beside: whether there are such quotations at all.
    """

    coverage: float
    own: bool
    unknown: bool
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
            float(self.unknown),
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
#: its place and as if nobody could tell who speaks, and on those that are made of the open corpus; of both the train part
#: (`python -m tests.benchmarks.verification --calibrate`).
WEIGHTS: Final = (-2.46, 0.32, 3.92, 3.79, 0.35, 0.56, -0.61, 3.17, -0.75, -2.33)


def chance(count: int, total: int, size: int) -> float:
    """How little likely a word that stands ``count`` times among ``total`` ones stands in a stretch of ``size``: minus the logarithm of the chance."""
    share = min(0.5, max(count, 1) / max(total, _LEAST_TOTAL))
    return -math.log(max(_LEAST_CHANCE, 1 - (1 - share) ** max(size, _LEAST_STRETCH)))
