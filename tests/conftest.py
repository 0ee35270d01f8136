"""What all tests share: hypothesis profiles and the annotated corpora, where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, so that a commit that passed passes again; `make search` looks for others.
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
# The first of the same examples, for `make quick`.
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For each of hundreds of mutants the same few examples.
settings.register_profile(
    "mutation", max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("QUOTEMINER_HYPOTHESIS", "ci"))

ROOT = Path(__file__).resolve().parent.parent


#: Checks of the contracts that compare times; a class of ours that inherits them cannot mark them.
COMPARE_TIMES = ("test_time_grows_as_the_text", "test_time_grows_as_the_file")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(item, "originalname", None) in COMPARE_TIMES:
            item.add_marker("timed")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(autouse=True)
def _no_plugin_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests decides nothing."""
    monkeypatch.delenv("QUOTEMINER_PLUGINS", raising=False)
    monkeypatch.delenv("QUOTEMINER_BLOCK", raising=False)
    monkeypatch.delenv("QUOTEMINER_TRACE", raising=False)
