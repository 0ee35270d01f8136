"""Stories whose dialogue has no quotation marks."""

from __future__ import annotations

import pytest

from quoteminer import Document, Miner

MINER = Miner(["rules"], on_error="raise")


def said(text: str, language: str = "en") -> list[tuple[str, ...]]:
    """What is said as it was said, part by part."""
    document = Document(text, language=language)
    return [tuple(document[part] for part in quote.content) for quote in MINER.mine(document).quotes if quote.kind == "direct"]


STORY = """The kettle was on when Ada came down.

You're up early, said her brother.

I couldn't sleep.

He took two cups from the shelf and sat down. Outside the bins were being emptied.

Is it the letter? he asked.

It isn't only the letter, she said. It's the whole house. You know that.

Then sell it.

She looked at him. She had thought about selling it every night since the funeral, and every morning she had made the bed and gone to work.

I'm not going to sell it, she said.
"""


def test_who_answers_in_a_story_without_marks_needs_no_cue():
    assert said(STORY) == [
        ("You're up early",),
        ("I couldn't sleep.",),
        ("Is it the letter?",),
        ("It isn't only the letter", "It's the whole house. You know that."),
        ("Then sell it.",),
        ("I'm not going to sell it",),
    ]


def test_a_dialogue_may_have_nothing_but_its_lines():
    lines = [
        "You want to stop?",
        "Not really.",
        "You said you were hungry.",
        "I said you were.",
        "There's a place at the bridge.",
        "It opens at six.",
    ]
    lines += ["It was open last year.", "Do you think I'd forget?", "I think you'd forget your head."]
    text = "\n\n".join(
        ["They had driven since the morning and nobody had looked at the map, which lay in the back with the wet coats.", *lines]
    )
    assert said(text) == [(line,) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        # Reports of news open paragraphs too, but nobody speaks to anybody in them.
        "The bridge will close in May, said the mayor.\n\nThe work will take a year, she said.\n\nIt will cost three million, the council said.\n\nThe road is old.",
        # A list of questions is no dialogue.
        "\n\n".join(
            f"What do you do if your pump {word}?"
            for word in ("leaks", "stops", "rattles", "burns", "freezes", "smells", "sticks", "jams", "floods")
        ),
        # Nobody tells a story round the lines of a conversation that was taken down.
        "\n\n".join(
            [
                "Do you have a pencil?",
                "No.",
                "You have anything like it?",
                "I don't.",
                "See, it was slow.",
                "Okay.",
                "Is this me?",
                "That's you.",
                "I knew it.",
            ]
        ),
        # Where marks stand, they tell what is said.
        STORY.replace("I'm not going to sell it, she said.", "“I'm not going to sell it,” she said.\n\n“You're not,” he said."),
    ],
    ids=["news", "questions", "conversation", "marks"],
)
def test_other_texts_are_no_such_stories(text):
    assert all(quote.provenance.detail["rule"] != "unmarked" for quote in MINER.mine(text).quotes)


def test_a_story_in_which_much_is_asked_is_no_interview():
    turns = [
        "Are you coming? she said.",
        "I don't know yet.",
        "Is it the money? he asked.",
        "It's always the money, she said.",
        "Did you ring the bank?",
        "I did.",
    ]
    text = "\n\n".join(["Ada stood at the gate with the dog and waited for the bus.", *turns, *turns])
    assert {quote.provenance.detail["rule"] for quote in MINER.mine(text).quotes} <= {
        "unmarked",
        "postposed",
        "inverted",
        "medial",
    }


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        (
            "de",
            "Kommst du mit, fragte Ada.\n\nIch weiß nicht.\n\nDu hast es versprochen, sagte sie.\n\nDas ist lange her, sagte Bob.",
            "Ich weiß nicht.",
        ),
        (
            "fr",
            "Tu viens, dit Ada.\n\nJe ne sais pas.\n\nTu l’as promis, dit-elle.\n\nC’était il y a longtemps, dit Bob.",
            "Je ne sais pas.",
        ),
        ("es", "¿Vienes?, preguntó Ada.\n\nNo lo sé.\n\nMe lo prometiste, dijo ella.\n\nTú también, dijo Bob.", "No lo sé."),
    ],
)
def test_in_other_languages(language, text, answer):
    assert (answer,) in said(text, language)
