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
from quoteminer_rules.claims.check_worthiness import Score
from quoteminer_rules.claims.spans import Span, best
from quoteminer_rules.claims.weights import at_least, first, joined, last, parted

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
    assert at_least(totals, least) == tuple([at for at, pair in enumerate(pairs) if pair[column] >= least] for column in (0, 1))


SPANS = st.builds(
    lambda begin, size, claim: Span(begin, begin + size, Score(claim, 0)),
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
    assert all(span in found and span.score.claim > 0 for span in chosen)
    subsets = ([span for at, span in enumerate(found) if mask >> at & 1] for mask in range(1 << len(found)))
    assert sum(span.score.claim for span in chosen) == max(
        sum(span.score.claim for span in subset) for subset in subsets if together(subset)
    )


class Looking(mining.Search):
    """Keeps what is looked at."""

    def __init__(self, document: Document, quotes: list[Quote]) -> None:
        self.seen: list[tuple[mining.Looked, Score]] = []
        super().__init__(document, quotes, EN)

    def _of_part(self, part):
        looked = self._looked(part)
        if looked is not None:
            self.seen.append((looked, self._scores.score(part.runs)))
        return iter(())


@pytest.fixture(scope="module")
def looked() -> list[tuple[mining.Looked, Score]]:
    found = []
    for one in seeds("train", "en")[20:24]:
        search = Looking(one.document, quotes_of(one.document))
        search.run(UNWATCHED)
        found += search.seen
    assert len(found) > 50
    return found


def test_sums_of_edges_are_those_of_what_is_seen_there(looked):
    models, weights = edges_of.edges(EN), signs.edges_of(EN)
    for piece, _ in looked:
        assert piece.scores == [
            weights.total(models.features(piece.seen, piece.quote, place)) for place in range(len(piece.seen.signs) + 1)
        ]


def test_sums_of_spans_are_those_of_what_is_seen_of_them(looked):
    weights = signs.spans_of(EN)
    measures = [parted(weights["measure", name], 2) for name in spans.MEASURES]
    count = 0
    for piece, of_voice in looked:
        found = spans.judge(EN).spans(piece.seen, piece.scores, piece.quote, piece.cue, of_voice)
        plain = list(spans.candidates(piece.scores))
        assert [(span.begin, span.end) for span in found] == [(begin, end) for begin, end, _ in plain]
        for span, (begin, end, measured) in zip(found, plain, strict=True):
            total = parted(weights.total(spans.features(piece.seen, piece.quote, piece.cue, begin, end)), 2)
            for column in (0, 1):
                more = sum(value * of[column] for value, of in zip((*measured, *of_voice), measures, strict=False))
                assert abs(span.score[column] - total[column] - more / 100) <= 1
            count += 1
    assert count > 100


def test_the_kind_is_the_one_with_the_highest_sum(looked):
    weights = signs.kinds_of(EN)
    numbers = [Quantity(Stretch(0, 2), value=12.0, unit="%")]
    for piece, _ in looked:
        words = piece.seen.signs
        sums = weights.parted(weights.total(kinds.features(words, piece.quote, piece.cue, numbers, 1)))
        kind = kinds.kind_of(words, piece.quote, piece.cue, numbers, 1, EN)
        assert sums[signs.CLAIM_KINDS.index(kind)] == max(sums)
