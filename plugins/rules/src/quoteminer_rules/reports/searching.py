"""The search for reports in one part of a text: what each passage holds, and what became of all else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from quoteminer import Scope

from ..reading.passages import Passage
from .continuing import Placed, continued
from .cue_classes import class_of, is_spoken
from .judging import ALONE, ATTACHED, Judge
from .layouts import confidence_of
from .over_sentences import over_sentences
from .quotations import Alone, around_asides
from .ranges import Offsets, is_numbered, trimmed
from .selection import DASH, Loser, Report, Scored, answers, chosen, layout_of, offsets_of, report_of
from .tracing import UNLIKELY, Lost, Trace, out_of_scope
from .unmarked import AT_THE_HEAD

_SMALL: Final = frozenset(["preposition", "determiner", "coordinator", "article"])
"""Classes of words that titles write without a capital."""


class Search:
    """The search for reports in the passages of one part of a text."""

    def __init__(self, judge: Judge, text: str, scope: Scope, trace: Trace | None) -> None:
        self._judge: Final = judge
        self._text: Final = text
        self._speech_only: Final = scope == "speech"
        self._trace: Final = trace
        self.perhaps: Final[list[Report]] = []
        """Of the passage that was read last, what somebody may say at its head, too unlikely as it is elsewhere."""

    def reports(self, passage: Passage, depth: int) -> list[Report]:
        """What is reported in a passage by a cue, and the quotations in it that no cue claims."""
        judge = self._judge
        losers: list[Loser] | None = None if self._trace is None else []
        scored = self._in_scope(passage, depth)
        taken = chosen(scored, judge.threshold, losers)
        alone = self._speech_alone(passage, _claimed(passage, taken), depth) if passage.quotations else {}
        sure: dict[int, float] = {}
        if alone and (attached := self._attached(passage, scored, alone)):
            taken = chosen([*taken, *attached], judge.threshold)
            for token in _claimed(passage, taken):
                placed = alone.pop(token, None)
                if placed is not None:
                    sure[token] = placed.report.confidence
        taken = over_sentences(passage, taken, judge.pack)
        found = [placed for one in taken if (placed := self._placed(passage, one, sure.get(one.content[0][0]))) is not None]
        self._look_at_the_head(passage, scored, taken)
        if self._trace is not None:
            kept = {one.candidate for one in taken}
            self._note(self._trace, passage, depth, taken, [loser for loser in losers or () if loser.one.candidate not in kept])
        return continued(passage, found, alone.values()) if alone else [one.report for one in found]

    def _look_at_the_head(self, passage: Passage, scored: Sequence[Scored], taken: Sequence[Scored]) -> None:
        self.perhaps.clear()
        if passage.quotations or any(one.content[0][0] == 0 for one in taken):
            return
        at_the_head = [one for one in scored if one.candidate.construction in AT_THE_HEAD and one.candidate.content[0][0] == 0]
        best = max(at_the_head, key=lambda one: one.probability, default=None)
        if best is not None and best.probability >= ATTACHED:
            report = report_of(
                passage, self._text, best._replace(content=self._judge.content_of(best.candidate)), self._judge.pack
            )
            self.perhaps.extend([] if report is None else [report])

    def _speech_alone(self, passage: Passage, claimed: frozenset[int], depth: int) -> dict[int, Placed]:
        """The quotations that are speech though no cue claims them, by token."""
        found: dict[int, Placed] = {}
        parted = around_asides(passage, self._text)
        for alone, chance in self._judge.alone(passage, claimed, self._text, depth):
            span = passage.quotations[alone.token]
            if span.family == DASH or alone.token in parted:
                # The layout shows that these are said.
                chance = max(chance, confidence_of(DASH, self._judge.pack.folder))
            if is_numbered(self._text, span.start):
                chance = 0.0
            words = (trimmed(self._text, span.start, span.end),)
            if self._trace is not None:
                self._note_alone(self._trace, words, alone, chance)
            if chance >= ALONE:
                report = Report("alone", "direct", words, (), "", None, None, chance, layout=layout_of([span]))
                found[alone.token] = Placed(alone.token, alone.token + 1, report)
        return found

    def _attached(self, passage: Passage, scored: list[Scored], alone: Mapping[int, Placed]) -> list[Scored]:
        """The likeliest candidates for who says quotations that are speech in any case, too unlikely as they are to show that these are."""
        best: dict[int, Scored] = {}
        for one in scored:
            token = one.candidate.content[0][0]
            if token not in alone or not ATTACHED <= one.probability < self._judge.threshold:
                continue
            content = self._judge.content_of(one.candidate)
            if any(
                passage.raw[i][0].isalnum() or i in alone for first, last in content for i in range(first, last) if i != token
            ):
                continue
            if token not in best or best[token].probability < one.probability:
                best[token] = one._replace(content=((token, token + 1),))
        return [one._replace(probability=self._judge.threshold) for one in best.values()]

    def _in_scope(self, passage: Passage, depth: int) -> list[Scored]:
        if self._trace is None:
            return self._judge.scored(passage, depth, speech=self._speech_only)
        found: list[Scored] = []
        for one in self._judge.scored(passage, depth):
            one = one._replace(content=self._judge.content_of(one.candidate))
            if not self._speech_only or is_spoken(one.candidate):
                found.append(one)
                continue
            unlikely = one.probability < self._judge.threshold
            reason = UNLIKELY if unlikely else out_of_scope(class_of(one.candidate))
            self._trace.lost.append(self._lost(passage, Loser(one, reason)))
        return found

    def _placed(self, passage: Passage, one: Scored, sure: float | None) -> Placed | None:
        """The report that a candidate becomes; ``sure`` is how likely its words are speech whoever says them, where that was asked first."""
        report = report_of(passage, self._text, one, self._judge.pack)
        if report is None:
            return None
        if sure is not None:
            report = report._replace(confidence=sure)
        candidate = one.candidate
        if self._speech_only and report.modality == "negated" and report.kind == "indirect" and answers(candidate):
            # "did not say who had paid": nobody knows what was not said.
            return None
        if report.cue_class == "attitude" and report.kind == "direct" and self._is_title(report.content):
            # "may be cited as the “Harbours Act”": a name that something bears.
            return None
        parts = [*one.content, *candidate.cue, *([candidate.source] if candidate.source else [])]
        return Placed(one.content[0][0], max(last for _, last in parts), report)

    def _is_title(self, content: Sequence[Offsets]) -> bool:
        """Whether words are several that are written as those of a title; where all nouns have capitals, nobody can tell."""
        if self._judge.pack.features["noun_capitals"]:
            return False
        words = [word for start, end in content for word in self._text[start:end].split()]
        return (
            len(words) > 1
            and words[-1][-1].isalnum()
            and all(not word[0].islower() or not _SMALL.isdisjoint(self._judge.pack.classes(word)) for word in words)
        )

    def _note(self, trace: Trace, passage: Passage, depth: int, taken: list[Scored], losers: list[Loser]) -> None:
        for one in taken:
            trace.evidence[offsets_of(passage, one.candidate.cue)] = self._judge.evidence(one.candidate, depth)
        trace.lost += [self._lost(passage, loser) for loser in losers]

    def _lost(self, passage: Passage, loser: Loser) -> Lost:
        one = loser.one
        return Lost(
            one.candidate.construction,
            offsets_of(passage, one.candidate.cue),
            offsets_of(passage, one.content),
            one.probability,
            loser.reason,
            self._judge.threshold if loser.reason == UNLIKELY else None,
            () if loser.other is None else offsets_of(passage, loser.other.candidate.cue),
        )

    def _note_alone(self, trace: Trace, words: tuple[Offsets, ...], alone: Alone, chance: float) -> None:
        if chance >= ALONE:
            trace.evidence[words] = self._judge.evidence_alone(alone)
        else:
            trace.lost.append(Lost("alone", (), words, chance, UNLIKELY, ALONE))


def _claimed(passage: Passage, taken: Sequence[Scored]) -> frozenset[int]:
    """The quotations in the contents of some candidates."""
    quotations = passage.quotations
    return frozenset(i for one in taken for first, last in one.content for i in range(first, last) if i in quotations)
