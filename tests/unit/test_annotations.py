"""Quotes, speakers, claims, extractions: what they refuse, and by which name."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

from quoteminer import (
    AnnotationError,
    Claim,
    Document,
    Extraction,
    Issue,
    Provenance,
    Quantity,
    Quote,
    Span,
    SpanError,
    Speaker,
    Time,
)

THREE: Any = [3]
TEXT = Document("“It works,” said Ada. She said it did.")


def quote(**changes):
    values = {"content": [(1, 10)], "kind": "direct", "id": "q1"}
    values.update(changes)
    return Quote(**values)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "shouted"),
        ("modality", "maybe"),
        ("confidence", 1.5),
        ("confidence", float("nan")),
        ("confidence", "high"),
        ("confidence", True),
        ("provenance", "rules"),
        ("speaker", 3),
        ("speaker", ""),
        ("addressee", 3),
        ("parent", ""),
        ("id", None),
    ],
)
def test_quote_names_the_field_and_the_value(field, value):
    with pytest.raises(AnnotationError) as caught:
        quote(**{field: value})
    assert caught.value.field == f"Quote.{field}"
    assert repr(value) in str(caught.value) or value == ""
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Speaker("", "Ada"),
        lambda: Speaker("s1", ""),
        lambda: Speaker("s1", "Ada", kind="ghost"),
        lambda: Speaker("s1", "Ada", role=3),
        lambda: Claim([(0, 1)], "rumour"),
        lambda: Claim([(0, 1)], "event", check_worthiness=2),
        lambda: Claim([(0, 1)], "event", negated="no"),
        lambda: Claim([(0, 1)], "event", quantities=THREE),
        lambda: Claim([(0, 1)], "event", times=[*THREE]),
        lambda: Claim([(0, 1)], "event", modality="loud"),
        lambda: Quantity((0, 1), value=float("inf")),
        lambda: Time((0, 1), value=3),
        lambda: Issue("", "d", "m"),
        lambda: Issue("c", "d", "m", "fatal"),
        lambda: Provenance(""),
        lambda: Document(b"bytes"),
        lambda: Document("x", id=3),
        lambda: Document("x", language=""),
        lambda: Document("x", title=3),
        lambda: Document("x", metadata={"a": object()}),
        lambda: Document("x", metadata=dict(enumerate("a"))),
        lambda: Document("x", metadata={"a": float("nan")}),
        lambda: Document("x", metadata=[1]),
        lambda: Speaker("s1", "Ada", mentions=None),
        lambda: Claim([(0, 1)], "event", quantities=None),
        lambda: Extraction(Document("x"), None),
    ],
)
def test_wrong_values_are_annotation_errors(make):
    with pytest.raises(AnnotationError) as caught:
        make()
    assert caught.value.field


def test_document_id_comes_from_the_text_when_not_given():
    assert Document("abc").id == Document("abc").id != Document("abd").id
    assert Document("\ud800").id.startswith("doc-")
    assert Document("abc", id="mine").id == "mine"


def test_metadata_cannot_be_changed_at_any_depth():
    given: dict[str, Any] = {"a": {"b": [1, {"c": 2}]}}
    document = Document("x", metadata=given)
    given["a"]["b"][1]["c"] = 3
    assert document.metadata["a"]["b"][1]["c"] == 2
    metadata: Any = document.metadata
    with pytest.raises(TypeError):
        metadata["z"] = 1
    with pytest.raises(AttributeError):
        metadata.z = 1
    assert pickle.loads(pickle.dumps(document)) == document
    assert hash(document) == hash(Document("x", metadata={"a": {"b": [1, {"c": 2}]}}))


def test_extraction_sorts_and_finds():
    later = quote(content=[(22, 25)], id="q2", speaker="s1")
    extraction = Extraction(TEXT, [later, quote(speaker="s1")], [Speaker("s1", "Ada", mentions=[(17, 20)])])
    assert [item.id for item in extraction] == ["q1", "q2"]
    ada = extraction.speaker("s1")
    assert ada is not None
    assert ada.name == "Ada"
    assert extraction.speaker(None) is None
    assert extraction.quotes_by("s1") == extraction.quotes
    with pytest.raises(KeyError):
        extraction.speaker("s9")


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("Quote.id", {"quotes": [quote(), quote()]}),
        ("Quote.id", {"quotes": [quote(id="")]}),
        ("Quote.speaker", {"quotes": [quote(speaker="s1")]}),
        ("Quote.addressee", {"quotes": [quote(addressee="s1")]}),
        ("Quote.parent", {"quotes": [quote(parent="q7")]}),
        ("Quote.parent", {"quotes": [quote(parent="q1")]}),
        ("Quote.parent", {"quotes": [quote(parent="q2"), quote(id="q2", parent="q1")]}),
        ("Speaker.id", {"speakers": [Speaker("s1", "A"), Speaker("s1", "B")]}),
        ("Claim.claimant", {"claims": [Claim([(0, 1)], "event", id="c1", claimant="s1")]}),
        ("Claim.quote", {"claims": [Claim([(0, 1)], "event", id="c1", quote="q1")]}),
        ("Extraction.quotes", {"quotes": ["“It works”"]}),
    ],
)
def test_references_must_lead_somewhere(field, parts):
    with pytest.raises(AnnotationError) as caught:
        Extraction(TEXT, **parts)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "parts",
    [
        {"quotes": [quote(content=[(1, 99)])]},
        {"quotes": [quote(cue=[(1, 99)])]},
        {"quotes": [quote(source=(1, 99))]},
        {"speakers": [Speaker("s1", "A", mentions=[(1, 99)])]},
        {"claims": [Claim([(1, 99)], "event", id="c1")]},
        {"claims": [Claim([(1, 2)], "event", id="c1", quantities=[Quantity((1, 99))])]},
    ],
)
def test_spans_must_lie_inside_the_text(parts):
    with pytest.raises(SpanError, match="outside the text"):
        Extraction(TEXT, **parts)


def test_long_chains_of_parents_are_checked_in_linear_time():
    size = 20_000
    quotes = [quote(id=f"q{n}", parent=f"q{n - 1}" if n else None) for n in range(size)]
    assert len(Extraction(TEXT, quotes).quotes) == size


def test_evolving_makes_a_new_value():
    original = quote()
    assert attrs.evolve(original, kind="mixed").kind == "mixed"
    assert original.kind == "direct"
    assert original.text(TEXT) == "It works,"
    assert original.span == Span(1, 10)
