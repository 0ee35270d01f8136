"""``quoteminer evaluate --format html``."""

from __future__ import annotations

import json

TEXT = "“It works,” said Ada. “It does not,” said Bob."


def gold_file(folder):
    record = {"id": "a", "text": TEXT, "quotes": [{"content": [[1, 10]], "kind": "indirect", "source": [41, 44]}]}
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_the_page_is_written(run, tmp_path):
    gold = gold_file(tmp_path)
    result = run("evaluate", gold, "--format", "html", "-o", tmp_path / "report.html")
    assert (result.exit_code, result.stdout_bytes) == (0, b"")
    written = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert ">It works,</span>" in written
    printed = run("evaluate", gold, "--format", "html")
    assert printed.stdout_bytes.decode() == written


def test_a_comparison_has_no_page(run, tmp_path):
    gold = gold_file(tmp_path)
    result = run("evaluate", gold, "--compare", gold, gold, "--format", "html")
    assert result.exit_code == 2
    assert "gives a table or JSON" in result.stderr


def test_the_table_names_the_page(run, tmp_path):
    last = run("evaluate", gold_file(tmp_path)).stdout.splitlines()[-1]
    assert last == "--format html -o report.html shows each error in its sentence"
