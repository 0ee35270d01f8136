"""The order of the search for claims in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quoteminer import ClaimKind, ClaimModality, Document, Quantity, Quote, Time
from quoteminer.text import progress

from .. import lexicon as quotation_lexicon
from ..blockwise import UNWATCHED, Watch
from . import check_worthiness, judging
from .clauses import Clause, Kind, clauses, whole
from .fiction import is_fiction
from .kinds import ClauseWords, Context, kind_of, modality_of
from .lexicon import Flag, knowledge
from .quantities import is_weighty, quantities
from .sentences import Sentence, blocks, lines_of
from .stretches import Stretch, free_of_cues, near, runs, stretches
from .times import document_date, times
from .verb_groups import Verbs
from .voice import Part, Piece, Quotations, Voices
from .words import COUNTED, DATED, MARKS, Words, union_of

#: How likely a sentence must be a claim, as the least sum of weights in hundredths. In a transcript that is all there is to go by.
TRANSCRIPT: Final = 25
#: The least sum of weights for deserving a check, which makes a sentence of a transcript a claim whatever else it looks like.
UNWORTHY: Final = -200
#: In prose, the least sum for a clause (set on the tune part of the open corpus), and for the sentence taken as one clause, for a look at its clauses at all.
REPORTED: Final = -50
HOPELESS: Final = -80
#: No marks show where indirect speech is. A guess at it that is less sure than this leaves its words to the document, or the assertion around them
#: would be taken for a reporting clause.
UNSURE: Final = 0.4
_FUTURE: Final = int(Flag.FUTURE_AUXILIARY)
_NONASSERTIVE, _NOMINAL, _GENERAL = int(Flag.NONASSERTIVE), int(Flag.NOMINAL_CONTENT), int(Flag.GENERAL_NOUN)
#: So many words at most belong to a time or a number before and behind the one that shows it: "the last *year*", "*two* percentage points".
_AROUND: Final = (2, 3)
#: So many words at least make an assertion without a verb: "announced a pay rise".
_FEWEST: Final = 2


class Found:
    """One claim before it becomes public."""

    __slots__ = ("confidence", "kind", "modality", "negated", "quantities", "quote", "reasons", "rule", "spans", "times", "worth")

    def __init__(self, spans: list[Stretch], kind: ClaimKind, quote: Quote | None) -> None:
        self.spans = spans
        self.kind = kind
        self.quote = quote
        self.modality: ClaimModality = "asserted"
        self.negated = False
        self.quantities: list[Quantity] = []
        self.times: list[Time] = []
        self.worth = 0.0
        self.confidence = 0.0
        self.rule = ""
        self.reasons: list[str] = []


def find(document: Document, quotes: Sequence[Quote], language: str, watch: Watch = UNWATCHED) -> list[Found]:
    """All claims of a document, in text order; ``watch`` notes where something fails."""
    if is_fiction(document.text, quotes, language):
        return []
    sure = [quote for quote in quotes if quote.kind == "direct" or quote.confidence >= UNSURE]
    return Search(document, sure, language).run(watch)


class Search:
    """Reads a text block by block; only the words of the present one are at hand."""

    def __init__(self, document: Document, quotes: Sequence[Quote], language: str) -> None:
        self._text = document.text
        self._quotes = quotes
        self._language = language
        self._today = document_date(document.metadata)
        self._lines = lines_of(document.text)
        self._model = check_worthiness.load(language)
        self._judge = judging.judge(language)
        self._cues = [self._cue(quote) for quote in quotes]
        self._read(Words("", language), Quotations([]), 0, 0)

    def _read(self, words: Words, quotations: Quotations, start: int, end: int) -> None:
        """Make the words of a block those at hand."""
        self._words = words
        self._voices = Voices(words, quotations, start, end)
        self._scores = check_worthiness.Scores(words.normal, words.weights, self._model)
        self._reported = check_worthiness.Scores(words.normal, words.report_weights, self._judge.words)

    def run(self, watch: Watch) -> list[Found]:
        """All claims in text order."""
        quotations = Quotations(self._quotes)
        found: list[Found] = []
        abbreviations = quotation_lexicon.pack_of(self._language).of_class("abbreviation")
        for start, end, words, ranges in blocks(self._text, self._language, self._lines, abbreviations):
            self._read(words, quotations, start, end)
            for sentence in ranges:
                at = words.starts[sentence[0]]
                progress(at)
                with watch.over(at):
                    found.extend(self._of_sentence(sentence))
        return found

    def _of_sentence(self, sentence: Sentence) -> Iterator[Found]:
        parts = self._voices.parts(sentence)
        if self._lines.whole:
            yield from self._of_line(parts, sentence)
        elif not self._asks(sentence):
            for part in parts:
                # A question may lie within its marks, and what is around it is none.
                if self._words.raw[part.runs[-1][1] - 1] != "?":
                    yield from self._of_part(part)

    def _asks(self, sentence: Sentence) -> bool:
        words, last = self._words, sentence[1] - 1
        if words.raw[last] != "?":
            return False
        end = words.ends[last]
        return self._text[end : end + 1] not in MARKS

    def _of_line(self, parts: list[Part], sentence: Sentence) -> Iterator[Found]:
        """The claims of a sentence of a transcript, which is judged as a whole; what no clause is found in is one claim."""
        score = self._scores.score([sentence])
        if score.claim < TRANSCRIPT and score.check_worthiness < UNWORTHY:
            return
        found = [claim for part in parts for claim in self._of_clauses(part, score)]
        if found:
            # The sentence deserves what it does for one of its claims.
            max(found, key=lambda claim: claim.worth).worth = check_worthiness.logistic(score.check_worthiness)
        else:
            part = max(parts, key=lambda part: sum(last - first for first, last in part.runs))
            piece = Piece(part, self._words, self._voices.cues)
            spans = stretches(self._words, piece, whole(piece))
            if spans:
                found = [self._described(piece, part.quote, whole(piece), spans, score, self._scores.reasons(part.runs))]
        yield from found

    def _of_part(self, part: Part) -> Iterator[Found]:
        """The claims of one voice in a sentence of prose; its clauses are only looked for where it might be a claim as a whole."""
        score = self._scores.score(part.runs)
        traits = self._traits(part.quote, Kind.MAIN, self._union(part.runs), several=False)
        as_one = self._verdict(part.runs, traits, score, score)
        if as_one.claim >= HOPELESS:
            yield from self._of_clauses(part, score, as_one)

    def _of_clauses(
        self, part: Part, score: check_worthiness.Score, as_one: check_worthiness.Score | None = None
    ) -> Iterator[Found]:
        """The claims of one voice in a sentence, a clause each; in prose ``as_one`` are the sums for all of it as one clause."""
        if part.quote >= 0 and not self._asserts(part.quote):
            return
        piece = Piece(part, self._words, self._voices.cues)
        found = clauses(piece)
        several = len(found) > 1
        if not found and part.quote >= 0 and self._is_report(piece, part.quote):
            found = [whole(piece)]
        reasons: list[str] | None = None
        verbs = Verbs(piece)
        for one in found:
            clause = free_of_cues(piece, one, verbs) if piece.cues else one
            if clause is None:
                continue
            if as_one is None:
                of_clause = score
            elif several or clause.kind is not Kind.MAIN or len(clause.positions) < len(piece.flags):
                of_clause = self._judged(part.quote, piece, clause, score, several)
            else:
                of_clause = as_one
            if as_one is not None and of_clause.claim < REPORTED:
                continue
            spans = stretches(self._words, piece, clause)
            if not spans:
                continue
            if reasons is None:
                reasons = self._scores.reasons(part.runs)
            claim = self._described(piece, part.quote, clause, spans, of_clause, reasons)
            if several and self._lines.whole:
                claim.worth = min(
                    claim.worth, check_worthiness.logistic(self._scores.score(runs(piece, clause)).check_worthiness)
                )
            yield claim

    def _judged(
        self, quote: int, piece: Piece, clause: Clause, score: check_worthiness.Score, several: bool
    ) -> check_worthiness.Score:
        """The sums for a clause of a report, of a sentence with the sums ``score``."""
        ranges = runs(piece, clause)
        traits = self._traits(quote, clause.kind, self._union(ranges), several=several)
        return self._verdict(ranges, traits, score, self._scores.score(ranges))

    def _verdict(
        self,
        ranges: Sequence[tuple[int, int]],
        traits: judging.Traits,
        sentence: check_worthiness.Score,
        clause: check_worthiness.Score,
    ) -> check_worthiness.Score:
        return self._judge.verdict(self._reported.score(ranges), traits, sentence, clause)

    def _traits(self, quote: int, kind: Kind, union: int, *, several: bool) -> judging.Traits:
        """What is seen of a clause with words that are ``union`` together."""
        voice: judging.Voice = "document" if quote < 0 else "direct" if self._quotes[quote].kind == "direct" else "indirect"
        return judging.Traits(voice, kind.name.lower(), several, bool(union & COUNTED), bool(union & DATED))

    def _union(self, ranges: Sequence[tuple[int, int]]) -> int:
        union = 0
        for first, last in ranges:
            union |= union_of(self._words.flags[first:last])
        return union

    def _asserts(self, quote: int) -> bool:
        """Whether who is quoted asserts what is reported."""
        return not self._cues[quote] & _NONASSERTIVE and self._quotes[quote].modality not in (
            "negated",
            "hypothetical",
            "question",
        )

    def _is_report(self, piece: Piece, quote: int) -> bool:
        """Whether words without a verb are a report by themselves: "announced a pay rise"."""
        if self._quotes[quote].kind == "direct" or not self._cues[quote] & _NOMINAL:
            return False
        return len(piece.flags) >= _FEWEST and not union_of(piece.flags) & _GENERAL

    def _cue(self, quote: Quote) -> int:
        """What the cue of a quote tells of the claims in it."""
        if not quote.cue:
            return 0
        word = self._text[quote.cue[0].start : quote.cue[0].end].lower().split(" ")[0]
        return knowledge(self._language).cues.get(word, 0)

    def _described(
        self,
        piece: Piece,
        quote: int,
        clause: Clause,
        spans: list[Stretch],
        score: check_worthiness.Score,
        reasons: list[str],
    ) -> Found:
        """A clause with all that is said of it."""
        words = ClauseWords(piece, clause)
        own = quote < 0
        when: list[Time] = []
        if words.union & DATED:
            places = self._near(piece, clause, spans, DATED)
            when = times(self._text, places, self._language, self._today, future=bool(words.verbs & _FUTURE))
        numbers: list[Quantity] = []
        if words.union & COUNTED:
            places = self._near(piece, clause, spans, COUNTED)
            numbers = quantities(self._text, places, self._language, [(time.span.start, time.span.end) for time in when])
        context = Context(
            quantity=any(is_weighty(number, self._language) for number in numbers),
            number=bool(numbers),
            cue=0 if own else self._cues[quote],
            own=own,
            direct=not own and self._quotes[quote].kind == "direct",
        )
        found = Found(spans, kind_of(words, context), None if own else self._quotes[quote])
        found.modality, found.negated = modality_of(words, "asserted" if own else self._quotes[quote].modality)
        found.quantities, found.times = numbers, when
        found.worth = check_worthiness.logistic(score.check_worthiness)
        found.confidence = check_worthiness.logistic(score.claim)
        found.rule = clause.kind.name.lower()
        found.reasons = reasons
        return found

    def _near(self, piece: Piece, clause: Clause, spans: list[Stretch], flag: int) -> list[Stretch]:
        """What of ``spans`` is near the words with a flag: few words belong to a time or a number, and patterns for them are slow."""
        low, high = near(self._words, piece, clause, flag, _AROUND)
        return [(max(start, low), min(end, high)) for start, end in spans if start < high and low < end]
