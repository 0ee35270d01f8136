"""Files that are no archive, damaged, older, later, full, locked: clear words, nothing lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from quoteminer import Document, Miner
from quoteminer.archive import Archive, ArchiveError
from quoteminer.archive.opening import VERSION, statements

DATA = Path(__file__).resolve().parents[1] / "data"
TEXT = "“The flood defences held,” Mayor Ana Ruiz said on Monday. She added that 40 houses were saved."


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    path = tmp_path / "first.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "archive-1.sql").read_text(encoding="utf-8"))
    return path


def test_an_archive_of_the_first_version_is_brought_to_this_one(first_version, tmp_path, miner):
    with Archive(first_version, create=False) as archive:
        found = list(archive)
        assert [one.document.id for one in found] == ["gazette-1", "courier-7", "undated"]
        assert found[2].document.text.endswith("\ud800")
        assert [(person.id, person.documents) for person in archive.people("Ana Ruiz")] == [("ana-ruiz", 2)]
        assert [hit.speaker for hit in archive.search("flood defences")] == ["Ana Ruiz", "Ana Ruiz"]
        assert sum(one.quotes for one in archive.utterances(least=1)) == sum(map(len, found)) == 5
        assert archive._one("PRAGMA user_version") == VERSION
        with Archive(tmp_path / "new.db") as new:
            assert _schema(archive) == _schema(new)
        # What it was mined by is kept, so that this version knows what it would mine anew.
        documents = [one.document for one in found]
        assert archive.collect(documents, miner=miner).unchanged == 3
    with Archive(first_version) as archive:
        assert list(archive) == found


def _schema(archive: Archive) -> dict[str, str]:
    found = archive._connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {name: " ".join((sql or "").split()) for name, sql in found}


def test_a_migration_that_fails_leaves_the_archive_as_it_was(first_version, monkeypatch):
    def broken(step: int):
        yield from statements(step)
        raise sqlite3.OperationalError("disk I/O error")

    before = _dump(first_version)
    monkeypatch.setattr("quoteminer.archive.opening.statements", broken)
    with pytest.raises(ArchiveError, match="disk I/O error"):
        Archive(first_version)
    assert _dump(first_version) == before
    monkeypatch.undo()
    with Archive(first_version) as archive:
        assert len(archive) == 3


def _dump(path: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        version = connection.execute("PRAGMA user_version").fetchall()
        return [*version, *((name, *row) for name in names for row in connection.execute(f"SELECT * FROM {name}"))]


def test_the_stored_file_of_the_first_version_has_its_schema():
    first = "".join(statements(1)).split()
    assert (
        first
        == (DATA / "archive-1.sql").read_text(encoding="utf-8").split("\n", 1)[1].partition("INSERT INTO manifests")[0].split()
    )


def test_a_later_archive_is_left_alone(tmp_path):
    path = tmp_path / "later.db"
    Archive(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ArchiveError, match="was written by a later quoteminer"):
        Archive(path)


def test_a_database_of_something_else_is_left_alone(tmp_path):
    path = tmp_path / "shop.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE orders (id)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=r"shop\.db: is a database of something else; nothing in it was changed"):
        Archive(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"What was said, and by whom.", b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content):
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"is no archive|is damaged"):
        Archive(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_an_archive(tmp_path):
    (tmp_path / "new.db").touch()
    with Archive(tmp_path / "new.db") as archive:
        assert len(archive) == 0


def test_a_folder_is_no_archive(tmp_path):
    with pytest.raises(ArchiveError, match="is a folder"):
        Archive(tmp_path)


def test_a_damaged_archive_is_said(tmp_path, miner):
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        archive.collect([Document(f"{TEXT} This is story {number}.") for number in range(60)], miner=miner)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"is damaged; .*\.recover"), Archive(path) as archive:
        list(archive)


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path, miner):
    documents = [Document(f"{TEXT} This is story {number}." * 4, id=f"d{number}") for number in range(200)]
    stored: list[str] = []
    with Archive(tmp_path / "news.db") as archive:
        archive._connection.execute(f"PRAGMA max_page_count = {archive._one('PRAGMA page_count') + 150}")
        with pytest.raises(ArchiveError, match="the disk is full; everything that was said to be stored is"):
            archive.collect(documents, miner=miner, stored=lambda one: stored.append(one.document.id))
        assert 0 < len(stored) < 200
        assert [one.document.id for one in archive] == stored
        archive._connection.execute("PRAGMA max_page_count = 1000000")
        assert archive.collect(documents, miner=miner).new == 200 - len(stored)
        assert archive._one("PRAGMA integrity_check") == "ok"
        assert [one.document for one in archive] == documents


def test_a_locked_archive_is_waited_for_and_then_said(archive, miner):
    other = sqlite3.connect(archive.path, isolation_level=None)
    with contextlib.closing(other), Archive(archive.path, timeout=0.1) as impatient:
        other.execute("BEGIN IMMEDIATE")
        assert len(impatient) == 0  # readers do not wait
        with pytest.raises(ArchiveError, match="somebody else writes it and did not end in time"):
            impatient.collect([TEXT], miner=miner)
        other.execute("ROLLBACK")
        assert impatient.collect([TEXT], miner=miner).new == 1


def test_a_file_that_cannot_be_written_can_be_read(archive, miner):
    archive.collect([TEXT], miner=miner)
    archive._connection.execute("PRAGMA query_only = ON")
    assert archive.search("flood")
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.collect(["another text"], miner=miner)


def test_an_archive_on_a_medium_for_reading(tmp_path, miner, monkeypatch):
    path = tmp_path / "news #1?.db"
    with Archive(path) as archive:
        archive.collect([TEXT], miner=miner)
    before = path.read_bytes()
    monkeypatch.setattr("quoteminer.archive.opening.os.access", lambda *_: False)
    with Archive(path) as archive:
        assert archive.search("flood")
        assert archive.people()
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.collect(["another text"], miner=miner)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def _collect(path: Path, begin: int, end: int) -> None:
    with Archive(path) as archive:
        for number in range(begin, end):
            # Each in a transaction of its own, so that the two take turns.
            archive.collect([Document(f"{TEXT} This is story {number}.", id=f"d{number}")], miner=Miner(["rules"]))


def test_two_writers_wait_for_each_other(tmp_path):
    """Also when both make the archive, and both have some of the documents."""
    path = tmp_path / "news.db"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_collect, args=(path, begin, begin + 12)) for begin in (0, 6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Archive(path) as archive:
        assert sorted(one.document.id for one in archive) == sorted(f"d{number}" for number in range(18))
        assert archive._one("SELECT count(*) FROM quotes") == 18 * archive._one("SELECT count(*) FROM quotes WHERE document = 1")
        assert archive._one("PRAGMA integrity_check") == "ok"
