"""Where sentences end: in prose at full stops before a capital, in transcripts also at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from .lexicon import Flag
from .words import LINE, MARKS, STOP, STOPS, Words

_CLOSERS: Final = frozenset("\"”’'»)]*_")
_BULLETS: Final = frozenset("-•*")
#: Fewer lines than this are no transcript.
_FEWEST_LINES: Final = 8
_SHARE_OF_WHOLE_LINES: Final = 0.7
_SHARE_OF_BLANK_LINES: Final = 0.2
#: Code points of a line that hardly is one of several in text of fixed width.
_WIDE: Final = 120
_SHARE_OF_SHORT_LINES: Final = 0.75
#: So many code points are read at once, if a sentence ends there.
BLOCK: Final = 1 << 16
_EDGE: Final = STOP | LINE
_SUBJECT_FORM: Final = int(Flag.SUBJECT_FORM)
#: A line break, as ``words`` has it for a token.
_BREAK: Final = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
#: The last stop of a line, behind which no other word stands.
_CLOSED: Final = re.compile(rf"[{''.join(sorted(STOPS))}][\s{re.escape(''.join(sorted(MARKS)))}]*+\Z")

Sentence = tuple[int, int]
"""A range of tokens."""


class Lines(NamedTuple):
    """What the lines of a text are like."""

    whole: bool
    """Whether nearly every line ends as a sentence does, as those of a transcript do."""
    widest: int
    """Code points of the longest line between two others."""


def lines_of(text: str) -> Lines:
    """What the lines of a text are like, from their ends alone."""
    count = blank = closed = widest = reached = 0
    for found in _BREAK.finditer(text):
        start, end = found.span()
        if count:
            widest = max(widest, start - reached)
        blank += text.count("\n", start, end) > 1
        closed += _CLOSED.search(text, reached, start) is not None
        count += 1
        reached = end
    whole = count >= _FEWEST_LINES and blank <= _SHARE_OF_BLANK_LINES * count and closed >= _SHARE_OF_WHOLE_LINES * count
    return Lines(whole, widest)


class Block(NamedTuple):
    """A part of a text that is read at once."""

    start: int
    end: int
    words: Words
    sentences: list[Sentence]


def blocks(text: str, folder: Path, lines: Lines, abbreviations: frozenset[str]) -> Iterator[Block]:
    """The text in blocks that end with a sentence, each with its sentences.

    What a sentence is depends on nothing but the text around its ends, so a block is read up to some white space, and its last sentence, which
    may go on behind it, once more with the next one.
    """
    splitter = _Splitter(text, lines, abbreviations)
    start, size = 0, BLOCK
    while start < len(text):
        end = _white_space(text, start + size)
        words = Words(text, folder, start, end)
        found = splitter.sentences(words)
        if end < len(text):
            if len(found) < 2:
                # A sentence longer than a block.
                size *= 4
                continue
            end = words.starts[found.pop()[0]]
        yield Block(start, end, words, found)
        splitter.begin(end)
        start, size = end, BLOCK


_SPACE: Final = re.compile(r"\s\S")


def _white_space(text: str, at: int) -> int:
    """Where behind an offset the first white space ends."""
    if at >= len(text):
        return len(text)
    found = _SPACE.search(text, at)
    return len(text) if found is None else found.end() - 1


class _Splitter:
    """Finds the sentences of one block after another."""

    def __init__(self, text: str, lines: Lines, abbreviations: frozenset[str]) -> None:
        self._text = text
        self._lines = lines
        self._abbreviations = abbreviations
        #: Where the line begins in which the present block does.
        self._line = 0
        #: Where the last lines of the block begin.
        self._begun: list[int] = []

    def begin(self, at: int) -> None:
        """Go on with the block that begins at an offset of the last one."""
        while self._begun and self._begun[-1] > at:
            self._begun.pop()
        if self._begun:
            self._line = self._begun[-1]

    def sentences(self, words: Words) -> list[Sentence]:
        """The sentences as ranges of tokens, line breaks at their edges left out."""
        raw, flags = words.raw, words.flags
        result: list[Sentence] = []
        self._begun = []
        first = 0
        line = self._line
        seen = 0  # stops of one run are looked at once
        for i in [i for i, flag in enumerate(flags) if flag & _EDGE]:
            if i < seen:
                continue
            if flags[i] & STOP:
                cut = seen = _run(words, i)
                if not self._stops(words, i, cut):
                    continue
            else:
                begun, line = line, words.ends[i]
                self._begun.append(line)
                if not (self._lines.whole or raw[i].count("\n") > 1 or self._ends_paragraph(words, i, words.starts[i] - begun)):
                    continue
                cut = i
            first = _add(result, flags, first, cut)
        _add(result, flags, first, len(raw))
        return result

    def _stops(self, words: Words, i: int, cut: int) -> bool:
        """Whether a sentence ends with the stops from ``i`` up to ``cut``."""
        text, raw, flags, starts, ends = self._text, words.raw, words.flags, words.starts, words.ends
        at, count = ends[cut - 1], len(raw)
        while at < len(text) and text[at] in _CLOSERS:
            at += 1
        if at < len(text) and not text[at].isspace():
            return False
        following = cut + 1 if cut < count and flags[cut] & LINE else cut
        if following < count and raw[following][0].islower() and text[starts[following] - 1] not in MARKS:
            return False
        alone = raw[i] == "." and cut == i + 1 and i > 0 and starts[i] == ends[i - 1]
        return not (alone and self._abbreviates(raw[i - 1], flags[i - 1]))

    def _abbreviates(self, raw: str, flags: int) -> bool:
        """Whether a full stop behind a word only says that it is short."""
        if not raw[0].isupper():
            return False
        return not flags & _SUBJECT_FORM if len(raw) == 1 else raw.lower() in self._abbreviations

    def _ends_paragraph(self, words: Words, i: int, width: int) -> bool:
        """A single line break parts headlines, captions and list items; in text of fixed width only behind a short line."""
        text, start, end = self._text, words.starts[i], words.ends[i]
        before = start - 1
        while before >= 0 and text[before].isspace():
            before -= 1
        if before < 0 or end >= len(text):
            return True
        if text[before] in ",:" or text[end].islower():
            return False
        return width < _SHARE_OF_SHORT_LINES * self._lines.widest or width > _WIDE or text[end] in _BULLETS


def _run(words: Words, i: int) -> int:
    """Behind the last of the stops that follow each other from ``i`` on."""
    starts, ends, flags = words.starts, words.ends, words.flags
    cut = i + 1
    while cut < len(flags) and flags[cut] & STOP and starts[cut] == ends[cut - 1]:
        cut += 1
    return cut


def _add(result: list[Sentence], flags: list[int], first: int, cut: int) -> int:
    last = cut
    while first < last and flags[first] & LINE:
        first += 1
    while last > first and flags[last - 1] & LINE:
        last -= 1
    if last > first:
        result.append((first, last))
    return max(first, cut)
