"""What leaves the program on a terminal: colours, width, and nothing that a terminal would obey.

Everything that the program prints goes through here: messages through :func:`say`, tables through :func:`new_console`, plain text through
:func:`printable`, and data formats, when they are printed on a terminal, through :class:`TerminalData`.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from typing_extensions import Buffer

_WIDEST: Final = 110

#: What a terminal would obey instead of showing: control characters other than tab and line feed, and marks that turn the
#: direction of what follows.
_OBEYED: Final = [
    code for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)) if code not in (9, 10)
]
# One character for one, so that offsets stay.
_UNSAFE: Final = dict.fromkeys(_OBEYED, "�")
#: As JSON writes them, so that JSON stays what it was.
_ESCAPED: Final = {code: f"\\u{code:04x}" for code in _OBEYED}


def colour_wanted(*, terminal: bool) -> bool:
    """Whether to colour: on a terminal that can, unless ``NO_COLOR`` is set; ``FORCE_COLOR`` asks for it anywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")


def encoded(text: str) -> bytes:
    """UTF-8, whatever surrogates the text holds: they are written as escapes."""
    return text.encode("utf-8", "backslashreplace")


def write(stream: IO[bytes], text: str) -> None:
    """Write all of it now."""
    stream.write(encoded(text))
    stream.flush()


def say(message: str) -> None:
    """A message for whoever runs the program, on standard error. Where that is closed or full, there is nobody to tell."""
    try:
        sys.stderr.write(printable(message.rstrip("\n")) + "\n")
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def reason(error: OSError) -> str:
    """Why a stream cannot be written, for a message."""
    return "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)


def discard(stream: TextIO) -> None:
    """Let all that is still written to a broken stream go nowhere, so that Python does not complain about it at the end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def new_console(*, colour: bool) -> Console:
    """A console that prints into memory, as wide as the terminal."""
    from rich.console import Console
    from rich.segment import Segment

    class Printable(Console):
        """Whatever is rendered, in whatever cell: its text is printable, only the styles are escape sequences."""

        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for segment in super().render(renderable, options):
                yield segment if segment.control else Segment(segment.text.translate(_UNSAFE), segment.style)

    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, _WIDEST))
    return Printable(
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


class TerminalData(io.BufferedIOBase):
    """Data on its way to a terminal: what the terminal would obey is written as JSON escapes it; all else as it is."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        # The line ends of CSV are shown as what they are.
        text = self._decoder.decode(bytes(data)).replace("\r\n", "\n")
        self._stream.write(text.translate(_ESCAPED).encode("utf-8"))
        return memoryview(data).nbytes

    def flush(self) -> None:
        self._stream.flush()
