"""Fuzzes the project: ``python -m tests.hostile.fuzz [TARGET ...] [--seconds S] [--runs N]``.

Each target of :mod:`tests.hostile.targets` runs in a process of its own, guided by the coverage of its code (atheris), or where
atheris is not installed or ``--plain`` is given, by what the program does: which rules, kinds and errors an input shows. Inputs begin with
the seeds and the corpus of hostile inputs, and are changed by :mod:`tests.hostile.mutation`. What raises or takes too long is
made shorter, shown and kept in the folder of ``--finds``; the run goes on. A table says how many inputs ran.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NoReturn

from quoteminer.testing.texts import HOSTILE

from .mutation import CORPUS, LONGEST, TextMutator, mutated_json, to_bytes, to_text, unescaped

ROOT: Final = Path(__file__).resolve().parent.parent.parent
NAMES: Final = ("mine", "form", "files", "annotated", "merging", "offsets")
#: Processor seconds for one input; the longest take a few hundredths.
TOO_LONG: Final = 2.0
HANGS: Final = 10.0
_BYTES: Final = 3 * LONGEST


class Hangs(BaseException):
    """An input is over its time; no ``except Exception`` may swallow this."""


@contextlib.contextmanager
def stopped(seconds: float) -> Iterator[None]:
    """Raise :class:`Hangs` when the block takes more processor time; libFuzzer has the other alarms for itself."""

    def ring(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def known_texts() -> list[str]:
    """Where texts begin: the paragraphs of the seeds, known trouble, and what earlier runs found."""
    texts = [text for text in HOSTILE.values() if len(text) <= LONGEST]
    texts += [unescaped(line) for line in (CORPUS / "texts.txt").read_text(encoding="utf-8").split("\n") if line]
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        texts += [paragraph for paragraph in paragraphs if 20 < len(paragraph) <= 300]
        texts += ["\n\n".join(pair) for pair in zip(paragraphs[::4], paragraphs[1::4], strict=False) if len("".join(pair)) < 300]
    return texts


class Changes:
    """Changes inputs of one target."""

    def __init__(self, target: str, texts: Sequence[str]) -> None:
        self._target = target
        self._text = TextMutator(texts)

    def __call__(self, data: bytes, rng: random.Random, longest: int = _BYTES) -> bytes:
        """Another input."""
        if self._target in ("form", "annotated", "files") and rng.random() < 0.6:
            lines = data.split(b"\n")
            at = rng.randrange(len(lines))
            line = mutated_json(lines[at], rng)
            if line is not None:
                lines[at] = line
                return b"\n".join(lines)[:longest]
        if self._target == "merging" or rng.random() < 0.1:
            return _changed_bytes(data, rng)[:longest]
        return to_bytes(self._text(to_text(data), rng))[:longest]


def _changed_bytes(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(changed))
        what = rng.randrange(4)
        if what == 0:
            changed[at:at] = rng.randbytes(rng.choice((1, 2, 8)))
        elif what == 1:
            del changed[at : at + rng.choice((1, 2, 8))]
        elif what == 2 and at < len(changed):
            changed[at] = rng.choice((0, 1, 0xFF, 0xED, 0xC2, rng.randrange(256), (changed[at] + 1) % 256))
        else:
            other = rng.randint(0, len(changed))
            changed[at:at] = changed[other : other + rng.choice((1, 4, 16))]
    return bytes(changed)


class Session:
    """Runs one target on many inputs, counts them, and keeps what goes wrong."""

    def __init__(
        self,
        target: str,
        function: Callable[[bytes], Hashable],
        *,
        runs: int | None = None,
        seconds: float | None = None,
        finds: Path | None = None,
        too_long: float = TOO_LONG,
        hangs: float = HANGS,
    ) -> None:
        self.target = target
        self.runs = self.exceptions = self.time_outs = self.characters = 0
        self.slowest = 0.0
        self.slowest_input = b""
        self.causes: dict[str, dict[str, Any]] = {}
        self._function = function
        self._most = runs
        self._started = time.monotonic()
        self._until = None if seconds is None else self._started + seconds
        self._finds = finds
        self._too_long = too_long
        self._hangs = hangs

    @property
    def over(self) -> bool:
        """Whether it has run for as long as it should."""
        return (self._most is not None and self.runs >= self._most) or (
            self._until is not None and time.monotonic() >= self._until
        )

    def run(self, data: bytes) -> Hashable:
        """One input; gives what the target saw, ``None`` when it went wrong."""
        self.runs += 1
        self.characters += len(data)
        started = time.process_time()
        seen: Hashable = None
        cause = None
        try:
            with stopped(self._hangs):
                seen = self._function(data)
        except KeyboardInterrupt:
            raise
        except Hangs:
            self.time_outs += 1
            cause = "hangs"
        except BaseException as error:
            self.exceptions += 1
            cause = _cause(error)
        taken = time.process_time() - started
        if cause is None and taken > self._too_long:
            # Once more, lest it was the collection of garbage or the first use of something.
            started = time.process_time()
            self._function(data)
            taken = time.process_time() - started
            if taken > self._too_long:
                self.time_outs += 1
                cause = f"takes {taken:.1f} s of processor time"
        if taken > self.slowest:
            self.slowest, self.slowest_input = taken, data
        if cause is not None and (known := self.causes.setdefault(cause, {"count": 0}))["count"] == 0:
            known["input"] = repr(to_text(data if cause == "hangs" else self._shorter(data, cause)))
            self._keep(cause, data)
        if cause is not None:
            self.causes[cause]["count"] += 1
        return seen

    def _shorter(self, data: bytes, cause: str) -> bytes:
        """An input that goes wrong in the same way and from which nothing can be left out."""

        def same(shorter: bytes) -> bool:
            try:
                with stopped(self._hangs):
                    self._function(shorter)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                return _cause(error) == cause
            return False

        text: Any = data if self.target == "merging" else to_text(data)
        bytes_of = (lambda item: item) if self.target == "merging" else to_bytes
        step = max(1, len(text) // 2)
        until = time.monotonic() + 20
        while step and time.monotonic() < until:
            at = 0
            while at < len(text):
                shorter = text[:at] + text[at + step :]
                if same(bytes_of(shorter)):
                    text = shorter
                else:
                    at += step
            step //= 2
        result: bytes = bytes_of(text)
        return result if same(result) else data

    def _keep(self, cause: str, data: bytes) -> None:
        if self._finds is not None:
            self._finds.mkdir(parents=True, exist_ok=True)
            (self._finds / f"{self.target}-{len(self.causes)}.bin").write_bytes(data)
            (self._finds / f"{self.target}-{len(self.causes)}.txt").write_text(
                f"{cause}\n{self.causes[cause]['input']}\n", encoding="utf-8"
            )

    def summary(self) -> dict[str, Any]:
        """What is known so far, as JSON values."""
        return {
            "target": self.target,
            "runs": self.runs,
            "bytes": self.characters,
            "exceptions": self.exceptions,
            "time_outs": self.time_outs,
            "slowest": round(self.slowest, 4),
            "slowest_input": repr(to_text(self.slowest_input))[:200],
            "seconds": round(time.monotonic() - self._started, 1),
            "causes": self.causes,
        }


def _cause(error: BaseException) -> str:
    """Where an error comes from; inputs with one cause count as one find."""
    trace: TracebackType | None = error.__traceback__
    where = "?"
    for frame in traceback.extract_tb(trace):
        if "quoteminer" in frame.filename or "hostile" in frame.filename:
            where = f"{Path(frame.filename).name}:{frame.lineno}"
    return (
        f"{type(error).__name__} at {where}: {str(error)[:80]}"
        if isinstance(error, AssertionError)
        else f"{type(error).__name__} at {where}"
    )


def guided_by_behaviour(session: Session, changes: Changes, beginnings: Sequence[bytes], rng: random.Random) -> None:
    """Run until the session is over; an input that shows something new is changed further."""
    pool: list[bytes] = []
    known: set[Hashable] = set()
    for data in beginnings:
        if session.over:
            return
        known.add(session.run(data))
        pool.append(data)
    while not session.over:
        latest = rng.random() < 0.3
        data = changes(pool[-rng.randint(1, min(200, len(pool)))] if latest else rng.choice(pool), rng)
        seen = session.run(data)
        if seen not in known and len(pool) < 50_000:
            known.add(seen)
            pool.append(data)


def guided_by_coverage(
    session: Session, changes: Changes, beginnings: Sequence[bytes], seed: int, finish: Callable[[], NoReturn], folder: Path
) -> NoReturn:
    """Hand over to libFuzzer, which ends the process; ``finish`` is called before that."""
    import atheris

    for number, data in enumerate(beginnings):
        (folder / f"{number:05}").write_bytes(data)

    def one(data: bytes) -> None:
        session.run(data)
        if session.over:
            finish()

    def change(data: bytes, longest: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.2:
            mutated: bytes = atheris.Mutate(data, longest)
            return mutated
        return changes(data, rng, longest)

    options = [
        f"-max_len={_BYTES}",
        "-len_control=0",
        "-timeout=0",
        "-rss_limit_mb=0",
        f"-seed={seed}",
        "-verbosity=0",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], one, custom_mutator=change)
    atheris.Fuzz()
    finish()


def run_here(arguments: argparse.Namespace) -> NoReturn:
    """One target in this process; the last line of standard output is the summary."""
    target = arguments.targets[0]
    coverage = not arguments.plain and _atheris()
    if coverage:
        import atheris

        with atheris.instrument_imports(include=["quoteminer", "quoteminer_rules"], enable_loader_override=False):
            from . import targets

            # What is imported at first use must be imported here, to be instrumented.
            targets.mine("“Rents rose by 4% in May,” said Ada.".encode())
    else:
        from . import targets
    function = targets.TARGETS[target]
    texts = known_texts()
    beginnings = targets.starts(target, texts)
    session = Session(target, function, runs=arguments.runs, seconds=arguments.seconds, finds=arguments.finds)

    def finish() -> NoReturn:
        print(json.dumps(session.summary()), flush=True)
        # libFuzzer would take the end of the interpreter for a crash.
        os._exit(0)

    if coverage:
        with tempfile.TemporaryDirectory() as folder:
            guided_by_coverage(session, Changes(target, texts), beginnings, arguments.seed, finish, Path(folder))
    guided_by_behaviour(session, Changes(target, texts), beginnings, random.Random(arguments.seed))
    finish()


def _atheris() -> bool:
    from importlib.util import find_spec

    return find_spec("atheris") is not None


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description="Fuzz the project.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(NAMES)}; all when none is given")
    parser.add_argument("--seconds", type=float, help="how long altogether (60 when --runs is not given either)")
    parser.add_argument("--runs", type=int, help="how many inputs altogether")
    parser.add_argument("--seed", type=int, default=1, help="of the random changes")
    parser.add_argument("--plain", action="store_true", help="guided by what the program does instead of by coverage")
    parser.add_argument("--finds", type=Path, help="folder for inputs that go wrong")
    parser.add_argument("--log", type=Path, help="file to which the counts of each target are added, as a line of JSON")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    if unknown := sorted(set(arguments.targets) - set(NAMES)):
        parser.error(f"{unknown[0]!r} is not one of {', '.join(NAMES)}")
    if arguments.seconds is None and arguments.runs is None:
        arguments.seconds = 60.0
    return arguments


#: Share of the time or runs that each target gets where all run; mining is the slowest and what matters most.
SHARES: Final = {"mine": 40, "form": 15, "files": 12, "annotated": 8, "merging": 15, "offsets": 10}


def main(given: Sequence[str] | None = None) -> int:
    """The command; 1 when something went wrong."""
    arguments = _arguments(given)
    if arguments.here:
        run_here(arguments)
    chosen = arguments.targets or list(NAMES)
    guide = "behaviour" if arguments.plain or not _atheris() else "coverage (atheris)"
    print(f"guided by {guide}, seed {arguments.seed}", flush=True)
    whole = sum(SHARES[name] for name in chosen)
    rows: list[dict[str, Any]] = []
    for name in chosen:
        command = [sys.executable, "-m", "tests.hostile.fuzz", name, "--here", "--seed", str(arguments.seed)]
        share = SHARES[name] / whole
        if arguments.runs is not None:
            command += ["--runs", str(max(1, round(arguments.runs * share)))]
        if arguments.seconds is not None:
            command += ["--seconds", str(arguments.seconds * share)]
        if arguments.plain:
            command.append("--plain")
        if arguments.finds is not None:
            command += ["--finds", str(arguments.finds.resolve())]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        try:
            row = json.loads(done.stdout.splitlines()[-1])
        except (IndexError, ValueError):
            print(f"{name}: the process died with exit code {done.returncode}\n{done.stderr[-3000:]}", flush=True)
            row = {"target": name, "runs": 0, "bytes": 0, "exceptions": 1, "time_outs": 0, "slowest": 0.0, "seconds": 0.0}
        rows.append(row)
        _show(row)
        if arguments.log is not None:
            with arguments.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(row | {"guide": guide, "seed": arguments.seed}) + "\n")
    sums = {key: sum(row[key] for row in rows) for key in ("runs", "bytes", "exceptions", "time_outs", "seconds")}
    _show({"target": "all", "slowest": max(row["slowest"] for row in rows), **sums})
    return 1 if sums["exceptions"] or sums["time_outs"] else 0


def _show(row: dict[str, Any]) -> None:
    print(
        f"{row['target']:<10} {row['runs']:>9,} inputs  {row['exceptions']:>5,} exceptions  {row['time_outs']:>3,} time outs"
        f"  slowest {row['slowest'] * 1000:.0f} ms  in {row['seconds']:.0f} s",
        flush=True,
    )
    for cause, what in row.get("causes", {}).items():
        print(f"    {what['count']:,} times {cause}\n        {what['input'][:300]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
