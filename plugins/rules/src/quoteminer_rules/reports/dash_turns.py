"""Turns whose label a dash ends, as minutes of parliaments set them: M. Dupont (UG). – Merci. / Sr. Ruiz.– Gracias."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from ..labels import Turn, shape
from ..language.pack import Pack
from ..reading.blocks import Block

_LINE: Final = regex.compile(
    r"^[ \t]{0,8}(?P<label>\p{Lu}[^\n:–—]{1,90}?|@\w{2,30})(?P<stop>\.?)[ \u00a0]?(?P<dash>[–—-])[ \u00a0](?=\S)", regex.MULTILINE
)
_DASH: Final = re.compile("[–—-][ \u00a0]")
_REACH: Final = 110
"""Code points from the beginning of a line to the dash behind its label, at most."""
_FEWEST: Final = 3
"""Labels: two lines with a dash may stand anywhere."""


def dash_turns(text: str, blocks: Sequence[Block], pack: Pack) -> list[Turn]:
    """The turns of a text whose labels end with a dash; none where too few lines look like labels, or none names anybody by a title twice."""
    found = [match for match in _labelled(text) if _names(match, pack)]
    if len(found) < _FEWEST or len({match["label"] for match in found}) < 2:
        return []
    names = Counter(match["label"].split("(")[0].split(",")[0].strip() for match in found)
    if len(names) == len(found) and len(found) <= _FEWEST:
        return []
    ends = [block.end for block in blocks]
    turns: list[Turn] = []
    for match, following in zip(found, [*found[1:], None], strict=True):
        stop = len(text) if following is None else following.start()
        said = list(_said(text, match.end(), stop, blocks, ends))
        mark = match.span("stop") if match["stop"] else match.span("dash")
        if said:
            turns.append(Turn(match.span("label"), (mark,), said))
    return turns


def _labelled(text: str) -> Iterator[regex.Match[str]]:
    """The lines that begin with a label and a dash; tried only where a dash stands near the beginning of its line."""
    begun = -1
    for dash in _DASH.finditer(text):
        start = text.rfind("\n", max(0, dash.start() - _REACH), dash.start()) + 1
        if start > begun and (start or dash.start() <= _REACH):
            begun = start
            match = _LINE.match(text, start)
            if match is not None:
                yield match


def _names(match: regex.Match[str], pack: Pack) -> bool:
    """Whether what stands before a dash is somebody with a title, or a label as others are."""
    label = match["label"]
    if label[0] == "@":
        return True
    first = label.split()[0].lower().rstrip(".")
    if first in pack.of_class("no_speaker"):
        return False
    if "title" in pack.classes(first) and len(label.split()) > 1:
        return True
    return bool(match["stop"]) and shape(pack.folder).label.fullmatch(label) is not None


def _said(text: str, start: int, stop: int, blocks: Sequence[Block], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs between two labels, without notes in brackets."""
    for number in range(bisect_right(ends, start), len(blocks)):
        block = blocks[number]
        if block.start >= stop:
            return
        first, last = max(start, block.start), min(stop, block.end)
        while last > first and text[last - 1].isspace():
            last -= 1
        while first < last and text[first].isspace():
            first += 1
        if first < last and not (text[first] in "([" and text[last - 1] in ")]"):
            yield first, last
