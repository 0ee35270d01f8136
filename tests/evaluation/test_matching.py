"""One-to-one assignment, by hand and against scipy on the full matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from quoteminer.evaluation.matching import assign, dice, overlap


def sets(*items: str) -> list[frozenset[int]]:
    return [frozenset(map(ord, item)) for item in items]


@pytest.mark.parametrize(
    ("left", "right", "iou", "f1"),
    [
        ("abcd", "abcd", 1.0, 1.0),
        ("abcd", "cdef", 1 / 3, 0.5),
        ("ab", "abcd", 0.5, 2 / 3),
        ("a", "b", 0.0, 0.0),
        ("", "", 0.0, 0.0),
    ],
)
def test_measures(left, right, iou, f1):
    (a,), (b,) = sets(left), sets(right)
    assert overlap(a, b) == overlap(b, a) == pytest.approx(iou)
    assert dice(a, b) == pytest.approx(f1)


def test_each_side_is_used_once():
    assert assign(sets("abcd"), sets("abcd", "abcd")) == [(0, 0)]
    assert assign(sets("abcd", "abcd"), sets("abcd", "abcd")) == [(0, 0), (1, 1)]


def test_half_is_enough_and_less_is_not():
    assert assign(sets("abcd"), sets("ab")) == [(0, 0)]
    assert assign(sets("abcde"), sets("ab")) == []
    assert assign(sets("abcde"), sets("ab"), at_least=0.0) == [(0, 0)]


def test_the_best_sum_wins_over_the_best_pair():
    # Greedily, "abcde" would take "abcdef" (5/6) and leave "bcdefg" (the other gold overlaps only with the first) alone.
    gold, found = sets("abcde", "abcdefgh"), sets("abcdef", "abcd")
    assert assign(gold, found) == [(0, 1), (1, 0)]


def test_a_bonus_decides_ties():
    gold, found = sets("ab"), sets("ab", "ab")
    assert assign(gold, found, bonus=lambda i, j: 0.001 * j) == [(0, 1)]


def test_nothing_against_something():
    assert assign([], sets("a")) == assign(sets("a"), []) == assign(sets(""), sets("")) == []


units = st.lists(st.frozensets(st.integers(0, 12), max_size=8), max_size=6)


@given(units, units, st.sampled_from([0.3, 0.5, 1.0]))
def test_the_sum_is_that_of_the_full_matrix(gold, found, at_least):
    pairs = assign(gold, found, at_least=at_least)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(overlap(gold[i], found[j]) >= at_least for i, j in pairs)
    matrix = np.array([[overlap(a, b) for b in found] for a in gold], dtype=float).reshape(len(gold), len(found))
    matrix[matrix < at_least] = 0
    best = matrix[linear_sum_assignment(matrix, maximize=True)].sum()
    assert sum(overlap(gold[i], found[j]) for i, j in pairs) == pytest.approx(best)
