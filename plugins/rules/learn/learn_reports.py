"""Learn ``weights/grammar.tsv`` of a language: ``python plugins/rules/learn/learn_reports.py en``.

Three logistic regressions: where content ends, which candidates are reports, and which quotations without a cue are speech. They learn from the
training part of the open corpus (``seeds/``) and, for English, of others, which lie in the folder that ``QUOTEMINER_CORPORA`` names (default
``../shared/corpora``, relative to the repository). Needs the extra ``evaluation``. Only weights of features are written, no text; equal input gives an
equal file.

What chunks and constructions are called is the same in all languages, so that languages with less to learn from learn from the open corpus in the others
too, with less weight.

The open corpus and PolNeAR teach all three. PolNeAR has all attitudes, the open corpus speech: of the candidates in that one only those of speech
teach what a report is. RIQUA and PDNC hold all direct speech of stories and novels, but little or nothing of what is reported otherwise: they teach
which quotations without a cue are speech, and PDNC also which candidates in marks are reports. The cues of RIQUA stand only at one of the quotations
that theirs parts, so that they teach nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from quoteminer import Document, Scope, Span
from quoteminer.evaluation import seeds
from quoteminer.mining.readable import readable
from quoteminer.text import Aligned
from quoteminer_rules.blockwise import UNWATCHED
from quoteminer_rules.language.pack import Pack
from quoteminer_rules.language.tables import entries
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.marked import unmarked
from quoteminer_rules.reading.passages import Passage
from quoteminer_rules.reports.boundaries import places
from quoteminer_rules.reports.candidates import Candidate
from quoteminer_rules.reports.constructions import constructions
from quoteminer_rules.reports.cue_classes import is_spoken
from quoteminer_rules.reports.features import signs_of
from quoteminer_rules.reports.grammar import Grammar
from quoteminer_rules.reports.layouts import arrangement
from quoteminer_rules.reports.scoring import FILES, Heads, Table
from quoteminer_rules.reports.selection import chosen

ROOT: Final = Path(__file__).resolve().parents[3]
#: How strongly weights are drawn to zero: chosen on the part for tuning.
REPORT_PENALTY: Final = 30.0
ALL_PENALTY: Final = 10.0
END_PENALTY: Final = 10.0
ALONE_PENALTY: Final = 6.0
#: An example of our corpus counts as much as so many of PolNeAR, which has far more, of one kind of text.
OWN_WEIGHT: Final = 8.0
#: And one of corpora that hold only direct speech so much.
SPEECH_WEIGHT: Final = 0.5
#: For another language than English an example of our corpus in other languages counts so much of one in its own: chosen on the part for tuning.
OTHERS_WEIGHT: Final = 0.3
#: The languages of the open corpus.
LEARNED: Final = ("de", "en", "es", "fr")
#: Of PDNC, which has more than all others together, one of so many texts is read.
PDNC_STEP: Final = 8
#: A feature is learned when it occurs so often, and kept when it weighs so much.
FEWEST: Final = 6
SMALLEST: Final = 0.04
ROUNDS: Final = 150
#: A report is right when it shares so much of all words of both, as in the evaluation; what stands in marks may be part of a longer one.
OVERLAP: Final = 0.5
COVERED: Final = 0.9
ALONE_COVERED: Final = 0.8
#: Of candidates with one cue those are as good as the best that are so near to it.
NEAR: Final = 0.02
#: An example of a construction counts so much, and is read so often that its features are not too rare to be learned.
EXAMPLE_WEIGHT: Final = 5.0
EXAMPLE_TIMES: Final = 6
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")

Offsets = tuple[int, int]


class Gold(NamedTuple):
    """An annotated report: the offsets of its words, and its cue."""

    words: frozenset[int]
    cue: Sequence[Offsets]


class Text(NamedTuple):
    """An annotated text, what an example of it counts, whether only speech is annotated, and whether only what stands in marks and not inside others."""

    text: str
    reports: Sequence[Gold]
    weight: float
    only_speech: bool
    only_marked: bool = False


class Example(NamedTuple):
    """The features of an example, whether it is right, what it counts, and whether it is in the language that learns."""

    features: Sequence[str]
    right: bool
    weight: float
    own: bool = True


class Seen(NamedTuple):
    """A candidate with its passage, and how deep in quotations that is."""

    passage: Passage
    depth: int
    candidate: Candidate


class Lesson(NamedTuple):
    """Texts in one language, the folder of its pack, and how much less their examples count than those of the language that learns."""

    folder: Path
    texts: list[Text]
    weight: float

    def reader(self, learned: Mapping[str, Table]) -> Reader:
        """Reads the texts with what is learned so far."""
        return Reader(self.folder, learned)

    def weighed(self, examples: Iterable[Example]) -> list[Example]:
        """Examples of these texts with what they count."""
        return [one if self.weight == 1.0 else one._replace(weight=one.weight * self.weight, own=False) for one in examples]


def lessons(language: str, folder: Path) -> list[Lesson]:
    """What a language is learned from: its own texts, and where that is not English those of the open corpus in the others."""
    own = Reader(folder, {}).grammar.pack
    texts = [*corpus(language, folder, own), *direct_speech(language, "pdnc", PDNC_STEP)]
    found = [Lesson(folder, texts, 1.0)]
    if language == "en":
        texts += annotated("polnear", own)
    else:
        for other in LEARNED:
            if other != language and (LANGUAGES / other / "constructions.toml").is_file():
                pack = Reader(LANGUAGES / other, {}).grammar.pack
                found.append(Lesson(LANGUAGES / other, corpus(other, LANGUAGES / other, pack), OTHERS_WEIGHT))
    return found


def corpus(language: str, folder: Path, pack: Pack) -> list[Text]:
    """The training part of the open corpus, and the examples of the constructions: some of these are so rare that no corpus shows them."""
    openers = pack.of_class("complementiser")
    texts = [
        _text(
            one.document.text,
            [([(s.start, s.end) for s in quote.content], [(s.start, s.end) for s in quote.cue]) for quote in one.quotes],
            openers,
            OWN_WEIGHT,
            only_speech=True,
        )
        for one in (seeds("train", language) if language in LEARNED else ())
    ]
    texts += [
        _text(
            one.text,
            [(list(one.content), list(one.cue))] if one.content else [],
            openers,
            EXAMPLE_WEIGHT,
            only_speech=not one.content,
        )
        for one in map(unmarked, _examples(folder))
        for _ in range(EXAMPLE_TIMES)
    ]
    return texts


def of_all_kinds(language: str, folder: Path, pack: Pack) -> list[Text]:
    """What teaches the scope ``all``: corpora of whatever is said, thought and felt, and what is speech in the open corpus, all at one weight."""
    own = [text._replace(weight=1.0) for text in corpus(language, folder, pack)]
    return [*own, *annotated("polnear", pack), *annotated("gum", pack)]


def annotated(name: str, pack: Pack) -> Iterator[Text]:
    """The training part of a corpus in which all attributions are annotated."""
    openers = pack.of_class("complementiser")
    for one in _annotated(name):
        quotes = [(_pairs(quote["content"]), _pairs(quote.get("cue") or ())) for quote in one["quotes"]]
        yield _text(one["text"], quotes, openers, 1.0, only_speech=False)


def direct_speech(language: str, name: str, step: int = 1) -> Iterator[Text]:
    """One of ``step`` texts of a corpus of which only the direct speech is known, all of it."""
    if language == "en":
        for one in _annotated(name)[::step]:
            direct = [quote for quote in one["quotes"] if quote["kind"] == "direct"]
            quotes = [(_pairs(quote["content"]), _pairs(quote.get("cue") or ())) for quote in direct]
            yield _text(one["text"], quotes, frozenset(), SPEECH_WEIGHT, only_speech=True)._replace(only_marked=True)


def _examples(folder: Path) -> Iterator[str]:
    for construction in constructions(folder):
        yield from construction.examples
    file = folder / "examples.txt"
    if file.is_file():
        yield from (row.columns[0] for row in entries(file))


def _annotated(name: str) -> list[dict[str, Any]]:
    """The training part of a corpus that is no part of this repository."""
    folder = Path(os.environ.get("QUOTEMINER_CORPORA") or ROOT / "../shared/corpora")
    file = folder / name / "train.jsonl"
    if not file.is_file():
        sys.exit(f"{file} is not there: QUOTEMINER_CORPORA must name the folder of the corpora")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _pairs(spans: Iterable[Sequence[int]]) -> list[Offsets]:
    return [(start, end) for start, end in spans]


def _text(
    text: str, quotes: Iterable[tuple[list[Offsets], list[Offsets]]], openers: frozenset[str], weight: float, *, only_speech: bool
) -> Text:
    document = readable(Document(text))
    text = document.text
    if document.origin is not None:
        quotes = [(_read(content, document.origin), _read(cue, document.origin)) for content, cue in quotes]
    reports = [Gold(words_of(text, content, openers), cue) for content, cue in quotes]
    return Text(text, [gold for gold in reports if gold.words], weight, only_speech)


def _read(spans: Iterable[Offsets], text: Aligned) -> list[Offsets]:
    """Places of a text in its readable form."""
    found = (text.to_text(Span(*span)) for span in spans)
    return [(span.start, span.end) for span in found if span is not None]


def words_of(text: str, spans: Iterable[Offsets], openers: frozenset[str]) -> frozenset[int]:
    """The offsets of the words of ``spans`` without a complementiser that opens them."""
    words = sorted((m.start(), m.group().lower()) for start, end in spans for m in _WORD.finditer(text, start, end))
    if len(words) > 1 and words[0][1] in openers:
        words = words[1:]
    return frozenset(offset for offset, _ in words)


class Reader:
    """Reads texts as the rules do."""

    def __init__(self, folder: Path, learned: Mapping[str, Table]) -> None:
        self.grammar: Final = Grammar(folder, {"report": {}, "end": {}, "alone": {}, **learned})
        self.openers: Final = self.grammar.pack.of_class("complementiser")

    def passages(self, text: str) -> Iterator[tuple[Passage, int]]:
        """The passages of a text, those inside of what layout tells among them."""
        for part in arrangement(text, self.grammar.pack, UNWATCHED).parts:
            yield from self.grammar.passages(text, part)

    def seen(self, text: str) -> list[Seen]:
        """All candidates of a text."""
        return [
            Seen(passage, depth, candidate)
            for passage, depth in self.passages(text)
            for candidate in self.grammar.judge().candidates(passage)
        ]

    def words(self, text: str, passage: Passage, parts: Iterable[Offsets]) -> frozenset[int]:
        """The offsets of the words in ranges of tokens."""
        return words_of(text, [(passage.starts[a], passage.ends[b - 1]) for a, b in parts if b > a], self.openers)


def end_examples(text: Text, seen: Iterable[Seen], reader: Reader) -> Iterator[Example]:
    """Places at which the content of candidates that are reports can end, and whether it does."""
    for one in seen:
        candidate = one.candidate
        first, last = candidate.parts[-1]
        offsets = sorted(reader.words(text.text, one.passage, candidate.content[-1:]))
        gold = _gold_of(text, one, offsets) if first > candidate.at and offsets else None
        if gold is None:
            continue
        last_word = max(offset for offset in gold.words if offsets[0] <= offset <= offsets[-1])
        following = next((offset for offset in offsets if offset > last_word), None)
        for at, (heads, traits) in places(candidate.sentence, candidate.at, first, last, candidate.construction):
            start = one.passage.starts[candidate.sentence.firsts[at]]
            behind = start > last_word
            # The first place behind the last word is the end if no word stands between.
            right = behind and (following is None or start <= following)
            yield Example(_names(heads, traits), right, text.weight)
            if behind:
                break


def _gold_of(text: Text, one: Seen, offsets: Sequence[int]) -> Gold | None:
    """The report whose content begins where that of a candidate does; of one in several parts, the report that holds the last."""
    for gold in text.reports:
        if min(gold.words) == offsets[0] and _shares_cue(one, gold):
            return gold
    if len(one.candidate.parts) == 1:
        return None
    return next((gold for gold in text.reports if offsets[0] in gold.words), None)


def _shares_cue(one: Seen, gold: Gold) -> bool:
    start, end = one.passage.starts[one.candidate.cue[0][0]], one.passage.ends[one.candidate.cue[-1][1] - 1]
    return not gold.cue or any(first < end and start < last for first, last in gold.cue)


def report_examples(text: Text, seen: Iterable[Seen], reader: Reader) -> Iterator[Example]:
    """Candidates, and whether they are reports: with the cue and half of the words, or in marks at the beginning of one.

    Of several candidates with the same cue those are right whose content is nearest to what is reported.
    """
    holders = _holders(text)
    waiting: list[tuple[Seen, float]] = []
    nearest: dict[tuple[int, Offsets], float] = {}
    for one in seen:
        if text.only_speech and not is_spoken(one.candidate):
            continue
        words = reader.words(text.text, one.passage, reader.grammar.judge().content_of(one.candidate))
        shared = Counter(number for offset in words for number in holders.get(offset, ()))
        in_marks = _is_in_marks(one)
        if text.only_marked and (
            one.depth or not in_marks or any(_is_rest(one, text.reports[number], words) for number in shared)
        ):
            continue
        likeness = max(
            (_likeness(text, one, text.reports[number], words, count, reader) for number, count in shared.items()), default=0.0
        )
        waiting.append((one, likeness))
        key = _cue_of(one)
        nearest[key] = max(nearest.get(key, 0.0), likeness)
    for one, likeness in waiting:
        signs = signs_of(one.candidate, reader.grammar.pack, one.depth)
        right = likeness > 0 and likeness >= nearest[_cue_of(one)] - NEAR
        yield Example(_names(signs.heads, signs.traits), right, text.weight)


def _cue_of(one: Seen) -> tuple[int, Offsets]:
    return one.passage.starts[0], one.candidate.cue[0]


def _is_in_marks(one: Seen) -> bool:
    return all(a in one.passage.quotations and b == a + 1 for a, b in one.candidate.content)


def _is_rest(one: Seen, gold: Gold, words: frozenset[int]) -> bool:
    """Whether the words of a candidate are only those behind its cue of a report that begins before it."""
    return min(gold.words) < one.passage.starts[one.candidate.cue[0][0]] <= min(words)


def _likeness(text: Text, one: Seen, gold: Gold, words: frozenset[int], shared: int, reader: Reader) -> float:
    """The share of all words of both that a candidate and a report have in common; nothing where that is too little, or the cue is another."""
    found = shared / (len(gold.words) + len(words) - shared)
    begins = _is_in_marks(one) and shared >= COVERED * len(words) and min(words) == min(gold.words)
    if not (found >= OVERLAP or begins) or _is_rest(one, gold, words) or not _shares_cue(one, gold):
        return 0.0
    return found if _has_all_parts(text, one, gold, reader) else 0.0


def _has_all_parts(text: Text, one: Seen, gold: Gold, reader: Reader) -> bool:
    """Whether each of several parts of a content belongs to a report, at least as far as it has to be right."""
    parts = reader.grammar.judge().content_of(one.candidate)
    words = [reader.words(text.text, one.passage, [part]) for part in parts] if len(parts) > 1 else []
    return all(len(part & gold.words) >= OVERLAP * len(part) for part in words)


def alone_examples(text: Text, reader: Reader) -> Iterator[Example]:
    """Quotations that no cue claims, and whether their words are reported."""
    holders = _holders(text)
    judge = reader.grammar.judge()
    for passage, depth in reader.passages(text.text):
        if not passage.quotations or (text.only_marked and depth):
            continue
        scored = (one for one in judge.scored(passage, depth) if not text.only_speech or is_spoken(one.candidate))
        taken = chosen(scored, judge.threshold)
        claimed = frozenset(i for one in taken for a, b in one.content for i in range(a, b) if i in passage.quotations)
        for alone in judge.unclaimed(passage, claimed, text.text, depth):
            span = passage.quotations[alone.token]
            words = words_of(text.text, [(span.start, span.end)], reader.openers)
            shared = Counter(number for offset in words for number in holders.get(offset, ()))
            right = any(count >= ALONE_COVERED * len(words) for count in shared.values())
            yield Example(_names(alone.heads, alone.traits), right, text.weight)


def _holders(text: Text) -> Mapping[int, Sequence[int]]:
    """The reports that hold the word at an offset."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, gold in enumerate(text.reports):
        for offset in gold.words:
            found[offset].append(number)
    return found


def _names(heads: Heads, traits: Sequence[str]) -> list[str]:
    return [f"{head}\t{trait}" for head in (*heads.common, heads.own) for trait in traits]


def regression(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Weights by logistic regression, those that are nearly zero left out."""
    counts = Counter(name for one in examples for name in set(one.features))
    places_of = {name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= FEWEST))}
    rows: list[int] = []
    columns: list[int] = []
    for number, one in enumerate(examples):
        used = sorted({places_of[name] for name in one.features if name in places_of})
        rows += [number] * len(used)
        columns += used
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(places_of)))
    right = np.array([one.right for one in examples], float)
    weight = np.array([one.weight for one in examples], float)

    def loss(values: Any) -> tuple[float, Any]:
        odds = matrix @ values
        missed = np.sum(weight * (np.logaddexp(0, odds) - right * odds)) + 0.5 * penalty * values @ values
        return float(missed), matrix.T @ (weight * (1 / (1 + np.exp(-odds)) - right)) + penalty * values

    best = minimize(loss, np.zeros(len(places_of)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return {name: float(best[n]) for name, n in places_of.items() if abs(best[n]) >= SMALLEST}


def table_of(weights: Mapping[str, float]) -> Table:
    """Weights as the rules use them."""
    table: Table = {}
    for name, weight in weights.items():
        head, trait = name.split("\t")
        table.setdefault(head, {})[trait] = weight
    return table


def weights_of(name: str, examples: Sequence[Example], penalty: float) -> Table:
    """The weights of one table, those of words of other languages left out; how much they were learned from is printed."""
    weights = regression(examples, penalty)
    own = {feature.partition("\t")[0] for one in examples if one.own for feature in one.features}
    weights = {
        feature: weight for feature, weight in weights.items() if _is_common(head := feature.partition("\t")[0]) or head in own
    }
    print(
        f"{name}: {len(examples)} examples, {sum(one.right for one in examples)} right, {len(weights)} weights", file=sys.stderr
    )
    return table_of(weights)


def _is_common(head: str) -> bool:
    """Whether a head is no word, but a class, a construction or the like."""
    return not head or ":" in head or head.isupper()


def main() -> None:
    """Learn the weights of a language and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("language", help="the folder of the language among those of the rules: en, de")
    parser.add_argument("--folder", type=Path, help="another folder with the pack of this language")
    given = parser.parse_args()
    folder = given.folder or LANGUAGES / given.language
    taught = lessons(given.language, folder)
    learned = reports_and_ends(taught, REPORT_PENALTY)
    taught[0].texts.extend(direct_speech(given.language, "riqua"))
    alone = weights_of(
        "alone",
        [
            one
            for lesson in taught
            for reader in [lesson.reader(learned)]
            for text in lesson.texts
            for one in lesson.weighed(alone_examples(text, reader))
        ],
        ALONE_PENALTY,
    )
    write(folder, "speech", {**learned, "alone": alone})
    if given.language == "en":
        kinds = of_all_kinds(given.language, folder, Reader(folder, {}).grammar.pack)
        write(folder, "all", reports_and_ends([Lesson(folder, kinds, 1.0)], ALL_PENALTY))


def reports_and_ends(taught: Sequence[Lesson], penalty: float) -> dict[str, Table]:
    """The tables that tell what is reported and where it ends, the second first: what a report is depends on where it would end."""
    readers = {lesson.folder: lesson.reader({}) for lesson in taught}
    read = [(lesson, text, readers[lesson.folder].seen(text.text)) for lesson in taught for text in lesson.texts]
    ends = weights_of(
        "end",
        [one for lesson, text, seen in read for one in lesson.weighed(end_examples(text, seen, readers[lesson.folder]))],
        END_PENALTY,
    )
    readers = {lesson.folder: lesson.reader({"end": ends}) for lesson in taught}
    reports = weights_of(
        "report",
        [one for lesson, text, seen in read for one in lesson.weighed(report_examples(text, seen, readers[lesson.folder]))],
        penalty,
    )
    return {"report": reports, "end": ends}


def write(folder: Path, scope: Scope, learned: Mapping[str, Table]) -> None:
    """Write the tables of a scope into the folder of a pack."""
    lines = ["# Log odds learned by plugins/rules/learn/learn_reports.py: table, head, trait, weight."]
    for name, table in learned.items():
        lines += sorted(
            f"{name}\t{head}\t{trait}\t{weight:.2f}" for head, traits in table.items() for trait, weight in traits.items()
        )
    target = folder / "weights" / FILES[scope]
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
