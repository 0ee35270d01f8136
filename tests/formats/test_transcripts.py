"""Transcripts that programs write."""

from __future__ import annotations

import pytest

from .reading import one, said

STAMPED = "[00:00:04] Speaker 1: The red light is on.\n[00:00:09] Ilse: Hi.\nI keep bees.\n(laughter)\n[00:01:02] Speaker 1: How many?\n"
OWN_LINE = "Stand-up\nTue, Feb 11, 9:30AM\n\nInes Cast  0:03\nMorning.\nThe budget is gone.\n\nUwe  12:41\nGone?\n\nTranscribed by https://otter.example\n"
CHEVRONS = "(MUSIC)\n\n>> MAYOR DEL: GOOD EVENING\nTO ALL.\n\n[GAVEL]\n\n>> SECOND.\n\n>> CLERK: ALL ARE PRESENT.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STAMPED, ["The red light is on.", "Hi. … I keep bees.", "How many?"]),
        (OWN_LINE, ["Morning. … The budget is gone.", "Gone?"]),
        (CHEVRONS, ["GOOD EVENING … TO ALL.", "ALL ARE PRESENT."]),
    ],
    ids=["stamped", "own line", "chevrons"],
)
def test_turns_of_transcripts(tmp_path, text, expected):
    document = one(tmp_path / "a.txt", text)
    assert [words.replace("\n", " … ") for _, words in said(document)] == expected
    for gone in ("0:", "laughter", "Transcribed", ">>", "GAVEL"):
        assert gone not in document.text


def test_times_in_prose_are_no_transcript(tmp_path):
    text = "12:30 Lunch: soup.\n\nAt one the mayor said the bridge would open. She left at two.\n\n“It works,” said Ada.\n\nNobody objected.\n"
    assert one(tmp_path / "a.txt", text).text == text
