"""The order of the search for claims in one document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from quoteminer import Document, Quantity, Quote, Time

from .. import lexicon as quotation_lexicon
from . import worth
from .clauses import Clause, clauses, groups, whole
from .fiction import is_fiction
from .kinds import kind_of, modality_of
from .lexicon import Flag, word_list
from .quantities import quantities
from .sentences import lines_are_whole, sentences
from .times import document_date, times
from .voice import Piece, Voices
from .words import BREAK, COMMA, HOLE, MARK, STOP, Words, union_of

#: How likely a sentence must be a claim. In a transcript that is all there is to go by.
TRANSCRIPT: Final = 0.4
#: In prose, by voice: least probability of a claim, and least check-worthiness. What is reported at second hand was worth reporting.
INDIRECT: Final = (0.1, 0.0)
DIRECT: Final = (0.6, 0.1)
OWN: Final = (0.5, 0.3)
#: What is to come, in the document's own voice; debates, from which the weights were learned, promise rather than announce.
ANNOUNCED: Final = (0.3, 0.05)
_FUTURE: Final = int(Flag.FUTURE)
_ING, _NUMBER = int(Flag.ING), int(Flag.NUMBER)
_BACKGROUND: Final = frozenset(["after", "because"])
#: So many words a claim has at least before what trails behind it is cut off.
_SHORTEST: Final = 5
_FEW: Final = 10
_MEASURES: Final = frozenset(["%", "dollar", "euro", "pound", "tonne", "percentage point", "crown", "yen"])
_NO_CLAIM: Final = frozenset(["deny", "ask", "wonder", "urge", "demand", "call", "recommend"])
_SKIPPED: Final = int(Flag.COORDINATOR)


class Found:
    """One claim before it becomes public."""

    __slots__ = ("confidence", "kind", "modality", "negated", "quantities", "quote", "reasons", "rule", "spans", "times", "worth")

    def __init__(self, spans: list[tuple[int, int]], kind: str, quote: Quote | None) -> None:
        self.spans = spans
        self.kind = kind
        self.quote = quote
        self.modality = "asserted"
        self.negated = False
        self.quantities: list[Quantity] = []
        self.times: list[Time] = []
        self.worth = 0.0
        self.confidence = 0.0
        self.rule = ""
        self.reasons: tuple[str, ...] = ()


def find(document: Document, quotes: Sequence[Quote], language: str) -> list[Found]:
    """All claims of a document, in text order."""
    return list(_Search(document, quotes, language).run())


class _Search:
    def __init__(self, document: Document, quotes: Sequence[Quote], language: str) -> None:
        self._text = document.text
        self._quotes = quotes
        self._language = language
        self._today = document_date(document.metadata)
        self._words = Words(document.text, language)
        self._verbs = quotation_lexicon.load(language).verbs
        self._pledging = word_list(language, "pledge_cue")
        self._nominal = word_list(language, "nominal_cue")
        self._model = worth.load(language)
        self._fiction = is_fiction(document.text, quotes)
        self._transcript = lines_are_whole(self._words)

    def run(self) -> Iterator[Found]:
        if self._fiction:
            return
        abbreviations = quotation_lexicon.load(self._language).abbreviations
        voices = Voices(self._words, self._quotes)
        for sentence in sentences(self._words, abbreviations, whole=self._transcript):
            pieces = list(voices.pieces(sentence))
            if self._transcript:
                yield from self._of_line(pieces, sentence)
            else:
                for piece in pieces:
                    yield from self._of_piece(piece)

    def _of_line(self, pieces: list[Piece], sentence: tuple[int, int]) -> Iterator[Found]:
        """The claims of a sentence of a transcript, which is judged as a whole; what no clause is found in is one claim."""
        first, last = sentence
        kept = [i for i in range(first, last) if not self._words.flags[i] & MARK]
        if not kept:
            return
        normal, flags = [self._words.normal[i] for i in kept], [self._words.flags[i] for i in kept]
        score = worth.score(normal, flags, self._model)
        probability = worth.logistic(score.claim)
        # What deserves a check is a claim, whatever else it looks like.
        if probability < TRANSCRIPT and worth.logistic(score.worth) < 0.5:
            return
        found = [claim for piece in pieces for claim in self._clauses_of(piece, score, probability)]
        if found:
            # The sentence deserves what it does for one of its claims.
            max(found, key=lambda claim: claim.worth).worth = worth.logistic(score.worth)
        if not found:
            piece = max(pieces, key=lambda piece: len(piece.tokens))
            piece.numeric = True
            spans = self._spans(piece, whole(piece))
            if spans:
                found = [self._described(piece, whole(piece), spans, score, probability)]
        yield from found

    def _of_piece(self, piece: Piece) -> Iterator[Found]:
        if self._words.raw[piece.sentence[1] - 1] == "?" or (piece.words and piece.words[-1] == "?"):
            return
        quote = self._quote(piece)
        score = worth.score(piece.normal, piece.flags, self._model)
        probability = worth.logistic(score.claim)
        least = OWN if quote is None else DIRECT if quote.kind == "direct" else INDIRECT
        if quote is None and union_of(piece.flags) & _FUTURE:
            least = ANNOUNCED
        if probability >= least[0] and worth.logistic(score.worth) >= least[1]:
            yield from self._clauses_of(piece, score, probability)

    def _quote(self, piece: Piece) -> Quote | None:
        return self._quotes[piece.quote] if piece.quote >= 0 else None

    def _clauses_of(self, piece: Piece, score: worth.Score, probability: float) -> Iterator[Found]:
        quote = self._quote(piece)
        if self._cue(quote) in _NO_CLAIM or (quote is not None and quote.modality in ("negated", "hypothetical", "question")):
            return
        found = clauses(piece)
        several = len(found) > 1
        piece.numeric = bool(union_of(piece.flags) & _NUMBER) or "-" in "".join(piece.words)
        if not found and quote is not None and quote.kind != "direct" and self._cue(quote) in self._nominal:
            found = [whole(piece)]
        for clause in found:
            if not piece.cues or _free_of_cues(piece, clause):
                spans = self._spans(piece, clause)
                if not spans:
                    continue
                claim = self._described(piece, clause, spans, score, probability)
                if several:
                    own = worth.score(
                        [piece.normal[i] for i in clause.positions], [piece.flags[i] for i in clause.positions], self._model
                    )
                    claim.worth = min(claim.worth, worth.logistic(own.worth))
                yield claim

    def _cue(self, quote: Quote | None) -> str:
        if quote is None or not quote.cue:
            return ""
        word = self._text[quote.cue[0].start : quote.cue[0].end].lower().split(" ")[0]
        verb = self._verbs.get(word)
        return verb.lemma if verb is not None else word

    def _described(
        self, piece: Piece, clause: Clause, spans: list[tuple[int, int]], score: worth.Score, probability: float
    ) -> Found:
        quote = self._quote(piece)
        future = bool(union_of(piece.flags[clause.group.start : clause.group.end]) & _FUTURE)
        when: list[Time] = []
        if _any_within(self._words.dated, spans):
            when = times(self._text, spans, self._language, self._today, future=future)
        numbers: list[Quantity] = []
        if piece.numeric and _any_within(self._words.numbered, spans):
            numbers = quantities(self._text, spans, self._language, [(time.span.start, time.span.end) for time in when])
        kind = kind_of(
            piece, clause, quantity=any(map(_weighty, numbers)), cue=self._cue(quote), own=quote is None, pledging=self._pledging
        )
        found = Found(spans, kind, quote)
        found.modality, found.negated = modality_of(piece, clause, quote.modality if quote is not None else "asserted")
        found.quantities, found.times = numbers, when
        found.worth = worth.logistic(score.worth)
        found.confidence = probability
        found.rule = clause.kind
        found.reasons = tuple(score.reasons())
        return found

    def _spans(self, piece: Piece, clause: Clause) -> list[tuple[int, int]]:
        """The words of a clause as stretches of the text, without connectors and punctuation at the edges."""
        flags, tokens = piece.flags, piece.tokens
        starts, ends, token_flags = self._words.starts, self._words.ends, self._words.flags
        positions = _core(piece, clause)
        while (
            positions
            and flags[positions[0]] & (COMMA | STOP | HOLE | _SKIPPED)
            or (positions and not flags[positions[0]])
            or (positions and piece.words[positions[0]] == "that" and positions[0] + 1 < clause.group.start)
        ):
            positions = positions[1:]
        while positions and (
            flags[positions[-1]] & (COMMA | STOP | HOLE)
            or not flags[positions[-1]]
            or self._words.raw[tokens[positions[-1]]][0] == "\n"
        ):
            positions = positions[:-1]
        firsts: list[int] = []
        lasts: list[int] = []
        before, last = -9, -1
        for position in positions:
            token = tokens[position]
            if token < 0:
                continue
            distance = position - before
            if (distance == 1 and (token == last + 1 or all(token_flags[i] & MARK for i in range(last + 1, token)))) or (
                distance == 2 and firsts and flags[position - 1] & HOLE
            ):
                lasts[-1] = ends[token]
            else:
                firsts.append(starts[token])
                lasts.append(ends[token])
            before, last = position, token
        return [(start, self._closed(start, end)) for start, end in zip(firsts, lasts, strict=True)]

    def _closed(self, start: int, end: int) -> int:
        """The end of a stretch with the closing mark of what it opens: “but not any more” in the words of somebody else."""
        opening, closing = self._text.count("“", start, end), self._text.count("”", start, end)
        if opening > closing:
            at = self._text.find("”", end, end + 2)
            return at + 1 if at >= 0 else end
        return end


def _any_within(offsets: list[int], spans: list[tuple[int, int]]) -> bool:
    at = bisect_left(offsets, spans[0][0])
    return at < len(offsets) and offsets[at] < spans[-1][1]


def _free_of_cues(piece: Piece, clause: Clause) -> bool:
    """Whether a clause says more than who said something.

    A participle with its comma before the clause is cut off; of a reporting clause, what happened before the saying is kept.
    """
    inside = set(clause.positions)
    cues = [position for position in piece.cues if position in inside]
    if not cues:
        return True
    commas = [i for i in range(cues[-1], clause.group.start) if piece.flags[i] & COMMA]
    if commas:
        clause.positions = [i for i in clause.positions if i > commas[0]]
        return True
    following = [i for i in clause.positions if i > cues[-1] and piece.words[i] in _BACKGROUND]
    if not following:
        return False
    group = next((group for group in groups(piece) if group.start > following[0] + 1), None)
    if group is None:
        return False
    clause.positions = [i for i in clause.positions if i > following[0]]
    clause.group, clause.subject = group, range(following[0] + 1, group.start)
    return True


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
            if flags[following] & _ING or apposition:
                return positions[:number]
    return positions


def _weighty(quantity: Quantity) -> bool:
    """Whether a number is the point of a claim; small numbers of things rather describe them ("has two daughters")."""
    return quantity.value is not None and (abs(quantity.value) > _FEW or quantity.value % 1 != 0 or quantity.unit in _MEASURES)
