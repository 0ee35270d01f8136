"""Kills a batch again and again and resumes it: ``python -m tests.hostile.kill_resume [--documents N] [--kills K] [--seed S]``.

A batch of small stories is mined once undisturbed. Then it is mined anew, in this and in several processes, and each time the whole group of
processes is killed (SIGKILL) at random moments and the batch resumed. What is left must be the undisturbed run, byte for byte: every document
once, in its place.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

NAMES: Final = ("Ada Byron", "Bob Moor", "Kate Ilves", "the mayor", "a spokesman for the port", "Dr. Lee")
VERBS: Final = ("said", "told reporters", "warned", "insisted", "admitted on Friday")
THINGS: Final = ("the ferry is late", "rents rose by 5 percent", "nobody was hurt", "it works", "the bridge must close")
WAYS: Final = (
    "“{thing},” {name} {verb}.",
    "{name} {verb} that {thing}.",
    "{thing}, according to {name}.",
    "Then {name} went home.",
)
#: Seconds that an attempt may take; the whole test batch takes a minute or two.
_LONGEST: Final = 1_800.0


def stories(count: int, seed: int) -> Iterator[str]:
    """Lines of JSON: most without an id, some that repeat an id, a text or both."""
    choose = random.Random(seed)
    before = ""
    for number in range(count):
        sentences = [
            choose.choice(WAYS).format(name=choose.choice(NAMES), verb=choose.choice(VERBS), thing=choose.choice(THINGS))
            for _ in range(choose.randint(1, 4))
        ]
        record = {"text": " ".join(sentences)}
        if number % 7 == 0:
            record["id"] = f"story {number % 70}"
        line = json.dumps(record, ensure_ascii=False)
        before = before if before and number % 50 == 1 else line
        yield before


def killed_and_resumed(source: Path, out: Path, kills: int, size: int, options: Sequence[str], seed: int) -> int:
    """Mine with so many kills, at random points of an output of ``size`` bytes; how many of them struck a run that was still going."""
    choose = random.Random(seed)
    struck = 0
    for attempt in range(kills):
        process = subprocess.Popen(
            command(source, out, options, resume=attempt > 0), start_new_session=True, stderr=subprocess.PIPE
        )
        try:
            if choose.random() < 0.8:
                left = size - written(out)
                wait_for_work(process, out, written(out) + choose.uniform(0, left / (kills - attempt + 1)))
            else:  # it may strike while it starts
                time.sleep(choose.uniform(0, 0.5))
            if process.poll() is None:
                struck += 1
            elif process.returncode:
                raise AssertionError(process.communicate()[1].decode(errors="replace"))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    subprocess.run(command(source, out, options, resume=True), check=True, stderr=subprocess.DEVNULL, timeout=_LONGEST)
    return struck


def written(out: Path) -> int:
    """Bytes of the output, finished or not."""
    part = out.with_name(out.name + ".part")
    return part.stat().st_size if part.exists() else out.stat().st_size if out.exists() else 0


def wait_for_work(process: subprocess.Popen[bytes], out: Path, size: float) -> None:
    """Wait until the output is longer than ``size``, or the process ends."""
    while process.poll() is None and written(out) <= size:
        time.sleep(0.002)


def command(source: Path, out: Path, options: Sequence[str], *, resume: bool) -> list[str]:
    resuming = ["--resume"] if resume else []
    return [sys.executable, "-m", "quoteminer", "mine", str(source), "-o", str(out), "--format", "jsonl", *resuming, *options]


def compare(folder: Path, documents: int, kills: int, seed: int, ways: Sequence[Sequence[str]]) -> Iterator[str]:
    """Mine undisturbed and disturbed; a line about each way.

    Raises:
        AssertionError: when the results differ, or a run fails.
    """
    source = folder / "in.jsonl"
    source.write_text("".join(line + "\n" for line in stories(documents, seed)), encoding="utf-8")
    whole = folder / "whole.jsonl"
    started = time.monotonic()
    subprocess.run(command(source, whole, (), resume=False), check=True)
    seconds = time.monotonic() - started
    expected = whole.read_bytes()
    assert expected.count(b"\n") == documents
    yield f"undisturbed: {documents} documents in {seconds:.0f} s, seed {seed}"
    for number, options in enumerate(ways):
        out = folder / f"out-{number}.jsonl"
        struck = killed_and_resumed(source, out, kills, len(expected), options, seed + number)
        assert struck, "no kill struck"
        found = out.read_bytes()
        lines = found.count(b"\n")
        assert found == expected, f"{' '.join(options) or 'here'}: {lines} lines differ from {documents} undisturbed ones"
        left = [path.name for path in folder.iterdir() if path.name.endswith(".part")]
        assert not left, left
        yield f"{' '.join(options) or 'in one process'}: killed {struck} times of {kills} while at work, the same {documents} lines"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in compare(Path(folder), given.documents, given.kills, given.seed, [(), ("--workers", "2")]):
            print(line, flush=True)


if __name__ == "__main__":
    main()
