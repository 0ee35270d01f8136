"""Learn who speaks: ``python plugins/rules/learn/learn_speakers.py`` writes ``speakers.tsv`` and ``speaker_confidence.tsv`` of each language.

From the training parts of the open corpus, and for English of PDNC, LitBank and GUM as well; what is observed is the same in all languages, so that each
learns from all, most from its own texts. ``languages/`` has what was learned from all alike, for languages without texts of their own.

Reads the other corpora from the folder that ``QUOTEMINER_CORPORA`` names (default ``../shared/corpora``, relative to the repository) and
says which of them it does not find. Needs the extra ``evaluation``. Only weights of observations are written, no text; what each
observation means stays as the file of English has it.

What a candidate is seen doing depends on who is taken to have spoken before, and that on the weights. So it begins without any and
learns a few times over from what the resolver sees with the weights of the time before: the same corpora give the same file,
whatever stood there. How sure speakers are is learned from texts of writers from whom the weights have not learned.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from quoteminer import Issue, Quote, Span
from quoteminer.evaluation import AnnotatedDocument, Entity, read_annotated, seeds
from quoteminer.evaluation.calibration import calibration
from quoteminer.evaluation.matching import assign
from quoteminer.evaluation.speakers import same_entity, same_name, same_speaker
from quoteminer.evaluation.words import Words
from quoteminer_rules import lexicon, packs
from quoteminer_rules.components import QuoteRules
from quoteminer_rules.learning.confidence import Find, chance, fitted
from quoteminer_rules.learning.gold import writer_of
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.speakers import plain
from quoteminer_rules.speakers.confidence import FILE as CONFIDENCE
from quoteminer_rules.speakers.confidence import signs
from quoteminer_rules.speakers.entities import EntityTable
from quoteminer_rules.speakers.knowledge import knowledge
from quoteminer_rules.speakers.plain_cast import Cast
from quoteminer_rules.speakers.ranking import NESTED, NOUN, SITUATIONS, Candidates, Ranking, Situation
from quoteminer_rules.speakers.resolver import Resolver
from quoteminer_rules.speakers.turns import Turn
from quoteminer_rules.speakers.weights import FILE

ROOT: Final = Path(__file__).resolve().parents[3]
ENGLISH: Final = "en"
LEARNED: Final = ("en", "de", "es", "fr")
ALL: Final = ""
"""What stands for all languages alike."""
SEEDS: Final = "seeds"
SHARES: Final = {"pdnc": 1.0, "litbank": 3.0, "gum": 12.0, SEEDS: 0.3}
"""Corpora, and what a quotation of each weighs in English: the novels have fifty times as many as the other genres."""
DESCRIBED: Final = 12.0
"""What one of the open corpus weighs in English where a description or a pronoun inside a quotation is the source: novels tell little of these."""
OWN: Final = 4.0
OTHER: Final = {SEEDS: 1.0, "pdnc": 0.1}
"""What a quotation weighs elsewhere: one in the language itself, and one of another by corpus."""
_ONE_NAME: Final = frozenset(["litbank"])
"""Corpora whose gold has one name a speaker and no mentions: "Lord Henry" and "Henry Wotton" count for two, so that shares of what is right are too low."""
FOLDS: Final = 5
_ITSELF: Final = "itself"
"""What is observed on a description taken for nobody who is named."""
_ROUNDS: Final = 3
_PENALTY: Final = {ENGLISH: 3e-4}
_PENALTY_OF_OTHERS: Final = 1e-3
_PENALTY_OF_NESTED: Final = 1e-2
"""There are few pronouns inside quotations to learn from."""
_CONVERGED: Final[dict[str, Any]] = {"maxiter": 5000, "maxfun": 10000, "maxcor": 60, "ftol": 0.0, "gtol": 1e-10}
"""Much nearer to the best weights than the file tells: the last bits of sums differ between runs, and that must not show."""

_NEARLY: Final[dict[str, Any]] = {"maxiter": 300, "ftol": 1e-9}
"""Near enough for weights that only the next round sees."""

Weights = dict[str, dict[str, float]]
"""Situation -> observation -> weight."""


class Example(NamedTuple):
    """A quotation in one of the situations: what is observed on each candidate, and whether it is the one that speaks."""

    situation: str
    corpus: str
    language: str
    writer: str
    candidates: list[tuple[tuple[str, ...], bool]]
    share: float = 1.0

    @property
    def fair(self) -> bool:
        """Whether the gold tells right from wrong whatever the speaker is called."""
        return self.corpus not in _ONE_NAME

    def weighed(self, language: str) -> Example:
        """The same with what it weighs where a language is learned."""
        if language == ENGLISH:
            share = SHARES.get(self.corpus, 1.0) if self.language == ENGLISH else 0.0
            if self.corpus == SEEDS and share and self.situation in (NOUN, NESTED):
                share = DESCRIBED
        else:
            share = OWN if self.language == language else OTHER.get(self.corpus, 0.0)
        return self._replace(share=share)


class Read(NamedTuple):
    """An annotated document with the quotations that were found in it."""

    annotated: AnnotatedDocument
    quotes: list[Quote]

    @property
    def language(self) -> str:
        """The language without a region."""
        return self.annotated.document.language.partition("-")[0]

    @property
    def writer(self) -> str:
        """Whose it is: what is learned from a writer is not measured on the same one."""
        return writer_of(self.annotated.document)


class Recording(Ranking):
    """Keeps what is observed for each quotation; where one is ranked twice, the second time counts."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.seen: dict[str, tuple[Situation, Candidates]] = {}

    def observe(self, turn: Turn, *args: Any) -> tuple[Situation, Candidates]:
        self.seen[turn.quote.id] = super().observe(turn, *args)
        return self.seen[turn.quote.id]

    def observe_nested(self, turn: Turn, quote: Quote, *args: Any) -> Candidates:
        candidates = super().observe_nested(turn, quote, *args)
        self.seen[quote.id] = NESTED, candidates
        return candidates


def corpora() -> Iterator[AnnotatedDocument]:
    """The documents of the training parts."""
    for language in LEARNED:
        yield from seeds("train", language)
    folder = Path(os.environ.get("QUOTEMINER_CORPORA") or ROOT / "../shared/corpora")
    for name in SHARES:
        if name == SEEDS:
            continue
        file = folder / name / "train.jsonl"
        if not file.is_file():
            print(f"{name}: {file} is not there; learning without it", file=sys.stderr)
            continue
        issues: list[Issue] = []
        yield from read_annotated([file], issues)
        for issue in issues:
            print(f"{name}: {issue.message}", file=sys.stderr)


def read(documents: Iterator[AnnotatedDocument] | Sequence[AnnotatedDocument]) -> list[Read]:
    """Find the quotations of documents in the languages that are learned."""
    rules = QuoteRules()
    rules.use_languages({pack.language: pack for pack in packs.others()})
    return [
        Read(document, [quote for quote in rules.extract(document.document) if isinstance(quote, Quote)])
        for document in documents
        if document.document.language.partition("-")[0] in LEARNED
    ]


def resolver_of(one: Read, weights: Weights, ranking: type[Ranking] = Ranking) -> Resolver | plain.Resolver:
    """What resolves the speakers of a document, with some weights."""
    document = one.annotated.document
    if one.language == ENGLISH:
        return Resolver(document, one.quotes, knowledge(ENGLISH)._replace(weights=weights), ranking)
    return plain.Resolver(document.text, one.quotes, lexicon.pack_of(one.language), ranking=ranking, learned=weights)


def examples(one: Read, weights: Weights) -> Iterator[Example]:
    """The quotations of a document that are in the gold, as the resolver sees them with ``weights``."""
    document, quotes = one.annotated, one.quotes
    resolver = resolver_of(one, weights, Recording)
    resolver.resolve()
    recording = resolver.ranking
    if not isinstance(recording, Recording):
        return
    words = Words(document.document.text, document.document.language)
    pairs = assign([words.content(gold.content) for gold in document.quotes], [words.content(quote.content) for quote in quotes])
    named = _named(resolver.table if isinstance(resolver, Resolver) else resolver.cast)
    # The gold of the open corpus has pronouns as mentions: what was guessed of one does not tell whom it means.
    guessed = {
        (quote.source.start, quote.source.end)
        for quote in quotes
        if quote.source is not None
        and quote.id in recording.seen
        and recording.seen[quote.id][0] != NOUN
        and document.corpus == SEEDS
    }
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
                mentions = tuple(Span(*span) for span in sorted({*named.get(serial, ()), *(entity.mentions - guessed)}))
                candidate = Entity(name=entity.name, mentions=mentions)
                # In a novel a whole family has one last name.
                alike = document.corpus == SEEDS and same_speaker(gold, candidate)
                known[key] = alike or same_entity(gold, candidate, words)
            # "The official" is a mention of whoever the gold says, but right only if the gold knows no better name.
            right = same_speaker(gold, Entity(name=entity.name)) if _ITSELF in candidates.observed[serial] else known[key]
            found.append((tuple(candidates.observed[serial]), right))
        if found:
            yield Example(situation, document.corpus, one.language, one.writer, found)


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


def fit(
    learned: Sequence[Example], names: Sequence[str], penalty: float = _PENALTY_OF_OTHERS, options: Mapping[str, Any] = _CONVERGED
) -> Weights:
    """Weights with which the right candidates are likely, shrunk towards zero."""
    weights: Weights = {}
    numbers = {name: number for number, name in enumerate(name for name in names if name != "nobody")}
    for situation in SITUATIONS:
        every = [example for example in learned if example.situation == situation and example.share]
        possible = [e for e in every if any(right for _, right in e.candidates)]
        if not possible:
            weights[situation] = {}
            continue
        table = _Table(possible, numbers)
        start = np.zeros(len(numbers))
        found = minimize(
            table.loss,
            start,
            args=(max(penalty, _PENALTY_OF_NESTED) if situation == NESTED else penalty,),
            jac=True,
            method="L-BFGS-B",
            options=options,
        ).x
        weights[situation] = {name: float(found[number]) for name, number in numbers.items()}
        weights[situation]["nobody"] = _Table([e for e in every if e.fair] or every, numbers).nobody(found)
    return weights


def learn(documents: Sequence[Read], names: Sequence[str]) -> dict[str, Weights]:
    """The weights of the observations ``names`` for each language and for all of them, learned from annotated documents."""
    weights: dict[str, Weights] = {language: {situation: {} for situation in SITUATIONS} for language in (*LEARNED, ALL)}
    for number in range(1, _ROUNDS + 1):
        print(f"round {number} of {_ROUNDS}", file=sys.stderr)
        learned = seen(documents, weights)
        unknown = {name for example in learned for candidate, _ in example.candidates for name in candidate} - set(names)
        if unknown:
            sys.exit(f"{FILE} has no line for {', '.join(sorted(unknown))}: write one that says what it means")
        weights = fitted_for(learned, names, weights, _CONVERGED if number == _ROUNDS else _NEARLY)
    return weights


def seen(documents: Sequence[Read], weights: Mapping[str, Weights]) -> list[Example]:
    """What the resolvers see in documents with weights of their languages."""
    return [example for one in documents for example in examples(one, weights[one.language])]


def fitted_for(
    learned: Sequence[Example], names: Sequence[str], languages: Iterable[str], options: Mapping[str, Any] = _NEARLY
) -> dict[str, Weights]:
    """The weights for some languages from the same examples."""
    return {
        language: fit(
            [weighed for example in learned if (weighed := example.weighed(language)).share],
            names,
            _PENALTY.get(language, _PENALTY_OF_OTHERS),
            options,
        )
        for language in languages
    }


def finds(documents: Sequence[Read], learned: Sequence[Example], names: Sequence[str]) -> dict[str, list[Find]]:
    """What can be seen of the speakers in the open corpus, and whether they are right, by language.

    The texts are parted by writer into folds; the speakers of each fold are found with weights learned from all others.
    """
    own = [one for one in documents if one.annotated.corpus == SEEDS]
    writers = sorted({one.writer for one in own})
    found: dict[str, list[Find]] = {language: [] for language in sorted({one.language for one in own})}
    for number in range(FOLDS):
        held = frozenset(writers[number::FOLDS])
        fold = fitted_for([one for one in learned if one.writer not in held], names, found)
        for one in own:
            if one.writer in held:
                found[one.language] += _finds(one, fold[one.language])
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr)
    return found


def _finds(one: Read, weights: Weights) -> Iterator[Find]:
    document = one.annotated
    resolver = resolver_of(one, weights)
    resolver.resolve()
    words = Words(document.document.text, document.document.language)
    pack = lexicon.pack_of(one.language)
    by_id = {quote.id: quote for quote in one.quotes}
    contents = [words.content(gold.content) for gold in document.quotes], [words.content(q.content) for q in one.quotes]
    for i, j in assign(*contents):
        gold, link = document.quotes[i].speaker, resolver.considered.get(one.quotes[j].id)
        if gold is None or link is None or link.entity is None:
            continue
        speaker = Entity(name=link.entity.name)
        right = same_name(gold, speaker) or same_speaker(gold, speaker)
        yield Find(signs(by_id[one.quotes[j].id], link, document.document.text, pack), right, one.writer, document.genre)


def sureness(found: Mapping[str, Sequence[Find]]) -> dict[str, dict[str, float]]:
    """The weights that tell how sure speakers are; in all languages but English those of the others count too, less."""
    learned: dict[str, dict[str, float]] = {}
    for language in (*found, ALL):
        learned[language] = fitted(_weighed(found, language))
        held = _crossed(found, language) if language else None
        if held is not None:
            print(f"{language}: {held}", file=sys.stderr)
    return learned


def _weighed(found: Mapping[str, Sequence[Find]], language: str) -> list[Find]:
    """The finds from which a language learns, those of its own as often as they count."""
    if language == ENGLISH:
        return list(found[language])
    return [find for other, several in found.items() for find in several for _ in range(int(OWN) if other == language else 1)]


def _crossed(found: Mapping[str, Sequence[Find]], language: str) -> str:
    """How far the confidences can be believed on writers from whom nothing was learned."""
    writers = sorted({find.writer for find in found[language]})
    confidences: list[float] = []
    outcomes: list[bool] = []
    for number in range(FOLDS):
        held = frozenset(writers[number::FOLDS])
        others = {other: [find for find in several if find.writer not in held] for other, several in found.items()}
        weights = fitted(_weighed(others, language))
        tried = [find for find in found[language] if find.writer in held]
        confidences += [chance(find, weights) for find in tried]
        outcomes += [find.right for find in tried]
    table = calibration(confidences, outcomes, range(len(outcomes)))
    assert table is not None
    return f"{table.count} speakers, error {table.error:.3f}, AUROC {table.auroc or 0:.3f}, right {sum(outcomes) / len(outcomes):.3f}"


def target(language: str, file: str) -> Path:
    """Where a file of a language stands, or of all of them."""
    return LANGUAGES / language / "weights" / file if language else LANGUAGES / file


def meanings() -> dict[str, str]:
    """What each observation means, in the order of the file."""
    rows = [
        line.split("\t") for line in target(ENGLISH, FILE).read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return {row[0]: row[-1] for row in rows[1:]}


def table(weights: Weights, meaning: dict[str, str], corpora_read: Sequence[str]) -> str:
    """The file."""
    lines = [
        "# What speaks for a candidate when no name stands by the quotation: observation, weight when a pronoun is the source",
        '# ("he said"), weight when narration stands in the same paragraph, weight when nothing does, weight when the source is a',
        "# description that may mean somebody named elsewhere, weight when it is a pronoun inside a quotation; what is observed.",
        f"# Learned by plugins/rules/learn/learn_speakers.py from the training parts of {', '.join(corpora_read)}.",
        "\t".join(["observation", *SITUATIONS, "meaning"]),
    ]
    for name, text in meaning.items():
        figures = [f"{weights[situation].get(name, 0.0):.2f}" for situation in SITUATIONS]
        lines.append("\t".join([name, *("0" if figure in ("0.00", "-0.00") else figure for figure in figures), text]))
    return "\n".join(lines) + "\n"


def main() -> None:
    documents = list(corpora())
    meaning = meanings()
    material = read(documents)
    weights = learn(material, list(meaning))
    sure = sureness(finds(material, seen(material, weights), list(meaning)))
    for language in weights:
        mine = {d.corpus for d in documents if SHARES.get(d.corpus) and (language == ENGLISH or d.corpus in OTHER)}
        text = table(weights[language], meaning, [name for name in SHARES if name in mine])
        target(language, FILE).write_text(text, encoding="utf-8")
        lines = ["# How sure a speaker is, learned by plugins/rules/learn/learn_speakers.py: sign, weight in log odds."]
        lines += [f"{sign}\t{weight:.3f}" for sign, weight in sorted(sure[language].items())]
        target(language, CONFIDENCE).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
