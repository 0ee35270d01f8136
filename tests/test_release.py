"""What a release needs is in order: workflows, forms, citation, fragments of the changelog, licences and bounds of what we depend on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from . import surface
from .environments import ROOT, WITHOUT_GIT
from .licences import harmless, licences
from .lowest import bounds

SCHEMAS = [
    *(("github-workflows", path) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))),
    *(("github-issue-forms", path) for path in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")) if path.stem != "config"),
    ("github-issue-config", ROOT / ".github/ISSUE_TEMPLATE/config.yml"),
    ("dependabot", ROOT / ".github/dependabot.yml"),
    ("citation-file-format", ROOT / "CITATION.cff"),
]
clone = pytest.mark.skipif(not (ROOT / ".github").is_dir(), reason="a source archive holds no workflows")


def said(*command: object) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@clone
@pytest.mark.parametrize("schema", sorted({schema for schema, _ in SCHEMAS}))
def test_files_follow_their_schema(schema):
    files = [path for name, path in SCHEMAS if name == schema]
    assert files
    said("-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


@clone
def test_workflows_are_safe():
    """No token stays behind, no text of a stranger becomes a command, each action is one commit, permissions are few."""
    program = Path(sys.executable).with_name("zizmor")
    done = subprocess.run([program, "--offline", "--quiet", ".github"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@clone
def test_a_workflow_runs_the_command_of_the_readme():
    (command,) = re.findall(r"^\$ (.* -m pytest .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert command.partition("-m pytest")[2] == run.rstrip().rpartition("-m pytest")[2]
    assert "bash .ci/run" in (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")


def test_fragments_become_a_changelog():
    fragments = [path for path in (ROOT / "changelog.d").iterdir() if path.name not in ("README.md", "template.md")]
    for path in fragments:
        assert re.fullmatch(r"\+[a-z0-9-]+\.(added|changed|deprecated|removed|fixed)\.md", path.name), path.name
    shown = said("-m", "towncrier", "build", "--draft", "--version", "next")
    for path in fragments:
        assert " ".join(path.read_text(encoding="utf-8").split()) in " ".join(shown.split()), path.name


def test_what_is_installed_may_be_passed_on():
    brought = dict(licences())
    assert {"quoteminer", "attrs", "pluggy", "regex", "onnxruntime", "pyarrow"} <= set(brought)
    assert {name: terms for name, terms in brought.items() if not harmless(terms)} == {}


@pytest.mark.parametrize(
    ("terms", "good"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("BSD-3-Clause AND GPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("MIT License; GNU Lesser General Public License v3 (LGPLv3)", False),
        ("unknown", False),
    ],
)
def test_licences_are_told_apart(terms, good):
    assert harmless(terms) is good


def test_each_dependency_has_a_bound_that_can_be_tried(tmp_path):
    assert "attrs==23.2" in bounds()
    project = tmp_path / "pyproject.toml"
    ours = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project.write_text(ours.replace('"attrs>=23.2"', '"attrs"'), encoding="utf-8")
    with pytest.raises(ValueError, match="'attrs' has no lower bound"):
        bounds(project)


def test_the_next_release_is_the_one_of_the_changelog():
    coming = re.search(
        r"^## (\d+\.\d+\.\d+) \(not yet released\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert coming is None or f"{coming[1]}.dev0" == WITHOUT_GIT


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        ("# quoteminer\nQuote(kind: str) -> None\n    kind: str\n    text() -> str\nnew() -> None\n", []),
        ("# quoteminer\nQuote(kind: str) -> None\n    kind: str\n", ["quoteminer.Quote.text"]),
        ("# quoteminer\nmine() -> None\n", ["quoteminer.Quote", "quoteminer.Quote.kind", "quoteminer.Quote.text"]),
    ],
)
def test_names_that_a_release_had_are_missed(now, missing):
    before = "# quoteminer\nQuote(kind: str) -> None\n    kind: str\n    text(self) -> str\n"
    assert surface.missing(before, now) == missing


@pytest.mark.parametrize("path", surface.released()[-1:], ids=lambda path: path.stem)
def test_what_the_last_release_had_is_still_there_or_said_to_be_removed(path):
    now = surface.GOLDEN.read_text(encoding="utf-8")
    news = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "changelog.d").glob("*.removed.md"))
    news += (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    gone = surface.missing(path.read_text(encoding="utf-8"), now)
    assert [name for name in gone if name.rpartition(".")[2] not in news] == []
