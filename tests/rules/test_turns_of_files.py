"""Turns that a reader has noted."""

from __future__ import annotations

from quoteminer import Document, Miner
from quoteminer.text import Builder
from quoteminer_rules.turns import LabelRules, TurnRules


def noted(*turns: tuple[str | None, str], language: str = "en") -> Document:
    builder = Builder("")
    for name, words in turns:
        builder.gap("\n\n")
        if name is not None:
            at = builder.length
            builder.put(name)
            builder.place(at, "label", name)
            builder.put(": ")
        at = builder.length
        builder.put(words)
        builder.place(at, "turn", name or "somebody")
    aligned = builder.build()
    return Document(aligned.text, language=language, origin=aligned)


def test_a_turn_is_a_quotation_of_its_label_in_any_language():
    document = noted(("Åsa", "Det fungerar."), ("Åsa", "Ja."), (None, "Nej."), language="fi")
    extraction = Miner(["rules"]).mine(document)
    speakers = [extraction.speaker_of(quote) for quote in extraction.quotes]
    assert [
        (quote.text(document), speaker and speaker.name) for quote, speaker in zip(extraction.quotes, speakers, strict=True)
    ] == [
        ("Det fungerar.", "Åsa"),
        ("Ja.", "Åsa"),
        ("Nej.", "somebody"),
    ]
    assert [document[quote.source] if quote.source else None for quote in extraction.quotes] == ["Åsa", "Åsa", None]


def test_a_report_inside_a_turn_is_nested():
    document = noted(("Deacon Ames", "The architect told us: “Stone is for people who fear rust.”"))
    outer, inner = Miner(["rules"]).mine(document).quotes
    assert (outer.layout, inner.parent) == ("turn", outer.id)
    assert inner.text(document) == "Stone is for people who fear rust."


def test_without_noted_turns_the_components_are_not_asked():
    document = Document("Ada: It works.", language="fi")
    assert list(TurnRules().extract(document)) == []
    assert LabelRules().resolve(document, []) == ([], ())
    (issue,) = Miner(["rules"]).mine(document).issues
    assert issue.message.startswith("no component reads Finnish")
    assert "rules.turns" not in issue.message


def test_a_block_behind_marks_of_quoting_goes_without_them():
    text = "Ned Tolliver wrote:\n\n> The cracks were there in 2019, all of them.\n>\n> Someone painted them."
    (quote,) = Miner(["rules"]).mine(text).quotes
    assert [text[span.start : span.end] for span in quote.content] == [
        "The cracks were there in 2019, all of them.",
        "Someone painted them.",
    ]
