"""The order of the search for claims in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import ClaimKind, ClaimModality, Document, Quantity, Quote, Time
from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from ..language.pack import load
from . import check_worthiness
from .check_worthiness import Score
from .edges import Seen, edges
from .fiction import is_fiction
from .kinds import kind_of
from .lexicon import Flag, knowledge
from .modality import modality_of
from .quantities import quantities
from .sentences import Sentence, blocks, lines_of
from .spans import Span, best, judge, ranges
from .stretches import Stretch, stretches, trimmed
from .times import document_date, times
from .voice import Part, Piece, Quotations, Voices
from .weights import last
from .words import COUNTED, DATED, MARKS, Words, union_of

#: How likely a sentence of a transcript must be a claim, as the least sum of weights in hundredths: that is all there is to go by.
TRANSCRIPT: Final = 25
#: The least sum of weights for deserving a check, which makes a sentence of a transcript a claim whatever else it looks like.
UNWORTHY: Final = -200
#: In prose, the least sum for a span to be a claim (set on the tune part of the open corpus).
REPORTED: Final = -50
#: No marks show where indirect speech is. A guess at it that is less sure than this leaves its words to the document, or the assertion around them
#: would be taken for a reporting clause.
_BEFORE: Final = 200
"""Words before a claim in its piece that may tell its modality; who never ends a sentence would else be read again for each claim."""
UNSURE: Final = 0.4
_FUTURE: Final = int(Flag.FUTURE_AUXILIARY)
_NONASSERTIVE: Final = "nonassertive"
#: So many words at most belong to a time or a number before and behind the one that shows it: "the last *year*", "*two* percentage points".
_AROUND: Final = (2, 3)
_TOLD: Final = 3
"""So many words are told that speak most for a check."""


class Found:
    """One claim before it becomes public."""

    __slots__ = ("confidence", "kind", "modality", "negated", "quantities", "quote", "reasons", "spans", "times", "worth")

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
        self.reasons: list[str] = []


def find(document: Document, quotes: Sequence[Quote], folder: Path, watch: Watch = UNWATCHED) -> list[Found]:
    """All claims of a document, in text order; ``watch`` notes where something fails."""
    if is_fiction(document.text, quotes, folder):
        return []
    sure = [quote for quote in quotes if quote.kind == "direct" or quote.confidence >= UNSURE]
    return Search(document, sure, folder).run(watch)


class Looked(NamedTuple):
    """A piece that is looked at, with what is the same for all its spans."""

    piece: Piece
    quote: Quote | None
    cue: frozenset[str]
    seen: Seen
    scores: list[int]
    """Of its places, the sums for being an edge of a claim."""


class Search:
    """Reads a text block by block; only the words of the present one are at hand."""

    def __init__(self, document: Document, quotes: Sequence[Quote], folder: Path) -> None:
        self._text = document.text
        self._quotes = quotes
        self._folder = folder
        self._today = document_date(document.metadata)
        self._model = check_worthiness.load(folder)
        self._lines = lines_of(document.text)
        #: Whether each line is a sentence, and is judged as those of debates are.
        self._transcript = self._lines.whole and self._model.known
        self._edges, self._judge = edges(folder), judge(folder)
        self._cues = [self._cue(quote) for quote in quotes]
        self._read(Words("", folder), Quotations([]), 0, 0)

    def _read(self, words: Words, quotations: Quotations, start: int, end: int) -> None:
        """Make the words of a block those at hand."""
        self._words = words
        self._voices = Voices(words, quotations, start, end)
        self._scores = check_worthiness.Scores(words.normal, words.weights, self._model)

    def run(self, watch: Watch) -> list[Found]:
        """All claims in text order."""
        quotations = Quotations(self._quotes)
        found: list[Found] = []
        abbreviations = load(self._folder).of_class("abbreviation")
        for start, end, words, sentences in blocks(self._text, self._folder, self._lines, abbreviations):
            self._read(words, quotations, start, end)
            for sentence in sentences:
                at = words.starts[sentence[0]]
                progress(at)
                with watch.over(at):
                    found.extend(self._of_sentence(sentence))
        return found

    def _of_sentence(self, sentence: Sentence) -> Iterator[Found]:
        parts = self._voices.parts(sentence)
        if self._transcript:
            yield from self._of_line(parts, sentence)
        elif not self._asks(sentence):
            for part in parts:
                # A question may lie within its marks, and what is around it is none.
                if self._words.raw[part.runs[-1][1] - 1] != "?":
                    yield from self._of_part(part)

    def _asks(self, sentence: Sentence) -> bool:
        words, mark = self._words, sentence[1] - 1
        if words.raw[mark] != "?":
            return False
        end = words.ends[mark]
        return self._text[end : end + 1] not in MARKS

    def _of_line(self, parts: list[Part], sentence: Sentence) -> Iterator[Found]:
        """The claims of a sentence of a transcript, which is judged as a whole; where no part of it looks like a claim, all of it is one."""
        score = self._scores.score([sentence])
        if score.claim < TRANSCRIPT and score.check_worthiness < UNWORTHY:
            return
        found: list[Found] = []
        for part in parts:
            looked = self._looked(part)
            if looked is None:
                continue
            for span in self._claims(looked, part):
                worth = self._scores.score(ranges(looked.piece.tokens, (span.begin, span.end))).check_worthiness
                found += self._described(looked, span._replace(score=Score(score.claim, min(worth, score.check_worthiness))))
        if found:
            # The sentence deserves what it does for one of its claims.
            max(found, key=lambda claim: claim.worth).worth = check_worthiness.logistic(score.check_worthiness)
        else:
            part = max(parts, key=lambda part: sum(stop - start for start, stop in part.runs))
            whole = self._seen(part)
            found = list(self._described(whole, Span(0, len(whole.piece.tokens), score)))
        yield from found

    def _of_part(self, part: Part) -> Iterator[Found]:
        """The claims of one voice in a sentence of prose."""
        looked = self._looked(part)
        if looked is not None:
            for span in self._claims(looked, part):
                yield from self._described(looked, span)

    def _looked(self, part: Part) -> Looked | None:
        """A part with the places where claims may begin and end; none where who is quoted asserts nothing."""
        return self._seen(part) if part.quote < 0 or self._asserts(part.quote) else None

    def _seen(self, part: Part) -> Looked:
        piece = Piece(part, self._words, self._voices.cues)
        quote = self._quotes[part.quote] if part.quote >= 0 else None
        seen = self._edges.seen(piece, self._words, self._voices.sources)
        cue = self._cues[part.quote] if part.quote >= 0 else frozenset()
        return Looked(piece, quote, cue, seen, self._edges.scores(seen, quote))

    def _claims(self, looked: Looked, part: Part) -> Iterator[Span]:
        """The spans of a part that are claims, each judged."""
        of_voice = self._scores.score(part.runs)
        found = self._judge.spans(looked.seen, looked.scores, looked.quote, looked.cue, of_voice)
        for span in best(found, REPORTED):
            if self._model.known:
                yield self._judge.worth(span, self._scores.score(ranges(looked.piece.tokens, (span.begin, span.end))))
            else:
                yield span

    def _asserts(self, quote: int) -> bool:
        """Whether who is quoted asserts what is reported."""
        return _NONASSERTIVE not in self._cues[quote] and self._quotes[quote].modality not in (
            "negated",
            "hypothetical",
            "question",
        )

    def _cue(self, quote: Quote) -> frozenset[str]:
        """What the cue of a quote tells of the claims in it."""
        if not quote.cue:
            return frozenset()
        word = self._text[quote.cue[0].start : quote.cue[0].end].lower().split(" ")[0]
        return knowledge(self._folder).cues.get(word, frozenset())

    def _described(self, looked: Looked, span: Span) -> Iterator[Found]:
        """The claim of a span with all that is said of it; none where it holds no word."""
        piece, quote = looked.piece, looked.quote
        begin, end = trimmed(piece, span.begin, span.end)
        spans = stretches(self._words, piece, begin, end)
        if not spans:
            return
        flags = piece.flags[begin:end]
        numbers, when = self._measured(piece, begin, end, spans)
        signs = looked.seen.signs[begin:end]
        found = Found(spans, kind_of(signs, quote, looked.cue, numbers, len(when), self._folder), quote)
        found.modality, found.negated = modality_of(flags, piece.flags[max(0, begin - _BEFORE) : begin], quote)
        found.quantities, found.times = numbers, when
        found.worth = check_worthiness.logistic(span.score.check_worthiness)
        found.confidence = check_worthiness.logistic(span.score.claim)
        found.reasons = self._reasons(looked, begin, end)
        yield found

    def _measured(self, piece: Piece, begin: int, end: int, spans: list[Stretch]) -> tuple[list[Quantity], list[Time]]:
        """The numbers and the times of a claim."""
        union = union_of(piece.flags[begin:end])
        when: list[Time] = []
        if union & DATED:
            places = self._near(piece, begin, end, spans, DATED)
            when = times(self._text, places, self._folder, self._today, future=bool(union & _FUTURE))
        numbers: list[Quantity] = []
        if union & COUNTED:
            places = self._near(piece, begin, end, spans, COUNTED)
            numbers = quantities(self._text, places, self._folder, [(time.span.start, time.span.end) for time in when])
        return numbers, when

    def _reasons(self, looked: Looked, begin: int, end: int) -> list[str]:
        """The words, in a transcript also pairs of words, that speak most for a check."""
        if self._transcript:
            return self._scores.reasons(ranges(looked.piece.tokens, (begin, end)))
        found = {one.normal: weight for one in looked.seen.signs[begin:end] if (weight := last(one.inside)) > 0}
        return sorted(found, key=lambda word: (-found[word], word))[:_TOLD]

    def _near(self, piece: Piece, begin: int, end: int, spans: list[Stretch], flag: int) -> list[Stretch]:
        """What of ``spans`` is near the words with a flag: few words belong to a time or a number, and patterns for them are slow."""
        marked = [at for at in range(begin, end) if piece.flags[at] & flag]
        low = piece.tokens[max(begin, marked[0] - _AROUND[0])]
        high = piece.tokens[min(end - 1, marked[-1] + _AROUND[1])]
        begins = self._words.starts[low] if low >= 0 else 0
        ends = self._words.ends[high] if high >= 0 else len(self._text)
        return [(max(start, begins), min(stop, ends)) for start, stop in spans if start < ends and begins < stop]
