"""From bytes to text without losing or changing a character."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final

from ..errors import FormatError

BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read_bytes(source: Path | IO[bytes], name: str) -> bytes:
    """All bytes of a file or stream.

    Raises:
        FormatError: when it cannot be read.
    """
    try:
        return source.read_bytes() if isinstance(source, Path) else source.read()
    except OSError as error:
        raise FormatError(error.strerror or str(error), name) from error


def decode(data: bytes, name: str) -> str:
    """UTF-8 text as it is; a byte order mark at the start is no part of the text, line ends stay as they are.

    Raises:
        FormatError: when the bytes are no UTF-8 or hold NUL, which no text does.
    """
    if data.startswith(_UTF16):
        raise FormatError("is UTF-16; only UTF-8 is read", name)
    if b"\x00" in data:
        raise FormatError("is a binary file (it holds NUL bytes)", name)
    try:
        return data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(f"is not UTF-8 (byte {error.start}: {data[error.start]:#04x})", name, line) from None
