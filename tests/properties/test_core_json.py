"""JSON keeps every str apart, surrogates side by side as well."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import AnnotationError, Document, Extraction, Issue, Quote, Speaker
from quoteminer.frozen import DEEPEST
from quoteminer.json_form import dumps, json_schema, loads

surrogates = st.text(st.sampled_from("a😀\ud83d\ude00\n\u2028"), min_size=1, max_size=12)


@given(surrogates, surrogates)
def test_surrogates_side_by_side_stay_two_code_points(text, other):
    size = len(text)
    extraction = Extraction(
        Document(text, id=other, title=other, metadata={"a": [text, {"b": other}]}),
        [Quote([(size - 1, size)], "direct", id=other, speaker=text)],
        [Speaker(text, other, role=other)],
        issues=[Issue(other, text, other)],
    )
    line = extraction.to_json()
    assert Extraction.from_json(line) == extraction
    line.encode("utf-8")
    assert len(line.splitlines()) == 1
    jsonschema.validate(json.loads(line), json_schema())


@given(surrogates)
def test_text_without_lone_surrogates_stays_readable(text):
    clean = text.replace("\ud83d", "").replace("\ude00", "")
    assert clean.replace("\n", "\\n").replace("\u2028", "\\u2028") in dumps(clean)


def test_what_only_looks_like_pieces_is_left_alone():
    for value in ({"$pieces": [1]}, {"$pieces": ["a"], "b": 1}, {"$pieces": "a"}):
        assert loads(dumps(value)) == value


@pytest.mark.parametrize("key", ["$pieces", "\ud83d\ude00"])
def test_metadata_keys_that_json_cannot_keep_are_refused(key):
    with pytest.raises(AnnotationError, match="key"):
        Document("x", metadata={"a": {key: 1}})


@given(st.integers(0, 60))
def test_metadata_is_read_back_or_refused_at_any_depth(depth):
    metadata: dict[str, object] = {}
    for _ in range(depth):
        metadata = {"a": [metadata]}
    if 2 * depth > DEEPEST:
        with pytest.raises(AnnotationError, match="deeper"):
            Document("x", metadata=metadata)
    else:
        document = Document("x", metadata=metadata)
        assert Extraction.from_json(Extraction(document).to_json()).document == document


def test_integers_too_long_for_json_are_refused():
    kept = Document("x", metadata={"a": 10**4000})
    assert Extraction.from_json(Extraction(kept).to_json()).document == kept
    with pytest.raises(AnnotationError, match="too long"):
        Document("x", metadata={"a": 10**5000})


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 2) | st.floats(0, 2) | st.booleans(), max_size=3))
def test_equal_documents_have_equal_hashes(metadata):
    same = {key: float(value) for key, value in reversed(metadata.items())}
    assert Document("x", metadata=metadata) == Document("x", metadata=same)
    assert hash(Document("x", metadata=metadata)) == hash(Document("x", metadata=same))
