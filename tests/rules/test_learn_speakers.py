"""Learning the weights of the speaker resolver, on a handful of documents in the author's own words."""

from __future__ import annotations

import pytest
from plugins.rules.learn import learn_speakers

from quoteminer.evaluation import annotated
from quoteminer_rules.speakers.knowledge import knowledge

TEXTS = [
    ("Ada Byron met Bob Nash. Ada sat down. “It works,” she said.", {"It works,": "Ada Byron"}),
    ("Bob Nash met Ada Byron. Bob stood up. “It failed,” he said.", {"It failed,": "Bob Nash"}),
    (
        "“It works,” said Ada Byron.\n\n“It never did,” said Bob Nash.\n\n“It does now.”\n\n“Show me, Ada.”",
        {"It works,": "Ada Byron", "It never did,": "Bob Nash", "It does now.": "Ada Byron", "Show me, Ada.": "Bob Nash"},
    ),
    ("Ada Byron put the lamp down near Bob Nash. “It is late.” Nobody moved.", {"It is late.": "Ada Byron"}),
]


def documents():
    for number, (text, speakers) in enumerate(TEXTS):
        quotes = []
        for content, name in speakers.items():
            start = text.index(content)
            quotes.append({"content": [[start, start + len(content)]], "kind": "direct", "speaker": name})
        record = {
            "id": str(number),
            "text": text,
            "quotes": quotes,
            "entities": [{"id": n, "name": n} for n in speakers.values()],
        }
        yield annotated(record, []), 1.0


@pytest.fixture(scope="module")
def weights():
    return learn_speakers.learn(list(documents()), list(learn_speakers.meanings()))


def test_who_spoke_is_likely(weights):
    assert weights["beat"]["before_subject"] > 0 > weights["beat"]["before_oblique"]
    assert weights["bare"]["previous_next"] < 0 < weights["bare"]["alternates"]
    assert weights["noun"] == {}


def test_the_same_documents_give_the_same_file(weights):
    meaning = learn_speakers.meanings()
    first = learn_speakers.table(weights, meaning, ["ours"])
    assert learn_speakers.table(learn_speakers.learn(list(documents()), list(meaning)), meaning, ["ours"]) == first
    rows = [line.split("\t") for line in first.splitlines() if not line.startswith("#")]
    assert rows[0] == ["observation", "pronoun", "beat", "bare", "noun", "meaning"]
    assert {row[0]: row[-1] for row in rows[1:]} == meaning
    figures = {(row[0], situation): float(row[n]) for row in rows[1:] for n, situation in enumerate(rows[0][1:-1], 1)}
    assert figures["alternates", "bare"] == round(weights["bare"]["alternates"], 2)
    assert "training parts of ours." in first


def test_ways_that_are_seen_often_get_the_figure_that_was_measured():
    old = "# before\nname\t0.97\t“Yes,” said Ada.\nlabel\t0.95\tADA: Yes.\n"
    new = learn_speakers.links({"name": (20, 0.876), "label": (19, 0.1), "beat": (99, 0.5)}, old)
    assert new.splitlines()[2:] == ["name\t0.88\t“Yes,” said Ada.", "label\t0.95\tADA: Yes."]
    assert "(name 20)" in new


def test_measuring_counts_what_names_and_descriptions_tell():
    text = "“Yes,” said Ada Byron. “No,” she said. “Never,” said Bob Nash."
    names = {"Yes,": "Ada Byron", "No,": "Ada Byron", "Never,": "Carla Diaz"}
    quotes = [
        {"id": c, "content": [[text.index(c), text.index(c) + len(c)]], "kind": "direct", "speaker": n} for c, n in names.items()
    ]
    record = {
        "id": "a",
        "corpus": "gum",
        "text": text,
        "quotes": quotes,
        "entities": [{"id": n, "name": n} for n in names.values()],
    }
    measured = learn_speakers.measure([(annotated(record, []), 1.0)], knowledge("en").weights)
    assert measured == {"name": (2, 0.5)}


def test_the_file_in_use_has_every_observation():
    assert {name for table in knowledge("en").weights.values() for name in table} == set(learn_speakers.meanings())


def test_an_observation_without_a_meaning_is_refused():
    with pytest.raises(SystemExit, match=r"has no line for .*recency_1"):
        learn_speakers.learn(list(documents()), ["nobody"])


def test_a_corpus_that_is_not_there_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    assert list(learn_speakers.corpora()) == []
    err = capsys.readouterr().err
    assert all(f"{name}: " in err for name in ("pdnc", "litbank", "gum"))
    assert err.count("learning without it") == 3
