"""Words and names as they are compared across documents: without case, accents and marks, and without the small words of a language."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ..languages import primary, small_words
from ..plugins.packs import LanguagePack

#: A word, with what is joined to it by an apostrophe; a sign of a script that has no blanks is a word of its own.
_WORD: Final = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+(?:['’][^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+)*"
)
#: Of a word so many letters are compared, so that "closed" and "closing" are the same.
_STEM: Final = 5
#: What stands behind the names of people who share all others, and what it is compared as.
GENERATIONS: Final[Mapping[str, str]] = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
}
#: Where marks may stand that are put on letters: none is among the signs of Latin script and punctuation.
_MARKS: Final = re.compile(r"[^\x00-\u02ff\u2000-\u206f]+")
_PART: Final = re.compile(r"\w+")
_APOSTROPHE: Final = re.compile(r"(?<=\w)['’](?=\w)")
#: So many words are remembered as they are folded.
_REMEMBERED: Final = 65_536
#: Letters that are letters of their own, and what others write for them.
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
#: Letters behind a name in capitals, such as MP or OBE, are so many at most.
_BEHIND: Final = 4
#: Classes of the words that say little by themselves, by the names that language packs have for them.
_SMALL: Final = (
    "article", "auxiliary", "be", "complementiser", "conjunction", "coordinator", "demonstrative", "determinative", "determiner", "have", "modal",
    "object_pronoun", "possessive", "preposition", "pronoun", "relative", "subject_pronoun", "time",
)  # fmt: skip
_NEGATIVE: Final = ("negation", "negative")


def plain(text: str) -> str:
    """A text without case, accents and the like."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub(_without_marks, unicodedata.normalize("NFKD", text.casefold()))


def _without_marks(found: re.Match[str]) -> str:
    return "".join([sign for sign in found[0] if not unicodedata.combining(sign)])


#: Stands for a negation, which belongs to the word behind it.
NEGATION: Final = "¬"


@attrs.frozen
class Folded:
    """The words of a text as they are compared, with :data:`NEGATION` for each negation.

    Attributes:
        words: all of them.
        content: the beginnings of those that are not small, and numbers as they are.
    """

    words: tuple[str, ...]
    content: tuple[str, ...]


class _Remembered(dict[str, tuple[str, tuple[str, ...]]]):
    """Words that were folded before: each as it is among the words of a text, and what it is in its content."""

    def __init__(self, small: frozenset[str], negative: frozenset[str], numbers: Mapping[str, str]) -> None:
        super().__init__()
        self._small = small
        self._negative = negative
        self._numbers = numbers

    def __missing__(self, word: str) -> tuple[str, tuple[str, ...]]:
        folded = self[word] = self._fold(word)
        return folded

    def _fold(self, word: str) -> tuple[str, tuple[str, ...]]:
        if word in self._negative or (word.endswith("n't") and "n't" in self._negative):
            return NEGATION, (NEGATION,)
        content: list[str] = []
        for part in (word,) if word in self._small else word.split("'"):
            if part in self._numbers or part[0].isdigit():
                content.append(self._numbers.get(part, part))
            elif part not in self._small and (len(part) > 1 or not part.isascii()):
                content.append(part[:_STEM])
        return word, tuple(content)


class Folding:
    """Folds texts of any language; what is known of a language makes it better.

    Args:
        packs: of the languages that plugins bring.
    """

    def __init__(self, packs: Iterable[LanguagePack] = ()) -> None:
        self.packs = tuple(packs)
        self._packs: Mapping[str, LanguagePack] = {primary(pack.language): pack for pack in self.packs}
        self._known: dict[str, tuple[frozenset[str], frozenset[str], Mapping[str, str]]] = {}
        self._folded: dict[str, _Remembered] = {}

    def fold(self, text: str, language: str) -> Folded:
        """The words of a text."""
        language = primary(language)
        known = self._folded.get(language)
        if known is None or len(known) > _REMEMBERED:
            known = self._folded[language] = _Remembered(*self._words(language))
        folded = [known[word] for word in _WORD.findall(plain(text).replace("’", "'"))]
        return Folded(tuple([word for word, _ in folded]), tuple([part for _, parts in folded for part in parts]))

    def _words(self, language: str) -> tuple[frozenset[str], frozenset[str], Mapping[str, str]]:
        """Small words, negations and words for numbers of a language."""
        known = self._known.get(language)
        if known is None:
            pack = self._packs.get(language)
            small = set(small_words().get(language, ()))
            negative: set[str] = set()
            numbers: dict[str, str] = {}
            if pack is not None:
                small.update(*(pack.words(name) for name in _SMALL))
                negative.update(*(pack.words(name) for name in _NEGATIVE))
                numbers = {plain(word): f"{value:g}" for word, value in pack.numbers.items()}
            known = (
                frozenset(map(_straight, small)) - numbers.keys(),
                frozenset(map(_straight, negative)),
                numbers,
            )
            self._known[language] = known
        return known


def _straight(word: str) -> str:
    return plain(word).replace("’", "'")


@functools.lru_cache(maxsize=65_536)
def name_form(name: str, kind: str, mentions: str | None) -> str | None:
    """A name as names are compared; ``None`` where it is no name but a description ("the chair", "a man").

    Args:
        mentions: how the document names it, a line each.
    """
    if kind == "group" or not _is_name(name, kind, mentions):
        return None
    return " ".join(form_words(name)) or None


def form_words(name: str) -> list[str]:
    """The words of a name as they are compared; what an apostrophe joins is one word."""
    return list(_form_words(name))


@functools.lru_cache(maxsize=_REMEMBERED)
def _form_words(name: str) -> tuple[str, ...]:
    return tuple(_PART.findall(_APOSTROPHE.sub("", plain(name).translate(_LETTERS))))


@functools.lru_cache(maxsize=65_536)
def name_block(name: str, kind: str, mentions: str | None) -> str | None:
    """What the forms of one person's name share: the last name, of two that a hyphen joins the first; of others the whole name."""
    form = name_form(name, kind, mentions)
    if form is None or kind in ("organisation", "document"):
        return form
    parts = name.split()
    while len(parts) > 1 and " ".join(form_words(parts[-1])) in (*GENERATIONS, ""):
        parts.pop()
    while len(parts) > 2 and len(parts[-1]) <= _BEHIND and parts[-1].isupper() and parts[-1].isalpha():
        parts.pop()
    words = form_words(parts[-1]) or form.split()
    return words[0] if "-" in parts[-1] else words[-1]


def _is_name(name: str, kind: str, mentions: str | None) -> bool:
    """Whether a name begins and ends with a word that is written as names are; a script without capitals has no other sign of them."""
    words = name.split()
    if not words:
        return False
    if not any(letter.isupper() or letter.islower() for letter in name):
        return True
    if not all(any(letter.isupper() for letter in word) or word[:1].isdigit() for word in (words[0], words[-1])):
        return False
    if kind == "person" or len(words) > 1 or sum(map(str.isupper, name)) > 1:
        return True
    # "The Board" is one in every town.
    return not any(line.endswith(f" {name}") and line[:1].islower() for line in (mentions or "").splitlines())
