"""Indirect speech beside quotations with marks: one report is found once, and marks inside an indirect report make it mixed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from ...layout import Block, sentence_floors, tokenise
from ...lexicon import Lexicon
from ...phrases import Range, is_word
from ...tokens import Tokens
from ..cue_classes import cue_class
from ..found import Found, Offsets, span_of
from .candidate import OPEN_ENDED, Candidate
from .clauses import has_finite
from .contents import ends_of, trim
from .evidence import tables
from .judging import content_of, judged
from .search import candidates

# Chosen on the development parts of PolNeAR and of the challenge suite: the least probability of a report in words, of one that
# names only what is spoken of ("promised help"), and of a thought, feeling or plan.
_CLAUSE: Final = 0.46
_OBJECT: Final = 0.51
_STANCE: Final = 0.5
_MIXED: Final = 0.3
_MIXED_STANCE: Final = 0.4
_VETO: Final = 0.25
_NESTED: Final = 0.85
# Classes of cues ("" for a colon) whose marked words count without a frame that is known.
_WORDED: Final = ("speech", "")
_STOPPED_SHORT: Final = 12
# Tokens: content lies less than half of this from its cue, so that two reports touch only when their cues are nearer than this.
_NEIGHBOURHOOD: Final = 2 * OPEN_ENDED + 20
_LONGEST_QUOTATION: Final = 4000
_SHORTEST_WITH_REPORT: Final = 25
_SPEECH: Final = frozenset({"say", "tell", "ask", "urge", "court", "point", "put", "noun", "target", "manner"})
_TELLING: Final = frozenset({"say", "tell", "ask"})
_PLAIN: Final = frozenset({"that", "clause", "wh", "obj+that", "obj+clause", "obj+wh", "post", "post-medial"})

FRAME_RULES: Final = {
    "that": "that",
    "clause": "clause",
    "wh": "question",
    "inf": "infinitive",
    "ing": "gerund",
    "np": "noun-phrase",
    "prep": "preposition",
    "colon": "colon",
    "mark": "clause",
    "obj": "addressee",
    "post": "postposed",
    "as": "as",
    "inverted": "inverted",
    "phrase": "according",
    "noun": "noun",
    "adj": "adjective",
    "seem": "seeming",
    "raising": "raising",
    "label": "headline",
}
"""The name of the rule for each kind of frame; "indirect." or "mixed." before it makes its id."""


class Report(NamedTuple):
    """A candidate with its content and the probability that it is a quotation."""

    candidate: Candidate
    content: tuple[Range, ...]
    probability: float


class Decision(NamedTuple):
    """What became of a candidate: its words, its probability, and why it was kept or dropped; for explanations."""

    frame: str
    lemma: str
    cue: list[Offsets]
    content: list[Offsets]
    probability: float
    outcome: str


Trace = list[Decision]


class _Taken:
    """The reports that are taken, by the place of their cue: only those near by can touch the content of another."""

    def __init__(self) -> None:
        self._places: dict[int, list[tuple[Report, Found]]] = {}

    def add(self, report: Report, quote: Found) -> None:
        self._places.setdefault(report.candidate.cue[0][0] // _NEIGHBOURHOOD, []).append((report, quote))

    def near(self, report: Report) -> Iterator[tuple[Report, Found]]:
        place = report.candidate.cue[0][0] // _NEIGHBOURHOOD
        for other in (place - 1, place, place + 1):
            yield from self._places.get(other, ())


def _around(marked: list[Found], spans: list[Offsets]) -> list[Found]:
    """Those quotations, sorted by their start, that can touch ``spans``."""
    low = bisect_left(marked, spans[0][0] - _LONGEST_QUOTATION, key=_start)
    return marked[low : bisect_left(marked, spans[-1][1], key=_start)]


def _start(quote: Found) -> int:
    return quote.content[0][0]


def rule_of(frame: str) -> str:
    """The rule that a frame belongs to; "prep:of", "obj+that" and the like count as one rule each."""
    return FRAME_RULES[frame.partition("+")[0].partition("-")[0].partition(":")[0]]


class Merger:
    """Adds the indirect reports of a text to its quotations with marks."""

    def __init__(self, text: str, marked: list[Found], lexicon: Lexicon, trace: Trace | None = None) -> None:
        self._text = text
        self._lexicon = lexicon
        self._trace = trace
        evidence = tables(lexicon.language)
        self._cues, self._ends = evidence["cue"], ends_of(lexicon.language)
        self._marked = sorted(marked, key=lambda quote: quote.content[0][0])
        self._starts = [quote.content[0][0] for quote in self._marked]
        self._running: list[Found] = []
        """Quotations that began in an earlier block and go on in this one or behind it."""
        self._gone: dict[int, Found | None] = {}
        self._added: list[Found] = []

    def result(self) -> list[Found]:
        """All quotations, those with marks that were absorbed left out."""
        kept = [quote for quote in self._marked if id(quote) not in self._gone] + self._added
        for quote in kept:
            while quote.parent is not None and id(quote.parent) in self._gone:
                quote.parent = self._gone[id(quote.parent)]
        return kept

    def block(self, block: Block) -> None:
        """Search one block."""
        tokens = block.tokens(self._text, self._lexicon)
        marked = self._marked[bisect_left(self._starts, block.start) : bisect_left(self._starts, block.end)]
        self._running = [quote for quote in self._running if quote.content[-1][1] > block.start]
        around = self._running + marked if self._running else marked
        self._search(tokens, sentence_floors(self._text, tokens), around, None)
        self._running.extend(quote for quote in marked if quote.content[-1][1] > block.end)
        for quote in marked:
            if quote.kind == "direct" and quote.parent is None:
                self._inside(tokens, quote)

    def _inside(self, tokens: Tokens, quote: Found) -> None:
        """Search the marked stretches of a direct quotation for reports inside it."""
        for start, end in quote.content:
            at = bisect_left(tokens.starts, start) - 1
            stretch = tokens.atoms[at] if 0 <= at < len(tokens) else None
            if stretch is None or end - start < _SHORTEST_WITH_REPORT or not stretch.start <= start < stretch.end:
                continue
            if self._lexicon.speech_words.isdisjoint(self._text[start:end].lower().split()):
                continue
            inner = tokenise(self._text, stretch.start, stretch.end, stretch.children, self._lexicon)
            low, high = bisect_left(self._starts, stretch.start), bisect_left(self._starts, stretch.end)
            marked = [other for other in self._marked[low:high] if other is not quote]
            self._search(inner, sentence_floors(self._text, inner), marked, quote)

    def _search(self, tokens: Tokens, floors: list[int], marked: list[Found], parent: Found | None) -> None:
        by_cue: dict[int, list[Found]] = {}
        for quote in marked:
            for start, _ in quote.cue:
                by_cue.setdefault(start, []).append(quote)
        reports: list[Report] = []
        best: dict[int, float] = {}
        signals = self._lexicon.signals if parent is None else self._lexicon.speech_words
        for candidate in candidates(tokens, floors, self._lexicon, signals):
            chance = judged(tokens, candidate, self._lexicon, self._cues)
            at = tokens.starts[candidate.cue[0][0]]
            same = by_cue.get(at) if by_cue else None
            if same is not None:
                best[at] = max(chance, best.get(at, 0.0))
            if parent is not None and not _plainly_speech(candidate):
                continue
            needed = (
                _NESTED
                if parent is not None
                else min(_MIXED if candidate.classes & _SPEECH else _MIXED_STANCE, threshold(candidate))
                if same is not None
                else threshold(candidate)
            )
            if chance >= needed:
                content = content_of(tokens, candidate, self._lexicon, self._ends)
                if same is not None and same[0].kind == "mixed":
                    content = self._up_to_marks(tokens, candidate, content)
                report = _sound(tokens, Report(candidate, content, chance))
                if report is not None:
                    reports.append(report)
            elif self._trace is not None:
                self._note(
                    tokens, Report(candidate, content_of(tokens, candidate, self._lexicon, self._ends), chance), "too unlikely"
                )
        for at, quotes in by_cue.items():
            judgement = best.get(at)
            for quote in quotes:
                if quote.rule == "mixed.governed" and (
                    quote.cue_class not in _WORDED
                    if judgement is None
                    else judgement < (_VETO if quote.cue_class in _WORDED else _MIXED_STANCE)
                ):
                    # No frame, or an unlikely one, holds the marked words to their cue.
                    self._gone[id(quote)] = None
        if reports:
            reports.sort(key=lambda report: (-report.probability, report.candidate.cue))
            self._choose(tokens, reports, marked, by_cue, parent)

    def _up_to_marks(self, tokens: Tokens, candidate: Candidate, content: tuple[Range, ...]) -> tuple[Range, ...]:
        """The content with the marked stretch that the marks alone gave to the same cue, where the search for its end stopped short."""
        if candidate.behind is None or not content or any(tokens.atoms[i] is not None for part in content for i in range(*part)):
            return content
        first, stop = candidate.behind
        mark = next((i for i in range(first, stop) if tokens.atoms[i] is not None), None)
        if mark is None or mark - content[-1][1] > _STOPPED_SHORT:
            return content
        longer = trim(tokens, first, self._ends.end_of(tokens, mark, stop, candidate.family, self._lexicon))
        return content if longer is None else (*content[:-1], longer)

    def _choose(
        self,
        tokens: Tokens,
        reports: list[Report],
        marked: list[Found],
        by_cue: dict[int, list[Found]],
        parent: Found | None,
    ) -> None:
        """Take the reports in the order of their probability as long as they do not contradict those that are taken."""
        taken = _Taken()
        for report in reports:
            outcome = self._outcome(tokens, report, taken, marked, by_cue, parent)
            if self._trace is not None:
                self._note(tokens, report, outcome)

    def _outcome(
        self,
        tokens: Tokens,
        report: Report,
        taken: _Taken,
        marked: list[Found],
        by_cue: dict[int, list[Found]],
        parent: Found | None,
    ) -> str:
        candidate, content, chance = report
        children: list[Found] = []
        for earlier, quote in taken.near(report):
            relation = _relation(report, earlier)
            if relation == "apart":
                continue
            if relation == "inside" and chance >= _NESTED:
                parent = quote
            elif relation == "around" and chance >= _NESTED:
                children.append(quote)
            else:
                return f"overlaps the likelier “{earlier.candidate.lemma}” {earlier.candidate.frame}"
        marks = [i for first, last in content for i in range(first, last) if tokens.atoms[i] is not None]
        spans = [span_of(tokens, part) for part in content]
        same = next((quote for quote in by_cue.get(tokens.starts[candidate.cue[0][0]], ()) if id(quote) not in self._gone), None)
        if same is not None:
            if (same.kind == "mixed" or _is_torn(self._text, tokens, candidate, same, self._lexicon)) and marks:
                same.kind = "mixed"
                same.content = spans
                same.rule = "mixed." + rule_of(candidate.frame)
                same.confidence = chance
                same.cue_class = cue_class(candidate.classes, candidate.family)
                same.modality = candidate.modality
                if candidate.source is not None:
                    same.source = span_of(tokens, candidate.source)
                elif same.source is not None and any(a < same.source[1] and same.source[0] < b for a, b in spans):
                    # What the marks alone made the source is part of what is said.
                    same.source = None
                same.addressee = None if candidate.addressee is None else span_of(tokens, candidate.addressee)
                for other in by_cue[tokens.starts[candidate.cue[0][0]]]:
                    if other is not same and any(a <= other.content[0][0] and other.content[-1][1] <= b for a, b in spans):
                        # Another marked stretch of what is now one report with one cue.
                        self._gone[id(other)] = same
                taken.add(report, same)
                return "kept; gives the bounds of the mixed quotation"
            return "the same cue as a quotation with marks"
        if all(not is_word(tokens, i) or tokens.words[i] == "that" for first, last in content for i in range(first, last)):
            return "nothing but a marked stretch"
        absorbed: list[Found] = []
        for quote in _around(marked, spans):
            if id(quote) in self._gone:
                continue
            low, high = quote.content[0][0], quote.content[-1][1]
            if not any(start < high and low < end for start, end in spans):
                continue
            if (
                parent is None
                and low <= spans[0][0]
                and spans[-1][1] <= high
                and chance >= _NESTED
                and _plainly_speech(candidate)
            ):
                # Inside a turn or a block quotation.
                parent = quote
                continue
            if not any(start <= low and high <= end for start, end in spans):
                return "overlaps a quotation with marks"
            (children if quote.cue else absorbed).append(quote)
        if chance < threshold(candidate):
            return "too unlikely"
        made = Found(spans, "mixed" if marks else "indirect", "indirect." + rule_of(candidate.frame))
        if marks:
            made.rule = "mixed." + rule_of(candidate.frame)
        made.cue = [span_of(tokens, part) for part in candidate.cue]
        made.lemma = candidate.lemma
        made.source = None if candidate.source is None else span_of(tokens, candidate.source)
        made.addressee = None if candidate.addressee is None else span_of(tokens, candidate.addressee)
        made.modality = candidate.modality
        made.confidence = chance
        made.cue_class = cue_class(candidate.classes, candidate.family)
        made.parent = parent
        for quote in absorbed:
            self._gone[id(quote)] = made
        for quote in children:
            if quote.parent is None or quote.parent is parent:
                quote.parent = made
        self._added.append(made)
        taken.add(report, made)
        return "kept"

    def _note(self, tokens: Tokens, report: Report, outcome: str) -> None:
        if self._trace is not None:
            candidate = report.candidate
            self._trace.append(
                Decision(
                    candidate.frame,
                    candidate.lemma,
                    [span_of(tokens, part) for part in candidate.cue],
                    [span_of(tokens, part) for part in report.content],
                    report.probability,
                    outcome,
                )
            )


def threshold(candidate: Candidate) -> float:
    """The probability from which a candidate counts as a quotation."""
    if not candidate.classes & _SPEECH:
        return _STANCE
    return _OBJECT if candidate.family.startswith(("np", "ing")) else _CLAUSE


def _is_torn(text: str, tokens: Tokens, candidate: Candidate, quote: Found, lexicon: Lexicon) -> bool:
    """Whether the marks hold only the second half of a clause: "Memory, as he puts it, “is what we call it”."."""
    before, behind = candidate.before, candidate.behind
    if quote.kind != "direct" or before is None or behind is None or not candidate.frame.endswith("-medial"):
        return False
    start, end = quote.content[0]
    return (
        len(quote.content) == 1
        and text[start].islower()
        and tokens.starts[behind[0]] <= start
        and end <= tokens.ends[behind[1] - 1]
        and tokens.words[before[0]] not in lexicon.function_words
        and not has_finite(tokens, before, lexicon)
    )


def _plainly_speech(candidate: Candidate) -> bool:
    """Whether a candidate is a report in words, as a report inside another must be: "he said that …", "she asked him whether …"."""
    return bool(candidate.classes & _TELLING) and candidate.source is not None and candidate.frame in _PLAIN


def _sound(tokens: Tokens, report: Report) -> Report | None:
    """The report when it has content and its cue is no part of it; without its source when that is."""
    candidate, content, _ = report
    if not content or any(_meet(part, cue) for part in content for cue in candidate.cue):
        return None
    if candidate.family == "np" and content[-1][1] < len(tokens) and tokens.raw[content[-1][1]] == ":":
        # "offered a deal: …": it only announces what comes.
        return None
    if candidate.source is not None and any(_meet(part, candidate.source) for part in content):
        return report._replace(candidate=candidate._replace(source=None))
    return report


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _relation(report: Report, earlier: Report) -> str:
    """How the content of a report lies to that of one that is taken: ``apart``, ``inside``, ``around`` or ``across``."""
    if report.candidate.cue == earlier.candidate.cue:
        return "across"
    size = sum(last - first for first, last in report.content)
    other = sum(last - first for first, last in earlier.content)
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in report.content for c, d in earlier.content)
    if not shared:
        return "apart"
    if 2 * shared >= size + other - shared:
        return "across"
    if shared == size:
        return "inside"
    return "around" if shared == other else "across"
