"""From marked stretches and reporting clauses to quotations, block by block."""

from __future__ import annotations

from typing import Final

from quoteminer.text.marks import MarkedSpan

from ...blockwise import Watch
from ...layout import Block, ends_sentence, tokenise
from ...lexicon import Lexicon
from ...phrases import is_word
from ...tokens import Tokens
from ..attribution import after_atom
from ..found import Found, Offsets
from .covered import Covered
from .embedded import embedded
from .initial import initial
from .medial import medial
from .paragraphs import chain, introduced_by_block
from .scene import LONGEST_SENTENCE, Scene

_DEEPEST: Final = 6


class _Chain:
    """The quotation at the end of a block whose marks are still open, which the next block may go on with."""

    __slots__ = ("at", "mark", "quote")

    def __init__(self) -> None:
        self.quote: Found | None = None
        self.at = -1
        self.mark = ""


def extract_marked(text: str, blocks: list[Block], covered: list[Offsets], lexicon: Lexicon, watch: Watch) -> list[Found]:
    """All quotations with marks in ``text`` outside the ``covered`` ranges, outer before inner, in text order."""
    result: list[Found] = []
    taken = Covered(covered)
    pending = _Chain()
    for index, block in enumerate(blocks):
        if taken and block.stretches:
            block.stretches = [s for s in block.stretches if not taken.holds(s.open)]
        if not block.stretches:
            pending.quote = None
            continue
        with watch.over(block.start):
            result.extend(_of_block(text, blocks, index, pending, lexicon))
    return result


def _of_block(text: str, blocks: list[Block], index: int, pending: _Chain, lexicon: Lexicon) -> list[Found]:
    """The quotations of one block, with what goes on from the block before joined to it."""
    block = blocks[index]
    found, by_stretch = _in_block(text, block, lexicon)
    first, last = block.stretches[0], block.stretches[-1]
    opening = by_stretch.get(id(first))
    if index and opening is not None:
        introduced_by_block(text, blocks[index - 1], block, opening, lexicon)
    head: Found | None = None
    if (
        pending.quote is not None
        and opening is not None
        and pending.at == index - 1
        and first.open - block.start < 3
        and text[first.open] == pending.mark
    ):
        head = pending.quote
        chain(head, opening, found)
    pending.quote = None
    if not last.closed and last.end >= block.end - 1 and id(last) in by_stretch:
        pending.mark = text[last.open]
        pending.quote = head if head is not None and last is first else by_stretch[id(last)]
        pending.at = index
    return found


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
    inside: list[tuple[Found, MarkedSpan]] = []
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
    opens = not any(
        (is_word(tokens, i) and not tokens.raw[i][0].isdigit()) or tokens.atoms[i] is not None
        for i in range(max(floor, k - LONGEST_SENTENCE), k)
    )
    clause = after_atom(tokens, k, lexicon, text)
    if opens:
        return initial(text, tokens, k, clause, scene, lexicon, nested=nested)
    continued = medial(text, tokens, k, clause, scene, lexicon)
    if continued is not None:
        return continued
    return embedded(text, tokens, k, max(floor, k - LONGEST_SENTENCE), clause, scene, lexicon, nested=nested)
