"""Reads the tables and lists of a language pack: text in UTF-8, a row a line, columns parted by tabs, ``#`` before a comment."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

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


class Sorted:
    """The rows of a long table of learned weights, found by how they begin and read when they are asked for: a text needs few of them.

    Raises:
        PackError: as :func:`rows`.
    """

    def __init__(self, file: Path, count: int) -> None:
        # A row may begin with a "#" that is what it is about; behind that of a comment stands a blank.
        lines = [line for line in _text(file).splitlines() if line and line[:2] != "# "]
        if {line.count("\t") for line in lines} - {count - 1}:
            lines = ["\t".join(row.columns) for row in rows(file, count)]
        # They are in some order already.
        lines.sort()
        self._lines: Final = lines

    def __len__(self) -> int:
        return len(self._lines)

    def _range(self, wanted: str) -> tuple[int, int]:
        # No row holds a line feed, which comes right behind the tab.
        return bisect_left(self._lines, wanted), bisect_left(self._lines, wanted[:-1] + "\n")

    def row(self, *begin: str) -> list[str] | None:
        """The columns behind those with which one row begins; ``None`` where none does."""
        wanted = "\t".join(begin) + "\t"
        at = bisect_left(self._lines, wanted)
        if at == len(self._lines) or not self._lines[at].startswith(wanted):
            return None
        return self._lines[at][len(wanted) :].split("\t")

    def few(self, begin: str) -> list[str]:
        """The rest of each of the few rows that begin with a column, in one piece."""
        wanted = begin + "\t"
        at, lines, size = bisect_left(self._lines, wanted), self._lines, len(wanted)
        found: list[str] = []
        while at < len(lines) and lines[at].startswith(wanted):
            found.append(lines[at][size:])
            at += 1
        return found

    def every(self) -> list[list[str]]:
        """The columns of all rows."""
        return [line.split("\t") for line in self._lines]

    def rows(self, *begin: str) -> list[list[str]]:
        """The columns behind those with which some rows begin, of each of them."""
        wanted = "\t".join(begin) + "\t"
        first, end = self._range(wanted)
        return [line[len(wanted) :].split("\t") for line in self._lines[first:end]]

    def count(self, *begin: str) -> int:
        """How many rows begin with some columns."""
        first, end = self._range("\t".join(begin) + "\t")
        return end - first

    def holds(self, *begin: str) -> bool:
        """Whether a row begins with some columns."""
        wanted = "\t".join(begin) + "\t"
        at = bisect_left(self._lines, wanted)
        return at < len(self._lines) and self._lines[at].startswith(wanted)


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
