"""The layout of a text: blocks, their quotation marks, and tokens in which a marked stretch is one unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from quoteminer.text import paragraphs
from quoteminer.text.marks import Conventions, MarkedSpan, find_marks, guillemets_point_out, pair_marks

from .lexicon import WORDS, Lexicon
from .name_words import mark_names
from .tokens import Tokens

MASK: Final = "\ue000"
"""Stands for each character of a marked stretch in masked text, so that offsets stay those of the document."""

# Words come early in the alternatives: most tokens are words.
# Soft hyphens, marks of direction, joiners and the like: no tokens, so that they part nothing.
_UNSEEN: Final = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TOKEN = re.compile(
    r"([A-Z]\.(?:(?:[A-Z]\.){1,3}(?![^\W_])|(?=\s+[A-Z]))|@?[^\W_]+(?:[’'.&@-][^\W_]+|[\u0300-\u036f]+[^\W_]*)*"
    rf"|{MASK}+|--+|[^\w\s{_UNSEEN}]|_+)"
)
_MOST_TOKENS: Final = 200_000
_TERMINAL: Final = frozenset(".!?…")
_CLOSERS: Final = "\"”’'»)]* _"


class Kept:
    """The blocks of one text whose tokens are kept, the oldest first; those of a long text would fill the memory, so they are made again."""

    __slots__ = ("_blocks", "_count")

    def __init__(self) -> None:
        self._blocks: deque[Block] = deque()
        self._count = 0

    def keep(self, block: Block) -> None:
        """Keep the tokens of one more block, and drop those of the oldest ones if they have become too many."""
        self._blocks.append(block)
        self._count += block.count()
        while self._count > _MOST_TOKENS and len(self._blocks) > 1:
            oldest = self._blocks.popleft()
            self._count -= oldest.count()
            oldest.drop()


class Block:
    """A paragraph: ``start``/``end`` in the document, its outermost stretches, and (made on demand) its tokens."""

    __slots__ = ("_kept", "_tokens", "end", "start", "stretches")

    def __init__(self, start: int, end: int, stretches: list[MarkedSpan], kept: Kept) -> None:
        self._kept = kept
        self.start = start
        self.end = end
        self.stretches = stretches
        self._tokens: Tokens | None = None

    def between(self, start: int, end: int) -> list[MarkedSpan]:
        """The stretches that lie in a range of the document as a whole."""
        found = self.opening_between(start, end)
        while found and found[-1].close > end:
            found.pop()
        return found

    def opening_between(self, start: int, end: int) -> list[MarkedSpan]:
        """The stretches that begin in a range of the document."""
        low = bisect_left(self.stretches, start, key=_opening)
        return self.stretches[low : bisect_left(self.stretches, end, low, key=_opening)]

    def tokens(self, text: str, lexicon: Lexicon) -> Tokens:
        """The tokens of this block, when its stretches are settled; made once in a text that is not very long."""
        made = self._tokens
        if made is None:
            made = self._tokens = tokenise(text, self.start, self.end, self.stretches, lexicon)
            self._kept.keep(self)
        return made

    def count(self) -> int:
        """How many tokens are kept."""
        return 0 if self._tokens is None else len(self._tokens)

    def drop(self) -> None:
        """Forget the tokens."""
        self._tokens = None


def _opening(stretch: MarkedSpan) -> int:
    return stretch.open


def blocks_of(text: str, conventions: Conventions) -> list[Block]:
    """Split ``text`` at blank lines and pair the quotation marks of each block."""
    bounds = paragraphs(text)
    marks = find_marks(text)
    outward = guillemets_point_out(marks, text)
    starts = [mark[0] for mark in marks]
    result: list[Block] = []
    kept = Kept()
    low = 0
    for start, end in bounds:
        high = bisect_left(starts, end, low)
        stretches = pair_marks(text, start, end, marks[low:high], outward=outward, conventions=conventions) if high > low else []
        result.append(Block(start, end, stretches, kept))
        low = high
    return result


def tokenise(text: str, start: int, end: int, stretches: Sequence[MarkedSpan], lexicon: Lexicon) -> Tokens:
    """Tokens of ``text[start:end]`` with each of ``stretches`` (not overlapping, in order) as one token."""
    if stretches:
        parts: list[str] = []
        at = start
        for item in stretches:
            parts.append(text[at : item.open].replace(MASK, " "))
            # The space keeps two stretches that touch apart.
            parts.append(MASK * (item.close - item.open - 1) + " ")
            at = item.close
        parts.append(text[at:end].replace(MASK, " "))
        masked = "".join(parts)
    else:
        masked = text[start:end].replace(MASK, " ")
    # What stands between tokens and the tokens by turns; their lengths give the offsets without a match object for each token.
    pieces = _TOKEN.split(masked)
    raw = pieces[1::2]
    offsets = list(accumulate(map(len, pieces), initial=start))
    starts = offsets[1:-1:2]
    ends = offsets[2::2]
    atoms: list[MarkedSpan | None] = [None] * len(raw)
    if stretches:
        for stretch in stretches:
            i = bisect_left(starts, stretch.open)
            if i < len(raw) and starts[i] == stretch.open and raw[i][0] == MASK:
                atoms[i] = stretch
                ends[i] = stretch.close
    stops = _stops(raw)
    if _join_abbreviations(raw, starts, ends, atoms, stops, lexicon):
        stops = _stops(raw)
    tokens = Tokens(starts, ends, list(map(WORDS.__getitem__, raw)), raw, atoms)
    _mark_sentences(tokens, stops, masked, start, lexicon)
    if not lexicon.name_words.isdisjoint(raw):
        mark_names(tokens, lexicon)
    tokens.close(end)
    return tokens


def _stops(raw: list[str]) -> list[int]:
    """The tokens that end as a sentence does."""
    return [i for i, piece in enumerate(raw) if piece[-1] in _TERMINAL]


def _join_abbreviations(
    raw: list[str],
    starts: list[int],
    ends: list[int],
    atoms: list[MarkedSpan | None],
    stops: list[int],
    lexicon: Lexicon,
) -> bool:
    """Make the full stop of an abbreviation part of it; tells whether there was one."""
    joined = [
        i
        for i in stops
        if i and raw[i] == "." and starts[i] == ends[i - 1] and raw[i - 1][0].isupper()
        if _is_abbreviation(raw, i - 1, lexicon)
    ]
    if joined:
        for i in joined:
            ends[i - 1] = ends[i]
        gone = set(joined)
        kept = [i for i in range(len(raw)) if i not in gone]
        raw[:] = [raw[i] for i in kept]
        starts[:] = [starts[i] for i in kept]
        ends[:] = [ends[i] for i in kept]
        atoms[:] = [atoms[i] for i in kept]
    return bool(joined)


def _is_abbreviation(raw: list[str], i: int, lexicon: Lexicon) -> bool:
    """Whether the full stop behind a word makes it short; one that is a name as well is short only before a number or a small letter ("Jan. 5")."""
    word = raw[i].rpartition("-")[2].lower()
    if word not in lexicon.abbreviations:
        return False
    if word not in lexicon.names:
        return True
    return i + 2 < len(raw) and (raw[i + 2][0].isdigit() or raw[i + 2][0].islower())


def _mark_sentences(tokens: Tokens, stops: list[int], masked: str, start: int, lexicon: Lexicon) -> None:
    raw, starts = tokens.raw, tokens.starts
    count = len(raw)
    boundaries = set(_line_ends(tokens, masked, start, lexicon)) if "\n" in masked else set()
    for i in stops:
        following = i + 1
        if len(raw[i]) > 1:
            # "the U.S. The": only a word that mostly opens sentences tells.
            if following < count and raw[following][0].isupper() and tokens.words[following] in lexicon.sentence_openers:
                boundaries.add(following)
            continue
        while following < count and raw[following] in _CLOSERS:
            following += 1
        if following == count:
            break
        if raw[i] == "…" and raw[following][0].islower():
            continue
        if starts[following] == tokens.ends[following - 1]:
            continue
        if not raw[following][0].islower():
            boundaries.add(following)
    first = 0
    for boundary in [*sorted(boundaries), count]:
        if boundary > first:
            tokens.sentence.extend([first] * (boundary - first))
            tokens.stop.extend([boundary] * (boundary - first))
            first = boundary


def _line_ends(tokens: Tokens, masked: str, start: int, lexicon: Lexicon) -> list[int]:
    """Line breaks that end a sentence though no full stop does: headlines, captions, list items.

    In text that is broken at a fixed width a short line followed by a capital letter ends a paragraph.
    """
    lines: list[tuple[int, int]] = []
    count = len(tokens)
    index = behind = 0
    at = masked.find("\n")
    while at >= 0:
        # A line has no more tokens than characters, so that the search stays near, however long the text is.
        index = bisect_left(tokens.starts, at + start, index, min(index + at - behind + 1, count))
        lines.append((index, at))
        behind = at
        at = masked.find("\n", at + 1)
    size = len(masked)
    widths = [b[1] - a[1] for a, b in zip([(0, 0), *lines], [*lines, (0, size)], strict=True)]
    longest = max(widths)
    found: list[int] = []
    for (index, _), width in zip(lines, widths, strict=False):
        if 0 < index < count:
            opening = tokens.raw[index][0]
            if (
                not opening.islower()
                and tokens.raw[index - 1] not in (",", ":")
                and not _leads_on(tokens, index - 1, lexicon)
                and (width < 0.75 * longest or width > 120 or opening in "-•*")
            ):
                found.append(index)
    return found


def _leads_on(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether no line of its own ends with this word: “according to”, “the”, or the verb behind a marked stretch (“…,” said)."""
    word = tokens.words[i]
    if tokens.raw[i][0].isupper():
        return False
    return (
        word in lexicon.prepositions
        or word in lexicon.determiners
        or (word in lexicon.speech_words and i > 0 and tokens.atoms[i - 1] is not None)
    )
