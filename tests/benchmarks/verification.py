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
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import attrs
from seeds.tools.pairs import PARTS as PAIR_PARTS
from seeds.tools.pairs import files as pair_files
from seeds.tools.pairs import read as read_pairs

from quoteminer import Document, Extraction, Quote, Span, Speaker
from quoteminer.evaluation import seeds
from quoteminer.text import Builder
from quoteminer.verification import Checker, checking, support
from quoteminer.verification.folding import Words
from quoteminer.verification.indirect import Reports, Supporting
from quoteminer.verification.presence import Presence
from quoteminer.verification.support import Evidence
from quoteminer.vocabulary import Support
from tests.verification.alterations import MEANING, WORDS, Case, Source, article, cases, sources
from tests.verification.exchanged import exchanged
from tests.verification.packs import miner
from tests.verification.reported import article as report_article
from tests.verification.reported import reports
from tests.verification.scoring import judged, sources_of
from tests.verification.scoring import report as report_of_pairs

LANGUAGES = tuple(WORDS)
#: From this ratio on, what matches strings says that a quotation stands in a source.
_SAME = 0.9
#: More pieces of evidence than are noted at a time.
_MOST_NOTED = 1_000_000
#: What stands there word for word, or not at all, is sure without any evidence.
_EXACT = frozenset(checking._SURE.values())


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


def meaning(count: int) -> Iterator[str]:
    """How many of so many alterations that change what was said are called verbatim, over the train part and all languages."""
    total: Counter[str] = Counter()
    called: Counter[str] = Counter()
    seed = 0
    while total.total() < count:
        for language in LANGUAGES:
            made = sources(language, "train", seed=seed)
            chance = random.Random(seed)
            for place, source in enumerate(made):
                drawn = [
                    case for case in cases(source, made[:place] + made[place + 1 :], language, chance) if case.name in MEANING
                ]
                found = Checker([source.document], miner=miner()).check(article(drawn, language))
                total[language] += len(drawn)
                for case, finding in zip(drawn, found.findings, strict=True):
                    if finding.verdict == "verbatim":
                        called[language] += 1
                        yield f"called verbatim: {language}, seed {seed}, {case}"
        seed += 1
    yield ", ".join(f"{language} {called[language]} of {number:,}" for language, number in total.items())
    yield f"{called.total()} of {total.total():,} called verbatim, seeds 0 to {seed - 1}"


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
    for name, ratio in _ratios().items():
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
    """What it takes to index transcripts and to hold articles against them, in seconds of one core."""
    documents = list(transcripts(count, words))
    extractions = list(articles(documents, articles_, quotations))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        begin = time.process_time()
        Checker(documents, miner=miner(), index=path)
        indexed = time.process_time() - begin
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6
        begin = time.process_time()
        checker = Checker(documents, miner=miner(), index=path)
        opened = time.process_time() - begin
        begin = time.process_time()
        verdicts = Counter(finding.verdict for extraction in extractions for finding in checker.check(extraction))
        checked = time.process_time() - begin
    total = sum(len(document.text.split()) for document in documents)
    count = articles_ * quotations
    yield f"{len(documents)} transcripts, {total:,} words; {articles_} articles, {count} quotations"
    yield f"indexing {indexed:.1f} s ({total / indexed:,.0f} words a second), {memory - before:.0f} MB more, {memory:.0f} MB in all, file of {size:.0f} MB"
    yield f"opening the file {opened:.1f} s; checking {checked:.1f} s, {1000 * checked / count:.1f} ms a quotation"
    yield f"verdicts {dict(verdicts)}"
    for name, ratio in _ratios().items():
        tried = [extraction.document[quote.content[0]] for extraction in extractions[:2] for quote in extraction.quotes[:3]]
        begin = time.process_time()
        for said in tried:
            for document in documents[:5]:
                ratio(said, document.text)
        taken = (time.process_time() - begin) / (len(tried) * len(documents[:5]))
        yield f"{name}: {1000 * taken:.1f} ms a quotation and transcript, so {taken * count * len(documents):,.0f} s for all of them"


def _ratios() -> dict[str, Callable[[str, str], float]]:
    """What matches strings, as far as it is installed."""
    ways: dict[str, Callable[[str, str], float]] = {"difflib": _difflib}
    try:
        fuzz: Any = importlib.import_module("rapidfuzz.fuzz")
    except ModuleNotFoundError:
        return ways
    ways["rapidfuzz.partial_ratio"] = lambda words, text: fuzz.partial_ratio(words, text) / 100
    return ways


def reported(split: str) -> Iterator[str]:
    """What is said of reports that were made of what stands in sources, and how sure that is."""
    made = sources("en", split)
    chance = random.Random(0)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    sure = score = 0.0
    for place, source in enumerate(made):
        drawn = list(reports(source, made[:place] + made[place + 1 :], chance))
        found = Checker([source.document], miner=miner()).check(report_article(drawn))
        for report, finding in zip(drawn, found.findings, strict=True):
            good = (finding.support or finding.verdict) == report.support
            total[report.name] += 1
            right[report.name] += good
            sure += finding.confidence
            score += (finding.confidence - good) ** 2
    yield ", ".join(f"{name} {right[name]} of {count}" for name, count in total.items())
    count = total.total()
    yield f"right {right.total() / count:.3f}, mean confidence {sure / count:.3f}, Brier score {score / count:.3f}"


def calibrate() -> Iterator[str]:
    """The weights by which evidence becomes support, and by which a report is of a place, from the train parts of written pairs and of generated reports."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    seen: list[Evidence] = []

    def noted(evidence: Evidence) -> tuple[Support, float]:
        seen.append(evidence)
        return support.judged(evidence)[0], len(seen) / _MOST_NOTED

    with mock.patch("quoteminer.verification.indirect.judged", noted):
        found = {"written": list(_written()), "generated": list(_generated())}
    rows = [
        (seen[round(at * _MOST_NOTED) - 1], true, name)
        for name, part in found.items()
        for said, at, true in part
        if "not_found" not in (said, true)
    ]
    names = Counter(name for _, _, name in rows)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(
        np.array([evidence.terms() for evidence, _, _ in rows]),
        [true for _, true, _ in rows],
        sample_weight=[100 / names[name] for _, _, name in rows],
    )
    for one, weights in zip(model.classes_, model.coef_, strict=True):
        yield f"{one}: {', '.join(f'{weight:.2f}' for weight in weights)}"
    traces = [*_exchanged(), *_traces()]
    counts = Counter((name, kind) for name, kind, _, _ in traces)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000, fit_intercept=False).fit(
        np.array([presence.terms() for _, _, presence, _ in traces]),
        [kind == "true" for _, kind, _, _ in traces],
        sample_weight=[_PRIOR[name, kind] * 100 / counts[name, kind] for name, kind, _, _ in traces],
    )
    yield f"presence: {', '.join(f'{weight:.2f}' for weight in model.coef_[0])}, of {len(traces)} reports"
    for kind in sorted({(name, kind) for name, kind, _, _ in traces}):
        said = [verdict == "paraphrase" for name, other, _, verdict in traces if (name, other) == kind]
        yield f"{' '.join(kind)}: {sum(said)} of {len(said)} called paraphrase"


#: How the weights of reports of a kind go together: what somebody has said is reported more often than what they have not.
_PRIOR = {
    ("written", "true"): 3.0,
    ("written", "foreign"): 0.5,
    ("written", "near"): 0.5,
    ("written", "invented"): 1.0,
    ("generated", "true"): 3.0,
    ("generated", "invented"): 1.0,
    ("unknown", "true"): 1.5,
    ("unknown", "foreign"): 0.5,
}
#: How little the weights are held down.
_STRENGTH = 3


def _exchanged() -> Iterator[tuple[str, str, Presence, str]]:
    """Of written reports with their own words and with others: what tells that they are of the likeliest stretch, and the verdict.

    Each is judged once as it is, and once (``unknown``) as if nobody could tell where whoever is named speaks.
    """
    checkers: dict[str, Checker] = {}
    for one in exchanged(read_pairs(pair_files("train")), random.Random(5)):
        if one.pair.id not in checkers:
            checkers[one.pair.id] = Checker(list(sources_of(one.pair)), miner=miner())
        for name in ("written", "unknown"):
            if (name, one.kind) not in _PRIOR:
                continue
            hidden = mock.patch.object(Checker, "_turns_of", return_value=()) if name == "unknown" else nullcontext()
            with hidden, _presences() as noted:
                finding = next(found for found in checkers[one.pair.id].check(one.extraction) if found.quote.id == one.id)
            presence = noted.get(finding.quote.content[0].start)
            if presence is not None:
                yield name, one.kind, presence, finding.verdict


def _traces() -> Iterator[tuple[str, str, Presence, str]]:
    """The same of generated reports."""
    made = sources("en", "train")
    chance = random.Random(0)
    for place, source in enumerate(made):
        drawn = list(reports(source, made[:place] + made[place + 1 :], chance))
        with _presences() as noted:
            findings = Checker([source.document], miner=miner()).check(report_article(drawn)).findings
        for one, finding in zip(drawn, findings, strict=True):
            presence = noted.get(finding.quote.content[0].start)
            if presence is not None:
                yield "generated", "invented" if one.support == "not_found" else "true", presence, finding.verdict


@contextmanager
def _presences() -> Iterator[dict[int, Presence]]:
    """What tells that each report that is looked for is of the likeliest stretch, by where its words begin."""
    noted: dict[int, Presence] = {}
    find = Reports.find

    def noting(self: Reports, words: Words, *given: Any) -> list[Supporting]:
        found = find(self, words, *given)
        if found:
            noted[words.starts[0]] = found[0].presence
        return found

    with mock.patch.object(Reports, "find", noting):
        yield noted


def _written() -> Iterator[tuple[str, float, str]]:
    """What is said of written reports, the confidence, and what is true."""
    for row in judged(read_pairs(pair_files("train")), mined=False):
        if row.finding is not None and row.finding.support is not None and row.truth.verdict in ("paraphrase", "not_found"):
            if row.finding.confidence not in _EXACT:
                yield row.finding.support, row.finding.confidence, row.truth.support or "not_found"


def _generated() -> Iterator[tuple[str, float, str]]:
    made = sources("en", "train")
    chance = random.Random(0)
    for place, source in enumerate(made):
        drawn = list(reports(source, made[:place] + made[place + 1 :], chance))
        findings = Checker([source.document], miner=miner()).check(report_article(drawn)).findings
        for one, finding in zip(drawn, findings, strict=True):
            if finding.support is not None and finding.confidence not in _EXACT:
                yield finding.support, finding.confidence, one.support


def pairs(part: str) -> Iterator[str]:
    """How right verdicts are on articles that were written beside their transcripts: of the quotations as annotated, and of what the miner finds."""
    known = read_pairs(pair_files(part))
    yield "### Quotations as annotated"
    yield from report_of_pairs(list(judged(known, mined=False)))
    yield "### Quotations as mined"
    yield from report_of_pairs(list(judged(known, mined=True)))


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["train", "tune", "test"], default="train")
    parser.add_argument("--rounds", type=int, default=1, help="how often the alterations are drawn anew")
    parser.add_argument("--transcripts", type=int, default=100)
    parser.add_argument("--words", type=int, default=10_000, help="of each transcript")
    parser.add_argument("--articles", type=int, default=10)
    parser.add_argument(
        "--calibrate", action="store_true", help="only print how sure a report's support is, by how much of it stands there"
    )
    parser.add_argument("--pairs", choices=PAIR_PARTS, help="only hold the articles of seeds/pairs against their transcripts")
    parser.add_argument("--meaning", type=int, metavar="N", help="only judge N alterations that change what was said")
    parser.add_argument("--scale", action="store_true", help="only tell how fast many sources are searched")
    given = parser.parse_args()
    if given.pairs:
        print("\n".join(pairs(given.pairs)))
        return
    if given.meaning:
        print("\n".join(meaning(given.meaning)))
        return
    if given.scale:
        print("\n".join(scale(given.transcripts, given.words, given.articles, 12)))
        return
    if given.calibrate:
        print("\n".join(calibrate()))
        return
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
    for line in reported(given.split):
        print(line)
    print()
    for line in scale(given.transcripts, given.words, given.articles, 12):
        print(line)


if __name__ == "__main__":
    main()
