"""Reporting clauses that stand inside of the marks or behind the dash of what they report: « Viens, dit-il, et regarde », —Ven —dijo—.

Where a language has them, what is marked is parted there, so that each part stands in marks of its own and the clause outside of them, as elsewhere.
Paragraphs that a dash opens become such parts too.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer.text.marks import MarkedSpan

from ..blockwise import Watch
from ..language import pack as packs
from ..language.letters import QUOTATION
from ..language.pack import Pack
from ..language.problems import PackError
from ..reading.blocks import Block
from ..reading.chunks import LETTER, chunker
from ..reading.passages import Passage
from ..reading.sentences import VERBAL, Sentence
from . import run_on
from .candidates import cues_at
from .constructions import Constructions, Match, Part, read
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
_DASHED: Final = frozenset([LETTER["dash"]])
_DASHES: Final = frozenset("—―–-")
_NAME: Final = LETTER["name"]
_UNTOLD: Final = frozenset(["base", "infinitive", "ing"])
"""Forms of verbs that do not tell of a saying that was or is: I say, come here."""
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
def dialogue_signs(folder: Path) -> frozenset[str]:
    """The dashes that open what somebody says, in texts of a language; those of the layout ``dash``, all unless it says what it is ``opened_by``.

    Raises:
        PackError: when it names something else.
    """
    file = folder / "layouts.toml"
    layouts = packs.table(file).get("layout", ()) if file.exists() else ()
    declared = next((one for one in layouts if one.get("id") == "dash"), None)
    if declared is None:
        return frozenset()
    signs = declared.get("opened_by", "".join(sorted(_DASHES)))
    if not isinstance(signs, str) or not _DASHES.issuperset(signs):
        raise PackError(file, 0, f"the layout 'dash' is opened_by {signs!r}; there are {''.join(sorted(_DASHES))}")
    return frozenset(signs)


def part_marks(text: str, blocks: Sequence[Block], pack: Pack, watch: Watch) -> None:
    """Part the marked words of blocks where a clause that reports them is inserted, and mark what dashes open."""
    reader = _Reader(text, pack)
    if dialogue_signs(pack.folder):
        _mark_dashes(blocks, reader, watch)
    if reader.knows_any and pack.features["inserted_clauses"]:
        _part(text, blocks, lambda span: list(reader.cuts(span)), watch)


def close_marks(text: str, blocks: Sequence[Block], pack: Pack, watch: Watch) -> None:
    """Close marks that nothing closes before the clause that reports their words, in languages that put none inside of the marks.

    Only a clause that names somebody, or says he or she, shows where the mark was forgotten: “It works, said Ada Byron, who runs it.
    """
    reader = _Reader(text, pack)
    if not reader.knows_any or pack.features["inserted_clauses"]:
        return

    def cuts(span: MarkedSpan) -> list[Cut]:
        found = reader.cuts(span, named=True)
        return [cut._replace(again=span.end) for cut in islice(found, 0 if span.closed else 1)]

    _part(text, blocks, cuts, watch)


def _part(text: str, blocks: Sequence[Block], cuts: Callable[[MarkedSpan], list[Cut]], watch: Watch) -> None:
    """Part the marked spans of blocks that are long enough."""
    for block in blocks:
        if any(_may_be_parted(span) for span in block.stretches):
            with watch.over(block.start):
                found = [(span, cuts(span) if _may_be_parted(span) else []) for span in block.stretches]
                block.stretches = [piece for span, cut in found for piece in (_parted(text, span, cut) if cut else [span])]


def _may_be_parted(span: MarkedSpan) -> bool:
    return span.close - span.open >= _SHORTEST and span.family != DASH


class _Reader:
    """Finds the clauses that are inserted into some words."""

    def __init__(self, text: str, pack: Pack) -> None:
        self.text: Final = text
        self.pack: Final = pack
        self._read_by: Final = chunker(pack.folder)
        self._known: Final = insertions(pack.folder)
        self.knows_any: Final = len(self._known) > 0

    def cuts(self, span: MarkedSpan, *, named: bool = False) -> Iterator[Cut]:
        """The clauses in a marked span; ``named``: those that name somebody, or say he or she."""
        passage = Passage(self.text, span.start, span.end, span.children, self.pack, self._read_by)
        for first, stop in passage.sentences:
            if self._read_by.signals.isdisjoint(passage.letters[first:stop]):
                continue
            sentence = Sentence(passage, *passage.chunks(first, stop))
            behind = 0
            for at in range(len(sentence.shape)):
                found = self._insertion(sentence, at) if at >= behind else None
                if found is not None and (not named or self._is_named(sentence, found.source)):
                    behind = found.last
                    yield _cut(sentence, found.first, found.last, span.end)

    def _insertion(self, sentence: Sentence, at: int) -> Match | None:
        """An inserted clause whose verb is at a chunk, with the punctuation around it."""
        shape = sentence.shape
        if shape[at] not in VERBAL:
            return None
        before, behind = shape[at - 1] if at else "", shape[at + 1 : at + 2]
        for cue in cues_at(sentence, self.pack, at):
            if cue.reading.forms <= _UNTOLD:
                continue
            for construction in self._known.fitting(cue.reading.classes, before, shape[at], behind):
                match = construction.match(shape, sentence.turned, at)
                if match is not None and (match.first > 0 or sentence.firsts[0] > 0):
                    return match
        return None

    def _is_named(self, sentence: Sentence, source: Part | None) -> bool:
        """Whether a source is a name, or a pronoun for somebody else than who speaks and who hears."""
        if source is None:
            return False
        first, last = sentence.tokens(source)
        if sentence.shape[source[0]] == _NAME:
            return True
        known = self.pack.pronouns.get(sentence.passage.raw[first].lower())
        return known is not None and known.person == 3 and last == first + 1


def _cut(sentence: Sentence, first: int, last: int, end: int) -> Cut:
    passage, firsts = sentence.passage, sentence.firsts
    token = firsts[first]
    opens = sentence.shape[first] in (_DASHED if passage.pack.features["inner_commas"] else _PAUSES)
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
            pieces.append(_without_dash(piece))
        if cut is not None:
            at = start = cut.again
    return pieces


def _without_dash(piece: MarkedSpan) -> MarkedSpan:
    """What a dash opens; where marks stand around all of it, what is in these: — « De rien », dit Anne."""
    child = piece.children[0] if piece.family == DASH and piece.children else piece
    return child if child.open <= piece.start and child.close >= piece.end else piece


def _mark_dashes(blocks: Sequence[Block], reader: _Reader, watch: Watch) -> None:
    """Mark the words of paragraphs that a dash opens, where they are dialogue and no list."""
    text, signs = reader.text, dialogue_signs(reader.pack.folder)
    lines = [(block, span) for block in blocks for span in _dashed(text, block, signs, reader.pack)]
    cuts: list[list[Cut]] = []
    for block, span in lines:
        found: list[Cut] = []
        with watch.over(block.start):
            found = _with_asides(text, span, list(reader.cuts(span)))
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


def _dashed(text: str, block: Block, signs: frozenset[str], pack: Pack) -> Iterator[MarkedSpan]:
    """The paragraphs of a block that one of some dashes opens, each as what stands behind the dash.

    Where many stand inside of lines, what is said ends with the next dash or where somebody tells again.
    """
    running = run_on.openings(text, block.start, block.end)
    lines = [(match.start("dash"), match.end()) for match in _LINE.finditer(text, block.start, block.end)]
    openings = sorted(one for one in (*lines, *running) if text[one[0]] in signs or text.startswith("--", one[0]))
    for number, (dash, said) in enumerate(openings):
        stop = _line_end(text, said, openings[number + 1][0] if number + 1 < len(openings) else block.end)
        if running:
            stop = run_on.told_from(text, said, stop, pack)
        stop = _without_closing(text, said, stop)
        if stop - said > _LONGEST or not any(map(str.isalpha, text[said:stop])):
            # Nobody says the number of a page.
            continue
        span = MarkedSpan(dash, said, DASH)
        span.end = span.close = stop
        span.closed = True
        span.children = block.between(span.start, stop)
        yield span


def _without_closing(text: str, start: int, stop: int) -> int:
    """The end of a paragraph without white space and the dash that closes it; behind a letter a dash breaks off what is said."""
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    end = stop
    while end > start and text[end - 1] in _DASHES:
        end -= 1
    return stop if end == start or text[end - 1].isalnum() else end


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
