"""How words of names are compared: without case and accents, umlauts in both of their spellings."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ`´′＇"))
#: Letters that no decomposition takes apart.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ß": "ss"}
)
_WIDE: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
#: A vowel with an e that may stand for an umlaut; behind another vowel it does not.
_SPELT_OUT: Final = re.compile(r"(?<![aeiouq])([aou])e")
#: Marks that may be left out. In other scripts they are letters, as the vowels of Devanagari are.
_MARKED_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC")


@functools.lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """A word in small letters without accents and apostrophes: ``Müller`` and ``O’Brien`` as ``muller`` and ``obrien``."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    return _without_marks(_folded(word).translate(_PLAIN))


@functools.lru_cache(maxsize=100_000)
def wide(word: str) -> str:
    """The same with umlauts spelt out: ``mueller``."""
    return plain(word) if word.isascii() else _without_marks(_folded(word).translate(_WIDE).translate(_PLAIN))


def narrow(word: str) -> str:
    """A word as :func:`plain` gives it, in which what may be a spelt-out umlaut has lost its e: ``muller`` for ``mueller``."""
    return _SPELT_OUT.sub(r"\1", word)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).translate(_APOSTROPHES).casefold())


def _without_marks(word: str) -> str:
    found: list[str] = []
    optional = False
    for letter in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(letter):
            optional = unicodedata.name(letter, "").startswith(_MARKED_SCRIPTS)
        elif optional:
            continue
        found.append(letter)
    return unicodedata.normalize("NFC", "".join(found))
