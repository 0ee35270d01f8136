"""How much of what each tool found is right, by :mod:`quoteminer.evaluation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quoteminer import Extraction, Issue
from quoteminer.evaluation import AnnotatedDocument, Score, evaluate, from_extraction, read_annotated

from . import page
from .texts import Texts

HEAD = ["tool", "precision", "recall", "F1 (95 % interval)", "exact words, F1", "with its source, F1"]


def gold(texts: Texts) -> list[AnnotatedDocument]:
    """The annotation of these texts.

    Raises:
        ValueError: when some of it cannot be read: figures from a part of the gold would not be those of the corpus.
    """
    wanted = {document.id for document in texts.documents}
    issues: list[Issue] = []
    documents = [item for item in read_annotated(texts.gold, issues) if item.document.id in wanted]
    if issues or len(documents) != len(wanted):
        raise ValueError(
            f"{texts.name}: {len(documents)} of {len(wanted)} documents have gold; {issues[0].message if issues else 'no more is known'}"
        )
    return documents


def tables(texts: Texts, found: Mapping[str, Sequence[Extraction]]) -> str:
    """Two tables, for all quotations and for direct ones; ``found`` by what a tool is called."""
    wanted = gold(texts)
    metrics = {
        name: evaluate(wanted, [from_extraction(extraction) for extraction in extractions]).all.metrics
        for name, extractions in found.items()
    }
    blocks = []
    for heading, suffix in (("All quotations", ""), ("Direct quotations", ":direct")):
        count = max((scores[f"overlap{suffix}"].gold for scores in metrics.values() if f"overlap{suffix}" in scores), default=0)
        rows = [[name, *_row(scores, suffix)] for name, scores in metrics.items()]
        blocks += [f"{heading}, {count:,.0f} in the gold:", page.table(HEAD, rows)]
    return "\n\n".join(blocks)


def _row(scores: Mapping[str, Score], suffix: str) -> list[str]:
    overlap = scores.get(f"overlap{suffix}")
    f1 = _percent(overlap and overlap.f1)
    if overlap and overlap.interval:
        f1 += f" ({'–'.join(_percent(value) for value in overlap.interval)})"
    others = [scores.get(f"{name}{suffix}") for name in ("exact", "attribution")]
    return [
        _percent(overlap and overlap.precision),
        _percent(overlap and overlap.recall),
        f1,
        *(_percent(score and score.f1) for score in others),
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"
