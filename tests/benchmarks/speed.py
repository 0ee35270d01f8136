"""How fast, and in how much memory: ``python -m tests.benchmarks.speed`` prints tables and writes them on the page.

``--quick`` takes little text and few rounds, and only prints: to see whether the benchmark itself works.
"""

from __future__ import annotations

import argparse
import functools
from collections.abc import Iterator

import attrs

from quoteminer import Document, Miner

from . import memory, page
from .components import parts
from .memory import LITTLE, MUCH
from .processes import BARE, DEPENDENCIES, starts
from .scaling import Left, Step, grow, growth, words
from .texts import HOSTILE, Texts, hostile, news, of_size, seeds
from .timing import Series, alternating, seconds

COMMAND = "python -m tests.benchmarks.speed"
_BATCH_SECONDS = 30


@attrs.frozen
class Plan:
    """How much is measured."""

    quick: bool
    rounds: int
    sizes: tuple[int, ...]
    hostile_sizes: tuple[int, ...]
    batch: int
    budget: float


QUICK = Plan(True, 2, (1_000, 10_000), (5_000, 20_000), 100_000, 5)
FULL = Plan(False, 5, (1_000, 10_000, 100_000, 1_000_000, 10_000_000), (25_000, 200_000), 4_000_000, 300)


def components(texts: Texts, plan: Plan) -> str:
    """Each component alone, and all together."""
    works = {"baseline": lambda: seconds(lambda: [words(document.text) for document in texts.documents])}
    found = parts(texts.documents)
    for part in found:
        work = part.ready()
        work()
        works[part.name] = functools.partial(seconds, work)
    taken = alternating(works, plan.rounds)
    rows = [
        [f"{part.name} ({part.kind})", *_speed(taken[part.name], taken["baseline"], texts.size), *_memory(part.name, plan)]
        for part in found
    ]
    rows.append(["baseline: `re.findall(r'\\w+')`", *_speed(taken["baseline"], taken["baseline"], texts.size), "", ""])
    return page.table(
        [
            "component",
            "characters a second",
            "time, baseline = 1",
            "MB when loaded",
            f"MB more at work on {page.count(LITTLE if plan.quick else MUCH)} characters",
        ],
        rows,
    )


def _speed(taken: Series, baseline: Series, size: int) -> list[str]:
    return [taken.rate(size).show(page.count), taken.per(baseline).show(page.times)]


def _memory(name: str, plan: Plan) -> list[str]:
    measured = memory.of_component(name, quick=plan.quick)
    return [f"{measured['loaded']:.1f}", f"{measured['working']:.1f}"]


def sizes(texts: Texts, plan: Plan) -> str:
    """One document that grows."""
    return _steps("characters", [("", grow(lambda size: of_size(texts, size), plan.sizes, plan.rounds, plan.budget))])


def hostile_texts(plan: Plan) -> str:
    """One document that is meant to be slow, and grows."""
    grown = [(name, grow(functools.partial(hostile, name), plan.hostile_sizes, plan.rounds, plan.budget)) for name in HOSTILE]
    return _steps("text", grown)


def _steps(head: str, grown: list[tuple[str, list[Step | Left]]]) -> str:
    rows = [row for name, steps in grown for row in _rows(name, steps)]
    return page.table([head, "time", "characters a second", "time, baseline = 1", "growth", "issues"], rows)


def _rows(name: str, steps: list[Step | Left]) -> Iterator[list[str]]:
    before: Step | None = None
    for step in steps:
        label = f"{name}, {step.size:,}" if name else f"{step.size:,}"
        if isinstance(step, Left):
            yield [label, f"left out: about {page.count(step.expected)} s", "", "", "", ""]
            continue
        yield [
            label,
            page.milliseconds(step.mining),
            page.count(step.mining.rate(step.size).median),
            page.times(step.mining.per(step.baseline).median),
            page.times(growth(before, step).median) if before else "",
            str(step.issues),
        ]
        before = step


def starting(plan: Plan) -> str:
    """Import and command, each as a process of its own."""
    taken = starts(plan.rounds)
    rows = []
    for name, series in taken.items():
        over = [series.less(taken[other]).median for other in (BARE, DEPENDENCIES)]
        # What the bare processes take less than the others is told in the rows of the others.
        shown = ["" if name in (BARE, DEPENDENCIES) and value <= 0 else f"{page.count(value * 1000)} ms" for value in over]
        rows.append([f"`{name}`", page.milliseconds(series), *shown])
    return page.table(["process", "time", f"over `{BARE}`", f"over `{DEPENDENCIES}`"], rows)


def workers(texts: Texts, plan: Plan) -> str:
    """A batch in this process and in two others."""
    miner = Miner()
    once = seconds(lambda: [miner.mine(document) for document in texts.documents])
    # Models are slower than rules: a smaller batch will do for them.
    documents = _batch(texts, min(plan.batch, round(texts.size / once * _BATCH_SECONDS)))
    size = sum(len(document.text) for document in documents)

    def run(count: int) -> float:
        return seconds(lambda: sum(1 for _ in miner.mine_many(documents, workers=count)))

    taken = alternating({"1": lambda: run(1), "2": lambda: run(2)}, plan.rounds)
    rows = [
        [name, page.milliseconds(series), series.rate(size).show(page.count), taken["1"].per(series).show(page.times)]
        for name, series in taken.items()
    ]
    return f"{len(documents):,} documents, {size:,} characters:\n\n" + page.table(
        ["workers", "time", "characters a second", "speed, one worker = 1"], rows
    )


def _batch(texts: Texts, size: int) -> list[Document]:
    documents: list[Document] = []
    while size > 0:
        for document in texts.documents:
            documents.append(attrs.evolve(document, id=f"{document.id}-{len(documents)}"))
            size -= len(document.text)
    return documents


def report(plan: Plan) -> str:
    """Everything, as one block of Markdown."""
    texts = seeds() if plan.quick else news()
    command = f"{COMMAND} --quick" if plan.quick else COMMAND
    return "\n\n".join(
        [
            f"{page.circumstances(command)} Medians of {plan.rounds} rounds (least–most in parentheses). Texts: {texts}.",
            "### By component",
            components(texts, plan),
            "### By length of one document",
            sizes(texts, plan),
            "### Texts that are meant to be slow",
            hostile_texts(plan),
            "### Start",
            starting(plan),
            "### Workers",
            workers(texts, plan),
        ]
    )


def main() -> None:
    """Measure, print, and put it on the page unless it was a quick try."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="little text, few rounds, nothing written")
    options = parser.parse_args()
    block = report(QUICK if options.quick else FULL)
    print(block)
    if not options.quick:
        page.write("speed", block)


if __name__ == "__main__":
    main()
