"""Names that are spelt as months and function words are, and surnames that are spelt as roles are."""

from __future__ import annotations

import pytest

from quoteminer import Miner

MINER = Miner(["rules"])


def sources(text):
    return [None if quote.source is None else text[slice(*quote.source)] for quote in MINER.mine(text)]


@pytest.mark.parametrize(
    "name", ["Theresa May", "Will Smith", "George Will", "Per Dahl", "April Ryan", "Can Öz", "Mrs. May", "May", "Jan Ode", "Jan"]
)
@pytest.mark.parametrize(
    "text",
    [
        "“It works,” said {}.",
        "“It works,” {} added.",
        "{} said that it works.",
        "It works well, {} said.",
        "It works, according to {}.",
    ],
)
def test_such_names_are_sources(name, text):
    assert sources(text.format(name)) == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In May Smith said that it works.", ["Smith"]),
        ("Since March Ada has said that it works.", ["Ada"]),
        ("On 5 May Ada said that it works.", ["Ada"]),
        ("The bridge closed last May, Ada said.", ["Ada"]),
        ("“It works,” Ada said on Monday, May 5, 2016.", ["Ada"]),
        ("Per Reuters, Ada said that it works.", ["Ada"]),
        ("Will Ada say that it works?", ["Ada"]),
        ("Trump Will Speak to Police in Ohio, Says Union", []),
    ],
)
def test_dates_questions_and_headlines_are_no_names(text, found):
    assert sources(text) == found


@pytest.mark.parametrize("name", ["Theresa May", "Tom Smith", "Tom King", "Tom Judge", "Tom Major", "George Will"])
def test_a_surname_that_is_a_role_or_another_word_means_its_bearer(name):
    surname = name.split()[1]
    text = f"{name} arrived on Monday. “It works,” {surname} said. “It does,” said {name}. “So it is,” {surname} added."
    assert [speaker.name for speaker in MINER.mine(text).speakers] == [name]


def test_beside_its_bearer_the_role_is_another():
    text = "Tom Judge met the judge on Monday. “It works,” the judge said. “It does,” Judge said."
    assert {speaker.name for speaker in MINER.mine(text).speakers} == {"the judge", "Tom Judge"}


@pytest.mark.parametrize("text", ["The board met on Jan. 5, {} said.", "Since Jan. no ship has come, {} said."])
def test_a_month_that_is_a_name_is_short_before_what_goes_on(text):
    found = MINER.mine(text.format("Bob"))
    assert [text.format("Bob")[slice(*quote.content[0])] for quote in found] == [text.partition(", {}")[0]]
