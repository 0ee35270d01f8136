"""Texts as words: what counts and what does not."""

from __future__ import annotations

import pytest

from quoteminer import Span
from quoteminer.evaluation.words import Words, runs


def content(text: str, *ranges: tuple[int, int], language: str = "en") -> list[str]:
    words = Words(text, language)
    return [text[words.starts[i] : words.ends[i]] for i in sorted(words.content([Span(*r) for r in ranges]))]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("“It works,” he said", (0, 11), ["It", "works"]),
        ("“It works,” he said", (1, 10), ["It", "works"]),
        ("“ It works , ” he", (0, 14), ["It", "works"]),
        ("don't and won’t", (0, 15), ["don't", "and", "won’t"]),
        ("the mayor’s plan", (0, 9), ["the", "mayor’s"]),
        ("the 1,200-page plan", (4, 14), ["1", "200", "page"]),
        ("\u0055\u0308ber uns", (0, 8), ["\u0055\u0308ber", "uns"]),
        ("他说很好", (2, 4), ["很", "好"]),
        ("😀 ok 😀", (0, 6), ["ok"]),
    ],
)
def test_marks_white_space_and_punctuation_do_not_count(text, span, expected):
    assert content(text, span) == expected


def test_a_span_holds_every_word_that_it_touches():
    assert content("Rutte's plan", (0, 5)) == ["Rutte's"]
    assert content("one two three", (2, 9)) == ["one", "two", "three"]
    assert content("one two three", (3, 8)) == ["two"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("that it works", "en", ["it", "works"]),
        ("That it works", "en-GB", ["it", "works"]),
        ("whether it works", "en", ["it", "works"]),
        ("dass es geht", "de", ["es", "geht"]),
        ("daß es geht", "de", ["es", "geht"]),
        ("que cela marche", "fr", ["cela", "marche"]),
        ("que funciona", "es", ["funciona"]),
        ("dass es geht", "en", ["dass", "es", "geht"]),
        ("that", "en", ["that"]),
        ("it said that it works", "en", ["it", "said", "that", "it", "works"]),
        ("that that works", "en", ["that", "works"]),
    ],
)
def test_a_complementiser_at_the_head_does_not_count(text, language, expected):
    assert content(text, (0, len(text)), language=language) == expected


def test_without_words_the_code_points_count():
    words = Words("he said … ! ?", "en")
    dots = words.content([Span(8, 9)])
    assert dots
    assert dots == words.content([Span(7, 10)])
    assert dots != words.content([Span(10, 11)])
    assert min(words.content([Span(0, 2)])) >= 0 > max(dots)
    assert words.content([Span(7, 8)]) not in (frozenset(), dots)


def test_runs_are_neighbouring_words():
    assert runs(frozenset({1, 2, 3, 7, 9, 10})) == {(1, 4), (7, 8), (9, 11)}
    assert runs(frozenset()) == frozenset()
