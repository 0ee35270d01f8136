"""Quotation marks that are opened and never closed: where what they open ends."""

from __future__ import annotations

from typing import Final

from quoteminer.text.marks import SINGLE, MarkedSpan

from ...blockwise import Watch
from ...layout import Block, tokenise
from ...lexicon import Lexicon
from ...phrases import is_capital, is_word
from ..attribution import after_atom

_SHORTEST_WITH_CLAUSE: Final = 12
"""Characters: shorter text holds no content and reporting clause ("A, she said")."""
_RECOVERY: Final = 3000


def mend(text: str, blocks: list[Block], lexicon: Lexicon, watch: Watch) -> None:
    """Decide, in every block, where stretches without a closing mark end."""
    for index, block in enumerate(blocks):
        if any(not stretch.closed for stretch in block.stretches):
            with watch.over(block.start):
                _mend(text, blocks, index, lexicon)


def _mend(text: str, blocks: list[Block], index: int, lexicon: Lexicon) -> None:
    """Decide where stretches without a closing mark end."""
    block = blocks[index]
    kept: list[MarkedSpan] = []
    for stretch in block.stretches:
        if stretch.closed:
            kept.append(stretch)
            continue
        cut = _reporting_clause_inside(text, stretch, lexicon)
        if cut is not None:
            stretch.end = stretch.close = cut
            stretch.children = [child for child in stretch.children if child.close <= cut]
            stretch.closed = True
            kept.append(stretch)
        elif _starts_something(text, block, stretch) and (
            stretch.family is not SINGLE or _continues(blocks, index) or stretch.open - block.start < 3
        ):
            kept.append(stretch)
        else:
            # A stray mark: what it seemed to enclose belongs to the text around it.
            kept.extend(stretch.children)
    block.stretches = kept


def _continues(blocks: list[Block], index: int) -> bool:
    if index + 1 >= len(blocks) or not blocks[index + 1].stretches:
        return False
    following = blocks[index + 1]
    return following.stretches[0].open - following.start < 3


def _starts_something(text: str, block: Block, stretch: MarkedSpan) -> bool:
    before = text[max(block.start, stretch.open - 3) : stretch.open].rstrip()
    return stretch.open - block.start < 3 or before[-1:] in (":", ",", ".", "!", "?", "") or before[-1:] in '”’"'


def _reporting_clause_inside(text: str, stretch: MarkedSpan, lexicon: Lexicon) -> int | None:
    """The offset at which an unclosed stretch ends because a reporting clause follows (", said Dev Rathore, …")."""
    if stretch.end - stretch.start < _SHORTEST_WITH_CLAUSE:
        return None
    stop = min(stretch.end, stretch.start + _RECOVERY)
    tokens = tokenise(text, stretch.start, stop, [c for c in stretch.children if c.close <= stop], lexicon)
    for i in range(1, len(tokens) - 2):
        if tokens.raw[i] not in (",", "?", "!"):
            continue
        clause = after_atom(tokens, i, lexicon, text, ended_by_comma=True)
        if clause is None:
            continue
        named = clause.source is not None and (
            is_capital(tokens, clause.source[0]) or tokens.words[clause.source[0]] in ("he", "she", "they")
        )
        ends = clause.last >= len(tokens) or not is_word(tokens, clause.last)
        if named and ends and (clause.rule == "inverted" or tokens.raw[min(clause.last, len(tokens) - 1)] in (".", ":")):
            return tokens.ends[i]
    return None
