"""What a language model says is in a text, held against it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import AnnotationError, ConfigurationError, Document, Miner, from_function, ground, locate
from quoteminer.verification import answer_schema

TEXT = "“It works,” said Ada Brock. Bo Kessel said that it would never work.\n\n“It works,” Brock repeated, “in spite of you.”"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It works", "It works"),
        ("it  WORKS — in spite", "It works,” Brock repeated, “in spite"),
        ("IT WOULD never-work", "it would never work"),
        ("in spite of you!", "in spite of you."),
        ("said that it will never work", "said that it would never work"),
        ("“in spite of you.”", "“in spite of you.”"),
        ("the moon is made of cheese", None),
        ("", None),
        ("…", None),
    ],
)
def test_locate(words, found):
    span = locate(TEXT, words)
    assert (None if span is None else TEXT[span.start : span.end]) == found


def test_all_words_must_stand_there_where_that_is_asked_for():
    assert locate(TEXT, "said that it will never work", least=1) is None
    with pytest.raises(AnnotationError):
        locate(TEXT, "it works", least=2)


@given(st.data())
def test_what_stands_in_a_text_is_located(data):
    text = data.draw(st.text(min_size=1))
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    span = locate(text, words)
    assert span is None or text[span.start : span.end] == words
    assert span is not None or not words.strip()


def test_ground_gives_quotes_with_speakers_and_issues():
    found = ground(
        Document(TEXT, id="t"),
        [
            {"quote": "“It works,”", "speaker": "Ada Brock"},
            {"quote": "It works", "speaker": "Ada Brock", "confidence": 0.5},
            {"quote": "it would never work", "speaker": "Bo Kessel"},
            {"quote": "It is broken for good", "speaker": "Bo Kessel"},
            {"quote": "in spite of you", "speaker": "Cy"},
            {"speaker": "Ada"},
            "It works",  # type: ignore[list-item]
            {"quote": "It works", "mood": "glad"},
        ],
        name="llm",
    )
    said = [(quote.text(found.document), quote.kind, found.text_of(found.speaker_of(quote))) for quote in found]
    assert said == [
        ("It works,", "direct", "Ada Brock"),
        ("it would never work", "indirect", "Bo Kessel"),
        ("It works,", "direct", "Ada Brock"),
        ("in spite of you.", "direct", "Cy"),
    ]
    assert [found.document[quote.source] if quote.source else None for quote in found] == [
        "Ada Brock",
        "Bo Kessel",
        "Ada Brock",
        None,
    ]
    assert [quote.confidence for quote in found] == [1.0, 1.0, 0.5, 1.0]
    assert {quote.provenance.extractor for quote in found} == {"llm"}
    assert [issue.message.partition(":")[0] for issue in found.issues] == [f"quotes[{number}]" for number in (3, 4, 5, 6, 7)]


ANSWER: list[dict[str, Any]] = [
    {"quote": "It works", "speaker": "Ada Brock", "kind": "direct"},
    {"quote": "It is dead", "speaker": None, "kind": "direct"},
]


@pytest.mark.parametrize("answer", [ANSWER, {"quotes": ANSWER}, json.dumps(ANSWER), json.dumps({"quotes": ANSWER})])
def test_a_function_is_an_extractor(answer):
    extraction = Miner([from_function("llm", lambda text: answer)]).mine(TEXT)
    assert [quote.text(extraction.document) for quote in extraction] == ["It works,"]
    assert "does not stand" in extraction.issues[0].message
    both = Miner(["rules", from_function("llm", lambda text: answer)]).mine(TEXT)
    assert "llm.quotes" in both[0].provenance.extractor
    assert both.text_of(both.speaker_of(both[0])) == "Ada Brock"


@pytest.mark.parametrize("answer", ["no json", "3", {"quote": "x"}, 7, '"text"'])
def test_an_answer_of_another_form_is_an_issue(answer):
    extraction = Miner([from_function("llm", lambda text: answer)]).mine(TEXT)
    assert not extraction.quotes
    assert [issue.severity for issue in extraction.issues] == ["error"]


def test_a_function_reads_its_languages():
    plugin = from_function("llm", lambda text: ANSWER, languages=["de"])
    assert not Miner([plugin]).mine(TEXT).quotes
    with pytest.raises(ConfigurationError):
        from_function("llm", None)


def test_the_schema_is_one_and_takes_the_answer():
    jsonschema.Draft202012Validator.check_schema(answer_schema())
    jsonschema.validate({"quotes": ANSWER}, answer_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"quotes": [{"quote": ""}]}, answer_schema())
