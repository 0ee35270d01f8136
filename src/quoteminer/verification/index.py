"""Where words and pairs of words stand in many sources: one sorted table, in memory or in a file.

An entry is a number of 64 bits: the upper half tells the word or pair, the lower half the place, counted over all sources. Looking one up is a binary
search; what two words share by chance is sorted out when the places are compared.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, overload

import attrs

from ..document import Document
from ..errors import FormatError
from .folding import Words

_MAGIC: Final = b"quoteminer-words/1\n"
_HALF: Final = 32
_MASK: Final = (1 << _HALF) - 1
_MULTIPLIER: Final = 0x9E3779B1
#: The table is sorted in so many parts, so that never all of it lies in memory as Python numbers.
_PARTS: Final = 64
_SHIFT: Final = 2 * _HALF - 6


def word_hash(key: str) -> int:
    """What tells a word."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def pair_hash(first: int, second: int) -> int:
    """What tells a pair of words."""
    return (first * _MULTIPLIER + second * 5 + 1) & _MASK


@attrs.frozen
class Entry:
    """A source in an index.

    Attributes:
        id: of the document.
        digest: of its text and language.
        first, size: where its words begin among those of all sources, and how many there are.
    """

    id: str
    digest: str
    first: int
    size: int


class _Keys(Sequence[str]):
    """The words of a source by their numbers in the vocabulary: only those that are asked for become strings."""

    __slots__ = ("_numbers", "_vocabulary")

    def __init__(self, numbers: memoryview[int], vocabulary: Sequence[str]) -> None:
        self._numbers = numbers
        self._vocabulary = vocabulary

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._vocabulary[number] for number in self._numbers[place]]
        return self._vocabulary[self._numbers[place]]


class Builder:
    """Collects the words of sources, one after the other.

    Args:
        made: tells how the words were made; an index of words that were made otherwise is of no use.
    """

    def __init__(self, made: str = "") -> None:
        self._made = made
        self._parts: list[array[int]] = [array("Q") for _ in range(_PARTS)]
        self._numbers: dict[str, int] = {}
        self._hashes: list[int] = []
        self._entries: list[Entry] = []
        self._columns: tuple[array[int], array[int], array[int]] = (array("I"), array("I"), array("I"))
        self._size = 0

    def add(self, document: Document, words: Words) -> None:
        """Take up a source."""
        numbers, hashes = self._numbers, self._hashes
        found = []
        for key in words.keys:
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(hashes)
                hashes.append(word_hash(key))
            found.append(number)
        parts = self._parts
        place = self._size
        before = -1
        for number in found:
            value = hashes[number]
            entry = value << _HALF | place
            parts[entry >> _SHIFT].append(entry)
            if before >= 0:
                entry = ((before * _MULTIPLIER + value * 5 + 1) & _MASK) << _HALF | place - 1
                parts[entry >> _SHIFT].append(entry)
            before = value
            place += 1
        for column, values in zip(self._columns, (found, words.starts, words.ends), strict=True):
            column.extend(array("I", values))
            # No pair reaches from one source into the next.
            column.append(0)
        self._entries.append(Entry(document.id, digest(document), self._size, len(found)))
        self._size = place + 1

    def build(self) -> Index:
        """The index of all that was added."""
        table = array("Q")
        for number, part in enumerate(self._parts):
            table.extend(sorted(part))
            self._parts[number] = array("Q")
        return Index(self._entries, list(self._numbers), table, self._columns, self._made)


class Index:
    """The sorted table, and which source has which places.

    Args:
        entries: the sources, by their first place.
        vocabulary: every word that is in any.
        table: the entries, sorted.
        columns: of each place the number of its word, and where it begins and ends in the text.
        made: as for :class:`Builder`.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        vocabulary: Sequence[str],
        table: array[int] | memoryview[int],
        columns: Sequence[array[int] | memoryview[int]],
        made: str = "",
    ) -> None:
        self.made = made
        self.entries = list(entries)
        self._vocabulary = vocabulary
        self._table = table
        # Views, of which parts are taken without copying.
        self._columns = [memoryview(column) for column in columns]
        self._firsts = [entry.first for entry in self.entries]

    def words(self, number: int) -> Words:
        """The words of a source."""
        entry = self.entries[number]
        numbers, starts, ends = (column[entry.first : entry.first + entry.size] for column in self._columns)
        return Words(_Keys(numbers, self._vocabulary), starts, ends, bytes(entry.size))

    def __len__(self) -> int:
        """Number of words in all sources."""
        return sum(entry.size for entry in self.entries)

    def count(self, value: int) -> int:
        """How often a word or pair stands in the sources."""
        low, high = self._range(value)
        return high - low

    def places(self, value: int, most: int) -> Iterator[int]:
        """Where it stands, at most so many places, spread over all where there are more."""
        low, high = self._range(value)
        step = max(1, -(-(high - low) // most))
        for at in range(low, high, step):
            yield self._table[at] & _MASK

    def source(self, place: int) -> int:
        """The number of the source that has a place."""
        return bisect_right(self._firsts, place) - 1

    def _range(self, value: int) -> tuple[int, int]:
        low = bisect_left(self._table, value << _HALF)
        return low, bisect_left(self._table, (value + 1) << _HALF, low)

    def write(self, path: Path) -> None:
        """Keep it in a file, which appears when it is complete."""
        head = {
            "order": sys.byteorder,
            "made": self.made,
            "size": len(self._table),
            "sources": [[entry.id, entry.digest, entry.first, entry.size] for entry in self.entries],
            "vocabulary": self._vocabulary,
        }
        encoded = json.dumps(head, ensure_ascii=True).encode("ascii")
        # The table begins at a multiple of eight, so that it can be read where it lies.
        padding = -(len(_MAGIC) + len(encoded) + 1) % 8
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as stream:
            stream.write(_MAGIC + encoded + b" " * padding + b"\n")
            for column in (self._table, *self._columns):
                stream.write(memoryview(column).cast("B"))
        part.replace(path)

    @classmethod
    def read(cls, path: Path) -> Index:
        """Read it from a file, of which only what is looked up is loaded.

        Raises:
            FormatError: when the file is no index, or one of another machine or version.
        """
        with path.open("rb") as stream:
            if stream.readline(len(_MAGIC) + 1) != _MAGIC:
                raise FormatError("is no index of sources, or one of another version", str(path))
            try:
                head: dict[str, Any] = json.loads(stream.readline())
                entries = [Entry(*row) for row in head["sources"]]
                vocabulary, order, size, made = head["vocabulary"], head["order"], int(head["size"]), str(head["made"])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise FormatError(f"its head cannot be read: {error}", str(path)) from None
            if order != sys.byteorder:
                raise FormatError("was made on a machine with another order of bytes; make it anew", str(path))
            begin = stream.tell()
            places = sum(entry.size + 1 for entry in entries)
            if stream.seek(0, 2) != begin + 8 * size + 3 * 4 * places:
                raise FormatError("is cut off; make it anew", str(path))
            if not places:
                return cls(entries, vocabulary, array("Q"), (array("I"), array("I"), array("I")), made)
            view = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        middle = begin + 8 * size
        columns = [view[middle + 4 * places * one : middle + 4 * places * (one + 1)].cast("I") for one in range(3)]
        return cls(entries, vocabulary, view[begin:middle].cast("Q"), columns, made)


def digest(document: Document) -> str:
    """What tells whether a source is still the one that was indexed."""
    made = hashlib.blake2b(document.text.encode("utf-8", "surrogatepass"), digest_size=12)
    made.update(document.language.encode("utf-8"))
    return made.hexdigest()


def hashes_of(keys: Iterable[str]) -> list[int]:
    """What tells each word."""
    return [word_hash(key) for key in keys]
