"""The articles that share people: their form, and how right those for training are joined."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from seeds.tools.people import PARTS, faults, files, read

from .scoring import heard

PEOPLE = [
    {"person": "p1", "name": "Ana Ruiz", "kind": "person", "note": "", "near": ["p2"], "why": "namesake"},
    {"person": "p2", "name": "Ana Ruiz", "kind": "person", "note": "", "near": ["p1"], "why": "namesake|family"},
]
ARTICLES = [
    {
        "id": "a1",
        "date": "2026-01-02",
        "source": "Gazette",
        "text": "“No,” said Ana Ruiz.",
        "speakers": [{"person": "p1", "names": ["Ana Ruiz"]}],
    }
]


def written(folder, articles, people):
    """Both files, as they lie beside each other."""
    path = folder / "train-x.articles.jsonl"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    (folder / "train-x.people.jsonl").write_text("\n".join(map(json.dumps, people)), encoding="utf-8")
    return path


@pytest.mark.parametrize("part", PARTS)
def test_all_articles_have_the_form(part):
    (path,) = files(part)
    assert list(faults(path)) == []


@pytest.mark.parametrize("part", PARTS)
def test_there_are_pairs_of_one_person_and_of_those_who_could_be_confused(part):
    (path,) = files(part)
    people = read(path)
    speakers = [(article.id, said.person) for article in people.articles for said in article.speakers]
    assert len(people.articles) == 100
    assert sum(one[1] == two[1] for one, two in combinations(speakers, 2)) >= 450
    assert {"namesake", "family", "firm"} <= set(people.near.values())


@pytest.mark.parametrize(
    ("articles", "people", "fault"),
    [
        (ARTICLES * 2, PEOPLE, "a1: two have one id"),
        (ARTICLES, [*PEOPLE, PEOPLE[0]], "people: two have one id"),
        (ARTICLES, [{**PEOPLE[0], "near": ["p7"]}], "near: there is no such other person"),
        (ARTICLES, [{**PEOPLE[0], "why": "luck"}, PEOPLE[1]], "why: is none of"),
        ([{**ARTICLES[0], "text": "“No,” she said."}], PEOPLE, r"speakers\[0\]\.names\[0\]: does not stand in the text"),
        ([{**ARTICLES[0], "speakers": [{"person": "p9", "names": []}]}], PEOPLE, "there is no such person"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, articles, people, fault):
    assert read(written(tmp_path, ARTICLES, PEOPLE)).near == {frozenset(["p1", "p2"]): "namesake"}
    with pytest.raises(ValueError, match=fault):
        read(written(tmp_path, articles, people))


@pytest.mark.slow
def test_people_for_training_are_joined_right(miner):
    (path,) = files("train")
    people = read(path)
    everybody = heard(people, miner, mined=False)
    pairs = [(one, two) for one, two in combinations(everybody, 2) if one.article != two.article]
    joined = [one.person == two.person for one, two in pairs if one.joined is not None and one.joined == two.joined]
    assert sum(joined) >= 0.98 * len(joined)
    assert sum(joined) >= 0.75 * sum(one.person == two.person for one, two in pairs)
