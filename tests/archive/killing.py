"""Kills a run of ``collect`` again and again: ``python -m tests.archive.killing [--documents N] [--kills K] [--workers N]``.

The archive that is left must be that of an undisturbed run, row by row. What the program said to be stored must be there after each kill.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.hostile.kill_resume import stories

#: What differs between two runs without being different: when a decision was made.
TABLES = (
    "manifests documents forms speakers mentions quotes claims issues people speaker_identifiers wordings shingles decisions people_decisions forgotten "
    "changed_blocks left_people left_wordings"
).split()

#: Says each document when it is stored for good.
SCRIPT = """
import sys
from pathlib import Path
from quoteminer import Miner
from quoteminer.archive import Archive
from quoteminer.formats import read_path
if __name__ == "__main__":
    source, path, workers = sys.argv[1:]
    with Archive(path) as archive:
        archive.collect(
            read_path(Path(source)),
            miner=Miner(["rules"]),
            workers=int(workers) or None,
            stored=lambda one: print(one.document.id, flush=True),
        )
"""


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of an archive."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


def killed(script: Path, source: Path, path: Path, workers: int, kills: int, seconds: float, seed: int) -> int:
    """Collect with so many kills; how many of them struck.

    Raises:
        AssertionError: when a document that was said to be stored is not there, or a run fails.
    """
    choose = random.Random(seed)
    struck = 0
    for attempt in range(kills + 1):
        command = [sys.executable, str(script), str(source), str(path), str(workers)]
        # Unbuffered: what a buffer took beyond the first line would be missing from the rest, up to the middle of a line.
        process = subprocess.Popen(command, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        if attempt == kills:
            _, errors = process.communicate()
            assert process.returncode == 0, errors.decode()
            break
        promised = b""
        if choose.random() < 0.7:
            # Once it has begun to store; the others may strike while it starts.
            assert process.stdout is not None
            promised = process.stdout.readline()
        time.sleep(choose.uniform(0, seconds / kills))
        if process.poll() is None:
            struck += 1
            os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        # The last line may be cut where the process was killed while it wrote.
        stored = {line.decode() for line in (promised + said).split(b"\n")[:-1]}
        if stored:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                there = {identifier for (identifier,) in connection.execute("SELECT id FROM documents")}
            assert not stored - there, "what was said to be stored is not"
    return struck


def compare(folder: Path, documents: int, kills: int, workers: int, seed: int) -> str:
    """Collect undisturbed and disturbed, and compare.

    Raises:
        AssertionError: when the archives differ.
    """
    source = folder / "in.jsonl"
    source.write_text("".join(line + "\n" for line in stories(documents, seed)), encoding="utf-8")
    script = folder / "collect.py"
    script.write_text(SCRIPT, encoding="utf-8")
    whole, disturbed = folder / "whole.db", folder / f"disturbed-{workers}.db"
    started = time.monotonic()
    subprocess.run([sys.executable, str(script), str(source), str(whole), "0"], check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    struck = killed(script, source, disturbed, workers, kills, max(1.0, seconds), seed)
    assert struck, "no kill struck"
    expected, found = rows_of(whole), rows_of(disturbed)
    for table in TABLES:
        assert found[table] == expected[table], table
    total = sum(map(len, expected.values()))
    return f"{documents} documents, killed {struck} times of {kills} with {workers or 'no'} workers: the same {total} rows"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(compare(Path(folder), given.documents, given.kills, given.workers, given.seed))


if __name__ == "__main__":
    main()
