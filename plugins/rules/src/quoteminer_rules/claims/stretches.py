"""Which stretches of a text are the words of a clause: what leads to it, trails behind it or only says who said it is left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from .clauses import Clause
from .lexicon import Flag
from .verb_groups import Verbs
from .voice import Piece, Run
from .words import COMMA, CURRENCY, GAP, LINE, PAUSE, STOP, Words

_ING: Final = int(Flag.ING)
_MEASURED: Final = int(Flag.COMPARISON | Flag.NUMBER)
_ARTICLE: Final = int(Flag.DEFINITE_ARTICLE | Flag.INDEFINITE_ARTICLE)
#: What follows a noun in an apposition: "a plan that", "a town of".
_POSTMODIFIER: Final = int(Flag.DECLARATIVE | Flag.GENITIVE_PREPOSITION)
_DECLARATIVE: Final = int(Flag.DECLARATIVE)
#: What happened before, or why, is told behind the saying: "He resigned, she said, after a lorry hit the bridge".
_BACKGROUND: Final = int(Flag.ANTERIOR | Flag.CAUSAL)
#: So many words a claim has at least before what trails behind it is cut off.
_SHORTEST: Final = 5
#: A label or place before a clause lies among so many words.
_LABEL: Final = 8
#: An apposition is looked at so far from the comma before it.
_APPOSITION: Final = 7
_AMOUNT: Final = 10
_TRAILING: Final = COMMA | STOP | GAP | LINE
_LEADING: Final = _TRAILING | int(Flag.COORDINATOR)
_NO_WORD: Final = CURRENCY
"""Signs that tell nothing at the edge of a claim."""

Stretch = tuple[int, int]
"""Where a part of a text begins and ends, in code points."""


def stretches(words: Words, piece: Piece, clause: Clause) -> list[Stretch]:
    """The words of a clause as stretches of the text, without connectors and punctuation at the edges."""
    positions = _trimmed(piece, clause, _core(piece, clause))
    if not positions:
        return []
    tokens, starts, ends = piece.tokens, words.starts, words.ends
    first, last = tokens[positions[0]], tokens[positions[-1]]
    if last - first == len(positions) - 1 == positions[-1] - positions[0] and (
        not piece.gaps or min(tokens[positions[0] : positions[-1] + 1]) >= 0
    ):
        return [(starts[first], _closed(words.text, starts[first], ends[last]))]
    return [
        (start, _closed(words.text, start, end))
        for start, end in (_without_space(words.text, *one) for one in _joined(words, piece, positions))
        if start < end
    ]


def _core(piece: Piece, clause: Clause) -> list[int]:
    """The positions of a clause without a label or place before it and without a participle clause that trails behind it."""
    flags, positions, group = piece.flags, clause.positions, clause.group
    labels = [i for i in positions[:_LABEL] if flags[i] & PAUSE and i < group.start]
    if labels:
        positions = [i for i in positions if i > labels[-1]]
    for number, i in enumerate(positions[:-1]):
        if flags[i] & COMMA and i > group.end and number >= _SHORTEST and positions[number + 1] == i + 1:
            if flags[i + 1] & _ING or _is_apposition(flags, positions, number + 1):
                return positions[:number]
    return positions


def _is_apposition(flags: list[int], positions: list[int], number: int) -> bool:
    """Whether a noun phrase that only describes begins at a position of a clause; one with an amount or a comparison says something."""
    if not flags[positions[number]] & _ARTICLE:
        return False
    if any(flags[i] & _MEASURED for i in positions[number : number + _AMOUNT - 1]):
        return False
    return any(flags[i] & _POSTMODIFIER for i in positions[number + 1 : number + _APPOSITION - 1])


def _trimmed(piece: Piece, clause: Clause, positions: list[int]) -> list[int]:
    """Positions without connectors and punctuation at the edges."""
    flags = piece.flags
    low, high = 0, len(positions)
    while low < high and _leads(flags[positions[low]], positions[low], clause):
        low += 1
    while low < high and (not flags[positions[high - 1]] & ~_NO_WORD or flags[positions[high - 1]] & _TRAILING):
        high -= 1
    return positions[low:high]


def _leads(flag: int, position: int, clause: Clause) -> bool:
    """Whether a word at the beginning only leads to the clause."""
    if not flag & ~_NO_WORD or flag & _LEADING:
        return True
    return bool(flag & _DECLARATIVE) and position + 1 < clause.group.start


def _joined(words: Words, piece: Piece, positions: list[int]) -> Iterator[Stretch]:
    """Words that follow each other in the text, or in the piece with only a quotation between them, as one stretch."""
    flags, tokens, starts, ends = piece.flags, piece.tokens, words.starts, words.ends
    before, last = -9, -9
    start = end = -1
    for position in positions:
        token = tokens[position]
        if token < 0:
            continue
        distance = position - before
        if not ((distance == 1 and token == last + 1) or (distance == 2 and start >= 0 and flags[position - 1] & GAP)):
            if start >= 0:
                yield start, end
            start = starts[token]
        end = ends[token]
        before, last = position, token
    if start >= 0:
        yield start, end


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


def runs(piece: Piece, clause: Clause) -> list[Run]:
    """The words of a clause as ranges of tokens."""
    found: list[Run] = []
    first, last = -1, -1
    for token in map(piece.tokens.__getitem__, clause.positions):
        if token == last:
            last += 1
        elif token >= 0:
            if first >= 0:
                found.append((first, last))
            first, last = token, token + 1
    return [*found, (first, last)] if first >= 0 else found


def near(words: Words, piece: Piece, clause: Clause, flag: int, around: tuple[int, int]) -> Stretch:
    """Where the words of a clause with a flag stand, with so many words before and behind them."""
    positions, tokens = clause.positions, piece.tokens
    marked = [at for at, position in enumerate(positions) if piece.flags[position] & flag]
    first = tokens[positions[max(0, marked[0] - around[0])]]
    last = tokens[positions[min(len(positions) - 1, marked[-1] + around[1])]]
    return words.starts[first] if first >= 0 else 0, words.ends[last] if last >= 0 else len(words.text)


def free_of_cues(piece: Piece, clause: Clause, verbs: Verbs) -> Clause | None:
    """What a clause says besides who said something, if anything.

    A participle with its comma before the clause is cut off; of a reporting clause, what happened before the saying is kept.
    """
    cues = _cues(piece, clause)
    if not cues:
        return clause
    commas = [i for i in range(cues[-1], clause.group.start) if piece.flags[i] & COMMA]
    if commas:
        return Clause([i for i in clause.positions if i > commas[0]], clause.group, clause.subject, clause.kind)
    following = [i for i in clause.positions if i > cues[-1] and piece.flags[i] & _BACKGROUND]
    group = verbs.behind(following[0] + 1) if following else None
    if group is None:
        return None
    start = following[0] + 1
    return Clause([i for i in clause.positions if i >= start], group, range(start, group.start), clause.kind)


def _cues(piece: Piece, clause: Clause) -> list[int]:
    """The positions of a clause that belong to a cue."""
    low, high = bisect_left(piece.cues, clause.positions[0]), bisect_right(piece.cues, clause.positions[-1])
    if high - low > len(clause.positions):
        # A clause of a few words may reach over the cues of a whole block.
        return [position for position in clause.positions if _holds(piece.cues, position)]
    inside = set(clause.positions)
    return [position for position in piece.cues[low:high] if position in inside]


def _holds(ordered: list[int], value: int) -> bool:
    at = bisect_left(ordered, value)
    return at < len(ordered) and ordered[at] == value
