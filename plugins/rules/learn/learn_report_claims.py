"""Learn how claims of reports are found in a language: ``python -m plugins.rules.learn.learn_report_claims en``.

Logistic regressions over the training part of the open corpus: where a claim begins and ends (``claim_edges.tsv``), which spans between such places are
claims and which claims deserve a check (``claim_spans.tsv``), and of which kind a claim is (``claim_kinds.tsv``). What the second sees of the first was
learned without the writer of the text, as it will be in a text of somebody else. Classes of words have the same names in all languages, so that each
language learns from all others too, with less weight, but not their words. The part for tuning sets the limit and calibrates probabilities. Needs the
extra ``evaluation``. Only weights are written, no text; equal input gives an equal file.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from plugins.rules.learn.fitting import Feature, Fit, Rows, folds
from scipy.sparse import diags

from quoteminer import Document, Miner, Quote
from quoteminer.evaluation import AnnotatedClaim, AnnotatedDocument, seeds
from quoteminer_rules.blockwise import UNWATCHED
from quoteminer_rules.claims import kinds, mining, signs, spans
from quoteminer_rules.claims.check_worthiness import Score, Scores
from quoteminer_rules.claims.edges import LEAST
from quoteminer_rules.claims.edges import edges as edges_of
from quoteminer_rules.claims.fiction import is_fiction
from quoteminer_rules.claims.quantities import unit_names
from quoteminer_rules.claims.spans import Span, best
from quoteminer_rules.claims.stretches import stretches
from quoteminer_rules.claims.weights import at_least, joined

LANGUAGES: Final = Path(__file__).resolve().parents[1] / "src/quoteminer_rules/languages"
ALL: Final = ("en", "de", "fr", "es")
#: How strongly weights are drawn to zero: chosen by cross-validation over the writers of the training part.
EDGE_PENALTY: Final = 5.0
SPAN_PENALTY: Final = 8.0
WORTH_PENALTY: Final = 8.0
KIND_PENALTY: Final = 6.0
#: A feature must occur so often to be learned, and weigh so much to stand in the table.
LEAST_COUNT: Final = {"edges": 8, "spans": 6, "kinds": 4}
LEAST_WEIGHT: Final = 0.05
#: What an example of another language counts.
OTHERS: Final = 0.3
#: Such a share of the letters of a span and of a claim of the gold together must be of both.
SAME: Final = 0.5
FOLDS: Final = 4
#: Fewer claims that are, or are not, worth a check are too few to calibrate by.
FEWEST: Final = 10
_LEXICAL: Final = frozenset(["word", "ending", "beginning", "first", "last", "before", "behind", "cue", "ends"])
"""Parts of the kinds of features that are made of words of the language."""
_OF_CLAIMS: Final = frozenset([("measure", "claim"), ("measure", "worth")])


class Gold(NamedTuple):
    """A claim of the gold as words of a piece, with what is seen of its kind."""

    claim: AnnotatedClaim
    begin: int
    end: int
    features: list[Feature]


class Piece(NamedTuple):
    """A piece of a text, where its words stand, and the claims of the gold in it."""

    looked: mining.Looked
    offsets: list[tuple[int, int]]
    of_part: Score
    debates: Scores
    gold: list[Gold]


class Recording(mining.Search):
    """Keeps every piece that is looked at, and finds no claim."""

    def __init__(self, document: Document, quotes: Sequence[Quote], folder: Path, gold: Sequence[AnnotatedClaim]) -> None:
        self.pieces: list[Piece] = []
        self._gold = gold
        super().__init__(document, quotes, folder)

    def _of_sentence(self, sentence: tuple[int, int], pieces: list[mining.Looked], places: list[int]) -> list[mining.Found]:
        words = self._words
        for looked in pieces:
            if self._asserts(looked.part.quote):
                offsets = [(words.starts[token], words.ends[token]) if token >= 0 else (-1, -1) for token in looked.piece.tokens]
                found = [one for claim in self._gold if (one := self._of_gold(claim, looked, offsets)) is not None]
                self.pieces.append(Piece(looked, offsets, self._scores.score(looked.part.runs), self._scores, found))
        return []

    def _of_gold(self, claim: AnnotatedClaim, looked: mining.Looked, offsets: Sequence[tuple[int, int]]) -> Gold | None:
        if claim.spans[-1].end <= offsets[0][0] or (offsets[-1][0] >= 0 and claim.spans[0].start > offsets[-1][0]):
            return None
        words = [at for at, (start, _) in enumerate(offsets) if any(span.start <= start < span.end for span in claim.spans)]
        if not words:
            return None
        begin, end = words[0], words[-1] + 1
        found = stretches(self._words, looked.piece, begin, end)
        numbers, when = self._measured(looked.piece, begin, end, found)
        seen = kinds.features(looked.seen.signs[begin:end], looked.seen.setting, numbers, len(when), unit_names(self._folder))
        return Gold(claim, begin, end, seen)


class Text(NamedTuple):
    """A document with its pieces, in a language of its own, and how much it counts."""

    annotated: AnnotatedDocument
    folder: Path
    foreign: bool
    pieces: list[Piece]

    @property
    def writer(self) -> str:
        """Who wrote it: the identifier without the number of the text."""
        return re.sub(r"-\d+$", "", self.annotated.document.id)

    @property
    def share(self) -> float:
        """How much an example of it counts."""
        return OTHERS if self.foreign else 1.0


def texts(part: str, language: str, miner: Miner, *, foreign: bool = False) -> Iterator[Text]:
    """The documents of a part of the corpus in which somebody looked for claims."""
    for one in seeds(part, language):
        if not one.has_claims:
            continue
        quotes = [
            quote for quote in miner.mine(one.document).quotes if quote.kind == "direct" or quote.confidence >= mining.UNSURE
        ]
        if is_fiction(one.document.text, quotes, LANGUAGES / language):
            continue
        search = Recording(one.document, quotes, LANGUAGES / language, one.claims)
        search.run(UNWATCHED)
        yield Text(one, LANGUAGES / language, foreign, _once(search.pieces))


def _once(pieces: list[Piece]) -> list[Piece]:
    """Each claim of the gold only in the piece that has most of its words."""
    widest: dict[int, tuple[int, int]] = {}
    for number, piece in enumerate(pieces):
        for gold in piece.gold:
            size = gold.end - gold.begin
            if size > widest.get(id(gold.claim), (0, 0))[0]:
                widest[id(gold.claim)] = size, number
    return [
        piece._replace(gold=[gold for gold in piece.gold if widest[id(gold.claim)][1] == number])
        for number, piece in enumerate(pieces)
    ]


def own(features: Iterable[Feature], text: Text) -> list[Feature]:
    """Features without the words of a language that is not the one that is learned."""
    if not text.foreign:
        return list(features)
    return [(kind, name) for kind, name in features if _LEXICAL.isdisjoint(kind.split(" "))]


Column = dict[Feature, Any]


def learn_edges(learned: Sequence[Text], held: Sequence[Text]) -> tuple[list[Column], list[list[int]], list[list[int]]]:
    """Weights for beginnings and ends; and the sums for all places of the learned texts, each by models without its writer, and of those held out."""
    rows = Rows()
    truths: list[tuple[bool, bool]] = []
    groups: list[str] = []
    shares: list[float] = []
    for text in (*learned, *held):
        edges = edges_of(text.folder)
        for piece in text.pieces:
            begins, ends = {gold.begin for gold in piece.gold}, {gold.end for gold in piece.gold}
            for place in range(len(piece.offsets) + 1):
                rows.add(own(edges.features(piece.looked.seen, place), text))
                truths.append((place in begins, place in ends))
                groups.append(text.writer)
                shares.append(text.share)
    matrix, names = rows.matrix(), rows.names
    count = sum(len(piece.offsets) + 1 for text in learned for piece in text.pieces)
    answers, weight = np.array(truths), np.array(shares)
    sums = np.zeros((len(rows), 2))
    models: list[Column] = []
    for column in (0, 1):

        def fit(chosen: Any, column: int = column) -> Fit:
            return Fit(
                matrix[chosen],
                answers[chosen, column],
                names,
                penalty=EDGE_PENALTY,
                shares=weight[chosen],
                least=LEAST_COUNT["edges"],
            )

        for out in folds(groups[:count], FOLDS):
            inside, outside = np.flatnonzero(~out), np.flatnonzero(out)
            sums[outside, column] = fit(inside).sums(matrix[outside])
        last = fit(np.arange(count))
        sums[count:, column] = last.sums(matrix[count:])
        models.append(last.weights())
    hundredths = np.rint(sums * 100).astype(int).tolist()
    return models, _by_piece(hundredths, learned), _by_piece(hundredths[count:], held)


def _by_piece(sums: Sequence[Sequence[int]], of: Sequence[Text]) -> list[list[int]]:
    found, at = [], 0
    for text in of:
        for piece in text.pieces:
            size = len(piece.offsets) + 1
            found.append([joined(one) for one in sums[at : at + size]])
            at += size
    return found


class Example(NamedTuple):
    """A span with the piece and text that it is of, and the claim that it is, if any."""

    text: int
    piece: int
    begin: int
    end: int
    share: float
    """Letters that it shares with a claim, of those of both."""
    claim: AnnotatedClaim | None


def examples(of: Sequence[Text], sums: Sequence[list[int]], rows: Rows) -> list[Example]:
    """The spans of all pieces, whose features go into the rows."""
    found: list[Example] = []
    at = 0
    for number, text in enumerate(of):
        claims = [(letters([(span.start, span.end) for span in claim.spans]), claim) for claim in text.annotated.claims]
        for which, piece in enumerate(text.pieces):
            looked = piece.looked
            of_edges = sums[at]
            at += 1
            for begin, end, measured in spans.candidates(*at_least(of_edges, LEAST)):
                of_span = piece.debates.score(spans.ranges(looked.piece.tokens, (begin, end)))
                numbers = (*measured, *piece.of_part, *of_span)
                named = {("measure", name): value / 100 for name, value in zip(spans.MEASURES, numbers, strict=True)}
                rows.add(own(spans.features(looked.seen, begin, end), text), named)
                share, claim = nearest(letters([one for one in piece.offsets[begin:end] if one[0] >= 0]), claims)
                found.append(Example(number, which, begin, end, share, claim))
    return found


def letters(stretched: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The offsets in stretches of a text, with what parts two words."""
    return frozenset(offset for start, end in stretched for offset in range(start, end + 1))


def nearest(found: frozenset[int], gold: Sequence[tuple[frozenset[int], AnnotatedClaim]]) -> tuple[float, AnnotatedClaim | None]:
    """The claim that shares most letters, and how much of both."""
    best_share, best_claim = 0.0, None
    for other, claim in gold:
        common = len(found & other)
        if common and common / len(found | other) > best_share:
            best_share, best_claim = common / len(found | other), claim
    return best_share, best_claim


def found_of(examples: Sequence[Example], scores: Sequence[int], least: int) -> list[tuple[Example, int]]:
    """The examples that are chosen as claims."""
    by_piece: dict[tuple[int, int], list[tuple[Span, Example]]] = {}
    for one, score in zip(examples, scores, strict=True):
        by_piece.setdefault((one.text, one.piece), []).append((Span(one.begin, one.end, score), one))
    chosen = []
    for pairs in by_piece.values():
        of_span = {id(span): one for span, one in pairs}
        chosen += [(of_span[id(span)], span.claim) for span in best([span for span, _ in pairs], least)]
    return chosen


def f1(chosen: Sequence[tuple[Example, int]], of: Sequence[Text]) -> float:
    """Of claims that share half of their letters with one of the gold, each of which counts once."""
    right = len({(one.text, id(one.claim)) for one, _ in chosen if one.share >= 0.5})
    return 2 * right / (len(chosen) + sum(len(text.annotated.claims) for text in of))


def limit(found: Sequence[Example], scores: Sequence[int], of: Sequence[Text]) -> int:
    """The least sum with which most claims are right."""
    return max(range(-200, 101, 10), key=lambda least: (f1(found_of(found, scores, least), of), -abs(least)))


def learn(language: str, miner: Miner) -> None:
    """Learn and write the tables of a language."""
    folder = LANGUAGES / language
    own_texts = list(texts("train", language, miner))
    others = [text for other in ALL if other != language for text in texts("train", other, miner, foreign=True)]
    learned = [*own_texts, *others]
    held = list(texts("tune", language, miner))
    edge_models, sums, held_sums = learn_edges(learned, held)
    write(folder, signs.EDGES, edge_models, ("to be the beginning of a claim", "to be its end"), language)

    rows = Rows()
    known = examples(learned, sums, rows)
    tuned = examples(held, held_sums, rows)
    matrix, names, count = rows.matrix(), rows.names, len(known)
    truths = np.array([one.share >= SAME for one in known])
    shares = np.array([learned[one.text].share for one in known])

    # What the models of debates make of a span is only asked of claims.
    asked = diags([float(feature not in _OF_CLAIMS) for feature in names])
    claim = Fit((matrix[:count] @ asked).tocsr(), truths, names, penalty=SPAN_PENALTY, shares=shares, least=LEAST_COUNT["spans"])
    scores = np.rint(claim.sums(matrix[count:]) * 100).astype(int).tolist()
    least = limit(tuned, scores, held)
    print(f"{language}: limit {least}, F1 {f1(found_of(tuned, scores, least), held):.3f} on the part for tuning")

    worthy = np.array([one.claim is not None and (one.claim.check_worthiness or 0) > 0.5 for one in known])
    claims = np.flatnonzero(truths)
    worth = Fit(matrix[claims], worthy[claims], names, penalty=WORTH_PENALTY, shares=shares[claims], least=LEAST_COUNT["spans"])
    chosen = [(one, score) for one, score in found_of(tuned, scores, least) if one.share >= 0.5]
    place = {id(one): number for number, one in enumerate(tuned)}
    at = [count + place[id(one)] for one, _ in chosen]
    judged = worth.sums(matrix[at])
    true_worth = np.array([(one.claim.check_worthiness or 0) > 0.5 for one, _ in chosen if one.claim is not None])
    factor, summand = calibration(judged, true_worth)
    print(f"{language}: worth a check, AUROC {auroc(judged, true_worth):.3f} of the claims found there")
    columns = [claim.weights(), {name: weight * factor for name, weight in worth.weights().items()}]
    bias = ("bias", "")
    columns[0][bias] = columns[0].get(bias, np.zeros(1)) + (mining.REPORTED - least) / 100
    columns[1][bias] = columns[1].get(bias, np.zeros(1)) + summand
    write(folder, signs.SPANS, columns, ("for a span to be a claim", "for a claim to be worth a check"), language)
    # For kinds English has enough of its own; those of others made it no better.
    learn_kinds(folder, language, own_texts if language == "en" else learned, held)


def learn_kinds(folder: Path, language: str, learned: Sequence[Text], held: Sequence[Text]) -> None:
    """Learn and write the kinds."""
    rows = Rows()
    truths: list[int] = []
    shares: list[float] = []
    count = 0
    for text in (*learned, *held):
        for gold in (gold for piece in text.pieces for gold in piece.gold if gold.claim.kind is not None):
            rows.add(own(gold.features, text))
            truths.append(signs.CLAIM_KINDS.index(gold.claim.kind))
            shares.append(text.share)
        if text is learned[-1]:
            count = len(rows)
    matrix, answers = rows.matrix(), np.array(truths)
    model = Fit(
        matrix[:count], answers[:count], rows.names, penalty=KIND_PENALTY, shares=np.array(shares[:count]), least=LEAST_COUNT["kinds"],
        classes=len(signs.CLAIM_KINDS), free=frozenset(),
    )  # fmt: skip
    right = float(np.mean(np.argmax(model.sums(matrix[count:]), axis=1) == answers[count:]))
    print(f"{language}: kind right of {right:.3f} of the claims of the gold there")
    found = model.weights()
    columns = [{name: weight[number : number + 1] for name, weight in found.items()} for number in range(len(signs.CLAIM_KINDS))]
    write(folder, signs.KINDS_FILE, columns, [f"for {kind}" for kind in signs.CLAIM_KINDS], language)


def calibration(sums: Any, truths: Any) -> tuple[float, float]:
    """Factor and summand that make the sums for claims of texts that were not learned from probabilities (Platt); few cases tell nothing."""
    if min(np.sum(truths), np.sum(~truths)) < FEWEST:
        return 1.0, 0.0
    rows = Rows()
    for value in sums:
        rows.add([("measure", "bias")], {("measure", "sum"): float(value)})
    fitted = Fit(rows.matrix(), truths, rows.names, penalty=0.01, shares=np.ones(len(truths)), least=1).weights()
    return float(fitted["measure", "sum"][0]), float(fitted["measure", "bias"][0])


def auroc(sums: Any, truths: Any) -> float:
    """How often a claim that is worth a check has a higher sum than one that is not."""
    worthy, others = sums[truths], sums[~truths]
    higher = (worthy[:, None] > others[None, :]).mean() + (worthy[:, None] == others[None, :]).mean() / 2
    return float(higher)


def write(folder: Path, file: str, columns: Sequence[Column], told: Sequence[str], language: str) -> None:
    """Write a table: features in order, those whose weights are too small left out."""
    lines = [
        f"# Learned by plugins.rules.learn.learn_report_claims {language} from the open corpus (training part): feature, its kind, and its weight\n",
        f"# {', '.join(told)}.\n",
    ]
    rows = []
    for feature in {feature for column in columns for feature in column}:
        weights = [float(column[feature][0]) if feature in column else 0.0 for column in columns]
        if max(map(abs, weights)) >= LEAST_WEIGHT:
            kind, name = feature
            rows.append("\t".join([name, kind, *(f"{weight:.2f}" for weight in weights)]) + "\n")
    # All that a name weighs stands together: that is how it is looked up.
    lines += sorted(rows)
    (folder / "weights" / file).write_text("".join(lines), encoding="utf-8")
    print(f"{language}: {len(lines) - 2} rows written to {file}")


def main() -> None:
    """Learn one language, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=ALL, metavar="LANGUAGE")
    miner = Miner(["rules"])
    for language in parser.parse_args().languages:
        learn(language, miner)


if __name__ == "__main__":
    main()
