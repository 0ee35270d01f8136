"""Which words of a source a report may have put in words of its own: other forms, words of one family, words for one matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from ..plugins.packs import LanguagePack, table_of

FORM: Final = 1.0
"""How much of a word stands there where it does in some form."""
LIKE: Final = 0.6
"""How much of a word stands there where one for the same matter does."""

#: Of a word that is of the same family so much.
_FAMILY: Final = 0.8
#: Letters that words of one family share at least, and letters that a part of a compound has.
_STEM: Final = 4
_PART: Final = 5
#: So many of the letters that two words share may be of their endings.
_SHARED: Final = 3
#: Where no endings are known: the shortest stem, and the most letters that differ.
_PLAIN_STEM: Final = 5
_PLAIN_REST: Final = 3


class Thesaurus:
    """What a language says of the forms, families and matters of words.

    Args:
        pack: of the language; its ``wording.tsv`` is read.
    """

    def __init__(self, pack: LanguagePack) -> None:
        self.ends: frozenset[str] = frozenset()
        self._forms: dict[str, tuple[str, ...]] = {}
        self._like: dict[str, dict[str, None]] = {}
        for kind, words in table_of(pack, "wording.tsv"):
            row = tuple(words.casefold().split())
            if kind == "ends":
                self.ends = frozenset(map(bare, row)) | {""}
            elif kind == "forms":
                for word in row:
                    self._forms[word] = tuple(dict.fromkeys((*self._forms.get(word, ()), *row)))
            else:
                for word in row:
                    self._like.setdefault(word, {}).update(dict.fromkeys(row))

    def forms(self, key: str) -> tuple[str, ...]:
        """The listed forms of a word."""
        return self._forms.get(key, ())

    def like(self, forms: Iterable[str]) -> tuple[str, ...]:
        """The words for one matter with one of these."""
        return tuple(dict.fromkeys(word for form in forms for word in self._like.get(form, ())))


def bare(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


class Wording:
    """The words of a report, and how much of each a word of a source says.

    Args:
        forms: other forms of each word of the report.
        like: words for the same matter.
        ends: what words of one family end in; where none are known, they share their beginnings.
    """

    def __init__(self, forms: Mapping[str, Iterable[str]], like: Mapping[str, Iterable[str]], ends: frozenset[str]) -> None:
        self._ends = ends
        self._exact: dict[str, dict[str, float]] = {}
        for worth, table in ((FORM, forms), (LIKE, like)):
            for key, others in table.items():
                for other in (key, *others):
                    self._exact.setdefault(other, {}).setdefault(key, worth)
        self._bare = {key: bare(key) for key in forms if key[:1] != "#" and len(key) >= _STEM}
        self._by_start: dict[str, list[str]] = {}
        self._by_end: dict[str, list[str]] = {}
        for key, word in self._bare.items():
            self._by_start.setdefault(word[:_STEM], []).append(key)
            if len(word) >= _PART:
                self._by_end.setdefault(word[-_STEM:], []).append(key)
        self._known: dict[str, tuple[tuple[str, float], ...]] = {}

    def of(self, other: str) -> tuple[tuple[str, float], ...]:
        """The words of the report that a word of a source says, each with how much of it."""
        known = self._known.get(other)
        if known is None:
            found = dict(self._exact.get(other, ()))
            if len(other) >= _STEM and other[:1] != "#":
                word = bare(other)
                for key in self._by_start.get(word[:_STEM], ()):
                    if found.get(key, 0.0) < _FAMILY and self._related(self._bare[key], word):
                        found[key] = _FAMILY
                for key in self._by_end.get(word[-_STEM:], ()):
                    if found.get(key, 0.0) < _FAMILY and self._compound(self._bare[key], word):
                        found[key] = _FAMILY
            known = self._known[other] = tuple(found.items())
        return known

    def _related(self, one: str, two: str) -> bool:
        """Whether two words that begin alike are of one family."""
        if not self._ends:
            stem = one[: max(_PLAIN_STEM, len(one) - _PLAIN_REST)]
            return len(one) > _PLAIN_STEM and two.startswith(stem) and abs(len(one) - len(two)) <= _PLAIN_REST
        shorter, longer = sorted((one, two), key=len)
        shared = _STEM
        while shared < len(shorter) and shorter[shared] == longer[shared]:
            shared += 1
        if 2 * shared < len(shorter):
            return False
        return any(
            one[at:] in self._ends and two[at:] in self._ends for at in range(shared, max(_STEM, shared - _SHARED) - 1, -1)
        ) or (shared == len(shorter) >= _PART)

    @staticmethod
    def _compound(one: str, two: str) -> bool:
        """Whether one word is the last part of the other."""
        return min(len(one), len(two)) >= _PART and (one.endswith(two) or two.endswith(one))
