"""Reading names: what in a run of capitalised words is a title or role, what the name, and what it seems to name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import regex

from .knowledge import REMEMBERED, Knowledge, knowledge
from .words import Endings

_PATIENCE: Final = 60.0
"""Seconds for one search of a whole text; over it, the component fails and the host leaves an issue."""
_LINE: Final = 45
"""A line shorter than this is a heading or the end of a paragraph."""
_WORD = re.compile(r"\S+")
_EDGE: Final = ",“”\"'‘’()[];:!?_*"
_MARKS: Final = ',“”"‘()[];:!?_*'
_APOSTROPHES: Final = "'’"
_MOST: Final = 50_000
"""Wordings that are kept while a text is read, which refers to them anyway."""
_EDGE_OF_OWNER: Final = _EDGE.replace("’", "").replace("'", "")
_DESCRIBED: Final = 3
"""Words before a name that may say what its bearer is."""
_INNER_CAPITAL = regex.compile(r"\p{Ll}\p{Lu}")


class Piece(NamedTuple):
    """A word of a run of capitalised words and where it stands in it."""

    start: int
    end: int
    word: str
    low: str
    """The word in small letters, without a full stop unless it is an initial."""


def _written(piece: Piece) -> str:
    """A word of a name as it is written, an initial with its stop."""
    return f"{piece.word}." if piece.low[-1:] == "." and len(piece.word) == 1 else piece.word


class Name(NamedTuple):
    """A way of writing a name; ``start`` and ``end`` are offsets (code points) into the text that was read."""

    words: tuple[str, ...]
    """The name as written, without titles."""
    key: tuple[str, ...]
    """The same in lower case."""
    titles: tuple[str, ...]
    """Titles before it, lower case."""
    role: str
    """All that stands before the name and belongs to it ("Foreign Minister")."""
    kind: str | None
    """What the words themselves say: ``person``, ``organisation``, ``place_name``, ``office`` or nothing."""
    gender: str | None
    start: int
    end: int
    article: bool
    possessive: bool

    @property
    def text(self) -> str:
        """The words of the name, joined."""
        return " ".join(self.words)


def runs(text: str, known: Knowledge) -> list[tuple[int, int]]:
    """Where runs of capitalised words stand; a run goes over the end of a line only in wrapped text."""
    found: list[tuple[int, int]] = []
    for match in known.patterns.names.run.finditer(text, timeout=_PATIENCE):
        start, end = match.span()
        at = text.find("\n", start, end)
        while at >= 0:
            line = text.rfind("\n", max(0, at - _LINE), at)
            if line >= 0 or at < _LINE:
                found.append((start, at))
                start = at + 1
                while start < end and not text[start].isupper():
                    start += 1
            at = text.find("\n", at + 1, end)
        if start < end:
            found.append((start, end))
    return found


def bare(word: str, endings: Endings) -> str:
    """A word without the punctuation around it and without a possessive ending."""
    word = word.lstrip(_EDGE).rstrip(_MARKS)
    if word.endswith(endings.possessive):
        word = word[:-2]
    elif word[-1:] in ("'", "’") and not word.lower().endswith(endings.possessive_plural):
        word = word.rstrip(_APOSTROPHES)
    return word.rstrip(".") if word.count(".") < 2 else word


@functools.cache
def reader(language: str) -> NameReader:
    """The reader of names of a language."""
    return NameReader(knowledge(language))


class NameReader:
    """Reads names; what was read once is remembered by its wording, for later documents too."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._memory: dict[str, tuple[Name, ...]] = {}

    def read(self, surface: str) -> tuple[Name, ...]:
        """The names in a run of capitalised words: "Ada's Bob" and "Ada and Bob" hold two each."""
        found = self._memory.get(surface)
        if found is None:
            if len(self._memory) >= _MOST:
                self._memory.clear()
            found = self._memory[surface] = tuple(self._read(surface))
        return found

    def forget(self) -> None:
        """Forget the names of a long text, when it has been read: those of other texts are others."""
        if len(self._memory) > REMEMBERED:
            self._memory.clear()

    def _read(self, surface: str) -> list[Name]:
        pieces: list[Piece] = []
        for match in _WORD.finditer(surface):
            word = bare(match.group(), self._known.endings)
            if word:
                # The stop tells the initial of “A. Byron” from an article.
                initial = len(word) == 1 and match.group().endswith(".")
                pieces.append(
                    Piece(match.start(), match.end(), word, word.lower() + "." if initial else word.lower().rstrip("."))
                )
        names: list[Name] = []
        for sentence in self._sentences(surface, pieces):
            for part, possessive in self._parts(surface, self._without_opening(sentence)):
                name = self._name(surface, part, possessive=possessive)
                if name is not None:
                    names.append(name)
        return names

    def _sentences(self, surface: str, pieces: list[Piece]) -> list[list[Piece]]:
        """Cut behind a full stop that ends a sentence and not an abbreviation ("Rodney. It")."""
        known = self._known
        parts: list[list[Piece]] = [[]]
        for piece in pieces:
            word = piece.word
            if word in known.pronouns.written:
                parts.append([])
                continue
            parts[-1].append(piece)
            if surface[piece.end - 1] == "." and len(word) > 1 and "." not in word:
                if piece.low not in known.classes.abbreviations and (piece.low not in known.titles.known or len(word) > 4):
                    parts.append([])
        return [part for part in parts if part]

    def _without_opening(self, pieces: list[Piece]) -> list[Piece]:
        """Leave out what begins a sentence with a capital and is no name ("But Rutte", "Said Ada")."""
        first = 0
        while first < len(pieces) - 1 and self._opens(pieces[first], pieces[first + 1]):
            first += 1
        return pieces[first:]

    def _opens(self, first: Piece, second: Piece) -> bool:
        """Whether a word only begins the sentence, so that the next begins the name."""
        known = self._known
        word = first.low
        titles, given = known.titles.known, known.names.given
        if word in known.determiners.all or word in titles or first.word in known.names.acronyms:
            return False
        closed = word in known.classes.closed
        if not closed and (word not in known.verbs.reporting or (word in given and second.word[:1].isupper())):
            return False
        if second.low in titles:
            return True
        # "Jan Smit"
        return word not in known.names.months and (word not in given or second.low in given)

    def _parts(self, surface: str, pieces: list[Piece]) -> list[tuple[list[Piece], bool]]:
        """Cut behind possessives and at "and" between two names."""
        known = self._known
        parts: list[tuple[list[Piece], bool]] = []
        current: list[Piece] = []
        for index, piece in enumerate(pieces):
            if self._parts_names(pieces, index, current):
                parts.append((current, False))
                current = []
                continue
            current.append(piece)
            written = surface[piece.start : piece.end].rstrip(_EDGE_OF_OWNER)
            of_place = len(current) == 1 and piece.low in known.names.places and index + 1 < len(pieces)
            if written.endswith(known.endings.owners) and (of_place or self._owns_name(pieces[index + 1 :])):
                parts.append((current, True))
                current = []
        if current:
            last = surface[current[-1].start : current[-1].end].rstrip(".,;:!?")
            parts.append((current, last.endswith(known.endings.possessive)))
        return parts

    def _parts_names(self, pieces: list[Piece], at: int, before: list[Piece]) -> bool:
        """Whether a small word stands between two names and in none: "of" behind a person, "and" between two."""
        known, word = self._known, pieces[at].word
        if word in known.names.prepositions:
            return self._ends_name(before)
        return word in known.classes.additive and bool(before) and not self._one_name_over_and(pieces, at)

    def _owns_name(self, rest: list[Piece]) -> bool:
        """Whether what follows an owner is a name of its own, not a title or the rest of an organisation's name."""
        if not rest:
            return False
        titled = rest[0].low in self._known.titles.known and len(rest) > 1
        return not titled and not any(piece.low in self._known.names.organisations for piece in rest[:3])

    def _ends_name(self, pieces: list[Piece]) -> bool:
        """Whether "of" behind these words belongs to no name: "Peter Falkenrath of the Institute"."""
        known = self._known
        words = [piece.low for piece in pieces]
        while words and words[0] in known.determiners.all:
            words = words[1:]
        if len(words) < 2 or words[-1] in known.titles.known:
            return False
        return not any(word in known.names.organisations or word in known.names.place_words for word in words)

    def _one_name_over_and(self, pieces: list[Piece], at: int) -> bool:
        """ "Department of Work and Pensions", "Johnson and Johnson" are one name."""
        names = self._known.names
        words = [piece.low for piece in pieces]
        return (
            any(word in names.organisations or word in names.prepositions for word in words[:at])
            or any(word in names.organisations for word in words[at + 1 :])
        ) and not any(word in names.given for word in words)

    def _name(self, surface: str, pieces: list[Piece], *, possessive: bool) -> Name | None:
        known = self._known
        pieces, article = self._trimmed(pieces)
        if not pieces or (len(pieces) == 1 and self._is_closed(pieces[0])):
            return None
        pieces = self._without_office(pieces)
        begin = self._where_name_begins(pieces)
        name = pieces[begin:]
        titles = tuple(piece.low for piece in pieces[:begin])
        words = tuple(map(_written, name))
        if words[-1][-1] in _APOSTROPHES and len(words[-1]) > 1:
            words = (*words[:-1], words[-1][:-1])
        if not (words[0][0].isupper() or words[0][0] == "@" or words[0].lower() in known.names.particles):
            return None
        kind = self._kind(words, titles)
        key = tuple(word.lower() if len(word) > 2 else word.lower().rstrip(".") for word in words)
        role = "" if all(title in known.titles.civil for title in titles) else self._role(surface, pieces[:begin])
        last = name[-1]
        # Punctuation that the run took in and a possessive ending are no part of the mention.
        at = surface.find(last.word, last.start, last.end)
        end = at + len(last.word) if at >= 0 else last.end
        return Name(words, key, titles, role, kind, self._gender(key, titles, kind), name[0].start, end, article, possessive)

    def _trimmed(self, pieces: list[Piece]) -> tuple[list[Piece], bool]:
        """The words without determiners and small words before and suffixes behind, and whether a determiner stood there."""
        known = self._known
        first, last = 0, len(pieces)
        while first < last and pieces[first].low in known.determiners.all:
            first += 1
        article = first > 0
        while first < last and pieces[first].low in known.names.inside:
            first += 1
        while last - first > 1 and pieces[last - 1].low in known.names.suffixes:
            last -= 1
        return pieces[first:last], article

    def _is_closed(self, piece: Piece) -> bool:
        """Whether a word alone is no name but a function word with a capital."""
        known = self._known
        return piece.low in known.classes.closed and piece.low not in known.names.given and piece.word not in known.names.acronyms

    def _gender(self, key: tuple[str, ...], titles: tuple[str, ...], kind: str | None) -> str | None:
        """What titles, else the given name, tell of the gender."""
        genders, given = self._known.nouns.genders, self._known.names.given
        if kind == "office":
            return genders.get(key[0])
        gender = next((genders[title] for title in reversed(titles) if title in genders), None)
        if gender == "female" and len(key) > 1 and given.get(key[0]) == "male":
            # "Mrs. John Dashwood" has her husband's name.
            gender = None
        if gender is None and kind != "organisation" and not (titles and titles[-1] in self._known.titles.married):
            gender = given.get(key[0])
        return gender

    def _without_office(self, pieces: list[Piece]) -> list[Piece]:
        """ "Norvane Systems" of "Chief Executive Officer of Norvane Systems"; "Duke of Wellington" is a name."""
        titles, names = self._known.titles, self._known.names
        words = [piece.low for piece in pieces]
        at = next((index for index, word in enumerate(words) if word in names.prepositions), 0)
        if at == 0 or words[0] in titles.noble or not all(word in titles.known for word in words[:at]):
            return pieces
        if self._where_name_begins(pieces) > 0:
            return pieces
        rest = pieces[at + 1 :]
        while rest and rest[0].low in names.inside:
            rest = rest[1:]
        return rest or pieces

    def _role(self, surface: str, pieces: list[Piece]) -> str:
        """What stands before a name, without what only addresses ("Mr.") or begins the sentence ("Following the")."""
        known = self._known
        first = 0
        for index, piece in enumerate(pieces):
            opens = index == 0 and piece.low.endswith(known.endings.gerund) and piece.low not in known.nouns.kinds
            if opens or piece.low in known.titles.civil or piece.low in known.determiners.all:
                first = index + 1
        if first >= len(pieces):
            return ""
        return " ".join(surface[pieces[first].start : pieces[-1].end].split())

    # -- where a name begins ---------------------------------------------------------------------------------------------------

    def _where_name_begins(self, pieces: list[Piece]) -> int:
        """How many words of titles and roles stand before the name."""
        known = self._known
        words = [piece.low for piece in pieces]
        place = self._behind_place(words)
        if place:
            return place
        last = self._last_title(pieces)
        if last < 0:
            return self._behind_noun(words)
        if all(word in known.titles.known for word in words[last:]):
            return 0
        if words[last + 1] in known.names.prepositions:
            return self._behind_office(words, last)
        organisation = words[last + 1] not in known.names.given and any(
            word in known.names.organisations for word in words[last + 1 :]
        )
        return 0 if organisation and words[last] not in known.titles.civil else last + 1

    def _behind_place(self, words: Sequence[str]) -> int:
        """Words of a place before the name of a person ("Stanmoor Street Ada Byron"), or 0."""
        names = self._known.names
        if len(words) < 3 or words[0] in names.given:
            return 0
        at = 2 if words[1] in names.place_words else 1 if words[0] in names.places else 0
        if at == 0 or len(words) - at < 2:
            return 0
        other = any(
            word in names.organisations or word in names.inside or word in self._known.titles.known for word in words[at:]
        )
        return 0 if other else at

    def _last_title(self, pieces: list[Piece]) -> int:
        """The index of the last title that something follows, or -1."""
        last = 0 if pieces[0].word in self._known.titles.ranks and len(pieces) > 1 else -1
        for index in range(len(pieces) - 1):
            word = pieces[index].low
            if word in self._known.titles.known and (index or word not in self._known.names.given):
                last = index
        return last

    def _behind_noun(self, words: Sequence[str]) -> int:
        """Words up to a noun that says what somebody is, before a name of two words or more ("Organiser Ada Byron", "Tory MP Ada Byron"); or 0.

        Alone "Baker" and "Hunter" are names as well; what has a hyphen is none ("Gran-of-six Ada").
        """
        names, nouns = self._known.names, self._known.nouns
        if (
            len(words) < 2
            or words[0] in names.given
            or any(word in names.organisations or word in names.place_words for word in words)
        ):
            return 0
        if any(part in nouns.persons for part in words[0].split("-")[:: max(1, words[0].count("-"))]) and "-" in words[0]:
            return 1
        for at in range(min(len(words) - 2, _DESCRIBED), 0, -1):
            word = words[at - 1]
            if (word in nouns.persons or nouns.singular(word) in nouns.persons) and word not in names.given:
                return 0 if any(one in names.given for one in words[: at - 1]) else at
        return 0

    def _behind_office(self, words: Sequence[str], title: int) -> int:
        """Where the name begins behind a title and "of" ("Secretary of State John Kerry"); 0 where both are one name ("Duke of Wellington")."""
        names = self._known.names
        for index in range(title + 3, len(words)):
            if words[index] in names.given:
                return index
        rest = len(words) - title - 2
        if rest >= 3 and not any(word in names.organisations for word in words[title + 2 :]):
            return len(words) - 2
        return len(words) - 1 if rest == 2 and words[title + 2] in self._known.nouns.portfolios else 0

    # -- what a name seems to name ---------------------------------------------------------------------------------------------

    def _kind(self, words: tuple[str, ...], titles: tuple[str, ...]) -> str | None:
        if titles or words[0][0] == "@":
            return "person"
        names = self._known.names
        lowered = [word.lower() for word in words]
        if self._is_office(lowered):
            return "office"
        joined = not names.prepositions.isdisjoint(lowered)
        if lowered[0] in names.given and len(words) <= 4 and not joined:
            return "organisation" if lowered[-1] in names.organisations and len(words) != 2 else "person"
        if not names.organisations.isdisjoint(lowered) or self._is_acronym(words):
            return "organisation"
        if self._is_place(lowered):
            return "place_name"
        return "organisation" if joined or self._is_brand(words) else None

    def _is_office(self, words: Sequence[str]) -> bool:
        """Whether a title stands for who has it ("Prime Minister", "Secretary of …")."""
        titles = self._known.titles.known
        if words[0].rstrip(".") not in titles:
            return False
        return len(words) == 1 or words[1] in self._known.names.prepositions or all(word.rstrip(".") in titles for word in words)

    def _is_acronym(self, words: Sequence[str]) -> bool:
        return len(words) == 1 and words[0].isupper() and 1 < len(words[0].replace(".", "")) <= 6

    def _is_place(self, words: Sequence[str]) -> bool:
        names = self._known.names
        if words[-1] in names.places or words[0] in names.places:
            return True
        return len(words) > 1 and (words[-1] in names.place_words or words[0] in names.place_words)

    def _is_brand(self, words: Sequence[str]) -> bool:
        """Whether a word has a capital inside ("YouTube"), which a surname has only behind a prefix ("McCall")."""
        inner = len(words) == 1 and _INNER_CAPITAL.search(words[0]) is not None
        return inner and self._known.patterns.names.prefixed.match(words[0]) is None
