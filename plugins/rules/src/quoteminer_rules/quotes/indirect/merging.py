"""Indirect speech beside quotations with marks: one report is found once, and marks inside an indirect report make it mixed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ...layout import Block, sentence_floors, tokenise
from ...lexicon import Lexicon
from ...phrases import Range, is_word
from ...tokens import Tokens
from ..cue_classes import cue_class
from ..found import Found, Offsets, span_of
from .candidate import Candidate
from .clauses import has_finite
from .contents import ends_of, trim
from .decisions import Decision, Trace, Verdict, unlikely
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
# Tokens: the step of the table in which taken reports are looked up.
_NEIGHBOURHOOD: Final = 16
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


_NOT_PLAIN: Final = Verdict(False, "inside a quotation only words count that a named source says, asks or tells")
_NO_CONTENT: Final = Verdict(False, "no words are left that it could report")
_CUE_INSIDE: Final = Verdict(False, "its cue is part of what it would report")
_ANNOUNCES: Final = Verdict(False, "only announces what stands behind the colon")
_ONLY_MARKS: Final = Verdict(False, "is nothing but words in marks, which the rules for marks judge")


class Report(NamedTuple):
    """A candidate with its content and the probability that it is a quotation."""

    candidate: Candidate
    content: tuple[Range, ...]
    probability: float


class _Taken:
    """The reports that are taken, by the places of their content: only those near by can touch the content of another."""

    def __init__(self) -> None:
        self._taken: list[tuple[Report, Found]] = []
        self._near: dict[int, list[int]] = {}
        self._by_cue: dict[tuple[Range, ...], list[int]] = {}

    def add(self, report: Report, quote: Found) -> None:
        number = len(self._taken)
        self._taken.append((report, quote))
        self._by_cue.setdefault(report.candidate.cue, []).append(number)
        for place in _neighbourhoods(report):
            self._near.setdefault(place, []).append(number)

    def near(self, report: Report) -> Iterator[tuple[Report, Found]]:
        """Those with the same cue or content near by, in the order in which they were taken."""
        numbers = set(self._by_cue.get(report.candidate.cue, ()))
        for place in _neighbourhoods(report):
            numbers.update(self._near.get(place, ()))
        return map(self._taken.__getitem__, sorted(numbers))


def _neighbourhoods(report: Report) -> range:
    return range(report.content[0][0] // _NEIGHBOURHOOD, (report.content[-1][1] - 1) // _NEIGHBOURHOOD + 1)


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
            report = self._report(tokens, candidate, chance, same, parent)
            if report is not None:
                reports.append(report)
        self._veto(by_cue, best)
        if reports:
            reports.sort(key=lambda report: (-report.probability, report.candidate.cue))
            self._choose(tokens, reports, marked, by_cue, parent)

    def _report(
        self, tokens: Tokens, candidate: Candidate, chance: float, same: list[Found] | None, parent: Found | None
    ) -> Report | None:
        """The report of a candidate that is likely enough, with its content; ``same`` are the quotations with marks that have its cue."""
        if parent is not None and not _plainly_speech(candidate):
            if self._trace is not None:
                self._note(tokens, Report(candidate, (), chance), _NOT_PLAIN)
            return None
        if parent is not None:
            needed = _NESTED
        elif same is not None:
            needed = min(_MIXED if candidate.classes & _SPEECH else _MIXED_STANCE, threshold(candidate))
        else:
            needed = threshold(candidate)
        if chance < needed:
            if self._trace is not None:
                where = " inside a quotation" if parent is not None else ""
                self._note(tokens, Report(candidate, (), chance), unlikely(needed, where))
            return None
        content = content_of(tokens, candidate, self._lexicon, self._ends)
        if same is not None and same[0].kind == "mixed":
            content = self._up_to_marks(tokens, candidate, content)
        if candidate.source is not None and any(_meet(part, candidate.source) for part in content):
            # What is said names nobody as who says it.
            candidate = candidate._replace(source=None)
        report = Report(candidate, content, chance)
        verdict = _unsound(tokens, report)
        if verdict is not None:
            self._note(tokens, report, verdict)
            return None
        return report

    def _veto(self, by_cue: dict[int, list[Found]], best: dict[int, float]) -> None:
        """Drop the mixed quotations whose cue has no frame, or an unlikely one, that holds the marked words to it."""
        for at, quotes in by_cue.items():
            judgement = best.get(at)
            for quote in quotes:
                if quote.rule != "mixed.governed":
                    continue
                worded = quote.cue_class in _WORDED
                needed = _VETO if worded else _MIXED_STANCE
                if worded if judgement is None else judgement >= needed:
                    continue
                self._gone[id(quote)] = None
                if self._trace is not None:
                    verdict = (
                        Verdict(False, "no frame holds the marked words to the cue") if judgement is None else unlikely(needed)
                    )
                    self._trace.append(Decision(quote.rule, "", quote.cue, quote.content, judgement, verdict, None))

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
            verdict, quote = self._taken_up(tokens, report, taken, marked, by_cue, parent)
            if quote is not None:
                taken.add(report, quote)
            self._note(tokens, report, verdict, quote)

    def _taken_up(
        self,
        tokens: Tokens,
        report: Report,
        taken: _Taken,
        marked: list[Found],
        by_cue: dict[int, list[Found]],
        parent: Found | None,
    ) -> tuple[Verdict, Found | None]:
        """The verdict on a report, and the quotation that it becomes or whose bounds it gives."""
        candidate, content, chance = report
        place = _Place(parent)
        loses = place.among_taken(report, taken)
        if loses is not None:
            return loses, None
        with_marks = any(tokens.atoms[i] is not None for first, last in content for i in range(first, last))
        spans = [span_of(tokens, part) for part in content]
        sharing = by_cue.get(tokens.starts[candidate.cue[0][0]], ())
        same = next((quote for quote in sharing if id(quote) not in self._gone), None)
        if same is not None:
            if with_marks and (same.kind == "mixed" or _is_torn(self._text, tokens, candidate, same, self._lexicon)):
                self._give_bounds(tokens, report, same, spans, sharing)
                return Verdict(True, "gives the bounds of the mixed quotation"), same
            return Verdict(False, "its cue belongs to", other=same), None
        if all(not is_word(tokens, i) or tokens.words[i] == "that" for first, last in content for i in range(first, last)):
            return _ONLY_MARKS, None
        loses = place.among_marked(report, spans, marked, self._gone)
        if loses is not None:
            return loses, None
        if chance < threshold(candidate):
            return unlikely(threshold(candidate)), None
        made = Found(spans, "mixed" if with_marks else "indirect", "")
        made.cue = [span_of(tokens, part) for part in candidate.cue]
        made.lemma = candidate.lemma
        made.source = None if candidate.source is None else span_of(tokens, candidate.source)
        made.parent = place.parent
        _describe(tokens, made, report)
        for quote in place.absorbed:
            self._gone[id(quote)] = made
        for quote in place.children:
            if quote.parent is None or quote.parent is place.parent:
                quote.parent = made
        self._added.append(made)
        return Verdict(True, "kept"), made

    def _give_bounds(self, tokens: Tokens, report: Report, same: Found, spans: list[Offsets], sharing: Sequence[Found]) -> None:
        """Let a report tell how far the quotation with marks reaches that has its cue; others with that cue are parts of it."""
        same.kind = "mixed"
        same.content = spans
        source = report.candidate.source
        if source is not None:
            same.source = span_of(tokens, source)
        elif same.source is not None and any(a < same.source[1] and same.source[0] < b for a, b in spans):
            # What the marks alone made the source is part of what is said.
            same.source = None
        _describe(tokens, same, report)
        for other in sharing:
            if other is not same and any(a <= other.content[0][0] and other.content[-1][1] <= b for a, b in spans):
                # Another marked stretch of what is now one report with one cue.
                self._gone[id(other)] = same

    def _note(self, tokens: Tokens, report: Report, verdict: Verdict, quote: Found | None = None) -> None:
        if self._trace is None:
            return
        candidate = report.candidate
        content = report.content or content_of(tokens, candidate, self._lexicon, self._ends)
        self._trace.append(
            Decision(
                "indirect." + rule_of(candidate.frame),
                candidate.frame,
                [span_of(tokens, part) for part in candidate.cue],
                [span_of(tokens, part) for part in content],
                report.probability,
                verdict,
                quote,
            )
        )


class _Place:
    """Where a report lies among the quotations of its text: in which, around which, and which are but parts of it."""

    def __init__(self, parent: Found | None) -> None:
        self.parent = parent
        self.children: list[Found] = []
        self.absorbed: list[Found] = []

    def among_taken(self, report: Report, taken: _Taken) -> Verdict | None:
        """Place a report among those that are taken; the verdict when it contradicts one."""
        for earlier, quote in taken.near(report):
            relation = _relation(report, earlier)
            if relation == "apart":
                continue
            if relation == "across":
                return Verdict(False, "has the words of the likelier", other=quote)
            if report.probability < _NESTED:
                return Verdict(False, f"too unlikely {relation}", _NESTED, quote)
            if relation == "inside":
                self.parent = quote
            else:
                self.children.append(quote)
        return None

    def among_marked(
        self, report: Report, spans: list[Offsets], marked: list[Found], gone: dict[int, Found | None]
    ) -> Verdict | None:
        """Place a report among the quotations with marks; the verdict when it crosses the bounds of one."""
        for quote in _around(marked, spans):
            low, high = quote.extent
            if id(quote) in gone or not any(start < high and low < end for start, end in spans):
                continue
            inside = low <= spans[0][0] and spans[-1][1] <= high
            if self.parent is None and inside and report.probability >= _NESTED and _plainly_speech(report.candidate):
                # Inside a turn or a block quotation.
                self.parent = quote
            elif any(start <= low and high <= end for start, end in spans):
                (self.children if quote.cue else self.absorbed).append(quote)
            elif inside and self.parent is None and _plainly_speech(report.candidate):
                return Verdict(False, "too unlikely inside", _NESTED, quote)
            else:
                return Verdict(False, "crosses the bounds of", other=quote)
        return None


def _describe(tokens: Tokens, quote: Found, report: Report) -> None:
    """Give a quotation what a report tells of it, but for content, cue and source."""
    candidate = report.candidate
    quote.rule = f"{quote.kind}.{rule_of(candidate.frame)}"
    quote.confidence = report.probability
    quote.cue_class = cue_class(candidate.classes, candidate.family)
    quote.modality = candidate.modality
    quote.addressee = None if candidate.addressee is None else span_of(tokens, candidate.addressee)


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


def _unsound(tokens: Tokens, report: Report) -> Verdict | None:
    """Why a report cannot be one, whatever its probability: it has no content, or its cue is part of it, or it only announces it."""
    candidate, content, _ = report
    if not content:
        return _NO_CONTENT
    if any(_meet(part, cue) for part in content for cue in candidate.cue):
        return _CUE_INSIDE
    if candidate.family == "np" and content[-1][1] < len(tokens) and tokens.raw[content[-1][1]] == ":":
        # "offered a deal: …"
        return _ANNOUNCES
    return None


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _relation(report: Report, earlier: Report) -> str:
    """How the content of a report lies to that of one that is taken: ``apart``, ``inside``, ``around`` or ``across``."""
    if report.candidate.cue == earlier.candidate.cue:
        return "across"
    if report.content[-1][1] <= earlier.content[0][0] or earlier.content[-1][1] <= report.content[0][0]:
        return "apart"
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
