"""Reporting clauses that announce what the next paragraph holds."""

from __future__ import annotations

from typing import Final

from ...layout import Block, tokenise
from ...lexicon import Lexicon
from ...tokens import Tokens
from ..attribution import Clause, governing, sentence_subject
from ..cues import Cue

_LONGEST_ANNOUNCEMENT: Final = 600
_ANNOUNCING: Final = frozenset({"say", "tell", "ask", "urge", "think", "show", "put", "point", "court", "manner", "read"})
"""Classes of verbs that can announce words."""


def introduction(text: str, block: Block, lexicon: Lexicon, end: int | None = None) -> tuple[Tokens, Clause] | None:
    """The reporting clause at the end of a block (or before the offset ``end`` in it) that announces what the next block holds."""
    end = block.end if end is None else end
    while end > block.start and text[end - 1].isspace():
        end -= 1
    if text[end - 1 : end] != ":":
        return None
    start = max(block.start, end - _LONGEST_ANNOUNCEMENT)
    tokens = tokenise(text, start, end, block.between(start, end), lexicon)
    if len(tokens) < 2:
        return None
    last = len(tokens) - 1
    floor = tokens.sentence[last]
    clause = governing(tokens, last, floor, lexicon)
    if clause is not None and clause.source is not None and not _ANNOUNCING.isdisjoint(clause.cue.classes):
        return tokens, clause
    subject = sentence_subject(tokens, floor, last, lexicon)
    if subject is None:
        return None
    return tokens, Clause("colon", Cue(((last, last + 1),), ":", frozenset({"say"}), "base"), subject, None, last, last + 1)
