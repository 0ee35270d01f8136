"""Reads lists of people: which columns mean what, and where a list is not as it must be."""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias, get_args

import attrs

from quoteminer import FormatError, SpeakerKind

List: TypeAlias = str | os.PathLike[str] | Iterable[Mapping[str, Any]]
"""A file, or rows that a program has read."""

KINDS: Final = get_args(SpeakerKind)
_NAME: Final = "name"
_MEANING: Final = frozenset([_NAME, "aliases", "role", "kind", "language", "identifiers", "id"])
_SCHEME: Final = "id_"
#: The scheme of the column "id".
_OWN_SCHEME: Final = "people"
_PARTS: Final = re.compile(r"\s*[;|]\s*")
_DELIMITERS: Final = ",;\t"
#: Problems of one list that are told at once.
_MOST_TOLD: Final = 10


@attrs.frozen(slots=True, eq=False)
class Entry:
    """A line of a list.

    Attributes:
        name: canonical name.
        aliases: other names.
        role, kind, identifiers, attributes: as those of :class:`quoteminer.Speaker`.
        language: tag of the language of the texts that it is for; empty for any.
        place: the list and the line.
    """

    name: str
    aliases: tuple[str, ...]
    role: str | None
    kind: SpeakerKind
    language: str
    identifiers: Mapping[str, str]
    attributes: Mapping[str, Any]
    place: str

    def is_for(self, language: str) -> bool:
        """Whether it is for texts in a language."""
        return not self.language or _primary(self.language) == _primary(language)


def read(list_: List) -> list[Entry]:
    """The entries of a list.

    Raises:
        FormatError: when it is not as it must be; further problems are its notes.
        OSError: when a file cannot be read.
    """
    if isinstance(list_, (str, os.PathLike)):
        source = os.fspath(list_)
        text = _decoded(Path(list_).read_bytes(), source)
        problems = _Problems(source)
        rows = _json_lines(text, problems) if text.lstrip()[:1] == "{" else _table(text, source, problems)
    else:
        problems = _Problems("rows")
        rows = _given(list_, problems)
    entries = list(_entries(rows, problems))
    problems.end()
    if not entries:
        raise FormatError("the list is empty: it needs a line for each person", problems.source, None)
    return entries


def _primary(tag: str) -> str:
    return re.split("[-_]", tag, maxsplit=1)[0].lower()


class _Problems:
    """What is wrong with a list, line by line; the first is the error, others are told with it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._first: FormatError | None = None
        self._count = 0

    def add(self, line: int, message: str) -> None:
        """Note a problem."""
        self._count += 1
        if self._first is None:
            self._first = FormatError(message, self.source, line)
        elif self._count <= _MOST_TOLD:
            self._first.add_note(f"{self.source}:{line}: {message}")

    def end(self) -> None:
        """Raise if there was a problem."""
        if self._first is not None:
            if self._count > _MOST_TOLD:
                self._first.add_note(f"{self.source}: {self._count - _MOST_TOLD:,} more problems")
            raise self._first


def _decoded(data: bytes, source: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8, in a spreadsheet as “CSV UTF-8”", source, line
        ) from None


def _table(text: str, source: str, problems: _Problems) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = text[: (text.find("\n") + 1) or len(text)]
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    start = 1
    while True:
        try:
            cells = next(lines, None)
        except csv.Error as error:
            problems.add(start, f"cannot be read as a table: {error}")
            return
        if cells is None:
            return
        line, start = start, lines.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [cell.strip() for cell in cells]
            _check_columns([column.casefold() for column in columns], source, line)
        elif len(cells) > len(columns):
            problems.add(line, f"has {len(cells)} cells, the first line {len(columns)}")
        else:
            yield line, dict(zip(columns, (cell.strip() for cell in cells), strict=False))


def _check_columns(columns: list[str], source: str, line: int) -> None:
    """Nothing can be read of a table whose first line is wrong, so this ends the reading."""
    shown = ", ".join(repr(column) for column in columns)
    if _NAME not in columns:
        raise FormatError(f"has no column {_NAME!r}; the first line names the columns, and has {shown}", source, line)
    if len(columns) == 1:
        raise FormatError(
            f"has one column only, {_NAME!r}: nothing could be said of anybody; name others, such as aliases, role, id, "
            "parted by commas, semicolons or tabs",
            source,
            line,
        )
    for column in columns:
        if columns.count(column) > 1:
            raise FormatError(f"has two columns {column!r}" if column else "has columns without a name", source, line)


def _json_lines(text: str, problems: _Problems) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.add(number, f"is no JSON: {error}")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            problems.add(number, f"holds no JSON object but {line.strip()[:40]}")


def _given(rows: Iterable[Mapping[str, Any]], problems: _Problems) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            yield number, {str(column): value for column, value in row.items()}
        else:
            problems.add(number, f"is no mapping from column to value but {row!r:.40}")


class _ValueError(Exception):
    """What is wrong with a value of a line."""


def _entries(rows: Iterable[tuple[int, Mapping[str, Any]]], problems: _Problems) -> Iterator[Entry]:
    known: dict[object, list[tuple[int, Entry]]] = {}
    for line, row in rows:
        try:
            entry = _entry(row, f"{Path(problems.source).name}:{line}")
        except _ValueError as error:
            problems.add(line, str(error))
            continue
        for key, what in _identities(entry):
            others = known.setdefault(key, [])
            before = next((number for number, other in others if _for_the_same_texts(entry, other)), None)
            if before is not None:
                problems.add(line, f"has {what} line {before}")
            others.append((line, entry))
        yield entry


def _identities(entry: Entry) -> Iterator[tuple[object, str]]:
    """What no other line may have, and how that is said."""
    if entry.identifiers:
        for scheme, identifier in entry.identifiers.items():
            yield (scheme, identifier), f"the {scheme} id {identifier!r} that is in"
    else:
        told = (entry.name, entry.aliases, entry.role, entry.kind, json.dumps(entry.attributes, sort_keys=True, default=repr))
        yield told, "nothing that is not in"


def _for_the_same_texts(one: Entry, other: Entry) -> bool:
    return not one.language or other.is_for(one.language)


def _entry(row: Mapping[str, Any], place: str) -> Entry:
    told: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for column, value in row.items():
        if not _missing(value):
            name, folded, has_meaning = _column(column)
            if has_meaning:
                told[folded] = value
            elif name:
                attributes[name] = value
    name = _text(told.get(_NAME), _NAME)
    if not name:
        raise _ValueError("has no name")
    kind = _text(told.get("kind"), "kind").casefold() or "person"
    if kind not in KINDS:
        raise _ValueError(f"has the kind {kind!r}, which is not one of {', '.join(KINDS)}")
    return Entry(
        name,
        _texts(told.get("aliases"), "aliases"),
        _text(told.get("role"), "role") or None,
        kind,  # type: ignore[arg-type]
        _text(told.get("language"), "language"),
        _identifiers(told),
        attributes,
        place,
    )


@functools.lru_cache(maxsize=1_000)
def _column(written: str) -> tuple[str, str, bool]:
    """A column without blanks round it, in small letters, and whether its values mean something to us."""
    name = written.strip()
    folded = name.casefold()
    return name, folded, folded in _MEANING or (folded.startswith(_SCHEME) and len(folded) > len(_SCHEME))


def _missing(value: object) -> bool:
    """Whether a table says nothing there: an empty cell, and what data frames have for it."""
    return value is None or value == "" or (isinstance(value, float) and value != value)


def _text(value: object, column: str) -> str:
    if _missing(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _ValueError(f"has {value!r:.40} as {column}, which is no text")
    return str(value).strip()


def _texts(value: object, column: str) -> tuple[str, ...]:
    if _missing(value):
        return ()
    if isinstance(value, str):
        found = _PARTS.split(value)
    elif isinstance(value, (list, tuple)):
        found = [_text(one, column) for one in value]
    else:
        raise _ValueError(f"has {value!r:.40} as {column}, which is neither a text nor a list of texts")
    return tuple(dict.fromkeys(one.strip() for one in found if one.strip()))


def _identifiers(row: Mapping[str, Any]) -> Mapping[str, str]:
    found: dict[str, str] = {}

    def put(scheme: str, identifier: str) -> None:
        if found.setdefault(scheme, identifier) != identifier:
            raise _ValueError(f"has two ids of the scheme {scheme!r}: {found[scheme]!r} and {identifier!r}")

    for column, value in row.items():
        if column == "id":
            put(_OWN_SCHEME, _text(value, column))
        elif column == "identifiers":
            _collected(value, put)
        elif column not in _MEANING:
            put(column.removeprefix(_SCHEME), _text(value, column))
    return found


def _collected(value: object, put: Callable[[str, str], None]) -> None:
    """The ids of the column ``identifiers``: an object in JSON, ``scheme:id`` in a table."""
    if isinstance(value, Mapping):
        for scheme, identifier in value.items():
            put(str(scheme), _text(identifier, f"identifiers.{scheme}"))
        return
    for one in _texts(value, "identifiers"):
        scheme, colon, identifier = (part.strip() for part in one.partition(":"))
        if not scheme or not colon or not identifier:
            raise _ValueError(f"has {one!r} among identifiers, which is not scheme:id")
        put(scheme, identifier)
