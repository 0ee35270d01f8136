"""What layout alone tells of a text: turns, dialogue with dashes, block quotations, announced lists, interviews; and what is left to read."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Layout
from quoteminer.text.marks import MarkedSpan

from .. import labels, lexicon
from ..blockwise import Watch
from ..language import pack as packs
from ..language.pack import Pack
from ..language.problems import PackError
from ..layout import Block, blocks_of
from ..quotes.found import Found
from ..quotes.marked import lists, turns, unclosed
from ..quotes.marked.covered import apart
from .dash_turns import dash_turns
from .insertions import part_marks
from .interviews import interviews
from .mails import mails
from .posts import posts
from .selection import Report

Offsets = tuple[int, int]

_LAYOUTS: Final[dict[str, Layout]] = {
    "turn": "turn",
    "interview": "turn",
    "post": "thread",
    "mail": "mail",
    "dash": "dash",
    "block": "block",
}
"""How the speech is set that is found so; all other speech stands in running text."""
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
    """The layout of a text; of a language whose lists of words do not suffice for it, its paragraphs."""
    blocks = blocks_of(text, pack.conventions)
    language = lexicon.supported(pack.language)
    if language is None:
        found, covered = _by_the_pack(text, blocks, pack, watch)
    else:
        found, covered = _found(text, blocks, lexicon.load(language), pack, watch)
    taken = apart([*covered, *(part for report in found for part in report.content)])
    inside = apart(part for report in found for part in report.content)
    parts = [*_announced(text, _parts(blocks, _gaps(taken, len(text)))), *_announced(text, _parts(blocks, inside))]
    parts = [part for part in parts if not text[part.start : part.end].isspace()]
    return Arrangement(found, sorted(parts, key=lambda part: part.start))


def _by_the_pack(text: str, blocks: list[Block], pack: Pack, watch: Watch) -> tuple[list[Report], list[Offsets]]:
    """What layouts tell that need no more words than those of the pack."""
    _drop_stray_marks(text, blocks)
    spoken, covered = _turns(text, blocks, pack)
    if not spoken:
        spoken, covered = _turned(dash_turns(text, blocks, pack), pack)
    asked = _interviews(text, blocks, covered, pack)
    covered += [(report.content[0][0], report.content[-1][1]) for report in asked]
    part_marks(text, blocks, pack, watch)
    return [*spoken, *asked], covered


def _drop_stray_marks(text: str, blocks: Sequence[Block]) -> None:
    """Let marks that nothing closes enclose nothing, unless they stand where words that somebody says begin."""
    for block in blocks:
        if any(not span.closed for span in block.stretches):
            block.stretches = [
                one
                for span in block.stretches
                for one in ([span] if span.closed or _starts_something(text, block, span) else span.children)
            ]


def _starts_something(text: str, block: Block, span: MarkedSpan) -> bool:
    before = text[max(block.start, span.open - INDENT - 1) : span.open].rstrip()
    return span.open - block.start <= INDENT or before[-1:] in _BEFORE_WORDS


_BEFORE_WORDS: Final = frozenset(":,.!?—–")


def _found(
    text: str, blocks: list[Block], words: lexicon.Lexicon, pack: Pack, watch: Watch
) -> tuple[list[Report], list[Offsets]]:
    """What each layout tells, and the parts of the text that those who look for another one do not read."""
    unclosed.mend(text, blocks, words, watch)
    spoken, covered = _turns(text, blocks, pack)
    dialogue, more = turns.dashes(text, blocks, words, watch)
    covered += more
    asked = _interviews(text, blocks, covered, pack)
    covered += [(report.content[0][0], report.content[-1][1]) for report in asked]
    announced = turns.block_quotations(text, blocks, covered, words, watch)
    listed = lists.lists(text, blocks, covered, words, watch)
    covered += [quote.extent for quote in listed]
    others = [*dialogue, *announced, *listed]
    return [*spoken, *asked, *(_report(quote, pack) for quote in others)], covered


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
    return reports, [((turn.said[0] if turn.label is None else turn.label)[0], turn.said[-1][1]) for turn in found]


def _interviews(text: str, blocks: Sequence[Block], covered: Iterable[Offsets], pack: Pack) -> list[Report]:
    taken = apart(covered)
    first, second = ({word for word, pronoun in pack.pronouns.items() if pronoun.person == person} for person in (1, 2))
    free = [(block.start, block.end) for block in blocks if not _meets(taken, block.start, block.end)]
    return [
        Report("interview", "direct", tuple(turn), (), "", None, None, confidence_of("interview", pack.folder), layout="turn")
        for turn in interviews(text, free, first, second, dropped=pack.features["dropped_subjects"])
    ]


def _report(quote: Found, pack: Pack) -> Report:
    return Report(
        quote.rule,
        quote.kind,
        tuple(quote.content),
        tuple(quote.cue),
        quote.lemma,
        quote.source,
        quote.addressee,
        confidence_of(quote.rule, pack.folder),
        layout=_LAYOUTS.get(quote.rule, "running"),
        cue_class="speech" if quote.cue else "",
    )


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


def _meets(taken: Sequence[Offsets], start: int, end: int) -> bool:
    at = bisect_left(taken, (end, end)) - 1
    return at >= 0 and taken[at][1] > start
