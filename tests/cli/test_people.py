"""Lists of people on the command line."""

from __future__ import annotations

import json

import pytest

TEXT = "“We must act,” Rutte told the forum. “It may take years,” said Mr. Rutte. “Indeed,” said Ada Byron."


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def desk(tmp_path):
    path = tmp_path / "desk.csv"
    path.write_text("name,role,id_desk,party\nMark Rutte,prime minister,17,VVD\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("more", [[], ["--workers", "1"], ["--plugin", "rules"]])
def test_mine(run, story, desk, more):
    result = run("mine", story, "--people", desk, "--format", "jsonl", *more)
    assert (result.exit_code, result.stderr) == (0, "")
    rutte, _, ada = json.loads(result.stdout)["speakers"]
    assert (rutte["name"], rutte["role"], rutte["identifiers"], rutte["attributes"]) == (
        "Mark Rutte",
        "prime minister",
        {"desk": "17"},
        {"party": "VVD"},
    )
    assert (ada["name"], ada["identifiers"]) == ("Ada Byron", {})


def test_several_lists(run, story, desk, tmp_path):
    other = tmp_path / "others.jsonl"
    other.write_text('{"name": "Ada Byron", "id_own": 3}\n', encoding="utf-8")
    result = run("mine", story, "--people", desk, "--people", other, "--format", "jsonl")
    assert [one["identifiers"] for one in json.loads(result.stdout)["speakers"]] == [{"desk": "17"}, {}, {"own": "3"}]


def test_who_is_ambiguous_is_said(run, story, desk):
    desk.write_text("name,id\nMark Rutte,1\nKarl Rutte,2\n", encoding="utf-8")
    result = run("mine", story, "--people", desk)
    assert result.exit_code == 0
    assert "warning" in result.stderr
    assert "'Rutte' may be Mark Rutte (desk.csv:2) or Karl Rutte (desk.csv:3); not linked" in result.stderr


def test_claims_and_view(run, story, desk, tmp_path):
    story.write_text("“Unemployment rose by 40 percent in 2019,” Rutte said.", encoding="utf-8")
    assert "Mark Rutte" in run("claims", story, "--people", desk).stdout
    run("view", story, "--people", desk, "-o", tmp_path / "page.html")
    assert "Mark Rutte" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_bad_list_is_a_wrong_call(run, story, desk):
    desk.write_text("name,id\nMark Rutte,1\n,2\nAda Byron,1\n", encoding="utf-8")
    result = run("mine", story, "--people", desk)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Error: --people: {desk}:3: has no name\n{desk}:4: has the people id '1' that is in line 2" in result.stderr


def test_a_list_that_is_not_there_is_a_wrong_call(run, story, tmp_path):
    assert run("mine", story, "--people", tmp_path / "none.csv").exit_code == 2


def test_a_blocked_plugin_takes_no_list(run, story, desk):
    result = run("mine", story, "--people", desk, "--no-plugin", "people")
    assert result.exit_code == 2
    assert "the plugin 'people' is blocked" in result.stderr
