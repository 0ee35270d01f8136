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


class Seen(NamedTuple):
    """What is seen of a clause besides its words."""

    voice: Voice
    """Whose words they are: the document's own, those of somebody in marks, or those of somebody reported."""
    sentence: Score
    """What the models of debates make of all that the voice says in the sentence."""
    clause: Score
    """What they make of the clause."""
    rule: str
    """The kind of clause."""
    several: bool
    """Whether the voice has more clauses in the sentence."""
    counted: bool
    """Whether it has a number."""
    dated: bool
    """Whether it has a time."""

    def features(self) -> list[tuple[str, str, float]]:
        """Kind and name of each feature, and its value."""
        return [
            ("voice", self.voice, 1.0),
            ("sentence claim", self.voice, self.sentence.claim / 100),
            ("sentence worth", self.voice, self.sentence.check_worthiness / 100),
            ("clause claim", "", self.clause.claim / 100),
            ("clause worth", "", self.clause.check_worthiness / 100),
            ("rule", self.rule, 1.0),
            ("several", str(self.several), 1.0),
            ("number", str(self.counted), 1.0),
            ("time", str(self.dated), 1.0),
        ]


class Judge:
    """The two models of a language."""

    def __init__(self, model: Model) -> None:
        self.words: Final = model
        self._weights: Final[dict[tuple[str, str], Score]] = {}

    def verdict(self, words: Score, seen: Seen) -> Score:
        """The sums for a clause whose words have the sums ``words``, in hundredths."""
        claim, worth = float(words.claim), float(words.check_worthiness)
        known = self._weights
        for kind, name, value in seen.features():
            key = kind, name
            weight = known.get(key)
            if weight is None:
                weight = known[key] = self.words.weights(kind, name)
            claim += value * weight.claim
            worth += value * weight.check_worthiness
        return Score(round(claim), round(worth))


@functools.cache
def judge(language: str) -> Judge:
    """The judge of a language."""
    return Judge(load(language, TABLE))
