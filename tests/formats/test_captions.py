"""Subtitles: turns over cues, with times."""

from __future__ import annotations

import pytest

from quoteminer import Miner, Span

from .reading import one, read, said

VTT = """WEBVTT

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.200 align:start
<v Adaeze Purcell>We <i>prune</i> today &amp; tomorrow,</v>

00:00:04.300 --> 00:00:07.900
<v Adaeze Purcell>and nobody gets hurt.

00:00:08.000 --> 00:00:09.500
[laughter]

00:00:10.000 --> 00:00:12.000
<v.loud Rufus Lind>Four pears.</v>
"""


def test_voices_become_turns_over_their_cues(tmp_path):
    document = one(tmp_path / "a.vtt", VTT)
    assert document.text == "Adaeze Purcell: We prune today & tomorrow, and nobody gets hurt.\n\nRufus Lind: Four pears."
    assert said(document) == [
        ("Adaeze Purcell", "We prune today & tomorrow, … and nobody gets hurt."),
        ("Rufus Lind", "Four pears."),
    ]


def test_every_quotation_knows_when_it_was_heard(tmp_path):
    document = one(tmp_path / "a.vtt", VTT)
    origin = document.origin
    assert origin is not None
    first, second = Miner(["rules"]).mine(document).quotes
    assert [origin.times(span) for span in first.content] == [(1.0, 4.2), (4.3, 7.9)]
    assert origin.times(Span(first.content[0].start, first.content[1].end)) == (1.0, 7.9)
    assert [place.value for place in origin.at(second.content[0], "caption")] == [""]
    raw = origin.to_raw(second.content[0])
    assert raw is not None
    assert VTT[raw.start : raw.end] == "Four pears."


def test_a_name_before_a_colon_begins_a_turn_and_the_rest_goes_on(tmp_path):
    text = (
        "1\n00:00:02,000 --> 00:00:04,500\nCAPTAIN SELKIRK: The old charts\nput the wreck\n\n"
        "2\n00:00:04,600 --> 00:00:07,100\nfurther north.\n\n3\n00:00:07,200 --> 00:00:09,000\n♪ music ♪\n\n"
        "4\n00:00:09,500 --> 00:00:11,000\nBRAM: So?\n"
    )
    document = one(tmp_path / "a.srt", text.replace("\n", "\r\n"))
    assert document.text == "CAPTAIN SELKIRK: The old charts put the wreck further north.\n\nBRAM: So?"
    assert [what for _, what in said(document)] == ["The old charts put the wreck … further north.", "So?"]


def test_captions_without_blank_lines_and_names_are_one_text(tmp_path):
    text = "1\n00:00:01,000 --> 00:00:02,000\nIt works,\n2\n00:00:02,000 --> 00:00:03,000\nsaid Ada.\n"
    assert one(tmp_path / "a.srt", text).text == "It works, said Ada."


def test_chevrons_begin_a_turn_of_somebody(tmp_path):
    text = "1\n00:00:01,000 --> 00:00:02,000\n>> It works.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> ADA: So?\n"
    document = one(tmp_path / "a.srt", text)
    assert document.text == "It works.\n\nADA: So?"


@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_what_has_no_times_is_an_error(tmp_path, name):
    documents, (issue,) = read(tmp_path / name, "WEBVTT\n\nno times here\n")
    assert documents == []
    assert "holds no captions" in issue.message


def test_captions_are_known_by_how_they_begin(tmp_path):
    assert one(tmp_path / "a.txt", VTT).text.startswith("Adaeze Purcell: We prune")
    assert one(tmp_path / "b.txt", "1\n00:00:01,000 --> 00:00:02,000\nIt works.\n").text == "It works."


def test_captions_out_of_order_are_said_to_be(tmp_path):
    text = "1\n00:00:09,000 --> 00:00:10,000\nLate.\n\n2\n00:00:01,000 --> 00:00:02,000\nEarly.\n"
    (document,), (issue,) = read(tmp_path / "a.srt", text)
    assert document.text == "Late. Early."
    assert issue.severity == "info"


def test_turns_need_no_language(tmp_path):
    document = one(tmp_path / "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Åsa Lind>Det fungerar.</v>\n")
    extraction = Miner(["rules"]).mine(type(document)(document.text, language="fi", origin=document.origin))
    (quote,) = extraction.quotes
    speaker = extraction.speaker(quote.speaker)
    assert speaker is not None
    assert (speaker.name, quote.kind, quote.provenance.extractor) == ("Åsa Lind", "direct", "rules.turns")
    assert [issue.severity for issue in extraction.issues] == ["info"], "that nobody finds claims in Swedish"
