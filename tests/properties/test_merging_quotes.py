"""Merging, whatever the extractors find."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Extraction, Provenance, Quote
from quoteminer.merging.overlap import overlap
from quoteminer.merging.quotes import SAME, reconcile
from quoteminer.testing.strategies import quote_lists

TEXT = Document("x" * 24)


def quotes_of(extractor: str) -> st.SearchStrategy[list[Quote]]:
    """Quotes in a short text, so that they meet often, with few confidences, so that they tie."""

    def signed(quotes: list[Quote]) -> list[Quote]:
        return [
            attrs.evolve(quote, provenance=Provenance(extractor), confidence=round(2 * quote.confidence) / 2) for quote in quotes
        ]

    return quote_lists(TEXT, max_size=5).map(signed)


silences = st.dictionaries(st.sampled_from("abc"), st.sampled_from([0.05, 0.4, 1.0]))
results = st.tuples(*(quotes_of(name) for name in "abc")).map(lambda found: dict(zip("abc", found, strict=True)))


@given(results, silences, st.randoms(use_true_random=False))
def test_order_does_not_matter(found, silence, random):
    expected = reconcile(found.items(), silence)
    shuffled = [(name, random.sample(quotes, len(quotes))) for name, quotes in found.items()]
    random.shuffle(shuffled)
    assert reconcile(shuffled, silence) == expected


@given(results, silences)
def test_the_result_is_valid_and_in_order(found, silence):
    merged = reconcile(found.items(), silence)
    assert [quote.id for quote in Extraction(TEXT, merged).quotes] == [f"q{n}" for n in range(1, len(merged) + 1)]


@given(results, silences)
def test_again_changes_nothing(found, silence):
    once = reconcile(found.items(), silence)
    assert reconcile([("reconciled", once)], silence) == once


@given(quotes_of("a"))
def test_one_extractor_loses_and_gains_nothing(quotes):
    def bare(quote: Quote) -> Quote:
        return attrs.evolve(quote, id="", parent=None)

    merged = reconcile([("a", quotes)])
    assert sorted(map(repr, map(bare, merged))) == sorted(map(repr, map(bare, quotes)))
    assert sum(quote.parent is not None for quote in merged) == sum(quote.parent is not None for quote in quotes)


@given(results)
def test_every_find_is_there_in_the_end_and_none_is_invented(found):
    merged = reconcile(found.items())
    contents = {quote.content for quotes in found.values() for quote in quotes}
    assert {quote.content for quote in merged} <= contents
    assert max(map(len, found.values())) <= len(merged) <= sum(map(len, found.values()))
    for name, quotes in found.items():
        assert sum(name in quote.provenance.extractor.split("+") for quote in merged) == len(quotes)


@given(results, silences)
def test_only_what_stands_alone_against_a_silence_that_tells_is_dropped(found, silence):
    lost = {name: len(quotes) for name, quotes in found.items()}
    for quote in reconcile(found.items(), silence):
        for name in quote.provenance.extractor.split("+"):
            lost[name] -= 1
    for name, count in lost.items():
        doubtful = [quote for quote in found[name] if quote.confidence < 1]
        assert 0 <= count <= len(doubtful)
        assert not count or any(other != name and found[other] for other in silence)


@given(quotes_of("a"), quotes_of("b"))
def test_no_pair_that_is_the_same_stays_apart(left, right):
    merged = reconcile([("a", left), ("b", right)])
    alone_a = [quote for quote in merged if quote.provenance.extractor == "a"]
    alone_b = [quote for quote in merged if quote.provenance.extractor == "b"]
    assert all(overlap(a.content, b.content) < SAME for a in alone_a for b in alone_b)
