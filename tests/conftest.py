"""What all tests share: hypothesis profiles and the annotated corpora, where they are."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from .taking_turns import turn

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


#: The folder of the locks of a run that several processes share.
TURNS = "QUOTEMINER_TESTS_TURNS"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(item, "originalname", None) in COMPARE_TIMES:
            item.add_marker("timed")
    items[:] = dealt(items, getattr(config, "workerinput", {}).get("workercount", 1))


def dealt(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """In the order in which so many processes are done soonest; each begins with its share of the list and, when it is done, takes from the end of another's.

    Those that compare times come first, while nobody does anything that takes long and would keep them waiting. Those that take long come in the middle, file
    by file to one process after another, so that enough short ones are left for whoever is done first.
    """
    timed = [item for item in items if item.get_closest_marker("timed")]
    others = [item for item in items if not item.get_closest_marker("timed")]
    files = [
        list(group) for _, group in itertools.groupby((i for i in others if i.get_closest_marker("slow")), key=lambda i: i.path)
    ]
    rest = [item for item in others if not item.get_closest_marker("slow")]
    share = -(-len(rest) // processes)
    ordered: list[pytest.Item] = []
    for number in range(processes):
        short = rest[number * share : (number + 1) * share]
        half = len(short) // 2
        ordered += [*timed[number::processes], *short[:half], *itertools.chain(*files[number::processes]), *short[half:]]
    return ordered


def pytest_configure(config: pytest.Config) -> None:
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory()
        config.add_cleanup(folder.cleanup)
        os.environ[TURNS] = folder.name  # which the processes that share the tests inherit


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """``-n auto`` is enough: each process has its share in one piece, so that what a file prepares is prepared once, and takes from others when it is done."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Among several processes, a test that compares times runs alone."""
    alone = item.get_closest_marker("timed") is not None
    shared = hasattr(item.config, "workerinput")
    with turn(Path(os.environ[TURNS]), alone=alone) if shared else contextlib.nullcontext():
        return (yield)


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
