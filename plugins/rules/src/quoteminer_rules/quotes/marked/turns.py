"""Speech that its layout shows: dialogue behind dashes, block quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...blockwise import Watch
from ...layout import Block, tokenise
from ...lexicon import Lexicon
from ...tokens import Tokens
from ..attribution import Clause, after_atom
from ..found import Found, attribute
from .covered import Covered
from .paragraphs import introduction

_LONGEST_TURN: Final = 4000
"""Code points: no longer paragraph that a dash opens is dialogue."""
_DASH = re.compile(r"\n[ \t]*(?:[—―–]|--)[ \t]?(?=[^\W_]|[\"“¿¡…])")
_DASHES: Final = ("—", "―", "–", "--")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-•*]|\d+[.)])[ \t]")


def _first_block(blocks: list[Block], offset: int) -> int:
    """The first block that ends behind ``offset``."""
    low, high = 0, len(blocks)
    while low < high:
        middle = (low + high) // 2
        if blocks[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


def dashes(text: str, blocks: list[Block], lexicon: Lexicon, watch: Watch) -> tuple[list[Found], list[tuple[int, int]]]:
    """Dialogue that a dash at the start of the paragraph opens; needs at least two such paragraphs."""
    openings = [match.end() for match in _DASH.finditer(text)]
    at_start = _DASH.match("\n" + text[:8])
    if at_start is not None:
        openings.insert(0, at_start.end() - 1)
    if len(openings) < 2:
        return [], []
    found: list[Found] = []
    covered: list[tuple[int, int]] = []
    for start in openings:
        limit = start + _LONGEST_TURN
        stop = text.find("\n\n", start, limit + 2)
        line = text.find("\n", start, limit + 1)
        if stop < 0:
            stop = len(text)
        if line >= 0 and _DASH.match(text, line):
            stop = min(stop, line)
        if stop > limit:
            continue
        with watch.over(start):
            quote = _dash_turn(text, start, stop, lexicon)
            if quote is not None:
                _announced(text, quote, blocks, lexicon)
                found.append(quote)
                covered.append((start, stop))
    # Dashes also open the items of a list; dialogue has at least one reporting clause.
    return (found, covered) if any(quote.cue for quote in found) else ([], [])


def _announced(text: str, quote: Found, blocks: list[Block], lexicon: Lexicon) -> None:
    """Take the attribution of a turn from the paragraph before when that ends with a colon ("His mother said:")."""
    at = _first_block(blocks, quote.content[0][0])
    if quote.cue or at == 0:
        return
    introduced = introduction(text, blocks[at - 1], lexicon)
    if introduced is not None:
        attribute(introduced[0], quote, introduced[1])


def _dash_turn(text: str, start: int, stop: int, lexicon: Lexicon) -> Found | None:
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if stop - start > 2 and text.startswith(_DASHES[:3], stop - 1) and not text[stop - 2].isalnum():
        stop -= 1
    elif stop - start > 2 and text.startswith("--", stop - 2) and not text[stop - 3].isalnum():
        # Some close with a dash what they open with one; behind a letter it breaks off.
        stop -= 2
    tokens = tokenise(text, start, stop, [], lexicon)
    spans: list[tuple[int, int]] = []
    clause: Clause | None = None
    first = 0
    i = 0
    while i < len(tokens):
        if (tokens.raw[i] in (",", "?", "!", "…") or tokens.raw[i] in _DASHES) and i > first:
            candidate = after_atom(tokens, i, lexicon, text, ended_by_comma=True)
            if candidate is not None and _tells(candidate) and _ends_there(tokens, candidate.last):
                behind = tokens.ends[i] if tokens.raw[i] in (",", "?", "!", "…") else tokens.ends[i - 1]
                spans.append((tokens.starts[first], behind))
                clause = clause or candidate
                resumed = candidate.last
                while resumed < len(tokens) and tokens.raw[resumed] not in _DASHES:
                    resumed += 1
                if resumed >= len(tokens) - 1:
                    first = len(tokens)
                    break
                first = i = resumed + 1
                continue
        i += 1
    if first < len(tokens):
        spans.append((tokens.starts[first], tokens.ends[len(tokens) - 1]))
    if not spans:
        return None
    quote = Found(spans, "direct", "dash")
    if clause is not None:
        quote.cue = [(tokens.starts[a], tokens.ends[b - 1]) for a, b in clause.cue.ranges]
        quote.lemma = clause.cue.lemma
        if clause.source is not None:
            quote.source = (tokens.starts[clause.source[0]], tokens.ends[clause.source[1] - 1])
    return quote


def _tells(clause: Clause) -> bool:
    """Whether a clause tells of a saying that was ("said Ada"), and is not what is said ("Ada will apologize")."""
    return clause.cue.form.partition("+")[0] in ("past", "third", "phrase")


def _ends_there(tokens: Tokens, last: int) -> bool:
    return last >= len(tokens) or tokens.raw[last] in (".", ",", ":", ";") or tokens.raw[last] in _DASHES


def block_quotations(
    text: str, blocks: list[Block], covered: list[tuple[int, int]], lexicon: Lexicon, watch: Watch
) -> list[Found]:
    """A paragraph without marks that the paragraph before announces ("The auditors write:")."""
    found: list[Found] = []
    taken = Covered(covered)
    for earlier, block in zip(blocks, blocks[1:], strict=False):
        end = earlier.end
        while end > earlier.start and text[end - 1].isspace():
            end -= 1
        if text[end - 1 : end] != ":" or taken.meets(block.start, block.end):
            continue
        if block.stretches and block.stretches[0].open - block.start < 3:
            continue
        if _LIST_ITEM.match(text, block.start) or block.end - block.start < 40:
            continue
        with watch.over(earlier.start):
            introduced = introduction(text, earlier, lexicon)
            if introduced is not None:
                found.extend(_announced_block(text, block, *introduced))
    return found


def _announced_block(text: str, block: Block, tokens: Tokens, clause: Clause) -> Iterator[Found]:
    """The quotation that a block is when a reporting clause at the end of the block before announces it."""
    if clause.rule == "colon" and not _announces(tokens.words):
        return
    quote = Found(_words_of_block(text, block), "direct", "block")
    if clause.rule != "colon":
        quote.cue = [(tokens.starts[a], tokens.ends[b - 1]) for a, b in clause.cue.ranges]
        quote.lemma = clause.cue.lemma
        if clause.source is not None:
            quote.source = (tokens.starts[clause.source[0]], tokens.ends[clause.source[1] - 1])
    yield quote


def _words_of_block(text: str, block: Block) -> list[tuple[int, int]]:
    """All of a block, or where each line stands behind ``>``, the lines without it."""
    if text[block.start] == ">":
        spans: list[tuple[int, int]] = []
        at = block.start
        while at < block.end:
            stop = text.find("\n", at, block.end)
            stop = block.end if stop < 0 else stop
            if text[at] != ">" and text[at:stop].strip():
                break
            start = at
            while start < stop and text[start] in "> \t":
                start += 1
            spans.append(_trimmed(text, start, stop))
            at = stop + 1
        else:
            return [span for span in spans if span[0] < span[1]]
    return [_trimmed(text, block.start, block.end)]


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


_ANNOUNCING: Final = frozenset(
    [
        "letter",
        "e-mail",
        "email",
        "message",
        "statement",
        "note",
        "post",
        "tweet",
        "passage",
        "excerpt",
        "extract",
        "text",
        "nub",
        "reply",
        "response",
        "quote",
        "words",
        "comment",
    ]
)


def _announces(words: list[str]) -> bool:
    return any(word in _ANNOUNCING for word in words)
