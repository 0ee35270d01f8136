"""The words of a text with their classes; offsets are code points of the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Final

from .lexicon import Flag, guess, word_classes

_TOKEN: Final = re.compile(
    r"\d+(?:[.,:]\d+)*(?:-?[^\W\d_]+(?:-[^\W\d_]+)*)?|[^\W_]+(?:[’'.&@-][^\W_]+)*|\n[^\S\n]*(?:\n\s*)?|--+|\.\.\.|[^\w\s]"
)
_STOPS: Final = frozenset(".!?…")
_BREAKS: Final = frozenset(["—", "–", ";", ":", "--"])
_MARKS: Final = frozenset("\"“”‘’«»„‚‹›()[]'*_")

#: Flags as plain integers, which are several times faster to combine.
STOP, BREAK, COMMA, MARK, HOLE = int(Flag.STOP), int(Flag.BREAK), int(Flag.COMMA), int(Flag.MARK), int(Flag.HOLE)
CAPITAL, WORD = int(Flag.CAPITAL), int(Flag.WORD)


class Words:
    """The tokens of a text as parallel lists.

    Attributes:
        starts, ends: where each begins and ends.
        raw: as written; of line breaks the line feeds.
        words: in lower case.
        flags: what each can be, bits of :class:`Flag`.
    """

    __slots__ = ("ends", "flags", "raw", "starts", "words")

    def __init__(self, text: str, language: str) -> None:
        matches = list(_TOKEN.finditer(text))
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.raw = [match.group() for match in matches]
        self.words = [raw.lower() for raw in self.raw]
        flags_of = classifier(language)
        self.flags = [flags_of(raw) for raw in self.raw]

    def __len__(self) -> int:
        return len(self.starts)


@functools.cache
def classifier(language: str) -> Callable[[str], int]:
    """Gives the flags of a token; remembers the most recent ones, as most tokens of a text are of a few thousand forms."""
    known = word_classes(language)

    @functools.lru_cache(maxsize=1 << 16)
    def flags_of(raw: str) -> int:
        if not (raw[0].isalnum()):
            if raw in _STOPS or raw == "...":
                return STOP
            if raw in _BREAKS:
                return BREAK
            if raw == ",":
                return COMMA
            return MARK if raw in _MARKS else 0
        word = raw.lower().replace("’", "'")
        flags = known.get(word)
        if flags is None and word.endswith("n't"):
            flags = known.get(word[:-3])
            flags = flags if flags is None else flags | Flag.NEGATOR
        if flags is None and word.endswith("'s"):
            flags = WORD
        if flags is None:
            flags = guess(word)
        return int(flags) | CAPITAL if raw[0].isupper() else int(flags)

    return flags_of
