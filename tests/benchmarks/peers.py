"""quoteminer beside other tools: ``python -m tests.benchmarks.peers`` prints tables and writes them on the page.

All tools read the same texts in the same run, each in a process of its own, in turns. What each of them found is kept in
``.benchmarks/predictions/`` in the JSON form of quoteminer.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from quoteminer import Extraction

from . import page, peer_accuracy, predictions
from .components import choices
from .peer_environment import interpreter
from .texts import ROOT, Texts, challenge, polnear, read, scope_of, seeds
from .timing import Series, in_turn

COMMAND = "python -m tests.benchmarks.peers"
ROUNDS = 5
FLOOR = "spacy"
LABELS = {FLOOR: "spaCy's pipeline alone", "textacy": "textacy `direct_quotations`", "sayswho": "sayswho, no coreference"}

Results = Mapping[str, Sequence[Any]]


def tools() -> list[str]:
    """Ours with each choice of plugins, and the peers."""
    return [*(f"quoteminer:{','.join(names)}" for names in choices()), "textacy", "sayswho", FLOOR]


def all_texts() -> list[Texts]:
    """The English texts that are there."""
    found = [seeds()]
    for name, path in (("challenge dev, English", challenge()), ("PolNeAR dev", polnear())):
        if path.exists():
            found.insert(0, Texts(name, read(path), (path,), scope_of(path)))
        else:
            print(f"{name}: left out, {path.parent.name}/{path.name} is not there", file=sys.stderr)
    return found


def run(tool: str, python: Path, job: Path) -> Any:
    """One round of one tool, in a process of its own."""
    result = job.with_name("result.json")
    command = [python, "-m", "tests.benchmarks.peer_process", tool, job, result]
    subprocess.run(command, cwd=ROOT, check=True)
    return json.loads(result.read_text(encoding="utf-8"))


def measured(names: Sequence[str], corpora: Sequence[Texts], rounds: int) -> dict[str, list[Any]]:
    """The results of each tool, one a round. Every second round goes backwards through the tools."""
    theirs = interpreter()
    results: dict[str, list[Any]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "texts.json"
        texts = {
            item.name: [{"id": each.id, "text": each.text, "scope": item.scope} for each in item.documents] for item in corpora
        }
        job.write_text(json.dumps(texts), encoding="utf-8")
        for number in range(rounds):
            for name in in_turn(names, number):
                print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
                results[name].append(run(name, Path(sys.executable) if name.startswith("quoteminer") else theirs, job))
    return results


def rate(results: Sequence[Any], texts: Texts) -> Series:
    """Characters a second: those of the documents that came through, over the time that all of them took."""
    sizes = {document.id: len(document.text) for document in texts.documents}
    rates = []
    for result in results:
        documents = result["corpora"][texts.name]
        through = sum(sizes[document["id"]] for document in documents if document["error"] is None)
        rates.append(through / sum(document["seconds"] for document in documents))
    return Series(rates)


def loading(results: Results) -> str:
    """What each costs before the first document, and in memory."""
    rows = []
    for name, taken in results.items():
        load = Series([result["load"] for result in taken])
        most = Series([result["peak"] for result in taken])
        rows.append([label(name), page.milliseconds(load), f"{page.count(most.median)} MB"])
    return page.table(["tool", "loading", "memory at most"], rows)


def speed(results: Results, texts: Texts) -> str:
    """How fast each reads these texts, and what becomes of them."""
    floor = rate(results[FLOOR], texts)
    rows = []
    for name, taken in results.items():
        mine = rate(taken, texts)
        documents = taken[0]["corpora"][texts.name]
        lost = sum(document["error"] is not None for document in documents)
        rows.append(
            [
                label(name),
                mine.show(page.count),
                mine.per(floor).show(page.times),
                f"{lost} of {len(documents)}",
            ]
        )
    return page.table(["tool", "characters a second", "speed, spaCy alone = 1", "documents lost"], rows)


def extractions(name: str, result: Any, texts: Texts) -> list[Extraction]:
    """What a tool found, in our form."""
    kind = name.partition(":")[0]
    documents = result["corpora"][texts.name]
    return [
        predictions.extraction(kind, result["versions"][kind], document, found)
        for document, found in zip(texts.documents, documents, strict=True)
    ]


def label(name: str) -> str:
    """What a tool is called in the tables."""
    kind, _, plugins = name.partition(":")
    return LABELS.get(name, f"{kind}, {plugins.replace(',', ' + ')}" if plugins else kind)


def report(results: Results, corpora: Sequence[Texts], rounds: int) -> str:
    """Everything, as one block of Markdown."""
    versions: dict[str, str] = {}
    for taken in results.values():
        versions |= taken[0]["versions"]
    # Ours stands there already, with its plugins.
    versions.pop("quoteminer", None)
    blocks = [
        f"{page.circumstances(COMMAND, versions)} Medians of {rounds} rounds (least–most in parentheses).",
        "### Loading",
        loading(results),
    ]
    for texts in corpora:
        found = {label(name): extractions(name, taken[0], texts) for name, taken in results.items() if name != FLOOR}
        blocks += [
            f"### {texts.name}",
            f"{len(texts.documents)} documents, {texts.size:,} characters.",
            speed(results, texts),
            peer_accuracy.tables(texts, found),
        ]
    return "\n\n".join(blocks)


def main() -> None:
    """Run all tools, keep what they found, print, and put it on the page unless it was a quick try."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="three documents of each corpus, two rounds, nothing written")
    options = parser.parse_args()
    corpora, rounds = all_texts(), ROUNDS
    if options.quick:
        corpora, rounds = [attrs.evolve(texts, documents=texts.documents[:3]) for texts in corpora], 2
    results = measured(tools(), corpora, rounds)
    if not options.quick:
        for name, taken in results.items():
            for texts in corpora:
                if name != FLOOR:
                    predictions.write(predictions.file(name, texts.name), extractions(name, taken[0], texts))
    block = report(results, corpora, rounds)
    print(block)
    if not options.quick:
        page.write("peers", block)


if __name__ == "__main__":
    main()
