"""TEI: written, read back, and what is lost."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from quoteminer import Document, Extraction, Miner
from quoteminer.errors import FormatError
from quoteminer.formats.tei import _FORBIDDEN, TeiFormat
from quoteminer.testing.strategies import extractions

from ..golden import floors
from .test_exchange import story

TEI = "{http://www.tei-c.org/ns/1.0}"
LOST_OF_QUOTES = ("provenance", "cue_lemma", "speaker_confidence")
LOST_OF_CLAIMS = ("provenance", "negated", "quantities", "times")
LOST_OF_SPEAKERS = ("mentions", "identifiers", "attributes")


def written(*given: Extraction) -> bytes:
    stream = io.BytesIO()
    TeiFormat().write(given, stream)
    return stream.getvalue()


def held(extraction: Extraction) -> dict[str, Any]:
    """What TEI holds of an extraction, as the docs say."""
    data = extraction.to_dict()

    def clean(value: Any) -> Any:
        return _FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value

    def without(item: dict[str, Any], lost: tuple[str, ...]) -> dict[str, Any]:
        return {key: clean(value) for key, value in item.items() if key not in lost}

    return {
        "document": without(data["document"], ("metadata",)),
        # Of quotes at one place the component that found them, which is lost, tells the order.
        "quotes": sorted((without(item, LOST_OF_QUOTES) for item in data["quotes"]), key=str),
        "claims": sorted((without(item, LOST_OF_CLAIMS) for item in data["claims"]), key=str),
        "speakers": sorted((without(item, LOST_OF_SPEAKERS) for item in data["speakers"]), key=str),
    }


@given(extraction=extractions())
def test_only_what_the_docs_list_is_lost(extraction):
    (found,) = TeiFormat().read(io.BytesIO(written(extraction)))
    assert held(found) == held(extraction)


def test_all_first_stories_come_back():
    found = [Miner(["rules"]).mine(Document(gold["text"], id=gold["id"])) for gold in floors.seeds().values()]
    back = list(TeiFormat().read(io.BytesIO(written(*found))))
    assert [held(one) for one in back] == [held(one) for one in found]


def test_elements_are_those_of_tei():
    root = ET.fromstring(written(story()))
    assert root.tag == f"{TEI}teiCorpus"
    said = root.findall(f".//{TEI}said")
    assert [(one.get("direct"), "".join(one.itertext())) for one in said] == [
        ("false", "Oben"),
        ("true", "It works,"),
        ("true", "Twice,\nand more."),
    ]
    first, second = said[1:]
    ids = "{http://www.w3.org/XML/1998/namespace}id"
    assert (first.get("next"), second.get("prev")) == (f"#{second.get(ids)}", f"#{first.get(ids)}")
    (person,) = root.findall(f".//{TEI}person")
    assert first.get("who") == f"#{person.get(ids)}"
    assert root.findtext(f".//{TEI}persName") == "Ada"
    everything = [one.get(ids) for one in root.iter() if one.get(ids)]
    assert len(everything) == len(set(everything))


def test_what_crosses_is_cut_and_joined_again():
    from quoteminer import Claim, Quote

    text = "abcdefghij"
    crossing = Extraction(
        Document(text, id="x"), quotes=[Quote([(0, 5)], "indirect", id="q1")], claims=[Claim([(3, 8)], "other", id="c1")]
    )
    xml = written(crossing).decode()
    assert ".more" in xml
    (found,) = TeiFormat().read(io.BytesIO(xml.encode()))
    assert found.claims[0].spans == crossing.claims[0].spans


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>']
)
def test_what_is_none_is_an_error(data):
    with pytest.raises(FormatError):
        list(TeiFormat().read(io.BytesIO(data)))
