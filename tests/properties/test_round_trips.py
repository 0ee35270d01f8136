"""The JSON form is lossless and fits its schema, for every extraction and every text."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, Document, Extraction, FormatError, Issue, Provenance, Quantity, Quote, Span, Speaker, Time
from quoteminer.document import RESERVED_KEY, SURROGATE_PAIR
from quoteminer.json_form import dumps, json_schema

any_text = st.text(st.characters(), max_size=40)
# Metadata refuses the few keys that its JSON form could not keep; a constant of the source may well be drawn.
keys = any_text.filter(lambda key: key != RESERVED_KEY and not SURROGATE_PAIR.search(key))
names = st.text(st.characters(), min_size=1, max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
scores = st.floats(0, 1)
modalities = st.sampled_from(["asserted", "negated", "hypothetical", "future", "question"])
provenances = st.builds(Provenance, names, version=any_text, detail=any_text)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(st.characters(), min_size=2, max_size=60))
    size = len(text)

    def span() -> Span:
        start = draw(st.integers(0, size - 1))
        return Span(start, draw(st.integers(start + 1, size)))

    def spans() -> list[Span]:
        cuts = sorted(draw(st.sets(st.integers(0, size), min_size=2, max_size=6)))
        return [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]

    speakers = [
        Speaker(f"s{n}", draw(names), role=draw(st.none() | any_text), kind="person", mentions=[span()])
        for n in range(draw(st.integers(0, 3)))
    ]
    ids = st.sampled_from([None, *(speaker.id for speaker in speakers)])
    quotes: list[Quote] = []
    for n in range(draw(st.integers(0, 4))):
        quotes.append(
            Quote(
                spans(),
                draw(st.sampled_from(["direct", "indirect", "mixed"])),
                cue=spans(),
                source=(draw(st.booleans()) and span()) or None,
                speaker=draw(ids),
                addressee=draw(ids),
                parent=draw(st.sampled_from([None, *(quote.id for quote in quotes)])),
                modality=draw(modalities),
                confidence=draw(scores),
                provenance=draw(provenances),
                id=f"q{n}",
            )
        )
    claims = [
        Claim(
            spans(),
            "event",
            claimant=draw(ids),
            quote=draw(st.sampled_from([None, *(quote.id for quote in quotes)])),
            check_worthiness=draw(scores),
            negated=draw(st.booleans()),
            quantities=[
                Quantity(
                    span(),
                    value=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
                    unit=draw(st.none() | any_text),
                )
            ],
            times=[Time(span(), value=draw(st.none() | any_text))],
            confidence=draw(scores),
            provenance=draw(provenances),
            id=f"c{n}",
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    issues = [Issue("c", draw(any_text), draw(any_text)) for _ in range(draw(st.integers(0, 2)))]
    metadata = draw(st.dictionaries(keys, json_values, max_size=3))
    return Extraction(Document(text, title=draw(st.none() | any_text), metadata=metadata), quotes, speakers, claims, issues)


@given(extractions())
def test_json_gives_the_extraction_back(extraction: Extraction):
    assert Extraction.from_json(extraction.to_json()) == extraction


@given(extractions())
def test_json_is_one_line_and_fits_the_schema(extraction: Extraction):
    line = extraction.to_json()
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    jsonschema.validate(json.loads(line), json_schema())


@given(json_values)
def test_every_json_value_is_written_in_one_line(value):
    assert len(dumps(value).splitlines()) == 1


@given(json_values)
def test_what_is_no_extraction_is_a_format_error(value):
    with pytest.raises(FormatError):
        Extraction.from_json(dumps(value))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"schema": "quoteminer/9"}, "schema"),
        ({"document": {"id": "x"}}, "text"),
        ({"quotes": {}}, "quotes"),
        ({"quotes": [{"id": "q1", "kind": "direct"}]}, "content"),
        ({"quotes": [{"id": "q1", "kind": "direct", "content": [[0, 1]], "colour": 1}]}, "colour"),
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
