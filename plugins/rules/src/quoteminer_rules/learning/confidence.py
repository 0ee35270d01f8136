"""How sure finds are: learned from finds in texts of writers from whom the judge has not learned.

The texts of the open corpus are parted by writer into folds; the texts of each fold are mined with a judge learned from all others. Whether such finds
are right teaches what a confidence means, and tells as a cross-validation how right the rules are on texts of others.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize

from quoteminer.evaluation import AnnotatedDocument
from quoteminer.evaluation.calibration import calibration
from quoteminer.text.readable import readable

from ..reports.confidence import FILE, ODDS, signs
from ..reports.grammar import Grammar
from ..reports.scoring import Table
from .examples import OVERLAP
from .gold import words_of, writer_of
from .judge import Lesson, judge

FOLDS: Final = 5
PENALTY: Final = 10.0
#: What every find has and what the judge thought of it are hardly drawn to zero.
FREE: Final = 0.5
FEWEST: Final = 8


class Find(NamedTuple):
    """What can be seen of a find, whether it is right, and in whose text of what genre it stands."""

    signs: Mapping[str, float]
    right: bool
    writer: str
    genre: str


class Fold(NamedTuple):
    """The finds of a fold, and how many reports there are in the texts of each writer and genre."""

    finds: Sequence[Find]
    gold: Counter[tuple[str, str]]


def folds(documents: Sequence[AnnotatedDocument], taught: Sequence[Lesson], work: Path | None = None) -> Iterator[Fold]:
    """The finds in annotated documents, each with a judge that has learned from others' texts alone.

    Args:
        work: a folder in which the judges of folds that are done are kept, so that a run that ended early goes on.
    """
    writers = sorted({writer_of(one.document) for one in documents})
    for number in range(FOLDS):
        held = frozenset(writers[number::FOLDS])
        learned = _kept(work, number, lambda held=held: judge([lesson.without(held) for lesson in taught]))  # type: ignore[misc]
        grammar = Grammar(taught[0].folder, learned)
        finds: list[Find] = []
        gold: Counter[tuple[str, str]] = Counter()
        for one in documents:
            if writer_of(one.document) in held:
                finds += _finds(one, grammar)
                gold[writer_of(one.document), one.genre] += len(one.quotes)
        yield Fold(finds, gold)


def _kept(work: Path | None, number: int, learn: Callable[[], dict[str, Table]]) -> dict[str, Table]:
    if work is None:
        return learn()
    file = work / f"fold-{number}.json"
    if not file.exists():
        work.mkdir(parents=True, exist_ok=True)
        partly = file.with_suffix(".part")
        partly.write_text(json.dumps(learn()), encoding="utf-8")
        partly.replace(file)
    found: dict[str, Table] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _finds(one: AnnotatedDocument, grammar: Grammar) -> Iterator[Find]:
    """What is found in a document; each annotated report makes one find right at most, the one that is most like it."""
    origin = readable(one.document.text)
    text = one.document.text if origin is None else origin.text
    reports = grammar.find(text, scope="speech")
    found = [words_of(text, report.content, frozenset()) for report in reports]
    gold = []
    for quote in one.quotes:
        spans = [quote_span if origin is None else origin.to_text(quote_span) for quote_span in quote.content]
        gold.append(words_of(text, [(span.start, span.end) for span in spans if span is not None], frozenset()))
    pairs = sorted(
        (
            (-len(a & b) / len(a | b), i, j)
            for i, a in enumerate(gold)
            for j, b in enumerate(found)
            if a and b and len(a & b) >= OVERLAP * len(a | b)
        ),
    )
    right: set[int] = set()
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in taken and j not in right:
            taken.add(i)
            right.add(j)
    for j, report in enumerate(reports):
        yield Find(signs(report, text), j in right, writer_of(one.document), one.genre)


def fitted(finds: Sequence[Find]) -> dict[str, float]:
    """The weights of the signs."""
    counts = Counter(sign for find in finds for sign in find.signs)
    place = {sign: number for number, sign in enumerate(sorted(sign for sign, count in counts.items() if count >= FEWEST))}
    matrix = np.zeros((len(finds), len(place)))
    for row, find in enumerate(finds):
        for sign, often in find.signs.items():
            if sign in place:
                matrix[row, place[sign]] = often
    right = np.array([find.right for find in finds], float)
    drawn = np.array([FREE if sign in ("", ODDS) else PENALTY for sign in place])

    def loss(values: Any) -> tuple[float, Any]:
        odds = matrix @ values
        missed = float(np.sum(np.logaddexp(0, odds) - right * odds) + 0.5 * (drawn * values) @ values)
        return missed, matrix.T @ (1 / (1 + np.exp(-odds)) - right) + drawn * values

    best = minimize(loss, np.zeros(len(place)), jac=True, method="L-BFGS-B").x
    return {sign: float(best[number]) for sign, number in place.items()}


def chance(find: Find, weights: Mapping[str, float]) -> float:
    """How sure a find is by some weights."""
    return 1 / (1 + math.exp(-math.fsum(weights.get(sign, 0.0) * often for sign, often in find.signs.items())))


def told(found: Sequence[Fold]) -> str:
    """The cross-validation as lines: how right finds are by writer and genre, and how well a confidence learned on the other folds tells it."""
    lines = ["group\treports\tfound\tprecision\trecall\tF1"]
    for column, title in ((0, "writer"), (1, "genre")):
        gold: Counter[str] = Counter()
        finds: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for fold in found:
            for key, count in fold.gold.items():
                gold[key[column]] += count
            for find in fold.finds:
                group = (find.writer, find.genre)[column]
                finds[group] += 1
                right[group] += find.right
        lines += [_line(f"{title} {group}", gold[group], finds[group], right[group]) for group in sorted(gold)]
        if column:
            lines.append(_line("all", gold.total(), finds.total(), right.total()))
    confidences: list[float] = []
    outcomes: list[bool] = []
    numbers: list[int] = []
    for number, fold in enumerate(found):
        weights = fitted([find for other in found if other is not fold for find in other.finds])
        confidences += [chance(find, weights) for find in fold.finds]
        outcomes += [find.right for find in fold.finds]
        numbers += [number] * len(fold.finds)
    table = calibration(confidences, outcomes, numbers)
    if table is not None:
        lines.append(
            f"confidence: error {table.error:.3f}, Brier {table.brier:.4f}, skill {table.skill or 0:.3f}, AUROC {table.auroc or 0:.3f}"
        )
    return "\n".join(lines) + "\n"


def _line(name: str, gold: int, found: int, right: int) -> str:
    return f"{name}\t{gold}\t{found}\t{right / max(found, 1):.3f}\t{right / max(gold, 1):.3f}\t{2 * right / max(found + gold, 1):.3f}"


def write(folder: Path, weights: Mapping[str, float]) -> None:
    """Write the weights into the folder of a pack."""
    lines = ["# How sure a find is, learned by python -m quoteminer_rules.learning: sign, weight in log odds."]
    lines += [f"{sign}\t{weight:.3f}" for sign, weight in sorted(weights.items())]
    target = folder / "weights" / FILE
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {len(weights)} weights", file=sys.stderr)
