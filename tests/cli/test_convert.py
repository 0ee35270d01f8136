"""``quoteminer convert``: from one format into another."""

from __future__ import annotations

import json

import pytest

from quoteminer import Document, Extraction, Miner

STORY = "“It works,” said Ada.\n\n“So,” said Bob."


@pytest.fixture
def mined(tmp_path):
    path = tmp_path / "mined.jsonl"
    path.write_text("".join(Miner(["rules"]).mine(Document(STORY, id=name)).to_json() + "\n" for name in "ab"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("brat", ".zip"), ("label-studio", ".json"), ("doccano", ".jsonl"), ("prodigy", ".jsonl"), ("web-annotation", ".jsonl")],
)
def test_there_and_back_again(run, mined, tmp_path, name, suffix):
    there = tmp_path / f"there{suffix}"
    back = tmp_path / "back.jsonl"
    assert run("convert", mined, "--format", name, "-o", there).exit_code == 0
    result = run("convert", there, "--from", name, "-o", back)
    assert (result.exit_code, result.stderr) == (0, "")
    assert back.read_text(encoding="utf-8") == mined.read_text(encoding="utf-8")


def test_to_a_table_on_standard_output(run, mined):
    result = run("convert", mined, "--format", "csv")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 5
    assert "It works," in run("convert", mined).stdout


def test_suffixes_tell_the_formats(run, mined, tmp_path):
    assert run("convert", mined, "-o", tmp_path / "a.conll").exit_code == 0
    assert run("convert", tmp_path / "a.conll", "-o", tmp_path / "b.jsonl").exit_code == 0
    found = [Extraction.from_json(line) for line in (tmp_path / "b.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [[quote.text(one.document) for quote in one.quotes] for one in found] == [["It works,", "So,"]] * 2


def test_what_cannot_be_read_is_named_and_the_rest_is_done(run, mined, tmp_path):
    with mined.open("a", encoding="utf-8") as stream:
        stream.write("{\n")
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    result = run("convert", mined, "--format", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()] == ["a", "b"]
    assert f"error: {mined}:3: not JSON" in result.stderr
    result = run("convert", bad, "--from", "label-studio", "--format", "jsonl")
    assert (result.exit_code, "expected an array of tasks" in result.stderr) == (1, True)


def test_an_input_is_not_overwritten(run, mined):
    result = run("convert", mined, "-o", mined)
    assert result.exit_code == 2
    assert "both input and output" in result.stderr
    assert run("convert", mined, "--format", "none").exit_code != 0
