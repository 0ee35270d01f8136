"""The table: the story with its quotations and claims marked, then who said what, then what can be checked."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Final

from ..annotations import Claim, Quote, Speaker, is_unsure
from ..extraction import Extraction
from ..plugins.manager import PluginInfo
from .console import new_console, one_line, printable, taken, write

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_COLOURS: Final = ("green", "cyan", "magenta", "yellow", "blue", "red")
_LONGEST: Final = 150
#: Claims that deserve a check so much are marked in the story.
_WORTH_CHECKING: Final = 0.5
#: At one offset, claims stand inside quotations.
_INSIDE: Final = 1 << 32


def show(extractions: Iterable[Extraction], stream: IO[bytes], *, colour: bool) -> None:
    """Write the table of each extraction; without colour, brackets and stars stand for it.

    Each table is written in one piece, so that an interrupt leaves whole ones only.
    """
    for extraction in extractions:
        write(stream, _rendered(extraction, colour=colour))


def plugins_table(infos: Sequence[PluginInfo], *, colour: bool) -> str:
    """The list of plugins."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("name", "version", "distribution", "status", "components"):
        table.add_column(heading, overflow="fold")
    for info in infos:
        table.add_row(info.name, info.version, info.distribution, info.status, info.error or ", ".join(info.components))
    console = new_console(colour=colour)
    console.print(table)
    return taken(console, colour=colour)


def _rendered(extraction: Extraction, *, colour: bool) -> str:
    from rich.rule import Rule

    console = new_console(colour=colour)
    colours = {speaker.id: _COLOURS[index % len(_COLOURS)] for index, speaker in enumerate(extraction.speakers)}
    heading = extraction.document.title or extraction.document.id
    console.print(Rule(one_line(heading), style="dim", characters="─"))
    console.print()
    console.print(_story(extraction, colours, colour=colour))
    console.print()
    _print_speakers(extraction, colours, console, colour=colour)
    _print_claims(extraction, console)
    return taken(console, colour=colour)


def _story(extraction: Extraction, colours: dict[str, str], *, colour: bool) -> Text:
    """The text with each quotation in brackets with its number, claims worth checking in braces with theirs, and cue and source marked.

    Colour and style tell a cue and a source; without them they stand between ``_`` and ``*``.
    """
    from rich.text import Text

    text = printable(extraction.document.text)
    marks: list[tuple[int, int, int, int, str, str]] = []
    styles: list[tuple[int, int, str]] = []

    def mark(start: int, end: int, before: str, after: str, style: str, rank: int) -> None:
        # At one offset, what ends comes before what begins; of what begins, the longer first; of what ends, the shorter.
        marks.append((start, 1, -(end - start), rank, before, style))
        marks.append((end, 0, end - start, -rank, after, style))

    attributions: list[tuple[int, int, str]] = []
    for number, quote in enumerate(extraction.quotes, 1):
        shade = colours.get(quote.speaker or "", "white")
        for span in quote.content:
            styles.append((span.start, span.end, shade))
            mark(span.start, span.end, f"[{number} ", "]", f"bold {shade}", number)
        attributions += [(span.start, span.end, "italic") for span in quote.cue]
        if quote.source is not None:
            attributions.append((quote.source.start, quote.source.end, f"bold underline {shade}"))
    for number, claim in enumerate(extraction.claims, 1):
        if claim.check_worthiness >= _WORTH_CHECKING:
            for span in claim.spans:
                mark(span.start, span.end, f"{{{number} ", "}", "bold", _INSIDE + number)
    # Two quotes can share a cue or a source; it is marked once.
    for start, end, style in dict.fromkeys(attributions):
        if colour:
            styles.append((start, end, style))
        elif any(map(str.isalnum, text[start:end])):
            sign = "_" if style == "italic" else "*"
            mark(start, end, sign, sign, "", 0)
    marks.sort()
    pieces: list[str | tuple[str, str]] = []
    at = 0
    for offset, _, _, _, sign, style in marks:
        pieces.append(text[at:offset])
        pieces.append((sign, style))
        at = offset
    pieces.append(text[at:])
    result = Text.assemble(*(piece for piece in pieces if piece))
    # Where each offset of the text went: by as much as was put in before it.
    offsets = [entry[0] for entry in marks]
    shifts = [0, *itertools.accumulate(len(entry[4]) for entry in marks)]
    for start, end, style in styles:
        result.stylize(style, start + shifts[bisect_right(offsets, start)], end + shifts[bisect_left(offsets, end)])
    result.rstrip()
    return result


def _print_speakers(extraction: Extraction, colours: dict[str, str], console: Console, *, colour: bool) -> None:
    from rich.text import Text

    signs: list[str] = []
    if not colour and extraction.quotes:
        signs += ["[1 …] quotation"]
        signs += ["*…* source"] if any(quote.source for quote in extraction.quotes) else []
        signs += ["_…_ cue"] if any(quote.cue for quote in extraction.quotes) else []
    if any(claim.check_worthiness >= _WORTH_CHECKING for claim in extraction.claims):
        signs += ["{1 …} claim worth checking"]
    if signs:
        console.print(", ".join(signs))
        console.print()
    if not extraction.quotes:
        console.print("no quotations found")
        console.print()
        return
    numbers = {quote.id: number for number, quote in enumerate(extraction.quotes, 1)}
    groups: dict[str | None, list[Quote]] = {speaker.id: [] for speaker in extraction.speakers}
    groups[None] = []
    for quote in extraction.quotes:
        groups[quote.speaker].append(quote)
    names: dict[str | None, Speaker] = {speaker.id: speaker for speaker in extraction.speakers}
    for id_, quotes in groups.items():
        if not quotes:
            continue
        line = Text()
        if id_ is None:
            line.append("speaker not known", style="bold")
        else:
            line.append(one_line(names[id_].name), style=f"bold {colours[id_]}")
            if names[id_].role:
                line.append(f", {one_line(names[id_].role or '')}")
        line.append(f" · {len(quotes)} quote{'s' if len(quotes) != 1 else ''}", style="dim")
        console.print(line)
        _print_quotes(quotes, extraction, names, numbers, console)
        console.print()


def _print_quotes(
    quotes: Iterable[Quote],
    extraction: Extraction,
    names: dict[str | None, Speaker],
    numbers: dict[str, int],
    console: Console,
) -> None:
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", min_width=4)
    table.add_column(min_width=8, max_width=24, style="dim")
    table.add_column(ratio=1)
    for quote in quotes:
        notes: list[str] = [quote.kind]
        if quote.cue:
            notes.append(" … ".join(one_line(extraction.document[span]) for span in quote.cue))
        if is_unsure(quote):
            notes.append("speaker unsure?")
        if quote.addressee is not None:
            notes.append(f"to {one_line(names[quote.addressee].name)}")
        if quote.modality != "asserted":
            notes.append(quote.modality)
        if quote.parent is not None:
            notes.append(f"in {numbers[quote.parent]}")
        table.add_row(str(numbers[quote.id]), ", ".join(notes), _shortened(one_line(quote.text(extraction.document))))
    console.print(table)


def _print_claims(extraction: Extraction, console: Console) -> None:
    from rich.table import Table

    if not extraction.claims:
        return
    names = {speaker.id: speaker.name for speaker in extraction.speakers}

    def notes(claim: Claim) -> str:
        claimant = [] if claim.claimant is None else [one_line(names[claim.claimant])]
        modality = [] if claim.modality == "asserted" else [claim.modality]
        return ", ".join([claim.kind, *modality, *claimant])

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", min_width=4)
    table.add_column(justify="right", min_width=4)
    table.add_column(min_width=8, max_width=24, style="dim")
    table.add_column(ratio=1)
    for number, claim in enumerate(extraction.claims, 1):
        words = " … ".join(extraction.document[span] for span in claim.spans)
        table.add_row(str(number), f"{claim.check_worthiness:.2f}", notes(claim), _shortened(one_line(words)))
    console.print(f"claims, with how much each deserves checking · {len(extraction.claims)}")
    console.print(table)
    console.print()


def _shortened(words: str) -> str:
    """At most about two lines, cut between words where there are any."""
    if len(words) <= _LONGEST:
        return words
    cut = words.rfind(" ", _LONGEST // 2, _LONGEST)
    return f"{words[: cut if cut > 0 else _LONGEST].rstrip()} …"
