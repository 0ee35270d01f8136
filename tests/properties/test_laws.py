"""What must not change when a text changes in a way that does not matter; the rules are what is measured."""

from __future__ import annotations

import unicodedata

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quoteminer import Document, Extraction, Miner, Quote, languages
from quoteminer.testing.grammar import Story
from quoteminer.testing.strategies import KINDS, NOISE, documents, reported_speech

MINER = Miner(["rules"], on_error="raise")
COLLECTING = Miner(["rules"])
DIRECT = ("inverted", "plain", "before", "colon", "according", "interrupted", "nested", "paragraphs", "bare", "narration")
NARRATION = "The market opened at nine.\n\n"


def found(extraction: Extraction, by: int = 0) -> list[tuple[object, ...]]:
    """What stands where, its start counted from ``by``; neither ids nor who speaks, which the rest of a text may decide."""

    def at(span):
        return None if span is None else (span.start - by, span.end - by)

    return [
        (quote.kind, tuple(map(at, quote.content)), tuple(map(at, quote.cue)), at(quote.source)) for quote in extraction.quotes
    ]


def names(extraction: Extraction) -> list[str | None]:
    """Who says each of the quotes."""
    speakers = [extraction.speaker(quote.speaker) for quote in extraction.quotes]
    return [None if speaker is None else speaker.name for speaker in speakers]


def words(extraction: Extraction) -> list[tuple[str, str]]:
    return [(quote.kind, quote.text(extraction.document)) for quote in extraction.quotes]


def goes_on(story: Story) -> bool:
    """Whether a paragraph that is nothing but a quotation stands behind another: whose it is the whole text tells, by being dialogue or none."""
    return any(passage.kind == "bare" for passage in story.passages[1:])


@given(reported_speech(kinds=DIRECT))
def test_a_clean_story_is_found_whole(story: Story):
    assume(not goes_on(story))
    extraction = MINER.mine(story.document)
    assert found(extraction) == found(story.extraction)
    if len({passage.speaker for passage in story.passages}) == 1 and "bare" not in {passage.kind for passage in story.passages}:
        assert names(extraction) == names(story.extraction)


@given(reported_speech())
def test_a_paragraph_before_moves_offsets_only(story: Story):
    alone = MINER.mine(story.document)
    moved = MINER.mine(NARRATION + story.text)
    assert found(moved, len(NARRATION)) == found(alone)
    assert names(moved) == names(alone)


@given(reported_speech(marks=["curly"]))
def test_straight_marks_are_as_good_as_curly_ones(story: Story):
    straight = story.rewritten(marks="straight")
    assert found(MINER.mine(straight.document)) == found(MINER.mine(story.document))


@given(reported_speech(speakers=("Ann Lee", "Maria Alvarez", "Chidi Okafor")))
def test_another_name_for_a_speaker_changes_nothing_else(story: Story):
    renamed = story.rewritten(names={"Ann Lee": "Ida Moss"})
    before, after = MINER.mine(story.document), MINER.mine(renamed.document)
    assert [(kind, text.replace("Ann Lee", "Ida Moss")) for kind, text in words(before)] == words(after)
    assert [name and name.replace("Ann Lee", "Ida Moss") for name in names(before)] == names(after)


@given(reported_speech(speakers=("Zoë Müller", "José Peña")))
def test_composed_and_decomposed_letters_are_the_same(story: Story):
    composed = MINER.mine(unicodedata.normalize("NFC", story.text))
    decomposed = MINER.mine(unicodedata.normalize("NFD", story.text))
    assert [(kind, unicodedata.normalize("NFC", text)) for kind, text in words(decomposed)] == words(composed)
    assert [name and unicodedata.normalize("NFC", name) for name in names(decomposed)] == names(composed)


@given(reported_speech(max_passages=2), reported_speech(max_passages=2))
def test_two_stories_in_one_text_give_what_each_gives(first: Story, second: Story):
    assume(not goes_on(first) and not goes_on(second))
    between = "\n\n" + NARRATION
    both = MINER.mine(first.text + between + second.text)
    start = len(first.text + between)
    assert found(both) == found(MINER.mine(first.document)) + [
        (kind, *(_moved(part, start) for part in parts)) for kind, *parts in found(MINER.mine(second.document))
    ]


def _moved(part, by: int):
    if part is None or not part:
        return part
    return tuple(_moved(item, by) for item in part) if isinstance(part[0], tuple) else (part[0] + by, part[1] + by)


@given(reported_speech(noise=NOISE))
def test_noise_breaks_nothing(story: Story):
    extraction = MINER.mine(story.document)
    assert Extraction.from_json(extraction.to_json()) == extraction
    for quote in extraction.quotes:
        assert quote.text(story.document).strip()


@given(st.sampled_from(["de", "fr"]).flatmap(lambda tag: reported_speech(language=tag, noise=NOISE)))
def test_stories_of_other_languages_break_nothing(story: Story):
    extraction = COLLECTING.mine(story.document)
    assert Extraction.from_json(extraction.to_json()) == extraction
    assert extraction.document.language == story.language
    # At most the word of the host that the text is in another language than it says.
    assert {issue.component for issue in extraction.issues} <= {"quoteminer"}
    assert {issue.component for issue in COLLECTING.mine(Document(story.text)).issues} <= {"quoteminer"}


def test_that_belongs_to_the_content_whatever_follows():
    document = Document("Ann Lee warned that nobody had asked the farmers.")
    assert words(MINER.mine(document)) == [("indirect", "that nobody had asked the farmers")]


@pytest.mark.parametrize(
    "text",
    [
        "“It works,” said\nAnn Lee, “and rents would rise.”",
        "“It works,” said \u200fAnn Lee.",
        "“It works,” said\u200e Ann Lee.",
        "“It works,” \u200fsaid Ann Lee.",
    ],
)
def test_what_cannot_be_seen_costs_no_quotation(text: str):
    assert [quote.text(Document(text)).split()[0] for quote in MINER.mine(text).quotes] == ["It"]


@given(documents())
def test_the_miner_never_raises_and_never_fails(document: Document):
    extraction = COLLECTING.mine(document)
    assert all(issue.component == "quoteminer" for issue in extraction.issues)
    assert document.language != "en" or MINER.mine(document) == extraction
    # A document whose language nobody knows gets one.
    assert extraction.document == attrs.evolve(document, language=languages.told(document.text, document.language))
    assert [quote.id for quote in extraction.quotes] == [f"q{n}" for n in range(1, len(extraction.quotes) + 1)]


@given(st.lists(documents(), max_size=4))
def test_many_documents_give_what_each_gives(batch: list[Document]):
    assert list(COLLECTING.mine_many(batch)) == [COLLECTING.mine(document) for document in batch]


@given(reported_speech(kinds=KINDS))
def test_claims_and_quotes_refer_to_each_other(story: Story):
    extraction = MINER.mine(story.document)
    quotes: dict[str, Quote] = {quote.id: quote for quote in extraction.quotes}
    for claim in extraction.claims:
        if claim.quote is not None:
            assert claim.claimant == quotes[claim.quote].speaker
