"""Samples for coders, and how well these agree."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from quoteminer import ConfigurationError, Document
from quoteminer.archive import Archive, agreement

from .test_voices import put


@pytest.fixture(scope="module")
def filled():
    with Archive(":memory:") as archive:
        documents: list[list[tuple[str | None, int, str]]] = [
            [("Ana Ruiz", 3 + number % 5, "direct"), ("Bob Moor", 4, "indirect"), *([(None, 5, "mixed")] if number < 2 else [])]
            for number in range(40)
        ]
        put(archive, documents)
        yield archive


def test_each_stratum_gives_the_same_and_small_ones_what_they_have(filled):
    drawn = filled.sample(22, stratify=["kind"])
    assert Counter(one.stratum for one in drawn) == {"direct": 10, "indirect": 10, "mixed": 2}
    assert {one.stratum: one.weight for one in drawn} == {"direct": 4.0, "indirect": 4.0, "mixed": 1.0}
    assert Counter(one.stratum for one in filled.sample(12, stratify=["kind", "source"]))["direct / outlet 0"] > 0
    assert len(filled.sample(500)) == 82
    assert len(filled.sample(1, stratify=["kind"])) == 1
    assert sum(one.weight for one in drawn) == 82


def test_another_seed_draws_others_and_the_same_seed_the_same(filled):
    def of(seed: int) -> list[tuple[str, str]]:
        return [(one.hit.document, one.hit.quote) for one in filled.sample(10, seed=seed)]

    assert of(1) == of(1) != of(2)


def test_what_was_drawn_stays_when_documents_come(archive, miner):
    documents = [Document(f"“This is what happened on day {number},” said Ana Ruiz.", id=f"d{number}") for number in range(40)]
    archive.collect(documents[:20], miner=miner)
    before = {one.hit.document for one in archive.sample(8)}
    archive.collect(documents, miner=miner)
    after = {one.hit.document for one in archive.sample(16)}
    # How many of the first ones are among those of all is chance, but not which.
    first = {one for one in after if int(one[1:]) < 20}
    assert first
    assert first <= before or before <= first


def test_every_quotation_is_drawn_as_often_as_others(filled):
    counts = Counter(one.hit.document for seed in range(300) for one in filled.sample(8, seed=seed))
    assert max(counts.values()) < 3 * min(counts.values())


@pytest.mark.parametrize(
    ("options", "named"), [({"size": 0}, "size"), ({"size": 3, "stratify": ["colour"]}, "stratify: 'colour'")]
)
def test_what_cannot_be_drawn_is_said(filled, options, named):
    with pytest.raises(ConfigurationError, match=named):
        filled.sample(**options)


def test_agreement_of_the_textbook():
    """The worked example of Krippendorff (2011) for nominal data, two observers without missing data."""
    first = dict(enumerate("a a b b d c c c e d d a".split()))
    second = dict(enumerate("b a b b b c c c e d d d".split()))
    found = agreement("code", [first, second])
    assert (found.units, found.coders, found.observed) == (12, 2, 9 / 12)
    assert found.alpha is not None
    assert found.low is not None
    assert found.high is not None
    assert round(found.alpha, 3) == 0.692
    assert found.low < found.alpha < found.high


def test_missing_codes_and_three_coders():
    """His example with missing data and four observers."""
    table = ["1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"]
    coded = [{unit: "" if code == "*" else code for unit, code in enumerate(line.split())} for line in table]
    found = agreement("code", coded)
    assert (found.units, found.coders) == (11, 4)
    assert found.alpha == pytest.approx(0.743, abs=0.001)


def test_chance_and_full_agreement():
    choose = random.Random(1)
    by_chance = [{unit: choose.choice("yn") for unit in range(2_000)} for _ in range(2)]
    found = agreement("code", by_chance)
    assert found.alpha == pytest.approx(0, abs=0.06)
    assert agreement("code", [{1: "Yes", 2: "no "}, {1: "yes", 2: "No"}]).alpha == 1
    assert agreement("code", [{1: "yes"}, {1: "yes"}]).alpha is None
    with pytest.raises(ConfigurationError, match="was coded by two"):
        agreement("code", [{1: "yes"}, {2: "yes"}])
