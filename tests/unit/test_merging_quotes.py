"""Merging what several extractors found: each rule of ``reconcile`` by example."""

from __future__ import annotations

import random

import attrs
import pytest

from quoteminer import Provenance, Quote, Span
from quoteminer.merging.overlap import overlap
from quoteminer.merging.quotes import reconcile
from quoteminer.testing.contract import TOO_STEEP, growth


def together(confidence):
    """What is left of a confidence where extractors are wrong together."""
    return 1 - (1 - confidence) ** 0.8


def found(extractor, content, confidence=0.5, **fields):
    return Quote(content, fields.pop("kind", "direct"), confidence=confidence, provenance=Provenance(extractor), **fields)


def merged(*quotes, **silence):
    """Each quote from the extractor that its provenance names; ``silence`` as extractors say it."""
    results: dict[str, list[Quote]] = {}
    for quote in quotes:
        results.setdefault(quote.provenance.extractor, []).append(quote)
    return reconcile(results.items(), silence)


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [(0, 5)], 0.5),
        ([(0, 10)], [(5, 15)], 1 / 3),
        ([(0, 10)], [(10, 20)], 0.0),
        ([(0, 5), (10, 15)], [(0, 15)], 10 / 15),
        ([(0, 5), (10, 15)], [(5, 10)], 0.0),
        ([(0, 1)], [(0, 1)], 1.0),
        ([(0, 1)], [(1, 2)], 0.0),
        ([(0, 2), (4, 6), (8, 10)], [(1, 5), (9, 12)], 3 / 10),
        ([(0, 2), (4, 6)], [(0, 2), (4, 6)], 1.0),
        ([(0, 2), (4, 6)], [(0, 2), (5, 8)], 3 / 6),
        ([(0, 9)], [(1, 2), (3, 4), (8, 12)], 3 / 12),
    ],
)
def test_overlap_counts_code_points_of_contents(left, right, value):
    a, b = Quote(left, "direct"), Quote(right, "direct")
    assert overlap(a.content, b.content) == overlap(b.content, a.content) == pytest.approx(value)


@pytest.mark.parametrize("results", [[], [("a", [])], [("a", []), ("b", ())]])
def test_of_nothing_comes_nothing(results):
    assert reconcile(results) == []


def test_an_extractor_that_finds_nothing_is_no_doubt():
    alone = found("a", [(0, 10)])
    assert reconcile([("a", [alone]), ("b", [])]) == [attrs.evolve(alone, id="q1")]


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


def test_one_cue_makes_the_same_quotation_of_two_in_marks():
    whole = found("a", [(0, 10), (20, 60)], cue=[(12, 16)])
    (quote,) = merged(whole, found("b", [(0, 10)], 0.4, cue=[(12, 16)]))
    assert quote.content == whole.content


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


@pytest.mark.parametrize(
    ("whole", "kind", "told", "kept"),
    [
        ([(0, 10), (30, 52)], "mixed", 0.1, "mixed"),  # knows the marks, and what else belongs to them
        ([(0, 10), (32, 52)], "mixed", 0.1, "direct"),  # does not hold all that stands in marks
        ([(0, 10), (30, 52)], "indirect", 0.1, "direct"),  # does not know the marks
        ([(0, 10), (30, 52)], "mixed", 0.9, "direct"),  # has not the say
    ],
)
def test_marks_within_what_the_surest_extractor_takes_together_are_part_of_it(whole, kind, told, kept):
    marked = found("a", [(31, 51)], 0.9, cue=[(20, 24)])
    together = found("b", whole, 0.6, kind=kind, cue=[(20, 24)])
    (quote,) = reconcile([("a", [marked]), ("b", [together])], {"a": 0.4, "b": told})
    assert (quote.kind, quote.content) == (kept, together.content if kept == kind else marked.content)


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
        found("a", [(0, 10)], 0.9),
        found("b", [(0, 10)], 0.5, cue=[(11, 15)], source=(16, 20)),
        found("c", [(0, 10)], 0.4, cue=[(21, 25)], source=(26, 29)),
    )
    assert (tuple(quote.cue[0]), tuple(quote.source)) == ((11, 15), (16, 20))


def test_that_there_is_no_source_is_an_answer_but_not_of_direct_words():
    def twice(kind):
        return merged(
            found("a", [(0, 10)], 0.9, cue=[(30, 34)], kind=kind),
            found("b", [(0, 10)], 0.5, cue=[(11, 15)], source=(16, 20), kind=kind),
        )

    (report,) = twice("indirect")
    assert (tuple(report.cue[0]), report.source) == ((30, 34), None)
    (words,) = twice("direct")
    assert (tuple(words.cue[0]), tuple(words.source)) == ((11, 15), (16, 20))


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


def test_silence_tells_as_much_as_an_extractor_says():
    alone, other = found("a", [(0, 10)], 0.8, kind="mixed"), found("b", [(20, 30)], kind="mixed")
    (quote,) = merged(alone, b=0.1)
    assert quote.confidence == 0.8
    assert merged(alone, other, b=0.1)[0].confidence == pytest.approx(together(0.4 / 1.4), abs=1e-6)
    assert merged(alone, other, b=1.0)[0].confidence == pytest.approx(together(0.8), abs=1e-6)


def test_silence_tells_by_kind_and_of_what_is_nested():
    told = {"direct": 1.0, "indirect": 0.25, "nested": 0.5}
    outer = found("a", [(0, 40)], 0.8, kind="direct", id="1")
    inner = found("a", [(10, 20)], 0.8, kind="indirect", parent="1")
    apart = found("a", [(50, 60)], 0.8, kind="indirect")
    mixed = found("a", [(70, 80)], 0.8, kind="mixed")
    others = [
        found("b", [(100 + 10 * number, 105 + 10 * number)], kind=kind)
        for number, kind in enumerate(("direct", "indirect", "mixed"))
    ]
    kept = {quote.content[0].start: quote.confidence for quote in merged(outer, inner, apart, mixed, *others, a=1.0, b=told)}
    # Odds of 4 times the factor; a kind that is not told counts 0.4, marks or no marks.
    assert kept[0] == pytest.approx(together(0.8), abs=1e-6)
    assert kept[10] == pytest.approx(together(2 / 3), abs=1e-6)
    assert kept[50] == pytest.approx(together(0.5), abs=1e-6)
    assert kept[70] == pytest.approx(together(1.6 / 2.6), abs=1e-6)


def test_by_kind_too_the_extractor_whose_silence_tells_most_keeps_boundaries():
    ours, theirs = (found(name, content, kind="indirect") for name, content in (("a", [(0, 10)]), ("b", [(0, 12)])))
    told = {"a": {"direct": 0.1, "indirect": 0.6}, "b": {"direct": 0.6, "indirect": 0.1}}
    assert [quote.content for quote in merged(ours, theirs, **told)] == [theirs.content]


def test_what_layout_sets_off_is_not_doubted_for_a_silence():
    (turn, running), other = (found("a", [(0, 10)], 0.9, layout=layout) for layout in ("turn", "running")), found("b", [(20, 30)])
    assert [quote.confidence for quote in merged(turn, other, b=0.5) if quote.layout == "turn"] == [0.9]
    assert merged(running, other, b=0.5)[0].confidence < 0.9


def test_what_is_left_with_little_after_a_silence_that_tells_is_dropped():
    weak, other = found("a", [(0, 10)], 0.8, kind="mixed"), found("b", [(20, 30)], kind="mixed")
    assert [quote.span.start for quote in merged(weak, other, b=0.2)] == [20]
    # Nobody has said how much the silence tells, or the doubt leaves enough: it stays.
    assert len(merged(weak, other)) == 2
    assert len(merged(weak, other, b=0.9)) == 2
    # What nobody doubts stays, however weak.
    assert len(merged(found("a", [(0, 10)], 0.3, kind="mixed"), b=0.1)) == 1


def test_marks_that_stand_in_the_text_are_doubted_less():
    alone, other = found("a", [(0, 10)], 0.5), found("b", [(20, 30)])
    assert merged(alone, other, b=0.01)[0].confidence == pytest.approx(together(0.4 / 1.4), abs=1e-6)


def test_the_extractor_whose_silence_tells_most_keeps_boundaries_kind_cue_and_source():
    sure = found("a", [(0, 10)], 0.9, kind="mixed", cue=[(11, 15)], source=(16, 20))
    knowing = found("b", [(0, 9)], 0.6, kind="indirect", cue=[(21, 25)], source=(26, 29))
    (quote,) = merged(sure, knowing, a=0.8, b=0.2)
    assert (quote.content[0].end, quote.kind, tuple(quote.cue[0]), tuple(quote.source)) == (9, "indirect", (21, 25), (26, 29))
    assert (quote.confidence, quote.provenance.extractor) == (pytest.approx(together(0.96), abs=1e-6), "b+a")


def test_a_find_that_goes_on_over_sentences_keeps_what_it_has_more():
    knowing = found("b", [(20, 40)], 0.6, kind="indirect", cue=[(10, 14)])
    further = found("a", [(20, 40), (42, 60)], 0.9, kind="indirect", cue=[(10, 14)])
    (quote,) = merged(knowing, further, a=0.8, b=0.2)
    assert [tuple(part) for part in quote.content] == [(20, 40), (42, 60)]
    # Not where it begins otherwise, nor round its cue.
    other = attrs.evolve(further, content=[(18, 40), (42, 60)])
    around = attrs.evolve(further, content=[(20, 40), (55, 80)], cue=[(45, 50)])
    for doubtful, known in ((other, knowing), (around, attrs.evolve(knowing, cue=[(45, 50)]))):
        (quote,) = merged(known, doubtful, a=0.8, b=0.2)
        assert [tuple(part) for part in quote.content] == [(20, 40)]


WHOLE = found("a", [(0, 40), (60, 90)], cue=[(45, 49)])


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        (found("b", [(0, 20)], 0.9, cue=[(45, 49)]), 1),
        (found("b", [(0, 20)], 0.9, kind="indirect", cue=[(44, 49)]), 1),
        (found("b", [(50, 80)], 0.9, kind="indirect", cue=[(45, 49)]), 1),  # a piece and what interrupts
        (found("b", [(40, 70)], 0.9, kind="indirect", cue=[(45, 49)]), 2),  # more of it is outside than inside
        (found("b", [(0, 20)], 0.9, cue=[(50, 54)]), 2),  # another cue
        (found("b", [(0, 20)], 0.9), 2),
        (found("b", [(0, 20)], 1.0, cue=[(45, 49)]), 2),  # nobody doubts it
        (found("a", [(0, 20)], 0.9, cue=[(45, 49)]), 2),  # the same extractor means it
    ],
)
def test_a_piece_of_another_quotation_is_dropped(piece, count):
    partner = found("b", [(0, 90)], cue=[(45, 49)])
    result = merged(WHOLE, partner, piece, a=0.3)
    assert [quote.content for quote in result if len(quote.content) == 2] == [WHOLE.content]
    assert len(result) == count
    # Nobody has said how much the silence tells: nothing is dropped.
    assert len(merged(WHOLE, partner, piece)) == 2


def test_words_in_marks_within_a_report_are_no_piece_of_it():
    report = found("a", [(0, 90)], kind="indirect", cue=[(95, 99)])
    assert len(merged(report, found("b", [(10, 30)], 0.9, cue=[(95, 99)]), a=1.0)) == 2


@pytest.mark.parametrize(("own", "count"), [(0.9, 1), (0.2, 2)])
def test_they_are_one_where_who_knows_best_takes_the_marks_together_with_more(own, count):
    report = found("a", [(0, 90)], kind="mixed", cue=[(95, 99)])
    marked = found("b", [(10, 30)], 0.9, cue=[(95, 99)])
    assert len(merged(report, marked, a=0.5, b=own)) == count
    assert len(merged(report, attrs.evolve(marked, content=[(85, 95)]), a=0.5, b=own)) == 2


def test_a_quote_in_a_piece_belongs_to_the_next_around_it():
    result = merged(
        WHOLE,
        found("b", [(0, 90)], cue=[(45, 49)], id="1"),
        found("b", [(0, 20)], 0.9, kind="indirect", cue=[(45, 49)], id="2", parent="1"),
        found("b", [(5, 9)], 0.9, id="3", parent="2"),
        a=1.0,
    )
    assert [(quote.id, quote.parent, quote.span.start) for quote in result] == [("q1", None, 0), ("q2", "q1", 5)]


def test_a_quote_in_one_that_was_dropped_belongs_to_the_next_around_it():
    result = merged(
        found("a", [(0, 50)], 0.9, id="1", kind="indirect"),
        found("a", [(2, 40)], 0.2, id="2", kind="indirect", parent="1"),
        found("a", [(5, 9)], 0.9, id="3", parent="2"),
        found("b", [(60, 90)], kind="indirect"),
        b=0.5,
    )
    assert [(quote.id, quote.parent, quote.span.start) for quote in result] == [
        ("q1", None, 0),
        ("q2", "q1", 5),
        ("q3", None, 60),
    ]


def test_provenance_names_all_with_the_winner_first():
    (quote,) = merged(found("a", [(0, 10)], 0.5), found("b", [(0, 10)], 0.6))
    assert quote.provenance.extractor == "b+a"


def test_provenance_joins_versions_and_reasons_once_each():
    def signed(extractor, confidence, version, detail):
        return Quote([(0, 10)], "direct", confidence=confidence, provenance=Provenance(extractor, version=version, detail=detail))

    quotes = [signed("a", 0.5, "1", "marks"), signed("b", 0.7, "", "")]
    assert merged(*quotes)[0].provenance == Provenance("b+a", version="1", detail="marks")
    quotes = [signed("a", 0.5, "1", "marks"), signed("b", 0.7, "2", "verb"), signed("c", 0.6, "1", "marks")]
    assert merged(*quotes)[0].provenance == Provenance(
        "b+c+a", version="2+1+1", detail={"note": "verb", "c: note": "marks", "a: note": "marks"}
    )


def test_an_extractor_that_signs_for_another_is_named_once():
    results = [("a", [found("model", [(0, 10)])]), ("b", [found("model", [(0, 10)])])]
    assert reconcile(results)[0].provenance.extractor == "model"


def test_the_same_by_way_of_a_third_find_is_one_quotation():
    near, middle, far = found("a", [(0, 10)]), found("b", [(3, 13)]), found("c", [(6, 16)])
    assert len(merged(near, far)) == 2
    assert [quote.provenance.extractor for quote in merged(near, middle, far)] == ["a+b+c"]


def test_two_finds_of_one_extractor_are_not_joined_by_way_of_another_one():
    result = merged(found("a", [(0, 10)]), found("a", [(4, 14)]), found("b", [(2, 12)]))
    assert sorted(quote.provenance.extractor for quote in result) == ["a", "a+b"]
    result = merged(
        found("a", [(0, 10)]), found("b", [(0, 10)]), found("a", [(4, 14)]), found("c", [(2, 12)]), found("b", [(4, 13)])
    )
    assert all(len(set(quote.provenance.extractor.split("+"))) == len(quote.provenance.extractor.split("+")) for quote in result)


@pytest.mark.parametrize("order", [1, -1])
def test_of_equal_overlaps_the_first_in_the_text_is_taken(order):
    pair = [found("a", [(0, 10)]), found("a", [(4, 14)])][::order]
    result = merged(*pair, found("b", [(2, 12)]))
    assert [(quote.provenance.extractor, quote.content[0].start) for quote in result] == [("a+b", 0), ("a", 4)]


@pytest.mark.parametrize(("between", "count"), [(31, 1), (32, 2)])
def test_in_a_pile_only_the_next_finds_are_compared(between, count):
    """The documented price of linear time: 32 on either side."""
    short = [found("b", [(1 + k, 2 + k)]) for k in range(between)]
    before = merged(found("a", [(100, 1000)]), found("b", [(0, 1000)]), *short)
    assert sum(len(quote.span) > 500 for quote in before) == count
    behind = merged(found("a", [(0, 1000)]), found("b", [(100, 1000)]), *short)
    assert sum(len(quote.span) > 500 for quote in behind) == count


def test_finds_with_equal_contents_meet_in_a_pile_of_any_size():
    pile = [[found(name, [(0, 10)]) for _ in range(40)] for name in "ab"]
    assert [quote.provenance.extractor for quote in merged(*pile[0], *pile[1])] == ["a+b"] * 40


def test_a_find_without_a_partner_keeps_none_from_its_own():
    """Neither the end of its search nor a partner that is taken ends the search of the others."""
    alone = [found("a", [(0, 5)]), found("b", [(10, 12)])]
    assert [q.provenance.extractor for q in merged(*alone, found("a", [(20, 30)]), found("b", [(20, 29)]))] == ["a", "b", "a+b"]
    taken = [found("a", [(0, 10)]), found("a", [(4, 14)]), found("b", [(2, 12)])]
    later = [found("a", [(20, 30)]), found("b", [(20, 26)])]
    assert [q.provenance.extractor for q in merged(*taken, *later)] == ["a+b", "a", "a+b"]


@pytest.mark.parametrize("order", [1, -1])
def test_twins_of_one_extractor_are_told_apart_by_all_they_have(order):
    twins = [
        found("a", [(0, 10)], 0.7),
        found("a", [(0, 10)], 0.5),
        found("a", [(0, 10)], 0.9, source=(12, 14)),
        found("a", [(0, 10)], 0.9, source=(15, 17)),
        found("a", [(0, 10)], 0.9, cue=[(12, 14)]),
        found("a", [(0, 10)], 0.9, kind="mixed"),
    ]
    assert merged(*twins[::order]) == [attrs.evolve(quote, id=f"q{n}") for n, quote in enumerate(twins, 1)]


def test_a_find_that_nobody_doubts_keeps_its_confidence_to_the_last_digit():
    assert merged(found("a", [(0, 10)], 0.123456789))[0].confidence == 0.123456789
    # A doubted one is no more exact than the doubt.
    assert merged(found("a", [(0, 10)], 0.5), found("b", [(20, 30)]))[0].confidence == 0.285714


def test_a_source_without_a_cue_is_taken_where_the_winner_has_neither():
    (quote,) = merged(found("a", [(0, 10)], 0.9), found("b", [(0, 10)], 0.5, source=(17, 20)))
    assert (quote.cue, quote.source) == ((), Span(17, 20))


def test_without_any_source_the_cue_is_that_of_the_winner():
    (quote,) = merged(found("a", [(0, 10)], 0.9, cue=[(12, 16)]), found("b", [(0, 10)], 0.5, cue=[(17, 20)]))
    assert (quote.cue, quote.source) == ((Span(12, 16),), None)


def test_a_source_inside_the_boundaries_kept_is_not_taken_over():
    (quote,) = merged(
        found("a", [(0, 14)], 0.5, cue=[(15, 16)], source=(17, 20)),
        found("b", [(0, 10)], 0.9, kind="indirect", cue=[(21, 24)], source=(11, 14)),
    )
    assert (quote.cue, quote.source) == ((Span(15, 16),), Span(17, 20))


def test_modality_is_that_of_the_winner_and_nothing_is_lost_beside_it():
    strong = found("a", [(0, 10)], 0.9, kind="indirect", modality="negated", speaker="s1", addressee="s2")
    (quote,) = merged(strong, found("b", [(0, 10)], 0.9 / 2, kind="indirect"))
    assert (quote.modality, quote.speaker, quote.addressee) == ("negated", "s1", "s2")


def test_a_quote_does_not_enclose_itself():
    (quote,) = merged(found("a", [(0, 10)], id="1", parent="1"))
    assert quote.parent is None


def test_a_parent_that_no_quote_has_as_id_is_dropped():
    (quote,) = merged(found("a", [(0, 10)], id="1", parent="7"))
    assert quote.parent is None


def test_the_first_parent_that_is_another_quote_is_kept():
    result = merged(
        found("a", [(0, 50)], id="1"),
        found("a", [(5, 9)], id="2", parent="2"),
        found("b", [(0, 50)], id="1"),
        found("b", [(5, 9)], id="2", parent="1"),
    )
    assert [quote.parent for quote in result] == [None, "q1"]


def _around(n):
    """Contents that begin and end together, so that each encloses the other, and share little else."""
    return [(0, 1), (10 * n, 10 * n + 10), (99, 100)]


def test_a_parent_that_does_not_enclose_with_the_boundaries_kept_gives_way_to_the_one_around_it():
    result = merged(
        found("a", [(0, 100)], id="1"),
        found("a", [(10, 60)], 0.5, id="2", kind="indirect", parent="1"),
        found("a", [(50, 58)], id="3", parent="2"),
        found("b", [(10, 45)], 0.9, id="1", kind="indirect"),
    )
    assert [(tuple(quote.span), quote.parent) for quote in result] == [((0, 100), None), ((10, 45), "q1"), ((50, 58), "q1")]


def test_only_what_is_in_a_circle_loses_its_parent():
    result = merged(
        found("a", _around(1), id="1"),
        found("a", _around(2), id="2", parent="1"),
        found("a", [(40, 50)], id="3", parent="2"),
        found("a", [(160, 190)], id="4"),
        found("a", [(180, 185)], id="5", parent="4"),
        found("b", _around(1), id="1", parent="2"),
        found("b", _around(2), id="2"),
    )
    assert [quote.parent for quote in result] == [None, None, "q2", None, "q4"]


def test_what_leads_into_a_circle_keeps_its_parent():
    result = merged(
        found("a", [(30, 45)], id="1", parent="2"),
        found("a", _around(2), id="2", parent="3"),
        found("a", _around(3), id="3"),
        found("b", _around(2), id="2"),
        found("b", _around(3), id="3", parent="2"),
    )
    assert [quote.parent for quote in result] == [None, None, "q1"]


def test_of_two_parents_the_one_of_the_first_extractor_by_name_is_kept():
    result = merged(
        found("b", [(0, 50)], id="1"),
        found("b", [(5, 9)], id="2", parent="1"),
        found("a", [(4, 12)], id="1"),
        found("a", [(5, 9)], id="2", parent="1"),
    )
    assert [(tuple(quote.span), quote.parent) for quote in result] == [((0, 50), None), ((4, 12), None), ((5, 9), "q2")]


def test_a_circle_of_three_is_cut():
    result = merged(
        found("a", _around(1), id="1", parent="3"),
        found("a", _around(2), id="2"),
        found("a", _around(3), id="3"),
        found("b", _around(2), id="2", parent="1"),
        found("b", _around(1), id="1"),
        found("c", _around(3), id="3", parent="2"),
        found("c", _around(2), id="2"),
    )
    assert [quote.parent for quote in result] == [None, None, None]


def test_more_than_nine_quotes_are_numbered_in_text_order():
    result = merged(
        *(found("a", [(10 * n, 10 * n + 5) if n else (0, 200)], id=f"x{n}", parent="x0" if n else None) for n in range(12))
    )
    assert [quote.id for quote in result] == [f"q{n}" for n in range(1, 13)]
    assert {quote.parent for quote in result[1:]} == {"q1"}


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
        found("a", _around(1), id="1"),
        found("a", _around(2), id="2", parent="1"),
        found("b", _around(1), id="1", parent="2"),
        found("b", _around(2), id="2"),
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
    def results(n):
        left, right = piles(n)
        return [("a", [found("a", c) for c in left]), ("b", [found("b", c) for c in right])]

    made = {n: results(n) for n in (400, 1600)}
    _, factor = growth(lambda n: reconcile(made[n]), smallest=400)
    assert factor <= TOO_STEEP


@pytest.mark.timed
def test_time_grows_with_a_chain_of_parents():
    # Each is enclosed in the next one, so that the way from the first leads through all.
    def chain(n):
        return [found("a", [(n - i, n + i + 1)], id=str(i), parent=str(i + 1) if i < n - 1 else None) for i in range(n)]

    chains = {n: chain(n) for n in (2000, 8000)}
    assert sum(quote.parent is not None for quote in reconcile([("a", chains[8000])])) == 7999
    _, factor = growth(lambda n: reconcile([("a", chains[n])]), smallest=2000)
    assert factor <= TOO_STEEP


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
