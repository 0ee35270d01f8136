"""Every hostile family is mined whole, and the look at how time grows sees what is not linear."""

from __future__ import annotations

import pytest

from . import families


@pytest.mark.parametrize("name", families.FAMILIES)
def test_a_hostile_family_is_mined_without_an_issue(name):
    assert list(families.mined(families.FAMILIES[name](3000))) == []


def test_families_have_the_length_that_is_asked_for():
    for make in families.FAMILIES.values():
        assert 2800 <= len(make(3000)) <= 3200


@pytest.mark.parametrize(("power", "wrong"), [(1.0, ""), (2.0, "4.0 times as long for 125,000 characters as for half of them")])
def test_growth_is_seen(monkeypatch, power, wrong):
    """By times that are counted and not taken."""
    monkeypatch.setattr(families, "seconds", lambda text: (len(text) / 125_000) ** power)
    assert families.fault(families.repeated("a"))[0] == wrong


def test_a_family_that_takes_too_long_is_seen(monkeypatch):
    monkeypatch.setattr(families, "seconds", lambda text: len(text) / 20_000)
    assert families.fault(families.repeated("a"))[0] == "25 s for 500,000 characters"


def test_what_is_slow_once_is_looked_at_again(monkeypatch, capsys):
    """A machine that was busy is no fault of a family; what is slow twice is."""
    looks = {"busy": ["2.4 times as long", ""], "slow": ["4.0 times as long", "4.1 times as long"], "fine": [""]}
    monkeypatch.setattr(families, "FAMILIES", {name: name for name in looks})
    monkeypatch.setattr(families, "fault", lambda make: (looks[make].pop(0), [0.1]))
    assert families.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 families, 2 looked at twice, 1 too slow"
