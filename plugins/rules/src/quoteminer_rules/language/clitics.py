"""Words that are written together with the one beside them: an elided article before it (l'eau), a pronoun behind it (dit-il)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_MEMORY: Final = 50_000
_LONGEST: Final = 40
"""Longer tokens are not worth remembering."""
_APOSTROPHES: Final = str.maketrans("’", "'")


Part = tuple[int, int]
"""Where a word begins and ends in a token."""


class Clitics(dict[str, tuple[Part, ...]]):
    """Token as written -> the words that it is parted into, what joins them left out; one where it is a word.

    Args:
        before: what stands before a word, with its apostrophe ("l'").
        behind: what stands behind one, with its hyphens ("-il", "-t-il"), which belong to neither.
        whole: tokens in small letters that look like such and are words.
    """

    def __init__(self, before: Sequence[str], behind: Sequence[str], whole: Sequence[str]) -> None:
        super().__init__()
        self._before: Final = re.compile(f"(?:{_any_of(before)})(?=.)", re.IGNORECASE)
        self._behind: Final = re.compile(f"(?:{_any_of(behind)})\\Z", re.IGNORECASE)
        self._whole: Final = frozenset(whole)

    def __missing__(self, raw: str) -> tuple[Part, ...]:
        known = raw[0].isalpha() and len(raw) <= _LONGEST
        parts = self._parted(raw.translate(_APOSTROPHES)) if known else ((0, len(raw)),)
        if len(raw) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[raw] = parts
        return parts

    def _parted(self, word: str) -> tuple[Part, ...]:
        if word.lower() in self._whole:
            return ((0, len(word)),)
        parts: list[Part] = []
        at = 0
        while (match := self._before.match(word, at)) is not None:
            parts.append((at, match.end()))
            at = match.end()
        behind = self._behind.search(word, at + 1)
        if behind is not None:
            return (*parts, (at, behind.start()), (word.rindex("-") + 1, len(word)))
        return (*parts, (at, len(word)))


def _any_of(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
