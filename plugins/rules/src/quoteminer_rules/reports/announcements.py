"""Paragraphs and lists that a reporting clause announces: Ada writes: / The engine weaves patterns. – The strikers demand: / - more pay; / - a roof.

What is announced is read as if it stood in marks behind the colon, so that the constructions of the language tell who says it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from quoteminer.text.marks import MarkedSpan

from ..blockwise import Watch
from ..language.pack import Pack
from ..reading.blocks import Block
from ..reading.chunks import LETTER, chunker
from ..reading.passages import Passage
from .candidates import Candidate, candidates
from .constructions import constructions
from .cue_classes import UNSPOKEN, cue_class
from .ranges import Offsets, apart, meets, trimmed, without_marks
from .selection import Report, Scored, report_of

BLOCK: Final = "block"
LIST: Final = "list"
_LONGEST: Final = 600
"""Code points of the longest announcement."""
_SHORTEST: Final = 40
"""Code points: a shorter paragraph behind a colon is a heading or the like."""
_INDENT: Final = 2
_MOST: Final = 50
"""Items of the longest list."""
_OPENING: Final = re.compile(r":[ \t]*(?:\r?\n[ \t]*){1,3}(?=(?:[-•*–]|\d{1,2}[.)])[ \t])")
_ITEM: Final = re.compile(r"(?:[-•*–]|\d{1,2}[.)])[ \t]+([^\n]+)(?:\n[ \t\r]*){0,3}")
_LIST_ITEM: Final = re.compile(r"[ \t]{0,40}(?:[-•*]|\d{1,3}[.)])[ \t]")
_EDGE: Final = " \t\r\n\f\v;,."
_QUOTATION: Final = LETTER["quotation"]
_DEMANDING: Final = frozenset(["say", "tell", "ask", "urge"])
"""Of those that announce a list: others tell only what its items are (“the judges praised:”)."""


class _Announced(NamedTuple):
    """What announces something: the report as if that stood in marks, or nothing where a noun alone does (“from his letter:”)."""

    report: Report | None
    classes: frozenset[str]


def announced_blocks(text: str, blocks: Sequence[Block], covered: Iterable[Offsets], pack: Pack, watch: Watch) -> list[Report]:
    """The paragraphs without marks that the paragraph before announces, outside the ``covered`` ranges."""
    found: list[Report] = []
    taken = apart(covered)
    for earlier, block in zip(blocks, blocks[1:], strict=False):
        end = trimmed(text, earlier.start, earlier.end)[1]
        if text[end - 1 : end] != ":" or meets(taken, block.start, block.end) or not _may_be_announced(text, block):
            continue
        with watch.over(earlier.start):
            introduced = _announcement(text, earlier, end, trimmed(text, block.start, block.end), pack)
            if introduced is not None:
                report = introduced.report or _UNCLAIMED
                found.append(report._replace(construction=BLOCK, kind="direct", content=tuple(_words(text, block)), layout=BLOCK))
    return found


_UNCLAIMED: Final = Report(BLOCK, "direct", (), (), "", None, None, 0.0)


def announced_lists(
    text: str, blocks: Sequence[Block], covered: Iterable[Offsets], pack: Pack, watch: Watch
) -> list[tuple[Report, Offsets]]:
    """The announced lists outside the ``covered`` ranges, each as one report with a part for each item, and where the whole list stands."""
    found: list[tuple[Report, Offsets]] = []
    taken = apart(covered)
    starts = [block.start for block in blocks]
    for opening in _OPENING.finditer(text):
        colon = opening.start()
        at = bisect_right(starts, colon) - 1
        if at < 0 or meets(taken, colon, colon + 1):
            continue
        with watch.over(colon):
            report = _list(text, blocks, at, opening, pack)
            if report is not None:
                found.append((report, (colon + 1, report.content[-1][1])))
    return found


def _may_be_announced(text: str, block: Block) -> bool:
    """Whether a paragraph is long enough, and neither opened by a mark of its own nor an item of a list."""
    if block.end - block.start < _SHORTEST or _LIST_ITEM.match(text, block.start):
        return False
    return not block.stretches or block.stretches[0].open - block.start > _INDENT


def _announcement(text: str, block: Block, end: int, words: Offsets, pack: Pack) -> _Announced | None:
    """What stands in a block up to the colon before ``end``, where it announces some ``words``."""
    start = max(block.start, end - _LONGEST)
    said = MarkedSpan(words[0], words[0], BLOCK)
    said.end = said.close = words[1]
    said.closed = True
    read_by = chunker(pack.folder)
    passage = Passage(text, start, words[1], [*block.between(start, end), said], pack, read_by)
    token = next((i for i, span in passage.quotations.items() if span is said), None)
    if token is None:
        return None
    fitting = [
        one
        for one in candidates(passage, pack, read_by, constructions(pack.folder))
        if one.content == ((token, token + 1),) and _announces(one)
    ]
    if fitting:
        one = max(fitting, key=lambda one: (one.cue, one.confidence))
        report = report_of(passage, text, Scored(one, one.content, one.confidence), pack)
        return None if report is None else _Announced(report, one.classes)
    first = next(first for first, stop in passage.sentences if first <= token < stop)
    named = any("announcing_noun" in pack.classes(word.lower()) for word in passage.raw[first:token])
    return _Announced(None, frozenset()) if named else None


def _announces(one: Candidate) -> bool:
    """Whether somebody is said to say in words what follows, not only a colon or a thought stands before it."""
    verbal = one.lemma[:1].isalpha() and one.cue[0][0] < one.content[0][0]
    return verbal and one.source is not None and cue_class(one.classes) not in UNSPOKEN


def _words(text: str, block: Block) -> Iterator[Offsets]:
    """All of a block, or where each of its lines stands behind ``>``, the lines without it."""
    yield from without_marks(text, block.start, block.end)


def _list(text: str, blocks: Sequence[Block], at: int, opening: re.Match[str], pack: Pack) -> Report | None:
    """The list behind a colon in block number ``at``, if a reporting clause announces it."""
    items = list(_items(text, opening.end(), pack))
    if len(items) < 2:
        return None
    marked = [span for near in blocks[at : at + _MOST] for span in near.opening_between(opening.end(), items[-1][1])]
    if not {span.open for span in marked}.isdisjoint([opening.end(), *(start for start, _ in items)]):
        # Dialogue behind dashes and items in quotation marks are direct speech.
        return None
    introduced = _announcement(text, blocks[at], opening.start() + 1, (opening.end(), items[0][1]), pack)
    if introduced is None or introduced.report is None or introduced.classes.isdisjoint(_DEMANDING):
        return None
    known = apart(items)
    inside = [span for span in marked if meets(known, span.open, span.open + 1)]
    return introduced.report._replace(construction=LIST, kind="mixed" if inside else "indirect", content=tuple(items))


def _items(text: str, at: int, pack: Pack) -> Iterator[Offsets]:
    for _ in range(_MOST):
        item = _ITEM.match(text, at)
        if item is None:
            return
        start = item.start(1)
        end = start + len(_without_link(item[1], pack))
        if end > start:
            yield start, end
        at = item.end()


def _without_link(item: str, pack: Pack) -> str:
    """An item without punctuation at its end and without the word that leads to the next one (“the bridge; and”)."""
    words = item.rstrip(_EDGE)
    before, _, last = words.rpartition(" ")
    if before.rstrip().endswith((",", ";")) and "coordinator" in pack.classes(last.lower()):
        return before.rstrip(_EDGE)
    return words
