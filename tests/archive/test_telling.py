"""What texts tell of whoever they name."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from quoteminer import Document, Extraction, Span, Speaker
from quoteminer.archive import Archive
from quoteminer.archive.evidence import Evidence
from quoteminer.archive.folding import Folding
from quoteminer.archive.named import members
from quoteminer.archive.naming import Words
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer
from quoteminer.archive.telling import Reader

TEXT = "At the pier of Port Anselm stood Ana Ruiz. Beside her in Saltmere stood Bob Moor of Saltmere Council."


def store(archive: Archive, text: str) -> None:
    """A text in which two are named."""
    speakers = [
        Speaker(f"s{number}", name, kind="person", mentions=[Span(text.index(name), text.index(name) + len(name))])
        for number, name in enumerate(("Ana Ruiz", "Bob Moor"))
    ]
    with writing(archive._connection):
        archive._connection.execute("INSERT OR IGNORE INTO manifests VALUES (1, '', '{}')")
        Writer(archive._connection).put(Extraction(Document(text, id="d"), (), speakers), 1)


@pytest.fixture
def stored(archive: Archive) -> Iterator[tuple[Archive, Reader]]:
    store(archive, TEXT)
    with Reader(archive._connection, Folding(), Words()) as reader:
        yield archive, reader


def read(stored: tuple[Archive, Reader], block: str) -> Evidence:
    archive, reader = stored
    (evidence,) = reader.read(members(archive._connection, {block}, Folding(), Words()))
    return evidence


def test_a_text_tells_the_same_of_the_second_who_is_read_in_it(stored):
    first, second = read(stored, "ruiz"), read(stored, "moor")
    assert first.places == second.places == {"port", "anselm", "saltmere", "council"}
    assert first.phrases == second.phrases == {"port anselm", "saltmere council"}
    archive, _ = stored
    with Reader(archive._connection, Folding(), Words()) as reader:
        alone = read((archive, reader), "moor")
    assert attrs.astuple(alone, recurse=False) == attrs.astuple(second, recurse=False)


def test_a_text_that_somebody_else_has_changed_is_read_again(stored):
    archive, reader = stored
    read(stored, "ruiz")
    with Archive(archive.path) as other:
        store(other, TEXT.replace("Saltmere", "Tollard"))
    reader.look_again()
    assert "tollard" in read(stored, "moor").places
