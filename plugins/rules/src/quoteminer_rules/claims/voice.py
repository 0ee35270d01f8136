"""Whose words are whose: each sentence falls into pieces, one for each quotation in it and one for the document's own voice.

In the words around a quotation its content is a single token, a hole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quoteminer import Quote

from .words import HOLE, MARK, Words


class Piece:
    """The words of one voice in one sentence.

    Attributes:
        quote: index of the innermost quote around them, -1 for the document's own voice.
        tokens: indices of tokens; ``-1 - n`` is the hole that quote number ``n`` leaves.
        flags, words, normal: of each token.
        cues: positions in ``tokens`` that belong to the cue of a quote.
        numeric: whether there may be a number in it, so that it is worth looking for one.
        sentence: the range of tokens of the sentence.
    """

    __slots__ = ("cues", "flags", "normal", "numeric", "quote", "sentence", "tokens", "words")

    def __init__(self, quote: int, tokens: list[int], words: Words, cues: dict[int, int], sentence: tuple[int, int]) -> None:
        self.quote = quote
        self.tokens = tokens
        flags, forms, normal = words.flags, words.words, words.normal
        if len(tokens) == sentence[1] - sentence[0] and min(tokens) >= 0:
            # The whole sentence.
            first, last = sentence
            self.flags, self.words, self.normal = flags[first:last], forms[first:last], normal[first:last]
        else:
            self.flags = [flags[i] if i >= 0 else HOLE for i in tokens]
            self.words = [forms[i] if i >= 0 else "" for i in tokens]
            self.normal = [normal[i] if i >= 0 else "" for i in tokens]
        self.cues = [position for position, i in enumerate(tokens) if i in cues] if cues else []
        self.numeric = False
        self.sentence = sentence


class Voices:
    """The innermost quote and the cue of each token of a text."""

    __slots__ = ("_cues", "_owner", "_parents", "_words")

    def __init__(self, words: Words, quotes: Sequence[Quote]) -> None:
        self._words = words
        numbers = {quote.id: number for number, quote in enumerate(quotes)}
        self._parents = [numbers.get(quote.parent, -1) if quote.parent is not None else -1 for quote in quotes]
        self._owner: list[int] | None = None
        self._cues: dict[int, int] = {}
        if quotes:
            owner = [-1] * len(words)
            for number, quote in enumerate(quotes):
                for span in quote.content:
                    low, high = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
                    owner[low:high] = [number] * (high - low)
            for number, quote in enumerate(quotes):
                for span in quote.cue:
                    for i in range(bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)):
                        self._cues[i] = number
            self._owner = owner

    def pieces(self, sentence: tuple[int, int]) -> Iterator[Piece]:
        """The pieces of one sentence, in order of their first word."""
        first, last = sentence
        words = self._words
        if self._owner is None:
            yield Piece(-1, self._unmarked(sentence), words, {}, sentence)
            return
        owners = self._owner[first:last]
        if owners[0] == owners[-1] and owners.count(owners[0]) == len(owners):
            yield Piece(owners[0], self._unmarked(sentence), words, self._cues, sentence)
            return
        tokens: dict[int, list[int]] = {}
        mine: list[int] = []
        before: int | None = None
        for i in self._unmarked(sentence):
            owner = owners[i - first]
            if owner != before:
                mine = tokens.setdefault(owner, [])
                self._leave_holes(tokens, owner)
                before = owner
            mine.append(i)
        for owner, mine in sorted(tokens.items(), key=lambda item: (abs(item[1][0]), item[0])):
            if any(i >= 0 for i in mine):
                yield Piece(owner, mine, words, self._cues, sentence)

    def _unmarked(self, sentence: tuple[int, int]) -> list[int]:
        flags = self._words.flags
        return [i for i in range(*sentence) if not flags[i] & MARK]

    def _leave_holes(self, tokens: dict[int, list[int]], owner: int) -> None:
        """Put the hole of a quote into the words around it, once for each stretch of it."""
        inner = owner
        while inner >= 0:
            outer = self._parents[inner]
            around = tokens.setdefault(outer, [])
            if not around or around[-1] != -1 - inner:
                around.append(-1 - inner)
            inner = outer
