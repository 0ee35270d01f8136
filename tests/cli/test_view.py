"""``quoteminer view``: a page of texts or of results."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from quoteminer import Document, Miner
from quoteminer.pictures import page

STORY = "“It works,” said Ada.\n\n“So,” said Bob."


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def mined(path):
    return Miner().mine(Document(STORY, id=str(path)))


def test_a_text_is_mined(run, story, tmp_path):
    result = run("view", story, "-o", tmp_path / "page.html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page(mined(story))
    assert run("mine", story, "-o", tmp_path / "mined.html").exit_code == 0
    assert (tmp_path / "mined.html").read_bytes() == (tmp_path / "page.html").read_bytes()


def test_results_are_shown_as_they_are_and_texts_after_them(run, story, tmp_path):
    results = tmp_path / "results.jsonl"
    results.write_text(mined("elsewhere").to_json() + "\n", encoding="utf-8")
    result = run("view", story, results, "-o", "-", "--title", "Both")
    assert result.exit_code == 0
    assert result.stdout == page([mined("elsewhere"), mined(story)], title="Both")


def test_without_an_output_it_is_opened_in_the_browser(run, story, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    result = run("view", story)
    assert result.exit_code == 0
    path = Path(result.stderr.removeprefix("info: the page is ").strip())
    assert path.read_text(encoding="utf-8") == page(mined(story))
    assert opened == [path.as_uri()]
    path.unlink()


def test_a_line_that_is_no_result_is_named_and_the_rest_is_shown(run, story, tmp_path):
    results = tmp_path / "results.jsonl"
    results.write_text(mined("a").to_json() + "\n{\n", encoding="utf-8")
    result = run("view", results, "-o", tmp_path / "page.html")
    assert result.exit_code == 1
    assert f"{results}:2" in result.stderr
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page(mined("a"))


def test_an_input_is_never_destroyed(run, story):
    result = run("view", story, "-o", story)
    assert result.exit_code == 2
    assert story.read_text(encoding="utf-8") == STORY
