"""Learning the weights of the grammar of reports, on made-up texts."""

from __future__ import annotations

import pytest

from quoteminer_rules.learning.examples import Example, Reader, end_examples, report_examples
from quoteminer_rules.learning.fitting import regression, table_of
from quoteminer_rules.learning.gold import Gold, Text, words_of
from quoteminer_rules.lexicon import LANGUAGES

ENGLISH = LANGUAGES / "en"
TEXT = "Ada said that it works, and left. Bob sold the engine. “It is late,” she added. Cy believes that it rains."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(ENGLISH, {})


def text(reader: Reader, *, only_speech: bool) -> Text:
    """The text with its reports, that of a thought only where not only speech is annotated."""
    marked = [("that it works", "said"), ("It is late", "added")]
    marked += [] if only_speech else [("that it rains", "believes")]
    reports = []
    for content, cue in marked:
        start, at = TEXT.index(content), TEXT.index(cue)
        words = words_of(TEXT, [(start, start + len(content))], reader.openers)
        reports.append(Gold(words, [(at, at + len(cue))]))
    return Text(TEXT, reports, 1.0, only_speech)


def test_words_are_those_without_the_complementiser():
    words = words_of("Ada said that it works.", [(9, 22)], frozenset(["that"]))
    assert words == {14, 17}


def test_candidates_with_the_content_of_a_report_are_right(reader):
    whole = text(reader, only_speech=False)
    seen = reader.seen(TEXT)
    examples = list(report_examples(whole, seen, reader))
    assert len(examples) == len(seen)
    right = {one.candidate.lemma for one, example in zip(seen, examples, strict=True) if example.right}
    assert {"add", "believe"} <= right <= {"say", "add", "believe"}


def test_of_speech_alone_thoughts_teach_nothing(reader):
    speech = text(reader, only_speech=True)
    seen = reader.seen(TEXT)
    examples = list(report_examples(speech, seen, reader))
    thoughts = sum(one.candidate.lemma == "believe" for one in seen)
    assert thoughts
    assert len(examples) == len(seen) - thoughts


def test_content_ends_where_that_of_the_report_does(reader):
    whole = text(reader, only_speech=False)
    examples = list(end_examples(whole, reader.seen(TEXT), reader))
    assert any("comma\t" in name for example in examples if example.right for name in example.features)


def test_the_same_examples_give_the_same_weights_and_rare_features_none():
    examples = [Example(["often", "for"], True, 1.0), Example(["often", "against"], False, 1.0)] * 8
    examples.append(Example(["rare"], True, 1.0))
    weights = regression(examples, 1.0)
    assert weights == regression(examples, 1.0)
    assert weights["for"] > 0 > weights["against"]
    assert "rare" not in weights
    assert table_of({"a\tb": 1.5}) == {"a": {"b": 1.5}}
