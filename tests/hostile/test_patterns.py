"""No pattern of the project can be made slow, and the check would see it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from . import patterns

TEXTS = ["“It works,” said Ann Lee, who had come by bus.\n\nNobody asked.   "]


def test_no_pattern_is_slow():
    """In a process of its own, where nothing has been compiled yet."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.patterns"], cwd=patterns.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-5]) > 50


@pytest.mark.parametrize("source", [r"(\w+\s?)*!", r"\s+$", r"“[^”]*”", r"(a|a)*b", r"<!--.*?-->", r"\w+@\w+"])
def test_slow_patterns_are_seen(source):
    assert patterns.slow(re.compile(source, re.DOTALL), TEXTS) is not None


@pytest.mark.parametrize("source", [r"“[^“”]{1,2000}”", r"\bsaid\b", r"\S+", r"(?<!\w)\d{1,3}(?!\w)"])
def test_linear_patterns_are_left_alone(source):
    assert patterns.slow(re.compile(source), TEXTS) is None


def test_patterns_said_to_be_tried_at_one_place_exist():
    sources = "".join(path.read_text(encoding="utf-8") for folder in patterns.FOLDERS for path in folder.rglob("*.py"))
    for _, beginning, where in patterns.ONE_PLACE:
        assert beginning in sources
        assert where
