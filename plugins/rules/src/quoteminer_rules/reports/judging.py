"""What the candidates of a passage are worth: how likely each is a report, where its content ends, and which quotations without a cue are speech."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quoteminer import Scope

from ..language.pack import Pack
from ..reading.chunks import Chunker
from ..reading.passages import Passage
from .boundaries import end_of
from .candidates import Candidate, Range, candidates
from .constructions import Constructions
from .cue_classes import is_spoken
from .features import signs_of
from .quotations import Alone, unclaimed
from .scoring import Learned, Table, Weights, probability
from .selection import Scored, opens_turn

_BINDING: Final = 0.001
THRESHOLDS: Final[dict[Scope, float]] = {"speech": 0.4, "all": 0.35}
"""How likely a candidate must be, by scope; set on development parts."""
ALONE: Final = 0.5
ATTACHED: Final = 0.1
"""How likely a candidate must be that only tells who says what is speech in any case."""


class Judge:
    """Judges candidates of one language.

    Args:
        pack: the language.
        chunker: parts its sentences.
        constructions: what its reports look like.
        learned: the weights by table.
        threshold: how likely a candidate must be where weights are learned.
    """

    def __init__(
        self, pack: Pack, chunker: Chunker, constructions: Constructions, learned: Mapping[str, Table | Learned], threshold: float
    ) -> None:
        self.pack: Final = pack
        self.constructions: Final = constructions
        self._chunker: Final = chunker
        self._report: Final = Weights(learned["report"])
        self._ends: Final = Weights(learned["end"])
        self._alone: Final = Weights(learned["alone"])
        self._learned: Final = frozenset(one.name for one in constructions if "c:" + one.name in learned["report"])
        self.threshold: Final = threshold if self._report else 0.0

    def candidates(self, passage: Passage, *, speech: bool = False) -> list[Candidate]:
        """The candidates of a passage in order of their cues, all or those of speech."""
        found = candidates(passage, self.pack, self._chunker, self.constructions, speech=speech)
        return [
            one for one in found if (is_spoken(one) or not speech) and not _is_headed(one, self.pack) and not _joins_turns(one)
        ]

    def unclaimed(self, passage: Passage, claimed: frozenset[int], text: str, depth: int) -> Iterator[Alone]:
        """The quotations of a passage that are in no content."""
        return unclaimed(passage, claimed, text, depth)

    def scored(self, passage: Passage, depth: int, *, speech: bool = False) -> list[Scored]:
        """The candidates of a passage, all or those of speech, with how likely each is a report.

        The end of the content is looked for only where that is likely enough.
        """
        return [self._scored(candidate, depth) for candidate in self.candidates(passage, speech=speech)]

    def _scored(self, candidate: Candidate, depth: int) -> Scored:
        if not self._report:
            return Scored(candidate, candidate.content, candidate.confidence + _bound(candidate))
        chance = self._chance(candidate, depth)
        return Scored(candidate, candidate.content if chance < self.threshold else self.content_of(candidate), chance)

    def _chance(self, candidate: Candidate, depth: int) -> float:
        """How likely a candidate is a report; of constructions too rare to be learned what the pack says."""
        if candidate.construction not in self._learned:
            return candidate.confidence
        return probability(self._report.odds(*signs_of(candidate, self.pack, depth)))

    def alone(self, passage: Passage, claimed: frozenset[int], text: str, depth: int) -> Iterator[tuple[Alone, float]]:
        """The quotations of a passage that are in no content, and how likely each is speech; none where nobody has learned it."""
        if self._alone:
            for alone in self.unclaimed(passage, claimed, text, depth):
                yield alone, probability(self._alone.odds(alone.heads, alone.traits))

    def evidence(self, candidate: Candidate, depth: int) -> list[tuple[str, float]]:
        """What speaks most for and against a candidate, with weights."""
        return self._report.strongest(*signs_of(candidate, self.pack, depth))

    def evidence_alone(self, alone: Alone) -> list[tuple[str, float]]:
        """What speaks most for and against a quotation without a cue, with weights."""
        return self._alone.strongest(alone.heads, alone.traits)

    def content_of(self, candidate: Candidate) -> tuple[Range, ...]:
        """The content of a candidate, what stands behind its cue up to its likeliest end."""
        return self._ended(candidate)[0]

    def _ended(self, candidate: Candidate) -> tuple[tuple[Range, ...], float]:
        """The content of a candidate, and how likely it ends there."""
        first, last = candidate.parts[-1]
        if not self._ends or first <= candidate.at or candidate.as_said:
            return candidate.content, 1.0
        end = end_of(candidate.sentence, candidate.at, first, last, candidate.construction, self._ends)
        rest = (candidate.content[-1][0], candidate.sentence.firsts[end.at])
        return (*candidate.content[:-1], rest), end.chance


def _is_headed(candidate: Candidate, pack: Pack) -> bool:
    """Whether what stands before a colon is no speaker but a word that heads lines ("Update: the bridge is open")."""
    source, sentence = candidate.source, candidate.sentence
    if source is None or source[1] != source[0] + 1 or sentence.kind(candidate.at) != "colon":
        return False
    return "no_speaker" in pack.classes(sentence.passage.raw[source[0]].lower())


def _joins_turns(candidate: Candidate) -> bool:
    """Whether a later part of the content is what another dash opens: who speaks there is somebody else."""
    quotations = candidate.sentence.passage.quotations
    spans = [quotations[first] for first, _ in candidate.content[1:] if first in quotations]
    return any(opens_turn(span) for span in spans)


def _bound(candidate: Candidate) -> float:
    """What decides between constructions of which nobody knows how often they are right: the one that binds more."""
    return _BINDING * (4 * len(candidate.content) + 2 * (candidate.source is not None) + (candidate.addressee is not None))
