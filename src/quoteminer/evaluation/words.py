"""Texts as word tokens: what is compared is words, so that marks, white space and punctuation at edges never decide.

A word token is a run of letters, digits and marks, with apostrophes inside it ("don't"). In scripts written without spaces
each character is one. A span holds a word when it shares at least one code point with it.
"""

from __future__ import annotations

import functools
import importlib.resources
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

import regex

from ..spans import Span

Units = frozenset[int]
"""Numbers of word tokens; or, for spans without any word, negative numbers that stand for single code points."""

_UNSPACED: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD: Final = regex.compile(rf"{_UNSPACED}|[\w--{_UNSPACED}]++(?:['’][\w--{_UNSPACED}]++)*+", regex.V1)


@functools.cache
def _complementisers() -> dict[str, frozenset[str]]:
    text = (importlib.resources.files(__package__) / "data" / "complementisers.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {language: frozenset(words.split()) for language, words in rows}


class Words:
    """The word tokens of one text.

    Args:
        text: any ``str``.
        language: BCP 47 tag; tells which complementisers there are.
    """

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _WORD.finditer(text):
            self.starts.append(match.start())
            self.ends.append(match.end())
        self._complementisers = _complementisers().get(language.replace("_", "-").split("-")[0].lower(), frozenset())

    def range_of(self, span: Span) -> tuple[int, int]:
        """Numbers of the first word in ``span`` and of the one behind its last."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def units(self, spans: Iterable[Span]) -> Units:
        """The words in ``spans``; where there are none, their code points, white space only if there is nothing else."""
        spans = tuple(spans)
        found: set[int] = set()
        for span in spans:
            found.update(range(*self.range_of(span)))
        if not found:
            offsets = [offset for span in spans for offset in range(span.start, span.end)]
            found.update([~offset for offset in offsets if not self.text[offset].isspace()] or [~offset for offset in offsets])
        return frozenset(found)

    def content(self, spans: Iterable[Span]) -> Units:
        """As :meth:`units`, without a complementiser at the head when something follows it."""
        units = self.units(spans)
        if len(units) > 1 and self._complementisers:
            head = min(units)
            if head >= 0 and self.text[self.starts[head] : self.ends[head]].lower() in self._complementisers:
                return units - {head}
        return units


def runs(units: Units) -> frozenset[tuple[int, int]]:
    """The stretches of neighbouring words in ``units``, as half-open ranges."""
    found: list[list[int]] = []
    for number in sorted(units):
        if found and found[-1][1] == number:
            found[-1][1] = number + 1
        else:
            found.append([number, number + 1])
    return frozenset((start, end) for start, end in found)
