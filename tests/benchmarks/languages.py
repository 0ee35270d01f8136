"""How right the rules are in one language, by part of each corpus that is there.

python -m tests.benchmarks.languages de [PART …]     prints a row a part: seeds.train, seeds.tune, field.dev, CORPUS.dev …

Reads the open corpus, and those in the folder that ``QUOTEMINER_CORPORA`` names; with ``QUOTEMINER_FIELD`` also the field documents there. Never the
parts for testing. Of corpora that do not annotate all speech the recall alone tells something.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from quoteminer import Issue, Miner, Quote
from quoteminer.cli.packs import LanguageFolder
from quoteminer.evaluation import AnnotatedDocument, AnnotatedQuote, Score, annotated, evaluate, seeds
from quoteminer_rules.language.pack import load
from quoteminer_rules.lexicon import LANGUAGES

from . import page, texts

_FIELD: Final = "QUOTEMINER_FIELD"
_SEEDS: Final = ("de", "en", "es", "fr")
"""The languages of the open corpus."""
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
    for split in ("train", "tune") if language in _SEEDS else ():
        yield f"seeds.{split}", list(seeds(split, language))
    issues: list[Issue] = []
    field = os.environ.get(_FIELD)
    at_field = Path(field or ".") / f"{language}.dev.jsonl"
    files = [("field.dev", at_field)] if field and at_field.is_file() else []
    if texts.corpora().is_dir():
        files += [(f"{path.parent.name}.dev", path) for path in sorted(texts.corpora().glob("*/dev.jsonl"))]
    for name, file in files:
        records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        documents = [annotated(_speech(one), issues, corpus=name) for one in records if one["lang"] == language]
        if any(one.quotes for one in documents):
            yield name, documents


def _speech(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what is no speech, or has no words of its own: mentions of speech acts, thoughts, free indirect speech."""
    quotes = [quote for quote in record["quotes"] if not (_is_mention(quote.get("subtype")) or quote.get("medium") == "thought")]
    return {**record, "quotes": quotes}


def _is_mention(subtype: object) -> bool:
    return isinstance(subtype, str) and subtype.lower() in ("reported", "freeindirect")


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


_WORD: Final = re.compile(r"\w+")


def _by_words(documents: Sequence[AnnotatedDocument], miner: Miner) -> str:
    """F1 of the word tokens inside direct speech: what parts it, or leaves out a clause that stands in it, counts little."""
    shared = found = wanted = 0
    for one in documents:
        gold = _tokens(one.document.text, one.quotes)
        ours = _tokens(one.document.text, miner.mine(one.document).quotes)
        shared, found, wanted = shared + len(gold & ours), found + len(ours), wanted + len(gold)
    return f"{200 * shared / (found + wanted):.1f}" if found + wanted else ""


def _tokens(text: str, quotes: Iterable[Quote | AnnotatedQuote]) -> set[int]:
    spans = [span for quote in quotes if quote.kind == "direct" for span in quote.content]
    return {match.start() for span in spans for match in _WORD.finditer(text, span.start, span.end)}


def rows(language: str, wanted: Sequence[str]) -> Iterator[list[str]]:
    """Precision, recall and F1 with its interval, a row a part."""
    miner = miner_of(language)
    for name, documents in parts(language):
        if wanted and name not in wanted:
            continue
        metrics = evaluate(documents, miner, samples=200).all.metrics
        yield [
            f"{language} {name}",
            str(len(documents)),
            *(_figures(metrics.get(column)) for column in _COLUMNS),
            _by_words(documents, miner),
        ]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("language", help="the folder of a language among those of the rules: de")
    parser.add_argument("part", nargs="*", help="of those that there are: seeds.train, field.dev …")
    given = parser.parse_args()
    print(page.table(["part", "documents", *_COLUMNS.values(), "direct, word tokens"], list(rows(given.language, given.part))))


if __name__ == "__main__":
    main()
