"""Mail: what is quoted and forwarded is a turn of who wrote it."""

from __future__ import annotations

import pytest

from .reading import one, read, said

MAIL = """From: Ottoline Crewe <o@band.example>
To: Farid Ben <f@hall.example>
Subject: Re: Roof
Date: Tue, 4 Mar 2025 18:00:00 +0100

Dear Farid,

that is a relief.

Ottoline
Sent from my kitchen

On Tue, 4 Mar 2025 at 17:40, Farid Ben <f@hall.example> wrote:

> Dear Ottoline,
>
> the roof will be
> repaired.
>
> On Mon, 3 Mar 2025, Ottoline Crewe wrote:
>> Who pays?
>
> --
> Town hall

---------- Forwarded message ---------
From: Jarmila Voss <j@timber.example>
Date: Mon, 3 Mar 2025 at 09:15
Subject: Beams

The beams are sound.
"""
EXPECTED = [
    ("Farid Ben", "Dear Ottoline, … the roof will be\nrepaired."),
    ("Ottoline Crewe", "Who pays?"),
    ("Jarmila Voss", "The beams are sound."),
]


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_quoted_and_forwarded_words_are_turns(tmp_path, name):
    document = one(tmp_path / name, MAIL)
    assert said(document) == EXPECTED
    assert (document.title, *map(document.metadata.get, ("author", "recipient", "date"))) == (
        "Re: Roof",
        "Ottoline Crewe",
        "Farid Ben",
        "2025-03-04T18:00:00+01:00",
    )
    for gone in ("Sent from", "Subject:", "Forwarded", "> ", "Town hall", "example"):
        assert gone not in document.text


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Am 04.03.2025 um 17:40 schrieb Jörn Maß:", "Jörn Maß"),
        ("Le mar. 4 mars 2025 à 17:40, Anne Roy <a@b.example> a écrit :", "Anne Roy"),
        ("El mar, 4 mar 2025 a las 17:40, Ana Ríos (<a@b.example>) escribió:", "Ana Ríos"),
        ("On 4 Mar 2025, at 17:40, Ada Byron <ada@a.example> wrote:", "Ada Byron"),
        ("On Tuesday, March 4, 2025 at 5:40 PM Ada Byron\n<ada@a.example> wrote:", "Ada Byron"),
        ("Ada Byron <ada@a.example> wrote:", "Ada Byron"),
        ("Ada Byron writes:", "Ada Byron"),
    ],
)
def test_announcements_in_many_languages(tmp_path, line, name):
    document = one(tmp_path / "a.eml", f"From: a\nSubject: b\n\nSo.\n\n{line}\n\n> It works.\n")
    assert said(document) == [(name, "It works.")]


def test_other_headers_announce_as_well(tmp_path):
    mail = (
        "From: a\nSubject: b\n\nSiehe unten.\n\nVon: Jörn Maß <j@m.example>\nGesendet: Montag\nAn: Ute\nBetreff: c\n\nEs geht.\n"
    )
    assert said(one(tmp_path / "a.eml", mail)) == [("Jörn Maß", "Es geht.")]


def test_encoded_and_divided_mails(tmp_path):
    mail = (
        b"From: =?utf-8?q?J=C3=B6rn?= <j@m.example>\r\nSubject: =?utf-8?b?w6RoPw==?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=E2=80=9CIt works,=E2=80=9D said Ada=\r\n Byron.\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--x--\r\n"
    )
    document = one(tmp_path / "a.eml", mail)
    assert (document.text, document.title, document.metadata["author"]) == ("“It works,” said Ada Byron.", "äh?", "Jörn")
    html = b"From: a\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>It works.</p><script>no</script>"
    assert one(tmp_path / "b.eml", html).text == "It works."


def test_a_mailbox_is_a_document_a_message(tmp_path):
    box = "From a@b Tue Mar  4 18:00:00 2025\nFrom: Ada\nSubject: one\n\nIt works.\n\nFrom a@b Tue Mar  4 18:00:00 2025\nFrom: Bob\nSubject: two\n\nSo.\n"
    documents, issues = read(tmp_path / "a.mbox", box)
    assert issues == []
    assert [(document.title, document.text) for document in documents] == [("one", "It works."), ("two", "So.")]
    _, (issue,) = read(tmp_path / "b.mbox", "no mailbox")
    assert "is no mailbox" in issue.message


@pytest.mark.parametrize(
    "mail",
    ["", "\n", "From: a", "Content-Type: image/png\n\nx", "Content-Type: multipart/mixed; boundary=x\n\n--x--", "From: \udcff"],
)
def test_what_has_no_text(tmp_path, mail):
    read(tmp_path / "a.eml", mail.encode("utf-8", "surrogateescape"))


def test_a_letter_that_speaks_of_wishes_is_no_mail(tmp_path):
    text = "From: the heart\n\nDear all, it works.\n"
    assert one(tmp_path / "a.txt", text).text == text
