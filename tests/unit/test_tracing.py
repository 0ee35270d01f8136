"""QUOTEMINER_TRACE tells what each component did with each document."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import quoteminer
from quoteminer import ConfigurationError, Document, Miner, Quote

PLUGINS = Path(__file__).resolve().parent.parent / "data" / "plugins"


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def counted(text):
    return [(line["component"], line["document"], line["count"]) for line in lines(text)]


@pytest.fixture
def traced(monkeypatch, tmp_path):
    """The fixture plugin, traced to a file."""
    path = tmp_path / "trace.jsonl"
    monkeypatch.syspath_prepend(PLUGINS)
    monkeypatch.setenv("QUOTEMINER_TRACE", str(path))
    return path


def test_a_line_for_each_component_and_document(traced):
    extractions = list(Miner(["fixture"]).mine_many([Document("«a» «b»", id="x"), Document("\ud800\n", id="y\ud800\n")]))
    assert counted(traced.read_text(encoding="ascii")) == [
        (component, document, count)
        for document, quotes in (("x", 2), ("y\ud800\n", 0))
        for component, count in (("fixture.quotes", quotes), ("fixture.speakers", 1), ("fixture.claims", quotes))
    ]
    assert [len(extraction.quotes) for extraction in extractions] == [2, 0]


def test_a_failure_is_told_with_its_reason(traced):
    Miner(["fixture"]).mine(Document("«a» raise", id="x"))
    first = lines(traced.read_text(encoding="ascii"))[0]
    assert (first["component"], first["count"], first["error"]) == ("fixture.quotes", 0, "ValueError: asked to raise")
    assert first["seconds"] >= 0


class Slow:
    name = "p.slow"

    def extract(self, document):
        time.sleep(0.02)
        return [Quote([(0, 1)], "direct")]


class SlowBatches(Slow):
    name = "p.slow-batches"

    def extract_many(self, documents):
        time.sleep(0.02 * len(documents))
        return [[Quote([(0, 1)], "direct")] for _ in documents]


class Plugin:
    plugin_name = "p"

    @quoteminer.hookimpl
    def quoteminer_quote_extractors(self):
        return [Slow(), SlowBatches()]


def test_times_are_those_of_the_component_and_a_batch_shares_its_time(traced):
    list(Miner([Plugin()]).mine_many(["a", "b", "c"]))
    written = lines(traced.read_text(encoding="ascii"))
    assert [line["component"] for line in written] == ["p.slow"] * 3 + ["p.slow-batches"] * 3
    assert all(line["seconds"] >= 0.02 for line in written)


def test_other_processes_write_to_the_same_file(traced):
    documents = [Document("«a»", id=str(n)) for n in range(70)]
    list(Miner(["fixture"]).mine_many(documents, workers=2))
    found = counted(traced.read_text(encoding="ascii"))
    assert sorted(found) == sorted(
        (f"fixture.{part}", document.id, 1) for document in documents for part in ("quotes", "speakers", "claims")
    )


@pytest.mark.parametrize("value", ["1", "-"])
def test_to_standard_error(monkeypatch, capsys, value):
    monkeypatch.setenv("QUOTEMINER_TRACE", value)
    Miner([Plugin()]).mine(Document("a", id="d"))
    assert counted(capsys.readouterr().err) == [("p.slow", "d", 1), ("p.slow-batches", "d", 1)]


@pytest.mark.parametrize("value", [None, ""])
def test_silent_by_default(monkeypatch, capsys, value):
    if value is not None:
        monkeypatch.setenv("QUOTEMINER_TRACE", value)
    Miner([Plugin()]).mine("a")
    assert capsys.readouterr().err == ""


def test_a_file_that_cannot_be_written_is_refused_by_name(monkeypatch, tmp_path):
    monkeypatch.setenv("QUOTEMINER_TRACE", str(tmp_path / "none" / "trace"))
    with pytest.raises(ConfigurationError, match=r"QUOTEMINER_TRACE: cannot write to .*No such file") as caught:
        Miner()
    assert caught.value.option == "QUOTEMINER_TRACE"


def test_the_program_traces_too(traced, tmp_path):
    (tmp_path / "story.txt").write_text("“It works,” said Ada.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "quoteminer", "mine", "--plugin", "rules", str(tmp_path / "story.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = counted(traced.read_text(encoding="ascii"))
    assert [(component, count) for component, _, count in found] == [
        ("rules.quotes", 1),
        ("rules.speakers", 1),
        ("rules.claims", 0),
    ]


def test_the_program_says_what_is_wrong_with_the_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("QUOTEMINER_TRACE", str(tmp_path))
    done = subprocess.run([sys.executable, "-m", "quoteminer", "plugins"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "QUOTEMINER_TRACE: cannot write" in done.stderr
    assert "Traceback" not in done.stderr
