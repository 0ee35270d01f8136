"""Lint, types, import direction and light imports are tests like others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
whole = pytest.mark.skipif(not (ROOT / "plugins/neural").is_dir(), reason="the neural plugin is not in a source archive")


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        pytest.param(["-m", "mypy"], marks=whole),
        ["-m", "pyright", "--pythonpath", sys.executable],
        pytest.param(["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"], marks=whole),
    ],
    ids=["ruff", "format", "mypy", "pyright", "imports"],
)
def test_tool_is_content(command):
    # These plugins are not installed here; see pythonpath in pyproject.toml.
    folders = ("neural/src", "neural/train", "spacy/src", "spark/src")
    path = os.pathsep.join(str(ROOT / "plugins" / folder) for folder in folders)
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_quoteminer_stays_light():
    code = "import sys, quoteminer; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "hypothesis",
        "pytest",
        "click",
        "rich",
        "regex",
        "multiprocessing",
        "concurrent.futures",
        "quoteminer_rules",
        "quoteminer.formats",
        "quoteminer.json_form",
        "quoteminer.pictures",
        "quoteminer.tabular",
        "csv",
        "html",
        "jsonschema",
    }
    assert not heavy & set(loaded)
