"""Who is quoted how much over many documents, and when."""

from __future__ import annotations

from collections import Counter

import pytest

from quoteminer import Claim, Document, Extraction, Quote, Speaker
from quoteminer.shares import Shares, Timeline

TEXT = "one two three four five"


def extraction(id: str, words: dict[str | None, tuple[int, int]], **metadata: object) -> Extraction:
    """Each name says these code points; nobody known for ``None``."""
    names = [name for name in words if name is not None]
    return Extraction(
        Document(TEXT, id=id, metadata=metadata),
        [Quote([span], "direct", speaker=name, id=f"q{at}") for at, (name, span) in enumerate(words.items())],
        [Speaker(name, name, role="poet" if name == "Ada" else None) for name in names],
    )


def test_names_are_added_up_over_documents_whatever_their_case():
    shares = Shares()
    first = shares.add(extraction("a", {"Ada": (0, 7), "Bob": (8, 13), None: (14, 18)}, date="2026-01-02"))
    shares.add(extraction("b", {"ADA ": (0, 13)}, date="2026-02"))
    assert [(voice.name, voice.role, voice.words, voice.quotes, voice.documents) for voice in shares.voices] == [
        ("Ada", "poet", 5, 2, 2),
        ("Bob", "", 1, 1, 1),
    ]
    assert (shares.unknown.words, shares.unknown.quotes) == (1, 1)
    assert (shares.documents, shares.quotes, shares.words) == (2, 4, 7)
    assert [(words, voice and voice.name) for words, voice in first.voices] == [(2, "Ada"), (1, "Bob"), (1, None)]
    assert first.by_speaker["Ada"] is shares.voices[0]
    assert first.by_speaker[None] is shares.unknown
    assert shares.voices[0].dates == {"2026-01-02": 2, "2026-02": 3}


def test_two_speakers_of_one_name_in_a_document_are_one_voice_in_one_document():
    shares = Shares()
    shares.add(extraction("a", {"Ada": (0, 3), "ada": (4, 7)}))
    assert [(voice.words, voice.quotes, voice.documents) for voice in shares.voices] == [(2, 2, 1)]


def test_who_only_asserts_is_a_voice_without_words():
    shares = Shares()
    shares.add(
        Extraction(
            Document(TEXT), (), [Speaker("s", "Ada"), Speaker("t", "Bob")], [Claim([(0, 3)], "other", claimant="s", id="c")]
        )
    )
    assert [(voice.name, voice.words, voice.claims) for voice in shares.voices] == [("Ada", 0, 1)]


@pytest.mark.parametrize("date", ["soon", 2026, None, ["2026"]])
def test_what_is_no_date_is_none(date):
    assert Shares().add(extraction("a", {}, date=date)).date is None


@pytest.mark.parametrize(
    ("dates", "unit", "steps"),
    [
        (["2026-02-27", "2026-03-02T10:00"], "day", ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]),
        (["2025-11-27", "2026-02"], "month", ["2025-11", "2025-12", "2026-01", "2026-02"]),
        (["2026-01-01", "2026-04-01"], "month", ["2026-01", "2026-02", "2026-03", "2026-04"]),
        (["2024", "2026-02-03"], "year", ["2024", "2025", "2026"]),
        (["1990-01-01", "2000-01-01"], "year", [f"{year}" for year in range(1990, 2001)]),
        (["2026-02-31", "2026-03-01"], "month", ["2026-02", "2026-03"]),
    ],
)
def test_steps_of_time_have_no_gaps(dates, unit, steps):
    timeline = Timeline.of(dates)
    assert timeline is not None
    assert (timeline.unit, list(timeline.steps)) == (unit, steps)
    assert sum(timeline.totals(Counter(dates))) == len(dates)


@pytest.mark.parametrize("dates", [[], ["2026-01-02"], ["2026-01-02", "2026-01-02"], ["2026", "2026-05"]])
def test_one_step_is_no_timeline(dates):
    assert Timeline.of(dates) is None
