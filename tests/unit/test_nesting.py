"""Stretches that cross become elements that nest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteminer.nesting import Closing, Opening, Stretch, Words, nested

TEXT = "abcdefghij"


def marked(*spans: tuple[int, int], deepest: int | None = None) -> str:
    parts = []
    for event in nested(len(TEXT), [Stretch(*span, order, "xyz"[order]) for order, span in enumerate(spans)], deepest):
        if isinstance(event, Words):
            parts.append(TEXT[event.start : event.end])
        elif isinstance(event, Opening):
            parts.append(f"<{event.thing}{event.part or ''}>")
        else:
            parts.append(f"</{event.thing}{'' if event.last else '…'}>")
    return "".join(parts)


def test_what_lies_inside_nests():
    assert marked((1, 8), (2, 5)) == "a<x>b<y>cde</y>fgh</x>ij"


def test_what_crosses_is_cut_where_the_outer_one_ends():
    assert marked((1, 5), (3, 8)) == "a<x>bc<y>de</y…></x><y1>fgh</y>ij"


def test_of_those_at_one_place_the_longer_and_then_the_earlier_is_outside():
    assert marked((1, 3), (1, 5)) == "a<y><x>bc</x>de</y>fghij"
    assert marked((1, 3), (1, 3)) == "a<x><y>bc</y></x>defghij"


def test_what_lies_too_deep_is_left_out_where_it_does():
    assert marked((0, 6), (2, 8), deepest=1) == "<x>abcdef</x><y1>gh</y>ij"


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)).filter(lambda ends: ends[0] < ends[1]), max_size=8))
def test_each_stretch_is_covered_by_its_parts_and_all_words_are_there(spans):
    words: list[tuple[int, int]] = []
    covered: dict[int, list[tuple[int, int]]] = {}
    open_: list[int] = []
    ended: set[int] = set()
    parts: dict[int, int] = {}
    for event in nested(len(TEXT), [Stretch(span[0], span[1], order, order) for order, span in enumerate(spans)]):
        if isinstance(event, Words):
            assert event.start < event.end
            words.append((event.start, event.end))
            for thing in open_:
                covered.setdefault(thing, []).append((event.start, event.end))
        elif isinstance(event, Opening):
            assert event.part == parts.get(event.thing, 0)
            parts[event.thing] = event.part + 1
            open_.append(event.thing)
        else:
            assert isinstance(event, Closing)
            assert open_.pop() == event.thing
            assert event.thing not in ended
            if event.last:
                ended.add(event.thing)
    assert not open_
    assert ended == set(range(len(spans)))
    assert "".join(TEXT[start:end] for start, end in words) == TEXT
    for thing, (start, end) in enumerate(spans):
        assert "".join(TEXT[left:right] for left, right in covered[thing]) == TEXT[start:end]
