"""How several processes share the tests: in which order, and who runs alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.conftest import dealt
from tests.taking_turns import turn

#: Writes when it has a turn and when it gives it back; in between the others have time to get in its way.
PROCESS = """
import sys, time
from pathlib import Path
from tests.taking_turns import turn
folder, name, alone = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "alone"
for number in range(5):
    with turn(folder, alone=alone):
        for what in ("in", "out"):
            with (folder / "log").open("a") as log:
                log.write(f"{name} {what}\\n")
            time.sleep(0.02)
"""


def item(file: str, *markers: str) -> object:
    return SimpleNamespace(path=file, get_closest_marker=lambda name: name in markers or None)


def test_those_that_compare_times_come_first_and_long_ones_among_short_ones():
    plain = [item("a") for _ in range(8)]
    slow = [item("b", "slow"), item("b", "slow"), item("c", "slow")]
    timed = [item("d", "timed"), item("d", "timed", "slow")]
    mixed = [*timed[:1], *plain[:3], *slow, *plain[3:], *timed[1:]]
    assert dealt(mixed, 1) == [*timed, *plain[:4], *slow, *plain[4:]]
    assert dealt(mixed, 2) == [timed[0], *plain[:2], *slow[:2], *plain[2:4], timed[1], *plain[4:6], slow[2], *plain[6:]]
    for processes in range(1, 12):
        assert sorted(map(id, dealt(mixed, processes))) == sorted(map(id, mixed))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other locks")
def test_who_wants_to_be_alone_is(tmp_path):
    root = Path(__file__).resolve().parents[2]
    others = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path), name, how], cwd=root)
        for name, how in (("a", "shared"), ("b", "shared"), ("c", "alone"), ("d", "alone"))
    ]
    assert [process.wait(60) for process in others] == [0, 0, 0, 0]
    inside: set[str] = set()
    for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines():
        name, what = line.split()
        if what == "in":
            assert not inside & {"c", "d"}, line
            assert not (name in "cd" and inside), line
            inside.add(name)
        else:
            inside.remove(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other locks")
def test_a_turn_is_given_back_when_its_holder_fails(tmp_path):
    with pytest.raises(ValueError, match="no"), turn(tmp_path, alone=True):
        raise ValueError("no")
    with turn(tmp_path, alone=True):
        pass
