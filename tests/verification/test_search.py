"""The index of words, and the places that it finds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, FormatError
from quoteminer.verification import verify
from quoteminer.verification.alignment import ADDED, CHANGED, DROPPED, MATCH, align
from quoteminer.verification.folding import fold
from quoteminer.verification.index import Builder, Index, pair_hash, word_hash
from quoteminer.verification.lexicon import Lexicon
from quoteminer.verification.search import slip

WORDS = st.lists(st.sampled_from("abcdef"), max_size=12)


def indexed(*texts: str) -> Index:
    builder = Builder("as made")
    for number, text in enumerate(texts):
        document = Document(text, id=str(number))
        builder.add(document, fold(document, Lexicon(None), disfluencies=False))
    return builder.build()


def test_words_and_pairs_are_found_where_they_stand():
    index = indexed("one two one", "", "two one")
    one, two = word_hash("one"), word_hash("two")
    assert sorted(index.places(one, 99)) == [0, 2, 6]
    assert index.count(pair_hash(two, one)) == 2
    assert [index.source(place) for place in index.places(pair_hash(two, one), 99)] == [0, 2]
    assert index.count(pair_hash(one, one)) == 0
    assert len(index) == 5
    assert list(index.words(2).keys) == ["two", "one"]
    assert len(list(index.places(one, 2))) == 2


def test_an_index_is_the_same_from_its_file(tmp_path):
    index = indexed("Über \ud800 sieben Brücken", "und zurück")
    path = tmp_path / "words"
    index.write(path)
    again = Index.read(path)
    assert again.entries == index.entries
    assert again.made == "as made"
    assert [list(again.words(number).keys) for number in (0, 1)] == [list(index.words(number).keys) for number in (0, 1)]
    assert list(again.words(0).starts) == list(index.words(0).starts)
    assert again.count(word_hash("sieben")) == 1
    indexed().write(path)
    assert len(Index.read(path)) == 0


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: b"nothing", "is no index"),
        (lambda data: data[:-4], "cut off"),
        (lambda data: data.replace(b'"size"', b'"sise"'), "head cannot be read"),
        (lambda data: data.replace(b'"little"', b'"middle"').replace(b'"big"', b'"mid"'), "another order of bytes"),
    ],
)
def test_what_is_no_index_is_refused(tmp_path, damage, said):
    path = tmp_path / "words"
    indexed("one two three").write(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(FormatError, match=said):
        Index.read(path)


def test_a_file_is_used_while_the_sources_are_the_same(tmp_path):
    path = tmp_path / "words"
    article = "“The old ferry sails to the island at noon,” said Ada."
    sources = [Document("ADA: The old ferry sails to the island at noon.", id="a")]
    assert verify(article, sources, index=path)[0].verdict == "verbatim"
    made = path.read_bytes()
    assert verify(article, sources, index=path)[0].verdict == "verbatim"
    assert path.read_bytes() == made
    assert (
        verify(article, [Document("ADA: The old ferry sails to the island at night.", id="a")], index=path)[0].verdict
        == "altered"
    )
    assert path.read_bytes() != made
    assert verify(article, sources, index=path, disfluencies=False)[0].verdict == "verbatim"


@given(WORDS, WORDS)
def test_an_alignment_tells_every_word_once_and_in_order(quoted, source):
    aligned = align(quoted, source)
    assert [step.quoted for step in aligned.steps if step.kind != DROPPED] == list(range(len(quoted)))
    places = [step.source for step in aligned.steps if step.kind != ADDED]
    assert places == sorted(set(places))
    for step in aligned.steps:
        if step.kind == MATCH:
            assert quoted[step.quoted] == source[step.source]
        elif step.kind == CHANGED:
            assert quoted[step.quoted] != source[step.source]


@given(WORDS, st.data())
def test_what_stands_there_is_aligned_without_a_difference(source, data):
    first = data.draw(st.integers(0, len(source)))
    last = data.draw(st.integers(first, len(source)))
    assert align(source[first:last], source).cost == 0


def test_long_texts_are_aligned_by_what_they_share_once():
    source = [f"w{number}" for number in range(3000)]
    quoted = [*source[:1000], "new", *source[1010:]]
    aligned = align(quoted, source)
    assert sum(step.kind == MATCH for step in aligned.steps) == 2990
    assert sum(step.kind == DROPPED for step in aligned.steps) + sum(step.kind == CHANGED for step in aligned.steps) == 10


@pytest.mark.parametrize(
    ("one", "two", "slipped"),
    [
        ("harbour", "harbuor", True),
        ("harbour", "harbor", True),
        ("harbour", "harbours", True),
        ("cat", "cut", False),
        ("harbour", "armour", False),
    ],
)
def test_a_slip_is_one_letter_or_two_that_changed_places(one, two, slipped):
    assert slip(one, two) is slipped
    assert slip(two, one) is slipped


HOSTILE = {
    "a thousand copies": lambda size: "ADA: we will do it again. " * (size // 26),
    "one word": lambda size: "word " * (size // 5),
    "opening brackets": lambda size: "[" * size,
    "apostrophes": lambda size: "'a" * (size // 2),
    "dots": lambda size: "." * size,
    "digits": lambda size: "1," * (size // 2),
    "combining": lambda size: "a\u0301" * (size // 2),
    "numbers": lambda size: "one hundred " * (size // 12),
}


@pytest.mark.timed
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_time_grows_with_length(name):
    article = "“We will do it again and again, one hundred times,” said Ada."

    def taken(size: int) -> float:
        begin = time.perf_counter()
        verify(article, Document(HOSTILE[name](size), id="source"))
        return time.perf_counter() - begin

    taken(1000)
    small, large = min(taken(20_000) for _ in range(2)), taken(160_000)
    assert large < 30 * small + 1
