"""A small batch, killed and resumed; ``make kill-resume`` does it with a large one."""

from __future__ import annotations

import sys

import pytest

from .kill_resume import compare, stories


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are killed differently on Windows")
@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["here", "workers"])
def test_a_batch_that_is_killed_and_resumed_is_the_undisturbed_one(tmp_path, options):
    assert len(list(compare(tmp_path, 300, 3, 17, [options]))) == 2


def test_the_batch_repeats_ids_and_texts():
    lines = list(stories(300, 17))
    assert len(set(lines)) < 300
    assert sum('"id"' in line for line in lines) > 30
