"""Reads the tables and lists of a language pack: text in UTF-8, a row a line, columns parted by tabs, ``#`` before a comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .problems import PackError


class Row(NamedTuple):
    """A row of a table and where it stands."""

    file: Path
    line: int
    columns: list[str]

    def problem(self, message: str) -> PackError:
        """What is wrong with the row."""
        return PackError(self.file, self.line, message)


def rows(file: Path, least: int, most: int | None = None) -> Iterator[Row]:
    """The rows of a table; each has at least ``least`` columns and at most ``most``.

    Raises:
        PackError: for a row with too few or too many columns, or a file that is not UTF-8.
    """
    most = least if most is None else most
    for number, line in enumerate(_text(file).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if not least <= len(columns) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            raise PackError(file, number, f"expected {wanted} columns parted by tabs, not {len(columns)}")
        yield Row(file, number, columns)


def cells(file: Path, count: int) -> list[list[str]]:
    """The rows of a long table of numbers at once: learned weights are read at each start of the program, and need no place for messages.

    Raises:
        PackError: as :func:`rows`.
    """
    found = [line.split("\t") for line in _text(file).splitlines() if line and line[0] != "#"]
    return found if {*map(len, found)} <= {count} else [row.columns for row in rows(file, count)]


def entries(file: Path) -> Iterator[Row]:
    """The entries of a list, one a line."""
    for number, line in enumerate(_text(file).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield Row(file, number, [line.strip()])


def several(column: str) -> list[str]:
    """The words of a column that may hold more than one."""
    return column.split(", ")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackError(file, 0, f"is not UTF-8: {error}") from error
