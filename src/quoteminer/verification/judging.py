"""From the places of its parts to the verdict on a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from ..document import Document
from ..spans import Span
from .alignment import ADDED, CHANGED, DROPPED, MATCH, Step
from .changes import Texts, changes, ended, interjected, left_out
from .findings import Change, Match
from .folding import BREAK, GAP, WILD, Words, fold_quotation
from .lexicon import Lexicon, Lexicons
from .search import Place, Sources
from .surroundings import before_it, behind_it

#: From this share of its words on, a quotation stands in a source, if altered.
_FOUND: Final = 0.6
#: In the words of whoever is named, so much of a quotation is enough to say that it is a garbled one, and not invented.
GARBLED: Final = 0.4
#: Parts around an ellipsis are near each other within so many words.
_NEAR: Final = 120
#: So many words that no ellipsis stands for make two places of one.
_MOST_DROPPED: Final = 12
#: What is left of a quotation is looked for elsewhere when it has so many words, and so much weight.
_LEAST_REST: Final = 3
#: A sentence of so many words is enough if it stands there as it is.
_LEAST_SENTENCE: Final = 2
_LEAST_WEIGHT: Final = 2.0
_ELSEWHERE: Final = 0.8
#: So many places are looked at with all parts, and those that are as good as the best.
_CLOSELY: Final = 3
#: So much better must the places of several pieces be than one place, to go before it.
_SPLICED: Final = 0.2
#: What an ellipsis leaves out is said to change the quotation from this weight on.
_TELLING: Final = 0.4
_FINAL: Final = ".!?…"
_OPENING: Final = " \u00a0\u202f\n“”„\"«»‹›‘’‚'[("
_SENTENCE_END: Final = re.compile("[.!?…\n]")
_CLAUSE_END: Final = re.compile("[.!?…\n,;:–—(]")
#: Code points of the article beside a quotation that are looked at.
_CONTEXT: Final = 160


@attrs.frozen(eq=False)
class Part:
    """Words of the quotation between two gaps.

    Attributes:
        first, last: numbers of its words, ``last`` behind the last.
        marked: whether an ellipsis stands before it.
        free: whether nothing says that it follows at once on the part before: an ellipsis, or the end of a sentence before words of the article.
    """

    first: int
    last: int
    marked: bool
    free: bool

    @property
    def own(self) -> bool:
        """Whether it is a sentence of its own behind an interruption ("“…,” she said. “…”"), which may have been said anywhere."""
        return self.free and not self.marked


@attrs.frozen(eq=False)
class Placed:
    """Where all of a quotation stands.

    Attributes:
        score: share of the words that stand there.
        spliced: whether the pieces come from places that are not one.
        changes: the differences.
        matches: the places, without speakers.
    """

    score: float
    spliced: bool
    changes: tuple[Change, ...]
    matches: tuple[Match, ...]

    @property
    def exact(self) -> bool:
        """Whether it stands there word for word."""
        return not self.spliced and not any(not change.marked or change.weight >= _TELLING for change in self.changes)


def parts_of(words: Words, text: str) -> list[Part]:
    """The parts of a quotation."""
    cuts = [place for place in range(len(words)) if words.flags[place] & GAP]
    bounds = sorted({0, *cuts, len(words)})
    parts = []
    for first, last in zip(bounds, bounds[1:], strict=False):
        flags = words.flags[first]
        soft = bool(flags & BREAK) and bool(flags & GAP)
        between = text[words.ends[first - 1] : words.starts[first]] if first else ""
        ended = soft and (any(sign in between[:3] for sign in _FINAL) or _begins_anew(between, text[words.starts[first]]))
        marked = bool(first) and bool(flags & GAP) and not soft
        parts.append(Part(first, last, marked, marked or ended))
    return parts


def _begins_anew(between: str, letter: str) -> bool:
    """Whether the words that interrupt a quotation end a sentence, so that another begins behind them: ",” she said. “We …"."""
    return letter.isupper() and between.rstrip(_OPENING).endswith(tuple(_FINAL))


class Placing:
    """Finds where quotations stand.

    Args:
        sources: what they are held against.
        lexicons: of all languages.
    """

    def __init__(self, sources: Sources, lexicons: Lexicons) -> None:
        self._sources = sources
        self._lexicons = lexicons

    def places(self, words: Words, article: Document, lexicon: Lexicon, least: float = _FOUND) -> list[Placed]:
        """The places of a quotation, the best first; empty when it stands nowhere.

        Args:
            least: share of its words that must stand there.
        """
        if not len(words):
            return []
        parts = parts_of(words, article.text)
        main = max(parts, key=lambda part: self._sources.weight(words.keys[part.first : part.last], lexicon))
        found: list[Placed] = []
        for place in self._sources.find(words, main.first, main.last, lexicon):
            if len(found) >= _CLOSELY and place.score < found[0].score:
                break
            placed = self._around(place, parts, main, words, article, lexicon, least)
            if placed is not None:
                found.append(placed)
        found.sort(key=lambda one: (_SPLICED * one.spliced - one.score, len(one.changes)))
        return found

    def _around(
        self, place: Place, parts: Sequence[Part], main: Part, words: Words, article: Document, lexicon: Lexicon, least: float
    ) -> Placed | None:
        """The other parts around the place of the main one."""
        pieces: dict[int, list[Place]] = {}
        spliced = False
        at = parts.index(main)
        own = self._pieces(place, main, words, article, lexicon, least)
        if own is None:
            return None
        pieces[at] = own
        spliced = len(own) > 1
        for direction in (1, -1):
            edge = own
            number = at + direction
            while 0 <= number < len(parts):
                part = parts[number]
                near = self._near(part, edge, direction, words, lexicon)
                placed = None if near is None else [near]
                if placed is None:
                    placed, apart = self._elsewhere(part, words, lexicon)
                    later = part if direction > 0 else parts[number + 1]
                    spliced = spliced or (apart and not later.own)
                if placed:
                    pieces[number] = placed
                    edge = placed
                number += direction
        return self._judged(pieces, parts, spliced, words, article, lexicon, least)

    def _near(self, part: Part, edge: Sequence[Place], direction: int, words: Words, lexicon: Lexicon) -> Place | None:
        """A part in the words behind or before its neighbour."""
        size = part.last - part.first
        reach = _NEAR + 2 * size + 5
        if direction > 0:
            low = max(piece.last for piece in edge)
            high = low + reach
        else:
            high = min(piece.first for piece in edge)
            low = high - reach
        place = self._sources.place(words, part.first, part.last, edge[0].source, low, high, lexicon)
        if place.score < _FOUND:
            return None
        gap = place.first - low if direction > 0 else high - place.last
        return place if gap <= _NEAR else None

    def _elsewhere(self, part: Part, words: Words, lexicon: Lexicon) -> tuple[list[Place] | None, bool]:
        """A part that does not stand near the others; whether it was found."""
        found = self._sources.find(words, part.first, part.last, lexicon)
        if found and found[0].score >= _ELSEWHERE:
            return [found[0]], True
        return None, False

    @staticmethod
    def _is_sentence(low: int, high: int, part: Part, words: Words, article: Document) -> bool:
        """Whether words at the beginning or end of a part are parted from the rest of it as a sentence is."""
        at = high if low == part.first else low
        return bool(_SENTENCE_END.search(article.text, words.ends[at - 1], words.starts[at]))

    def _pieces(
        self, place: Place, part: Part, words: Words, article: Document, lexicon: Lexicon, least: float
    ) -> list[Place] | None:
        """A place as it is, or as several where words of it stand elsewhere; ``None`` when too little of it stands there."""
        if place.exact:
            return [place]
        cut = self._cut_at_leaps(place)
        if len(cut) > 1:
            return cut
        first, last = self._best(place, words, lexicon)
        pieces = [place]
        for low, high in ((part.first, first), (last, part.last)):
            telling = high - low >= _LEAST_REST and self._sources.weight(words.keys[low:high], lexicon) >= _LEAST_WEIGHT
            # A sentence of few words that stands elsewhere as it is was said there, too: "It's safe."
            if not telling and not (high - low >= _LEAST_SENTENCE and self._is_sentence(low, high, part, words, article)):
                continue
            here = sum(step.kind == MATCH for step in place.steps if low <= step.quoted < high)
            found = self._sources.find(words, low, high, lexicon)
            least_found = _LEAST_REST - 1 if telling else high - low - 1
            if not found or found[0].score < (_ELSEWHERE if telling else 1.0) or found[0].matched <= max(here, least_found):
                continue
            pieces[0] = Place(
                place.source,
                tuple(
                    step
                    for step in pieces[0].steps
                    if not low <= step.quoted < high and (step.kind != DROPPED or first <= step.quoted < last)
                ),
                1.0,
            )
            pieces.append(found[0])
        if len(pieces) > 1:
            pieces.sort(key=lambda piece: piece.steps[0].quoted)
            return pieces
        return [place] if place.score >= least else None

    def _cut_at_leaps(self, place: Place) -> list[Place]:
        """The place in pieces, cut where so many words are left out that they are two places."""
        document, words = self._sources.documents[place.source], self._sources.words(place.source)
        lexicon = self._lexicons.of(document.language)
        texts = Texts(document, words, document, words, lexicon, lexicon)
        pieces: list[list[Step]] = [[]]
        run: list[Step] = []
        for step in place.steps:
            if step.kind == DROPPED:
                run.append(step)
                continue
            if len(run) > _MOST_DROPPED and _has_words(pieces[-1]) and not interjected(run[0].source, run[-1].source + 1, texts):
                pieces.append([])
            else:
                pieces[-1] += run
            run = []
            pieces[-1].append(step)
        if len(pieces) == 1:
            return [place]
        return [Place(place.source, tuple(steps), place.score) for steps in pieces if _has_words(steps)]

    def _best(self, place: Place, words: Words, lexicon: Lexicon) -> tuple[int, int]:
        """The stretch of the quotation that stands there best."""
        best = total = 0.0
        begin = 0
        found = (place.steps[0].quoted, place.steps[0].quoted)
        for number, step in enumerate(place.steps):
            if step.kind == DROPPED:
                gain = -0.1
            else:
                weight = self._sources.weight([words.keys[step.quoted]], lexicon)
                gain = weight if step.kind == MATCH else 0.0 if words.flags[step.quoted] & WILD else -weight
            if total <= 0:
                total, begin = 0.0, number
            total += gain
            if total > best:
                best = total
                found = (place.steps[begin].quoted, step.quoted + 1)
        return found

    def _judged(
        self,
        pieces: dict[int, list[Place]],
        parts: Sequence[Part],
        spliced: bool,
        words: Words,
        article: Document,
        lexicon: Lexicon,
        least: float,
    ) -> Placed | None:
        good = 0.0
        differences: list[Change] = []
        row: list[Place] = []
        for number, part in enumerate(parts):
            placed = pieces.get(number)
            if placed is None:
                # Words that stand nowhere.
                texts = self._texts(article, words, pieces, lexicon)
                differences += changes([Step(ADDED, place, 0) for place in range(part.first, part.last)], texts)
                continue
            for place in placed:
                texts = self._between(article, words, place.source, lexicon)
                if row:
                    apart, found = _joint(row[-1], place, part, texts, within=place is not placed[0])
                    spliced = spliced or apart
                    differences += found
                differences += changes(ended(place.steps, texts), texts)
                good += self._sources.weight([words.keys[one] for one in _counted(place.steps, words)], lexicon)
                row.append(place)
        if row and not spliced:
            differences += self._around_it(row, words, article, lexicon)
        total = self._sources.weight(words.keys, lexicon)
        score = good / total if total else 0.0
        matches = tuple(self._match(place, words) for place in row if place.matched)
        if score < least or not matches:
            return None
        return Placed(score, spliced, tuple(differences), matches)

    def _around_it(self, row: Sequence[Place], words: Words, article: Document, lexicon: Lexicon) -> Iterator[Change]:
        """What the sentence of the source says around words that the article sets as a sentence: "I never said that it would work"."""
        first, last = row[0], row[-1]
        texts = self._between(article, words, first.source, lexicon)
        begin, end = first.steps[0], last.steps[-1]
        text = article.text
        if begin.kind == MATCH and not words.flags[begin.quoted] & GAP:
            start = words.starts[begin.quoted]
            for change in before_it(first.first, texts, whole=text[start].isupper()):
                if not self._says(change, article, max(0, start - _CONTEXT), start, lexicon, last=True):
                    yield change
        texts = self._between(article, words, last.source, lexicon)
        if end.kind == MATCH and not self._goes_on(text, words.ends[end.quoted]):
            stop = words.ends[end.quoted]
            for change in behind_it(last.last, texts, [step.quoted for step in last.steps]):
                if not self._says(change, article, stop, min(len(text), stop + _CONTEXT // 2), lexicon, last=False):
                    yield change

    @staticmethod
    def _says(change: Change, article: Document, start: int, stop: int, lexicon: Lexicon, *, last: bool) -> bool:
        """Whether the article itself has such a word beside the quotation: a negation in the same clause, a condition in the same sentence."""
        if start >= stop:
            return False
        beside = article.text[start:stop]
        parts = (_CLAUSE_END if change.kind == "negation" else _SENTENCE_END).split(beside)
        part = parts[-1] if last else parts[0]
        begin = stop - len(part) if last else start
        if not part.strip():
            return False
        if change.source_words.casefold() in part.casefold():
            return True
        words = fold_quotation(article.text, [Span(begin, begin + len(part))], lexicon)
        return any(lexicon.kind(key) == change.kind for key in words.keys)

    @staticmethod
    def _goes_on(text: str, end: int) -> bool:
        """Whether an ellipsis at the end says that the source goes on."""
        return text[end : end + 4].lstrip(" [(").startswith(("…", ".."))

    def _texts(self, article: Document, words: Words, pieces: dict[int, list[Place]], lexicon: Lexicon) -> Texts:
        source = next(iter(pieces.values()))[0].source
        return self._between(article, words, source, lexicon)

    def _between(self, article: Document, words: Words, source: int, lexicon: Lexicon) -> Texts:
        document = self._sources.documents[source]
        return Texts(article, words, document, self._sources.words(source), lexicon, self._lexicons.of(document.language))

    def _match(self, place: Place, words: Words) -> Match:
        ours = [step.quoted for step in place.steps if step.kind in (MATCH, CHANGED)]
        document = self._sources.documents[place.source]
        there = self._sources.words(place.source)
        return Match(document.id, there.span(place.first, place.last), words.span(ours[0], ours[-1] + 1))


def _joint(before: Place, place: Place, part: Part, texts: Texts, *, within: bool) -> tuple[bool, list[Change]]:
    """Whether two places that follow each other in the quotation are not one in the source, and what it changes that they do not follow there.

    Args:
        part: that the second place is of.
        within: whether the first is of it as well.
    """
    if part.own and not within:
        return False, []
    if before.source != place.source:
        return True, []
    gap = place.first - before.last
    if gap < 0:
        return True, [_order(place, texts)] if -gap <= _NEAR + len(texts.quoted) else []
    if gap == 0 or interjected(before.last, place.first, texts):
        return False, []
    if gap > _NEAR:
        return True, []
    if within:
        return False, []
    missed = list(left_out(before.last, place.first, texts, marked=part.marked)) if part.marked or not part.free else []
    return not part.free and gap > _MOST_DROPPED, missed


def _counted(steps: Sequence[Step], words: Words) -> Iterator[int]:
    """The words of the quotation that stand there, or that whoever quotes has put in."""
    for step in steps:
        if step.kind == MATCH or (step.kind != DROPPED and words.flags[step.quoted] & WILD):
            yield step.quoted


def _order(place: Place, texts: Texts) -> Change:
    ours = [step.quoted for step in place.steps if step.kind in (MATCH, CHANGED)]
    span = texts.quoted.span(ours[0], ours[-1] + 1)
    source_span: Span = texts.words.span(place.first, place.last)
    return Change(
        "order",
        words=" ".join(texts.article[span].split()),
        source_words=" ".join(texts.source[source_span].split()),
        span=span,
        source_span=source_span,
        weight=0.6,
    )


def _has_words(steps: Sequence[Step]) -> bool:
    return any(step.kind == MATCH for step in steps)
