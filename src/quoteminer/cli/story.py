"""The table: the story with its quotations marked, then who said what."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Final

from ..annotations import Extraction, Quote, Speaker
from ..plugins import PluginInfo

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_COLOURS: Final = ("green", "cyan", "magenta", "yellow", "blue", "red")
_WIDEST: Final = 110


def _console(stream: IO[bytes], *, colour: bool) -> tuple[Console, io.TextIOWrapper]:
    from rich.console import Console

    width = min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", write_through=True)
    return Console(
        file=text, width=width, force_terminal=colour, no_color=not colour, highlight=False, markup=False, emoji=False
    ), text


def show(extractions: Iterable[Extraction], stream: IO[bytes], *, colour: bool) -> None:
    """Write the table of each extraction; without colour the marks are brackets and numbers."""
    console, text = _console(stream, colour=colour)
    try:
        for extraction in extractions:
            _show_one(extraction, console, colour=colour)
    finally:
        text.detach()


def _show_one(extraction: Extraction, console: Console, *, colour: bool) -> None:
    from rich.rule import Rule

    colours = {speaker.id: _COLOURS[index % len(_COLOURS)] for index, speaker in enumerate(extraction.speakers)}
    heading = extraction.document.title or extraction.document.id
    console.print(Rule(_printable(heading), style="dim", characters="─"))
    console.print()
    console.print(_story(extraction, colours, colour=colour))
    console.print()
    _print_speakers(extraction, colours, console)


def _printable(text: str) -> str:
    """Control characters would move the cursor or change its colour."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def _story(extraction: Extraction, colours: dict[str, str], *, colour: bool) -> Text:
    """The text with each quotation in brackets with its number, cue and source marked."""
    from rich.text import Text

    text = extraction.document.text
    marks: list[tuple[int, int, int, str, str]] = []
    # Order at one offset: what ends comes before what begins, inner before outer.
    for number, quote in enumerate(extraction.quotes, 1):
        style = colours.get(quote.speaker or "", "white")
        for span in quote.content:
            marks.append((span.start, 2, -len(span), f"[{number} ", style))
            marks.append((span.end, 1, -span.start, "]", style))
    inserts = sorted(marks)
    styles = _styles(extraction, colours)
    result = Text()
    at = 0

    def copy(to: int) -> None:
        nonlocal at
        if to > at:
            piece = Text(_printable(text[at:to]))
            for start, end, style in styles:
                low, high = max(start, at), min(end, to)
                if low < high:
                    piece.stylize(style, low - at, high - at)
            result.append_text(piece)
            at = to

    for offset, _, _, mark, style in inserts:
        copy(offset)
        result.append(mark, style=f"bold {style}")
    copy(len(text))
    result.rstrip()
    return result


def _styles(extraction: Extraction, colours: dict[str, str]) -> list[tuple[int, int, str]]:
    styles: list[tuple[int, int, str]] = []
    for quote in extraction.quotes:
        colour = colours.get(quote.speaker or "", "white")
        styles += [(span.start, span.end, colour) for span in quote.content]
    for quote in extraction.quotes:
        colour = colours.get(quote.speaker or "", "white")
        styles += [(span.start, span.end, "italic") for span in quote.cue]
        if quote.source is not None:
            styles.append((quote.source.start, quote.source.end, f"bold underline {colour}"))
    return styles


def _print_speakers(extraction: Extraction, colours: dict[str, str], console: Console) -> None:
    from rich.text import Text

    if not extraction.quotes:
        console.print("no quotations found")
        console.print()
        return
    numbers = {quote.id: number for number, quote in enumerate(extraction.quotes, 1)}
    said = [(speaker, extraction.quotes_by(speaker.id)) for speaker in extraction.speakers]
    groups: list[tuple[Speaker | None, Sequence[Quote]]] = [(speaker, quotes) for speaker, quotes in said if quotes]
    unknown = [quote for quote in extraction.quotes if quote.speaker is None]
    if unknown:
        groups.append((None, unknown))
    for speaker, quotes in groups:
        line = Text()
        if speaker is None:
            line.append("speaker not known", style="bold")
        else:
            line.append(_printable(speaker.name), style=f"bold {colours[speaker.id]}")
            if speaker.role:
                line.append(f", {_printable(speaker.role)}")
        line.append(f" · {len(quotes)} quote{'s' if len(quotes) != 1 else ''}", style="dim")
        console.print(line)
        for quote in quotes:
            _print_quote(extraction, quote, numbers[quote.id], console)
        console.print()


def _print_quote(extraction: Extraction, quote: Quote, number: int, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table

    content = " ".join(_printable(quote.text(extraction.document)).split())
    cue = " … ".join(extraction.document[span] for span in quote.cue)
    notes = [quote.kind]
    if cue:
        notes.append(cue)
    addressee = extraction.speaker(quote.addressee)
    if addressee is not None:
        notes.append(f"to {addressee.name}")
    if quote.modality != "asserted":
        notes.append(quote.modality)
    if quote.parent is not None:
        notes.append("within " + quote.parent.removeprefix("q"))
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=4)
    table.add_column(width=22, overflow="fold", style="dim")
    table.add_column(ratio=1)
    table.add_row(str(number), ", ".join(_printable(note) for note in notes), _shortened(content))
    console.print(Padding(table, (0, 0, 0, 0)))


def _shortened(content: str) -> str:
    return content if len(content) <= 160 else f"{content[:110].rstrip()} … {content[-40:].lstrip()}"


def show_plugins(infos: Sequence[PluginInfo]) -> None:
    """Write the list of plugins to standard output."""
    from rich.table import Table

    console, text = _console(sys.stdout.buffer, colour=sys.stdout.isatty())
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "version", "distribution", "status", "components"):
        table.add_column(heading, overflow="fold")
    for info in infos:
        table.add_row(info.name, info.version, info.distribution, info.status, info.error or ", ".join(info.components))
    console.print(table)
    text.detach()
