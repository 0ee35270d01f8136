"""Calibration, precision by threshold, intervals and paired comparisons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_curve as reference_curve
from sklearn.metrics import roc_auc_score

from quoteminer.evaluation import compare, evaluate
from quoteminer.evaluation.bootstrap import differences, intervals, weights
from quoteminer.evaluation.calibration import calibration, precision_recall_curve
from quoteminer.evaluation.tallies import Tally, stack

from .cases import document, quote

outcomes = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_calibration_error_by_hand():
    table = calibration([0.95, 0.95, 0.55, 0.55], [True, False, True, False], bins=2)
    assert table is not None
    assert [(item.low, item.high, item.count, item.right) for item in table.bins] == [(0.55, 0.55, 2, 0.5), (0.95, 0.95, 2, 0.5)]
    assert table.error == pytest.approx((2 * 0.05 + 2 * 0.45) / 4)
    assert table.auroc == 0.5
    assert calibration([], []) is None


def test_perfect_confidences():
    table = calibration([1.0, 0.0], [True, False])
    assert table is not None
    assert table.error == table.brier == 0.0
    assert table.auroc == table.skill == 1.0


def test_one_confidence_for_all_has_no_skill():
    table = calibration([0.75] * 4, [True, True, False, True])
    assert table is not None
    assert (table.error, table.skill, table.auroc) == (0.0, 0.0, 0.5)


def test_where_all_are_right_there_is_nothing_to_tell_apart():
    table = calibration([0.5, 0.9], [True, True])
    assert table is not None
    assert table.skill is table.auroc is None


def test_the_interval_draws_documents():
    given, truth = [0.9] * 10, [True] * 5 + [False] * 5
    together = calibration(given, truth, [0] * 5 + [1] * 5)
    assert together is not None
    assert together.interval is not None
    assert together.interval[0] <= together.error <= together.interval[1]
    # With all of one kind in one document, a sample may hold nothing but wrong ones.
    assert together.interval[1] == pytest.approx(0.9)
    alone = calibration(given, truth, [0] * 10)
    assert alone is not None
    assert alone.interval is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.booleans()), min_size=1, max_size=40), st.randoms())
def test_the_order_of_predictions_changes_nothing(items, random):
    shuffled = random.sample(items, len(items))
    one, other = (calibration([a for a, _ in some], [b for _, b in some]) for some in (items, shuffled))
    assert one is not None
    assert other is not None
    assert one.error == pytest.approx(other.error)
    assert one.auroc == pytest.approx(other.auroc)


@given(outcomes)
def test_calibration_agrees_with_scikit_learn(items):
    # Ties that two bins share are our own business, so here are none.
    given, truth = [value for value, _ in items], [outcome for _, outcome in items]
    given = [value + 1e-6 * n for n, value in enumerate(given)]
    table = calibration(given, truth)
    assert table is not None
    assert sum(item.count for item in table.bins) == len(items)
    assert table.brier == pytest.approx(np.mean((np.array(given) - truth) ** 2))
    if len(set(truth)) > 1 and len(set(given)) == len(given):
        assert table.auroc == pytest.approx(roc_auc_score(truth, given))


@given(outcomes)
def test_the_curve_agrees_with_scikit_learn(items):
    given, truth = [value for value, _ in items], [outcome for _, outcome in items]
    if not any(truth):
        return
    points = precision_recall_curve(given, truth, gold=sum(truth))
    precision, recall, thresholds = reference_curve(truth, given)
    # Scikit-learn's thresholds rise, and its curve has one point more, at no recall.
    assert [point.threshold for point in points] == list(thresholds[::-1])
    assert [point.precision for point in points] == pytest.approx(list(precision[-2::-1]))
    assert [point.recall for point in points] == pytest.approx(list(recall[-2::-1]))


def test_the_curve_counts_gold_that_was_never_found():
    points = precision_recall_curve([0.9, 0.5], [True, False], gold=4)
    assert [(point.threshold, point.precision, point.recall) for point in points] == [(0.9, 1.0, 0.25), (0.5, 0.5, 0.25)]


def tallies(*rights: int, of: int = 10) -> list[Tally]:
    result = []
    for right in rights:
        tally = Tally()
        tally.add("m", right, of, right, of)
        result.append(tally)
    return result


def test_intervals_hold_the_value_and_shrink_with_more_documents():
    few, many = tallies(2, 8, 5, 6), tallies(*[2, 8, 5, 6] * 25)
    (low, high), (near_low, near_high) = (intervals(*stack(items))["m"] for items in (few, many))
    assert low < near_low < 0.525 < near_high < high
    assert intervals(*stack(few[:1])) == {}


def test_documents_that_are_alike_leave_no_doubt():
    assert intervals(*stack(tallies(5, 5, 5)))["m"] == (0.5, 0.5)


def test_weights_draw_as_many_documents_as_there_are_and_always_the_same():
    drawn = weights(7, samples=50)
    assert drawn.shape == (50, 7)
    assert set(drawn.sum(axis=1)) == {7.0}
    assert (drawn == weights(7, samples=50)).all()


def test_a_paired_comparison_sees_what_separate_intervals_would_not():
    """B is better by a little in each document, though documents differ a lot."""
    a, b = tallies(0, 3, 6, 9), tallies(1, 4, 7, 10)
    names, values = stack([*a, *b])
    (difference,) = differences(names, values[:4], values[4:])
    assert difference.difference == pytest.approx(0.1)
    assert difference.interval == pytest.approx((0.1, 0.1))
    assert difference.p == 0.0
    (none,) = differences(names, values[:4], values[:4])
    assert (none.difference, none.p) == (0.0, 1.0)


def test_comparing_two_predictions():
    text = "Ada said one two. Bob said three four."
    one, two = quote(text, "one two", source="Ada"), quote(text, "three four", source="Bob")
    gold = [document(text, one, two, id=str(i)) for i in range(3)]
    found = compare(gold, [document(text, one, id=str(i)) for i in range(3)], gold)
    by_name = {item.metric: item for item in found}
    assert (by_name["exact"].a, by_name["exact"].b) == pytest.approx((2 / 3, 1.0))
    assert by_name["exact"].difference == pytest.approx(1 / 3)
    assert by_name["exact"].p == 0.0


def test_equal_input_gives_an_equal_report():
    text = "Ada said one two. Bob said three four."
    gold = [document(text, quote(text, "one two"), id=str(i)) for i in range(4)]
    found = [document(text, quote(text, "one two. Bob"), quote(text, "Bob"), id=str(i)) for i in range(4)]
    assert evaluate(gold, found) == evaluate(gold, reversed(found))
