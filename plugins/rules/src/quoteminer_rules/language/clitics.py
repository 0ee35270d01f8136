"""Words that are written together with the one beside them: an elided article before it (l'eau), a pronoun behind it (dit-il)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_MEMORY: Final = 50_000
_LONGEST: Final = 40
"""Longer tokens are not worth remembering."""
_APOSTROPHES: Final = str.maketrans("’", "'")


class Clitics(dict[str, tuple[int, ...]]):
    """Token as written -> the lengths of the words that it is parted into; one length where it is a word.

    Args:
        before: what stands before a word, with what joins it ("l'").
        behind: what stands behind one, with what joins it ("-il").
        whole: tokens in small letters that look like such and are words.
    """

    def __init__(self, before: Sequence[str], behind: Sequence[str], whole: Sequence[str]) -> None:
        super().__init__()
        self._before: Final = re.compile(f"(?:{_any_of(before)})(?=.)", re.IGNORECASE)
        self._behind: Final = re.compile(f"(?:{_any_of(behind)})\\Z", re.IGNORECASE)
        self._whole: Final = frozenset(whole)

    def __missing__(self, raw: str) -> tuple[int, ...]:
        lengths = self._parted(raw.translate(_APOSTROPHES)) if raw[0].isalpha() and len(raw) <= _LONGEST else (len(raw),)
        if len(raw) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[raw] = lengths
        return lengths

    def _parted(self, word: str) -> tuple[int, ...]:
        if word.lower() in self._whole:
            return (len(word),)
        lengths: list[int] = []
        at = 0
        while (match := self._before.match(word, at)) is not None:
            lengths.append(match.end() - at)
            at = match.end()
        behind = self._behind.search(word, at + 1)
        if behind is not None:
            return (*lengths, behind.start() - at, len(word) - behind.start())
        return (*lengths, len(word) - at)


def _any_of(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
