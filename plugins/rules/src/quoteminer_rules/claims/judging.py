"""Which clauses of a report are claims, and which of those are worth a check: two linear models over what is seen of a clause.

The words of the clause count as those of a sentence do in :mod:`check_worthiness`; besides them whose words they are, what the models of debates make of
the sentence and of the clause, and how the clause was found. The weights are in ``languages/en/weights/report_claims.tsv``, learned by
``plugins/rules/learn/learn_report_claims.py``.
"""

from __future__ import annotations

import functools
from typing import Final, Literal, NamedTuple

from .check_worthiness import Model, Score, load

TABLE: Final = "report_claims.tsv"
Voice = Literal["document", "direct", "indirect"]


class Traits(NamedTuple):
    """What a clause has or has not; few combinations occur, so that their weights are added up once."""

    voice: Voice
    """Whose words they are: the document's own, those of somebody in marks, or those of somebody reported."""
    rule: str
    """The kind of clause."""
    several: bool
    """Whether the voice has more clauses in the sentence."""
    counted: bool
    """Whether it has a number."""
    dated: bool
    """Whether it has a time."""

    def features(self) -> list[tuple[str, str]]:
        """Kind and name of each."""
        return [
            ("voice", self.voice),
            ("rule", self.rule),
            ("several", str(self.several)),
            ("number", str(self.counted)),
            ("time", str(self.dated)),
        ]


def measures(voice: Voice) -> list[tuple[str, str]]:
    """Kind and name of what the models of debates say: of the sentence the two sums, then of the clause."""
    return [("sentence claim", voice), ("sentence worth", voice), ("clause claim", ""), ("clause worth", "")]


class _Weights(NamedTuple):
    """The weights of some traits together, in hundredths, and those of the four measures."""

    together: Score
    measures: list[Score]


class Judge:
    """The two models of a language."""

    def __init__(self, model: Model) -> None:
        self.words: Final = model
        self._known: Final[dict[Traits, _Weights]] = {}

    def verdict(self, words: Score, traits: Traits, sentence: Score, clause: Score) -> Score:
        """The sums for a clause, in hundredths.

        Args:
            words: the sums for its words.
            sentence: what the models of debates make of all that the voice says in the sentence.
            clause: what they make of the clause.
        """
        weights = self._known.get(traits)
        if weights is None:
            weights = self._known[traits] = self._weights(traits)
        a, b, c, d = weights.measures
        of = (sentence.claim, sentence.check_worthiness, clause.claim, clause.check_worthiness)
        claim = of[0] * a.claim + of[1] * b.claim + of[2] * c.claim + of[3] * d.claim
        worth = of[0] * a.check_worthiness + of[1] * b.check_worthiness + of[2] * c.check_worthiness + of[3] * d.check_worthiness
        together = weights.together
        return Score(
            words.claim + together.claim + (claim + 50) // 100,
            words.check_worthiness + together.check_worthiness + (worth + 50) // 100,
        )

    def _weights(self, traits: Traits) -> _Weights:
        own = [self.words.weights(*feature) for feature in traits.features()]
        together = Score(sum(one.claim for one in own), sum(one.check_worthiness for one in own))
        return _Weights(together, [self.words.weights(*feature) for feature in measures(traits.voice)])


@functools.cache
def judge(language: str) -> Judge:
    """The judge of a language."""
    return Judge(load(language, TABLE))
