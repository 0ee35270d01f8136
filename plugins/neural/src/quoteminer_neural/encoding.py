"""What the model sees of a text: pieces of words, their case, white space before them, quotation marks around them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import windows
from .marks import Quoted
from .pieces import CAPITALISED, CASES, DIGIT, MIXED, UPPER, Cutter, Ints

SHAPES: Final = CASES * 2
"""Number of values of ``Encoded.shapes``: case of the word, first piece or a later one."""
_GAPS: Final = 4
PLACES: Final = _GAPS * 2
"""Number of values of ``Encoded.places``: nothing, space, line break or blank line before it, outside or inside quotation marks."""

_STOPS: Final = [ord(character) for character in ".!?…:"]
_CLOSERS: Final = [ord(character) for character in '”’"»)]']
_OPENERS: Final = [ord(character) for character in '“‘"„«([']
_AHEAD: Final = [ord(character) for character in ":,;-–—"]
_BREAKS: Final = [0x0A, 0x2028, 0x2029]


class Encoded(NamedTuple):
    """A text as the model reads it, one item a piece.

    ``ids``, ``shapes``, ``places``: input of the model. ``starts``, ``ends``: code points of the text. ``sentence``: True where a sentence
    or a paragraph begins (a guess). ``breaks``: how good it is to cut a window before the piece, as :mod:`windows` has it.
    """

    ids: Ints
    shapes: Ints
    places: Ints
    starts: Ints
    ends: Ints
    sentence: npt.NDArray[np.bool_]
    breaks: npt.NDArray[np.int8]
    quoted: Quoted

    def __len__(self) -> int:
        return len(self.ids)


def encode(text: str, cutter: Cutter) -> Encoded:
    """Encode a text; linear in its length."""
    pieces = cutter(text)
    quoted = Quoted(text)
    starts, ends = pieces.starts, pieces.ends
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    size = len(pieces)
    sentence = np.zeros(size, dtype=np.bool_)
    stopped = np.zeros(size, dtype=np.bool_)
    gaps = np.zeros(size, dtype=np.int32)
    if size:
        breaks = np.concatenate(([0], np.cumsum(np.isin(codes, _BREAKS))))
        before = np.concatenate(([0], ends[:-1]))
        lines = breaks[starts] - breaks[before]
        gaps = np.where(lines > 0, np.minimum(lines, 2) + 1, starts > before).astype(np.int32)
        gaps[0] = 3
        stopped = _after_stops(codes, starts, ends, gaps)
        large = np.isin(pieces.cases, (CAPITALISED, UPPER, MIXED, DIGIT)) | np.isin(codes[starts], _OPENERS)
        sentence = (gaps > 1) | (stopped & (gaps == 1) & large)
    inside = quoted.holds(starts)
    breaks = np.where(sentence, np.where(inside, windows.QUOTED_SENTENCE, windows.SENTENCE), windows.NOWHERE)
    # A line may end in the middle of a sentence; a blank line, or a line after a full stop, is a paragraph.
    breaks[(gaps == _GAPS - 1) | ((gaps == _GAPS - 2) & stopped)] = windows.PARAGRAPH
    # "He added:" and what he added belong together, even with a blank line between.
    breaks[1:][(gaps[1:] > 1) & np.isin(codes[ends[:-1] - 1], _AHEAD)] = windows.QUOTED_SENTENCE
    return Encoded(
        pieces.ids,
        (pieces.cases * 2 + pieces.inner).astype(np.int32),
        (gaps * 2 + inside).astype(np.int32),
        starts,
        ends,
        sentence,
        breaks.astype(np.int8),
        quoted,
    )


def _after_stops(codes: npt.NDArray[np.uint32], starts: Ints, ends: Ints, gaps: Ints) -> npt.NDArray[np.bool_]:
    last = codes[ends - 1]
    stop = np.isin(last, _STOPS)
    closer = np.isin(last, _CLOSERS)
    stopped = np.zeros(len(starts), dtype=np.bool_)
    stopped[1:] = stop[:-1]
    # ‘… end.” Next’: the stop may be followed by one closing mark.
    stopped[2:] |= closer[1:-1] & stop[:-2] & (gaps[1:-1] == 0)
    return stopped
