"""Printing on a terminal: whether to colour, how wide, and nothing that a terminal would obey."""

from __future__ import annotations

import io
import os
import re
import shutil
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST: Final = 110

# What a terminal would obey instead of showing: control characters other than tab and line feed, and marks that turn the
# direction of what follows. Everything here is one character for one, so that offsets stay.
_UNSAFE: Final = {
    code: "�"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if code not in (9, 10)
}


def colour_wanted(*, terminal: bool) -> bool:
    """Whether to colour: on a terminal that can, unless ``NO_COLOR`` is set; ``FORCE_COLOR`` asks for it anywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")


def write(stream: IO[bytes], text: str) -> None:
    """Write all of it now, whatever surrogates it holds."""
    stream.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def new_console(*, colour: bool) -> Console:
    """A console that prints into memory, as wide as the terminal."""
    from rich.console import Console

    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, _WIDEST))
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def taken(console: Console, *, colour: bool) -> str:
    """What was printed; without colour also without the spaces that fill the lines."""
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    return text if colour else re.sub(r" +$", "", text, flags=re.MULTILINE)


def printable(text: str) -> str:
    """The text with what a terminal would obey replaced, one character for one."""
    return text.replace("\r\n", " \n").replace("\r", "\n").translate(_UNSAFE)


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(printable(text).split())
