"""Learn ``weights/speakers.tsv`` and measure ``weights/speaker_links.tsv``: ``python plugins/rules/learn/learn_speakers.py``.

From the training parts of PDNC, LitBank and GUM.

Reads the corpora from the folder that ``QUOTEMINER_CORPORA`` names (default ``../shared/corpora``, relative to the repository) and
says which of them it does not find. Needs the extra ``evaluation``. Only weights of observations are written, no text; what each
observation means stays as the file has it. No seed of this project is read, so that their floors measure what was learned.

What a candidate is seen doing depends on who is taken to have spoken before, and that on the weights. So it begins without any and
learns a few times over from what the resolver sees with the weights of the time before: the same corpora give the same file,
whatever stood there.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from quoteminer import Issue, Quote, Span
from quoteminer.evaluation import AnnotatedDocument, Entity, read_annotated, seeds
from quoteminer.evaluation.matching import assign
from quoteminer.evaluation.speakers import same_entity, same_speaker
from quoteminer.evaluation.words import Words
from quoteminer_rules import lexicon
from quoteminer_rules.components import QuoteRules
from quoteminer_rules.speakers import plain
from quoteminer_rules.speakers.entities import EntityTable
from quoteminer_rules.speakers.knowledge import knowledge
from quoteminer_rules.speakers.plain_cast import Cast
from quoteminer_rules.speakers.ranking import SITUATIONS, Candidates, Ranking, Situation
from quoteminer_rules.speakers.resolver import Resolver
from quoteminer_rules.speakers.turns import Turn

ROOT: Final = Path(__file__).resolve().parents[3]
TARGET: Final = ROOT / "plugins/rules/src/quoteminer_rules/languages/en/weights/speakers.tsv"
LINKS: Final = TARGET.with_name("speaker_links.tsv")
OTHERS: Final = ("de", "es", "fr")
"""The other languages of the open corpus; what they observe is the same, and each learns from all, most from its own texts."""
OWN: Final = 4.0
"""What a quotation in the language itself weighs there, beside one of another."""
SHARES: Final = {"pdnc": 1.0, "litbank": 3.0, "gum": 12.0, "seeds": 12.0}
"""Corpora, and what a quotation of each weighs: the novels have fifty times as many as the other genres."""
_ONE_NAME: Final = frozenset(["litbank"])
"""Corpora whose gold has one name a speaker and no mentions: "Lord Henry" and "Henry Wotton" count for two, so that shares of what is right are too low."""
_CASES: Final = 20
"""Ways of finding a speaker with fewer cases keep the figure that they have."""
_ROUNDS: Final = 3
_PENALTY: Final = 3e-4
_CONVERGED: Final[dict[str, Any]] = {"maxiter": 5000, "maxfun": 10000, "maxcor": 60, "ftol": 0.0, "gtol": 1e-10}
"""Much nearer to the best weights than the file tells: the last bits of sums differ between runs, and that must not show."""


Weights = dict[str, dict[str, float]]
"""Situation -> observation -> weight."""


class Example(NamedTuple):
    """A quotation in one of the situations: what is observed on each candidate, and whether it is the one that speaks."""

    situation: str
    share: float
    fair: bool
    """Whether the gold tells right from wrong whatever the speaker is called."""
    candidates: list[tuple[tuple[str, ...], bool]]


class Recording(Ranking):
    """Keeps what is observed for each quotation; where one is ranked twice, the second time counts."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.seen: dict[str, tuple[Situation, Candidates]] = {}

    def observe(self, turn: Turn, *args: Any) -> tuple[Situation, Candidates]:
        self.seen[turn.quote.id] = super().observe(turn, *args)
        return self.seen[turn.quote.id]


def corpora() -> Iterator[tuple[AnnotatedDocument, float]]:
    """The documents of the training parts, each with what its quotations weigh."""
    yield from ((document, SHARES["seeds"]) for document in seeds("train", "en"))
    folder = Path(os.environ.get("QUOTEMINER_CORPORA") or ROOT / "../shared/corpora")
    for name, share in SHARES.items():
        if name == "seeds":
            continue
        file = folder / name / "train.jsonl"
        if not file.is_file():
            print(f"{name}: {file} is not there; learning without it", file=sys.stderr)
            continue
        issues: list[Issue] = []
        yield from ((document, share) for document in read_annotated([file], issues))
        for issue in issues:
            print(f"{name}: {issue.message}", file=sys.stderr)


def examples(document: AnnotatedDocument, quotes: Sequence[Quote], weights: Weights, share: float) -> Iterator[Example]:
    """The quotations of a document that are in the gold, as the resolver sees them with ``weights``."""
    resolver = resolver_of(document, quotes, weights, Recording)
    resolver.resolve()
    recording = resolver.ranking
    if not isinstance(recording, Recording):
        return
    words = Words(document.document.text, document.document.language)
    pairs = assign([words.content(gold.content) for gold in document.quotes], [words.content(quote.content) for quote in quotes])
    named = _named(resolver.table if isinstance(resolver, Resolver) else resolver.cast)
    guessed = {(q.source.start, q.source.end) for q in quotes if q.source is not None and q.id in recording.seen}
    known: dict[tuple[int, int], bool] = {}
    for i, j in pairs:
        gold = document.quotes[i].speaker
        if gold is None or quotes[j].id not in recording.seen:
            continue
        situation, candidates = recording.seen[quotes[j].id]
        found = []
        for serial, entity in candidates.entities.items():
            key = id(gold), serial
            if key not in known:
                # What was guessed of a pronoun does not tell whom it means.
                mentions = tuple(Span(*span) for span in sorted({*named.get(serial, ()), *(entity.mentions - guessed)}))
                candidate = Entity(name=entity.name, mentions=mentions)
                known[key] = same_speaker(gold, candidate) or same_entity(gold, candidate, words)
            found.append((tuple(candidates.observed[serial]), known[key]))
        if found:
            yield Example(situation, share, document.corpus not in _ONE_NAME, found)


def measure(documents: Sequence[tuple[AnnotatedDocument, float]], weights: Weights) -> dict[str, tuple[int, float]]:
    """Of each way of finding a speaker, how many cases there are and the share that is right, weighed as in learning."""
    counts: Counter[str] = Counter()
    found: dict[str, list[float]] = {}
    precision = knowledge("en").precision
    rules = QuoteRules()
    for document, share in documents:
        if document.corpus in _ONE_NAME or lexicon.supported(document.document.language) != "en":
            continue
        quotes = [quote for quote in rules.extract(document.document) if isinstance(quote, Quote)]
        resolver = Resolver(document.document, quotes, knowledge("en")._replace(weights=weights))
        _, speakers = resolver.resolve()
        by_id = {speaker.id: Entity(name=speaker.name, mentions=speaker.mentions) for speaker in speakers}
        words = Words(document.document.text, document.document.language)
        contents = [words.content(gold.content) for gold in document.quotes], [words.content(q.content) for q in quotes]
        for i, j in assign(*contents):
            gold, link = document.quotes[i].speaker, resolver.links.get(quotes[j].id)
            if gold is None or link is None or link.entity is None or link.precision != precision.get(link.strategy):
                # What is weighed has a probability of its own.
                continue
            right = same_entity(gold, by_id[f"e{link.entity.serial}"], words)
            counts[link.strategy] += 1
            total = found.setdefault(link.strategy, [0.0, 0.0])
            total[0] += share * right
            total[1] += share
    return {way: (counts[way], right / whole) for way, (right, whole) in found.items()}


def links(measured: dict[str, tuple[int, float]], old: str) -> str:
    """The file of ways with new figures for those that were seen often enough."""
    rows = [line.split("\t") for line in old.splitlines() if line and not line.startswith("#")]
    often = {row[0] for row in rows if measured.get(row[0], (0, 0.0))[0] >= _CASES}
    seen = ", ".join(f"{way} {measured[way][0]}" for way, *_ in rows if way in often)
    lines = [
        "# How a speaker was found: way, share that is right, example. Measured by plugins/rules/learn/learn_speakers.py on the training",
        f"# parts of {' and '.join(name for name in SHARES if name not in _ONE_NAME)} where these have {_CASES} cases or more ({seen}); the others are set between those.",
    ]
    for way, figure, example in rows:
        lines.append("\t".join([way, f"{measured[way][1]:.2f}" if way in often else figure, example]))
    return "\n".join(lines) + "\n"


def resolver_of(
    document: AnnotatedDocument, quotes: Sequence[Quote], weights: Weights, ranking: type[Ranking] = Ranking
) -> Resolver | plain.Resolver:
    """What resolves the speakers of a document, with some weights."""
    if lexicon.supported(document.document.language) == "en":
        return Resolver(document.document, quotes, knowledge("en")._replace(weights=weights), ranking)
    pack = lexicon.pack_of(document.document.language)
    return plain.Resolver(document.document.text, quotes, pack, ranking=ranking, learned=weights)


def _named(table: EntityTable | Cast) -> dict[int, list[tuple[int, int]]]:
    """Where the text names each entity."""
    named: dict[int, list[tuple[int, int]]] = {}
    for start, end, owner in zip(table.starts, table.ends, table.owners, strict=True):
        if owner is not None:
            named.setdefault(owner.serial, []).append((start, end))
    return named


class _Table:
    """The candidates of some examples as a matrix: a row each, a column an observation."""

    def __init__(self, chosen: Sequence[Example], names: dict[str, int]) -> None:
        rows = [(seen, right) for example in chosen for seen, right in example.candidates]
        columns = [names[name] for seen, _ in rows for name in seen if name in names]
        ends = np.cumsum([0, *(sum(name in names for name in seen) for seen, _ in rows)])
        self.matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
        self.right = np.array([right for _, right in rows], dtype=bool)
        sizes = [len(example.candidates) for example in chosen]
        self.group = np.repeat(np.arange(len(chosen)), sizes)
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.shares = np.array([example.share for example in chosen])

    def loss(self, weights: np.ndarray, penalty: float) -> tuple[float, np.ndarray]:
        """How unlikely the right candidates are, and the slope."""
        sums = self.matrix @ weights
        powers = np.exp(sums - np.maximum.reduceat(sums, self.starts)[self.group])
        whole = np.add.reduceat(powers, self.starts)
        mine = np.add.reduceat(powers * self.right, self.starts)
        share = self.shares / self.shares.sum()
        slope = share[self.group] * (powers / whole[self.group] - powers * self.right / mine[self.group])
        loss = float(share @ (np.log(whole) - np.log(mine))) + penalty / 2 * float(weights @ weights)
        return loss, self.matrix.T @ slope + penalty * weights

    def nobody(self, weights: np.ndarray) -> float:
        """The weight of somebody not seen with which the probability of the likeliest says best how often that is right."""
        sums = self.matrix @ weights
        highest = np.maximum.reduceat(sums, self.starts)
        whole = np.add.reduceat(np.exp(sums - highest[self.group]), self.starts)
        # The first of equals, as everywhere.
        places = np.where(sums == highest[self.group], np.arange(len(sums)), len(sums))
        right = self.right[np.minimum.reduceat(places, self.starts)]

        def likelihood(tried: float) -> float:
            probability = np.clip(1 / (whole + np.exp(tried - highest)), 1e-6, 1 - 1e-6)
            return float(self.shares @ np.log(np.where(right, probability, 1 - probability)))

        return max((step / 10 for step in range(-30, 41)), key=likelihood)


def fit(learned: Sequence[Example], names: Sequence[str]) -> Weights:
    """Weights with which the right candidates are likely, shrunk towards zero."""
    weights: Weights = {}
    numbers = {name: number for number, name in enumerate(names) if name != "nobody"}
    for situation in SITUATIONS:
        every = [example for example in learned if example.situation == situation]
        possible = [e for e in every if any(right for _, right in e.candidates)]
        if not possible:
            weights[situation] = {}
            continue
        table = _Table(possible, numbers)
        start = np.zeros(len(numbers))
        found = minimize(table.loss, start, args=(_PENALTY,), jac=True, method="L-BFGS-B", options=_CONVERGED).x
        weights[situation] = {name: float(found[number]) for name, number in numbers.items()}
        weights[situation]["nobody"] = _Table([e for e in every if e.fair] or every, numbers).nobody(found)
        print(f"{situation}: {len(every)} quotations, the right one seen for {len(possible)}", file=sys.stderr)
    return weights


def learn(documents: Sequence[tuple[AnnotatedDocument, float]], names: Sequence[str]) -> Weights:
    """The weights of the observations ``names``, learned from annotated documents."""
    rules = QuoteRules()
    read = [
        (document, [quote for quote in rules.extract(document.document) if isinstance(quote, Quote)], share)
        for document, share in documents
        if lexicon.supported(document.document.language) == "en"
    ]
    weights: Weights = {situation: {} for situation in SITUATIONS}
    for number in range(1, _ROUNDS + 1):
        print(f"round {number} of {_ROUNDS}", file=sys.stderr)
        learned = [example for document, quotes, share in read for example in examples(document, quotes, weights, share)]
        unknown = {name for example in learned for seen, _ in example.candidates for name in seen} - set(names)
        if unknown:
            sys.exit(f"{TARGET.name} has no line for {', '.join(sorted(unknown))}: write one that says what it means")
        weights = fit(learned, names)
    return weights


def meanings() -> dict[str, str]:
    """What each observation means, in the order of the file."""
    rows = [line.split("\t") for line in TARGET.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row[0]: row[-1] for row in rows[1:]}


def table(weights: Weights, meaning: dict[str, str], corpora_read: Sequence[str]) -> str:
    """The file."""
    lines = [
        "# What speaks for a candidate when no name stands by the quotation: observation, weight when a pronoun is the source",
        '# ("he said"), weight when narration stands in the same paragraph, weight when nothing does, weight when the source is a',
        "# description that may mean somebody named elsewhere; what is observed.",
        f"# Learned by plugins/rules/learn/learn_speakers.py from the training parts of {', '.join(corpora_read)}.",
        "\t".join(["observation", *SITUATIONS, "meaning"]),
    ]
    for name, text in meaning.items():
        figures = [f"{weights[situation].get(name, 0.0):.2f}" for situation in SITUATIONS]
        lines.append("\t".join([name, *("0" if figure in ("0.00", "-0.00") else figure for figure in figures), text]))
    return "\n".join(lines) + "\n"


def main() -> None:
    documents = list(corpora())
    if not documents:
        sys.exit("no corpus to learn from: QUOTEMINER_CORPORA must name the folder of the corpora")
    meaning = meanings()
    weights = learn(documents, list(meaning))
    TARGET.write_text(table(weights, meaning, list(dict.fromkeys(d.corpus for d, _ in documents))), encoding="utf-8")
    LINKS.write_text(links(measure(documents, weights), LINKS.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
