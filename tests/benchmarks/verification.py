"""How right verdicts are on altered quotations, and how fast many sources are searched: ``python -m tests.benchmarks.verification``.

Beside ours stand what eleven projects do: the ratio of ``difflib`` between a quotation and the likeliest stretch of the source, and ``partial_ratio`` of
rapidfuzz, where that is installed (``pip install rapidfuzz``).
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

from quoteminer import Document, Extraction, Quote, Span, Speaker
from quoteminer.evaluation import seeds
from quoteminer.text import Builder
from quoteminer.verification import Checker
from tests.verification.alterations import MEANING, WORDS, Case, Source, article, cases, sources
from tests.verification.packs import miner

LANGUAGES = tuple(WORDS)
#: From this ratio on, what matches strings says that a quotation stands in a source.
_SAME = 0.9


@attrs.frozen
class Figures:
    """What came of altered quotations."""

    language: str
    cases: int
    right: int
    untouched: int
    verbatim: int
    meaning: int
    called_verbatim: int

    def row(self) -> str:
        """A line of the table."""
        return (
            f"| {self.language} | {self.cases:,} | {self.right / self.cases:.4f} | {self.verbatim / self.untouched:.4f} | "
            f"{self.called_verbatim} of {self.meaning:,} |"
        )


def altered(language: str, split: str, rounds: int) -> tuple[Figures, Counter[tuple[str, str]]]:
    """The verdicts on all alterations of a part of the corpus, and which alterations got which wrong ones."""
    total = right = untouched = verbatim = meaning = called = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for number in range(rounds):
        made = sources(language, split, seed=number)
        chance = random.Random(number)
        for place, source in enumerate(made):
            drawn = list(cases(source, made[:place] + made[place + 1 :], language, chance))
            found = Checker([source.document], miner=miner()).check(article(drawn, language))
            for case, finding in zip(drawn, found.findings, strict=True):
                total += 1
                right += finding.verdict == case.verdict
                if finding.verdict != case.verdict:
                    wrong[case.name, finding.verdict] += 1
                untouched += case.name == "untouched"
                verbatim += case.name == "untouched" and finding.verdict == "verbatim"
                meaning += case.name in MEANING
                called += case.name in MEANING and finding.verdict == "verbatim"
    return Figures(language, total, right, untouched, verbatim, meaning, called), wrong


def peers(language: str, split: str) -> Iterator[str]:
    """What ratios of strings make of the same: whether a quotation stands in its source as it is."""
    made = sources(language, split)[:4]
    chance = random.Random(0)
    drawn: list[tuple[Source, Case]] = [
        (source, case)
        for place, source in enumerate(made)
        for case in cases(source, made[:place] + made[place + 1 :], language, chance)
        if case.verdict in ("verbatim", "altered", "not_found")
    ]
    ways: dict[str, Callable[[str, str], float]] = {"difflib": _difflib}
    try:
        fuzz: Any = importlib.import_module("rapidfuzz.fuzz")
        ways["rapidfuzz.partial_ratio"] = lambda words, text: fuzz.partial_ratio(words, text) / 100
    except ModuleNotFoundError:
        yield "| rapidfuzz.partial_ratio | not installed | | |"
    for name, ratio in ways.items():
        begin = time.perf_counter()
        same = [ratio(case.words, source.document.text) >= _SAME for source, case in drawn]
        taken = (time.perf_counter() - begin) / len(drawn)
        right = sum(found == (case.verdict == "verbatim") for found, (_, case) in zip(same, drawn, strict=True))
        meaning = [found for found, (_, case) in zip(same, drawn, strict=True) if case.name in MEANING]
        yield f"| {name} ≥ {_SAME} | {right / len(drawn):.3f} | {sum(meaning)} of {len(meaning)} | {1000 * taken:.1f} |"
    begin = time.perf_counter()
    right = called = 0
    for source in made:
        ours = [case for there, case in drawn if there is source]
        found = Checker([source.document], miner=miner()).check(article(ours, language))
        for case, finding in zip(ours, found.findings, strict=True):
            right += (finding.verdict == "verbatim") == (case.verdict == "verbatim")
            called += case.name in MEANING and finding.verdict == "verbatim"
    taken = (time.perf_counter() - begin) / len(drawn)
    yield f"| quoteminer.verify | {right / len(drawn):.3f} | {called} of {len(meaning)} | {1000 * taken:.1f} |"


def _difflib(words: str, text: str) -> float:
    """The ratio with the stretch of the text around the longest common row of signs."""
    matcher = difflib.SequenceMatcher(None, text, words, autojunk=False)
    match = matcher.find_longest_match()
    start = max(0, match.a - match.b)
    return difflib.SequenceMatcher(None, text[start : start + len(words)], words, autojunk=False).ratio()


def transcripts(count: int, words: int, seed: int = 0) -> Iterator[Document]:
    """Long transcripts with the words of the corpus: each word stands behind one that it stands behind there."""
    following: dict[str, list[str]] = {}
    for annotated in seeds("train", "en"):
        row = annotated.document.text.split()
        for one, two in zip(row, row[1:], strict=False):
            following.setdefault(one, []).append(two)
    starts = [word for word in following if word[:1].isupper()]
    chance = random.Random(seed)
    for number in range(count):
        parts: list[str] = []
        speakers = [f"{chance.choice('ABCDEFGHKLM')}na Number{number}x{one}" for one in range(6)]
        made = 0
        while made < words:
            turn = [chance.choice(starts)]
            size = chance.randrange(20, 160)
            while len(turn) < size or not turn[-1].endswith((".", "!", "?")):
                turn.append(chance.choice(following.get(turn[-1]) or starts))
                if len(turn) > 2 * size:
                    break
            made += len(turn)
            parts.append(f"{chance.choice(speakers)}\t{' '.join(turn)}")
        yield _transcript(parts, f"transcript-{number}")


def _transcript(parts: list[str], name: str) -> Document:
    raw = "\n".join(parts)
    builder = Builder(raw)
    at = 0
    for part in parts:
        label, _, said = part.partition("\t")
        builder.label(at, at + len(label))
        begin = builder.length
        builder.take(at + len(label) + 1, at + len(part))
        builder.place(begin, "turn", label)
        at += len(label) + 1 + len(said) + 1
    aligned = builder.build()
    return Document(aligned.text, id=name, origin=aligned)


def articles(documents: list[Document], count: int, quotations: int, seed: int = 1) -> Iterator[Extraction]:
    """Articles that quote turns of the transcripts: half of them as they are, half with a word left out."""
    chance = random.Random(seed)
    for number in range(count):
        text = ""
        quotes: list[Quote] = []
        speakers: dict[str, Speaker] = {}
        for place in range(quotations):
            document = chance.choice(documents)
            assert document.origin is not None
            turn = chance.choice([one for one in document.origin.places if one.kind == "turn" and one.end - one.start > 300])
            words = document.text[turn.start : turn.end].split()
            first = chance.randrange(len(words) - 25)
            row = words[first : first + chance.randrange(8, 25)]
            if place % 2:
                del row[chance.randrange(2, len(row) - 2)]
            said = " ".join(row)
            start = len(text) + 1
            text += f"“{said}” said {turn.value}.\n\n"
            speaker = speakers.setdefault(turn.value, Speaker(f"s{len(speakers)}", turn.value))
            quotes.append(Quote([Span(start, start + len(said))], "direct", speaker=speaker.id, id=f"q{place}"))
        yield Extraction(Document(text, id=f"article-{number}"), quotes, list(speakers.values()))


def scale(count: int, words: int, articles_: int, quotations: int) -> Iterator[str]:
    """What it takes to index transcripts and to hold articles against them."""
    documents = list(transcripts(count, words))
    extractions = list(articles(documents, articles_, quotations))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        begin = time.perf_counter()
        Checker(documents, miner=miner(), index=path)
        indexed = time.perf_counter() - begin
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6
        begin = time.perf_counter()
        checker = Checker(documents, miner=miner(), index=path)
        opened = time.perf_counter() - begin
        begin = time.perf_counter()
        verdicts = Counter(finding.verdict for extraction in extractions for finding in checker.check(extraction))
        checked = time.perf_counter() - begin
    total = sum(len(document.text.split()) for document in documents)
    yield f"{count} transcripts, {total:,} words; {articles_} articles, {articles_ * quotations} quotations"
    yield f"indexing {indexed:.1f} s ({total / indexed:,.0f} words a second), {memory - before:.0f} MB more, file of {size:.0f} MB"
    yield f"opening the file {opened:.1f} s; checking {checked:.1f} s, {1000 * checked / (articles_ * quotations):.1f} ms a quotation"
    yield f"verdicts {dict(verdicts)}"


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["train", "tune", "test"], default="train")
    parser.add_argument("--rounds", type=int, default=1, help="how often the alterations are drawn anew")
    parser.add_argument("--transcripts", type=int, default=100)
    parser.add_argument("--words", type=int, default=10_000, help="of each transcript")
    parser.add_argument("--articles", type=int, default=10)
    given = parser.parse_args()
    print(
        "| language | alterations | verdict right | untouched ones verbatim | changed in meaning, called verbatim |\n|---|---|---|---|---|"
    )
    for language in LANGUAGES:
        figures, wrong = altered(language, given.split, given.rounds)
        print(figures.row())
        for (name, verdict), count in wrong.most_common(5):
            print(f"<!-- {name}: {count} {verdict} -->")
    print("\n| | verbatim or not, right | changed in meaning, called the same | ms a quotation |\n|---|---|---|---|")
    for line in peers("en", given.split):
        print(line)
    print()
    for line in scale(given.transcripts, given.words, given.articles, 12):
        print(line)


if __name__ == "__main__":
    main()
