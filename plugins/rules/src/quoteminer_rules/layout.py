"""The layout of a text: blocks, their quotation marks, and tokens in which a marked stretch is one unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from .lexicon import Lexicon
from .marks import Stretch, find_marks, guillemets_point_out, pair_block

MASK: Final = "\ue000"
"""Stands for each character of a marked stretch in masked text, so that offsets stay those of the document."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*|\r\n[^\S\n]*\r\n\s*|\x0c")
_TOKEN = re.compile(rf"{MASK}+|(?:[A-Z]\.){{1,4}}(?=\s+[A-Z])|@?[^\W_]+(?:[’'.&@][^\W_]+|-[^\W_]+)*|\n[^\S\n]*|--+|[^\w\s]|_+")
_TERMINAL: Final = frozenset(".!?…")
_CLOSERS: Final = "\"”’'»)]* _"


class Block:
    """A paragraph: ``start``/``end`` in the document, its outermost stretches, and (made on demand) its tokens."""

    __slots__ = ("end", "start", "stretches")

    def __init__(self, start: int, end: int, stretches: list[Stretch]) -> None:
        self.start = start
        self.end = end
        self.stretches = stretches


class Tokens:
    """The tokens of one block as parallel lists; offsets are those of the document.

    ``words`` are lower case without a final possessive; ``raw`` as written. ``atoms[i]`` is the marked stretch that token
    ``i`` stands for, or ``None``. ``sentence[i]`` is the index of the first token of the sentence of token ``i``;
    ``stop[i]`` the index behind its last.
    """

    __slots__ = ("atoms", "ends", "raw", "sentence", "starts", "stop", "words")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.raw: list[str] = []
        self.atoms: list[Stretch | None] = []
        self.sentence: list[int] = []
        self.stop: list[int] = []

    def __len__(self) -> int:
        return len(self.starts)


def blocks_of(text: str) -> list[Block]:
    """Split ``text`` at blank lines and pair the quotation marks of each block."""
    bounds: list[tuple[int, int]] = []
    at = 0
    for gap in _BLANK_LINE.finditer(text):
        if gap.start() > at:
            bounds.append((at, gap.start()))
        at = gap.end()
    if at < len(text):
        bounds.append((at, len(text)))
    marks = find_marks(text)
    outward = guillemets_point_out(marks)
    starts = [mark[0] for mark in marks]
    result: list[Block] = []
    low = 0
    for start, end in bounds:
        high = bisect_left(starts, end, low)
        stretches = pair_block(text, start, end, marks[low:high], outward=outward) if high > low else []
        result.append(Block(start, end, stretches))
        low = high
    return result


def ends_sentence(text: str, stretch: Stretch) -> bool:
    """Whether what is inside the marks ends like a sentence (full stop, question or exclamation mark, ellipsis)."""
    end = stretch.end
    while end > stretch.start and text[end - 1] in _CLOSERS:
        end -= 1
    return end > stretch.start and text[end - 1] in _TERMINAL


def tokenise(text: str, start: int, end: int, stretches: Sequence[Stretch], lexicon: Lexicon) -> Tokens:
    """Tokens of ``text[start:end]`` with each of ``stretches`` (not overlapping, in order) as one token."""
    if stretches:
        pieces: list[str] = []
        at = start
        for item in stretches:
            pieces.append(text[at : item.open].replace(MASK, " "))
            # The space keeps two stretches that touch apart.
            pieces.append(MASK * (item.close - item.open - 1) + " ")
            at = item.close
        pieces.append(text[at:end].replace(MASK, " "))
        masked = "".join(pieces)
    else:
        masked = text[start:end].replace(MASK, " ")
    tokens = Tokens()
    by_start = {item.open: item for item in stretches}
    abbreviations = lexicon.abbreviations
    size = len(masked)
    behind = 0
    lines: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(masked):
        first, last = match.span()
        raw = match.group()
        if raw[0] == "\n":
            lines.append((len(tokens.starts), first))
            continue
        if first < behind:
            continue
        stretch: Stretch | None = None
        if raw[0] == MASK:
            stretch = by_start.get(first + start)
            if stretch is not None:
                last = stretch.close - start
        elif last < size and masked[last] == "." and raw[0].isupper() and raw.rpartition("-")[2].lower() in abbreviations:
            last += 1
        behind = last
        tokens.starts.append(first + start)
        tokens.ends.append(last + start)
        tokens.raw.append(raw)
        tokens.atoms.append(stretch)
        word = raw.lower()
        if word[-2:] in ("'s", "’s"):
            word = word[:-2]
        tokens.words.append(word)
    _mark_sentences(text, tokens, lines, size)
    return tokens


def _mark_sentences(text: str, tokens: Tokens, lines: list[tuple[int, int]], size: int) -> None:
    count = len(tokens)
    raw = tokens.raw
    boundaries = set(_line_ends(tokens, lines, size))
    for i in range(count):
        if raw[i] not in _TERMINAL:
            continue
        following = i + 1
        while following < count and raw[following] in _CLOSERS:
            following += 1
        if following == count:
            break
        if raw[i] == "…" and following < count and raw[following][0].islower():
            continue
        if tokens.starts[following] == tokens.ends[following - 1]:
            continue
        if not raw[following][0].islower():
            boundaries.add(following)
    first = 0
    for boundary in [*sorted(boundaries), count]:
        if boundary > first:
            tokens.sentence.extend([first] * (boundary - first))
            tokens.stop.extend([boundary] * (boundary - first))
            first = boundary


def _line_ends(tokens: Tokens, lines: list[tuple[int, int]], size: int) -> list[int]:
    """Line breaks that end a sentence though no full stop does: headlines, captions, list items.

    In text that is broken at a fixed width a short line followed by a capital letter ends a paragraph.
    """
    if not lines:
        return []
    widths = [b[1] - a[1] for a, b in zip([(0, 0), *lines], [*lines, (0, size)], strict=True)]
    longest = max(widths)
    found: list[int] = []
    for (index, _), width in zip(lines, widths, strict=False):
        if 0 < index < len(tokens):
            opening = tokens.raw[index][0]
            if (
                not opening.islower()
                and tokens.raw[index - 1] not in (",", ":")
                and (width < 0.75 * longest or width > 120 or opening in "-•*")
            ):
                found.append(index)
    return found
