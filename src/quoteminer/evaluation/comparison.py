"""Comparing predictions with gold over many documents."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs

from ..annotations import Issue
from ..extraction import Extraction
from ..mining.miner import Miner
from .annotated import AnnotatedDocument, from_extraction
from .bootstrap import SAMPLES, Difference, differences, intervals
from .calibration import Calibration, CurvePoint, calibration, precision_recall_curve
from .causes import errors_of
from .claims import WORTH_CHECKING, ClaimComparison, claim_tally, compare_claims, pooled_average_precision
from .published import published_tally
from .quotes import QuoteComparison, compare_quotes, quote_tally
from .report import LengthClass, Report, Slice
from .speakers import same_name, same_speaker
from .tallies import Score, Tally, scores, stack

COMPONENT: Final = "evaluation"
#: Upper ends of the classes of length, in words of the gold content.
LENGTHS: Final = (4, 9, 19, 39)
#: What slices are cut by.
VIEWS: Final[dict[str, Callable[[AnnotatedDocument], str]]] = {
    "corpus": lambda item: item.corpus,
    "language": lambda item: item.document.language,
    "genre": lambda item: item.genre,
}


@attrs.frozen(kw_only=True)
class _Compared:
    """One document with all that was compared in it; ``None`` where its corpus has no such annotation."""

    gold: AnnotatedDocument
    quotes: QuoteComparison | None
    claims: ClaimComparison | None
    tally: Tally


def evaluate(
    gold: Iterable[AnnotatedDocument],
    predictions: Iterable[AnnotatedDocument] | Miner | None = None,
    *,
    system: str = "",
    issues: Iterable[Issue] = (),
    samples: int = SAMPLES,
    by: Sequence[str] = ("corpus", "language"),
) -> Report:
    """Compare predictions with gold.

    Args:
        gold: annotated documents, as from :func:`quoteminer.evaluation.read_annotated`.
        predictions: what was found in the same texts, in any order; or a :class:`quoteminer.Miner` that finds it now, by
            default one with all installed plugins.
        system: name of what is evaluated, for the report.
        issues: are taken over into the report.
        samples: number of bootstrap samples.
        by: what the slices are cut by: ``corpus``, ``language``, ``genre``; where all documents are alike there are none.

    A document without a prediction counts as one in which nothing was found; it and everything else that is amiss is named in
    ``Report.issues``.

    >>> from quoteminer.evaluation import annotated, evaluate
    >>> record = {"id": "a", "text": "“It works,” said Ada.", "quotes": [{"content": [[1, 10]], "kind": "direct"}]}
    >>> evaluate([annotated(record, [])]).all.metrics["exact"].f1
    1.0
    """
    documents = list(gold)
    noted = list(issues)
    found = _found(documents, predictions, noted)
    compared = _compare(documents, found, noted)
    return Report(
        system=system,
        slices=tuple(_slices(compared, samples, by)),
        calibration=_calibrations(compared),
        curve=_curve(compared),
        lengths=_lengths(compared),
        errors=tuple(error for item in compared if item.quotes is not None for error in errors_of(item.quotes)),
        issues=tuple(noted),
    )


def compare(
    gold: Iterable[AnnotatedDocument],
    a: Iterable[AnnotatedDocument] | Miner,
    b: Iterable[AnnotatedDocument] | Miner,
    *,
    issues: list[Issue] | None = None,
    samples: int = SAMPLES,
) -> list[Difference]:
    """Whether B is better than A, metric by metric, by a paired bootstrap over documents.

    Args:
        gold, a, b: as for :func:`evaluate`.
        issues: what is amiss is added here.
    """
    documents = list(gold)
    noted = issues if issues is not None else []
    sides = [[item.tally for item in _compare(documents, _found(documents, side, noted), [])] for side in (a, b)]
    names, values = stack([*sides[0], *sides[1]])
    return differences(names, values[: len(documents)], values[len(documents) :], samples=samples)


def _found(
    documents: Sequence[AnnotatedDocument], predictions: Iterable[AnnotatedDocument] | Miner | None, issues: list[Issue]
) -> list[AnnotatedDocument]:
    """A prediction for each gold document, empty where there is none."""
    if predictions is None or isinstance(predictions, Miner):
        miner = predictions if predictions is not None else Miner()
        return list(_mined(documents, _mining(documents, miner), issues))
    waiting: defaultdict[str, list[AnnotatedDocument]] = defaultdict(list)
    for prediction in predictions:
        waiting[prediction.document.text].append(prediction)
    found = [_taken(waiting[item.document.text], item.document.id) for item in documents]
    # What is left may be of the same texts under other ids, such as the paths of files; only offsets into another text mean nothing.
    renamed = 0
    for index, item in enumerate(documents):
        if found[index] is None and waiting[item.document.text]:
            found[index] = waiting[item.document.text].pop(0)
            renamed += 1
    if renamed:
        message = f"{renamed} predictions were paired with gold by their equal texts, because their ids differ"
        issues.append(Issue(COMPONENT, "", message, "info"))
    left = [prediction for candidates in waiting.values() for prediction in candidates]
    ids = {prediction.document.id for prediction in left}
    for prediction in left:
        message = f"a prediction for {prediction.document.id!r} has no gold of its own with this text; it is not counted"
        issues.append(Issue(COMPONENT, prediction.document.id, message))
    return [
        _missing(item, issues, other=item.document.id in ids) if prediction is None else prediction
        for item, prediction in zip(documents, found, strict=True)
    ]


def _taken(candidates: list[AnnotatedDocument], identifier: str) -> AnnotatedDocument | None:
    """The first candidate with this id, which is taken out."""
    index = next((index for index, candidate in enumerate(candidates) if candidate.document.id == identifier), None)
    return None if index is None else candidates.pop(index)


def _mining(documents: Sequence[AnnotatedDocument], miner: Miner) -> Iterator[Extraction]:
    """Mine each in the scope that it is annotated in, unless the Miner has one of its own."""
    for scope, group in groupby(documents, key=lambda item: item.scope):
        yield from miner.mine_many((item.document for item in group), scope=miner.scope or scope)


def _mined(
    documents: Sequence[AnnotatedDocument], extractions: Iterable[Extraction], issues: list[Issue]
) -> Iterator[AnnotatedDocument]:
    for gold, extraction in zip(documents, extractions, strict=True):
        issues.extend(extraction.issues)
        yield from_extraction(extraction, gold.corpus)


def _missing(gold: AnnotatedDocument, issues: list[Issue], *, other: bool) -> AnnotatedDocument:
    """What stands for a prediction that is not there, or is of another text."""
    why = "is of another text" if other else "is missing"
    message = f"the prediction for {gold.document.id!r} {why}; the document counts as one in which nothing was found"
    issues.append(Issue(COMPONENT, gold.document.id, message, "error"))
    return AnnotatedDocument(document=gold.document, corpus=gold.corpus)


def _compare(documents: Sequence[AnnotatedDocument], found: Sequence[AnnotatedDocument], issues: list[Issue]) -> list[_Compared]:
    have_quotes = {item.corpus for item in documents if item.quotes}
    have_claims = {item.corpus for item in documents if item.claims}
    have_sources = {item.corpus for item in documents if any(quote.sources for quote in item.quotes)}
    other_kinds = {item.corpus for item in documents if any(quote.kind != "direct" for quote in item.quotes)}
    have_nested = {item.corpus for item in documents if any(quote.nested for quote in item.quotes)}
    have_cues = {item.corpus for item in documents if any(quote.cue for quote in item.quotes)}
    for corpus in dict.fromkeys(item.corpus for item in documents):
        if corpus in have_claims and corpus not in have_quotes:
            issues.append(Issue(COMPONENT, corpus, f"{corpus}: the gold has no quotations; only its claims are scored", "info"))
        elif corpus not in have_claims and any(item.claims for item in found if item.corpus == corpus):
            issues.append(Issue(COMPONENT, corpus, f"{corpus}: the gold has no claims; only its quotations are scored", "info"))
    compared = []
    for gold, given in zip(documents, found, strict=True):
        quotes = claims = None
        tally = Tally()
        # A corpus without any annotation counts as one in which there is no quotation to be found.
        if gold.corpus in have_quotes or gold.corpus not in have_claims:
            quotes = compare_quotes(
                gold,
                given,
                has_sources=gold.corpus in have_sources,
                has_cues=gold.corpus in have_cues,
                has_nested=gold.corpus in have_nested,
                direct_only=gold.corpus in have_quotes - other_kinds,
            )
            tally.update(quote_tally(quotes))
            tally.update(published_tally(quotes))
        if gold.corpus in have_claims and gold.has_claims:
            claims = compare_claims(gold, given)
            tally.update(claim_tally(claims))
        compared.append(_Compared(gold=gold, quotes=quotes, claims=claims, tally=tally))
    return compared


def _slices(compared: Sequence[_Compared], samples: int, views: Sequence[str]) -> Iterator[Slice]:
    yield _slice("all", "all documents", compared, samples)
    for by in views:
        of = VIEWS[by]
        names = dict.fromkeys(of(item.gold) for item in compared)
        if len(names) > 1:
            for name in names:
                yield _slice(by, name, [item for item in compared if of(item.gold) == name], samples)


def _slice(by: str, name: str, compared: Sequence[_Compared], samples: int) -> Slice:
    names, values = stack([item.tally for item in compared])
    metrics = scores(names, values, intervals(names, values, samples=samples))
    pooled = pooled_average_precision([item.claims for item in compared if item.claims is not None], samples=samples)
    if pooled is not None:
        value, interval = pooled
        count = sum(len(item.claims.gold) for item in compared if item.claims is not None and item.claims.ranks)
        metrics["ranking.ap"] = Score(
            precision=value, recall=value, f1=value, right=value * count, found=count, recalled=value * count, gold=count,
            interval=interval,
        )  # fmt: skip
    return Slice(by=by, name=name, documents=len(compared), metrics=metrics)


def _calibrations(compared: Sequence[_Compared]) -> dict[str, Calibration]:
    quotes = [(number, item.quotes) for number, item in enumerate(compared) if item.quotes is not None]
    worth = [
        (number, *pair)
        for number, item in enumerate(compared)
        if item.claims is not None
        for pair in _worth_checking(item.claims)
    ]
    judged = {
        "quote": _judged(quotes, attributed=False),
        "attribution": _judged([one for one in quotes if one[1].has_sources], attributed=True),
        "speaker": [(number, *pair) for number, comparison in quotes for pair in _speakers(comparison)],
        "check_worthiness": worth,
    }
    return {
        name: table
        for name, rows in judged.items()
        if (table := calibration([row[1] for row in rows], [row[2] for row in rows], [row[0] for row in rows])) is not None
    }


def _judged(quotes: Iterable[tuple[int, QuoteComparison]], *, attributed: bool) -> list[tuple[int, float, bool]]:
    """Each find with the number of its document, its confidence, and whether it is right."""
    return [
        (number, item.quote.confidence, outcome)
        for number, comparison in quotes
        for item, outcome in zip(comparison.found, _outcomes(comparison, attributed=attributed), strict=True)
    ]


def _speakers(comparison: QuoteComparison) -> Iterator[tuple[float, bool]]:
    """How sure the speakers of matched quotations are whose speaker the gold knows, and whether they are right."""
    for i, j in comparison.pairs:
        wanted, found = comparison.gold[i].quote.speaker, comparison.found[j].quote
        if wanted is not None and found.speaker is not None and found.speaker_confidence is not None:
            yield found.speaker_confidence, same_name(wanted, found.speaker) or same_speaker(wanted, found.speaker)


def _outcomes(comparison: QuoteComparison, *, attributed: bool) -> list[bool]:
    """For each find whether it is right."""
    right = {j for _, j in (comparison.attributed() if attributed else comparison.pairs)}
    return [j in right for j in range(len(comparison.found))]


def _worth_checking(comparison: ClaimComparison) -> list[tuple[float, bool]]:
    """Score and truth of each judged sentence, or of each matched claim whose gold says how much it is worth."""
    if comparison.annotated.claim_style == "ranking":
        return []
    if comparison.ranks:
        truths, given = comparison.ranking()
        return list(zip(given, truths, strict=True))
    pairs = [(comparison.gold[i], comparison.found[j]) for i, j in comparison.pairs]
    return [
        (found.check_worthiness, gold.check_worthiness >= WORTH_CHECKING)
        for gold, found in pairs
        if gold.check_worthiness is not None and found.check_worthiness is not None
    ]


def _curve(compared: Sequence[_Compared]) -> tuple[CurvePoint, ...]:
    quotes = [item.quotes for item in compared if item.quotes is not None]
    return precision_recall_curve(
        [item.quote.confidence for comparison in quotes for item in comparison.found],
        [value for comparison in quotes for value in _outcomes(comparison, attributed=False)],
        sum(len(comparison.gold) for comparison in quotes),
    )


def _lengths(compared: Sequence[_Compared]) -> tuple[LengthClass, ...]:
    quotes = [item.quotes for item in compared if item.quotes is not None]
    counts = [[0, 0, 0] for _ in range(len(LENGTHS) + 1)]
    for comparison in quotes:
        found, exact = {i for i, _ in comparison.pairs}, {i for i, _ in comparison.exact}
        for i, item in enumerate(comparison.gold):
            row = counts[bisect_left(LENGTHS, len(item.content))]
            for column, value in enumerate((True, i in found, i in exact)):
                row[column] += value
    lows, highs = (1, *(top + 1 for top in LENGTHS)), (*LENGTHS, None)
    return tuple(
        LengthClass(low=low, high=high, gold=gold, found=found, exact=exact)
        for low, high, (gold, found, exact) in zip(lows, highs, counts, strict=True)
        if gold
    )
