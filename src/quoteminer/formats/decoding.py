"""From bytes to text without losing or changing a character."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import IO, Final

from ..errors import ConfigurationError, FormatError
from . import signs

BOM: Final = b"\xef\xbb\xbf"
UTF8: Final = "utf-8"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def encoding_named(name: str) -> str:
    """The usual name of an encoding of text.

    Raises:
        ConfigurationError: when Python knows none of that name.
    """
    try:
        found = codecs.lookup(name)
        "".encode(name)  # which codecs that make no text of bytes refuse
    except (LookupError, ValueError):
        message = f"encoding: {name!r} is not known; such as utf-8, utf-16, windows-1252 or latin-1"
        raise ConfigurationError(message, "encoding", name) from None
    return found.name


def by_lines(encoding: str) -> bool:
    """Whether a line feed is one byte of its own, so that bytes can be cut into lines before they are decoded."""
    return "\n".encode(encoding) == b"\n"


def read_bytes(source: Path | IO[bytes], name: str) -> bytes:
    """All bytes of a file or stream.

    Raises:
        FormatError: when it cannot be read.
    """
    try:
        return source.read_bytes() if isinstance(source, Path) else source.read()
    except OSError as error:
        raise FormatError(error.strerror or str(error), name) from error


def decode(data: bytes, name: str, encoding: str = UTF8) -> str:
    """The text as it is; a byte order mark at the start is no part of it, line ends stay as they are.

    Raises:
        FormatError: when the bytes are not in the encoding or hold NUL, which no text does; the message says what to do.
    """
    if encoding == UTF8 and data.startswith(_UTF16):
        raise FormatError("is UTF-16; read it with --encoding utf-16 or convert it (iconv -f utf-16 -t utf-8)", name)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise _undecodable(data, name, encoding, error) from None
    if "\x00" in text:
        raise FormatError(_binary(data), name)
    return text.removeprefix("\ufeff") if encoding == UTF8 else text


def _undecodable(data: bytes, name: str, encoding: str, error: UnicodeError) -> FormatError:
    kind = signs.container(data)
    if kind is not None:
        return FormatError(kind, name)
    if not isinstance(error, UnicodeDecodeError):
        return FormatError(f"is not {encoding.upper()} ({error})", name)
    if by_lines(encoding) and b"\x00" in data:
        return FormatError(_binary(data), name)
    what = f"is not {encoding.upper()} (byte {error.start}: {data[error.start]:#04x})"
    hint = "; name its encoding, as in --encoding windows-1252, or convert it (iconv -f latin1 -t utf-8)"
    line = data.count(b"\n", 0, error.start) + 1
    return FormatError(what + (hint if encoding == UTF8 else ""), name, line)


def _binary(data: bytes) -> str:
    return signs.container(data) or "is a binary file (it holds NUL bytes); save its text as UTF-8"
