"""The JSON form is lossless and fits its schema, for every extraction and every text."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given

from quoteminer import Document, Extraction, FormatError
from quoteminer.json_form import dumps, json_schema
from quoteminer.testing.strategies import extractions, json_values


@given(extractions())
def test_json_gives_the_extraction_back(extraction: Extraction):
    assert Extraction.from_json(extraction.to_json()) == extraction


@given(extractions())
def test_json_is_one_line_and_fits_the_schema(extraction: Extraction):
    line = extraction.to_json()
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    jsonschema.validate(json.loads(line), json_schema())


@given(json_values())
def test_every_json_value_is_written_in_one_line(value):
    assert len(dumps(value).splitlines()) == 1


@given(json_values())
def test_what_is_no_extraction_is_a_format_error(value):
    with pytest.raises(FormatError):
        Extraction.from_json(dumps(value))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"schema": "quoteminer/9"}, "'quoteminer/9' was written by a later version"),
        ({"schema": 2}, "schema: expected"),
        ({"document": {"id": "x"}}, "text"),
        ({"quotes": {}}, "quotes"),
        ({"quotes": [{"id": "q1", "kind": "direct"}]}, "content"),
        ({"quotes": [{"id": "q1", "kind": "direct", "content": [[0, 1]], "provenance": "rules"}]}, r"quotes\[0\].provenance"),
        ({"claims": [3]}, "claims"),
        ({"issues": [{"component": "c"}]}, "document_id"),
    ],
)
def test_format_errors_name_the_field(change, named):
    data = Extraction(Document("abc")).to_dict() | change
    with pytest.raises(FormatError, match=named):
        Extraction.from_dict(data)


def test_broken_json_is_a_format_error():
    with pytest.raises(FormatError, match="not JSON"):
        Extraction.from_json("{")
