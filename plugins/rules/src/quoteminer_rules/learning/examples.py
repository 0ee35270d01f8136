"""What a judge learns from: places where contents may end, candidates, and quotations without a cue, and whether each is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ..blockwise import UNWATCHED
from ..reading.passages import Passage
from ..reports.boundaries import places
from ..reports.candidates import Candidate
from ..reports.cue_classes import is_spoken
from ..reports.features import signs_of
from ..reports.grammar import Grammar
from ..reports.layouts import arrangement
from ..reports.scoring import Heads, Table
from ..reports.selection import chosen
from .gold import Gold, Offsets, Text, words_of

#: A report is right when it shares so much of all words of both, as in the evaluation; what stands in marks may be part of a longer one.
OVERLAP: Final = 0.5
COVERED: Final = 0.9
ALONE_COVERED: Final = 0.8
#: Of candidates with one cue those are as good as the best that are so near to it.
NEAR: Final = 0.02


class Example(NamedTuple):
    """The features of an example, whether it is right, what it counts, and whether it is in the language that learns."""

    features: Sequence[str]
    right: bool
    weight: float
    own: bool = True


class Seen(NamedTuple):
    """A candidate with its passage, and how deep in quotations that is."""

    passage: Passage
    depth: int
    candidate: Candidate


class Reader:
    """Reads texts as the rules do."""

    def __init__(self, folder: Path, learned: Mapping[str, Table]) -> None:
        self.grammar: Final = Grammar(folder, {"report": {}, "end": {}, "alone": {}, **learned})
        self.openers: Final = self.grammar.pack.of_class("complementiser")

    def passages(self, text: str) -> Iterator[tuple[Passage, int]]:
        """The passages of a text, those inside of what layout tells among them."""
        for part in arrangement(text, self.grammar.pack, UNWATCHED).parts:
            yield from self.grammar.passages(text, part)

    def seen(self, text: str) -> list[Seen]:
        """All candidates of a text."""
        return [
            Seen(passage, depth, candidate)
            for passage, depth in self.passages(text)
            for candidate in self.grammar.judge().candidates(passage)
        ]

    def words(self, text: str, passage: Passage, parts: Iterable[Offsets]) -> frozenset[int]:
        """The offsets of the words in ranges of tokens."""
        return words_of(text, [(passage.starts[a], passage.ends[b - 1]) for a, b in parts if b > a], self.openers)


def end_examples(text: Text, seen: Iterable[Seen], reader: Reader) -> Iterator[Example]:
    """Places at which the content of candidates that are reports can end, and whether it does."""
    for one in seen:
        candidate = one.candidate
        first, last = candidate.parts[-1]
        offsets = sorted(reader.words(text.text, one.passage, candidate.content[-1:]))
        gold = _gold_of(text, one, offsets) if first > candidate.at and offsets else None
        if gold is None:
            continue
        last_word = max(offset for offset in gold.words if offsets[0] <= offset <= offsets[-1])
        following = next((offset for offset in offsets if offset > last_word), None)
        for at, (heads, traits) in places(candidate.sentence, candidate.at, first, last, candidate.construction):
            start = one.passage.starts[candidate.sentence.firsts[at]]
            behind = start > last_word
            # The first place behind the last word is the end if no word stands between.
            right = behind and (following is None or start <= following)
            yield Example(_names(heads, traits), right, text.weight)
            if behind:
                break


def _gold_of(text: Text, one: Seen, offsets: Sequence[int]) -> Gold | None:
    """The report whose content begins where that of a candidate does; of one in several parts, the report that holds the last."""
    for gold in text.reports:
        if min(gold.words) == offsets[0] and _shares_cue(one, gold):
            return gold
    if len(one.candidate.parts) == 1:
        return None
    return next((gold for gold in text.reports if offsets[0] in gold.words), None)


def _shares_cue(one: Seen, gold: Gold) -> bool:
    start, end = one.passage.starts[one.candidate.cue[0][0]], one.passage.ends[one.candidate.cue[-1][1] - 1]
    return not gold.cue or any(first < end and start < last for first, last in gold.cue)


def report_examples(text: Text, seen: Iterable[Seen], reader: Reader) -> Iterator[Example]:
    """Candidates, and whether they are reports: with the cue and half of the words, or in marks at the beginning of one.

    Of several candidates with the same cue those are right whose content is nearest to what is reported.
    """
    holders = _holders(text)
    waiting: list[tuple[Seen, float]] = []
    nearest: dict[tuple[int, Offsets], float] = {}
    for one in seen:
        if text.only_speech and not is_spoken(one.candidate):
            continue
        words = reader.words(text.text, one.passage, reader.grammar.judge().content_of(one.candidate))
        shared = Counter(number for offset in words for number in holders.get(offset, ()))
        likeness = max(
            (_likeness(text, one, text.reports[number], words, count, reader) for number, count in shared.items()), default=0.0
        )
        waiting.append((one, likeness))
        key = _cue_of(one)
        nearest[key] = max(nearest.get(key, 0.0), likeness)
    for one, likeness in waiting:
        signs = signs_of(one.candidate, reader.grammar.pack, one.depth)
        right = likeness > 0 and likeness >= nearest[_cue_of(one)] - NEAR
        yield Example(_names(signs.heads, signs.traits), right, text.weight)


def _cue_of(one: Seen) -> tuple[int, Offsets]:
    return one.passage.starts[0], one.candidate.cue[0]


def _is_in_marks(one: Seen) -> bool:
    return all(a in one.passage.quotations and b == a + 1 for a, b in one.candidate.content)


def _is_rest(one: Seen, gold: Gold, words: frozenset[int]) -> bool:
    """Whether the words of a candidate are only those behind its cue of a report that begins before it."""
    return min(gold.words) < one.passage.starts[one.candidate.cue[0][0]] <= min(words)


def _likeness(text: Text, one: Seen, gold: Gold, words: frozenset[int], shared: int, reader: Reader) -> float:
    """The share of all words of both that a candidate and a report have in common; nothing where that is too little, or the cue is another."""
    found = shared / (len(gold.words) + len(words) - shared)
    begins = _is_in_marks(one) and shared >= COVERED * len(words) and min(words) == min(gold.words)
    if not (found >= OVERLAP or begins) or _is_rest(one, gold, words) or not _shares_cue(one, gold):
        return 0.0
    return found if _has_all_parts(text, one, gold, reader) else 0.0


def _has_all_parts(text: Text, one: Seen, gold: Gold, reader: Reader) -> bool:
    """Whether each of several parts of a content belongs to a report, at least as far as it has to be right."""
    parts = reader.grammar.judge().content_of(one.candidate)
    words = [reader.words(text.text, one.passage, [part]) for part in parts] if len(parts) > 1 else []
    return all(len(part & gold.words) >= OVERLAP * len(part) for part in words)


def alone_examples(text: Text, reader: Reader) -> Iterator[Example]:
    """Quotations that no cue claims, and whether their words are reported."""
    holders = _holders(text)
    judge = reader.grammar.judge()
    for passage, depth in reader.passages(text.text):
        if not passage.quotations:
            continue
        scored = (one for one in judge.scored(passage, depth) if not text.only_speech or is_spoken(one.candidate))
        taken = chosen(scored, judge.threshold)
        claimed = frozenset(i for one in taken for a, b in one.content for i in range(a, b) if i in passage.quotations)
        for alone in judge.unclaimed(passage, claimed, text.text, depth):
            span = passage.quotations[alone.token]
            words = words_of(text.text, [(span.start, span.end)], reader.openers)
            shared = Counter(number for offset in words for number in holders.get(offset, ()))
            right = any(count >= ALONE_COVERED * len(words) for count in shared.values())
            yield Example(_names(alone.heads, alone.traits), right, text.weight)


def _holders(text: Text) -> Mapping[int, Sequence[int]]:
    """The reports that hold the word at an offset."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, gold in enumerate(text.reports):
        for offset in gold.words:
            found[offset].append(number)
    return found


def _names(heads: Heads, traits: Sequence[str]) -> list[str]:
    return [f"{head}\t{trait}" for head in (*heads.common, heads.own) for trait in traits]
