"""What the models of claims add up in one go is the sum of the weights of what is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Quantity, Quote
from quoteminer import Span as Stretch
from quoteminer.evaluation import seeds
from quoteminer_rules import lexicon
from quoteminer_rules.blockwise import UNWATCHED
from quoteminer_rules.claims import edges as edges_of
from quoteminer_rules.claims import kinds, mining, signs, spans
from quoteminer_rules.claims.edges import LEAST, Strip
from quoteminer_rules.claims.quantities import unit_names
from quoteminer_rules.claims.spans import Span, best
from quoteminer_rules.claims.weights import Places, at_least, first, joined, last, parted

from .alone import quotes_of

HUNDREDTHS = st.integers(-100_000, 100_000)
EN = lexicon.LANGUAGES / "en"


@given(st.lists(st.lists(HUNDREDTHS, min_size=8, max_size=8), min_size=1, max_size=20))
def test_joined_weights_add_up_side_by_side(rows: list[list[int]]):
    assert parted(sum(map(joined, rows)), 8) == [sum(column) for column in zip(*rows, strict=True)]


@given(st.lists(st.tuples(HUNDREDTHS, HUNDREDTHS)), HUNDREDTHS)
def test_places_are_those_with_enough(pairs: list[tuple[int, int]], least: int):
    totals = [joined(pair) for pair in pairs]
    assert [(first(total), last(total)) for total in totals] == pairs
    for column, places in enumerate(at_least(totals, least)):
        assert list(zip(places.at, places.sums, strict=True)) == [
            (at, pair[column]) for at, pair in enumerate(pairs) if pair[column] >= least
        ]


@given(st.lists(st.integers(0, 30), unique=True).map(sorted), st.integers(0, 30), st.integers(0, 30))
def test_places_within_are_those_from_one_on_and_before_another(at: list[int], low: int, high: int):
    places = Places(at, [-one for one in at]).within(low, high)
    assert places.at == [one for one in at if low <= one < high]
    assert places.sums == [-one for one in places.at]


SPANS = st.builds(
    lambda begin, size, claim: Span(begin, begin + size, claim),
    st.integers(0, 12),
    st.integers(1, 6),
    st.integers(-50, 300),
)


@given(st.lists(SPANS, max_size=9))
def test_the_best_spans_share_no_word_and_none_are_better(found: list[Span]):
    def together(chosen: list[Span]) -> bool:
        ordered = sorted(chosen)
        return all(a.end <= b.begin for a, b in zip(ordered, ordered[1:], strict=False))

    chosen = best(found, 0)
    assert together(chosen)
    assert all(span in found and span.claim > 0 for span in chosen)
    subsets = ([span for at, span in enumerate(found) if mask >> at & 1] for mask in range(1 << len(found)))
    assert sum(span.claim for span in chosen) == max(sum(span.claim for span in subset) for subset in subsets if together(subset))


class Looking(mining.Search):
    """Keeps what is looked at."""

    def __init__(self, document: Document, quotes: list[Quote]) -> None:
        self.seen: list[tuple[mining.Looked, Strip, int, int]] = []
        super().__init__(document, quotes, EN)

    def _of_sentence(self, sentence, pieces, places):
        for piece, at in zip(pieces, places, strict=True):
            self.seen.append((piece, self._strip, at, self._scores.total(piece.part.runs)))
        return []


Pieces = list[tuple[mining.Looked, Strip, int, int]]


@pytest.fixture(scope="module")
def looked() -> Pieces:
    found = []
    for one in seeds("train", "en")[20:24]:
        search = Looking(one.document, quotes_of(one.document))
        search.run(UNWATCHED)
        found += search.seen
    assert len(found) > 50
    return found


def test_sums_of_edges_are_those_of_what_is_seen_there(looked: Pieces):
    models, weights = edges_of.edges(EN), signs.edges_of(EN)
    for piece, strip, at, _ in looked:
        seen = piece.seen
        for place in range(len(seen.signs) + 1):
            assert strip.scores[at + place] == weights.total(models.features(seen, place))


def plain_candidates(scores: list[int]) -> list[spans.Candidate]:
    """The spans of a piece with what is measured of their edges, plainly told."""
    begins = [place for place, score in enumerate(scores[:-1]) if first(score) >= LEAST]
    ends = [place for place, score in enumerate(scores) if last(score) >= LEAST]
    found = []
    for begin in begins:
        for end in [end for end in ends if end > begin][: spans._ENDS]:
            begun, ended = first(scores[begin]), last(scores[end])
            if end - begin <= spans.LONGEST and begun + ended >= spans.TOGETHER:
                inner_begin = max((first(scores[place]) for place in begins if begin < place < end), default=LEAST)
                inner_end = max((last(scores[place]) for place in ends if begin < place < end), default=LEAST)
                found.append((begin, end, (begun, ended, inner_begin, inner_end)))
    return found


def test_sums_of_spans_are_those_of_what_is_seen_of_them(looked: Pieces):
    weights, judge = signs.spans_of(EN), spans.judge(EN)
    measures = [parted(weights["measure", name], 2) for name in spans.MEASURES]
    count = 0
    for piece, strip, at, of_voice in looked:
        seen = piece.seen
        size = len(seen.signs)
        places = spans.candidates_in(strip, at, size)
        plain = plain_candidates(strip.scores[at : at + size + 1])
        assert [(begin - at, end - at, edging) for begin, end, edging in places] == plain
        found = judge.spans(strip, at, seen, places, of_voice, -1_000_000)
        assert [(span.begin, span.end, span.edging) for span in found] == plain
        for span in found:
            total = parted(weights.total(spans.features(seen, span.begin, span.end)), 2)
            of_span = joined([120, -80])
            numbers = (*span.edging, first(of_voice), last(of_voice), 120, -80)
            for column, score in enumerate((span.claim, judge.worth(span, of_voice, of_span))):
                known = zip(numbers[: 8 if column else 6], measures, strict=False)
                assert abs(score - total[column] - sum(value * of[column] for value, of in known) / 100) <= 2
            count += 1
    assert count > 100


def test_the_kind_is_the_one_with_the_highest_sum(looked: Pieces):
    weights = signs.kinds_of(EN)
    numbers = [Quantity(Stretch(0, 2), value=12.0, unit="%")]
    for piece, *_ in looked:
        words, setting = piece.seen.signs, piece.seen.setting
        sums = weights.parted(weights.total(kinds.features(words, setting, numbers, 1, unit_names(EN))))
        kind = kinds.kinds(EN).kind_of(words, setting, numbers, 1)
        assert sums[signs.CLAIM_KINDS.index(kind)] == max(sums)
