"""What a text tells of whoever it names: read near the name, behind it, and in the names of places and bodies all over the text."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import TracebackType
from typing import Final, Self

import attrs

from .evidence import Evidence
from .folding import GENERATIONS, Folding, form_words, plain
from .named import Named
from .naming import Words, take_apart

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
#: One that does not begin with a small letter of ASCII.
_CAPITAL: Final = re.compile(r"[^\W\d_a-z](?<![^\W\d_].)[^\W\d_]{2,}")
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


def words_near(text: str, start: int, end: int) -> set[str]:
    """The words in the same sentence as a name, near it, as they are compared."""
    before = _SENTENCE.split(text[max(0, start - _NEAR) : start])[-1]
    after = _SENTENCE.split(text[end : end + _NEAR], maxsplit=1)[0]
    return set(map(plain, _WORD.findall(f"{before} , {after}")))


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


def names_in(text: str, without: AbstractSet[str]) -> Names:
    """The names in a text, without those words."""
    inside: set[str] = set()
    opening: set[str] = set()
    phrases: set[str] = set()
    phrase: list[str] = []
    last = -1
    for match in _CAPITAL.finditer(text):
        if not match[0][0].isupper():
            continue
        start, end = match.span()
        if start != last + 1 or text[last] != " ":
            if len(phrase) > 1:
                phrases.add(" ".join(phrase))
            phrase = []
        last = end
        if (key := plain(match[0])) in without:
            if len(phrase) > 1:
                phrases.add(" ".join(phrase))
            phrase = []
            continue
        before = text[max(0, start - 3) : start].rstrip(" ")
        if before and before[-1] not in _OPENS:
            inside.add(key)
            phrase.append(key)
        else:
            opening.add(key)
    if len(phrase) > 1:
        phrases.add(" ".join(phrase))
    return Names(frozenset(inside), frozenset(opening - inside), frozenset(phrases))


def with_openings(all_: Iterable[Evidence]) -> list[Evidence]:
    """The same, with the words that open sentences among the places where another text tells that they are names."""
    given = list(all_)
    known = frozenset[str]().union(*(one.places for one in given))
    return [attrs.evolve(one, places=one.places | more) if (more := (one.opening & known) - one.places) else one for one in given]


class Reader:
    """Reads what the texts of an archive tell.

    Use it as a context manager. What a text tells of everybody in it is kept from one reading to the next, until somebody else writes the archive.

    Args:
        words: what is known of the words of names.
    """

    def __init__(self, connection: sqlite3.Connection, folding: Folding, words: Words) -> None:
        self._connection = connection
        self._folding = folding
        self._words = words
        self._common = words.common
        self._called = words.nouns | words.titles
        self._at_work = frozenset(words.fields) & self._called
        self._told: dict[str, Mapping[str, float] | None] = {}
        # Beside the archive, on disk where it is much.
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.execute("PRAGMA journal_mode = OFF")
        self._kept.execute("CREATE TABLE names (document INTEGER PRIMARY KEY, inside TEXT, opening TEXT, phrases TEXT)")
        self._version = self._data_version()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._kept.close()

    def _data_version(self) -> int:
        """Another number when another connection has written."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def look_again(self) -> None:
        """Forget what texts tell where somebody else may have changed them; to be called at the beginning of each transaction."""
        if (version := self._data_version()) != self._version:
            self._version = version
            self._kept.execute("DELETE FROM names")

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
            called = self._called.intersection(form_words(mention))
            jobs |= called & self._words.nouns
            told |= called
            if any(form in mention for form in member.name.last):
                more, year = behind(text, end, member.year)
                generation = generation or take_apart(text[start:end], self._words)[0].generation or more
                born = born or year
                near = words_near(text, start, end)
                jobs |= near & self._words.nouns
                told |= near & self._at_work
        others = {word for form in beside for word in form.split()}
        own = {*others, *member.name.given, *member.name.last}
        # The name is among those of the document, so that the same names are in the text for all of them; nearly always.
        names = self._names(member.document, text, others) if own == others else names_in(text, self._common | own)
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
            opening=names.opening.union(form_words(member.source or "")),
            phrases=names.phrases,
            about=self._about(text, language, mentions, own),
            beside=frozenset(form for form in beside if form != member.form and " " in form),
        )

    def _names(self, document: int, text: str, others: AbstractSet[str]) -> Names:
        """The names in the text of a document without those of its speakers."""
        known = self._kept.execute("SELECT inside, opening, phrases FROM names WHERE document = ?", (document,)).fetchone()
        if known is not None:
            return Names(*(frozenset(cell.splitlines()) for cell in known))
        found = names_in(text, self._common | others)
        self._kept.execute(
            "INSERT INTO names VALUES (?, ?, ?, ?)",
            (document, *map("\n".join, (found.inside, found.opening, found.phrases))),
        )
        return found

    def _about(self, text: str, language: str, mentions: Sequence[tuple[int, int]], own: Iterable[str]) -> Mapping[str, float]:
        """The words near mentions, with what each tells; nothing in a language of whose words nobody knows how common they are."""
        tells = self._tells(language)
        if tells is None:
            return {}
        near = " ".join([f"{text[max(0, start - _ABOUT) : start]} {text[end : end + _ABOUT]}" for start, end in mentions])
        left = {word[:_STEM] for word in own}
        # What is not among the common words tells most.
        found = {word: tells.get(word, 1.0) for word in self._folding.fold(near, language).content if word not in left}
        length = math.sqrt(math.fsum([weight**2 for weight in found.values()]))
        return {word: weight / length for word, weight in found.items()} if length else {}

    def _tells(self, language: str) -> Mapping[str, float] | None:
        """How much the common words of a language tell, from 0 to 1; ``None`` where nobody has counted them."""
        if language not in self._told:
            shares = self._words.shares_in(language)
            self._told[language] = None if shares is None else {word: _worth(share) for word, share in shares.items()}
        return self._told[language]


def _worth(share: float) -> float:
    """How much a word tells that stands in this share of texts."""
    return math.log(max(share, _RARE)) / math.log(_RARE)
