"""Who speaks, told behind the first words of a paragraph: It works, said Ada."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..language.pack import Pack
from .ranges import Offsets

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[,.;:!?…]")
_HEAD: Final = 200
"""Code points of a paragraph in which the tag must begin."""
_SAYING: Final = frozenset(["say", "ask", "manner"])
_BEFORE: Final = frozenset([",", "?", "!", "…"])
_BEHIND: Final = frozenset([",", ".", ";", ":"])


def tagged(text: str, paragraphs: Iterable[Offsets], pack: Pack) -> int:
    """How many of some paragraphs open with words that somebody is told to say, without quotation marks."""
    return sum(_is_tagged(_TOKEN.findall(text, start, min(end, start + _HEAD)), pack) for start, end in paragraphs)


def _is_tagged(tokens: list[str], pack: Pack) -> bool:
    for before, one, other, behind in zip(tokens[1:], tokens[2:], tokens[3:], tokens[4:], strict=False):
        if before in _BEFORE and behind in _BEHIND:
            if _says(one, pack) and _is_somebody(other, pack):
                return True
            if _says(other, pack) and _is_somebody(one, pack):
                return True
    return False


def _says(word: str, pack: Pack) -> bool:
    return any(not _SAYING.isdisjoint(reading.classes) for reading in pack.verbs.get(word, ()))


def _is_somebody(word: str, pack: Pack) -> bool:
    pronoun = pack.pronouns.get(word.lower())
    return "subject" in pronoun.functions if pronoun is not None else word[0].isupper()
