"""The narration of a document: its paragraphs, what of them is told and not said, and who is mentioned there in which function."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from quoteminer import Quote

from ..blockwise import Watch
from .people import Entity

_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\r\n[^\S\n]*\r\n\s*|\x0c")
_LINE = re.compile(r"\n\s*")
_LONGEST: Final = 4000
"""Code points; longer paragraphs are taken in parts."""
_WHOLE_LINE: Final = re.compile(r"[^\n]+")
_HEAD: Final = 600
"""Code points of a text in which its headings stand."""
_HEADING: Final = 120
"""Code points of the longest heading."""
_ENDS: Final = frozenset(".!?…:")


Function = Literal["subject", "object", "oblique", "possessor"]
SUBJECT: Final[Function] = "subject"
OBJECT: Final[Function] = "object"
OBLIQUE: Final[Function] = "oblique"
POSSESSOR: Final[Function] = "possessor"
"""What a mention is in its clause."""


class Mention(NamedTuple):
    """Somebody mentioned in the narration; offsets are code points of the document."""

    start: int
    end: int
    what: str
    """``name``, ``noun`` or ``pronoun``."""
    entity: Entity | None
    gender: str | None
    function: Function
    first: bool
    """Whether it is the first person."""


class Narration(ABC):
    """The paragraphs of a document and the mentions in its narration, read as they are needed."""

    def __init__(self, text: str, quoted: Sequence[tuple[int, int]], watch: Watch) -> None:
        self.text = text
        self.watch = watch
        self._quoted = quoted
        """Spans of outermost direct quotations, in order, not overlapping."""
        self._quoted_starts = [start for start, _ in quoted]
        self.starts, self.ends = _paragraphs(text)
        self._mentions: dict[int, list[Mention]] = {}
        self._head = -1

    @abstractmethod
    def read(self, start: int, end: int) -> list[Mention]:
        """Who is mentioned in a part of the text, in text order."""

    def paragraph(self, offset: int) -> int:
        """The index of the paragraph at an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def introduction(self, start: int, paragraph: int) -> int:
        """Where the sentence begins with which the paragraph before leads to a quotation that opens its own, or -1."""
        text = self.text
        if not paragraph or text[self.starts[paragraph] : start].strip("“‘\"'«„—–- \t\n"):
            return -1
        first, last = self.starts[paragraph - 1], self.ends[paragraph - 1]
        before = text[max(first, last - 8) : last].rstrip()
        if before[-1:] not in (",", ":") and before[-2:] not in ("--", ":-", "—", "–") or self.is_quoted(last - 1):
            return -1
        return max(first, text.rfind(". ", first, last))

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies inside a direct quotation."""
        at = bisect_right(self._quoted_starts, offset) - 1
        return at >= 0 and offset < self._quoted[at][1]

    def is_head(self, offset: int) -> bool:
        """Whether an offset lies in a heading or another short line before the first sentence of the text."""
        if self._head < 0:
            self._head = self._first_sentence()
        return offset < self._head

    def _first_sentence(self) -> int:
        """Where the first line begins that ends as sentences do, or is as long as one; 0 in a text of one line."""
        for line in _WHOLE_LINE.finditer(self.text, 0, min(len(self.text), _HEAD)):
            words = line[0].strip()
            if len(words) > _HEADING or (words[-1:] in _ENDS and not self.is_quoted(line.end() - 1)):
                return line.start()
        return 0

    def narration(self, start: int, end: int) -> list[tuple[int, int]]:
        """What of a range stands outside direct quotations."""
        parts: list[tuple[int, int]] = []
        at = max(0, bisect_right(self._quoted_starts, start) - 1)
        while at < len(self._quoted) and self._quoted[at][0] < end:
            first, last = self._quoted[at]
            if first > start:
                parts.append((start, first))
            start = max(start, last)
            at += 1
        if start < end:
            parts.append((start, end))
        return parts

    def mentions(self, paragraph: int) -> list[Mention]:
        """Who is mentioned in the narration of a paragraph, in text order."""
        found = self._mentions.get(paragraph)
        if found is None:
            found = []
            start, end = self.starts[paragraph], self.ends[paragraph]
            for first, last in self.narration(start, end):
                with self.watch.over(first):
                    found.extend(self.read(first, last))
            self._mentions[paragraph] = found
        return found


def outermost(quotes: Iterable[Quote]) -> list[tuple[int, int]]:
    """Spans of outermost direct quotations, merged."""
    return merged((s.start, s.end) for quote in quotes if quote.kind == "direct" and quote.parent is None for s in quote.content)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _paragraphs(text: str) -> tuple[list[int], list[int]]:
    """Starts and ends of the paragraphs; lines, where no blank line parts them."""
    breaks = [match.span() for match in _BLANK.finditer(text)]
    if not breaks or len(text) > 3000 * (len(breaks) + 1):
        breaks = [match.span() for match in _LINE.finditer(text)]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)], strict=True):
        while end - start > _LONGEST:
            stop = text.find(". ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
            starts.append(start)
            ends.append(stop)
            start = stop
        starts.append(start)
        ends.append(end)
    return starts, ends
