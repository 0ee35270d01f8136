"""Names in languages of which only the pack is known: rows of words with capitals, with what is called before them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import regex

from ..language.genders import Genders
from ..language.pack import Pack
from ..language.pronouns import GENDERS

_WORD: Final = re.compile(r"[^\W_](?:[\w’'&-]*[^\W_])?")
_RUN: Final = regex.compile(
    r"(?<![^\W_])\p{Lu}[\w’'&-]*+(?:[ \u00a0\u202f\n.]{1,2}(?:\p{Ll}[\p{Ll}’']{0,4}[ \u00a0\u202f\n]){0,3}\p{Lu}[\w’'&-]*+)*+"
)
"""Words with capitals, with the small words between them that may be part of a name."""
_BEFORE: Final = 28
"""Code points before one in which it may say what its bearer is."""
NOT_NAMES: Final = frozenset(
    [
        "determiner", "preposition", "contraction", "auxiliary", "coordinator", "subordinator", "complementiser", "pronoun", "question", "adverb", "negation",
        "day", "time", "object_pronoun", "number", "phrase_opener", "so", "comment_opener", "condition",
    ]
)  # fmt: skip
DETERMINERS: Final = frozenset(["determiner", "contraction"])
_JOINS: Final = frozenset([" ", "\u00a0", "\u202f", "\n"])
_LONGEST: Final = 8
"""Words of the longest name."""
_SHORTEST_COMPOUND: Final = 7
"""Letters of a word that may be a compound with a title."""


@functools.cache
def _genders(folder: Path) -> Genders:
    return Genders(folder / "genders.tsv")


class Word(NamedTuple):
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int


class Name(NamedTuple):
    """A name where it stands: its words, the words before it that say what its bearer is, and the gender that these tell."""

    words: tuple[Word, ...]
    role: str
    gender: str | None
    text: str
    """The name without titles, as it stands there, in one line."""
    determined: bool
    """Whether a determiner stands right before it."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end


class NameReader:
    """Reads words and names of a text."""

    def __init__(self, text: str, pack: Pack) -> None:
        self.text: Final = text
        self.pack: Final = pack
        self._genders: Final = _genders(pack.folder)
        self._roles_known: Final[dict[str, bool]] = {}

    def names(self, start: int, end: int) -> Iterator[Name]:
        """The names in a part of the text."""
        last = start
        for run in _RUN.finditer(self.text, start, end):
            # The words before tell of the first name; of the rest of the text nothing does.
            since = max(last, run.start() - _BEFORE)
            while since > last and not self.text[since - 1].isspace():
                since += 1
            yield from self._in_run(since, run.start(), run.end())
            last = run.end()

    def _in_run(self, since: int, start: int, end: int) -> Iterator[Name]:
        """The names in a run of words with capitals, with the words before it."""
        before: list[Word] = []
        row: list[Word] = []
        for word in self.words(since, end):
            if row and len(row) < _LONGEST and self._goes_on(row[-1], word):
                row.append(word)
                continue
            if row:
                yield from self._named(row, before)
            last = (row or before)[-1:]
            before = [*(row or before)[-2:], word] if last and word.start - last[0].end == 1 else [word]
            row = []
            if word.start >= start and self._is_name(word):
                before.pop()
                row = [word]
        if row:
            yield from self._named(row, before)

    def _goes_on(self, last: Word, word: Word) -> bool:
        """Whether a word belongs to the same name as the one before."""
        return self._are_joined(last, word) and (self._is_name(word) or self._is_particle(word, last))

    def _named(self, row: list[Word], before: Sequence[Word]) -> Iterator[Name]:
        """The name that a row of words is, if it is one, with the titles before it."""
        while row and not row[-1].text[0].isupper():
            row = row[:-1]
        if not row:
            return
        roles = self._roles(row)
        words = row[roles:]
        if len(words) == 1 and (len(words[0].text) == 1 or self.is_role(words[0].text)):
            return
        called = [*self._called(before), *(word.text for word in row[:roles])]
        gender = self._gender(called, before) if called else None
        role = " ".join(word for word in called if len(word) > 2)
        determined = bool(before) and not self.pack.classes(before[-1].text.lower()).isdisjoint(DETERMINERS)
        yield Name(tuple(words), role, gender, self._written(words), determined)

    def _written(self, words: Sequence[Word]) -> str:
        end = words[-1].end
        stop = len(words[-1].text) == 1 and self.text[end : end + 1] == "."
        return " ".join(self.text[words[0].start : end + stop].split())

    def _roles(self, row: Sequence[Word]) -> int:
        """How many words at the head of a row say what the bearer of the name does."""
        roles = 0
        for number in range(len(row) - 1):
            # Behind a small word, too ("Mannschaft von Trainer Sven Kuhlmann"); elsewhere it is a surname ("Jan Richter").
            if (number == roles or row[number - 1].text[0].islower()) and self.is_role(row[number].text):
                roles = number + 1
        if roles or row[-1].text in self.pack.company_suffixes:
            return roles
        plain = all(word.text[0].isupper() for word in row)
        # Of three nouns the first says what the bearer of the name does.
        return len(row) - 2 if self.pack.features["noun_capitals"] and len(row) > 2 and plain else 0

    def _called(self, before: Sequence[Word]) -> list[str]:
        """The words in small letters right before a name that say what its bearer is: "la jueza"."""
        if self.pack.features["noun_capitals"] or not before or not before[-1].text[0].islower():
            return []
        lower = [word.text for word in before if word.text[0].islower()]
        for number in range(len(lower) - 1, -1, -1):
            classes = self.pack.classes(lower[number])
            if "verb" in classes and "title" not in classes:
                # "dijo Soto"
                lower = lower[number + 1 :]
                break
        while lower and not self.pack.classes(lower[0]).isdisjoint(NOT_NAMES | DETERMINERS):
            lower = lower[1:]
        return lower

    def _gender(self, called: Sequence[str], before: Sequence[Word]) -> str | None:
        """The gender that the first word tells that tells one."""
        for word in called:
            found = self.gender_of(word)
            if found is not None:
                return found
        return next((found for word in before if (found := self.gender_by_word(word.text)) is not None), None)

    def gender_of(self, word: str) -> str | None:
        """The gender that a title or noun tells of its bearer."""
        for written in (word, word.capitalize(), word.lower()):
            told = self.pack.titles.get(written.rstrip("."), frozenset())
            if "female" in told or "male" in told:
                return "female" if "female" in told else "male"
        return GENDERS.get(self._genders.of_role(word.lower()))

    def gender_by_word(self, word: str) -> str | None:
        """The gender that a determiner or the like tells of what stands behind it."""
        return GENDERS.get(self._genders.of_word(word.lower()))

    def gender_by_name(self, given: str) -> str | None:
        """The gender that mostly goes with a given name."""
        return GENDERS.get(self._genders.of_name(given.lower()))

    def is_role(self, word: str) -> bool:
        """Whether a word is a title, or a compound with one."""
        found = self._roles_known.get(word)
        if found is None:
            found = self._roles_known[word] = self._names_role(word.lower())
        return found

    def _names_role(self, lower: str) -> bool:
        if "title" in self.pack.classes(lower):
            return True
        compound = self.pack.features["noun_capitals"] and len(lower) > _SHORTEST_COMPOUND
        return compound and any("title" in self.pack.classes(lower[at:]) for at in range(3, len(lower) - 3))

    def _is_name(self, word: Word) -> bool:
        if not word.text[0].isupper():
            return False
        if len(word.text) == 1:
            # An initial.
            return self.text[word.end : word.end + 1] == "."
        classes = self.pack.classes(word.text.lower())
        return "title" in classes or classes.isdisjoint(NOT_NAMES)

    def _is_particle(self, word: Word, before: Word) -> bool:
        """Whether a small word goes on with a name; an article only behind a preposition ("de la", "von der")."""
        classes = self.pack.classes(word.text)
        if "name_particle" not in classes:
            return False
        return classes.isdisjoint(DETERMINERS) or "preposition" in classes or "name_particle" in self.pack.classes(before.text)

    def words(self, start: int, end: int) -> Iterator[Word]:
        """The words of a part of the text, clitics apart."""
        clitics = self.pack.clitics
        for match in _WORD.finditer(self.text, start, end):
            at = match.start()
            if clitics is None:
                yield Word(match.group(), at, match.end())
                continue
            for first, last in clitics[match.group()]:
                yield Word(self.text[at + first : at + last], at + first, at + last)

    def _are_joined(self, one: Word, other: Word) -> bool:
        """Whether nothing stands between two words but a space, or the full stop of a title or initial ("Dr. J. Vogt")."""
        gap = self.text[one.end : other.start]
        if gap in _JOINS:
            return True
        return gap[:1] == "." and (gap[1:] in _JOINS or not gap[1:]) and (len(one.text) == 1 or self.is_role(one.text))
