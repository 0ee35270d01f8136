"""Whom a relative pronoun behind a comma means: the phrase before it, "a nurse in the north, who", "Ada Byron, 52, who"."""

from __future__ import annotations

import re
from typing import Final

from quoteminer import Span

from ..language.pack import Pack

_BEFORE = re.compile(r"([^,.;:!?()“”\"«»\n]{2,90})(?:,\s?\d{1,3})?,\s$")
_WORD = re.compile(r"[^\s]+")
_REACH: Final = 100


def antecedent(text: str, at: int, pack: Pack) -> Span | None:
    """The noun phrase before the comma before a relative pronoun at offset ``at``, where there is one."""
    first = max(0, at - _REACH)
    match = _BEFORE.search(text[first:at])
    if match is None:
        return None
    words = list(_WORD.finditer(match[1]))
    start = _start([word[0] for word in words], pack)
    if start is None:
        return None
    base = first + match.start(1)
    return Span(base + words[start].start(), base + words[-1].end())


def _start(words: list[str], pack: Pack) -> int | None:
    """The word at which the noun phrase begins that ends with the last one: its determiner, or the first of its capitals; what is joined by "of" and the like is in it."""
    at = len(words) - 1
    while at >= 0:
        while at > 0 and "determiner" not in pack.classes(words[at].lower()) and not _opens(words[at - 1], pack):
            at -= 1
        if "determiner" not in pack.classes(words[at].lower()):
            named = next((i for i in range(at, len(words)) if words[i][0].isupper()), None)
            if not at or "link" not in pack.classes(words[at - 1].lower()):
                return named
        if at < _SHORTEST or "link" not in pack.classes(words[at - 1].lower()) or words[at - 2].lower() in pack.verbs:
            return at
        at -= 2
    return None


def _opens(word: str, pack: Pack) -> bool:
    """Whether a word stands before a noun phrase and is no part of it."""
    known = pack.classes(word.lower())
    return word[0].islower() and (word.lower() in pack.verbs or not known.isdisjoint(_OUTSIDE))


_SHORTEST: Final = 2
"""Words before a noun phrase that is joined to another: "mother of"."""
_OUTSIDE: Final = frozenset(
    ["preposition", "contraction", "auxiliary", "coordinator", "subordinator", "complementiser", "pronoun", "adverb", "negation"]
)
