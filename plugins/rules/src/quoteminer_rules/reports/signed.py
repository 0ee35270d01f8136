"""Words with their author's name behind a dash below or beside them: block quotations of web pages, pull quotes, what readers send in.

> Nobody thanks a lift for the floors it did not fall.
> — Leocadia Brunt, mechanic

“Is the bridge open yet?” – Trish

“No ledger is neutral” (Tan, 2019).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import regex

from ..labels import Turn, shape
from ..language.pack import Pack
from ..reading.blocks import Block
from .ranges import Offsets, apart, meets, trimmed

_DASHES: Final = ("—", "–", "―", "-")
_QUOTED: Final = re.compile(r"^[ \t]{0,3}>[ \t]?(.*)$", re.MULTILINE)
_ENDS: Final = frozenset('.!?…”"»')
"""What may stand before a new sentence."""
_DATED: Final = frozenset(["day", "time"])
_INDENT: Final = 2
"""Code points before a mark that opens its paragraph."""


def _signature(text: str, start: int, end: int, folder: Path) -> regex.Match[str] | None:
    """The name behind a dash that is all that stands between two places."""
    # Most texts have no dash there: nothing need be compiled for them.
    return _line(folder).fullmatch(text, start, end) if text.startswith(_DASHES, start) else None


@functools.cache
def _line(folder: Path) -> regex.Pattern[str]:
    return regex.compile(rf"(?:[—–―]|-{{1,2}})[ \t\u00a0]{{0,4}}(?P<name>{shape(folder).name})(?:,[ ][^\n]{{1,80}})?")


@functools.cache
def _cited(folder: Path) -> regex.Pattern[str]:
    """A work that is cited by its author and year behind words in marks, up to the end of the sentence."""
    name = shape(folder).name
    return regex.compile(
        rf"[ \u00a0]\((?P<name>{name})(?:[ ](?:&|\p{{Ll}}{{1,3}}\.?)[ ](?:{name}|\p{{Ll}}{{1,3}}\.))?,?[ ]\d{{4}}[a-z]?(?:[,:;][^()\n]{{1,40}})?\)(?=[.;]|\s*$)"
    )


def _citations(text: str, block: Block, pack: Pack) -> Iterator[Turn]:
    """Words in marks that are a sentence, or open one, with the author and year of the work that they stand in behind them."""
    classes = pack.classes
    for span in block.stretches:
        before = text[block.start : span.open].rstrip()
        if span.closed and (not before or before[-1] in _ENDS) and text.startswith(" (", span.close):
            cited = _cited(pack.folder).match(text, span.close, block.end)
            if cited is not None and _DATED.isdisjoint(classes(cited["name"].split()[0].lower())):
                yield Turn(cited.span("name"), (), [(span.start, span.end)])


def signed(text: str, blocks: Sequence[Block], covered: Iterable[Offsets], pack: Pack) -> list[Turn]:
    """The signed words in the paragraphs that nobody else has read, each with the name below or beside it as its label."""
    taken = apart(covered)
    found: list[Turn] = []
    lines: list[Offsets] = []
    for block in blocks:
        if meets(taken, block.start, block.end):
            lines = []
            continue
        quoted = list(_quoted(text, block))
        if quoted:
            # A line with a mark alone parts paragraphs of one block quotation.
            lines += quoted
            name = _signature(text, *trimmed(text, *lines[-1]), pack.folder)
            if name is not None:
                said = [line for line in lines[:-1] if text[slice(*line)].strip()]
                if said:
                    found.append(Turn(name.span("name"), (), said))
                lines = []
            continue
        lines = []
        if block.stretches and block.stretches[0].closed and block.stretches[0].open - block.start <= _INDENT:
            span = block.stretches[0]
            name = _signature(text, *trimmed(text, span.close + 1, block.end), pack.folder)
            if name is not None:
                found.append(Turn(name.span("name"), (), [(span.start, span.end)]))
                continue
        found += _citations(text, block, pack)
    return found


def _quoted(text: str, block: Block) -> Iterator[Offsets]:
    """The lines of a block without the marks of a block quotation before them; none where a line has no such mark."""
    start, end = trimmed(text, block.start, block.end)
    found = [match.span(1) for match in _QUOTED.finditer(text, start, end)]
    if len(found) == text.count("\n", start, end) + 1:
        yield from found
