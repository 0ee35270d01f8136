"""What a text tells of whoever it names: read near the name, behind it, and in the names of places and bodies all over the text."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from .evidence import Evidence
from .folding import GENERATIONS, Folding, form_words, plain
from .named import Named
from .naming import Words, take_apart

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
#: Behind these a capital letter tells no name.
_OPENS: Final = ".!?:;…\n\"“”„«»‘’'([-–—•*"
_AGE: Final = re.compile(r"\W{0,3}(?:aged )?(\d{1,2})(?=\W)(?! ?%)|[^.!?\n]{0,30}?(?<!\d)(\d{1,2})-year-old")
_BEHIND: Final = re.compile(rf"\s?,?\s?({'|'.join(sorted(GENERATIONS, key=len, reverse=True))})\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?…\n][\s”\"’]")
#: So far from a name nouns are looked at that tell what somebody is.
_NEAR: Final = 70
#: So far from a name words are looked at that tell what it is about.
_ABOUT: Final = 120
#: Behind a name so many code points are looked at.
_REACH: Final = 60
_OLDEST: Final = 99
_YOUNGEST: Final = 10
#: Letters of a noun that are compared, as those of a role are.
_STEM: Final = 5
#: In so small a share of texts a word stands that is not among the common ones.
_RARE: Final = 0.01


def behind(text: str, end: int, year: int | None) -> tuple[str, int | None]:
    """What stands right behind a name: the generation ("Jr."), and an age as about the year of birth."""
    after = text[end : end + _REACH]
    found = _BEHIND.match(after)
    generation = GENERATIONS[found[1].casefold()] if found else ""
    told = _AGE.match(after[found.end() :] if found else after)
    age = int(told[1] or told[2]) if told else 0
    return generation, year - age if year is not None and _YOUNGEST <= age <= _OLDEST else None


def jobs_near(text: str, start: int, end: int, nouns: frozenset[str]) -> Iterator[str]:
    """The nouns for what people are in the same sentence as a name, near it."""
    before = _SENTENCE.split(text[max(0, start - _NEAR) : start])[-1]
    after = _SENTENCE.split(text[end : end + _NEAR])[0]
    for word in _WORD.findall(f"{before} , {after}"):
        if (key := plain(word)) in nouns:
            yield key


@attrs.frozen
class Names:
    """The words of a text with a capital letter, as they are compared.

    Attributes:
        inside: those inside of sentences.
        opening: those that only open sentences, which need be no names.
        phrases: names of several words inside of sentences.
    """

    inside: frozenset[str]
    opening: frozenset[str]
    phrases: frozenset[str]


def names_in(text: str, without: Iterable[str]) -> Names:
    """The names in a text, without those words."""
    left = set(without)
    inside: set[str] = set()
    opening: set[str] = set()
    phrases: set[str] = set()
    phrase: list[str] = []
    last = -1
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper():
            continue
        if match.start() != last + 1 or text[last] != " ":
            _end(phrase, phrases)
        last = match.end()
        if (key := plain(word)) in left:
            _end(phrase, phrases)
            continue
        before = text[max(0, match.start() - 3) : match.start()].rstrip(" ")
        if before and before[-1] not in _OPENS:
            inside.add(key)
            phrase.append(key)
        else:
            opening.add(key)
    _end(phrase, phrases)
    return Names(frozenset(inside), frozenset(opening - inside), frozenset(phrases))


def _end(phrase: list[str], phrases: set[str]) -> None:
    """Keep a name that has several words."""
    if len(phrase) > 1:
        phrases.add(" ".join(phrase))
    phrase.clear()


def with_openings(all_: Iterable[Evidence]) -> list[Evidence]:
    """The same, with the words that open sentences among the places where another text tells that they are names."""
    given = list(all_)
    known = frozenset[str]().union(*(one.places for one in given))
    return [attrs.evolve(one, places=one.places | (one.opening & known)) for one in given]


class Reader:
    """Reads what the texts of an archive tell.

    Args:
        words: what is known of the words of names.
    """

    def __init__(self, connection: sqlite3.Connection, folding: Folding, words: Words) -> None:
        self._connection = connection
        self._folding = folding
        self._words = words
        self._common = words.common
        self._at_work = frozenset(words.fields) & (words.nouns | words.titles)

    def read(self, members: Iterable[Named]) -> list[Evidence]:
        """What the texts tell of each."""
        return with_openings(self._one(member) for member in members)

    def _one(self, member: Named) -> Evidence:
        text, language = self._connection.execute(
            "SELECT text, language FROM documents WHERE number = ?", (member.document,)
        ).fetchone()
        mentions: list[tuple[int, int]] = self._connection.execute(
            'SELECT start, "end" FROM mentions WHERE speaker = ? ORDER BY start', (member.number,)
        ).fetchall()
        beside = [
            row[0]
            for row in self._connection.execute(
                "SELECT form FROM speakers WHERE document = ? AND form IS NOT NULL", (member.document,)
            )
        ]
        generation, born = "", None
        jobs: set[str] = set()
        told = {*form_words(member.called), *form_words(member.told_role or "")}
        for start, end in mentions:
            mention = plain(text[start:end])
            called = frozenset(form_words(mention)) & (self._words.nouns | self._words.titles)
            jobs.update(called & self._words.nouns)
            told |= called
            if any(form in mention for form in member.name.last):
                more, year = behind(text, end, member.year)
                generation = generation or take_apart(text[start:end], self._words)[0].generation or more
                born = born or year
                jobs.update(jobs_near(text, start, end, self._words.nouns))
                told.update(jobs_near(text, start, end, self._at_work))
        own = {word for form in beside for word in form.split()} | {*member.name.given, *member.name.last}
        names = names_in(text, self._common | own)
        return Evidence(
            name=attrs.evolve(member.name, generation=member.name.generation or generation),
            frequent=not self._words.frequent or any(part in self._words.frequent for part in member.name.last),
            role=member.role,
            jobs=frozenset(job[:_STEM] for job in jobs) | member.role,
            fields=frozenset[str]().union(*(self._words.fields.get(word, ()) for word in told)),
            outlets=frozenset() if member.source is None else frozenset([member.source]),
            born=born,
            places=names.inside,
            # Many outlets have the name of their town.
            opening=names.opening | frozenset(form_words(member.source or "")),
            phrases=names.phrases,
            about=self._about(text, language, mentions, own),
            beside=frozenset(form for form in beside if form != member.form and " " in form),
        )

    def _about(self, text: str, language: str, mentions: Sequence[tuple[int, int]], own: Iterable[str]) -> Mapping[str, float]:
        """The words near mentions, with what each tells; nothing in a language of whose words nobody knows how common they are."""
        shares = self._words.shares_in(language)
        if shares is None:
            return {}
        near = " ".join(f"{text[max(0, start - _ABOUT) : start]} {text[end : end + _ABOUT]}" for start, end in mentions)
        left = {word[:_STEM] for word in own}
        found = {
            word: math.log(max(shares.get(word, _RARE), _RARE)) / math.log(_RARE)
            for word in dict.fromkeys(self._folding.fold(near, language).content)
            if word not in left
        }
        length = math.sqrt(math.fsum(weight**2 for weight in found.values()))
        return {word: weight / length for word, weight in found.items()} if length else {}
