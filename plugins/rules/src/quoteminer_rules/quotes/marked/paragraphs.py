"""Quotations over paragraphs: announced at the end of the one before, or going on from it."""

from __future__ import annotations

from typing import Final

from ...layout import Block, tokenise
from ...lexicon import Lexicon
from ...tokens import Tokens
from ..attribution import Clause, governing, sentence_subject
from ..cues import Cue
from ..found import Found, attribute
from .scene import SPEECH

_LONGEST_ANNOUNCEMENT: Final = 600


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
    if clause is not None and clause.source is not None and clause.cue.classes & (SPEECH | {"manner", "read"}):
        return tokens, clause
    subject = sentence_subject(tokens, floor, last, lexicon)
    if subject is None:
        return None
    return tokens, Clause("colon", Cue(((last, last + 1),), ":", frozenset({"say"}), "base"), subject, None, last, last + 1)


def introduced_by_block(text: str, earlier: Block, block: Block, quote: Found, lexicon: Lexicon) -> None:
    """Take the attribution from the paragraph before when that ends with a colon ("He said:")."""
    if quote.cue or quote.source is not None or block.stretches[0].open - block.start > 2:
        return
    introduced = introduction(text, earlier, lexicon)
    if introduced is None:
        return
    tokens, clause = introduced
    attribute(tokens, quote, clause)
    quote.rule = "direct.colon"


def chain(earlier: Found, later: Found, found: list[Found]) -> None:
    """Join a quotation over paragraphs; the attribution may stand in any of them."""
    found.remove(later)
    earlier.content.extend(later.content)
    if not earlier.cue and earlier.source is None:
        earlier.cue, earlier.source, earlier.addressee = later.cue, later.source, later.addressee
        earlier.lemma, earlier.modality = later.lemma, later.modality
    earlier.rule = "direct.paragraphs"
    for other in found:
        if other.parent is later:
            other.parent = earlier
