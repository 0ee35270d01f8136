"""How right the rules are in one language, by part of each corpus that is there.

python -m tests.benchmarks.languages de [PART …]     prints a row a part: seeds.train, seeds.tune, field.dev, CORPUS.dev …

Reads the open corpus, and those in the folder that ``QUOTEMINER_CORPORA`` names; with ``QUOTEMINER_FIELD`` also the field documents there. Never the
parts for testing. Of corpora that do not annotate all speech the recall alone tells something.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from quoteminer import Issue, Miner
from quoteminer.cli.packs import LanguageFolder
from quoteminer.evaluation import AnnotatedDocument, Score, evaluate, read_annotated, seeds
from quoteminer_rules.language.pack import load
from quoteminer_rules.lexicon import LANGUAGES

from . import page, texts

_FIELD: Final = "QUOTEMINER_FIELD"
_COLUMNS: Final = {
    "overlap": "overlap",
    "exact": "exact",
    "attribution": "attributed",
    "overlap:direct": "direct",
    "overlap:indirect": "indirect",
    "overlap:mixed": "mixed",
    "speaker.entity": "speaker, as entity",
    "speaker.name": "by name",
}


def parts(language: str) -> Iterator[tuple[str, list[AnnotatedDocument]]]:
    """Name and documents of each part that may be read."""
    for split in ("train", "tune"):
        yield f"seeds.{split}", list(seeds(split, language))
    issues: list[Issue] = []
    field = os.environ.get(_FIELD)
    files = [("field.dev", Path(field) / f"{language}.dev.jsonl")] if field else []
    if texts.corpora().is_dir():
        files += [(f"{path.parent.name}.dev", path) for path in sorted(texts.corpora().glob("*/dev.jsonl"))]
    for name, file in files:
        documents = [one for one in read_annotated([file], issues) if one.document.language == language]
        if any(one.quotes for one in documents):
            yield name, documents


def miner_of(language: str) -> Miner:
    """The rules alone, with the folder of a language where that is unfinished."""
    folder = LANGUAGES / language
    return Miner(["rules", LanguageFolder(folder)] if load(folder).draft else ["rules"])


def _figures(score: Score | None) -> str:
    if score is None or score.f1 is None:
        return ""
    interval = "" if score.interval is None else f" {100 * score.interval[0]:.0f}–{100 * score.interval[1]:.0f}"
    precision, recall = ("–" if value is None else f"{100 * value:.0f}" for value in (score.precision, score.recall))
    return f"{precision}/{recall}/**{100 * score.f1:.1f}**{interval}"


def rows(language: str, wanted: Sequence[str]) -> Iterator[list[str]]:
    """Precision, recall and F1 with its interval, a row a part."""
    miner = miner_of(language)
    for name, documents in parts(language):
        if wanted and name not in wanted:
            continue
        metrics = evaluate(documents, miner, samples=200).all.metrics
        yield [f"{language} {name}", str(len(documents)), *(_figures(metrics.get(column)) for column in _COLUMNS)]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("language", help="the folder of a language among those of the rules: de")
    parser.add_argument("part", nargs="*", help="of those that there are: seeds.train, field.dev …")
    given = parser.parse_args()
    print(page.table(["part", "documents", *_COLUMNS.values()], list(rows(given.language, given.part))))


if __name__ == "__main__":
    main()
