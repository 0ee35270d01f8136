"""Where in many sources the words of a quotation may stand: the likeliest places first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from .. import __version__
from ..document import Document
from .alignment import CHANGED, DROPPED, MATCH, Step, align
from .folding import WILD, Words, fold
from .index import Builder, Index, hashes_of, pair_hash, word_hash
from .lexicon import Lexicon, Lexicons

#: Places at which a quotation is weighed word by word.
_MOST_PLACES: Final = 8
#: A row of words that stands more often than this is looked at in so many places only.
_MOST_HITS: Final = 128
#: What is looked up of one quotation; of longer ones, those that stand least often.
_MOST_GRAMS: Final = 400
#: Where so few pairs of words are found, single words are looked up too.
_FEW_PAIRS: Final = 3
#: Of places with all of the words, so many are told.
_MOST_EXACT: Final = 100
#: Places of one word of which the sources are told.
_MOST_HELD: Final = 5_000
_FUNCTION: Final = 0.35
_SLACK: Final = 6
_MOST_KNOWN: Final = 100_000
#: Stretches with a smaller share of the words of the best one are not looked at.
_LEAST_SHARE: Final = 0.5


@attrs.frozen(eq=False)
class Place:
    """Where the words of a part of a quotation stand.

    Attributes:
        source: number of the source.
        steps: the alignment, by numbers of words in the quotation and in the source.
        score: share of the quotation's words, by weight, that stand there.
    """

    source: int
    steps: tuple[Step, ...]
    score: float

    @property
    def first(self) -> int:
        """The first word of the source that is in it."""
        return min((step.source for step in self.steps if step.kind in (MATCH, CHANGED)), default=self.steps[0].source)

    @property
    def last(self) -> int:
        """Behind the last word of the source that is in it."""
        return max((step.source + 1 for step in self.steps if step.kind in (MATCH, CHANGED)), default=self.first)

    @property
    def exact(self) -> bool:
        """Whether there is no difference."""
        return all(step.kind == MATCH for step in self.steps)

    @property
    def matched(self) -> int:
        """How many words are equal."""
        return sum(step.kind == MATCH for step in self.steps)


class Sources:
    """The sources with their words and the index of these.

    Args:
        documents: the sources.
        lexicons: of their languages.
        index: of these very sources; without one it is made.
        disfluencies: whether hesitation is left out.
    """

    def __init__(
        self, documents: Sequence[Document], lexicons: Lexicons, index: Index | None = None, *, disfluencies: bool = True
    ) -> None:
        self.documents = documents
        self._lexicons = lexicons
        self._words: dict[int, Words] = {}
        self._likenesses: dict[str, Likeness] = {}
        self.index = index or self._indexed(disfluencies)

    def _indexed(self, disfluencies: bool) -> Index:
        builder = Builder(made_by(self.documents, self._lexicons, disfluencies))
        for document in self.documents:
            builder.add(document, fold(document, self._lexicons.of(document.language), disfluencies=disfluencies))
        return builder.build()

    def words(self, number: int) -> Words:
        """The words of a source."""
        words = self._words.get(number)
        if words is None:
            words = self._words[number] = self.index.words(number)
        return words

    def weight(self, keys: Iterable[str], lexicon: Lexicon) -> float:
        """How much words tell: those that any text has tell little."""
        return sum(_FUNCTION if key in lexicon.function else 1.0 for key in keys)

    def holding(self, key: str) -> set[int]:
        """The sources that a word stands in; of very many, some."""
        return {self.index.source(place) for place in self.index.places(word_hash(key), _MOST_HELD)}

    def find(self, words: Words, first: int, last: int, lexicon: Lexicon, most: int = _MOST_PLACES) -> list[Place]:
        """The places of the words from ``first`` to before ``last``, the likeliest first."""
        keys = words.keys[first:last]
        hits = self._hits(keys)
        found = [
            Place(source, tuple(Step(MATCH, first + at, shift + at) for at in range(len(keys))), 1.0)
            for source, shift in self._exact(keys, hits)
        ]
        if found:
            return found
        found = [
            self.place(words, first, last, source, low, high, lexicon) for source, low, high in self._regions(keys, hits, most)
        ]
        found.sort(key=lambda place: -place.score)
        return found

    def place(self, words: Words, first: int, last: int, source: int, low: int, high: int, lexicon: Lexicon) -> Place:
        """The best place of words in a stretch of a source."""
        keys = words.keys[first:last]
        there = self.words(source).keys
        low, high = max(0, low), min(len(there), high)
        aligned = align(
            keys, there[low:high], wild=lambda place: bool(words.flags[first + place] & WILD), alike=self._likeness(lexicon).alike
        )
        steps = tuple(Step(step.kind, step.quoted + first, step.source + low) for step in aligned.steps)
        return Place(source, steps, self._score(steps, words, lexicon))

    def _likeness(self, lexicon: Lexicon) -> Likeness:
        if lexicon.language not in self._likenesses:
            self._likenesses[lexicon.language] = Likeness(lexicon)
        return self._likenesses[lexicon.language]

    def _score(self, steps: Sequence[Step], words: Words, lexicon: Lexicon) -> float:
        good = total = 0.0
        for step in steps:
            if step.kind == DROPPED or words.flags[step.quoted] & WILD:
                continue
            weight = _FUNCTION if words.keys[step.quoted] in lexicon.function else 1.0
            total += weight
            if step.kind == MATCH:
                good += weight
        return good / total if total else 0.0

    def _exact(self, keys: Sequence[str], hits: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Where the words stand one behind the other, as number of the source and of the word there."""
        index = self.index
        shifts = Counter(place - quoted for place, quoted in hits)
        given = 0
        most = max(shifts.values(), default=0)
        for shift, count in sorted(shifts.items(), key=lambda one: (-one[1], one[0]))[: 2 * _MOST_EXACT]:
            if 2 * count < most:
                return
            # A negative one would begin before all sources.
            source = index.source(shift) if shift >= 0 else -1
            if source < 0:
                continue
            start = shift - index.entries[source].first
            if self.words(source).keys[start : start + len(keys)] == keys:
                yield source, start
                given += 1
                if given == _MOST_EXACT:
                    return

    def _regions(self, keys: Sequence[str], hits: list[tuple[int, int]], most: int) -> Iterator[tuple[int, int, int]]:
        """Stretches of sources with many of the words close together."""
        if not hits:
            return
        index, size = self.index, len(keys)
        reach = size + size // 2 + 12
        hits.sort()
        # Of every stretch of that length, how many different words of the quotation lie in it.
        counts: dict[int, int] = {}
        scored: list[tuple[int, int, int]] = []
        begin = 0
        source = -1
        for number, (place, quoted) in enumerate(hits):
            at = index.source(place)
            if at != source:
                source, begin = at, number
                counts.clear()
            counts[quoted] = counts.get(quoted, 0) + 1
            while hits[begin][0] < place - reach:
                gone = hits[begin][1]
                counts[gone] -= 1
                if not counts[gone]:
                    del counts[gone]
                begin += 1
            scored.append((len(counts), begin, number))
        taken: list[tuple[int, int]] = []
        best = max(score for score, _, _ in scored)
        for score, begin, number in sorted(scored, key=lambda one: (-one[0], one[1]))[: 50 * most]:
            if score < _LEAST_SHARE * best:
                return
            low, high = hits[begin][0], hits[number][0]
            if any(low <= there[1] and there[0] <= high for there in taken):
                continue
            taken.append((low, high))
            entry = index.entries[index.source(low)]
            start = low - min(quoted for _, quoted in hits[begin : number + 1]) - _SLACK
            stop = high + size - max(quoted for _, quoted in hits[begin : number + 1]) + _SLACK
            yield index.source(low), start - entry.first, stop - entry.first
            if len(taken) == most:
                return

    def _hits(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """Where pairs of the words stand, as place and number in the quotation; of few pairs also the single words."""
        index = self.index
        hashes = hashes_of(keys)
        grams: list[tuple[int, int, int]] = []
        for at in range(len(hashes) - 1):
            value = pair_hash(hashes[at], hashes[at + 1])
            count = index.count(value)
            if count:
                grams.append((count, at, value))
        if len(grams) < _FEW_PAIRS or len(keys) <= 2 * _FEW_PAIRS:
            for at, value in enumerate(hashes):
                count = index.count(value)
                if 0 < count <= _MOST_HITS:
                    grams.append((count, at, value))
        grams.sort()
        hits: list[tuple[int, int]] = []
        for count, at, value in grams[:_MOST_GRAMS]:
            # What stands everywhere tells nothing where rarer words tell.
            if count > _MOST_HITS and len(hits) > _MOST_HITS:
                break
            hits.extend((place, at) for place in index.places(value, _MOST_HITS))
        return hits


def made_by(documents: Iterable[Document], lexicons: Lexicons, disfluencies: bool) -> str:
    """What tells how the words of sources are made: the version, the words of their languages, and the choice."""
    languages = sorted({document.language for document in documents})
    known = "+".join(lexicons.of(language).fingerprint for language in languages)
    return f"{__version__} {known}{' with disfluencies' if not disfluencies else ''}"


class Likeness:
    """Whether two words are one in two spellings or forms."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, str], bool] = {}

    def alike(self, one: str, two: str) -> bool:
        """Short for each other, one in two spellings, or a slip of the pen apart, the first letter apart from."""
        if one[0] != two[0] and one[0] != "'" != two[0]:
            return False
        known = self._known.get((one, two))
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[one, two] = self._are(one, two)
        return known

    def _are(self, one: str, two: str) -> bool:
        lexicon = self._lexicon
        if one[0] == "#" or two[0] == "#":
            return False
        if two in lexicon.full(one) or one in lexicon.full(two):
            return True
        if one in lexicon.heavy or two in lexicon.heavy:
            return False
        return lexicon.same_spelling(one, two) or slip(one, two)


def slip(one: str, two: str) -> bool:
    """Whether two words of some length differ by one letter that was added, left out or changed, or by two that changed places."""
    shorter, longer = sorted((one, two), key=len)
    if len(longer) - len(shorter) > 1 or len(shorter) < 4:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    left, right = shorter[start:], longer[start:]
    return left[1:] == right[1:] or (left[2:] == right[2:] and left[:2] == right[1::-1])
