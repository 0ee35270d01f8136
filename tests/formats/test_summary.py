"""A summary over many documents, and a text as voices."""

from __future__ import annotations

import io
import json

from hypothesis import given

from quoteminer import Document, Extraction, Issue, Miner
from quoteminer.formats import writers
from quoteminer.json_form import loads
from quoteminer.testing.strategies import extractions

from .reading import one


def written(name: str, *found: Extraction) -> str:
    stream = io.BytesIO()
    writers()[name].write(found, stream)
    return stream.getvalue().decode("utf-8")


def test_who_said_how_much_over_many_documents():
    texts = [
        "“Rents rose last year,” said Ada Byron.",
        "“So,” said Ada Byron. “No,” said Bob Crane. Rents rose by 4 per cent in May.",
    ]
    text = written("summary", *(Miner(["rules"]).mine(Document(text, id=f"d{n}")) for n, text in enumerate(texts)))
    head, *lines = text.splitlines()
    assert head == "2 documents, 3 quotations of 2 speakers, 2 claims"
    row = next(line.split() for line in lines if line.startswith("Ada Byron"))
    assert row[2:] == ["5", "83%", "2", "1", "2"]
    assert "Rents rose by 4 per cent in May" in text
    assert "the text itself, in d1" in text


def test_nothing_and_faults_are_said():
    assert written("summary") == "0 documents, 0 quotations of 0 speakers, 0 claims\n"
    failed = Extraction(Document("a"), issues=[Issue("x", "a", "b", "error")])
    assert "1 error, named on standard error" in written("summary", failed)


@given(extraction=extractions())
def test_a_summary_has_only_what_a_terminal_shows(extraction):
    text = written("summary", extraction)
    assert all(sign == "\n" or sign.isprintable() or ord(sign) > 0x9F for sign in text)
    assert "\x1b" not in text


def test_captions_become_voices_with_times(tmp_path):
    document = one(
        tmp_path / "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ada>It works.\n\n00:03.000 --> 00:04.000\n<v Bob>So?\n"
    )
    (line,) = written("segments", Miner(["rules"]).mine(document)).splitlines()
    found = json.loads(line)
    assert [(one["name"], one["text"], one["time"]) for one in found["segments"] if one["quote"]] == [
        ("Ada", "It works.", [1.0, 2.5]),
        ("Bob", "So?", [3.0, 4.0]),
    ]
    assert "".join(one["text"] for one in found["segments"]) == document.text


@given(extraction=extractions())
def test_the_segments_together_are_the_text(extraction):
    found = loads(written("segments", extraction))
    assert "".join(one["text"] for one in found["segments"]) == extraction.document.text


def test_segments_of_any_chapter_and_of_broken_pairs_are_written():
    document = Document("a\ud83d\ude00b", id="d", metadata={"chapter": {"number": [1, 2]}})
    found = loads(written("segments", Extraction(document)))
    assert found["chapter"] == {"number": [1, 2]}
    assert [one["text"] for one in found["segments"]] == [document.text]
