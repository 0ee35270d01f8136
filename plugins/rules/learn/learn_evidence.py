"""Learn ``weights/reports.tsv`` from the training parts of our open corpus and of PolNeAR: ``python plugins/rules/learn/learn_evidence.py``.

Reads PolNeAR from the folder that ``QUOTEMINER_CORPORA`` names (default ``../shared/corpora``, relative to the repository), our own
from ``seeds/``. Only weights of features are written, no text. Logistic regression by stochastic gradient descent with a fixed order:
the same corpora give the same file.

PolNeAR has all attitudes, our corpus speech: of the candidates in ours only those of speech teach.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer.evaluation import seeds
from quoteminer_rules.layout import blocks_of
from quoteminer_rules.lexicon import Lexicon, load
from quoteminer_rules.phrases import is_word
from quoteminer_rules.quotes import mining
from quoteminer_rules.quotes.cue_classes import cue_class
from quoteminer_rules.quotes.indirect import contents, judging
from quoteminer_rules.quotes.indirect.candidate import Candidate
from quoteminer_rules.quotes.indirect.evidence import Signs, Table
from quoteminer_rules.quotes.indirect.search import candidates
from quoteminer_rules.quotes.scope import UNSPOKEN
from quoteminer_rules.tokens import Tokens

ROOT: Final = Path(__file__).resolve().parents[3]
TARGET: Final = ROOT / "plugins/rules/src/quoteminer_rules/languages/en/weights/reports.tsv"
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_COMPLEMENTISERS: Final = frozenset(["that", "whether", "if"])
_ROUNDS: Final = 12
_FEWEST: Final = 8
_SMALLEST: Final = 0.05

#: Features, and whether it is right.
Example = tuple[list[str], bool]


class Text(NamedTuple):
    """An annotated text: the spans of the content of its quotations, and whether they are speech alone."""

    text: str
    contents: Sequence[Sequence[tuple[int, int]]]
    only_speech: bool


def corpus() -> list[Text]:
    """The documents of the training parts."""
    folder = Path(os.environ.get("QUOTEMINER_CORPORA") or ROOT / "../shared/corpora")
    file = folder / "polnear/train.jsonl"
    if not file.is_file():
        sys.exit(f"{file} is not there: QUOTEMINER_CORPORA must name the folder of the corpora")
    own = [
        Text(one.document.text, [[(span.start, span.end) for span in quote.content] for quote in one.quotes], True)
        for one in seeds("train", "en")
    ]
    others = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return own + [
        Text(one["text"], [[(start, end) for start, end in quote["content"]] for quote in one["quotes"]], False) for one in others
    ]


def word_set(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The offsets of the words of ``spans`` without a leading complementiser."""
    words = sorted((m.start(), m.group().lower()) for start, end in spans for m in _WORD.finditer(text, start, end))
    if len(words) > 1 and words[0][1] in _COMPLEMENTISERS:
        words = words[1:]
    return frozenset(offset for offset, _ in words)


def parsed(text: str, lexicon: Lexicon) -> Iterator[tuple[Tokens, list[Candidate]]]:
    """The tokens and candidates of each block."""
    blocks = blocks_of(text, lexicon.conventions)
    for tokens, floors in mining.token_blocks(text, blocks, lexicon):
        yield tokens, list(candidates(tokens, floors, lexicon, lexicon.signals))


def end_examples(document: Text, parsed_blocks: list[tuple[Tokens, list[Candidate]]], lexicon: Lexicon) -> Iterator[Example]:
    """Places where content can end, and whether it does, for the candidates that are quotations."""
    text = document.text
    starts: dict[int, list[frozenset[int]]] = defaultdict(list)
    for spans in document.contents:
        if words := word_set(text, spans):
            starts[min(words)].append(words)
    for tokens, found in parsed_blocks:
        for candidate in found:
            if candidate.behind is None:
                continue
            first, stop = candidate.behind
            offsets = word_set(text, [(tokens.starts[first], tokens.ends[stop - 1])])
            if not offsets:
                continue
            if candidate.family == "rest" and candidate.before is not None:
                own = word_set(text, [(tokens.starts[candidate.before[0]], tokens.ends[candidate.before[1] - 1])])
                gold = (
                    next((g for g in starts.get(min(own), ()) if len(g & own) > 0.8 * len(own) and g & offsets), None)
                    if own
                    else None
                )
            else:
                gold = next(iter(starts.get(min(offsets), ())), None)
            if gold is None:
                continue
            inside = [offset for offset in gold if offset in offsets]
            last = max(inside)
            # The index behind the token that holds the last word of the gold content.
            end = next(i for i in range(first, stop) if tokens.ends[i] > last) + 1
            if end > first + 1 and tokens.atoms[end - 1] is not None and tokens.atoms[end - 1].start > last:
                continue
            for at, place in contents.places(tokens, first, stop, candidate.family, lexicon):
                if at >= end:
                    # The first place behind the last word is where it ends, if only punctuation stands between.
                    yield (
                        _names(contents.signs_of(place)),
                        all(not _WORD.search(text, tokens.starts[n], tokens.ends[n]) for n in range(end, at)),
                    )
                    break
                yield _names(contents.signs_of(place)), False


def cue_examples(
    document: Text, parsed_blocks: list[tuple[Tokens, list[Candidate]]], lexicon: Lexicon, ends: contents.Ends
) -> Iterator[Example]:
    """Candidates, and whether their content is that of a quotation at half of their words or more."""
    text = document.text
    holders: dict[int, list[int]] = defaultdict(list)
    golds = [word_set(text, spans) for spans in document.contents]
    for index, gold in enumerate(golds):
        for offset in gold:
            holders[offset].append(index)
    for tokens, found in parsed_blocks:
        for candidate in found:
            if document.only_speech and cue_class(candidate.classes, candidate.family) in UNSPOKEN:
                continue
            ranges = judging.content_of(tokens, candidate, lexicon, ends)
            if all(tokens.atoms[i] is not None or not is_word(tokens, i) for first, last in ranges for i in range(first, last)):
                # Nothing but a marked stretch is left to the rules for marks.
                continue
            content = word_set(text, [(tokens.starts[a], tokens.ends[b - 1]) for a, b in ranges])
            shared = Counter(index for offset in content for index in holders.get(offset, ()))
            right = any(2 * n >= len(golds[index]) + len(content) - n for index, n in shared.items())
            yield _names(judging.signs_of(tokens, candidate, lexicon)), right


def _names(signs: Signs) -> list[str]:
    return [f"{head}\t{trait}" for head, trait in signs.pairs()]


def table_of(weights: dict[str, float]) -> Table:
    """The weights as the rules use them."""
    table: Table = {}
    for name, weight in weights.items():
        head, trait = name.split("\t")
        table.setdefault(head, {})[trait] = weight
    return table


def licences() -> dict[str, float]:
    """What verb classes license, as prior weights of features."""
    rows = (
        line.split("\t")
        for line in (TARGET.with_name("reports_priors.tsv")).read_text(encoding="utf-8").splitlines()
        if line[0] != "#"
    )
    return {f"{word}\t{frame}": float(weight) for word, frame, weight in rows}


def regression(examples: list[Example], *, penalty: float, priors: dict[str, float]) -> dict[str, float]:
    """Weights by logistic regression (adaptive gradient steps, weights shrunk towards their priors, mostly zero).

    The weights are the mean of those after each of the later rounds, which is steadier than where the last step happened to end.
    """
    counts = Counter(name for names, _ in examples for name in set(names))
    known = {name for name, count in counts.items() if count >= _FEWEST or name in priors}
    kept = [([name for name in names if name in known], right) for names, right in examples]
    weights: dict[str, float] = {name: priors.get(name, 0.0) for name in sorted(known)}
    squares = dict.fromkeys(weights, 1e-6)
    order = list(range(len(kept)))
    generator = random.Random(0)
    shrink = {name: penalty / counts[name] for name in weights}
    sums = dict.fromkeys(weights, 0.0)
    for number in range(_ROUNDS):
        generator.shuffle(order)
        for index in order:
            names, right = kept[index]
            odds = sum(weights[name] for name in names)
            error = (1.0 if right else 0.0) - (1 / (1 + math.exp(-odds)) if odds > -500 else 0.0)
            for name in names:
                gradient = error - shrink[name] * (weights[name] - priors.get(name, 0.0))
                squares[name] += gradient * gradient
                weights[name] += 0.25 * gradient / math.sqrt(squares[name])
        if number >= _ROUNDS // 2:
            for name, weight in weights.items():
                sums[name] += weight
    weights = {name: total / (_ROUNDS - _ROUNDS // 2) for name, total in sums.items()}
    return {name: weight for name, weight in {**priors, **weights}.items() if abs(weight) >= _SMALLEST}


def main() -> None:
    lexicon = load("en")
    documents = corpus()
    read = [(document, list(parsed(document.text, lexicon))) for document in documents]
    end_list = [example for document, blocks in read for example in end_examples(document, blocks, lexicon)]
    ends = regression(end_list, penalty=6.0, priors={})
    print(f"end: {len(end_list)} examples, {sum(right for _, right in end_list)} ends, {len(ends)} weights", file=sys.stderr)
    cue_list = [
        example for document, blocks in read for example in cue_examples(document, blocks, lexicon, contents.Ends(table_of(ends)))
    ]
    cues = regression(cue_list, penalty=30.0, priors=licences())
    print(f"cue: {len(cue_list)} examples, {sum(right for _, right in cue_list)} right, {len(cues)} weights", file=sys.stderr)
    lines = [
        "# Log odds learned by plugins/rules/learn/learn_evidence.py from the training parts of the open corpus and of PolNeAR: table, feature, weight."
    ]
    for name, table in (("cue", cues), ("end", ends)):
        lines.extend(f"{name}\t{feature}\t{weight:.2f}" for feature, weight in sorted(table.items()))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
