"""Learning the weights of the speaker resolver, on a handful of documents in the author's own words."""

from __future__ import annotations

import pytest
from plugins.rules.learn import learn_speakers

from quoteminer.evaluation import annotated
from quoteminer_rules.speakers.knowledge import knowledge
from quoteminer_rules.speakers.ranking import SITUATIONS

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
            "id": f"writer-{number}",
            "corpus": "seeds",
            "text": text,
            "quotes": quotes,
            "entities": [{"id": n, "name": n} for n in speakers.values()],
        }
        yield annotated(record, [])


@pytest.fixture(scope="module")
def material():
    return learn_speakers.read(list(documents()))


@pytest.fixture(scope="module")
def learned(material):
    return learn_speakers.learn(material, list(learn_speakers.meanings()))


@pytest.fixture(scope="module")
def weights(learned):
    return learned["en"]


def test_who_spoke_is_likely(weights):
    assert weights["beat"]["before_subject"] > 0 > weights["beat"]["before_oblique"]
    assert weights["bare"]["previous_next"] < 0 < weights["bare"]["alternates"]
    assert weights["noun"] == {}


def test_the_same_documents_give_the_same_file(material, weights):
    meaning = learn_speakers.meanings()
    first = learn_speakers.table(weights, meaning, ["ours"])
    assert learn_speakers.table(learn_speakers.learn(material, list(meaning))["en"], meaning, ["ours"]) == first
    rows = [line.split("\t") for line in first.splitlines() if not line.startswith("#")]
    assert rows[0] == ["observation", "pronoun", "beat", "bare", "noun", "nested", "meaning"]
    assert {row[0]: row[-1] for row in rows[1:]} == meaning
    figures = {(row[0], situation): float(row[n]) for row in rows[1:] for n, situation in enumerate(rows[0][1:-1], 1)}
    assert figures["alternates", "bare"] == round(weights["bare"]["alternates"], 2)
    assert "training parts of ours." in first


def test_a_language_learns_most_from_its_own_texts():
    example = learn_speakers.Example("bare", "seeds", "es", "es-a", [])
    novel = example._replace(corpus="pdnc", language="en")
    assert example.weighed("es").share > example.weighed("fr").share > novel.weighed("fr").share > 0
    assert example.weighed("en").share == 0 < novel.weighed("en").share


def test_what_a_pronoun_was_guessed_to_mean_does_not_make_it_right():
    """The gold of the open corpus has the pronoun as a mention of whom it means."""
    text = "Ada Byron met Una Dray. “It works,” she said."
    at = text.index("she")
    record = {
        "id": "w-1",
        "corpus": "seeds",
        "text": text,
        "quotes": [{"content": [[25, 34]], "kind": "direct", "source": [[at, at + 3]], "speaker": "e"}],
        "entities": [{"id": "e", "name": "Una Dray", "mentions": [[at, at + 3]]}],
    }
    (one,) = learn_speakers.read([annotated(record, [])])
    seen = list(learn_speakers.examples(one, {situation: {} for situation in SITUATIONS}))
    assert [sum(right for _, right in example.candidates) for example in seen] == [1]


def test_how_sure_speakers_are_is_learned_from_right_and_wrong(material, learned):
    found = learn_speakers.finds(material, learn_speakers.seen(material, learned), list(learn_speakers.meanings()))
    assert set(found) == {"en"}
    assert {find.right for find in found["en"]} >= {True}
    assert all(find.signs[""] == 1 for find in found["en"])


def test_the_file_in_use_has_every_observation():
    assert {name for table in knowledge("en").weights.values() for name in table} == set(learn_speakers.meanings())


def test_an_observation_without_a_meaning_is_refused():
    with pytest.raises(SystemExit, match=r"has no line for .*recency_1"):
        learn_speakers.learn(learn_speakers.read(list(documents())), ["nobody"])


def test_a_corpus_that_is_not_there_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    assert {document.corpus for document in learn_speakers.corpora()} == {"seeds"}
    err = capsys.readouterr().err
    assert all(f"{name}: " in err for name in ("pdnc", "litbank", "gum"))
    assert err.count("learning without it") == 3
