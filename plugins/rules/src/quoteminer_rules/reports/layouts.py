"""What layout alone tells of a text: turns, dialogue with dashes, block quotations, announced lists, interviews; and what is left to read."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Layout
from quoteminer.text.marks import SINGLE, MarkedSpan

from .. import labels
from ..blockwise import Watch
from ..language import pack as packs
from ..language.pack import Pack
from ..language.problems import PackError
from ..reading.blocks import Block, blocks_of
from .announcements import BLOCK, LIST, announced_blocks, announced_lists
from .dash_turns import dash_turns
from .insertions import close_marks, part_marks
from .interviews import interviews
from .mails import mails
from .posts import posts
from .ranges import Offsets, apart, meets
from .selection import Report
from .signed import signed
from .speeches import speeches
from .tags import tagged

_LAYOUTS: Final[dict[str, Layout]] = {"turn": "turn", "post": "thread", "mail": "mail", "signed": "block", "speech": "block"}
"""How the speech is set that labels show."""
INDENT: Final = 2
"""Code points: a mark that stands as near to the beginning of its paragraph opens it."""
_UNMEASURED: Final = 0.8
"""The confidence of layouts for which nobody has measured how often they are right."""


class Known(NamedTuple):
    """What a pack tells of a layout: how often it is right, and an example with marks."""

    confidence: float
    example: str


@functools.cache
def known_layouts(folder: Path) -> Mapping[str, Known]:
    """The layouts of ``layouts.toml`` by id; empty where a pack has no such file.

    Raises:
        PackError: when an entry lacks something.
    """
    file = folder / "layouts.toml"
    if not file.exists():
        return {}
    try:
        return {one["id"]: Known(float(one["confidence"]), one["example"]) for one in packs.table(file).get("layout", ())}
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(file, 0, f"a layout has an id, a confidence and an example: {error}") from error


def confidence_of(name: str, folder: Path) -> float:
    """How often a layout is right."""
    known = known_layouts(folder).get(name)
    return _UNMEASURED if known is None else known.confidence


_STORY: Final = 3
"""Paragraphs that open with what somebody says as only stories tell it: such a text is no interview, however much is asked in it."""


class Part(NamedTuple):
    """A part of a paragraph that is read by itself, with the quotation marks in it."""

    start: int
    end: int
    spans: Sequence[MarkedSpan]


class Arrangement(NamedTuple):
    """How a text is set: what layout tells, and all parts that are to be read, in order."""

    reports: Sequence[Report]
    parts: Sequence[Part]


def arrangement(text: str, pack: Pack, watch: Watch) -> Arrangement:
    """The layout of a text."""
    blocks = blocks_of(text, pack.conventions)
    found, covered = _found(text, blocks, pack, watch)
    inside = apart(part for report in found for part in report.content)
    taken = apart([*covered, *inside])
    parts = [*_announced(text, _parts(blocks, _gaps(taken, len(text)))), *_announced(text, _parts(blocks, inside))]
    parts = [part for part in parts if not text[part.start : part.end].isspace()]
    return Arrangement(found, sorted(parts, key=lambda part: part.start))


def _found(text: str, blocks: list[Block], pack: Pack, watch: Watch) -> tuple[list[Report], list[Offsets]]:
    """What each layout tells, and the parts of the text that those who look for another one do not read."""
    close_marks(text, blocks, pack, watch)
    _drop_stray_marks(text, blocks)
    spoken, covered = _turns(text, blocks, pack)
    if not spoken:
        spoken, covered = _turned(speeches(text, blocks, pack), pack, "speech")
    if not spoken:
        spoken, covered = _turned(dash_turns(text, blocks, pack), pack)
    asked = _interviews(text, blocks, covered, pack)
    covered += [(report.content[0][0], report.content[-1][1]) for report in asked]
    named, more = _turned(signed(text, blocks, covered, pack), pack, "signed")
    covered += more
    part_marks(text, blocks, pack, watch)
    known = known_layouts(pack.folder)
    blocked = announced_blocks(text, blocks, covered, pack, watch) if BLOCK in known else []
    listed = announced_lists(text, blocks, covered, pack, watch) if LIST in known else []
    covered += [extent for _, extent in listed]
    announced = [
        report._replace(confidence=known[report.construction].confidence)
        for report in [*blocked, *(report for report, _ in listed)]
    ]
    return [*spoken, *asked, *named, *announced], covered


def _drop_stray_marks(text: str, blocks: Sequence[Block]) -> None:
    """Let marks that nothing closes enclose nothing, unless they stand where words that somebody says begin."""
    for number, block in enumerate(blocks):
        if any(not span.closed for span in block.stretches):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            block.stretches = [
                one
                for span in block.stretches
                for one in ([span] if span.closed or _starts_something(text, block, following, span) else span.children)
            ]


def _starts_something(text: str, block: Block, following: Block | None, span: MarkedSpan) -> bool:
    """Whether words that somebody says begin at a mark; at an apostrophe only where it opens its paragraph, or the next one opens with one too."""
    if span.open - block.start <= INDENT:
        return True
    before = text[max(block.start, span.open - INDENT - 1) : span.open].rstrip()
    if before[-1:] not in _BEFORE_WORDS:
        return False
    return span.family is not SINGLE or (following is not None and _opens_with_mark(following))


def _opens_with_mark(block: Block) -> bool:
    return bool(block.stretches) and block.stretches[0].open - block.start <= INDENT


_BEFORE_WORDS: Final = frozenset(':,.!?”’"')


def _turns(text: str, blocks: Sequence[Block], pack: Pack) -> tuple[list[Report], list[Offsets]]:
    """The turns of a transcript, the messages of a thread or the older mails below one, and the parts of the text that they take."""
    for layout, makers in (("mail", mails), ("turn", labels.turns), ("post", posts)):
        found = makers(text, blocks, pack)
        if found:
            return _turned(found, pack, layout)
    return [], []


def _turned(found: Sequence[labels.Turn], pack: Pack, layout: str = "turn") -> tuple[list[Report], list[Offsets]]:
    """Turns as reports, and the parts of the text that they take."""
    chance = confidence_of(layout, pack.folder)
    reports = [
        Report(
            layout, "direct", tuple(turn.said), turn.cue, "", turn.label, None, chance, layout=_LAYOUTS[layout],
            cue_class="speech" if turn.cue else "",
        )
        for turn in found
    ]  # fmt: skip
    extents = ([*turn.said, *([] if turn.label is None else [turn.label])] for turn in found)
    return reports, [(min(start for start, _ in parts), max(end for _, end in parts)) for parts in extents]


def _interviews(text: str, blocks: Sequence[Block], covered: Iterable[Offsets], pack: Pack) -> list[Report]:
    taken = apart(covered)
    chance = confidence_of("interview", pack.folder)
    first, second = ({word for word, pronoun in pack.pronouns.items() if pronoun.person == person} for person in (1, 2))
    free = [(block.start, block.end) for block in blocks if not meets(taken, block.start, block.end)]
    turns = interviews(text, free, first, second, dropped=pack.features["dropped_subjects"])
    if turns and tagged(text, free, pack) >= _STORY:
        return []
    return [
        Report(
            "interviewer" if turn.asks else "interview",
            "direct",
            tuple(turn.paragraphs),
            (),
            "",
            None,
            None,
            chance,
            layout="turn",
        )
        for turn in turns
    ]


def _gaps(taken: Sequence[Offsets], end: int) -> Iterator[Offsets]:
    """What lies between ranges that are in order and apart."""
    at = 0
    for start, behind in taken:
        yield at, start
        at = behind
    yield at, end


def _parts(blocks: Sequence[Block], ranges: Iterable[Offsets]) -> Iterator[Part]:
    """The ranges cut where paragraphs end."""
    starts = [block.start for block in blocks]
    for start, end in ranges:
        for block in blocks[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]:
            first, last = max(start, block.start), min(end, block.end)
            if first < last:
                yield Part(first, last, block.between(first, last))


def _announced(text: str, parts: Iterable[Part]) -> list[Part]:
    """The parts, a paragraph that ends with a colon together with the next one where that opens with a mark ("He said:", “It works.”)."""
    found: list[Part] = []
    waiting: Part | None = None
    for part in parts:
        if waiting is not None and _announces(text, waiting, part):
            found[-1] = Part(waiting.start, part.end, [*waiting.spans, *part.spans])
            waiting = None
        else:
            found.append(part)
            waiting = part
    return found


def _announces(text: str, part: Part, following: Part) -> bool:
    if not following.spans or following.spans[0].open - following.start > INDENT or text[part.end : following.start].strip():
        return False
    end = part.end
    while end > part.start and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end] == ":"
