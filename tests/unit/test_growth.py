from __future__ import annotations

import pytest

from ..growth import linear

pytestmark = pytest.mark.timed


def test_one_pass_is_linear():
    assert linear(lambda size: sum(range(size)), 200_000)


def test_all_pairs_are_not():
    assert not linear(lambda size: sum(1 for _ in range(size) for _ in range(size)), 400)
