"""What people decide survives what is mined anew."""

from __future__ import annotations

import io

import attrs
import pytest

from quoteminer import AnnotationError, ConfigurationError, Document, Extraction, Miner, Quote, Speaker, UnknownIdError, hookimpl
from quoteminer.archive import Archive
from quoteminer.formats.label_studio import LabelStudioFormat

TEXT = "“The flood defences held,” Mayor Ana Ruiz said on Monday. She added that 40 houses were saved. “We are proud,” said Bob Moor."


class Versioned:
    """Quotations at fixed places, those of its version."""

    plugin_name = "fixed"
    name = "fixed.quotes"

    def __init__(self, version: str, *spans: tuple[int, int]) -> None:
        self.version = version
        self.spans = spans

    @hookimpl
    def quoteminer_quote_extractors(self):
        return (self,)

    def extract(self, document, *, scope):
        return [Quote([span], "direct") for span in self.spans]


def words(archive: Archive, document_id: str = "a") -> list[str]:
    extraction = archive[document_id]
    return [quote.text(extraction.document) for quote in extraction]


@pytest.fixture
def mined(archive, miner):
    archive.collect([Document(TEXT, id="a", metadata={"date": "2026-01-12"})], miner=miner)
    return archive


def test_what_is_rejected_is_nowhere_and_can_come_back(mined, miner):
    before = mined["a"]
    mined.decide("a", "q1", "rejected", note="not said")
    assert "The flood defences held," not in words(mined)
    assert [hit.text for hit in mined.search("defences")] == []
    for view in ("quotes_by_person", "share_of_voice"):
        column = "text" if view == "quotes_by_person" else "quotes"
        assert "The flood defences held," not in [row[0] for row in mined._connection.execute(f"SELECT {column} FROM {view}")]
    assert sum(voice.quotes for voice in mined.voices()) == len(before) - 1
    (ruiz,) = mined.people("Ruiz")
    assert ruiz.quotes == 1
    mined._connection.execute("UPDATE manifests SET mark = mark || ' older'")
    mined.collect(refresh=True, miner=miner)
    assert "The flood defences held," not in words(mined)
    (decision,) = mined.decisions()
    assert (decision.verdict, decision.words, decision.note) == ("rejected", "The flood defences held,", "not said")
    mined.undo(decision.number)
    assert mined["a"] == before


def test_what_is_edited_stays_edited(mined, miner):
    before = mined["a"]
    mined.decide("a", "q2", "edited", speaker="Kate Ilves", kind="mixed")
    for _ in range(2):
        after = mined["a"]
        assert after.speaker_of(after["q2"]).name == "Kate Ilves"
        assert after["q2"].kind == "mixed"
        assert [hit.speaker for hit in mined.search("houses")] == ["Kate Ilves"]
        mined._connection.execute("UPDATE manifests SET mark = mark || ' older'")
        assert mined.collect(refresh=True, miner=miner).refreshed == 1
    mined.undo(1)
    assert mined["a"] == before


def test_the_last_decision_counts(mined):
    before = mined["a"]
    mined.decide("a", "q1", "rejected")
    mined.decide("a", "q2", "accepted")
    mined.decide("a", "q2", "edited", kind="mixed")
    mined.decide("a", "q2", "rejected")
    assert [one.verdict for one in mined.decisions()] == ["rejected", "rejected"]
    mined.undo(mined.decisions()[-1].number)
    assert mined["a"]["q2"] == before["q2"]


def test_a_later_version_that_finds_other_borders_or_nothing_changes_no_accepted_quotation(archive):
    document = Document(TEXT, id="a")
    archive.collect([document], miner=Miner([Versioned("1", (1, 25), (58, 93))]))
    archive.decide("a", "q1", "accepted")
    archive.decide("a", "q2", "rejected")
    archive.collect([document], miner=Miner([Versioned("2", (1, 20), (58, 92), (96, 109))]), refresh=True)
    assert words(archive) == [TEXT[1:25], TEXT[96:109]]
    archive.collect([document], miner=Miner([Versioned("3", (96, 109))]), refresh=True)
    assert words(archive) == [TEXT[1:25], TEXT[96:109]]
    archive.undo(1)
    assert words(archive) == [TEXT[96:109]]


def test_a_changed_text_keeps_decisions_about_the_same_words(mined, miner):
    mined.decide("a", "q1", "rejected")
    mined.decide("a", "q2", "edited", speaker="Kate Ilves")
    assert mined.collect([Document(f"Breaking news. {TEXT}", id="a")], miner=miner).changed == 1
    assert "The flood defences held," not in words(mined)
    extraction = mined["a"]
    assert {extraction.speaker_of(quote).name for quote in extraction} == {"Kate Ilves", "Bob Moor"}


def test_claims_can_be_decided_about(mined, miner):
    claims = mined["a"].claims
    assert claims
    mined.decide("a", claims[0].id, "rejected")
    assert len(mined["a"].claims) == len(claims) - 1
    assert mined._one("SELECT count(*) FROM claims_to_check WHERE text = ?", claims[0].text(mined["a"].document)) == 0
    mined.decide("a", claims[-1].id, "edited", claimant="Kate Ilves", kind="pledge")
    mined._connection.execute("UPDATE manifests SET mark = mark || ' older'")
    mined.collect(refresh=True, miner=miner)
    last = mined["a"].claims[-1]
    assert (last.kind, mined["a"].speaker(last.claimant).name) == ("pledge", "Kate Ilves")


def test_a_round_trip_through_label_studio(mined, miner):
    stream = io.BytesIO()
    LabelStudioFormat().write(mined, stream)
    stream.seek(0)
    (given,) = LabelStudioFormat().read(stream)
    # Nothing changed: all is accepted.
    assert mined.learn(given) == {"accepted": len(given.quotes) + len(given.claims), "rejected": 0, "edited": 0, "added": 0}
    added = Quote([(33, 41)], "direct", speaker="s9", id="new")
    changed = attrs.evolve(
        given,
        quotes=[attrs.evolve(given.quotes[1], kind="mixed"), given.quotes[2], added],
        speakers=[*given.speakers, Speaker("s9", "Kate Ilves")],
        claims=[attrs.evolve(claim, quote=None) for claim in given.claims],
    )
    counts = mined.learn(changed, note="by hand")
    assert counts == {"accepted": 1 + len(given.claims), "rejected": 1, "edited": 1, "added": 1}
    mined._connection.execute("UPDATE manifests SET mark = mark || ' older'")
    mined.collect(refresh=True, miner=miner)
    after = mined["a"]
    assert [(quote.span, quote.kind) for quote in after] == sorted((quote.span, quote.kind) for quote in changed.quotes)
    assert "Kate Ilves" in [speaker.name for speaker in after.speakers]
    for decision in mined.decisions():
        mined.undo(decision.number)
    assert mined["a"].quotes == given.quotes


def test_annotations_of_another_text_are_refused(mined):
    with pytest.raises(AnnotationError, match="are of another text"):
        mined.learn(Extraction(Document("another text", id="a")))
    with pytest.raises(UnknownIdError, match="there is no document 'b'"):
        mined.learn(Extraction(Document(TEXT, id="b")))
    assert mined.decisions() == []


@pytest.mark.parametrize(
    ("identifier", "verdict", "changes", "error"),
    [
        ("q9", "rejected", {}, UnknownIdError),
        ("s1", "rejected", {}, UnknownIdError),
        ("q1", "edited", {}, ConfigurationError),
        ("q1", "accepted", {"kind": "mixed"}, ConfigurationError),
        ("q1", "added", {}, ConfigurationError),
        ("q1", "edited", {"colour": "red"}, ConfigurationError),
        ("q1", "edited", {"kind": "loud"}, AnnotationError),
        ("q1", "edited", {"content": [[0, 9_999]]}, AnnotationError),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(mined, identifier, verdict, changes, error):
    before = mined["a"]
    with pytest.raises((error, IndexError) if "content" in changes else error):
        mined.decide("a", identifier, verdict, **changes)
    assert mined["a"] == before
    assert mined.decisions() == []
