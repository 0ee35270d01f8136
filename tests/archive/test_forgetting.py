"""What is forgotten is gone from the file, and stays away."""

from __future__ import annotations

import pytest

from quoteminer import Document, UnknownIdError
from quoteminer.archive import Archive

FIRST = (
    "“The flood defences held,” Mayor Xanthippe Quillfeather said on Monday. “We are proud,” said Bob Moor. Then Quillfeather left. "
    "Moor said that xanthippe\nQuillfeather was tired, and that 40 houses were saved."
)
SECOND = "“Nobody was hurt,” said Bob Moor. Rents rose by 5 percent in 2025, Kate Ilves told the council."


@pytest.fixture
def mined(archive, miner):
    documents = [
        Document(
            FIRST, id="a", title="Quillfeather is proud", metadata={"author": ["Xanthippe Quillfeather"], "date": "2026-01-12"}
        ),
        Document(SECOND, id="b"),
    ]
    archive.collect(documents, miner=miner)
    return archive, documents


def content(archive: Archive) -> bytes:
    """All bytes of the archive on disk, in small letters."""
    paths = [archive.path, *archive.path.parent.glob(f"{archive.path.name}-*")]
    return b"".join(path.read_bytes() for path in paths).lower()


def test_a_person_is_gone_and_others_stay(mined, miner):
    archive, documents = mined
    (person,) = archive.people("Quillfeather")
    moor = {hit.text for hit in archive.search(speaker="Moor")}
    assert b"quillfeather" in content(archive)
    done = archive.forget(person=person.id)
    assert (done.documents, done.quotes, done.left) == (("a",), 1, ())
    for part in (b"quillfeather", b"xanthippe", b"flood defences held"):
        assert part not in content(archive), part
    assert archive.people("Quillfeather") == []
    assert len(archive["a"].document.text) == len(FIRST)
    assert archive["a"].document.title == "████████████ is proud"
    assert archive["a"].document.metadata == {"author": ("██████████████████████",), "date": "2026-01-12"}
    assert {text for text in moor if "tired" not in text} <= {hit.text for hit in archive.search(speaker="Moor")}
    assert archive.search("quillfeather") == []
    # The same input does not bring them back.
    again = archive.collect(documents, miner=miner)
    assert (again.forgotten, again.unchanged, again.stored) == (1, 1, 0)
    assert archive.collect(refresh=True, miner=miner).stored == 0


def test_decisions_about_others_stay(mined, miner):
    archive, _ = mined
    rejected = next(hit for hit in archive.search("proud"))
    archive.decide("a", rejected.quote, "rejected")
    archive.decide("a", next(hit for hit in archive.search("flood")).quote, "accepted", note="Quillfeather confirmed")
    (person,) = archive.people("Quillfeather")
    archive.forget(person=person.id)
    assert b"quillfeather" not in content(archive)
    assert [(one.verdict, one.words) for one in archive.decisions()] == [("rejected", rejected.text)]
    archive._connection.execute("UPDATE manifests SET mark = mark || ' older'")
    archive.collect(refresh=True, miner=miner)
    assert rejected.text not in {hit.text for hit in archive.search(limit=None)}


def test_a_document_is_gone(mined, miner):
    archive, documents = mined
    archive.decide("b", "q1", "rejected")
    done = archive.forget(documents=["b"])
    assert (done.documents, len(archive)) == (("b",), 1)
    assert done.quotes >= 1
    assert b"rents rose" not in content(archive)
    assert b"ilves" not in content(archive)
    assert archive.decisions() == []
    assert archive.collect(documents, miner=miner).forgotten == 1


def test_an_id_that_holds_the_name_is_said(archive, miner):
    archive.collect([Document(FIRST, id="mail/Xanthippe Quillfeather.txt")], miner=miner)
    (person,) = archive.people("Quillfeather")
    assert archive.forget(person=person.id).left == ("mail/Xanthippe Quillfeather.txt",)


def test_whom_nobody_knows_is_said(mined):
    archive, _ = mined
    before = list(archive)
    with pytest.raises(UnknownIdError, match="there is no person 'nobody'"):
        archive.forget(person="nobody")
    with pytest.raises(UnknownIdError, match="there is no document 'z'"):
        archive.forget(documents=["a", "z"])
    assert list(archive) == before
