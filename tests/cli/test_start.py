"""What the program imports and compiles for a short text: each start pays for it anew."""

import json
import subprocess
import sys

import pytest

MINE = """
import json, re, sys
import regex._main
compiled = []
def counted(function):
    def count(pattern, *arguments):
        compiled.append(str(pattern))
        return function(pattern, *arguments)
    return count
regex._main._compile = counted(regex._main._compile)
sys.argv = ["quoteminer", "mine", "--format", "jsonl", "-o", sys.argv[2], sys.argv[1]]
from quoteminer.cli.main import main
try:
    main()
finally:
    print(json.dumps([sorted(sys.modules), compiled]))
"""
LATER = (
    "email",
    "importlib.metadata",
    "importlib.resources",
    "quoteminer_people.linking",
    "quoteminer_rules.reports.explaining",
    "quoteminer_rules.speakers.plain",
    "rich",
    "tempfile",
    "zipfile",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """The modules that are imported for a short text, and the patterns of the library ``regex``, which are slow to compile."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "in.txt").write_text(
        "“We will cut taxes by 5% next year,” said Anna Smith, the finance minister.", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", MINE, str(folder / "in.txt"), str(folder / "out.jsonl")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads((folder / "out.jsonl").read_text(encoding="utf-8"))["quotes"]
    return json.loads(done.stdout)


def test_what_few_texts_need_is_imported_later(started):
    modules, _ = started
    assert not set(LATER) & set(modules)


def test_patterns_of_layouts_that_a_text_cannot_have_are_not_compiled(started):
    _, patterns = started
    assert not [pattern for pattern in patterns if "(?P<cue>" in pattern or "(?P<time>" in pattern or "(?P<handle>" in pattern]
