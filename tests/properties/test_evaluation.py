"""What holds for the evaluation of any annotations of any text."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Span
from quoteminer.evaluation import AnnotatedDocument, AnnotatedQuote, Report, evaluate

ALPHABET = "ab e ’\n“”.!?é他😀\ud800"


@st.composite
def quotes(draw: st.DrawFn, text: str) -> AnnotatedQuote:
    offsets = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
    spans = [Span(a, b) for a, b in zip(offsets[::2], offsets[1::2], strict=False)]
    start = draw(st.integers(0, len(text) - 1))
    source = Span(start, draw(st.integers(start + 1, len(text))))
    return AnnotatedQuote(
        id=str(draw(st.integers(0, 3))),
        content=tuple(spans),
        kind=draw(st.sampled_from(["direct", "indirect", "mixed", None])),
        cue=tuple(spans[:1]) if draw(st.booleans()) else (),
        sources=(source,) if draw(st.booleans()) else (),
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[AnnotatedDocument], list[AnnotatedDocument]]:
    gold: list[AnnotatedDocument] = []
    found: list[AnnotatedDocument] = []
    for number in range(draw(st.integers(1, 3))):
        document = Document(draw(st.text(ALPHABET, min_size=2, max_size=40)), id=str(number))
        for side in (gold, found):
            annotations = draw(st.lists(quotes(document.text), max_size=4))
            side.append(AnnotatedDocument(document=document, corpus="c", quotes=tuple(annotations)))
    return gold, found


def scored(gold: list[AnnotatedDocument], found: list[AnnotatedDocument]) -> Report:
    return evaluate(gold, found, samples=20)


@given(sides())
def test_scores_lie_between_nought_and_one_and_follow_from_their_counts(both):
    for part in scored(*both).slices:
        for name, score in part.metrics.items():
            assert 0 <= score.right <= score.found, name
            assert 0 <= score.recalled <= score.gold, name
            for value in (score.precision, score.recall, score.f1, *(score.interval or ())):
                assert value is None or -1e-9 <= value <= 1 + 1e-9, name
        metrics = part.metrics
        if "exact" in metrics:
            assert metrics["exact"].right <= metrics["overlap"].right
            assert metrics["ggt.quotes@0.8"].right <= metrics["ggt.quotes@0.3"].right
        if "attribution" in metrics:
            assert metrics["attribution.same"].right <= metrics["attribution"].right <= metrics["overlap"].right


@given(sides())
def test_gold_against_itself_is_perfect(both):
    gold, _ = both
    report = scored(gold, gold)
    assert report.errors == ()
    shares = ("speaker.given", "speaker.given:direct")
    assert {score.f1 for name, score in report.all.metrics.items() if name not in shares} <= {1.0}


@given(sides())
def test_exchanging_the_sides_exchanges_precision_and_recall(both):
    # Of one kind: in a corpus of direct speech alone, the gold decides which finds count.
    gold, found = (
        [attrs.evolve(item, quotes=[attrs.evolve(q, kind="mixed") for q in item.quotes]) for item in side] for side in both
    )
    there, back = scored(gold, found).all.metrics, scored(found, gold).all.metrics
    for name in ("overlap", "exact", "tokens"):
        if name in there:
            assert (there[name].precision, there[name].recall) == (back[name].recall, back[name].precision)


@given(sides())
def test_the_order_of_predictions_and_of_quotations_in_them_does_not_matter(both):
    gold, found = both
    turned = [attrs.evolve(item, quotes=item.quotes[::-1]) for item in reversed(found)]
    names = ("exact", "overlap", "tokens", "cofenet.content")
    a, b = scored(gold, found).all.metrics, scored(gold, turned).all.metrics
    assert {name: a[name].f1 for name in names if name in a} == {name: b[name].f1 for name in names if name in b}
