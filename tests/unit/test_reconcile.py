"""Merging what several extractors found: each rule of ``reconcile`` by example."""

from __future__ import annotations

import random
import time

import attrs
import pytest

from quoteminer import Provenance, Quote
from quoteminer.reconcile import overlap, reconcile


def found(extractor, content, confidence=0.5, **fields):
    return Quote(content, fields.pop("kind", "direct"), confidence=confidence, provenance=Provenance(extractor), **fields)


def merged(*quotes):
    """Each quote from the extractor that its provenance names."""
    results: dict[str, list[Quote]] = {}
    for quote in quotes:
        results.setdefault(quote.provenance.extractor, []).append(quote)
    return reconcile(results.items())


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [(0, 5)], 0.5),
        ([(0, 10)], [(5, 15)], 1 / 3),
        ([(0, 10)], [(10, 20)], 0.0),
        ([(0, 5), (10, 15)], [(0, 15)], 10 / 15),
        ([(0, 5), (10, 15)], [(5, 10)], 0.0),
    ],
)
def test_overlap_counts_code_points_of_contents(left, right, value):
    a, b = Quote(left, "direct"), Quote(right, "direct")
    assert overlap(a.content, b.content) == overlap(b.content, a.content) == pytest.approx(value)


@pytest.mark.parametrize(("end", "count"), [(10, 1), (5, 1), (4, 2)])
def test_half_of_the_union_makes_the_same_quotation(end, count):
    assert len(merged(found("a", [(0, 10)]), found("b", [(0, end)]))) == count


@pytest.mark.parametrize(
    ("cue", "start", "kind", "count"),
    [
        ((20, 24), 8, "indirect", 1),
        ((23, 30), 8, "mixed", 1),
        ((24, 28), 8, "indirect", 2),
        ((20, 24), 10, "indirect", 2),
        ((20, 24), 8, "direct", 2),
    ],
)
def test_one_cue_makes_the_same_quotation_where_no_marks_show_how_far_it_reaches(cue, start, kind, count):
    left = found("a", [(0, 10)], kind="indirect", cue=[(20, 24)])
    assert len(merged(left, found("b", [(start, 19)], kind=kind, cue=[cue]))) == count


def test_kind_does_not_matter_for_being_the_same_and_the_winner_gives_it():
    (quote,) = merged(found("a", [(0, 10)], 0.6, kind="mixed"), found("b", [(0, 10)], 0.7))
    assert quote.kind == "direct"


def test_a_quotation_with_a_far_piece_meets_its_partner():
    assert len(merged(found("a", [(1000, 1010)]), found("b", [(0, 8), (1000, 1010)]))) == 1


def test_higher_confidence_keeps_its_boundaries():
    for low, high in (("a", "b"), ("b", "a")):
        (quote,) = merged(found(low, [(0, 10)], 0.4), found(high, [(0, 9)], 0.8))
        assert quote.content[0].end == 9


def test_marks_keep_their_boundaries_even_from_a_surer_find():
    (quote,) = merged(
        found("a", [(0, 10)], 0.5, cue=[(12, 16)], source=(17, 20)),
        found("b", [(0, 14)], 0.9, kind="mixed", cue=[(15, 16)], source=(17, 20)),
    )
    assert (quote.kind, quote.content[0].end, quote.provenance.extractor) == ("direct", 10, "a+b")
    assert (quote.cue[0].start, quote.confidence) == (15, pytest.approx(0.95))


def test_a_cue_inside_the_boundaries_kept_is_not_taken_over():
    (quote,) = merged(
        found("a", [(0, 14)], 0.5, cue=[(15, 16)], source=(17, 20)),
        found("b", [(0, 10)], 0.9, kind="indirect", cue=[(11, 14)], source=(17, 20)),
    )
    assert quote.cue[0].start == 15


def test_at_equal_confidence_the_one_with_a_source_wins_then_the_longer_then_the_name():
    assert merged(found("a", [(0, 10)]), found("b", [(0, 9)], source=(11, 14)))[0].content[0].end == 9
    assert merged(found("a", [(0, 9)]), found("b", [(0, 10)]))[0].content[0].end == 10
    assert merged(found("a", [(0, 10)]), found("b", [(1, 11)]))[0].content[0].start == 0


def test_cue_and_source_come_from_one_find():
    (quote,) = merged(
        found("a", [(0, 10)], 0.9, cue=[(30, 34)]),
        found("b", [(0, 10)], 0.5, cue=[(11, 15)], source=(16, 20)),
        found("c", [(0, 10)], 0.4, cue=[(21, 25)], source=(26, 29)),
    )
    assert (tuple(quote.cue[0]), tuple(quote.source)) == ((11, 15), (16, 20))


def test_confidence_is_that_one_of_them_is_right_but_never_certain():
    assert merged(found("a", [(0, 10)], 0.5), found("b", [(0, 10)], 0.6))[0].confidence == pytest.approx(0.8)
    assert merged(found("a", [(0, 10)], 0.95), found("b", [(0, 10)], 0.95))[0].confidence == 0.99
    # A find that was surer than the cap does not become less sure by agreement.
    assert merged(found("a", [(0, 10)], 1.0), found("b", [(0, 10)], 0.5))[0].confidence == 1.0


def test_silence_of_an_extractor_that_finds_this_kind_is_doubt():
    alone = found("a", [(0, 10)], 0.5)
    assert merged(alone)[0].confidence == 0.5
    # The other one finds indirect speech only, so it says nothing about direct.
    assert merged(alone, found("b", [(20, 30)], kind="indirect"))[0].confidence == 0.5
    assert merged(alone, found("b", [(20, 30)]))[0].confidence == pytest.approx(0.4 / 1.4, abs=1e-6)
    assert merged(alone, found("b", [(20, 30)]), found("c", [(40, 50)]))[0].confidence == pytest.approx(0.16 / 1.16, abs=1e-6)
    for certain in (0.0, 1.0):
        assert merged(found("a", [(0, 10)], certain), found("b", [(20, 30)]))[0].confidence == certain


def test_provenance_names_all_with_the_winner_first():
    (quote,) = merged(found("a", [(0, 10)], 0.5), found("b", [(0, 10)], 0.6))
    assert quote.provenance.extractor == "b+a"


def test_one_extractor_is_passed_through_with_parents_as_final_ids():
    inner, outer, again = (
        found("a", [(5, 9)], id="in", parent="out"),
        found("a", [(0, 10)], id="out"),
        found("a", [(0, 9)], id="x"),
    )
    result = merged(inner, outer, again)
    assert [(quote.id, quote.parent, tuple(quote.span)) for quote in result] == [
        ("q1", None, (0, 10)),
        ("q2", None, (0, 9)),
        ("q3", "q1", (5, 9)),
    ]
    assert [attrs.evolve(q, id="", parent=None) for q in result] == [
        attrs.evolve(q, id="", parent=None) for q in (outer, again, inner)
    ]


def test_local_ids_of_different_extractors_do_not_meet():
    result = merged(
        found("a", [(0, 50)], id="1"),
        found("a", [(5, 9)], id="2", parent="1"),
        found("b", [(60, 90)], id="1"),
        found("b", [(65, 69)], id="2", parent="1"),
    )
    assert [quote.parent for quote in result] == [None, "q1", None, "q3"]


def test_the_parent_survives_when_the_other_find_wins():
    result = merged(
        found("a", [(0, 50)], 0.5, id="o"),
        found("a", [(5, 9)], 0.5, id="i", parent="o"),
        found("b", [(0, 50)], 0.9),
        found("b", [(5, 9)], 0.9),
    )
    assert [quote.parent for quote in result] == [None, "q1"]


def test_extractors_that_disagree_on_who_encloses_whom_leave_no_circle():
    result = merged(
        found("a", [(0, 10)], id="1"),
        found("a", [(20, 30)], id="2", parent="1"),
        found("b", [(0, 10)], id="1", parent="2"),
        found("b", [(20, 30)], id="2"),
    )
    assert [quote.parent for quote in result] == [None, None]


def test_twice_the_same_from_one_extractor_takes_one_partner_each():
    result = merged(found("a", [(0, 10)], kind="mixed"), found("a", [(0, 10)]), found("b", [(0, 10)]))
    assert sorted(quote.provenance.extractor for quote in result) == ["a", "a+b"]


def test_each_find_takes_the_partner_that_overlaps_most():
    result = merged(found("a", [(0, 100)], 0.9), found("b", [(0, 60)], 0.5), found("b", [(1, 98)], 0.5))
    assert [(tuple(q.span), q.provenance.extractor) for q in result] == [((0, 100), "a+b"), ((0, 60), "b")]


@pytest.mark.parametrize(
    "piles",
    [
        lambda n: ([[(i * 10, i * 10 + 8)] for i in range(n)], [[(i * 10 + 1, i * 10 + 8)] for i in range(n)]),
        lambda n: ([[(i, 100_000)] for i in range(n)], [[(i, 99_999)] for i in range(n)]),
        lambda n: ([[(0, 9), (10 + i, 100_000 - i)] for i in range(n)], [[(0, 8), (10 + i, 100_000 - i)] for i in range(n)]),
    ],
    ids=["in a row", "in a pile", "around each other"],
)
@pytest.mark.timed
def test_time_grows_with_the_number_of_finds(piles):
    def seconds(n):
        left, right = piles(n)
        results = [("a", [found("a", c) for c in left]), ("b", [found("b", c) for c in right])]
        best = float("inf")
        for _ in range(2):
            started = time.process_time()
            reconcile(results)
            best = min(best, time.process_time() - started)
        return best

    # All pairs would take 64 times as long.
    assert seconds(1600) < 24 * seconds(200)


def test_order_of_extractors_and_finds_decides_nothing():
    quotes = [
        found(x, [(s, s + n)], c, kind=k)
        for x in "abc"
        for s in (0, 3, 9)
        for n in (5, 8)
        for c, k in ((0.5, "direct"), (0.5, "mixed"))
    ]
    expected = merged(*quotes)
    for seed in range(5):
        random.Random(seed).shuffle(quotes)
        assert merged(*quotes) == expected
