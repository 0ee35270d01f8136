"""Learning the weights of claims, on made-up sentences."""

from __future__ import annotations

import pytest
from plugins.rules.learn import learn_claims
from plugins.rules.learn.learn_claims import Sentence, features

TOWNS = ["Ashby", "Corley", "Denholm", "Marwick", "Orton", "Thurle"]
FACTS = [
    "The bridge at {} cost {} million dollars.",
    "Unemployment in {} fell by {} percent.",
    "We built {1} homes in {0} last year.",
]
TALK = ["Thank you, {}.", "I believe in the people of {}.", "How are you, {}?", "Let us hope, {}, for better days."]


def sentences(fact: str, talk: str, share: int) -> list[Sentence]:
    """Facts and talk in turn, a part of the facts under ``talk`` so that nothing is certain."""
    found = []
    for number in range(30):
        town = TOWNS[number % len(TOWNS)]
        found.append(Sentence(features(FACTS[number % 3].format(town, number + 3)), fact if number % share else talk))
        found.append(Sentence(features(TALK[number % 4].format(town)), talk if number % share else fact))
    return found


def parts() -> list[list[Sentence]]:
    return [sentences("1", "0", 9), sentences("1", "0", 8), sentences("CFS", "NFS", 10), sentences("UFS", "NFS", 7)]


@pytest.fixture(scope="module")
def weights():
    speeches, speeches_held, debates, unimportant = parts()
    return learn_claims.learn(speeches, speeches_held, debates + unimportant, debates)


def test_numbers_speak_for_claims_and_thanks_against(weights):
    for column in (0, 1):
        assert weights["class", "number"][column] > 0 > weights["class", "stance"][column]
    assert ("word", "Ashby") not in weights
    assert ("class", "corpus") not in weights


def test_the_same_sentences_give_the_same_table(weights):
    speeches, speeches_held, debates, unimportant = parts()
    table = learn_claims.table(weights)
    assert learn_claims.table(learn_claims.learn(speeches, speeches_held, debates + unimportant, debates)) == table
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    assert rows[0][:2] == ["", "bias"]
    assert {row[1] for row in rows} <= {"bias", "word", "beginning", "ending", "class", "pair", "length"}
    assert all(len(row) == 4 for row in rows)


def test_features_are_counted():
    found = features("“Two homes, two roads.”")
    assert (found["word", "two"], found["class", "number"], found["pair", "< two"], found["pair", ", two"]) == (2, 2, 1, 1)
    assert found["length", ">=6"] == 1
    assert ("length", ">=7") not in found


def test_missing_corpora_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path / "gone"))
    with pytest.raises(SystemExit, match="gone: there are no corpora"):
        learn_claims.main()
