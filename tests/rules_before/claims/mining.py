"""The order of the search for claims in one document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from quoteminer import ClaimKind, ClaimModality, Document, Quantity, Quote, Time
from quoteminer.text import progress

from .. import lexicon as quotation_lexicon
from ..blockwise import UNWATCHED, Watch
from . import worth
from .clauses import Clause, clauses, whole
from .fiction import is_fiction
from .kinds import Traits, kind_of, modality_of
from .lexicon import Flag, word_list
from .quantities import quantities
from .sentences import sentences
from .times import document_date, times
from .verb_groups import Verbs
from .voice import Part, Piece, Run, Voices
from .words import BREAK, COMMA, COUNTED, DATED, HOLE, LINE, MARKS, STOP, Words, union_of

#: How likely a sentence must be a claim, as the least sum of weights in hundredths. In a transcript that is all there is to go by.
TRANSCRIPT: Final = 25
#: The least sum of weights for deserving a check, which makes a sentence of a transcript a claim whatever else it looks like.
UNWORTHY: Final = -200
#: In prose, by voice: the same, and the least sum of weights for deserving a check. What is reported at second hand was worth reporting.
INDIRECT: Final = (-220, -100_000)
DIRECT: Final = (-75, -125)
OWN: Final = (0, -75)
#: The same for what has a number or a time. Debates, from which the weights were learned, know little of what news report.
DIRECT_CONCRETE: Final = (35, -325)
OWN_CONCRETE: Final = (-100, -350)
#: The same for what is to come, or what a law says; no other limits are lower.
COMING: Final = (-100, -400)
#: Of what is said in debates about one sentence in five deserves a check, of the claims in a report about two in three; there the weights
#: tell them apart less well. By so much their sum is multiplied, and so many hundredths are added.
REPORTED: Final = (0.4, 100)
#: No marks show where indirect speech is. A guess at it that is less sure than this leaves its words to the document, or the assertion around them
#: would be taken for a reporting clause.
UNSURE: Final = 0.4
_FUTURE: Final = int(Flag.FUTURE)
_LAW, _OBLIGATION = int(Flag.LAW), int(Flag.OBLIGATION)
_CONCRETE: Final = DATED | COUNTED
_ING: Final = int(Flag.ING)
_MEASURED: Final = int(Flag.COMPARISON | Flag.NUMBER)
_BACKGROUND: Final = frozenset(["after", "because"])
#: So many words at most belong to a time or a number before and behind the one that shows it: "the last *year*", "*two* percentage points".
_BEFORE, _BEHIND = 2, 3
#: So many words a claim has at least before what trails behind it is cut off.
_SHORTEST: Final = 5
_FEW: Final = 10
#: So many words at least make an assertion without a verb: "announced a pay rise".
_FEWEST: Final = 2
_MEASURES: Final = frozenset(["%", "dollar", "euro", "pound", "tonne", "percentage point", "crown", "yen"])
_NO_CLAIM: Final = frozenset(["deny", "ask", "wonder", "urge", "demand", "call", "recommend"])
_TRAILING: Final = COMMA | STOP | HOLE | LINE
_LEADING: Final = _TRAILING | int(Flag.COORDINATOR)


class Found:
    """One claim before it becomes public."""

    __slots__ = ("confidence", "kind", "modality", "negated", "quantities", "quote", "reasons", "rule", "spans", "times", "worth")

    def __init__(self, spans: list[tuple[int, int]], kind: ClaimKind, quote: Quote | None) -> None:
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
    if is_fiction(document.text, quotes):
        return []
    sure = [quote for quote in quotes if quote.kind == "direct" or quote.confidence >= UNSURE]
    return _Search(document, sure, language).run(watch)


class _Search:
    def __init__(self, document: Document, quotes: Sequence[Quote], language: str) -> None:
        self._text = document.text
        self._quotes = quotes
        self._language = language
        self._today = document_date(document.metadata)
        self._words = Words(document.text, language)
        self._verbs = quotation_lexicon.load(language).verbs
        self._abbreviations = quotation_lexicon.load(language).abbreviations
        self._pledging = word_list(language, "pledge_cue")
        self._nominal = word_list(language, "nominal_cue")
        self._scores = worth.Scores(self._words.normal, self._words.weights, worth.load(language))
        self._transcript = False
        self._lemmas = [self._cue(quote) for quote in quotes]

    def run(self, watch: Watch) -> list[Found]:
        voices = Voices(self._words, self._quotes)
        ranges, self._transcript = sentences(self._words, self._abbreviations)
        starts = self._words.starts
        found: list[Found] = []
        for sentence in ranges:
            progress(starts[sentence[0]])
            with watch.over(starts[sentence[0]]):
                found.extend(self._of_sentence(sentence, voices))
        return found

    def _of_sentence(self, sentence: Run, voices: Voices) -> Iterator[Found]:
        parts = voices.parts(sentence)
        if self._transcript:
            yield from self._of_line(parts, sentence, voices.cues)
        elif not self._asks(sentence):
            for part in parts:
                # A question may lie within its marks, and what is around it is none.
                if self._words.raw[part.runs[-1][1] - 1] != "?":
                    yield from self._of_part(part, voices.cues)

    def _asks(self, sentence: Run) -> bool:
        words, last = self._words, sentence[1] - 1
        if words.raw[last] != "?":
            return False
        end = words.ends[last]
        return self._text[end : end + 1] not in MARKS

    def _of_line(self, parts: list[Part], sentence: Run, cues: list[int]) -> Iterator[Found]:
        """The claims of a sentence of a transcript, which is judged as a whole; what no clause is found in is one claim."""
        score = self._scores.score([sentence])
        if score.claim < TRANSCRIPT and score.worth < UNWORTHY:
            return
        found = [claim for part in parts for claim in self._clauses_of(part, cues, score)]
        if found:
            # The sentence deserves what it does for one of its claims.
            max(found, key=lambda claim: claim.worth).worth = self._worth(score)
        else:
            part = max(parts, key=lambda part: sum(last - first for first, last in part.runs))
            piece = Piece(part, self._words, cues)
            spans = self._spans(piece, whole(piece))
            if spans:
                found = [self._described(piece, part.quote, whole(piece), spans, score, self._scores.reasons(part.runs))]
        yield from found

    def _of_part(self, part: Part, cues: list[int]) -> Iterator[Found]:
        score = self._scores.score(part.runs)
        own = part.quote < 0
        if not own and self._quotes[part.quote].kind != "direct":
            least = INDIRECT
        else:
            union = 0
            if score.claim >= COMING[0] and score.worth >= COMING[1]:
                for first, last in part.runs:
                    union |= union_of(self._words.flags[first:last])
            if union & _FUTURE or (union & _LAW and union & _OBLIGATION):
                least = COMING
            elif union & _CONCRETE:
                least = OWN_CONCRETE if own else DIRECT_CONCRETE
            else:
                least = OWN if own else DIRECT
        if score.claim >= least[0] and score.worth >= least[1]:
            yield from self._clauses_of(part, cues, score)

    def _clauses_of(self, part: Part, cues: list[int], score: worth.Score) -> Iterator[Found]:
        quote = self._quotes[part.quote] if part.quote >= 0 else None
        if quote is not None and (
            self._lemmas[part.quote] in _NO_CLAIM or quote.modality in ("negated", "hypothetical", "question")
        ):
            return
        piece = Piece(part, self._words, cues)
        found = clauses(piece)
        several = len(found) > 1
        if not found and quote is not None and quote.kind != "direct" and self._lemmas[part.quote] in self._nominal:
            if len(piece.words) >= _FEWEST and "things" not in piece.words:
                found = [whole(piece)]
        reasons: list[str] | None = None
        verbs = Verbs(piece)
        for clause in found:
            if not piece.cues or _free_of_cues(piece, clause, verbs):
                spans = self._spans(piece, clause)
                if not spans:
                    continue
                if reasons is None:
                    reasons = self._scores.reasons(part.runs)
                claim = self._described(piece, part.quote, clause, spans, score, reasons)
                if several:
                    own = self._scores.score(_runs(piece, clause))
                    claim.worth = min(claim.worth, self._worth(own))
                yield claim

    def _worth(self, score: worth.Score) -> float:
        if self._transcript:
            return worth.logistic(score.worth)
        factor, summand = REPORTED
        return worth.logistic(score.worth * factor + summand)

    def _cue(self, quote: Quote) -> str:
        if not quote.cue:
            return ""
        word = self._text[quote.cue[0].start : quote.cue[0].end].lower().split(" ")[0]
        verb = self._verbs.get(word)
        return verb.lemma if verb is not None else word

    def _described(
        self, piece: Piece, quote: int, clause: Clause, spans: list[tuple[int, int]], score: worth.Score, reasons: list[str]
    ) -> Found:
        traits = Traits(piece, clause)
        when: list[Time] = []
        if traits.union & DATED:
            near = self._near(piece, clause, traits.flags, spans, DATED)
            when = times(self._text, near, self._language, self._today, future=bool(traits.verbs & _FUTURE))
        numbers: list[Quantity] = []
        if traits.union & COUNTED:
            near = self._near(piece, clause, traits.flags, spans, COUNTED)
            numbers = quantities(self._text, near, self._language, [(time.span.start, time.span.end) for time in when])
        own = quote < 0
        found = Found(
            spans,
            kind_of(
                traits,
                quantity=any(map(_weighty, numbers)),
                number=bool(numbers),
                cue="" if own else self._lemmas[quote],
                own=own,
                direct=not own and self._quotes[quote].kind == "direct",
                pledging=self._pledging,
            ),
            None if own else self._quotes[quote],
        )
        found.modality, found.negated = modality_of(traits, "asserted" if own else self._quotes[quote].modality)
        found.quantities, found.times = numbers, when
        found.worth = self._worth(score)
        found.confidence = worth.logistic(score.claim)
        found.rule = clause.kind
        found.reasons = reasons
        return found

    def _near(
        self, piece: Piece, clause: Clause, flags: list[int], spans: list[tuple[int, int]], flag: int
    ) -> list[tuple[int, int]]:
        """What of ``spans`` is near the words with a flag: few words belong to a time or a number, and patterns for them are slow."""
        marked = [at for at, of_word in enumerate(flags) if of_word & flag]
        positions, tokens = clause.positions, piece.tokens
        first = tokens[positions[max(0, marked[0] - _BEFORE)]]
        last = tokens[positions[min(len(positions) - 1, marked[-1] + _BEHIND)]]
        low = self._words.starts[first] if first >= 0 else 0
        high = self._words.ends[last] if last >= 0 else len(self._text)
        return [(max(start, low), min(end, high)) for start, end in spans if start < high and low < end]

    def _spans(self, piece: Piece, clause: Clause) -> list[tuple[int, int]]:
        """The words of a clause as stretches of the text, without connectors and punctuation at the edges."""
        flags, tokens = piece.flags, piece.tokens
        starts, ends = self._words.starts, self._words.ends
        positions = _core(piece, clause)
        low, high = 0, len(positions)
        while low < high and (
            not flags[positions[low]]
            or flags[positions[low]] & _LEADING
            or (piece.words[positions[low]] == "that" and positions[low] + 1 < clause.group.start)
        ):
            low += 1
        while low < high and (not flags[positions[high - 1]] or flags[positions[high - 1]] & _TRAILING):
            high -= 1
        if low == high:
            return []
        positions = positions[low:high]
        first, last = tokens[positions[0]], tokens[positions[-1]]
        if last - first == len(positions) - 1 == positions[-1] - positions[0] and (
            not piece.holes or min(tokens[positions[0] : positions[-1] + 1]) >= 0
        ):
            return [(starts[first], self._closed(starts[first], ends[last]))]
        firsts: list[int] = []
        lasts: list[int] = []
        before, last = -9, -9
        for position in positions:
            token = tokens[position]
            if token < 0:
                continue
            distance = position - before
            if (distance == 1 and token == last + 1) or (distance == 2 and firsts and flags[position - 1] & HOLE):
                lasts[-1] = ends[token]
            else:
                firsts.append(starts[token])
                lasts.append(ends[token])
            before, last = position, token
        return [(start, self._closed(start, end)) for start, end in map(self._trimmed, firsts, lasts) if start < end]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the ends of lines at its edges, which are tokens too."""
        text = self._text
        while start < end and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        return start, end

    def _closed(self, start: int, end: int) -> int:
        """The end of a stretch with the closing mark of what it opens: “but not any more” in the words of somebody else."""
        opening, closing = self._text.count("“", start, end), self._text.count("”", start, end)
        if opening > closing:
            at = self._text.find("”", end, end + 2)
            return at + 1 if at >= 0 else end
        return end


def _runs(piece: Piece, clause: Clause) -> list[Run]:
    """The words of a clause as ranges of tokens."""
    runs: list[Run] = []
    first, last = -1, -1
    for token in map(piece.tokens.__getitem__, clause.positions):
        if token == last:
            last += 1
        elif token >= 0:
            if first >= 0:
                runs.append((first, last))
            first, last = token, token + 1
    return [*runs, (first, last)] if first >= 0 else runs


def _free_of_cues(piece: Piece, clause: Clause, verbs: Verbs) -> bool:
    """Whether a clause says more than who said something.

    A participle with its comma before the clause is cut off; of a reporting clause, what happened before the saying is kept.
    """
    low, high = bisect_left(piece.cues, clause.positions[0]), bisect_right(piece.cues, clause.positions[-1])
    if high - low > len(clause.positions):
        # A clause of a few words may reach over the cues of a whole block.
        cues = [position for position in clause.positions if _holds(piece.cues, position)]
    else:
        inside = set(clause.positions)
        cues = [position for position in piece.cues[low:high] if position in inside]
    if not cues:
        return True
    commas = [i for i in range(cues[-1], clause.group.start) if piece.flags[i] & COMMA]
    if commas:
        clause.positions = [i for i in clause.positions if i > commas[0]]
        return True
    following = [i for i in clause.positions if i > cues[-1] and piece.words[i] in _BACKGROUND]
    if not following:
        return False
    group = verbs.behind(following[0] + 1)
    if group is None:
        return False
    clause.positions = [i for i in clause.positions if i > following[0]]
    clause.group, clause.subject = group, range(following[0] + 1, group.start)
    return True


def _holds(ordered: list[int], value: int) -> bool:
    at = bisect_left(ordered, value)
    return at < len(ordered) and ordered[at] == value


def _core(piece: Piece, clause: Clause) -> list[int]:
    """The positions of a clause without a label or place before it and without a participle clause that trails behind it."""
    flags, words = piece.flags, piece.words
    positions = clause.positions
    group = clause.group
    labels = [i for i in positions[:8] if flags[i] & BREAK and i < group.start]
    if labels:
        positions = [i for i in positions if i > labels[-1]]
    for number, i in enumerate(positions[:-1]):
        if flags[i] & COMMA and i > group.end and number >= _SHORTEST and positions[number + 1] == i + 1:
            following = i + 1
            apposition = words[following] in ("a", "an", "the") and any(
                words[j] in ("that", "of") for j in positions[number + 2 : number + 7]
            )
            measured = any(flags[j] & _MEASURED for j in positions[number + 1 : number + 10])
            if flags[following] & _ING or (apposition and not measured):
                return positions[:number]
    return positions


def _weighty(quantity: Quantity) -> bool:
    """Whether a number is the point of a claim; small numbers of things rather describe them ("has two daughters")."""
    return quantity.value is not None and (abs(quantity.value) > _FEW or quantity.value % 1 != 0 or quantity.unit in _MEASURES)
