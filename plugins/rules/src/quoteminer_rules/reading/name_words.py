"""Names that are spelt as months, days and function words are: Theresa May, Will Smith, Per Dahl, the Sunday Times."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from ..language.letters import QUOTATION
from ..language.pack import Pack

_TITLE_CASE: Final = 4
"""Letters of a word that has no capital in a sentence, but has one in a headline."""
_AROUND: Final = 40
"""Tokens on each side that tell whether a sentence is set as a headline."""
_SAYING: Final = frozenset(["say", "tell", "ask"])
_TELLS: Final = frozenset(["past", "third"])
_OUTSIDE: Final = frozenset(
    ["preposition", "conjunction", "auxiliary", "day", "adverb", "subject_pronoun", "determiner", "possessive"]
)
"""Classes of words that are no part of a name."""
_DATES: Final = frozenset(["preposition", "determiner", "possessive", "time", "day"])
"""Classes of words before a month where a date stands."""


def name_words(raw: Sequence[str], sentences: Sequence[tuple[int, int]], pack: Pack) -> list[int]:
    """The tokens that are names there, though they are spelt as other words of the language."""
    known = _spellings(pack)
    if known.isdisjoint(raw):
        return []
    found: list[int] = []
    for first, stop in sentences:
        row = _Row(raw, first, stop, pack)
        found += [i for i in range(first, stop) if raw[i] in known and row.is_name(i)]
    return found


@functools.cache
def _spellings(pack: Pack) -> frozenset[str]:
    """How such words are written where they may be names; none in a language that does not tell which words are names too."""
    names = pack.of_class("name")
    words = names | pack.of_class("day") if names else names
    return frozenset(word.capitalize() + end for word in words for end in ("", "'s", "’s"))


def _plain(piece: str) -> str:
    """A token in small letters, without what stands behind its apostrophe."""
    return piece.lower().replace("’", "'").partition("'")[0]


class _Row:
    """A sentence as tokens with their classes."""

    def __init__(self, raw: Sequence[str], first: int, stop: int, pack: Pack) -> None:
        self._raw: Final = raw
        self._first: Final = first
        self._stop: Final = stop
        self._pack: Final = pack

    def is_name(self, i: int) -> bool:
        """Whether a word that may be a name is one."""
        if self._is_part_of_title(i):
            return True
        if "name" not in self._classes(i) or self._is_date(i):
            return False
        after = i + 1
        while after < self._stop and self._is_part(after):
            after += 1
        # "Will Smith says …", but "Will Smith say …?".
        says = after < self._stop and self._tells(after)
        if i == self._first:
            return says
        return (after > i + 1 or says or self._named(i) or self._named_before(i)) and self._is_sentence(i)

    def _named(self, i: int) -> bool:
        """Whether a phrase before a token names a source ("according to May")."""
        return i > self._first + 1 and "phrase_opener" in self._classes(i - 2)

    def _classes(self, i: int) -> frozenset[str]:
        return self._pack.classes(_plain(self._raw[i]))

    def _tells(self, i: int) -> bool:
        readings = self._pack.verbs.get(self._raw[i], ())
        return any(reading.classes and not reading.forms.isdisjoint(_TELLS) for reading in readings)

    def _named_before(self, i: int) -> bool:
        """Whether the word before tells that a name follows: a title, a verb of saying, another part of it."""
        before = self._raw[i - 1].lower()
        if "title" in self._pack.classes(before.rstrip(".")):
            return True
        if any(not reading.classes.isdisjoint(_SAYING) for reading in self._pack.verbs.get(before, ())):
            return True
        return self._is_part(i - 1) and (i - 1 > self._first or "opener" not in self._classes(i - 1))

    def _is_sentence(self, i: int) -> bool:
        """Whether words near a token are written small, as none is in a headline."""
        around = self._raw[max(self._first, i - _AROUND) : min(self._stop, i + _AROUND)]
        return any(piece[0].islower() and len(piece) >= _TITLE_CASE for piece in around)

    def _is_part_of_title(self, i: int) -> bool:
        """Whether a day or month stands between a definite article and a further name ("the Sunday Times", "the March Hare")."""
        if i == self._first or i + 1 >= self._stop or "definite_article" not in self._classes(i - 1):
            return False
        return "time" not in self._classes(i + 1) and self._is_part(i + 1)

    def _is_date(self, i: int) -> bool:
        """Whether a month stands where a date does ("in May", "last May", "5 May", "the May budget", "May 5")."""
        behind = i + 1
        if behind < self._stop and (self._raw[behind][0].isdigit() or "day" in self._classes(behind)):
            return True
        opens = i == self._first or self._raw[i - 1][0] == QUOTATION
        if "day" not in self._classes(i) or opens or self._named(i):
            return False
        return self._raw[i - 1][0].isdigit() or not self._classes(i - 1).isdisjoint(_DATES)

    def _is_part(self, i: int) -> bool:
        return self._raw[i][0].isupper() and self._classes(i).isdisjoint(_OUTSIDE)
