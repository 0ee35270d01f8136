"""The order of the searches in one text, and what they share."""

from __future__ import annotations

from collections.abc import Iterator

from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from ..layout import Block, blocks_of, sentence_floors
from ..lexicon import Lexicon
from ..tokens import Tokens
from .found import Found, settled
from .indirect.decisions import Trace
from .indirect.merging import Merger
from .marked import lists, quotations, turns, unclosed


def find(text: str, lexicon: Lexicon, trace: Trace | None = None, watch: Watch = UNWATCHED) -> list[Found]:
    """All quotations of ``text``: turns and dash dialogue first, because they say what the marks inside them mean.

    ``trace`` collects what became of every candidate for indirect speech, ``watch`` in which blocks something failed.
    """
    blocks = blocks_of(text, lexicon.conventions)
    unclosed.mend(text, blocks, lexicon, watch)
    found, covered = turns.turns(text, blocks, lexicon, watch)
    dialogue, more = turns.dashes(text, blocks, lexicon, watch)
    found += dialogue
    covered += more
    found += turns.block_quotations(text, blocks, covered, lexicon, watch)
    announced = lists.lists(text, blocks, covered, lexicon, watch)
    found += announced
    covered += [quote.extent for quote in announced]
    found += quotations.extract_marked(text, blocks, covered, lexicon, watch)
    merger = Merger(text, found, lexicon, trace)
    for block in blocks:
        progress(block.start)
        with watch.over(block.start):
            merger.block(block)
    return settled(merger.result())


def token_blocks(text: str, blocks: list[Block], lexicon: Lexicon) -> Iterator[tuple[Tokens, list[int]]]:
    """The tokens of each block, with the first token of each token's sentence."""
    for block in blocks:
        tokens = block.tokens(text, lexicon)
        yield tokens, sentence_floors(text, tokens)
