"""Reporting clauses that stand inside of the marks or behind the dash of what they report: « Viens, dit-il, et regarde », —Ven —dijo—.

Where a language has them, what is marked is parted there, so that each part stands in marks of its own and the clause outside of them, as elsewhere.
Paragraphs that a dash opens become such parts too.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer.text.marks import MarkedSpan

from ..blockwise import Watch
from ..language import pack as packs
from ..language.letters import QUOTATION
from ..language.pack import Pack
from ..layout import Block
from ..reading.chunks import LETTER, Chunker, chunker
from ..reading.passages import Passage
from ..reading.sentences import VERBAL, Sentence
from .candidates import cues_at
from .constructions import Constructions, read
from .selection import DASH

_LONGEST: Final = 4000
"""Code points: no longer paragraph that a dash opens is dialogue."""
_SHORTEST: Final = 12
"""Code points: shorter text holds no words and a clause that reports them."""
_WIDE: Final = 120
"""Code points: text with longer lines is not broken at a width."""
_LINE: Final = re.compile(r"^[ \t]*(?P<dash>[—―–-]|--)[ \t\u00a0\u202f]?(?=[^\W_]|[\"“«‹„'‘¿¡…(])", re.MULTILINE)
_ASIDE: Final = re.compile(r"(?<=\s)[—―–-](?=[^\s—―–-])")
"""A dash that opens what is put into the words of somebody: a space before it, none behind."""
_ENDS: Final = frozenset('.!?…»”"—―–-:')
_PAUSES: Final = frozenset(LETTER[kind] for kind in ("comma", "dash"))
_DASHES: Final = frozenset("—―–-")
_OPENERS: Final = frozenset("¿¡(" + QUOTATION)
"""What words may begin with."""


class Cut(NamedTuple):
    """Where words end before an inserted clause, and where they go on behind it; offsets."""

    end: int
    again: int
    clause: bool
    """Whether a verb of saying shows that it is one."""


@functools.cache
def insertions(folder: Path) -> Constructions:
    """What a clause that is inserted into the words it reports looks like; none where the language puts it between marks of their own."""
    return Constructions(read(folder, "insertion"))


@functools.cache
def has_dialogue(folder: Path) -> bool:
    """Whether a dash opens what somebody says, in texts of a language."""
    file = folder / "layouts.toml"
    return file.exists() and "dash" in {one.get("id") for one in packs.table(file).get("layout", ())}


def part_marks(text: str, blocks: Sequence[Block], pack: Pack, watch: Watch) -> None:
    """Part the marked words of blocks where a clause that reports them is inserted, and mark what dashes open."""
    known = insertions(pack.folder)
    read_by = chunker(pack.folder)
    if has_dialogue(pack.folder):
        _mark_dashes(text, blocks, pack, read_by, known, watch)
    if not len(known):
        return
    for block in blocks:
        if any(span.close - span.open >= _SHORTEST and span.family != DASH for span in block.stretches):
            with watch.over(block.start):
                block.stretches = [piece for span in block.stretches for piece in _pieces(text, span, pack, read_by, known)]


def _pieces(text: str, span: MarkedSpan, pack: Pack, read_by: Chunker, known: Constructions) -> list[MarkedSpan]:
    if span.family == DASH or span.close - span.open < _SHORTEST:
        return [span]
    cuts = list(_cuts(text, span.start, span.end, span.children, pack, read_by, known))
    return _parted(text, span, cuts) if cuts else [span]


def _cuts(
    text: str, start: int, end: int, children: Sequence[MarkedSpan], pack: Pack, read_by: Chunker, known: Constructions
) -> Iterator[Cut]:
    """The clauses that are inserted into some words."""
    passage = Passage(text, start, end, children, pack, read_by)
    for first, stop in passage.sentences:
        if read_by.signals.isdisjoint(passage.letters[first:stop]):
            continue
        sentence = Sentence(passage, *passage.chunks(first, stop))
        behind = 0
        for at in range(len(sentence.shape)):
            found = _insertion(sentence, pack, known, at) if at >= behind else None
            if found is not None:
                behind = found[1]
                yield _cut(sentence, *found, end)


def _insertion(sentence: Sentence, pack: Pack, known: Constructions, at: int) -> tuple[int, int] | None:
    """The chunks of an inserted clause whose verb is at a chunk, with the punctuation around it."""
    shape = sentence.shape
    if shape[at] not in VERBAL:
        return None
    before, behind = shape[at - 1] if at else "", shape[at + 1 : at + 2]
    for cue in cues_at(sentence, pack, at):
        for construction in known.fitting(cue.reading.classes, before, shape[at], behind):
            match = construction.match(shape, sentence.turned, at)
            if match is not None and (match.first > 0 or sentence.firsts[0] > 0):
                return match.first, match.last
    return None


def _cut(sentence: Sentence, first: int, last: int, end: int) -> Cut:
    passage, firsts = sentence.passage, sentence.firsts
    token = firsts[first]
    opens = sentence.shape[first] in _PAUSES
    stop = passage.ends[token - 1] if opens else passage.ends[firsts[first + 1] - 1]
    again = firsts[last] if last < len(firsts) - 1 else firsts[-1]
    while again < len(passage.raw) and not passage.raw[again][0].isalnum() and passage.raw[again][0] not in _OPENERS:
        again += 1
    return Cut(stop, passage.starts[again] if again < len(passage.raw) else end, clause=True)


def _parted(text: str, span: MarkedSpan, cuts: Sequence[Cut]) -> list[MarkedSpan]:
    """A marked span in parts, without what stands between them."""
    pieces: list[MarkedSpan] = []
    at, start = span.open, span.start
    for cut in [*cuts, None]:
        if cut is not None and (cut.end < start or cut.again < cut.end):
            # Part of one before it.
            continue
        end, close = (span.end, span.close) if cut is None else (cut.end, cut.end)
        if end - start > 1 and any(map(str.isalnum, text[start:end])):
            piece = MarkedSpan(at, start, span.family)
            piece.end, piece.close = end, close
            piece.closed = span.closed or cut is not None
            piece.children = [child for child in span.children if start <= child.open and child.close <= end]
            pieces.append(piece)
        if cut is not None:
            at = start = cut.again
    return pieces


def _mark_dashes(text: str, blocks: Sequence[Block], pack: Pack, read_by: Chunker, known: Constructions, watch: Watch) -> None:
    """Mark the words of paragraphs that a dash opens, where they are dialogue and no list."""
    lines = [(block, span) for block in blocks for span in _dashed(text, block)]
    cuts: list[list[Cut]] = []
    for block, span in lines:
        found: list[Cut] = []
        with watch.over(block.start):
            found = _with_asides(text, span, list(_cuts(text, span.start, span.end, span.children, pack, read_by, known)))
        cuts.append(found)
    if not any(cuts) and not _is_lively(text, [span for _, span in lines]):
        return
    pieces: dict[int, list[MarkedSpan]] = {}
    for (block, span), found in zip(lines, cuts, strict=True):
        pieces.setdefault(block.start, []).extend(_parted(text, span, found))
    ranges: dict[int, list[tuple[int, int]]] = {}
    for block, span in lines:
        ranges.setdefault(block.start, []).append((span.open, span.close))
    for block in blocks:
        if block.start in pieces:
            block.stretches = sorted(
                [*_outside(text, block.stretches, ranges[block.start]), *pieces[block.start]], key=lambda one: one.open
            )


def _outside(text: str, spans: Sequence[MarkedSpan], ranges: Sequence[tuple[int, int]]) -> Iterator[MarkedSpan]:
    """The spans that begin in none of some ranges, each up to the next range: marks may stand around a whole dialogue. Both are in order."""
    starts = [start for start, _ in ranges]
    for span in spans:
        number = bisect_right(starts, span.open)
        if number and span.open < ranges[number - 1][1]:
            continue
        if number == len(starts) or starts[number] >= span.close:
            yield span
        elif any(map(str.isalnum, span_text := text[span.start : starts[number]])):
            opening = MarkedSpan(span.open, span.start, span.family)
            opening.end = opening.close = span.start + len(span_text.rstrip())
            opening.closed = True
            opening.children = [child for child in span.children if child.close <= opening.end]
            yield opening


def _is_lively(text: str, lines: Sequence[MarkedSpan]) -> bool:
    """Whether lines that a dash opens are what people say though nobody tells who does: whole sentences, and questions among them."""
    ends = [text[span.end - 1] for span in lines]
    return len(ends) > 1 and any(end in "?!" for end in ends) and sum(end in _CLOSED for end in ends) >= _SHARE * len(ends)


_CLOSED: Final = frozenset('.!?…»”"')
_SHARE: Final = 0.8
"""Of the items of a list fewer end as sentences do."""


def _dashed(text: str, block: Block) -> Iterator[MarkedSpan]:
    """The paragraphs of a block that a dash opens, each as what stands behind the dash."""
    openings = list(_LINE.finditer(text, block.start, block.end))
    for number, opening in enumerate(openings):
        limit = openings[number + 1].start() if number + 1 < len(openings) else block.end
        stop = _line_end(text, opening.end(), limit)
        while stop > opening.end() and text[stop - 1].isspace():
            stop -= 1
        if not 1 < stop - opening.end() <= _LONGEST:
            continue
        span = MarkedSpan(opening.start("dash"), opening.end(), DASH)
        span.end = span.close = stop
        span.closed = True
        span.children = block.between(span.start, stop)
        yield span


def _line_end(text: str, start: int, limit: int) -> int:
    """Where a paragraph ends that begins in a line: with the line, unless that is broken at a width."""
    at = start
    while True:
        end = text.find("\n", at, limit)
        if end < 0:
            return limit
        line = text[at:end].rstrip()
        if len(line) > _WIDE or line[-1:] in _ENDS:
            return end
        at = end + 1


def _with_asides(text: str, span: MarkedSpan, cuts: list[Cut]) -> list[Cut]:
    """The cuts of a paragraph that a dash opens, with what dashes set off of it and begins as a sentence: —Sí. —Se levantó—. Vamos."""
    found = [_to_closing_dash(text, span, cut) for cut in cuts]
    for match in _ASIDE.finditer(text, span.start, span.end):
        if any(cut.end <= match.start() < cut.again for cut in found) or not text[match.end()].isupper():
            continue
        again = _closing(text, match.end(), span.end)
        end = match.start()
        while end > span.start and text[end - 1].isspace():
            end -= 1
        found.append(Cut(end, again, clause=False))
    return sorted(found)


def _to_closing_dash(text: str, span: MarkedSpan, cut: Cut) -> Cut:
    """A cut that a dash opens, up to the dash that closes it."""
    at = cut.end
    while at < span.end and text[at].isspace():
        at += 1
    if at >= span.end or text[at] not in _DASHES or (at + 1 < span.end and text[at + 1].isspace()):
        return cut
    return cut._replace(again=_closing(text, at + 1, span.end))


def _closing(text: str, at: int, end: int) -> int:
    """Where words go on behind an aside: behind its closing dash and the punctuation there, or nowhere."""
    while at < end:
        if text[at] in _DASHES and not text[at - 1].isspace() and not (text[at] == "-" and text[at + 1 : at + 2].isalnum()):
            at += 1
            while at < end and not text[at].isalnum() and text[at] not in '¿¡«“"„(':
                at += 1
            return at
        at += 1
    return end
