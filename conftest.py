"""The Python examples of the documentation run as tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).resolve().parent


def _enter(namespace: dict[str, Any]) -> None:
    """Examples name the seeds as a reader does who stands in the project's folder."""
    namespace["__before__"] = Path.cwd()
    os.chdir(ROOT)


def _leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["__before__"])


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md"],
    setup=_enter,
    teardown=_leave,
).pytest()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT
