"""Ways to run the program: in this process, as a process of its own, and with a plugin installed."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quoteminer.cli.main import program

ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("mine", path, input=…)`` gives ``exit_code``, ``stdout_bytes``, ``stdout``, ``stderr``."""
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object, **options: Any) -> Result:
        result = CliRunner().invoke(program, [str(item) for item in arguments], **options)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def command() -> list[str]:
    """The beginning of a command line that starts the program as a process of its own."""
    return [sys.executable, "-m", "quoteminer"]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """For such a process: this source tree, no colour by accident."""
    paths = [str(ROOT / "src"), str(ROOT / "plugins/people/src"), str(ROOT / "plugins/rules/src")]
    without = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**without, "PYTHONPATH": os.pathsep.join(paths), "TERM": "xterm"}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """``install(name, source)`` makes a plugin that is found by its entry point, as pip would leave it."""

    def make(name: str, source: str) -> Path:
        folder = tmp_path / f"site-{name}"
        information = folder / f"quoteminer_{name}-1.2.dist-info"
        information.mkdir(parents=True)
        (folder / f"quoteminer_{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
        (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: quoteminer-{name}\nVersion: 1.2\n")
        (information / "entry_points.txt").write_text(f"[quoteminer]\n{name} = quoteminer_{name}\n")
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.delitem(sys.modules, f"quoteminer_{name}", raising=False)
        return folder

    return make
