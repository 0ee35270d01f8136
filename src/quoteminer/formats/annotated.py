"""What the readers of annotation formats share: their errors, and JSON that is what it should be."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, Final

from ..errors import FormatError, QuoteminerError, describe
from ..extraction import Extraction
from ..json_form import loads

#: Where a format has room for what it does not know, that stands under this name.
OURS: Final = "quoteminer"

_Read = Callable[[Any, IO[bytes]], Iterator[Extraction]]


def reading(read: _Read) -> _Read:
    """What is missing or of another type than it should be is an error in the file, not in us."""

    @functools.wraps(read)
    def guarded(self: Any, stream: IO[bytes]) -> Iterator[Extraction]:
        try:
            yield from read(self, stream)
        except QuoteminerError:
            raise
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise FormatError(f"is not as {self.name} has it: {describe(error)}") from error

    return guarded


def as_object(value: object, what: str) -> Mapping[str, Any]:
    """``value``, when it is an object.

    Raises:
        FormatError: when it is none; ``what`` names it.
    """
    if not isinstance(value, Mapping):
        raise FormatError(f"{what}: expected an object, not {type(value).__name__}")
    return value


def json_lines(stream: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Numbers of lines, from 1, and their values; blank ones are passed over.

    Raises:
        FormatError: for a line that is no JSON in UTF-8.
    """
    for number, raw in enumerate(stream, 1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FormatError(f"is not UTF-8: {error}", line=number) from None
        if line.strip():
            yield number, loads(line)
