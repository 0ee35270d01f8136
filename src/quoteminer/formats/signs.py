"""What bytes and texts plainly are when they are not what a reader expects, and what to do then."""

from __future__ import annotations

import re
from typing import Final

#: How files begin that hold text, but not as text, with what makes text of them.
_CONTAINERS: Final = (
    (b"%PDF-", "is a PDF; make a text of it, for example with `pdftotext FILE.pdf FILE.txt`"),
    (b"PK\x03\x04", "is an archive such as .docx, .odt or .epub; save it as plain text, for example with `pandoc -t plain -o FILE.txt`"),
    (b"\xd0\xcf\x11\xe0", "is an old Office file; save it as plain text"),
    (b"\x1f\x8b", "is compressed; unpack it, for example with `gunzip`"),
    (b"BZh", "is compressed; unpack it, for example with `bunzip2`"),
    (b"\xfd7zXZ\x00", "is compressed; unpack it, for example with `unxz`"),
)  # fmt: skip
#: How texts begin, behind blanks, that are not the prose they are about to be read as.
_MARKUP: Final = (
    ("HTML", re.compile(
        r"\A<(?:!doctype\s{1,9}html|(?:html|head|body|title|meta|div|article|section|main|header|table|p|h[1-6]|ul|ol|blockquote|span)\b[^<>]{0,500}>)",
        re.IGNORECASE,
    )),
    ("XML", re.compile(r"\A<\?xml\b", re.IGNORECASE)),
    ("WebVTT subtitles", re.compile(r"\AWEBVTT(?:\s|$)")),
    ("SubRip subtitles", re.compile(r"\A\d{1,6}[ \t]{0,9}\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3} -->")),
    ("RTF", re.compile(r"\A\{\\rtf")),
    ("PDF", re.compile(r"\A%PDF-")),
    ("JSON", re.compile(r'\A(?:\[\s{0,99})?\{\s{0,99}"[^"\n]{0,100}"\s{0,9}:')),
)  # fmt: skip


def container(data: bytes) -> str | None:
    """What a file that is no text plainly is and how to make text of it; ``None`` where it is not plain."""
    return next((message for begin, message in _CONTAINERS if data.startswith(begin)), None)


def markup(text: str) -> str | None:
    """The markup, subtitles or data that a text plainly is, by its beginning; ``None`` for prose."""
    begin = text[:1_000].lstrip(" \t\r\n\f\v\ufeff")
    return next((name for name, pattern in _MARKUP if pattern.match(begin)), None)
