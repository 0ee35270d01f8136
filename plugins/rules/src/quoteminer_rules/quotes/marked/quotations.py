"""From marked stretches and reporting clauses to quotations, block by block."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from ...layout import Block, ends_sentence, tokenise
from ...lexicon import Lexicon
from ...marks import Stretch
from ...phrases import is_word
from ...tokens import Tokens
from ..attribution import after_atom
from ..found import Found, Offsets
from .embedded import embedded
from .initial import initial
from .medial import medial
from .paragraphs import chain, introduced_by_block
from .scene import LONGEST_SENTENCE, Scene

_DEEPEST: Final = 6


def extract_marked(text: str, blocks: list[Block], covered: list[Offsets], lexicon: Lexicon) -> list[Found]:
    """All quotations with marks in ``text`` outside the ``covered`` ranges, outer before inner, in text order."""
    result: list[Found] = []
    pending: Found | None = None
    pending_at = -1
    pending_mark = ""
    ranges = _joined(covered)
    starts = [start for start, _ in ranges]
    for index, block in enumerate(blocks):
        if ranges and block.stretches:
            block.stretches = [s for s in block.stretches if not _is_covered(starts, ranges, s.open)]
        if not block.stretches:
            pending = None
            continue
        found, by_stretch = _in_block(text, block, lexicon)
        first = block.stretches[0]
        if index and id(first) in by_stretch:
            introduced_by_block(text, blocks[index - 1], block, by_stretch[id(first)], lexicon)
        chained = pending_at == index - 1 and first.open - block.start < 3 and text[first.open] == pending_mark
        if pending is not None and chained and id(first) in by_stretch:
            chain(pending, by_stretch[id(first)], found)
            head: Found | None = pending
        else:
            head = None
        result.extend(found)
        last = block.stretches[-1]
        pending = None
        if not last.closed and last.end >= block.end - 1 and id(last) in by_stretch:
            pending_mark = text[last.open]
            pending = by_stretch[id(last)]
            if head is not None and last is first:
                pending = head
            pending_at = index
    return result


def _joined(ranges: list[Offsets]) -> list[Offsets]:
    """The ranges in order, those that overlap as one."""
    result: list[Offsets] = []
    for start, end in sorted(ranges):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def _is_covered(starts: list[int], ranges: list[Offsets], offset: int) -> bool:
    """Whether an offset lies in one of the ranges, which are sorted and do not overlap."""
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < ranges[at][1]


def extract_tokens(text: str, tokens: Tokens, lexicon: Lexicon, parent: Found) -> list[Found]:
    """The quotations with marks among ``tokens``, all inside the quotation ``parent``."""
    return _in_tokens(text, tokens, lexicon, parent, {}, 1)


def _in_block(text: str, block: Block, lexicon: Lexicon) -> tuple[list[Found], dict[int, Found]]:
    tokens = block.tokens(text, lexicon)
    by_stretch: dict[int, Found] = {}
    found = _in_tokens(text, tokens, lexicon, None, by_stretch, 0)
    return found, by_stretch


def _in_tokens(
    text: str, tokens: Tokens, lexicon: Lexicon, parent: Found | None, by_stretch: dict[int, Found], depth: int
) -> list[Found]:
    scene = Scene()
    previous_end = 0
    count = len(tokens)
    inside: list[tuple[Found, Stretch]] = []
    for k in range(count):
        stretch = tokens.atoms[k]
        if stretch is None:
            continue
        quote = None
        if k > scene.used:
            floor = _sentence_start(text, tokens, k, previous_end)
            quote = _judge(text, tokens, k, floor, scene, lexicon, nested=parent is not None)
        else:
            quote = scene.found[-1] if scene.found else None
        if quote is None:
            scene.rejected.add(k)
        previous_end = k + 1
        if quote is not None:
            quote.parent = parent
            by_stretch[id(stretch)] = quote
            if depth < _DEEPEST:
                inside.append((quote, stretch))
    result = list(scene.found)
    for quote, stretch in inside:
        if stretch.children and quote.kind == "direct":
            inner = tokenise(text, stretch.start, stretch.end, stretch.children, lexicon)
            result.extend(_in_tokens(text, inner, lexicon, quote, by_stretch, depth + 1))
    return result


def _sentence_start(text: str, tokens: Tokens, k: int, previous_end: int) -> int:
    """The first token of the sentence of the stretch at ``k``; an earlier stretch that ends like a sentence ends it."""
    first = tokens.sentence[k]
    if previous_end > first:
        atom = tokens.atoms[previous_end - 1]
        if atom is not None and ends_sentence(text, atom) and not tokens.raw[previous_end][0].islower():
            return previous_end
    return first


def _judge(text: str, tokens: Tokens, k: int, floor: int, scene: Scene, lexicon: Lexicon, *, nested: bool) -> Found | None:
    """Decide what the stretch at token ``k`` is, and with which attribution."""
    stretch = tokens.atoms[k]
    assert stretch is not None
    lead = [
        i
        for i in range(max(floor, k - LONGEST_SENTENCE), k)
        if (is_word(tokens, i) and not tokens.raw[i][0].isdigit()) or tokens.atoms[i] is not None
    ]
    clause = after_atom(tokens, k, lexicon, text)
    if not lead:
        return initial(text, tokens, k, clause, scene, lexicon, nested=nested)
    continued = medial(text, tokens, k, clause, scene, lexicon)
    if continued is not None:
        return continued
    return embedded(text, tokens, k, max(floor, k - LONGEST_SENTENCE), clause, scene, lexicon, nested=nested)
