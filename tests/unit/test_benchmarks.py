"""The benchmarks' own arithmetic, and that they still run."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.benchmarks import page, scaling, texts
from tests.benchmarks.components import WHOLE, choices, parts
from tests.benchmarks.memory import peak
from tests.benchmarks.timing import Series, alternating, in_turn

from quoteminer import Document, __version__

PAGE = "before\n<!-- speed:begin -->\n\nold\n\n<!-- speed:end -->\nafter <!-- peers:begin -->x<!-- peers:end -->\n"


def test_a_block_is_replaced_and_nothing_else():
    once = page.replaced(PAGE, "speed", "\nnew | figures\n")
    assert once == PAGE.replace("old", "new | figures")
    assert page.replaced(once, "speed", "new | figures") == once


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "<!-- speed:begin -->",
        "<!-- speed:end --><!-- speed:begin -->",
        "<!-- speed:begin --><!-- speed:end --><!-- speed:begin --><!-- speed:end -->",
    ],
)
def test_a_page_without_the_place_of_the_block_stays_as_it_is(text):
    with pytest.raises(ValueError, match="speed:begin"):
        page.replaced(text, "speed", "new")


def test_the_page_has_a_place_for_each_block():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.replaced(text, "speed", "new") != text


def test_a_table_keeps_its_columns():
    assert page.table(["a", "b"], [["x|y", "1"]]) == "| a | b |\n| --- | ---: |\n| x\\|y | 1 |"


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.01234, "0.0123"), (7, "7"), (45.67, "45.7"), (999.6, "1,000"), (1234567, "1,230,000")]
)
def test_three_digits_are_shown(value, shown):
    assert page.count(value) == shown


def test_the_circumstances_do_not_name_the_machine():
    shown = page.circumstances("python -m tests.benchmarks.speed", {"spacy": "3.8"})
    assert str(texts.ROOT) not in shown
    assert f"quoteminer {__version__} with " in shown
    assert "spacy 3.8" in shown


def test_medians_and_ratios_are_of_the_rounds():
    """A round that was slow for both sides leaves the ratio alone."""
    mine, theirs = Series([1.0, 10.0, 2.0]), Series([2.0, 20.0, 4.0])
    assert (mine.median, mine.least, mine.most) == (2.0, 1.0, 10.0)
    assert mine.per(theirs).values == (0.5, 0.5, 0.5)
    assert theirs.less(mine).values == (1.0, 10.0, 2.0)
    assert mine.rate(20).values == (20.0, 2.0, 10.0)
    assert mine.show(page.count, "s") == "2 s (1–10)"


def test_a_series_needs_values_of_every_round():
    with pytest.raises(ValueError, match="values"):
        Series([])
    with pytest.raises(ValueError, match="shorter"):
        Series([1.0, 2.0]).per(Series([1.0]))


def test_every_second_round_goes_backwards():
    calls: list[str] = []

    def measure(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    taken = alternating({"a": lambda: measure("a"), "b": lambda: measure("b")}, 3)
    assert calls == ["a", "b", "b", "a", "a", "b"]
    assert taken["a"].values == (1.0, 4.0, 5.0)
    assert in_turn("abc", 1) == ["c", "b", "a"]


def test_texts_have_the_size_that_was_asked_for():
    seeds = texts.seeds()
    assert {len(texts.of_size(seeds, size)) for size in (1, 1000)} == {1, 1000}
    assert texts.of_size(seeds, 60_000).startswith(seeds.documents[0].text)
    assert {len(texts.hostile(name, 999)) for name in texts.HOSTILE} == {999}


def test_without_the_corpora_the_seeds_serve(monkeypatch, tmp_path):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    news = texts.news()
    assert "seeds repeated" in str(news)
    assert len({document.id for document in news.documents}) == len(news.documents)


def test_a_size_that_would_take_too_long_is_left_out():
    steps = scaling.grow("a ".__mul__, (10, 10_000_000_000, 20_000_000_000), rounds=1, budget=1.0)
    assert [type(step).__name__ for step in steps] == ["Step", "Left", "Left"]


def test_growth_is_time_over_size():
    one = Series([1.0])
    before, after = scaling.Step(10, one, one, 0), scaling.Step(100, Series([20.0]), one, 0)
    assert scaling.growth(before, after).values == (2.0,)


def test_every_component_is_a_part():
    found = parts([Document("“It works,” said Ada.")])
    names = [part.name for part in found]
    assert {"rules.quotes", "rules.speakers"} < set(names)
    wholes = [f"{WHOLE}, {' + '.join(names)}" for names in choices()]
    assert names[-len(wholes) :] == wholes
    assert f"{WHOLE}, rules" in wholes
    for part in found:
        part.ready()()


def test_the_rules_are_measured_alone_and_with_what_is_installed_beside_them():
    *alone, together = choices()
    assert together[0] == "rules"
    assert alone == ([("rules",)] if len(together) > 1 else [])


def test_the_peak_of_memory_is_in_megabytes():
    assert 5 < peak() < 100_000


@pytest.mark.slow
def test_speed_runs(root):
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--quick"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for heading in ("By component", "By length", "meant to be slow", "Start", "Workers"):
        assert heading in done.stdout
    assert "left out" not in done.stdout
