"""The pieces of a marked passage are the passage, and each has the marks of its code points."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Span
from quoteminer.evaluation import EvaluationError, Passage
from quoteminer.evaluation.marking import Piece, pieces

from .conftest import HOSTILE


def passage(content, cue=(), sources=()) -> Passage:
    return Passage(id="q", kind="direct", content=content, cue=cue, sources=sources, speaker=None)


def error(text, gold=(), found=(), start=0) -> EvaluationError:
    context = Span(start, start + len(text))
    return EvaluationError(document_id="d", corpus="", causes=("boundary",), gold=gold, found=found, context=context, text=text)


def spans(size: int, *, at_least: int = 0) -> st.SearchStrategy[tuple[Span, ...]]:
    one = st.lists(st.integers(0, size), min_size=2, max_size=2, unique=True).map(lambda ends: Span(*sorted(ends)))
    return st.lists(one, min_size=at_least, max_size=3).map(tuple)


SIZE = len(HOSTILE)
PASSAGES = st.lists(st.builds(passage, spans(SIZE, at_least=1), spans(SIZE), spans(SIZE)), max_size=3).map(tuple)


@given(PASSAGES, PASSAGES)
def test_pieces_join_and_say_what_each_code_point_is(gold, found):
    marked = pieces(error(HOSTILE, gold, found))
    assert "".join(piece.text for piece in marked) == HOSTILE
    given_marks = [set(piece.marks) for piece in marked for _ in piece.text]
    for at, marks in enumerate(given_marks):
        expected = set()
        for part in ("content", "cue", "sources"):
            sides = [any(at in range(s.start, s.end) for item in side for s in getattr(item, part)) for side in (gold, found)]
            if any(sides):
                whose = "both" if all(sides) else "gold" if sides[0] else "found"
                expected.add(f"{part.removesuffix('s')}-{whose}")
        assert marks == expected


def test_offsets_are_code_points_of_the_document():
    text = "\U0001f99c “Hi,” said Ada."
    marked = pieces(error(text, [passage((Span(103, 106),), (Span(108, 112),), (Span(113, 116),))], start=100))
    assert marked == [
        Piece("\U0001f99c “"),
        Piece("Hi,", ("content-gold",)),
        Piece("” "),
        Piece("said", ("cue-gold",)),
        Piece(" "),
        Piece("Ada", ("source-gold",)),
        Piece("."),
    ]


def test_several_quotations_are_told_apart_by_names():
    text = "one two three"
    merged = error(text, [passage((Span(0, 3),)), passage((Span(8, 13),))], [passage((Span(0, 13),))])
    assert [(piece.text, piece.begins) for piece in pieces(merged)] == [
        ("one", "gold 1, found"),
        (" two ", ""),
        ("three", "gold 2"),
    ]
