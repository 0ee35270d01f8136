"""What archives cost: ``python -m tests.benchmarks.archive [--documents N] [--quotes N] [--people train|test]``.

``collect`` beside plain ``mine``, both with two worker processes, over invented documents of 2,500 characters that share people and words; the peak
of memory; what each step costs a document; and how long questions take in an archive of many quotations.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from seeds.tools.people import PARTS
from seeds.tools.people import files as people_files
from seeds.tools.people import read as read_people

from quoteminer import Miner
from quoteminer.archive import Archive
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import QUOTE, insert
from quoteminer.evaluation import seeds
from tests.archive.scoring import heard
from tests.archive.scoring import report as people_report

SIZE = 2_500
#: What a question may hold: the words of a person who looks for something.
QUESTIONS = 200


def documents(count: int, seed: int) -> Iterator[dict[str, object]]:
    """Paragraphs of the training part of the seeds in ever new orders, with dates and outlets."""
    choose = random.Random(seed)
    paragraphs = [
        part for one in seeds("train", "en") for part in one.document.text.split("\n\n") if 80 < len(part) < 900 and "“" in part
    ]
    for number in range(count):
        text = ""
        while len(text) < SIZE:
            text += choose.choice(paragraphs) + "\n\n"
        yield {
            "id": f"d{number}",
            "text": f"{text[:SIZE]} Story {number}.",
            "metadata": {"date": f"202{number % 6}-{number % 12 + 1:02}-{number % 28 + 1:02}", "source": f"outlet {number % 40}"},
        }


class Cost(NamedTuple):
    """What a command cost: seconds by the clock, seconds of all its processes by the processor, and the most megabytes that all of them had at once."""

    clock: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s by the clock, {self.processor:.1f} s by the processor, {self.memory:.0f} MB at most in all processes"


def measured(command: list[str]) -> Cost:
    """The cost of a command. Memory is looked at a few times a second, what processes share counted once; without ``/proc`` it is not known."""
    before, started, most = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), math.nan
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while True:
        try:
            process.wait(0.3)
        except subprocess.TimeoutExpired:
            now = memory_of_session(process.pid)
            most = now if math.isnan(most) else max(most, now)
        else:
            break
    took = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most)


def memory_of_session(session: int) -> float:
    """Megabytes of all processes of a session together."""
    kilobytes = 0
    for folder in Path("/proc").glob("[0-9]*"):
        # A process may end while it is looked at.
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[3]) == session:
                found = re.search(r"^Pss: +(\d+)", (folder / "smaps_rollup").read_text(encoding="utf-8"), re.MULTILINE)
                kilobytes += int(found[1]) if found else 0
    return kilobytes / 1000 or math.nan


def collecting(folder: Path, count: int) -> None:
    """``collect`` and ``mine`` over the same documents, and ``collect`` over half of them, to see how it grows."""
    source, half = folder / "in.jsonl", folder / "half.jsonl"
    lines = [json.dumps(one, ensure_ascii=False) for one in documents(count, 1)]
    source.write_text("\n".join(lines), encoding="utf-8")
    half.write_text("\n".join(lines[: count // 2]), encoding="utf-8")
    program = [sys.executable, "-m", "quoteminer"]
    workers = ["--workers", "2", "--plugin", "rules"]
    mined = measured([*program, "mine", str(source), *workers, "-o", str(folder / "out.jsonl")])
    first = measured([*program, "collect", str(half), str(folder / "half.db"), *workers])
    whole = measured([*program, "collect", str(source), str(folder / "whole.db"), *workers])
    again = measured([*program, "collect", str(source), str(folder / "whole.db"), *workers])
    size = (folder / "whole.db").stat().st_size
    print(f"{count} documents of {SIZE} characters")
    for name, cost in (("mine", mined), ("collect, half of them", first), ("collect", whole), ("collect again", again)):
        print(f"  {name} --workers 2: {cost}")
    print(
        f"  speed beside mine: {mined.clock / whole.clock:.2f} by the clock, {mined.processor / whole.processor:.2f} by the processor"
    )
    print(f"  {size / count / 1000:.1f} kB a document")
    for name, path in (("half", half), ("whole", source)):
        script = (
            "import sys, resource; from pathlib import Path; from quoteminer import Miner; from quoteminer.archive import Archive; "
            "from quoteminer.formats import read_path\n"
            "if __name__ == '__main__':\n"
            "    with Archive(sys.argv[2]) as archive: archive.collect(read_path(Path(sys.argv[1])), miner=Miner(['rules']))\n"
            "    from tests.benchmarks.memory import peak; print(peak())"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(path), str(folder / f"{name}-memory.db")],
            check=True,
            capture_output=True,
            text=True,
        )
        print(f"  peak of memory in one process, {name}: {float(done.stdout):.0f} MB")


def asking(folder: Path, count: int) -> None:
    """Times of questions in an archive of so many quotations: those of the archive above, copied with words changed."""
    choose = random.Random(3)
    with Archive(folder / "whole.db") as archive:
        connection = archive._connection
        (texts, last, known) = (
            [row[0] for row in connection.execute("SELECT text FROM quotes")],
            connection.execute("SELECT max(number) FROM quotes").fetchone()[0],
            connection.execute("SELECT count(*) FROM quotes").fetchone()[0],
        )
        words = sorted({word.lower() for text in texts for word in text.split() if word.isalpha()})
        frequent = [word for text in texts for word in text.split() if word.isalpha()]
        template = dict(
            zip(
                QUOTE,
                connection.execute(
                    f"SELECT {', '.join(chr(34) + name + chr(34) for name in QUOTE)} FROM quotes LIMIT 1"
                ).fetchone(),
                strict=True,
            )
        )
        speakers = [row[0] for row in connection.execute("SELECT number FROM speakers")]
        places = dict(connection.execute("SELECT number, document FROM speakers"))
        while known < count:
            with writing(connection):
                rows = []
                for _ in range(min(20_000, count - known)):
                    last, known = last + 1, known + 1
                    text = choose.choice(texts).split()
                    text[choose.randrange(len(text))] = choose.choice(frequent)
                    speaker = choose.choice(speakers)
                    changes = {
                        "number": last,
                        "id": f"x{last}",
                        "text": " ".join(text),
                        "speaker": speaker,
                        "document": places[speaker],
                    }
                    rows.append([{**template, **changes}[name] for name in QUOTE])
                connection.executemany(insert("quotes", QUOTE), rows)
        names = [row[0] for row in connection.execute("SELECT name FROM people")]
        for what, ask in {
            "two words": lambda: archive.search(f"{choose.choice(frequent)} {choose.choice(frequent)}"),
            "one word of the vocabulary": lambda: archive.search(choose.choice(words)),
            "one word, the frequent ones often": lambda: archive.search(choose.choice(frequent)),
            "two words and a speaker": lambda: archive.search(
                f"{choose.choice(frequent)} {choose.choice(frequent)}", speaker=choose.choice(names)
            ),
            "a word and a year": lambda: archive.search(choose.choice(frequent), since="2024", until="2024"),
            "a speaker": lambda: archive.search(speaker=choose.choice(names)),
        }.items():
            for _ in range(20):
                ask()
            clock, processor = [], []
            for _ in range(QUESTIONS):
                started, used = time.perf_counter(), time.process_time()
                ask()
                clock.append(1000 * (time.perf_counter() - started))
                processor.append(1000 * (time.process_time() - used))
            middle, most = QUESTIONS // 2, int(QUESTIONS * 0.95)
            told = (
                f"{sorted(times)[middle]:.1f} ms in the middle and {sorted(times)[most]:.1f} ms for 95 of 100 by the {name}"
                for name, times in (("clock", clock), ("processor", processor))
            )
            print(f"  {known} quotations, {what}: {'; '.join(told)}", flush=True)


def who_is_whom(part: str) -> None:
    """How right people are joined in articles that share them: those who are annotated, and those whom the miner finds."""
    for path in people_files(part):
        people = read_people(path)
        for mined in (False, True):
            print(f"### {path.name}, speakers as {'mined' if mined else 'annotated'}")
            print("\n".join(people_report(people, heard(people, Miner(["rules"]), mined=mined))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--quotes", type=int, default=0)
    parser.add_argument("--people", choices=PARTS, help="only join the people of seeds/people")
    given = parser.parse_args()
    if given.people:
        who_is_whom(given.people)
        return
    with tempfile.TemporaryDirectory() as folder:
        collecting(Path(folder), given.documents)
        if given.quotes:
            asking(Path(folder), given.quotes)


if __name__ == "__main__":
    main()
