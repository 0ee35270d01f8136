"""Chats: a message is a turn of its sender, what the program says is none."""

from __future__ import annotations

import pytest

from quoteminer import Span

from .reading import one, read, said

WHATSAPP = """12/03/2025, 09:02 - Messages and calls are end-to-end encrypted.
12/03/2025, 09:03 - Gwen added Pawel
12/03/2025, 09:14 - Gwen Allot: The key is gone
and the hose too
12/03/2025, 09:15 - Pawel: <Media omitted>
12/03/2025, 09:21 - +44 7700 900481: Sorry!! I have it: both <This message was edited>
12/03/2025, 09:22 - Gwen Allot: This message was deleted
"""
IPHONE = """[12.03.25, 09:14:05] Jörn: Der Schlüssel ist weg
\u200e[12.03.25, 09:15:01] Jörn: \u200eBild weggelassen
[12.03.25, 09:16:00] ~ Ute: Ich hab ihn
"""
IRC = """*** Log opened Tue Mar 04
[14:01] --> kestrel_ (~k@host) has joined #bots
[14:02] <kestrel_> it is red again
[14:03] * mirov looks away
[14:04] <@mirov> kestrel_: undo that
"""
SLACK = """#launch
----- Today -----

Lupe Arroyave  10:42 AM
The old price is still there.
I filed it twice.
:eyes: 2

deploybot  APP  10:51 AM
Deploy finished. (edited)

Mina joined #launch.
"""
DISCORD = """[04-Mar-25 02:01 PM] kestrel#1234
it is red again
and on a machine we switched off

[04-Mar-25 02:02 PM] mirov#0001
define switched off
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHATSAPP, [("Gwen Allot", "The key is gone … and the hose too"), ("+44 7700 900481", "Sorry!! I have it: both")]),
        (IPHONE, [("Jörn", "Der Schlüssel ist weg"), ("Ute", "Ich hab ihn")]),
        (IRC, [("kestrel_", "it is red again"), ("mirov", "kestrel_: undo that")]),
        (SLACK, [("Lupe Arroyave", "The old price is still there. … I filed it twice."), ("deploybot", "Deploy finished.")]),
    ],
    ids=["android", "iphone", "irc", "slack"],
)
def test_messages_are_turns_of_their_senders(tmp_path, text, expected):
    document = one(tmp_path / "chat.txt", text)
    assert said(document) == expected
    origin = document.origin
    assert origin is not None
    for place in origin.places:
        raw = origin.to_raw(Span(place.start, place.end))
        assert raw is not None
        assert document.text[place.start : place.end] in (
            text[raw.start : raw.end],
            text[raw.start : raw.end].partition(" <This")[0],
        )


def test_a_text_that_only_mentions_times_is_no_chat(tmp_path):
    text = "The train left at 10:42 AM\nand came at 11:00.\n\n“It works,” said Ada at 12:00.\n"
    assert one(tmp_path / "a.txt", text).text == text


def test_a_file_that_is_none_of_a_program_is_an_error(tmp_path):
    documents, (issue,) = read(tmp_path / "a.irc", "no messages here\n")
    assert documents == []
    assert "holds no messages as an IRC client writes them" in issue.message
