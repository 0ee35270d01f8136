"""Which words of one voice in a sentence are claims: spans between places where one may begin and end, each judged, and the best of them that share no word.

A span is judged by two linear models: how likely it is a claim, and how much a claim deserves a check. They see its words, its edges and what lies
beside them, whose words it is, and what the models of debates make of it. The weights are in ``weights/claim_spans.tsv``.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Quote

from .check_worthiness import LENGTHS
from .edges import LEAST, Seen, Strip
from .settings import VOICES, voice_of
from .signs import LETTERS, NAMES, spans_of
from .voice import Run
from .weights import Feature, Places, first, last, parted

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
Candidate = tuple[int, int, Edging]
"""Where a span begins and ends, with what is measured of its edges."""


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
        self._claims: Final = [parted(known["measure", name], 2)[0] for name in MEASURES[:_FOR_CLAIM]]
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

    def spans(self, strip: Strip, at: int, seen: Seen, places: Iterable[Candidate], of_voice: int, least: int) -> list[Span]:
        """The spans of a piece that are likelier a claim than ``least``.

        Args:
            strip: where the piece stands, and its place there.
            seen: the piece.
            places: where its spans begin and end.
            of_voice: what the models of debates make of all of it, joined.
        """
        signs, inside, verbs = strip.signs, strip.inside, strip.verbs
        count = len(seen.signs)
        stop, shared = at + count, seen.setting.of_spans + self._wide[bisect_right(LENGTHS, count)]
        of_begin, of_end, of_inner_begin, of_inner_end, of_claim, of_worth = self._claims
        of_piece = first(of_voice) * of_claim + last(of_voice) * of_worth
        by_verbs = self._verbs[seen.setting.voice]
        opened, opens_at = 0, -1
        found: list[Span] = []
        for begin, end, edging in places:
            if begin != opens_at:
                opens_at = begin
                opened = shared - inside[begin] + signs[begin].first + self._opens[strip.letters[begin]]
                opened += signs[begin - 1].before if begin > at else self._outside[0]
                opened += self._before[min(verbs[begin] - verbs[at], _BESIDES)]
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
            begun, ended, inner_begin, inner_end = edging
            measured = begun * of_begin + ended * of_end + inner_begin * of_inner_begin + inner_end * of_inner_end
            claim = first(total) + (of_piece + measured) // 100
            if claim > least:
                found.append(Span(begin - at, end - at, claim, total, edging))
        return found

    def worth(self, span: Span, of_voice: int, of_span: int) -> int:
        """The sum for deserving a check; what the models of debates make of all that the voice says and of the words of the span is joined."""
        begun, ended, inner_begin, inner_end = span.edging
        of_begin, of_end, of_inner_begin, of_inner_end, *of_debates = self._worths
        total = begun * of_begin + ended * of_end + inner_begin * of_inner_begin + inner_end * of_inner_end
        total += first(of_voice) * of_debates[0] + last(of_voice) * of_debates[1]
        of_words = first(of_span) * of_debates[2] + last(of_span) * of_debates[3]
        return last(span.weighed) + total // 100 + of_words // 100

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


def candidates(begins: Places, ends: Places) -> list[Candidate]:
    """The spans between places where a claim of one piece may begin and where it may end, in order."""
    found: list[Candidate] = []
    of_begin, of_end = begins.sums, ends.sums
    count, stop, low = len(of_begin), len(of_end), 0
    for number, begin in enumerate(begins.at):
        while low < stop and ends.at[low] <= begin:
            low += 1
        begun = of_begin[number]
        later, inner_begin, inner_end = number + 1, LEAST, LEAST
        for at in range(low, min(low + _ENDS, stop)):
            end, ended = ends.at[at], of_end[at]
            if end - begin > LONGEST:
                break
            while later < count and begins.at[later] < end:
                inner_begin = max(inner_begin, of_begin[later])
                later += 1
            if begun + ended >= TOGETHER:
                found.append((begin, end, (begun, ended, inner_begin, inner_end)))
            if ended > inner_end:
                inner_end = ended
    return found


def candidates_in(strip: Strip, at: int, count: int) -> list[Candidate]:
    """Those of a piece with so many words in a strip."""
    begins = strip.begins.within(at, at + count)
    return candidates(begins, strip.ends.within(begins.at[0] + 1, at + count + 1)) if begins.at else []


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
