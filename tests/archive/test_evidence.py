"""What speaks for and against two of one name being one."""

from __future__ import annotations

import pytest

from quoteminer import Document, Extraction, Span, Speaker
from quoteminer.archive import Archive
from quoteminer.archive.evidence import WEIGHTS, Evidence, observed, possible, rarity, weighed
from quoteminer.archive.folding import Folding
from quoteminer.archive.named import members
from quoteminer.archive.naming import Name, Words
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer
from quoteminer.archive.telling import Reader

NAME = Name(("ana",), ("ruiz",), "")


def score(one: Evidence, two: Evidence) -> float:
    how = possible(one, two, Words())
    assert how is not None
    assert observed(one, two, how, {}) == observed(two, one, how, {})
    return weighed(observed(one, two, how, {}))


def told(**what: object) -> Evidence:
    return Evidence(name=NAME, places=frozenset(["saltmere"]), **what)


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        (told(frequent=False), told()),
        (told(fields=frozenset(["sea"])), told(fields=frozenset(["church"]))),
        (told(role=frozenset(["coach"])), told(role=frozenset(["vicar"]), jobs=frozenset(["vicar"]))),
        (told(phrases=frozenset(["port anselm"])), told(phrases=frozenset(["rio seco"]))),
        (told(about={"boat": 1.0}), told(about={"choir": 1.0})),
        (told(beside=frozenset(["bob moor"])), told(beside=frozenset(["kate ilves"]))),
        (told(outlets=frozenset(["Gazette"])), told(outlets=frozenset(["Courier"]))),
    ],
)
def test_what_is_shared_speaks_for_it(sooner, later):
    same = {
        name: value
        for name in ("fields", "role", "phrases", "about", "beside", "outlets", "frequent")
        if (value := getattr(sooner, name))
    }
    jobs = {"jobs": sooner.role} if sooner.role else {}
    other = told(**{**same, **jobs, "frequent": sooner.frequent})
    assert score(sooner, other) > score(later, other)


def test_nothing_in_common_speaks_against_it():
    away = Evidence(name=NAME, places=frozenset(["tollard"]))
    assert score(told(), away) == score(told(), told()) + WEIGHTS["no_places"]


def test_a_name_that_all_texts_have_tells_least():
    texts = [told(phrases=frozenset(["port anselm", f"pier {number}"])) for number in range(3)]
    rare = rarity(texts)
    assert 0 < rare["port anselm"] < rare["pier 0"] <= 1


def reading(miner, text: str, speaker: Speaker) -> Evidence:
    """What a text tells of a speaker."""
    folding = Folding(miner.components("quoteminer_languages"))
    words = Words.of(folding.packs)
    with Archive(":memory:") as archive:
        connection = archive._connection
        with writing(connection):
            connection.execute("INSERT INTO manifests VALUES (1, '', '{}')")
            Writer(connection).put(Extraction(Document(text, id="d"), (), [speaker]), 1)
        with Reader(connection, folding, words) as reader:
            (evidence,) = reader.read(members(connection, {"ruiz"}, folding, words))
    return evidence


def test_a_text_tells_field_generation_topic_and_whether_many_have_the_name(miner):
    text = "At the pier of Port Anselm stood the skipper George Ruiz Jr. and spoke of lobsters. “They told me,” he said."
    start = text.index("George")
    found = reading(
        miner, text, Speaker("s0", "George Ruiz", kind="person", mentions=[Span(start, start + len("George Ruiz Jr."))])
    )
    assert found.name.generation == "jr"
    assert found.fields == {"sea"}
    assert found.phrases == {"port anselm"}
    assert found.frequent
    assert found.about["lobst"] > found.about["told"] > 0
    assert sum(weight**2 for weight in found.about.values()) == pytest.approx(1)
    assert "ruiz" not in found.about


def test_topics_are_not_compared_in_a_language_whose_words_nobody_has_counted(miner):
    folding = Folding()
    with Archive(":memory:") as archive:
        with writing(archive._connection):
            archive._connection.execute("INSERT INTO manifests VALUES (1, '', '{}')")
            Writer(archive._connection).put(
                Extraction(Document("Ana Ruiz.", id="d"), (), [Speaker("s0", "Ana Ruiz", mentions=[Span(0, 8)])]), 1
            )
        with Reader(archive._connection, folding, Words()) as reader:
            (evidence,) = reader.read(members(archive._connection, {"ruiz"}, folding, Words()))
    assert evidence.about == {}
    assert evidence.frequent
