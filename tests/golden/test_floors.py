"""What the rules reach on the seeds and the challenge suite does not get worse."""

from __future__ import annotations

import pytest

from . import floors

FEW = [*(f"seeds/{name}" for name in floors.seeds()), "seeds", "challenge", "tune"]
MANY = [f"train, {language}" for language in floors.OTHERS]


@pytest.fixture(scope="module")
def reached() -> floors.Floors:
    return floors.reached(whole=False)


@pytest.fixture(scope="module")
def reached_by_all() -> floors.Floors:
    return floors.reached()


@pytest.mark.parametrize("name", FEW)
def test_figures_stay_at_their_floor(name: str, reached: floors.Floors):
    _stay(name, reached)


@pytest.mark.slow
@pytest.mark.parametrize("name", MANY)
def test_figures_of_the_texts_that_teach_stay_at_their_floor(name: str, reached_by_all: floors.Floors):
    _stay(name, reached_by_all)


def _stay(name: str, reached: floors.Floors) -> None:
    floor, now = floors.read()[name], reached[name]
    assert floor["of"] == now["of"], "the gold has changed: run python -m tests.golden.floors"
    below = {key: (now.get(key), value) for key, value in floor.items() if key != "of" and now.get(key, 0.0) < value}
    assert below == {}, "figures below their floor: (now, floor)"


def test_every_gold_has_its_floor_and_no_other():
    assert list(floors.read()) == [*FEW, *MANY]


def test_floors_rise_and_never_sink():
    old = {"a": {"of": "1", "exact": 0.3}, "b": {"of": "1", "exact": 0.9}, "gone": {"of": "1"}}
    now = {"a": {"of": "1", "exact": 0.2, "cue": 0.1}, "b": {"of": "2", "exact": 0.4}, "c": {"of": "1", "exact": 0.1}}
    assert floors.raised(old, now) == {
        "a": {"of": "1", "exact": 0.3, "cue": 0.1},
        "b": {"of": "2", "exact": 0.4},
        "c": {"of": "1", "exact": 0.1},
    }
    assert floors.raised(now, old)["a"] == {"of": "1", "exact": 0.3, "cue": 0.1}
