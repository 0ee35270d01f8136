"""What the program says of the rules that run."""

from __future__ import annotations

import importlib.machinery
import sys

import pytest

from quoteminer import __version__
from quoteminer.cli.version import version
from quoteminer.installed import EntryPoint

OURS = importlib.machinery.EXTENSION_SUFFIXES[0]


@pytest.mark.parametrize(
    ("files", "form"),
    [
        (["__init__.py", f"marks{OURS}"], "compiled"),
        (["__init__.py", "marks.py"], "plain Python"),
        (["__init__.py", "marks.py", "marks.cpython-27-pdp11.so"], "plain Python"),
        ([], "not installed"),
    ],
    ids=["compiled", "plain", "for another Python", "missing"],
)
def test_the_files_of_the_rules_tell_how_they_run(files, form, tmp_path, monkeypatch):
    package = tmp_path / "told_by_files"
    if files:
        package.mkdir()
    for name in files:
        (package / name).write_text("raise RuntimeError('nobody imports the rules for that')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    entry_point = EntryPoint("rules", "told_by_files", None)
    monkeypatch.setattr("quoteminer.installed.entry_points", lambda group: [entry_point])
    assert version() == f"{__version__} (rules: {form})"
    assert "told_by_files" not in sys.modules
