"""The file of an archive: opened, made or brought to this version; and what SQLite says of its troubles, in plain words."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.resources
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..errors import ArchiveError
from .folding import name_block, name_form

#: Stands in the head of every archive, so that no other database is taken for one: "QMar" in ASCII.
APPLICATION: Final = 0x514D6172
#: How many steps of ``sql/`` an archive of this version has been through.
VERSION: Final = 3
#: What SQLite calls a database that is in no file.
_MEMORY: Final = ":memory:"
#: Memory for pages of the file, in KiB.
_CACHE: Final = 32_768


def connect(path: Path, *, create: bool, timeout: float) -> sqlite3.Connection:
    """The archive at ``path``, in the schema of this version; an older one is brought to it, all or nothing.

    Args:
        create: whether to make one where there is none.
        timeout: seconds to wait for somebody else who writes.

    Raises:
        ArchiveError: when it cannot be opened, is none, or is of a later version.
    """
    if not create and not path.exists():
        raise ArchiveError("there is no such archive", str(path))
    if path.is_dir():
        raise ArchiveError("is a folder, not an archive", str(path))
    with told(path):
        connection = sqlite3.connect(_address(path), timeout=timeout, isolation_level=None, uri=True)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _address(path: Path) -> str:
    """How SQLite is told which file to open. One that cannot be written, on a medium or share for reading, has no room for the files beside it that
    writers need, so it is read as what nobody changes."""
    if str(path) == _MEMORY:
        return _MEMORY
    address = f"{path.absolute().as_uri()}?mode=rwc"
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        log = Path(f"{path}-wal")
        address = f"{path.absolute().as_uri()}?mode=ro" + ("" if log.exists() and log.stat().st_size else "&immutable=1")
    return address


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    for function in (name_form, name_block):
        connection.create_function(function.__name__, 3, function, deterministic=True)
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    version = _version(connection, path)
    if version == VERSION:
        return
    if not _has_full_text(connection):
        raise ArchiveError("the SQLite of this Python has no full-text search (FTS5), which archives need", str(path))
    # Readers go on while somebody writes, and a killed writer leaves the last whole transaction.
    connection.execute("PRAGMA journal_mode = WAL")
    with writing(connection):
        # Another process may have been faster.
        for step in range(_version(connection, path) + 1, VERSION + 1):
            for statement in statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of an archive, 0 for an empty file.

    Raises:
        ArchiveError: when it is none, or of a later version.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION:
        if tables or application or version:
            raise ArchiveError("is a database of something else; nothing in it was changed", str(path))
        return 0
    if version > VERSION:
        raise ArchiveError(
            f"was written by a later quoteminer (schema {version}, this one knows {VERSION}); upgrade to read it", str(path)
        )
    return int(version)


def _has_full_text(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


def statements(step: int) -> Iterator[str]:
    """The statements of one step, which bring an archive from the version before to this one."""
    text = (importlib.resources.files(__package__) / "sql" / f"{step}.sql").read_text(encoding="utf-8")
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def now() -> str:
    """The time, as decisions keep it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@contextlib.contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction: what is done in it is there when it ends, or nothing of it. Whoever else writes is waited for."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors, such as a full disk, have ended it already
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite raises becomes an :class:`ArchiveError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(_plain(error), str(path)) from error


def _plain(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for beginning, message in _TROUBLES.items():
        if name.startswith(beginning):
            return f"{message} ({error})"
    return f"{error}"


_TROUBLES: Final = {
    "SQLITE_NOTADB": "is no archive",
    "SQLITE_CORRUPT": "is damaged; `sqlite3 FILE .recover` saves what can be read, and a new archive can be collected from the same inputs",
    "SQLITE_FULL": "the disk is full; everything that was said to be stored is, and the same command goes on from there",
    "SQLITE_BUSY": "somebody else writes it and did not end in time; try again, or wait longer",
    "SQLITE_LOCKED": "somebody else writes it and did not end in time; try again, or wait longer",
    "SQLITE_READONLY": "cannot be written",
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_IOERR": "cannot be read or written",
}
