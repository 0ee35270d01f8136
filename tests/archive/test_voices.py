"""Shares of voice with intervals."""

from __future__ import annotations

import json
import random

import pytest

from quoteminer import ConfigurationError, Document, Extraction, FormatError, Provenance, Quote, Speaker
from quoteminer.archive import Archive, Measured, read_figures
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer


def put(
    archive: Archive, documents: list[list[tuple[str | None, int, str]]], extractor: str = "manual", language: str = "en"
) -> None:
    """Store documents with quotations, each a name, a number of words and a kind."""
    with writing(archive._connection):
        archive._connection.execute("INSERT OR IGNORE INTO manifests VALUES (1, '', '{}')")
        writer = Writer(archive._connection)
        for number, given in enumerate(documents):
            names = list(dict.fromkeys(name for name, _, _ in given if name))
            text = " ".join("w" + " w" * (words - 1) for _, words, _ in given)
            quotes, at = [], 0
            for place, (name, words, kind) in enumerate(given):
                end = at + 2 * words - 1
                speaker = None if name is None else f"s{names.index(name)}"
                quotes.append(Quote([(at, end)], kind, speaker=speaker, provenance=Provenance(extractor), id=f"q{place}"))
                at = end + 1
            speakers = [
                Speaker(f"s{place}", name, kind="person", attributes={"party": name[0]}) for place, name in enumerate(names)
            ]
            document = Document(
                text, id=f"{extractor}{language}{number}", language=language, metadata={"source": f"outlet {number % 2}"}
            )
            writer.put(Extraction(document, quotes, speakers), 1)
    archive._link()


def test_shares_add_up(archive):
    put(
        archive,
        [
            [("Ana Ruiz", 6, "direct"), ("Bob Moor", 2, "direct")],
            [("Ana Ruiz", 2, "indirect"), (None, 6, "direct"), ("the chair", 4, "direct")],
        ],
    )
    voices = {voice.name: voice for voice in archive.voices()}
    assert {name: (voice.quotes, voice.words, voice.documents, voice.share) for name, voice in voices.items()} == {
        "Ana Ruiz": (2, 8, 2, 0.4),
        "Bob Moor": (1, 2, 1, 0.1),
        "(described, not named)": (1, 4, 1, 0.2),
        "(nobody known)": (1, 6, 1, pytest.approx(0.3)),
    }
    assert {voice.name: voice.share for voice in archive.voices(of="quotes")}["Ana Ruiz"] == 0.4
    assert {voice.name: voice.words for voice in archive.voices(by="source")} == {"outlet 0": 8, "outlet 1": 12}
    assert {voice.name: voice.words for voice in archive.voices(by="party")}["A"] == 8
    assert {voice.name: voice.words for voice in archive.voices(by="kind")} == {"person": 14, "(nobody known)": 6}


def test_what_is_found_less_often_counts_more(archive):
    put(archive, [[("Ana Ruiz", 10, "direct"), ("Bob Moor", 10, "indirect")]] * 2)
    half = {("en", "direct"): Measured(100, 100, 100, 100), ("en", "indirect"): Measured(100, 100, 100, 50)}
    shares = {voice.id: voice.share for voice in archive.voices(figures=half)}
    assert shares == {"ana-ruiz": pytest.approx(1 / 3), "bob-moor": pytest.approx(2 / 3)}
    # What others found than the rules is not corrected by what is known of the rules.
    assert [voice.share for voice in archive.voices()] == [0.5, 0.5]


def test_what_is_known_of_the_rules_is_used_for_what_they_found(archive):
    put(archive, [[("Ana Ruiz", 10, "direct"), ("Bob Moor", 10, "indirect")]] * 2, extractor="rules.quotes")
    shares = {voice.id: voice.share for voice in archive.voices()}
    assert shares["bob-moor"] > 0.5


def test_intervals_hold_the_share_as_often_as_they_say(tmp_path):
    """Documents drawn from a population with a known share: the interval must hold it in about 95 of 100 cases."""
    choose = random.Random(7)
    held = 0
    for _ in range(150):
        documents: list[list[tuple[str | None, int, str]]] = []
        for _ in range(60):
            talks = choose.random() < 0.5
            own = choose.randint(10, 30) if talks else choose.randint(1, 4)
            documents.append([("Ana Ruiz", own, "direct"), ("Bob Moor", 10, "direct")])
        with Archive(":memory:") as archive:
            put(archive, documents)
            voice = next(voice for voice in archive.voices() if voice.id == "ana-ruiz")
        truth = 11.25 / 21.25
        assert voice.low is not None
        assert voice.high is not None
        held += voice.low <= truth <= voice.high
    assert 0.89 <= held / 150 <= 0.99


def test_few_documents_have_no_interval(archive):
    put(archive, [[("Ana Ruiz", 10, "direct")]])
    (voice,) = archive.voices()
    assert (voice.share, voice.low, voice.high) == (1.0, None, None)


def test_figures_of_a_report():
    score = {"found": 10, "right": 9, "gold": 12, "recalled": 8}
    report = {
        "slices": [
            {"by": "all", "name": "all", "metrics": {"overlap": score, "overlap:direct": score}},
            {
                "by": "language",
                "name": "de",
                "metrics": {"overlap:indirect": score, "overlap:nested": score, "exact:direct": score},
            },
            {"by": "genre", "name": "wire", "metrics": {"overlap:mixed": score}},
        ]
    }
    figures = read_figures(json.dumps(report), "report.json")
    assert set(figures) == {("*", "direct"), ("de", "indirect")}
    assert figures["de", "indirect"].weight == pytest.approx(0.9 / (8 / 12))
    for text in ("no JSON", "[]", '{"slices": []}', '{"slices": [{"by": "all", "metrics": {"overlap:direct": {}}}]}'):
        with pytest.raises(FormatError, match=r"report\.json"):
            read_figures(text, "report.json")


def test_what_cannot_be_asked_is_said(archive):
    with pytest.raises(ConfigurationError, match="of: 'letters'"):
        archive.voices(of="letters")
    with pytest.raises(ConfigurationError, match="by: '\"'"):
        archive.voices(by='"')
