"""What kind of speaker somebody is."""

from __future__ import annotations

import pytest

from quoteminer import Document, Miner
from quoteminer_rules.language.tables import rows
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.speakers.kinds import kind_words
from quoteminer_rules.speakers.knowledge import knowledge

MINER = Miner(["rules"], on_error="raise")


def kinds(text: str) -> dict[str, str]:
    """The kinds of the speakers of a text, by name."""
    return {speaker.name: speaker.kind for speaker in MINER.mine(Document(text)).speakers}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # The words of a name.
        ("Tessaly Foods said it would close.", "Tessaly Foods", "organisation"),
        ("Greenpeace said the river was dead.", "Greenpeace", "organisation"),
        ("Facebook said it would comply.", "Facebook", "organisation"),
        ("Ada Foods said it would rain. She left.", "Ada Foods", "person"),
        ("Mr Reuters said it would rain.", "Reuters", "person"),
        ("“It is safe,” said A. Byron.", "A. Byron", "person"),
        # What stands beside it.
        ("The manufacturer, Tindrel, said the pump was safe.", "Tindrel", "organisation"),
        ("“It is safe,” said Tindrel, which makes the pump.", "Tindrel", "organisation"),
        ("“It is safe,” said Tindrel, a charity in Norland.", "Tindrel", "organisation"),
        ("“It is safe,” said Tindrel. The head of Tindrel left.", "Tindrel", "organisation"),
        ("“It is safe,” said Tindrel. Tindrel Labs was founded in 1990.", "Tindrel Labs", "organisation"),
        ("“It is safe,” said Tindrel, who makes the pump.", "Tindrel", "person"),
        ("“It is safe,” said Tindrel, a plumber in Norland.", "Tindrel", "person"),
        ("“It is safe,” said Tindrel.", "Tindrel", "person"),
        ("The Treasury said it would pay.", "the Treasury", "organisation"),
        ("The Clerk said it would rain.", "the Clerk", "person"),
        # Descriptions.
        ("A beekeeper said the hives were empty.", "a beekeeper", "person"),
        ("Somebody said the hives were empty.", "Somebody", "person"),
        ("Two beekeepers said the hives were empty.", "two beekeepers", "group"),
        ("The building society said it would pay.", "the building society", "organisation"),
        ("The police said it would rain.", "the police", "organisation"),
        ("The leaflet says ten drops are enough.", "the leaflet", "document"),
        ("The company secretary said it would rain.", "the company secretary", "person"),
        # Their head tells, not what it belongs to or comes from.
        ("The ministry of health's guideline says it is rare.", "the ministry of health's guideline", "document"),
        ("A letter from the mayor's office says it is rare.", "a letter from the mayor's office", "document"),
        ("Anna's friend from school said it was over.", "Anna's friend from school", "person"),
        ("A leaflet from the Ratepayers’ League says it is dear.", "a leaflet from the Ratepayers’ League", "document"),
        ("The Interpreters Act says that it is a right.", "Interpreters Act", "document"),
        ("The unions said they would strike.", "the unions", "group"),
        ("Three employers said they would not pay.", "three employers", "group"),
        ("The authorities said they would not pay.", "the authorities", "group"),
    ],
)
def test_kind(text, name, kind):
    assert kinds(text)[name] == kind


def test_a_label_in_capitals_is_somebody():
    text = "JODI: You walked out of the hall.\nKERN: I did, and I said so.\nJODI: Why was that?\nKERN: It was too loud.\n"
    assert set(kinds(text).values()) == {"person"}


def test_who_posts_under_a_name_of_their_own_making_is_somebody():
    """A handle with underscores is one name."""
    text = "The notice was shared by @mama_ejima: “My landlord!” @tobe_okpanku replied: “Abeg, which one is it?”"
    assert kinds(text) == {"@tobe_okpanku": "person"}


def test_a_contracted_pronoun_is_no_name():
    """Whoever says “I” or “she” is not called “she'll”."""
    for name in kinds(
        "Anna Vance came late. “He left,” Anna Vance said. She'll tell them that it was him. She's asking us to wait."
    ):
        assert "'" not in name


def test_words_stand_once_and_not_where_nouns_have_them():
    known = knowledge("en").nouns.kinds
    seen: dict[tuple[str, str], str] = {}
    for row in rows(LANGUAGES / "en" / "speaker_kinds.tsv", 3):
        what, kind, words = row.columns
        for word in words.split("|" if "|" in words else None):
            assert (what, word) not in seen, word
            seen[what, word] = kind
    again = {word for (what, word) in seen if what == "heads" and word in known}
    assert again == {"police"}, "nouns.tsv tells already"
    assert {kind_words("en").heads["police"], known["police"]} == {"organisation", "group"}


def test_a_language_without_the_files_tells_nothing():
    assert not any(kind_words("de"))
