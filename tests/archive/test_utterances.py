"""The same words again; how well they are found is measured in ``tests.archive.variants``."""

from __future__ import annotations

import sqlite3

import pytest

from quoteminer import Document, Miner
from quoteminer.archive import Archive
from quoteminer.archive.folding import NEGATION, Folding
from quoteminer.archive.utterances import Wording, same

from .variants import corpus, measure

FOLDING = Folding(Miner(["rules"]).components("quoteminer_languages"))


@pytest.mark.slow
def test_variants_are_found_and_lookalikes_are_not(tmp_path):
    result = measure(corpus(120, 5), tmp_path / "variants.db")
    assert result.precision >= 0.97
    assert result.recall >= 0.90


def wording(text: str, voice: str = "ruiz") -> Wording:
    return Wording.of(FOLDING.fold(text, "en").content, voice, small=False)


WHOLE = "The flood defences in the lower town held because engineers had raised the northern wall last summer"


@pytest.mark.parametrize(
    ("text", "voice", "is_same"),
    [
        (WHOLE, "ruiz", True),
        (WHOLE, "", True),
        (WHOLE, "moor", True),
        ("Engineers had raised the northern wall last summer", "ruiz", True),
        ("The flood defences in the upper town held since engineers raised the southern wall last summer", "ruiz", True),
        (
            "The flood defences in the lower town did not hold because engineers had raised the northern wall last summer",
            "ruiz",
            False,
        ),
        ("The flood defences in the lower town held … the northern wall last summer", "", True),
        ("Trains and schools in the lower town stay closed until engineers have looked at the roofs", "ruiz", False),
        ("Engineers had raised the northern wall last summer", "moor", False),
    ],
)
def test_what_is_the_same(text, voice, is_same):
    assert same(wording(WHOLE), wording(text, voice), claims=False) is is_same
    assert same(wording(text, voice), wording(WHOLE), claims=False) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (
            "We will build 400 homes near the station before winter",
            "We will build 250 homes near the station before winter",
            False,
        ),
        ("We will build four homes near the station before winter", "We will build 4 homes near the station before winter", True),
        ("We will build homes near the station before winter", "We will build 250 homes near the station before winter", True),
        ("We won’t build homes near the station before winter", "We will never build homes near the station before winter", True),
    ],
)
def test_numbers_and_negations(one, other, is_same):
    assert same(wording(one), wording(other), claims=False) is is_same


def test_folding():
    folded = FOLDING.fold("We don’t close Schools, in 2019 or 1,5.", "en")
    assert folded.content == (NEGATION, "close", "schoo", "2019", "1", "5")
    folded = FOLDING.fold("Wir schließen die Schulen nicht", "de")
    assert folded.words == ("wir", "schliessen", "die", "schulen", NEGATION)
    assert FOLDING.fold("学校は閉まる", "ja").content == tuple("学校は閉まる")
    assert FOLDING.fold("", "en").words == ()


def test_where_it_was_seen_first(archive, miner):
    archive.collect(
        [
            Document(f"“{WHOLE},” Ana Ruiz said.", id="late", metadata={"date": "2026-03-02", "source": "Gazette"}),
            Document(
                f"Ana Ruiz said that {WHOLE[0].lower()}{WHOLE[1:]}.",
                id="early",
                metadata={"date": "2026-03-01", "source": "Courier"},
            ),
            Document(f"«{WHOLE[:60]} … {WHOLE[75:]},» said Ruiz.", id="undated"),
            Document("“No comment,” Ana Ruiz said.", id="other", metadata={"date": "2026-03-01"}),
        ],
        miner=miner,
    )
    (utterance,) = archive.utterances()
    assert (utterance.documents, utterance.outlets, utterance.kinds) == (3, 2, "direct, indirect")
    assert (utterance.first, utterance.first_document, utterance.first_source, utterance.last) == (
        "2026-03-01",
        "early",
        "Courier",
        "2026-03-02",
    )
    assert (utterance.speaker, utterance.text.strip(",")) == ("Ana Ruiz", WHOLE)
    assert [hit.document for hit in archive.search(utterance=utterance.id)] == ["early", "late", "undated"]
    assert archive.utterances("comment") == []
    assert [one.documents for one in archive.utterances("comment", least=1)] == [1]
    assert archive.utterances(speaker="Ruiz") == [utterance]


def test_short_words_are_the_same_on_one_day_and_by_one_voice_only(archive, miner):
    archive.collect(
        [
            Document(f"“No comment,” {name} said.", id=f"{name}{day}{copy}", metadata={"date": f"2026-03-0{day}"})
            for name, day, copy in [("Ana Ruiz", 1, 1), ("Ana Ruiz", 1, 2), ("Ana Ruiz", 2, 1), ("Bob Moor", 1, 1)]
        ],
        miner=miner,
    )
    assert sorted(one.documents for one in archive.utterances(least=1)) == [1, 1, 2]


def test_what_is_quoted_inside_is_another_utterance(archive, miner):
    inner = "the northern wall was raised by engineers from the valley last summer"
    archive.collect(
        [
            Document(
                f"“I asked the company and they told me, ‘We know that {inner},’ and I believed it,” Ana Ruiz said.", id="a"
            ),
            Document(f"“We know that {inner},” said Bob Moor.", id="b"),
        ],
        miner=miner,
    )
    for utterance in archive.utterances(least=1):
        texts = [hit.text for hit in archive.search(utterance=utterance.id)]
        assert not (any("I asked" in text for text in texts) and any(text.startswith("We know") for text in texts)), texts


def test_documents_that_go_take_what_they_held_together_with_them(archive, miner):
    half = len(WHOLE) // 2
    parts = {"first": WHOLE[: half + 8].strip(), "whole": WHOLE, "last": WHOLE[half - 8 :].strip()}
    documents = [Document(f"“{text},” Ana Ruiz said.", id=name) for name, text in parts.items()]
    archive.collect(documents, miner=miner)
    assert [one.documents for one in archive.utterances()] == [3]
    archive.collect([documents[0], documents[2]], miner=miner, prune=True)
    assert sorted(one.documents for one in archive.utterances(least=1)) == [1, 1]
    archive.collect([documents[1]], miner=miner)
    assert [one.documents for one in archive.utterances()] == [3]


@pytest.mark.parametrize("pieces", [1, 3, 8])
def test_utterances_do_not_depend_on_when_they_are_linked(tmp_path, miner, pieces):
    documents = [
        Document(
            f"“{WHOLE if number % 2 else WHOLE[:70]},” {'Ana Ruiz' if number % 3 else 'Bob Moor'} said. “This is only number {number},” said Kate Ilves.",
            id=f"d{number}",
        )
        for number in range(8)
    ]
    found: list[list[sqlite3.Row]] = []
    for size in (pieces, 8):
        with Archive(tmp_path / f"{size}-{len(found)}.db") as archive:
            for begin in range(0, 8, size):
                archive.collect(documents[begin : begin + size], miner=miner)
            found.append(archive._connection.execute("SELECT * FROM wordings ORDER BY number").fetchall())
    assert [tuple(row)[2:6] for row in sorted(found[0], key=lambda row: row["hash"])] == [
        tuple(row)[2:6] for row in sorted(found[1], key=lambda row: row["hash"])
    ]


def test_a_claim_in_several_documents_is_one(archive, miner):
    archive.collect(
        [
            Document("“Rents rose by 5 percent in the northern valley in 2025,” Kate Ilves told the council.", id="a"),
            Document("Rents rose by 5 percent in the northern valley in 2025, according to Bob Moor.", id="b"),
            Document("“Rents rose by 9 percent in the northern valley in 2025,” Ana Ruiz said.", id="c"),
        ],
        miner=miner,
    )
    groups = archive._connection.execute(
        "SELECT document, claim_group FROM claims_to_check WHERE text LIKE '%percent%' ORDER BY document"
    ).fetchall()
    assert [row["document"] for row in groups] == ["a", "b", "c"]
    assert groups[0]["claim_group"] == groups[1]["claim_group"] != groups[2]["claim_group"]
