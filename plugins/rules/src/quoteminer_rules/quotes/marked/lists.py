"""Lists that a reporting clause announces: "The strikers demand:" and the items below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from ...blockwise import Watch
from ...layout import Block
from ...lexicon import Lexicon
from ..attribution import is_filler
from ..found import Found, span_of
from .covered import Covered
from .paragraphs import introduction

_OPENING: Final = re.compile(r":[ \t]*(?:\r?\n[ \t]*){1,3}(?=(?:[-•*–]|\d{1,2}[.)])[ \t])")
_ITEM: Final = re.compile(r"(?:[-•*–]|\d{1,2}[.)])[ \t]+([^\n]+)(?:\n[ \t\r]*){0,3}")
_LONGEST: Final = 50
_SPEECH: Final = frozenset({"say", "tell", "ask", "urge"})
_EDGE: Final = " \t\r\n\f\v;,."


def lists(text: str, blocks: list[Block], covered: list[tuple[int, int]], lexicon: Lexicon, watch: Watch) -> list[Found]:
    """The announced lists of a text outside the ``covered`` ranges, each as one quotation with a span for each item."""
    found: list[Found] = []
    starts: list[int] = []
    taken = Covered(covered)
    for opening in _OPENING.finditer(text):
        colon = opening.start()
        starts = starts or [block.start for block in blocks]
        at = bisect_right(starts, colon) - 1
        if at < 0 or taken.holds(colon):
            continue
        with watch.over(colon):
            quote = _announced(text, blocks, at, colon, opening.end(), lexicon)
            if quote is not None:
                found.append(quote)
    return found


def _announced(text: str, blocks: list[Block], at: int, colon: int, begin: int, lexicon: Lexicon) -> Found | None:
    """The list behind a colon in block number ``at``, if a reporting clause announces it; its items begin at ``begin``."""
    block = blocks[at]
    introduced = introduction(text, block, lexicon, colon + 1)
    if introduced is None or introduced[1].cue.lemma == ":":
        return None
    tokens, clause = introduced
    if clause.cue.classes.isdisjoint(_SPEECH) or not is_filler(tokens, clause.last, len(tokens) - 1, lexicon):
        # "Ada says we need:": the list goes on with a clause that is reported.
        return None
    items = _items(text, begin)
    if len(items) < 2:
        return None
    last = items[-1][1]
    inside = [
        stretch
        for near in blocks[at : at + _LONGEST]
        for stretch in near.opening_between(items[0][0], last)
        if _within(items, stretch.open)
    ]
    if any(_within([(stretch.open, stretch.open + 1)], start) for start, _ in items for stretch in inside):
        # Items in quotation marks are direct speech.
        return None
    quote = Found(items, "mixed" if inside else "indirect", "list")
    quote.cue = [span_of(tokens, part) for part in clause.cue.ranges]
    quote.lemma = clause.cue.lemma
    if clause.source is not None:
        quote.source = span_of(tokens, clause.source)
    return quote


def _items(text: str, at: int) -> list[tuple[int, int]]:
    items: list[tuple[int, int]] = []
    while len(items) < _LONGEST and (item := _ITEM.match(text, at)) is not None:
        start, end = item.span(1)
        end = start + len(_without_link(text[start:end]))
        if end > start:
            items.append((start, end))
        at = item.end()
    return items


def _without_link(item: str) -> str:
    """An item without punctuation at its end and without the word that leads to the next one (“the bridge; and”)."""
    words = item.rstrip(_EDGE)
    for link in ("and", "or"):
        if words.endswith(link):
            before = words[: -len(link)].rstrip()
            if before.endswith((",", ";")):
                return before.rstrip(_EDGE)
    return words


def _within(spans: list[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)
