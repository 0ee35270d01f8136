"""A run that is killed with SIGKILL at random moments and started again; ``python -m tests.archive.killing`` does it with more."""

from __future__ import annotations

import sys

import pytest

from .killing import compare


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are killed differently on Windows")
@pytest.mark.parametrize("workers", [0, 2])
def test_a_killed_run_that_is_started_again_is_the_undisturbed_one(tmp_path, workers):
    compare(tmp_path, 400, 5, workers, 17)
