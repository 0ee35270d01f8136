"""Which stretches of a text are the words of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .voice import Piece
from .words import COMMA, GAP, LINE, PAUSE, STOP, Words

_PUNCTUATION: Final = COMMA | STOP | PAUSE | LINE
Stretch = tuple[int, int]
"""Where a part of a text begins and ends, in code points."""


def trimmed(piece: Piece, begin: int, end: int) -> tuple[int, int]:
    """Words of a piece without punctuation and gaps at their edges; a sign that tells nothing goes, that of a currency stays."""
    flags = piece.flags
    while begin < end and _is_edge(flags[begin]):
        begin += 1
    while begin < end and _is_edge(flags[end - 1]):
        end -= 1
    return begin, end


def _is_edge(flag: int) -> bool:
    return not flag or bool(flag & (_PUNCTUATION | GAP))


def stretches(words: Words, piece: Piece, begin: int, end: int) -> list[Stretch]:
    """Words of a piece as stretches of the text; in the midst of them a quotation belongs to the words around it."""
    return [
        (start, _closed(words.text, start, stop))
        for start, stop in (_without_space(words.text, *one) for one in _joined(words, piece.tokens[begin:end]))
        if start < stop
    ]


def _joined(words: Words, tokens: Sequence[int]) -> Iterator[Stretch]:
    """Words that follow each other in the text, or with only a quotation between them, as one stretch."""
    first = last = -1
    gap = False
    for token in tokens:
        if token < 0:
            gap = True
            continue
        if first >= 0 and not (token == last + 1 or gap):
            yield words.starts[first], words.ends[last]
            first = token
        elif first < 0:
            first = token
        last, gap = token, False
    if first >= 0:
        yield words.starts[first], words.ends[last]


def _without_space(text: str, start: int, end: int) -> Stretch:
    """A stretch without the ends of lines at its edges, which are tokens too."""
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _closed(text: str, start: int, end: int) -> int:
    """The end of a stretch with the closing mark of what it opens: “but not any more” in the words of somebody else."""
    if text.count("“", start, end) <= text.count("”", start, end):
        return end
    at = text.find("”", end, end + 2)
    return at + 1 if at >= 0 else end
