"""The grammar of reports of one language: what it finds in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from quoteminer import Scope
from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from ..language import pack as packs
from ..reading.chunks import chunker
from ..reading.passages import Passage
from .boundaries import end_of
from .candidates import Candidate, Range, candidates
from .chains import Chains
from .constructions import constructions
from .continuing import Placed, continued
from .cue_classes import class_of, is_spoken
from .features import signs_of
from .layouts import Part, arrangement
from .quotations import Alone, unclaimed
from .scoring import Table, probability, strongest, tables, total
from .selection import Loser, Offsets, Report, Scored, chosen, offsets_of, report_of, trimmed
from .settling import settled
from .tracing import UNLIKELY, Lost, Trace, out_of_scope

_DEEPEST: Final = 6
_BINDING: Final = 0.001
THRESHOLD: Final = 0.5
ALONE: Final = 0.5


class Grammar:
    """Finds reports in texts of one language.

    Args:
        folder: that of its pack.
        learned: the weights by table, those of the pack unless given.
    """

    def __init__(self, folder: Path, learned: Mapping[str, Table] | None = None) -> None:
        self.pack = packs.load(folder)
        self._chunker = chunker(folder)
        self.constructions = constructions(folder)
        learned = tables(folder) if learned is None else learned
        self._report, self._ends, self._alone = learned["report"], learned["end"], learned["alone"]
        self._learned = frozenset(one.name for one in self.constructions if "c:" + one.name in self._report)
        self.threshold = THRESHOLD if self._report else 0.0

    def find(self, text: str, watch: Watch = UNWATCHED, *, scope: Scope = "all", trace: Trace | None = None) -> list[Report]:
        """The reports of a text in order, each with the place of the one around it.

        Args:
            watch: notes in which blocks something fails.
            scope: ``speech`` leaves out what is not said or written, before candidates are compared.
            trace: collects what became of every candidate.
        """
        arranged = arrangement(text, self.pack, watch)
        chains = Chains(text, self.pack.folder)
        inner: list[Report] = []
        for part in arranged.parts:
            progress(part.start)
            with watch.over(part.start):
                search = _Search(self, text, scope, trace)
                passages = self.passages(text, part)
                found = search.reports(*next(passages))
                inside = [report for passage, depth in passages for report in search.reports(passage, depth)]
                chains.add(part, found)
                inner += inside
        return settled([*arranged.reports, *chains.reports(), *inner])

    def passages(self, text: str, part: Part) -> Iterator[tuple[Passage, int]]:
        """A part of a text as it is read: first outside its quotation marks, then inside of each, with how deep that is."""
        waiting = [(part.start, part.end, part.spans, 0)]
        while waiting:
            first, last, inside, depth = waiting.pop()
            yield Passage(text, first, last, inside, self.pack, self._chunker), depth
            if depth < _DEEPEST:
                waiting += [(span.start, span.end, span.children, depth + 1) for span in inside]

    def candidates(self, passage: Passage, *, speech: bool = False) -> Iterator[Candidate]:
        """The candidates of a passage in order of their cues, all or those of speech."""
        found = candidates(passage, self.pack, self._chunker, self.constructions, speech=speech)
        return filter(is_spoken, found) if speech else found

    def unclaimed(self, passage: Passage, claimed: frozenset[int], text: str, depth: int) -> Iterator[Alone]:
        """The quotations of a passage that are in no content."""
        return unclaimed(passage, self._chunker, claimed, text, depth)

    def scored(self, passage: Passage, depth: int, *, speech: bool = False) -> Iterator[Scored]:
        """The candidates of a passage, all or those of speech, with how likely each is a report.

        The end of the content is looked for only where that is likely enough.
        """
        for candidate in self.candidates(passage, speech=speech):
            if not self._report:
                yield Scored(candidate, candidate.content, candidate.confidence + _bound(candidate))
                continue
            chance = self._chance(candidate, depth)
            yield Scored(candidate, candidate.content if chance < self.threshold else self.content_of(candidate), chance)

    def _chance(self, candidate: Candidate, depth: int) -> float:
        """How likely a candidate is a report; of constructions too rare to be learned what the pack says."""
        if candidate.construction not in self._learned:
            return candidate.confidence
        return probability(total(self._report, *signs_of(candidate, self.pack, depth)))

    def alone(self, passage: Passage, claimed: frozenset[int], text: str, depth: int) -> Iterator[tuple[Alone, float]]:
        """The quotations of a passage that are in no content, and how likely each is speech; none where nobody has learned it."""
        if self._alone:
            for alone in self.unclaimed(passage, claimed, text, depth):
                yield alone, probability(total(self._alone, alone.heads, alone.traits))

    def evidence(self, candidate: Candidate, depth: int) -> list[tuple[str, float]]:
        """What speaks most for and against a candidate, with weights."""
        return strongest(self._report, *signs_of(candidate, self.pack, depth))

    def evidence_alone(self, alone: Alone) -> list[tuple[str, float]]:
        """What speaks most for and against a quotation without a cue, with weights."""
        return strongest(self._alone, alone.heads, alone.traits)

    def content_of(self, candidate: Candidate) -> tuple[Range, ...]:
        """The content of a candidate, what stands behind its cue up to its likeliest end."""
        parts = list(candidate.content)
        first, last = candidate.parts[-1]
        sentence = candidate.sentence
        if self._ends and first > candidate.at:
            stop = end_of(sentence, first, last, candidate.construction, self._ends)
            parts[-1] = (parts[-1][0], sentence.firsts[stop])
        return tuple(parts)


class _Search:
    """The search for reports in the passages of one part of a text."""

    def __init__(self, grammar: Grammar, text: str, scope: Scope, trace: Trace | None) -> None:
        self._grammar: Final = grammar
        self._text: Final = text
        self._speech_only: Final = scope == "speech"
        self._trace: Final = trace

    def reports(self, passage: Passage, depth: int) -> list[Report]:
        """What is reported in a passage by a cue, and the quotations in it that no cue claims."""
        grammar = self._grammar
        losers: list[Loser] | None = None if self._trace is None else []
        taken = chosen(self._in_scope(passage, depth), grammar.threshold, losers)
        found = [placed for one in taken if (placed := self._placed(passage, one)) is not None]
        if self._trace is not None:
            self._note(self._trace, passage, depth, taken, losers or [])
        claimed = frozenset(
            i for one in taken for first, last in one.content for i in range(first, last) if i in passage.quotations
        )
        return continued(passage, found, self._speech_alone(passage, claimed, depth))

    def _speech_alone(self, passage: Passage, claimed: frozenset[int], depth: int) -> Iterator[Placed]:
        for alone, chance in self._grammar.alone(passage, claimed, self._text, depth):
            span = passage.quotations[alone.token]
            words = (trimmed(self._text, span.start, span.end),)
            if self._trace is not None:
                self._note_alone(self._trace, words, alone, chance)
            if chance >= ALONE:
                yield Placed(alone.token, alone.token + 1, Report("alone", "direct", words, (), "", None, None, chance))

    def _in_scope(self, passage: Passage, depth: int) -> Iterator[Scored]:
        if self._trace is None:
            yield from self._grammar.scored(passage, depth, speech=self._speech_only)
            return
        for one in self._grammar.scored(passage, depth):
            one = one._replace(content=self._grammar.content_of(one.candidate))
            if not self._speech_only or is_spoken(one.candidate):
                yield one
                continue
            unlikely = one.probability < self._grammar.threshold
            reason = UNLIKELY if unlikely else out_of_scope(class_of(one.candidate))
            self._trace.lost.append(self._lost(passage, Loser(one, reason)))

    def _placed(self, passage: Passage, one: Scored) -> Placed | None:
        report = report_of(passage, self._text, one, self._grammar.pack)
        if report is None:
            return None
        candidate = one.candidate
        parts = [*one.content, *candidate.cue, *([candidate.source] if candidate.source else [])]
        return Placed(one.content[0][0], max(last for _, last in parts), report)

    def _note(self, trace: Trace, passage: Passage, depth: int, taken: list[Scored], losers: list[Loser]) -> None:
        for one in taken:
            trace.evidence[offsets_of(passage, one.candidate.cue)] = self._grammar.evidence(one.candidate, depth)
        trace.lost += [self._lost(passage, loser) for loser in losers]

    def _lost(self, passage: Passage, loser: Loser) -> Lost:
        one = loser.one
        return Lost(
            one.candidate.construction,
            offsets_of(passage, one.candidate.cue),
            offsets_of(passage, one.content),
            one.probability,
            loser.reason,
            self._grammar.threshold if loser.reason == UNLIKELY else None,
            () if loser.other is None else offsets_of(passage, loser.other.candidate.cue),
        )

    def _note_alone(self, trace: Trace, words: tuple[Offsets, ...], alone: Alone, chance: float) -> None:
        if chance >= ALONE:
            trace.evidence[words] = self._grammar.evidence_alone(alone)
        else:
            trace.lost.append(Lost("alone", (), words, chance, UNLIKELY, ALONE))


def _bound(candidate: Candidate) -> float:
    """What decides between constructions of which nobody knows how often they are right: the one that binds more."""
    return _BINDING * (4 * len(candidate.content) + 2 * (candidate.source is not None) + (candidate.addressee is not None))


@functools.cache
def grammar(folder: Path) -> Grammar:
    """The grammar of a pack, made once."""
    return Grammar(folder)
