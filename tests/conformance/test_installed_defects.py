"""Broken plugins as a user has them: installed by pip beside the rules. They are listed, blocked before import, and cost only themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).resolve().parent.parent / "data" / "defective"
FAILED = {
    "unimportable": "ImportError: no module named heavy_library",
    "missing": "has no attribute 'nowhere'",
    "misnamed": "the component name 'rules.quotes' must be 'misnamed'",
    "mistyped": "quoteminer_quotes_extractors",
}
AT_WORK = {
    "raising.quotes": "ValueError: half way",
    "endless.quotes": "gave more than 1,021 results",
    "outside.quotes": "Quote.content: Span(start=0, end=22) reaches outside",
    "changing.quotes": "Document.text was changed in place",
    "hanging.quotes": "over its time limit of 3 s",
    "losing.speakers": "with the same ids",
}
TEXT = "“It works,” said Ada."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), str(SOURCE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def python(site: Path, *arguments: str, **variables: str) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1", "COLUMNS": "300", **variables}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False)


def test_each_costs_only_itself(site):
    code = (
        "import json, quoteminer\n"
        f"extraction = quoteminer.Miner(time_limit=3).mine(quoteminer.Document({TEXT!r}, id='d'))\n"
        "print(json.dumps(extraction.to_dict()))"
    )
    extraction = json.loads(python(site, "-c", code).stdout)
    (quote,) = extraction["quotes"]
    assert (quote["content"], quote["speaker"], quote["provenance"]["extractor"]) == ([[1, 10]], "s1", "rules.quotes")
    issues = {issue["component"]: issue["message"] for issue in extraction["issues"]}
    assert set(issues) == set(FAILED) | set(AT_WORK)
    for name, reason in (FAILED | AT_WORK).items():
        assert reason in issues[name], name


def test_the_program_lists_them_with_their_distribution(site):
    done = python(site, "-m", "quoteminer", "plugins")
    assert done.returncode == 1
    rows = {line.split()[0]: line.split() for line in done.stdout.splitlines() if line.strip()}
    for name in FAILED:
        assert rows[name][1:4] == ["3.1", "defective-plugins", "failed"]
    for name in AT_WORK:
        assert rows[name.partition(".")[0]][1:5] == ["3.1", "defective-plugins", "active", name]
    assert rows["rules"][3] == "active"


@pytest.mark.parametrize("way", ["block", "allow", "options"])
def test_what_is_blocked_or_not_allowed_is_never_imported(site, tmp_path, way):
    names = [*FAILED, *(name.partition(".")[0] for name in AT_WORK)]
    variables = {"block": {"QUOTEMINER_BLOCK": ",".join(names)}, "allow": {"QUOTEMINER_PLUGINS": "rules"}, "options": {}}[way]
    options = [part for name in names for part in ("--no-plugin", name)] if way == "options" else []
    mark, story = tmp_path / "mark", tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    done = python(
        site, "-m", "quoteminer", "mine", *options, "--format", "jsonl", str(story), DEFECTIVE_MARK=str(mark), **variables
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["quotes"]) == 1
    assert not mark.exists()
    listed = python(site, "-m", "quoteminer", "plugins", *options, DEFECTIVE_MARK=str(mark), **variables)
    assert listed.returncode == 0
    # Of our own plugins that of people is not allowed either.
    assert listed.stdout.count("not allowed" if way == "allow" else "blocked") == len(names) + (way == "allow")
    assert not mark.exists()


def test_one_that_is_allowed_again_is_imported(site, tmp_path):
    mark = tmp_path / "mark"
    python(site, "-m", "quoteminer", "plugins", "--plugin", "raising", DEFECTIVE_MARK=str(mark))
    assert mark.exists()
