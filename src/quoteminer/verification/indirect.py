"""A report without quotation marks, held against what was said: its content words, names, numbers and negations in one stretch of a source."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import attrs

from ..document import Document
from ..spans import Span
from ..vocabulary import Support
from .changes import WEIGHTS, Texts, is_name
from .findings import Change
from .folding import Words
from .index import word_hash
from .lexicon import Lexicon, Lexicons
from .presence import Presence, chance
from .search import Sources
from .support import Evidence, denied, denies, judged, same_figures
from .wording import FORM, LIKE, Wording

#: Stretches of sources that are looked at closely.
_MOST_PLACES: Final = 6
_MOST_HITS: Final = 200
#: A stretch is so many times as long as the report, and a sentence more.
_LONGER: Final = 2
_SENTENCE: Final = 20
#: A turn of whoever is named goes before other places that say this much more, and one near their quotations beside the report before others.
_OWN: Final = 0.2
_BESIDE: Final = 0.05
#: Turns of whoever is named that are looked at in a source.
_MOST_TURNS: Final = 3
#: What one sentence more must tell of a report to be taken with the others, and one of another paragraph.
_PER_SENTENCE: Final = 0.03
_PER_PARAGRAPH: Final = 0.2
_MOST_SENTENCES: Final = 6
#: With fewer words of its own a report is in every text.
_LEAST_WORDS: Final = 2


Turn = tuple[Span, Span]
"""Where what somebody says begins with the question that it answers, and the turn itself."""


@attrs.frozen(eq=False)
class Supporting:
    """What a source says of a report.

    Attributes:
        support: ``supported``, ``partly``, ``contradicted`` or ``not_found``.
        source: number of the source.
        span: the sentences there.
        coverage: share of the report's words, by how rare they are, that stand there.
        changes: negations and numbers that differ.
        presence: what tells that the report is of this stretch.
        rank: how good it is among the stretches.
        turn: that of whoever is named in which it stands; ``None`` where it was found without regard to who speaks.
        confidence: probability that this is right.
    """

    support: Support
    source: int
    span: Span
    coverage: float
    presence: Presence
    rank: float
    changes: tuple[Change, ...]
    turn: Span | None
    confidence: float


@attrs.frozen(eq=False)
class _Report:
    """A report as it is looked for.

    Attributes:
        content: numbers of the words that any text does not have.
        rare: how much each of these tells.
        wording: which words of a source say one of them.
        beside: where the quotations of whoever is named that stand beside the report are found, each with the number of the source.
        unknown: whether it is not known where whoever is named speaks.
    """

    words: Words
    content: Sequence[int]
    rare: dict[str, float]
    wording: Wording
    beside: Sequence[tuple[int, Span]]
    article: Document
    lexicon: Lexicon
    unknown: bool = False


@attrs.frozen(eq=False)
class _Matched:
    """Sentences of a source, words ``low`` to ``high`` of it, and which words of a report they say.

    Attributes:
        counted: numbers of the words of the report that count.
        found: of each the places in the whole stretch that say it, with how well.
        places: of those that the sentences say, where.
        worth: of these, how well the best place says it.
        coverage: share of the report's words, by how rare they are, that stand there.
        answer: the first word of the turn of whoever is named, where the stretch is one with the question before.
    """

    source: int
    low: int
    high: int
    counted: Sequence[int]
    found: dict[int, dict[int, float]]
    places: Sequence[tuple[int, list[int]]]
    worth: dict[int, float]
    coverage: float
    answer: int | None
    texts: Texts

    @property
    def missing(self) -> list[int]:
        """Words of the report that the sentences do not say."""
        return sorted(set(self.counted) - self.worth.keys())


class Reports:
    """Finds what supports a report.

    Args:
        sources: what it is held against.
        lexicons: of all languages.
    """

    def __init__(self, sources: Sources, lexicons: Lexicons) -> None:
        self._sources = sources
        self._lexicons = lexicons

    def find(
        self,
        words: Words,
        article: Document,
        lexicon: Lexicon,
        turns: Callable[[int], Sequence[Turn]] = lambda source: (),
        beside: Sequence[tuple[int, Span]] = (),
    ) -> list[Supporting]:
        """The stretches of sources that say the most of the report, the best first.

        Args:
            turns: where whoever is named speaks in a source, as far as that is known.
            beside: where the quotations of whoever is named that stand beside the report are found, each with the number of the source.
        """
        content = [place for place, key in enumerate(words.keys) if key not in lexicon.common]
        if not content:
            return []
        rare = {key: self._rarity(key, lexicon) for key in {words.keys[place] for place in content}}
        hits = self._hits(words, content, rare, lexicon)
        report = _Report(words, content, rare, lexicon.wording(rare), beside, article, lexicon)
        stretches = list(self._stretches(report, hits))
        few = range(len(self._sources.documents)) if len(self._sources.documents) <= _MOST_PLACES else ()
        spoken = {source: turns(source) for source in [*(source for source, _, _ in stretches), *few]}
        report = attrs.evolve(report, unknown=not any(spoken.values()))
        found = [
            self._judged(report, source, low, high, turn)
            for source, theirs in spoken.items()
            for low, high, turn in self._turns(report, source, theirs)
        ]
        if len(content) >= _LEAST_WORDS:
            found += [self._judged(report, source, low, high, None) for source, low, high in stretches]
        return sorted(found, key=lambda one: (one.support == "not_found", -one.rank, len(one.changes)))

    def _rarity(self, key: str, lexicon: Lexicon) -> float:
        """How much a word tells: the logarithm of how seldom it, in any of its forms, stands in the sources."""
        index = self._sources.index
        count = sum(index.count(word_hash(form)) for form in lexicon.forms(key))
        return math.log(2 + len(index) / (1 + count))

    def _hits(self, words: Words, content: Sequence[int], rare: dict[str, float], lexicon: Lexicon) -> list[tuple[int, int]]:
        """Where the words stand, in any form: places, each with the number of the word."""
        index = self._sources.index
        hits: list[tuple[int, int]] = []
        for number in sorted(content, key=lambda place: -rare[words.keys[place]]):
            forms = lexicon.forms(words.keys[number])
            count = sum(index.count(word_hash(form)) for form in forms)
            if count > _MOST_HITS and len(hits) > _MOST_HITS:
                continue
            for form in forms:
                hits.extend((place, number) for place in index.places(word_hash(form), _MOST_HITS))
        hits.sort()
        return hits

    def _stretches(self, report: _Report, hits: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """Stretches with many of the words, as number of the source and of the first and last word."""
        index = self._sources.index
        scored = self._scored(report, hits)
        taken: list[tuple[int, int]] = []
        for _, begin, number in sorted(scored, key=lambda one: (-one[0], one[1]))[: 50 * _MOST_PLACES]:
            low, high = hits[begin][0], hits[number][0]
            if any(low <= there[1] and there[0] <= high for there in taken):
                continue
            taken.append((low, high))
            entry = index.entries[index.source(low)]
            yield index.source(low), low - entry.first, high - entry.first + 1
            if len(taken) == _MOST_PLACES:
                return

    def _scored(self, report: _Report, hits: Sequence[tuple[int, int]]) -> list[tuple[float, int, int]]:
        """Of every stretch of some length that ends with a hit, how much the different words in it tell, and its first and last hit."""
        index, rare = self._sources.index, report.rare
        reach = _LONGER * len(report.words) + _SENTENCE
        weight: Counter[int] = Counter()
        scored: list[tuple[float, int, int]] = []
        total, begin, source = 0.0, 0, -1
        for number, (place, quoted) in enumerate(hits):
            at = index.source(place)
            if at != source:
                source, begin, total = at, number, 0.0
                weight.clear()
            weight[quoted] += 1
            if weight[quoted] == 1:
                total += rare[report.words.keys[quoted]]
            while hits[begin][0] < place - reach:
                gone = hits[begin][1]
                weight[gone] -= 1
                if not weight[gone]:
                    total -= rare[report.words.keys[gone]]
                begin += 1
            scored.append((total, begin, number))
        return scored

    def _turns(self, report: _Report, source: int, turns: Sequence[Turn]) -> list[tuple[int, int, Span]]:
        """The turns with the most of the words, as numbers of the first and last word of them and of the question before."""
        words = self._sources.words(source)
        found: list[tuple[float, int, int, Span]] = []
        for asked, turn in turns:
            low, high = bisect_left(words.starts, asked.start), bisect_left(words.starts, turn.end)
            said: dict[str, float] = {}
            for place in range(low, high):
                for key, worth in report.wording.of(words.keys[place]):
                    said[key] = max(worth, said.get(key, 0.0))
            if said:
                told = sum(report.rare[key] * worth for key, worth in said.items())
                found.append((-told, low, high, turn))
        return [(low, high, turn) for _, low, high, turn in sorted(found)[:_MOST_TURNS]]

    def _judged(self, report: _Report, source: int, low: int, high: int, turn: Span | None) -> Supporting:
        """What a stretch of a source says of the report."""
        here = self._matched(report, source, low, high, turn)
        presence = self._presence(report, here)
        changes = list(_contradictions(report.words, here.missing, here.places, here.low, here.high, here.texts))
        support: Support = "not_found"
        confidence = round(1 - presence.probability, 3)
        if presence.likely:
            support, confidence = _support(report, here, changes)
        if support != "contradicted":
            # Other words may deny the same: "nobody will be asked", "we won't ask".
            changes = [change for change in changes if change.kind != "negation"]
        rank = here.coverage + _OWN * presence.own + (_BESIDE * presence.near - _BESIDE * presence.far)
        span = here.texts.words.span(here.low, here.high)
        return Supporting(support, source, span, here.coverage, presence, rank, tuple(changes), turn, confidence)

    def _matched(self, report: _Report, source: int, low: int, high: int, turn: Span | None) -> _Matched:
        """The sentences of a stretch that say the most of the report, and which of its words they say."""
        words, lexicon = report.words, report.lexicon
        document, there = self._sources.documents[source], self._sources.words(source)
        if turn is None:
            low, high = _sentences(low, high, there, document)
        counted = [number for number in report.content if lexicon.kind(words.keys[number]) != "negation"]
        said: dict[str, dict[int, float]] = {}
        for place in range(low, high):
            for key, worth in report.wording.of(there.keys[place]):
                said.setdefault(key, {})[place] = worth
        found = {number: said.get(words.keys[number], {}) for number in counted}
        weights = {number: report.rare[words.keys[number]] for number in counted}
        low, high = self._closest(low, high, found, weights, there, document, turn is not None)
        answer = None
        if turn is not None:
            answer = bisect_left(there.starts, turn.start)
            if high <= answer:
                # What is asked is said by the answer.
                high = _sentences(answer, answer + 1, there, document)[1]
        places = [(number, within) for number in counted if (within := [one for one in found[number] if low <= one < high])]
        worth_of = {number: max(found[number][one] for one in within) for number, within in places}
        total = sum(weights.values())
        coverage = sum(weights[number] * worth for number, worth in worth_of.items()) / total if total else 0.0
        texts = Texts(report.article, words, document, there, lexicon, self._lexicons.of(document.language))
        return _Matched(source, low, high, counted, found, places, worth_of, coverage, answer, texts)

    def _presence(self, report: _Report, here: _Matched) -> Presence:
        """What tells whether the report is of these sentences."""
        span = here.texts.words.span(here.low, here.high)
        size = here.high - here.low
        return Presence(
            here.coverage,
            own=here.answer is not None,
            unknown=report.unknown,
            told=sum(
                self._told(number, within, here.found, here.texts.words, size, report.lexicon) for number, within in here.places
            ),
            forms=sum(worth == FORM for worth in here.worth.values()),
            words=len(here.counted),
            distance=min((_apart(span, other) for number, other in report.beside if number == here.source), default=None),
            beside=bool(report.beside),
        )

    def _told(
        self, number: int, places: Sequence[int], found: dict[int, dict[int, float]], there: Words, size: int, lexicon: Lexicon
    ) -> float:
        """How little likely it is that a word of the report stands by chance in a stretch where it does."""
        index = self._sources.index
        best = max(places, key=found[number].__getitem__)
        worth, key = found[number][best], there.keys[best]
        count = sum(index.count(word_hash(form)) for form in (lexicon.forms(key) if worth > LIKE else lexicon.like(key)))
        return worth * chance(count, len(index), size)

    def _closest(
        self,
        low: int,
        high: int,
        found: dict[int, dict[int, float]],
        weights: dict[int, float],
        words: Words,
        document: Document,
        one_voice: bool,
    ) -> tuple[int, int]:
        """The row of sentences that says the most of the report in the least space.

        Args:
            one_voice: whether all of it is one turn and the question before, so that paragraphs do not part it.
        """
        bounds = [low]
        breaks = [False]
        for place in range(low + 1, high):
            between = document.text[words.ends[place - 1] : words.starts[place]]
            if _ends(between):
                bounds.append(place)
                breaks.append("\n\n" in between)
        bounds.append(high)
        total = sum(weights.values()) or 1.0
        best, chosen = -1.0, (low, high)
        for first in range(len(bounds) - 1):
            said: dict[int, float] = {}
            cost = 0.0
            for last in range(first, min(first + _MOST_SENTENCES, len(bounds) - 1)):
                if last > first:
                    cost += _PER_PARAGRAPH if breaks[last] and not one_voice else _PER_SENTENCE
                start, stop = bounds[last], bounds[last + 1]
                for number, places in found.items():
                    here = max((worth for place, worth in places.items() if start <= place < stop), default=0.0)
                    said[number] = max(here, said.get(number, 0.0))
                worth = sum(weights[number] * share for number, share in said.items()) / total - cost
                if worth > best:
                    best, chosen = worth, (bounds[first], stop)
        return chosen


def _support(report: _Report, here: _Matched, changes: Sequence[Change]) -> tuple[Support, float]:
    """Whether the sentences that the report is of support it, and how sure that is."""
    words, texts, missing = report.words, here.texts, frozenset(here.missing)
    late = here.counted[len(here.counted) // 2 :]
    ours, theirs = denies(words, 0, len(words), report.lexicon), denies(texts.words, here.low, here.high, texts.theirs)
    no = here.answer is not None and _answers_no(here.answer, here.low, here.high, [within for _, within in here.places], texts)
    other_unit = _other_unit(here.places, texts)
    numbers = [change for change in changes if change.kind == "number"]
    return judged(
        Evidence(
            here.coverage,
            late=sum(number in missing for number in late) / len(late) if late else 0.0,
            denied=not ours if no else any(change.kind == "negation" for change in changes),
            one_denies=not ours if no else ours != theirs,
            other_number=other_unit or any(change.source_span is not None for change in numbers),
            no_number=other_unit or bool(numbers),
        )
    )


def _apart(one: Span, two: Span) -> int:
    """Code points between two spans."""
    return max(one.start - two.end, two.start - one.end, 0)


def _sentences(low: int, high: int, words: Words, document: Document) -> tuple[int, int]:
    """The whole sentences around words of a source."""
    text = document.text
    for _ in range(60):
        if low == 0 or _ends(text[words.ends[low - 1] : words.starts[low]]):
            break
        low -= 1
    for _ in range(60):
        if high == len(words) or _ends(text[words.ends[high - 1] : words.starts[high]]):
            break
        high += 1
    return low, high


def _ends(between: str) -> bool:
    return any(sign in between for sign in ".!?…\n")


def _answers_no(answer: int, low: int, high: int, matched: Sequence[Sequence[int]], texts: Texts) -> bool:
    """Whether most of what stands there was asked, and the answer is no.

    Args:
        answer: the first word of the answer.
    """
    if not low < answer < high:
        return False
    asked = sum(min(places) < answer for places in matched)
    return 2 * asked > len(matched) and any(
        texts.theirs.kind(texts.words.keys[place]) == "negation" for place in range(answer, min(answer + 2, high))
    )


def _other_unit(matched: Sequence[tuple[int, list[int]]], texts: Texts) -> bool:
    """Whether a number stands there only with another unit: "six months" for "six weeks"."""
    ours, theirs = texts.quoted.keys, texts.words.keys
    for number, places in matched:
        if ours[number][:1] != "#" or number + 1 == len(ours) or ours[number + 1] not in texts.lexicon.units:
            continue
        units = {theirs[place + 1] for place in places if place + 1 < len(theirs) and theirs[place + 1] in texts.theirs.units}
        if units and ours[number + 1] not in units:
            return True
    return False


def _contradictions(
    words: Words, missing: Sequence[int], matched: Sequence[tuple[int, list[int]]], low: int, high: int, texts: Texts
) -> Iterator[Change]:
    """Negations and numbers of the report that differ from those of the sentences that it is of, and names that do not stand there."""
    lexicon, theirs, there = texts.lexicon, texts.theirs, texts.words
    ours = denied(words, 0, len(words), texts.article, lexicon)
    others = denied(there, low, high, texts.source, theirs)
    for place, places in matched:
        if all((place in ours) != (other in others) for other in places):
            negations = [ours[place]] if place in ours else []
            against = sorted({others[other] for other in places if other in others})[:1]
            yield Change(
                "negation",
                words=" ".join(texts.article[words.span(one, one + 1)] for one in negations),
                source_words=" ".join(texts.source[there.span(one, one + 1)] for one in against),
                span=texts.quoted_span(negations),
                source_span=texts.source_span(against),
            )
            break
    numbers = [place for place in range(low, high) if there.keys[place][:1] == "#"]
    told = {there.keys[place] for place in numbers}
    named = {words.keys[place] for place in range(len(words))}
    for place in missing:
        key = words.keys[place]
        span = texts.quoted_span([place])
        said = texts.article[words.span(place, place + 1)]
        if key[:1] == "#":
            if any(same_figures(key, other) for other in told):
                continue
            unnamed = [one for one in numbers if there.keys[one] not in named]
            yield Change(
                "number",
                words=said,
                source_words=" ".join(texts.source[there.span(one, one + 1)] for one in unnamed[:1]),
                span=span,
                source_span=texts.source_span(unnamed[:1]),
                weight=WEIGHTS["number"] if unnamed else WEIGHTS["added"],
            )
        elif is_name(words, place, texts.article, lexicon):
            yield Change("name", words=said, span=span, weight=WEIGHTS["added"])
