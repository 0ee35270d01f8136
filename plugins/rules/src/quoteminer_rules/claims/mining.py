"""The order of the search for claims in one document."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import ClaimKind, ClaimModality, Document, Quantity, Quote, Time
from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from ..language.pack import load
from . import check_worthiness
from .edges import Seen, edges
from .fiction import is_fiction
from .kinds import kinds
from .lexicon import Flag, knowledge
from .modality import modality_of
from .quantities import quantities
from .sentences import Sentence, blocks, lines_of
from .settings import Setting, voice_of
from .spans import Span, best, candidates_in, judge, ranges
from .stretches import Stretch, stretches, trimmed
from .times import document_date, times
from .voice import Part, Piece, Quotations, Voices
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
_MEMORY: Final = 10_000
"""So many settings are remembered."""
_FUTURE: Final = int(Flag.FUTURE_AUXILIARY)
_NONASSERTIVE: Final = "nonassertive"
_UNASSERTED: Final = ("negated", "hypothetical", "question")
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
    """A piece that is looked at, and what the models see of it."""

    part: Part
    piece: Piece
    seen: Seen


class Models:
    """The models of a language."""

    def __init__(self, folder: Path) -> None:
        self.edges: Final = edges(folder)
        self.judge: Final = judge(folder)
        self.kinds: Final = kinds(folder)
        self.debates: Final = check_worthiness.load(folder)
        self._cues: Final = knowledge(folder).cues
        self._settings: Final[dict[tuple[str | None, ...], tuple[int, int, int, int, int]]] = {}

    def setting(self, quote: Quote | None, cue: str) -> Setting:
        """Whose words those of a quotation are, and what that weighs; many quotations are alike in it.

        Args:
            quote: none for the document's own voice.
            cue: the first word of the cue, in small letters.
        """
        classes = self._cues.get(cue, frozenset())
        key = (cue,) if quote is None else (cue, quote.kind, quote.modality, quote.layout, quote.cue_lemma)
        weighed = self._settings.get(key)
        if weighed is None:
            if len(self._settings) >= _MEMORY:
                self._settings.clear()
            weighed = self._settings[key] = (
                *self.edges.of_setting(quote),
                self.judge.of_setting(quote, classes),
                self.kinds.of_setting(quote, classes),
            )
        return Setting(quote, classes, voice_of(quote), *weighed)


@functools.cache
def models_of(folder: Path) -> Models:
    """The models of a language, made once."""
    return Models(folder)


class Search:
    """Reads a text block by block; only the words of the present one are at hand."""

    def __init__(self, document: Document, quotes: Sequence[Quote], folder: Path) -> None:
        self._text = document.text
        self._quotes = quotes
        self._folder = folder
        self._today = document_date(document.metadata)
        self._models = models_of(folder)
        self._lines = lines_of(document.text)
        #: Whether each line is a sentence, and is judged as those of debates are.
        self._transcript = self._lines.whole and self._models.debates.known
        self._settings: dict[int, Setting] = {}
        self._read(Words("", folder), Quotations([]), 0, 0)

    def _read(self, words: Words, quotations: Quotations, start: int, end: int) -> None:
        """Make the words of a block those at hand."""
        self._words = words
        self._voices = Voices(words, quotations, start, end)
        self._scores = check_worthiness.Scores(words.normal, words.weights, self._models.debates)

    def run(self, watch: Watch) -> list[Found]:
        """All claims in text order."""
        quotations = Quotations(self._quotes)
        found: list[Found] = []
        abbreviations = load(self._folder).of_class("abbreviation")
        for start, end, words, sentences in blocks(self._text, self._folder, self._lines, abbreviations):
            self._read(words, quotations, start, end)
            found += self._of_block(sentences, watch)
        return found

    def _of_block(self, sentences: Sequence[Sentence], watch: Watch) -> list[Found]:
        """The claims of some sentences: the edges in all of them are judged in one go."""
        starts = self._words.starts
        looked: list[tuple[int, Sentence, list[Looked]]] = []
        count = 0
        for sentence in sentences:
            progress(starts[sentence[0]])
            pieces = self._looked(sentence)
            if pieces:
                looked.append((count, sentence, pieces))
                count += len(pieces)
        found: list[Found] = []
        if looked:
            self._strip = self._models.edges.strip([piece.seen for _, _, pieces in looked for piece in pieces])
            places = self._strip.at
            for number, sentence, pieces in looked:
                try:
                    found += self._of_sentence(sentence, pieces, places[number : number + len(pieces)])
                except Exception:
                    # Only what fails pays for being watched.
                    with watch.over(starts[sentence[0]]):
                        raise
        return found

    def _looked(self, sentence: Sentence) -> list[Looked]:
        """The pieces of a sentence that may hold a claim: in prose those in which somebody asserts something."""
        parts = self._voices.parts(sentence)
        if self._transcript:
            score = self._scores.score([sentence])
            return [] if score.claim < TRANSCRIPT and score.check_worthiness < UNWORTHY else list(map(self._seen, parts))
        if self._asks(sentence):
            return []
        # A question may lie within its marks, and what is around it is none.
        raw = self._words.raw
        return [self._seen(part) for part in parts if raw[part.runs[-1][1] - 1] != "?" and self._asserts(part.quote)]

    def _asks(self, sentence: Sentence) -> bool:
        words, mark = self._words, sentence[1] - 1
        if words.raw[mark] != "?":
            return False
        end = words.ends[mark]
        return self._text[end : end + 1] not in MARKS

    def _seen(self, part: Part) -> Looked:
        piece = Piece(part, self._words, self._voices.cues)
        return Looked(part, piece, self._models.edges.seen(piece, self._words, self._voices.sources, self._setting(part.quote)))

    def _setting(self, number: int) -> Setting:
        """Whose words those of a quotation are, -1 for the document's own; worked out once for each."""
        known = self._settings.get(number)
        if known is None:
            quote = self._quotes[number] if number >= 0 else None
            cue = (
                self._text[quote.cue[0].start : quote.cue[0].end].lower().split(" ")[0] if quote is not None and quote.cue else ""
            )
            known = self._settings[number] = self._models.setting(quote, cue)
        return known

    def _of_sentence(self, sentence: Sentence, pieces: list[Looked], places: list[int]) -> list[Found]:
        """The claims of a sentence; ``places`` are those of its pieces in the strip."""
        if self._transcript:
            return self._of_line(sentence, pieces, places)
        return [
            found
            for looked, at in zip(pieces, places, strict=True)
            for span, worth in self._claims(looked, at)
            if (found := self._described(looked, span, span.claim, worth)) is not None
        ]

    def _of_line(self, sentence: Sentence, pieces: list[Looked], places: list[int]) -> list[Found]:
        """The claims of a sentence of a transcript, which is judged as a whole; where no part of it looks like a claim, all of it is one."""
        score = self._scores.score([sentence])
        claims: list[Found | None] = []
        for looked, at in zip(pieces, places, strict=True):
            if self._asserts(looked.part.quote):
                for span, _ in self._claims(looked, at):
                    worth = self._scores.score(ranges(looked.piece.tokens, (span.begin, span.end))).check_worthiness
                    claims.append(self._described(looked, span, score.claim, min(worth, score.check_worthiness)))
        found = [claim for claim in claims if claim is not None]
        if found:
            # The sentence deserves what it does for one of its claims.
            max(found, key=lambda claim: claim.worth).worth = check_worthiness.logistic(score.check_worthiness)
        else:
            whole = max(pieces, key=lambda looked: sum(stop - start for start, stop in looked.part.runs))
            span = Span(0, len(whole.piece.tokens), score.claim)
            claim = self._described(whole, span, score.claim, score.check_worthiness)
            found = [] if claim is None else [claim]
        return found

    def _claims(self, looked: Looked, at: int) -> list[tuple[Span, int]]:
        """The spans of a piece that are claims, each with its sum for deserving a check."""
        seen, tokens = looked.seen, looked.piece.tokens
        places = candidates_in(self._strip, at, len(tokens))
        if not places:
            return []
        judge, scores = self._models.judge, self._scores
        of_voice = scores.total(looked.part.runs)
        spans = best(judge.spans(self._strip, at, seen, places, of_voice, REPORTED), REPORTED)
        if not self._models.debates.known:
            return [(span, judge.worth(span, of_voice, 0)) for span in spans]
        return [(span, judge.worth(span, of_voice, scores.total(ranges(tokens, (span.begin, span.end))))) for span in spans]

    def _asserts(self, quote: int) -> bool:
        """Whether who is quoted asserts what is reported; the document itself does."""
        if quote < 0:
            return True
        return _NONASSERTIVE not in self._setting(quote).cue and self._quotes[quote].modality not in _UNASSERTED

    def _described(self, looked: Looked, span: Span, claim: int, worth: int) -> Found | None:
        """The claim of a span with all that is said of it; none where it holds no word.

        Args:
            looked: where it stands.
            span: its words.
            claim, worth: the sums for being one, and for deserving a check.
        """
        piece, setting = looked.piece, looked.seen.setting
        begin, end = trimmed(piece, span.begin, span.end)
        spans = stretches(self._words, piece, begin, end)
        if not spans:
            return None
        flags = piece.flags[begin:end]
        numbers, when = self._measured(piece, begin, end, spans)
        found = Found(spans, self._models.kinds.kind_of(looked.seen.signs[begin:end], setting, numbers, len(when)), setting.quote)
        found.modality, found.negated = modality_of(flags, piece.flags[max(0, begin - _BEFORE) : begin], setting.quote)
        found.quantities, found.times = numbers, when
        found.worth = check_worthiness.logistic(worth)
        found.confidence = check_worthiness.logistic(claim)
        found.reasons = self._reasons(looked, begin, end)
        return found

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
        found = {one.normal: one.telling for one in looked.seen.signs[begin:end] if one.telling}
        return sorted(found, key=lambda word: (-found[word], word))[:_TOLD]

    def _near(self, piece: Piece, begin: int, end: int, spans: list[Stretch], flag: int) -> list[Stretch]:
        """What of ``spans`` is near the words with a flag: few words belong to a time or a number, and patterns for them are slow."""
        marked = [at for at in range(begin, end) if piece.flags[at] & flag]
        low = piece.tokens[max(begin, marked[0] - _AROUND[0])]
        high = piece.tokens[min(end - 1, marked[-1] + _AROUND[1])]
        begins = self._words.starts[low] if low >= 0 else 0
        ends = self._words.ends[high] if high >= 0 else len(self._text)
        return [(max(start, begins), min(stop, ends)) for start, stop in spans if start < ends and begins < stop]
