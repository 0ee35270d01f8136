"""Which words of one voice in a sentence are claims: spans between places where one may begin and end, each judged, and the best of them that share no word.

A span is judged by two linear models: how likely it is a claim, and how much a claim deserves a check. They see its words, its edges and what lies
beside them, whose words it is, and what the models of debates make of it. The weights are in ``weights/claim_spans.tsv``.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Quote

from .check_worthiness import LENGTHS, Score
from .edges import VOICES, Seen, voice_of
from .signs import LETTERS, NAMES, spans_of
from .voice import Run
from .weights import Feature, at_least, first, last, parted

LONGEST: Final = 60
"""Words of a claim."""
_ENDS: Final = 6
"""So many of the places where a claim may end are tried for each where one may begin."""
LEAST: Final = -300
"""The least sum, in hundredths, for a place to be looked at."""
TOGETHER: Final = -300
"""The least sum for both edges of a span."""
_BESIDE: Final = "<"
"""Stands for the word beside a claim where none of the same voice is."""
MEASURES: Final = ("begin", "end", "begin inside", "end inside", "sentence claim", "sentence worth", "claim", "worth")
"""What is measured of a span, in hundredths: the sums for its edges, the highest for any between them, and what the models of debates make of all that
the voice says in the sentence and of the span. The last two are only known of a span that is a claim, and tell how much it deserves a check."""
_FOR_CLAIM: Final = 6
"""So many of the measures tell whether it is a claim."""


class Span(NamedTuple):
    """Words of a piece, the end exclusive, with the sums for being a claim and for deserving a check."""

    begin: int
    end: int
    score: Score


class Judge:
    """The two models of a language."""

    def __init__(self, folder: Path) -> None:
        known = spans_of(folder)
        self._weights: Final = known
        self._bias: Final = known["bias", ""]
        self._outside: Final = (known["before", _BESIDE], known["behind", _BESIDE])
        self._lengths: Final = list(accumulate((known["length", f">={length}"] for length in LENGTHS), initial=0))
        self._wide: Final = list(accumulate((known["wide", f">={length}"] for length in LENGTHS), initial=0))
        self._settings: Final[dict[tuple[str, ...], int]] = {}
        self._measures: Final = [parted(known["measure", name], 2) for name in MEASURES]
        self._verbs: Final = [known["verbs", str(count)] for count in range(_VERBS + 1)]
        self._of_voice: Final = {
            voice: [known["verbs of voice", f"{min(count, _BESIDES)} {voice}"] for count in range(_VERBS + 1)] for voice in VOICES
        }
        self._before: Final = [known["verbs before", str(count)] for count in range(_BESIDES + 1)]
        self._behind: Final = [known["verbs behind", str(count)] for count in range(_BESIDES + 1)]
        self._whole: Final = [known["whole", f"{left} {right}"] for left in (False, True) for right in (False, True)]
        self._opens: Final = {letter: known["opens", name] for name, letter in LETTERS.items()}

    def spans(self, seen: Seen, scores: Sequence[int], quote: Quote | None, cue: Iterable[str], of_voice: Score) -> list[Span]:
        """The spans of a piece, each judged.

        Args:
            seen: its words.
            scores: of its places, the sums for being an edge.
            quote: the quotation that it is of, and the classes of the verb that reports it.
            of_voice: what the models of debates make of all of it.
        """
        begins, ends = at_least(scores, LEAST)
        if not begins or not ends:
            return []
        signs, count = seen.signs, len(seen.signs)
        voice = voice_of(quote)
        shared = self._of_setting(quote, cue) + self._wide[bisect_right(LENGTHS, count)]
        inside = list(accumulate((one.inside for one in signs), initial=0))
        verbs = list(accumulate((one.finite for one in signs), initial=0))
        of_begin = {at: first(scores[at]) for at in begins}
        of_end = {at: last(scores[at]) for at in ends}
        by_voice = self._of_voice[voice]
        claims = [claim for claim, _ in self._measures]
        worths = [worth for _, worth in self._measures]
        of_piece = of_voice.claim * claims[4] + of_voice.check_worthiness * claims[5]
        found: list[Span] = []
        for number, begin in enumerate(begins):
            one = signs[begin]
            opened = (
                shared - inside[begin] + one.first + self._opens[seen.letters[begin]] + self._before[min(verbs[begin], _BESIDES)]
            )
            opened += signs[begin - 1].before if begin else self._outside[0]
            begun = of_begin[begin]
            later, inner_begin, inner_end = number + 1, LEAST, LEAST
            at = bisect_right(ends, begin)
            for end in ends[at : at + _ENDS]:
                if end - begin > LONGEST:
                    break
                while later < len(begins) and begins[later] < end:
                    inner_begin = max(inner_begin, of_begin[begins[later]])
                    later += 1
                ended = of_end[end]
                if begun + ended >= TOGETHER:
                    of_span = min(verbs[end] - verbs[begin], _VERBS)
                    total = opened + inside[end] + signs[end - 1].last + (signs[end].behind if end < count else self._outside[1])
                    total += self._verbs[of_span] + by_voice[of_span] + self._behind[min(verbs[count] - verbs[end], _BESIDES)]
                    total += (
                        self._whole[2 * (begin == 0) + (end >= count - 1)] + self._lengths[bisect_right(LENGTHS, end - begin)]
                    )
                    measured = (begun, ended, inner_begin, inner_end)
                    claim = of_piece + sum(map(mul, measured, claims))
                    worth = sum(map(mul, (*measured, *of_voice), worths))
                    found.append(Span(begin, end, Score(first(total) + claim // 100, last(total) + worth // 100)))
                inner_end = max(inner_end, ended)
        return found

    def _of_setting(self, quote: Quote | None, cue: Iterable[str]) -> int:
        """The sum for a setting, with what is the same for all spans; few settings occur."""
        if quote is None:
            key: tuple[str, ...] = ()
        else:
            key = (quote.kind, quote.modality, quote.layout or "", quote.cue_lemma or "", *cue)
        known = self._settings.get(key)
        if known is None:
            if len(self._settings) >= _MEMORY:
                self._settings.clear()
            known = self._settings[key] = self._bias + self._weights.total(setting(quote, cue))
        return known

    def worth(self, span: Span, of_span: Score) -> Span:
        """A claim with what the models of debates make of its words."""
        (_, of_claim), (_, of_worth) = self._measures[_FOR_CLAIM:]
        more = of_span.claim * of_claim + of_span.check_worthiness * of_worth
        return span._replace(score=Score(span.score.claim, span.score.check_worthiness + more // 100))


_MEMORY: Final = 10_000
"""So many settings are remembered."""
_VERBS, _BESIDES = 3, 2
"""So many verbs in a span, and beside it, are told apart."""


def setting(quote: Quote | None, cue: Iterable[str]) -> list[Feature]:
    """What is seen of all spans of a piece besides its words; ``cue`` are the classes of the verb that reports it."""
    found: list[Feature] = [("voice", voice_of(quote))]
    if quote is not None:
        found += [("modality", quote.modality), ("layout", quote.layout or "none"), ("cue", quote.cue_lemma or "none")]
        found += [("cue class", name) for name in sorted(cue)]
    return found


def features(seen: Seen, quote: Quote | None, cue: Iterable[str], begin: int, end: int) -> list[Feature]:
    """What is seen of a span besides its measures, by kind and name: what :meth:`Judge.spans` adds up."""
    signs, count = seen.signs, len(seen.signs)
    before, of_span, behind = (sum(one.finite for one in part) for part in (signs[:begin], signs[begin:end], signs[end:]))
    return [
        ("bias", ""),
        *setting(quote, cue),
        *(("wide", f">={length}") for length in LENGTHS if count >= length),
        *(feature for one in signs[begin:end] for feature in one.features),
        *(("length", f">={length}") for length in LENGTHS if end - begin >= length),
        ("verbs", str(min(of_span, _VERBS))),
        ("verbs of voice", f"{min(of_span, _BESIDES)} {voice_of(quote)}"),
        ("verbs before", str(min(before, _BESIDES))),
        ("verbs behind", str(min(behind, _BESIDES))),
        ("whole", f"{begin == 0} {end >= count - 1}"),
        ("opens", NAMES[seen.letters[begin]]),
        ("first", signs[begin].normal),
        ("last", signs[end - 1].normal),
        ("before", signs[begin - 1].normal if begin else _BESIDE),
        ("behind", signs[end].normal if end < count else _BESIDE),
    ]


def candidates(scores: Sequence[int]) -> Iterator[tuple[int, int, list[int]]]:
    """The spans of a piece with what is measured of their edges: what :meth:`Judge.spans` looks at, plainly told."""
    begins, ends = at_least(scores, LEAST)
    for begin in begins:
        at = bisect_right(ends, begin)
        for end in ends[at : at + _ENDS]:
            begun, ended = first(scores[begin]), last(scores[end])
            if end - begin <= LONGEST and begun + ended >= TOGETHER:
                inner_begin = max((first(scores[place]) for place in begins if begin < place < end), default=LEAST)
                inner_end = max((last(scores[place]) for place in ends if begin < place < end), default=LEAST)
                yield begin, end, [begun, ended, inner_begin, inner_end]


def best(found: list[Span], least: int) -> list[Span]:
    """Of some spans those that share no word and together are most likely claims, each at least so likely (weighted interval scheduling)."""
    likely = sorted((span for span in found if span.score.claim > least), key=lambda span: (span.end, span.begin))
    ends = [0]
    sums = [0]
    chosen: list[tuple[int, Span]] = []
    for span in likely:
        before = bisect_right(ends, span.begin) - 1
        total = sums[before] + span.score.claim - least
        if total > sums[-1]:
            ends.append(span.end)
            sums.append(total)
            chosen.append((before, span))
    result: list[Span] = []
    at = len(chosen)
    while at:
        at, span = chosen[at - 1]
        result.append(span)
    result.reverse()
    return result


def ranges(tokens: list[int], span: tuple[int, int]) -> list[Run]:
    """The words of a span as ranges of tokens; gaps are left out."""
    found: list[Run] = []
    for token in tokens[span[0] : span[1]]:
        if token < 0:
            continue
        if found and found[-1][1] == token:
            found[-1] = (found[-1][0], token + 1)
        else:
            found.append((token, token + 1))
    return found


@functools.cache
def judge(folder: Path) -> Judge:
    """The models of a language, made once."""
    return Judge(folder)
