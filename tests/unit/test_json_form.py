"""The JSON form: the first version is read for ever, what is not known is kept, later versions are refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from quoteminer import (
    AnnotationError,
    Claim,
    Document,
    Extraction,
    FormatError,
    Issue,
    Provenance,
    Quantity,
    Quote,
    SpanError,
    Speaker,
)
from quoteminer.json_form import from_dict, json_schema, to_dict
from quoteminer.vocabulary import LAYOUTS

#: Written by quoteminer 0.1.0.
FIRST = Path(__file__).parents[1] / "data" / "quoteminer-1.jsonl"
LINES = FIRST.read_text(encoding="utf-8").splitlines()


def full() -> Extraction:
    return Extraction(
        Document("“It works,” said Ada to Bo.", id="d"),
        [
            Quote(
                [(1, 10)],
                "direct",
                cue=[(12, 16)],
                cue_lemma="say",
                source=(17, 20),
                speaker="s1",
                speaker_confidence=0.75,
                addressee="s2",
                addressee_mention=(24, 26),
                layout="dash",
                provenance=Provenance("a", detail={"rule": "x", "score": 0.5, "steps": [1, {"n": None}]}),
                id="q1",
            )
        ],
        [
            Speaker("s1", "Ada", identifiers={"wikidata": "Q7259"}, attributes={"born": 1815, "field": ["mathematics"]}),
            Speaker("s2", "Bo"),
        ],
        [Claim([(1, 10)], "other", quantities=[Quantity((1, 3))], id="c1")],
        [Issue("a", "d", "m")],
        manifest={"quoteminer": "0.2", "options": {"scope": "speech"}},
    )


@pytest.mark.parametrize("line", LINES, ids=lambda line: json.loads(line)["document"]["id"])
def test_a_line_of_the_first_version_is_read_without_loss(line):
    old: dict[str, Any] = json.loads(line)
    new = Extraction.from_json(line).to_dict()
    assert Extraction.from_dict(new) == Extraction.from_json(line)
    assert (old.pop("schema"), new.pop("schema")) == ("quoteminer/1", "quoteminer/2")
    strays = [issue for issue in new["issues"] if issue["component"] == "quoteminer"]
    if old["document"]["id"] == "made by hand":
        # The one thing that cannot stay, because 0.1.0 did not see to it.
        assert [issue["message"] for issue in strays] == ["the parent 'q1' of 'q2' does not enclose it and was left out"]
        old["quotes"][1]["parent"] = None
        new["issues"].remove(strays[0])
    else:
        assert strays == []
    assert without_what_is_new(new) == old


def without_what_is_new(data):
    for item in (*data["quotes"], *data["claims"]):
        assert set(item["provenance"]["detail"]) <= {"note"}
        item["provenance"]["detail"] = item["provenance"]["detail"].get("note", "")
    for quote in data["quotes"]:
        assert quote.pop("layout") == "running"
        assert [quote.pop(name) for name in ("cue_lemma", "speaker_confidence", "addressee_mention")] == [None] * 3
    for speaker in data["speakers"]:
        assert [speaker.pop(name) for name in ("identifiers", "attributes")] == [{}, {}]
    return data


def test_all_that_is_new_is_written_and_read():
    import jsonschema

    extraction = full()
    assert Extraction.from_json(extraction.to_json()) == extraction
    jsonschema.validate(extraction.to_dict(), json_schema())
    assert json_schema()["properties"]["quotes"]["items"]["properties"]["layout"]["enum"] == list(LAYOUTS)


def test_members_that_are_not_known_come_back_where_they_were():
    data = full().to_dict()
    data["colour"] = "red"
    data["document"]["pages"] = [1, 2]
    data["quotes"][0]["mood"] = {"sure": True}
    data["quotes"][0]["provenance"]["seed"] = 7
    data["speakers"][1]["photo"] = None
    data["claims"][0]["quantities"][0]["approximate"] = True
    data["issues"][0]["code"] = "E1"
    read = from_dict(data)
    assert to_dict(read) == data
    assert read != full()
    assert attrs.evolve(read, extra={}) == full()
    # What is not there any more takes what was unknown of it along.
    fewer = attrs.evolve(read, quotes=[], claims=[], issues=[])
    assert to_dict(fewer) == full().to_dict() | {
        "colour": "red",
        "document": data["document"],
        "speakers": data["speakers"],
        "quotes": [],
        "claims": [],
        "issues": [],
    }


@pytest.mark.parametrize("schema", ["quoteminer/3", "quoteminer/12"])
def test_a_later_version_is_refused_by_name(schema):
    with pytest.raises(FormatError, match=f"schema: '{schema}' was written by a later version of quoteminer"):
        Extraction.from_dict(full().to_dict() | {"schema": schema})


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Quote([(0, 1)], "direct", layout="wall"), "Quote.layout"),
        (lambda: Quote([(0, 1)], "direct", cue_lemma=""), "Quote.cue_lemma"),
        (lambda: Quote([(0, 1)], "direct", speaker_confidence=1.5), "Quote.speaker_confidence"),
        (lambda: Quote([(0, 1)], "direct", addressee_mention=5), "Quote.addressee_mention"),
        (lambda: Speaker("s1", "Ada", identifiers=[("wikidata", "Q7259")]), "Speaker.identifiers"),
        (lambda: Speaker("s1", "Ada", identifiers={"wikidata": 7259}), "Speaker.identifiers.wikidata"),
        (lambda: Speaker("s1", "Ada", attributes={"born": object()}), "Speaker.attributes.born"),
        (lambda: Provenance("a", detail={"rule": {1, 2}}), "Provenance.detail.rule"),
        (lambda: Extraction(Document("x"), manifest="0.2"), "Extraction.manifest"),
        (
            lambda: Extraction(Document("x"), [Quote([(0, 1)], "direct", addressee_mention=(3, 9), id="q1")]),
            "Quote.addressee_mention",
        ),
    ],
)
def test_wrong_values_of_new_fields_name_the_field(make, field):
    with pytest.raises((AnnotationError, SpanError), match=field) as caught:
        make()
    assert str(caught.value).startswith(field)
