"""Fuzzes the project: ``python -m tests.hostile.fuzz [TARGET ...] [--seconds S] [--runs N]``.

Each target of :mod:`tests.hostile.targets` runs in a process of its own, guided by the coverage of its code (atheris), or where
atheris is not installed or ``--plain`` is given, by what the program does: which rules, kinds and errors an input shows. Inputs begin with
the seeds and the corpus of hostile inputs, and are changed by :mod:`tests.hostile.mutation`. What raises or takes too long is
made shorter, shown and kept in the folder of ``--finds``; the run goes on. A table says how many inputs ran.

Two targets are guided by nothing. Each input of ``mutate`` is a piece of a real text of the annotated corpora with signs put at places
(:mod:`tests.hostile.places`), and follows from the seed and its number alone, however many processes (``--jobs``) share the work. The inputs
of ``sweep``, which runs only when it is named, are all documents and novels of the corpora as they are, read as English whatever they are in.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

# Nothing that imports quoteminer: for the coverage, its modules must be imported under the eyes of atheris.
from .mutation import LONGEST, TextMutator, mutated_json, to_bytes, to_text
from .session import Session, together

ROOT: Final = Path(__file__).resolve().parent.parent.parent
NAMES: Final = ("mine", "mutate", "form", "files", "annotated", "merging", "offsets", "sweep")
#: What runs when no target is named.
DEFAULT: Final = NAMES[:-1]
_UNGUIDED: Final = ("mutate", "sweep")
#: Targets that take other plugins than the rules.
_WITH_PLUGINS: Final = ("mine", *_UNGUIDED)
PLUGINS: Final = ("rules", "neural")
_BYTES: Final = 3 * LONGEST
_TELLING: Final = 10.0
"""Seconds between two lines that say how far it is."""


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


def run_over(session: Session, inputs: Iterable[tuple[str, str]]) -> None:
    """Run texts with their names until they or the session are over; says on standard error how far it is."""
    told, known = time.monotonic(), 0
    for name, text in inputs:
        if session.over:
            return
        session.run(to_bytes(text), name)
        if time.monotonic() - told > _TELLING or len(session.causes) > known:
            told, known = time.monotonic(), len(session.causes)
            print(f"{session.target}: {session.runs:,} inputs, {known} causes; last {name}", file=sys.stderr, flush=True)


def unguided(target: str, seed: int) -> Iterator[tuple[str, str]]:
    """The inputs of ``mutate`` or ``sweep``, with their names."""
    from .corpora import Pieces, documents
    from .places import Mutations

    if target == "sweep":
        return ((document.id, document.text) for document in documents())
    mutations = Mutations(Pieces.of_corpora(), seed)
    return ((f"seed {seed}, input {number}", mutations(number)) for number in itertools.count())


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
    coverage = not arguments.plain and target not in _UNGUIDED and _atheris()
    if "neural" in (arguments.plugin or ()):
        sys.path.insert(0, str(ROOT / "plugins/neural/src"))
    if coverage:
        import atheris

        with atheris.instrument_imports(
            include=["quoteminer", "quoteminer_rules", "quoteminer_neural"], enable_loader_override=False
        ):
            from . import targets

            # What is imported at first use must be imported here, to be instrumented.
            targets.mine("“Rents rose by 4% in May,” said Ada.".encode())
    else:
        from . import targets
    from .corpora import known_texts

    function = targets.TARGETS[target]
    if target in _WITH_PLUGINS:
        function = functools.partial(function, plugins=tuple(arguments.plugin or ("rules",)))
    seconds = arguments.seconds
    session = Session(target, function, runs=arguments.runs, seconds=seconds, finds=arguments.finds, job=arguments.job)

    def finish() -> NoReturn:
        print(json.dumps(session.summary()), flush=True)
        # libFuzzer would take the end of the interpreter for a crash.
        os._exit(0)

    if target in _UNGUIDED:
        run_over(session, itertools.islice(unguided(target, arguments.seed), arguments.job, None, arguments.jobs))
        finish()
    texts = known_texts()
    beginnings = targets.starts(target, texts)
    seed = arguments.seed + 1_000_000 * arguments.job
    if coverage:
        with tempfile.TemporaryDirectory() as folder:
            guided_by_coverage(session, Changes(target, texts), beginnings, seed, finish, Path(folder))
    guided_by_behaviour(session, Changes(target, texts), beginnings, random.Random(seed))
    finish()


def _atheris() -> bool:
    from importlib.util import find_spec

    return find_spec("atheris") is not None


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description="Fuzz the project.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(NAMES)}; all but sweep when none is given")
    parser.add_argument("--seconds", type=float, help="how long altogether (60 when --runs is not given either)")
    parser.add_argument("--runs", "--count", type=int, help="how many inputs altogether")
    parser.add_argument("--seed", type=int, default=1, help="of the random changes")
    parser.add_argument("--jobs", type=int, default=1, help="processes for each target")
    parser.add_argument(
        "--plugin", action="append", choices=PLUGINS, help="for mine, mutate and sweep; may be repeated (default: rules)"
    )
    parser.add_argument("--plain", action="store_true", help="guided by what the program does instead of by coverage")
    parser.add_argument("--finds", type=Path, help="folder for inputs that go wrong")
    parser.add_argument("--log", type=Path, help="file to which the counts of each target are added, as a line of JSON")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--job", type=int, default=0, help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    if unknown := sorted(set(arguments.targets) - set(NAMES)):
        parser.error(f"{unknown[0]!r} is not one of {', '.join(NAMES)}")
    if arguments.plugin and not set(arguments.targets or DEFAULT) <= set(_WITH_PLUGINS):
        parser.error(f"--plugin is for {', '.join(_WITH_PLUGINS)} only: name them")
    if arguments.jobs < 1:
        parser.error(f"--jobs: {arguments.jobs} is not at least 1")
    if arguments.seconds is None and arguments.runs is None and arguments.targets != ["sweep"]:
        arguments.seconds = 60.0
    return arguments


#: Share of the time or runs that each target gets where all run; mining is the slowest and what matters most.
SHARES: Final = {"mine": 25, "mutate": 25, "form": 13, "files": 11, "annotated": 7, "merging": 12, "offsets": 7, "sweep": 100}


def main(given: Sequence[str] | None = None) -> int:
    """The command; 1 when something went wrong."""
    arguments = _arguments(given)
    if arguments.here:
        run_here(arguments)
    chosen = arguments.targets or list(DEFAULT)
    guide = "behaviour" if arguments.plain or not _atheris() else "coverage (atheris)"
    print(f"guided by {guide}, seed {arguments.seed}" if set(chosen) - set(_UNGUIDED) else f"seed {arguments.seed}", flush=True)
    whole = sum(SHARES[name] for name in chosen)
    rows: list[dict[str, Any]] = []
    for name in chosen:
        rows.append(_run_elsewhere(name, SHARES[name] / whole, arguments))
        _show(rows[-1])
        if arguments.log is not None:
            with arguments.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(rows[-1] | {"guide": guide, "seed": arguments.seed}) + "\n")
    sums = {key: sum(row[key] for row in rows) for key in ("runs", "bytes", "exceptions", "time_outs", "seconds")}
    _show({"target": "all", "slowest": max(row["slowest"] for row in rows), **sums})
    return 1 if sums["exceptions"] or sums["time_outs"] else 0


def _run_elsewhere(name: str, share: float, arguments: argparse.Namespace) -> dict[str, Any]:
    """One target in processes of its own, with a share of the inputs or the time; the sum of what they say."""
    processes = []
    for job in range(arguments.jobs):
        command = [sys.executable, "-m", "tests.hostile.fuzz", name, "--here", "--seed", str(arguments.seed)]
        command += ["--job", str(job), "--jobs", str(arguments.jobs)]
        if arguments.runs is not None:
            runs = max(1, round(arguments.runs * share))
            command += ["--runs", str(len(range(job, runs, arguments.jobs)))]
        if arguments.seconds is not None:
            command += ["--seconds", str(arguments.seconds * share)]
        if arguments.plain:
            command.append("--plain")
        for plugin in arguments.plugin or ():
            command += ["--plugin", plugin]
        if arguments.finds is not None:
            command += ["--finds", str(arguments.finds.resolve())]
        # How far it is goes to our own standard error as it comes; libFuzzer has nothing there to say that anybody needs.
        errors = None if name in _UNGUIDED else subprocess.PIPE
        processes.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True))
    rows = []
    for process in processes:
        out, said = process.communicate()
        try:
            rows.append(json.loads(out.splitlines()[-1]))
        except (IndexError, ValueError):
            print(f"{name}: the process died with exit code {process.returncode}\n{(said or '')[-3000:]}", flush=True)
            rows.append(dict.fromkeys(("runs", "bytes", "time_outs", "slowest", "seconds"), 0) | {"exceptions": 1, "causes": {}})
    return {**together(rows), "target": name}


def _show(row: dict[str, Any]) -> None:
    print(
        f"{row['target']:<10} {row['runs']:>9,} inputs  {row['exceptions']:>5,} exceptions  {row['time_outs']:>3,} time outs"
        f"  slowest {row['slowest'] * 1000:.0f} ms  in {row['seconds']:.0f} s",
        flush=True,
    )
    for cause, what in row.get("causes", {}).items():
        print(f"    {what['count']:,} times {cause}\n        {what['input'][:300]}  {what['name']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
