"""Formats of annotation programs: what is written is read back, but for what the docs say is lost."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile

import attrs
import pytest
import quoteminer_seeds
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Extraction, Miner, Quote, Speaker
from quoteminer.errors import FormatError
from quoteminer.formats.exchange import FORMATS
from quoteminer.testing.strategies import extractions

LOSSLESS = ("brat", "doccano", "label-studio", "prodigy", "web-annotation")
STORY = "Oben 👍 sagte Ada: “It works,” said Ada.\n“Twice,\nand more.”"


def story() -> Extraction:
    document = Document(STORY, id="a b/ü", title="x")
    at = STORY.index
    return Extraction(
        document,
        quotes=[
            Quote([(at("It"), at(",”") + 1), (at("Twice"), at(".”") + 1)], "direct", cue=[(at("said A"), at("said A") + 4)],
                  source=(at("Ada."), at("Ada.") + 3), speaker="s1", id="q1", confidence=0.5),
            Quote([(0, 4)], "indirect", id="q2"),
        ],
        speakers=[Speaker("s1", "Ada", mentions=[(at("Ada."), at("Ada.") + 3)])],
    )  # fmt: skip


def back(name: str, *given: Extraction) -> list[Extraction]:
    stream = io.BytesIO()
    FORMATS[name].write(given, stream)
    return list(FORMATS[name].read(io.BytesIO(stream.getvalue())))


def plain(extraction: Extraction) -> Extraction:
    """Without what no such format holds: issues, the manifest and members that this version does not know."""
    return attrs.evolve(extraction, issues=(), manifest={}, extra={})


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_story_comes_back_whole(name):
    assert back(name, story(), Extraction(Document("", id="empty"))) == [story(), Extraction(Document("", id="empty"))]


@pytest.mark.parametrize("name", LOSSLESS)
@given(extraction=extractions())
def test_whatever_is_written_comes_back(name, extraction):
    if name == "brat":
        # Its texts are files in UTF-8.
        try:
            extraction.document.text.encode()
        except UnicodeEncodeError:
            return
    (found,) = back(name, extraction)
    assert found == plain(extraction)


@pytest.fixture(scope="module")
def corpus() -> list[Extraction]:
    """What the rules find in the texts of the open corpus, in all its languages."""
    records = [
        json.loads(line) for path in quoteminer_seeds.files("train") for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return list(Miner(["rules"]).mine_many(Document(one["text"], id=one["id"], language=one["lang"]) for one in records))


@pytest.mark.slow
@pytest.mark.parametrize("name", LOSSLESS)
def test_the_corpus_comes_back(name, corpus):
    found = corpus
    given = sorted(found, key=lambda one: one.document.id) if name == "brat" else found
    assert back(name, *given) == [plain(one) for one in given]


def test_columns_hold_spans_of_whole_tokens_and_kinds():
    (found,) = back("conll", story())
    assert found.document.text == STORY
    assert [(quote.kind, quote.text(found.document)) for quote in found.quotes] == [
        ("indirect", "Oben"),
        ("direct", "It works, … Twice,\nand more."),
    ]
    assert [found.document[span] for quote in found.quotes for span in quote.cue] == ["said"]
    assert found.speakers == ()


@given(extraction=extractions())
def test_columns_lose_only_what_is_said(extraction):
    (found,) = back("conll", extraction)
    assert len(found.quotes) <= len(extraction.quotes)
    assert {quote.kind for quote in found.quotes} <= {quote.kind for quote in extraction.quotes}


def test_label_studio_counts_as_its_browser_does():
    stream = io.BytesIO()
    FORMATS["label-studio"].write([story()], stream)
    (task,) = json.loads(stream.getvalue())
    units = STORY.encode("utf-16-le")
    for item in task["predictions"][0]["result"]:
        if item["type"] == "labels":
            value = item["value"]
            assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]


def test_what_an_annotator_changes_is_read():
    stream = io.BytesIO()
    FORMATS["prodigy"].write([story()], stream)
    line = json.loads(stream.getvalue())
    line["spans"] = [span for span in line["spans"] if span["label"] != "Indirect"]
    line["spans"].append({"start": 0, "end": 4, "label": "Mixed"})
    (found,) = FORMATS["prodigy"].read(io.BytesIO(json.dumps(line).encode()))
    assert {(quote.kind, quote.speaker) for quote in found.quotes} == {("direct", "s1"), ("mixed", None)}


def test_doccano_numbers_what_it_imports_anew():
    """Entities get the ids of its database, and what it does not know stays where it was."""
    stream = io.BytesIO()
    FORMATS["doccano"].write([story()], stream)
    line = json.loads(stream.getvalue())
    assert [one["label"] for one in line["entities"]] == ["Indirect", "Direct", "Direct", "Cue", "Source"]
    for one in line["entities"]:
        one["id"] += 700
    for one in line["relations"]:
        one.update(from_id=one["from_id"] + 700, to_id=one["to_id"] + 700)
    (found,) = FORMATS["doccano"].read(io.BytesIO(json.dumps(line).encode()))
    assert found == story()
    # An annotator moves the first part of the quotation, which is then another one than ours.
    line["entities"][1]["end_offset"] -= 1
    (found,) = FORMATS["doccano"].read(io.BytesIO(json.dumps(line).encode()))
    assert [(quote.id, quote.text(found.document), quote.speaker) for quote in found.quotes if quote.kind == "direct"] == [
        ("n701", "It works … Twice,\nand more.", None)
    ]


def test_standoff_is_as_brat_wants_it():
    """One line a fragment that holds no line break, offsets in code points, words as they stand there."""
    stream = io.BytesIO()
    FORMATS["brat"].write([story(), story()], stream)
    with zipfile.ZipFile(stream) as archive:
        names = sorted(archive.namelist())
        assert names == ["a_b_ü.ann", "a_b_ü.json", "a_b_ü.txt", "a_b_ü~2.ann", "a_b_ü~2.json", "a_b_ü~2.txt", "annotation.conf"]
        text = archive.read("a_b_ü.txt").decode()
        for line in archive.read("a_b_ü.ann").decode().splitlines():
            if line.startswith("T"):
                _, where, words = line.split("\t")
                label, offsets = where.split(" ", 1)
                parts = [text[int(start) : int(end)] for start, end in (part.split() for part in offsets.split(";"))]
                assert " ".join(parts) == words
                assert label in archive.read("annotation.conf").decode().splitlines()


def test_web_annotations_select_by_place_and_by_words():
    stream = io.BytesIO()
    FORMATS["web-annotation"].write([story()], stream)
    page = json.loads(stream.getvalue())
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    for item in page["items"]:
        for target in item["target"]:
            position, words = target["selector"]
            assert STORY[position["start"] : position["end"]] == words["exact"]
            assert STORY[: position["start"]].endswith(words["prefix"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("prodigy", b"[]\n"),
        ("prodigy", b"\xff\n"),
        ("prodigy", b'{"text": "a", "spans": [1]}\n'),
        ("prodigy", b'{"text": "a", "spans": [{"start": 0, "end": 9, "label": "Direct"}]}\n'),
        ("doccano", b'{"text": "a", "entities": [{}]}\n'),
        (
            "doccano",
            b'{"text": "a", "entities": [{"id": 0, "label": "Cue", "start_offset": "0", "end_offset": 1}], "relations": [3]}\n',
        ),
        ("label-studio", b"{}"),
        ("label-studio", b'[{"data": {}}]'),
        (
            "label-studio",
            '[{"data": {"text": "👍"}, "annotations": [{"result": [{"value": {"start": 1, "end": 2, "labels": ["Cue"]}}]}]}]'.encode(),
        ),
        ("brat", b"no archive"),
        ("web-annotation", b"{}\n"),
        ("conll", b"a\tb\n"),
    ],
)
def test_what_is_none_is_an_error(name, content):
    with pytest.raises(FormatError):
        list(FORMATS[name].read(io.BytesIO(content)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.text("ab", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "text spans start end label id relations head_id child_id meta quoteminer data speakers entities start_offset end_offset from_id to_id type "
                "marks document annotations predictions result value labels from_name to_name @context items target selector exact body creator".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ["doccano", "label-studio", "prodigy", "web-annotation"])
@given(value=JSON)
def test_any_json_is_read_or_refused(name, value):
    content = json.dumps([value] if name == "label-studio" else value).encode() + b"\n"
    with contextlib.suppress(FormatError):
        assert all(isinstance(one, Extraction) for one in FORMATS[name].read(io.BytesIO(content)))
