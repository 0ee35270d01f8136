"""Which words of one voice in a sentence are claims: spans between places where one may begin and end, each judged, and the best of them that share no word.

A span is judged by two linear models: how likely it is a claim, and how much a claim deserves a check. They see its words, its edges and what lies
beside them, whose words it is, and what the models of debates make of it. The weights are in ``weights/claim_spans.tsv``.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Quote

from .check_worthiness import LENGTHS, Score
from .edges import LEAST, Seen, Strip
from .settings import VOICES, voice_of
from .signs import LETTERS, NAMES, spans_of
from .voice import Run
from .weights import Feature, at_least, first, last, parted

LONGEST: Final = 60
"""Words of a claim."""
_ENDS: Final = 6
"""So many of the places where a claim may end are tried for each where one may begin."""
TOGETHER: Final = -300
"""The least sum for both edges of a span."""
_BESIDE: Final = "<"
"""Stands for the word beside a claim where none of the same voice is."""
MEASURES: Final = ("begin", "end", "begin inside", "end inside", "sentence claim", "sentence worth", "claim", "worth")
"""What is measured of a span, in hundredths: the sums for its edges, the highest for any between them, and what the models of debates make of all that
the voice says in the sentence and of the span. The last two are only known of a span that is a claim, and tell how much it deserves a check."""
_FOR_CLAIM: Final = 6
"""So many of the measures tell whether it is a claim."""
Edging = tuple[int, int, int, int]
"""The first four measures."""


class Span(NamedTuple):
    """Words of a piece, the end exclusive.

    Attributes:
        claim: the sum for being a claim.
        weighed: what its words weigh for that and for deserving a check, joined.
        edging: what is measured of its edges.
    """

    begin: int
    end: int
    claim: int
    weighed: int = 0
    edging: Edging = (0, 0, 0, 0)


class Judge:
    """The two models of a language."""

    def __init__(self, folder: Path) -> None:
        known = spans_of(folder)
        self._weights: Final = known
        self._outside: Final = (known["before", _BESIDE], known["behind", _BESIDE])
        self._lengths: Final = list(accumulate((known["length", f">={length}"] for length in LENGTHS), initial=0))
        self._wide: Final = list(accumulate((known["wide", f">={length}"] for length in LENGTHS), initial=0))
        self._claims: Final = [parted(known["measure", name], 2)[0] for name in MEASURES]
        self._worths: Final = [parted(known["measure", name], 2)[1] for name in MEASURES]
        #: Verbs inside, those before and those behind, each count up to the highest that is told apart.
        self._verbs: Final = {
            voice: [
                known["verbs", str(count)] + known["verbs of voice", f"{min(count, _BESIDES)} {voice}"]
                for count in range(_VERBS + 1)
            ]
            for voice in VOICES
        }
        self._before: Final = [known["verbs before", str(count)] for count in range(_BESIDES + 1)]
        self._behind: Final = [known["verbs behind", str(count)] for count in range(_BESIDES + 1)]
        self._whole: Final = [known["whole", f"{left} {right}"] for left in (False, True) for right in (False, True)]
        self._opens: Final = {letter: known["opens", name] for name, letter in LETTERS.items()}

    def spans(self, strip: Strip, at: int, seen: Seen, of_voice: Score, least: int) -> list[Span]:
        """The spans of a piece that are likelier a claim than ``least``.

        Args:
            strip: where the piece stands, and its place there.
            seen: the piece.
            of_voice: what the models of debates make of all of it.
        """
        count = len(seen.signs)
        stop = at + count
        all_begins, all_ends = strip.begins, strip.ends
        lowest, begins_stop = bisect_left(all_begins, at), bisect_left(all_begins, stop)
        if lowest == begins_stop:
            return []
        ends_stop = bisect_right(all_ends, stop)
        signs, scores, inside, verbs = strip.signs, strip.scores, strip.inside, strip.verbs
        of_begin, of_end, of_inner_begin, of_inner_end, of_claim, of_worth = self._claims[:_FOR_CLAIM]
        of_piece = of_voice.claim * of_claim + of_voice.check_worthiness * of_worth
        shared = seen.setting.of_spans + self._wide[bisect_right(LENGTHS, count)]
        by_verbs = self._verbs[seen.setting.voice]
        found: list[Span] = []
        for number in range(lowest, begins_stop):
            begin = all_begins[number]
            lowest_end = bisect_right(all_ends, begin)
            if lowest_end >= ends_stop:
                break
            opened = (
                shared
                - inside[begin]
                + signs[begin].first
                + (signs[begin - 1].before if begin > at else self._outside[0])
                + self._opens[strip.letters[begin]]
                + self._before[min(verbs[begin] - verbs[at], _BESIDES)]
            )
            begun = first(scores[begin])
            later, inner_begin, inner_end = number + 1, LEAST, LEAST
            for end in all_ends[lowest_end : min(lowest_end + _ENDS, ends_stop)]:
                if end - begin > LONGEST:
                    break
                while later < begins_stop and all_begins[later] < end:
                    inner_begin = max(inner_begin, first(scores[all_begins[later]]))
                    later += 1
                ended = last(scores[end])
                if begun + ended >= TOGETHER:
                    total = (
                        opened
                        + inside[end]
                        + signs[end - 1].last
                        + (signs[end].behind if end < stop else self._outside[1])
                        + by_verbs[min(verbs[end] - verbs[begin], _VERBS)]
                        + self._behind[min(verbs[stop] - verbs[end], _BESIDES)]
                        + self._whole[2 * (begin == at) + (end >= stop - 1)]
                        + self._lengths[bisect_right(LENGTHS, end - begin)]
                    )
                    measured = begun * of_begin + ended * of_end + inner_begin * of_inner_begin + inner_end * of_inner_end
                    claim = first(total) + (of_piece + measured) // 100
                    if claim > least:
                        found.append(Span(begin - at, end - at, claim, total, (begun, ended, inner_begin, inner_end)))
                inner_end = max(inner_end, ended)
        return found

    def worth(self, span: Span, of_voice: Score, of_span: Score | None) -> int:
        """The sum for deserving a check; ``of_span`` is what the models of debates make of the words of the span, where there are any."""
        numbers = (*span.edging, *of_voice)
        total = last(span.weighed) + sum([number * weight for number, weight in zip(numbers, self._worths, strict=False)]) // 100
        if of_span is not None:
            of_claim, of_worth = self._worths[_FOR_CLAIM:]
            total += (of_span.claim * of_claim + of_span.check_worthiness * of_worth) // 100
        return total

    def of_setting(self, quote: Quote | None, cue: Iterable[str]) -> int:
        """What is the same for all spans of a quotation, or of the document's own voice, joined."""
        return self._weights["bias", ""] + self._weights.total(setting(quote, cue))


_VERBS, _BESIDES = 3, 2
"""So many verbs in a span, and beside it, are told apart."""


def setting(quote: Quote | None, cue: Iterable[str]) -> list[Feature]:
    """What is seen of all spans of a piece besides its words; ``cue`` are the classes of the verb that reports it."""
    found: list[Feature] = [("voice", voice_of(quote))]
    if quote is not None:
        found += [("modality", quote.modality), ("layout", quote.layout or "none"), ("cue", quote.cue_lemma or "none")]
        found += [("cue class", name) for name in sorted(cue)]
    return found


def features(seen: Seen, begin: int, end: int) -> list[Feature]:
    """What is seen of a span besides its measures, by kind and name: what :meth:`Judge.spans` adds up."""
    signs, count = seen.signs, len(seen.signs)
    quote, cue, letters = seen.setting.quote, seen.setting.cue, seen.letters
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
        ("opens", NAMES[letters[begin]]),
        ("first", signs[begin].normal),
        ("last", signs[end - 1].normal),
        ("before", signs[begin - 1].normal if begin else _BESIDE),
        ("behind", signs[end].normal if end < count else _BESIDE),
    ]


def candidates(scores: Sequence[int]) -> Iterator[tuple[int, int, list[int]]]:
    """The spans of a piece with what is measured of their edges: what :meth:`Judge.spans` looks at, plainly told.

    Args:
        scores: the sums for its places.
    """
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
    likely = [span for span in found if span.claim > least]
    if len(likely) < 2:
        return likely
    likely.sort(key=_IN_ORDER)
    ends = [0]
    sums = [0]
    chosen: list[tuple[int, Span]] = []
    for span in likely:
        before = bisect_right(ends, span.begin) - 1
        total = sums[before] + span.claim - least
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


_IN_ORDER: Final = itemgetter(1, 0)


def ranges(tokens: Sequence[int], span: tuple[int, int]) -> list[Run]:
    """The words of a span as ranges of tokens; gaps are left out."""
    if isinstance(tokens, range):
        return [(tokens[span[0]], tokens[span[1] - 1] + 1)]
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
