"""From source mentions to speakers in languages for which no more is known than their pack: names, roles, pronouns by gender.

Names are read all over the text, so that a last name finds the full one and a pronoun whom was told of last outside of what is said. What somebody is
called before or behind the name ("die Ministerin Ada Vogt", "Ada Vogt, ministre") is the role by which descriptions find them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import attrs

from quoteminer import Document, Quote, Span, Speaker
from quoteminer.text import paragraphs, progress

from ..blockwise import UNWATCHED, Watch
from ..language.genders import Genders
from ..language.pack import Pack
from . import interviewers

_WORD: Final = re.compile(r"[^\W_](?:[\w’'&-]*[^\W_])?")
_NOT_NAMES: Final = frozenset(
    [
        "determiner", "preposition", "contraction", "auxiliary", "coordinator", "subordinator", "complementiser", "pronoun", "question", "adverb", "negation",
        "day", "time", "object_pronoun", "number", "phrase_opener", "so", "comment_opener", "condition",
    ]
)  # fmt: skip
_JOINS: Final = frozenset([" ", "\u00a0", "\u202f", "\n"])
_LONGEST: Final = 8
"""Words of the longest name."""
_NEAR: Final = 1_500
"""Code points before a pronoun in which whom it means was named."""
_ACRONYM: Final = 5
"""Letters of the longest name that is written in capitals alone."""
_CLOSE: Final = 90
"""Code points before a name in which a description of its bearer begins."""
_STOPS: Final = ".,;:\n"
_REMEMBERED: Final = 400
"""Mentions before a pronoun that are looked at."""


class Word(NamedTuple):
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int


class Name(NamedTuple):
    """A name where it stands: its words, the words before it that say what its bearer is, and the gender that these tell."""

    words: tuple[Word, ...]
    role: str
    gender: str

    @property
    def text(self) -> str:
        """The name without titles."""
        return " ".join(word.text for word in self.words)


class Entity:
    """Somebody or something that may speak."""

    def __init__(self, name: str, *, named: bool) -> None:
        self.name = name
        self.named: Final = named
        """Whether the text gives a name, and not only a description."""
        self.role = ""
        self.gender = ""
        self.mentions: set[tuple[int, int]] = set()
        self.speaks = False


def resolve(
    document: Document, quotes: Sequence[Quote], pack: Pack, watch: Watch = UNWATCHED
) -> tuple[list[Quote], list[Speaker]]:
    """Quotes with their speakers, and the speakers in order of first mention; ``watch`` notes where something fails."""
    return _Resolver(document.text, quotes, pack, watch).resolve()


class _Resolver:
    def __init__(self, text: str, quotes: Sequence[Quote], pack: Pack, watch: Watch) -> None:
        self._text: Final = text
        self._quotes: Final = quotes
        self._pack: Final = pack
        self._watch: Final = watch
        self._genders: Final = Genders(pack.folder / "genders.tsv")
        self._by_word: Final[dict[str, Entity]] = {}
        """Who is called so, by any word of a name."""
        self._by_role: Final[dict[str, Entity]] = {}
        self._described: Final[dict[str, Entity]] = {}
        self._labelled: Final[dict[str, Entity]] = {}
        self._entities: Final[list[Entity]] = []
        self._said: Final = _apart([(span.start, span.end) for quote in quotes for span in quote.content])
        self._mentions: Final[list[tuple[int, Entity]]] = []
        """Who is named where in narration, in order."""
        self._found: Final[dict[str, Entity]] = {}
        self._in_turn: Final[dict[str, Entity]] = {}
        self._bounds: Final = [start for start, _ in paragraphs(text)]

    def resolve(self) -> tuple[list[Quote], list[Speaker]]:
        self._read_names()
        self._starts: list[int] = [at for at, _ in self._mentions]
        by_id = {quote.id: quote for quote in self._quotes}
        for quote in self._quotes:
            at = quote.content[0].start if quote.source is None else quote.source.start
            progress(at)
            with self._watch.over(at):
                entity = self._of_source(quote, quote.source, by_id) if quote.source is not None else None
                if quote.layout in ("turn", "thread", "mail") and quote.source is not None:
                    entity = self._of_label(self._text[quote.source.start : quote.source.end], entity)
                if entity is not None:
                    self._link(quote, entity)
        self._read_interview()
        self._without_source()
        return self._result()

    def _of_label(self, label: str, entity: Entity | None) -> Entity | None:
        """Whose label that is: the same label is the same speaker's all over a text."""
        if entity is not None:
            return self._labelled.setdefault(label, entity)
        return self._labelled.get(label)

    def _link(self, quote: Quote, entity: Entity) -> None:
        self._found[quote.id] = entity
        entity.speaks = True
        if quote.source is not None:
            entity.mentions.add((quote.source.start, quote.source.end))

    # Names

    def _read_names(self) -> None:
        """Read all names of the text, the full ones first, so that parts of them mean their bearers."""
        names = list(self._names(0, len(self._text)))
        for name in sorted(names, key=lambda one: (-min(len(one.words), 2), one.words[0].start)):
            if len(name.words) > 1 and not name.text.isupper():
                self._entity_of(name)
        for name in names:
            if name.text.isupper() and len(name.text) > _ACRONYM:
                # A headline.
                continue
            entity = self._by_word.get(name.words[-1].text) if len(name.words) == 1 else self._entity_of(name)
            at = name.words[0].start
            if entity is not None and not self._is_said(at):
                self._mentions.append((at, entity))
        for name in names:
            entity = self._by_word.get(name.words[-1].text)
            if entity is not None:
                self._take_description(entity, name.words[0].start)
                self._take_apposition(entity, name.words[-1].end)

    def _entity_of(self, name: Name) -> Entity:
        """The bearer of a name, made where nobody bore it before."""
        last = name.words[-1].text
        entity = self._by_word.get(last) if len(name.words) == 1 else self._by_word.get(name.text)
        if entity is None and len(name.words) > 1:
            known = self._by_word.get(last)
            if known is not None and known.name.split()[0] == name.words[0].text:
                entity = known
        if entity is None and name.text.isupper():
            entity = self._by_word.get(last.capitalize())
        if entity is None:
            entity = Entity(name.text, named=True)
            self._entities.append(entity)
            self._by_word.setdefault(name.text, entity)
            for word in name.words:
                if "name_particle" not in self._pack.classes(word.text.lower()):
                    self._by_word.setdefault(word.text, entity)
        if name.role and not entity.role:
            entity.role = name.role
            self._by_role.setdefault(_last_word(name.role), entity)
        if not entity.gender:
            entity.gender = name.gender or (self._genders.of_name(name.words[0].text.lower()) if len(name.words) > 1 else "")
        return entity

    def _take_apposition(self, entity: Entity, end: int) -> None:
        """What stands between commas behind a name says what its bearer is."""
        if entity.role or self._text[end : end + 2] != ", ":
            return
        words: list[Word] = []
        for word in self._words(end + 2, min(len(self._text), end + 60)):
            classes = self._pack.classes(word.text.lower())
            if words and word.start - words[-1].end > 1:
                break
            if not classes.isdisjoint(_DETERMINERS) and not words:
                continue
            if not classes.isdisjoint(_NOT_NAMES) or "verb" in classes:
                break
            words.append(word)
            if self._pack.features["noun_capitals"] and word.text[0].isupper():
                break
        if words:
            entity.role = " ".join(word.text for word in words[:3])
            key = entity.role if self._pack.features["noun_capitals"] else words[0].text
            self._by_role.setdefault(_last_word(key), entity)
            entity.gender = entity.gender or self._genders.of_role(_last_word(key))

    def _take_description(self, entity: Entity, start: int) -> None:
        """What stands before a name and a comma says what its bearer is: "la presidenta, Pilar Soto,"."""
        if entity.role or self._text[max(0, start - 2) : start] != ", ":
            return
        since = max(self._text.rfind(sign, max(0, start - _CLOSE), start - 2) for sign in _STOPS) + 1
        words = list(self._words(max(since, start - _CLOSE), start - 2))
        at = next((n for n in range(len(words) - 1, -1, -1) if "determiner" in self._pack.classes(words[n].text.lower())), None)
        while at is not None and at > 0 and not self._pack.classes(words[at - 1].text.lower()).isdisjoint(_LINKS):
            # That of what the noun belongs to: "la presidenta de la junta".
            at = next((n for n in range(at - 1, -1, -1) if "determiner" in self._pack.classes(words[n].text.lower())), None)
        if at is None or at + 1 >= len(words):
            return
        head = self._head(words[at + 1 :])
        entity.role = " ".join(self._text[words[at + 1].start : words[-1].end].split())
        self._by_role.setdefault(head, entity)
        entity.gender = entity.gender or self._gender_of(head) or self._genders.of_word(words[at].text.lower())

    def _names(self, start: int, end: int) -> Iterator[Name]:
        """The names in a part of the text."""
        row: list[Word] = []
        before: list[Word] = []
        for word in self._words(start, end):
            joined = bool(row) and self._are_joined(row[-1], word)
            if joined and len(row) < _LONGEST and (self._is_name(word) or self._is_particle(word)):
                row.append(word)
                continue
            yield from self._named(row, before)
            adjacent = bool(before or row) and word.start - (row or before)[-1].end == 1
            before = [*(row or before)[-2:], word][-3:] if adjacent else [word]
            row = []
            if self._is_name(word):
                before.pop()
                row = [word]
        yield from self._named(row, before)

    def _named(self, row: list[Word], before: Sequence[Word]) -> Iterator[Name]:
        """The name that a row of words is, if it is one, with the titles before it."""
        while row and self._is_particle(row[-1]) and not row[-1].text[0].isupper():
            row = row[:-1]
        roles = 0
        while roles < len(row) - 1 and self._is_role(row[roles].text):
            roles += 1
        if self._pack.features["noun_capitals"] and not roles and len(row) > 2 and not any(map(self._is_particle, row)):
            # Of three nouns the first says what the bearer of the name does.
            roles = len(row) - 2
        words = row[roles:]
        if not words or (len(words) == 1 and self._is_role(words[0].text)):
            return
        called = [word.text for word in row[:roles]]
        if not self._pack.features["noun_capitals"]:
            lower = [word.text for word in before if word.text[0].islower()]
            while lower and not self._pack.classes(lower[0]).isdisjoint(_NOT_NAMES | _DETERMINERS):
                lower = lower[1:]
            if before and before[-1].text[0].islower() and lower:
                called = [*lower, *called]
        gender = next((found for word in called if (found := self._gender_of(word))), "")
        if not gender and before:
            gender = next((found for word in before if (found := self._genders.of_word(word.text.lower()))), "")
        yield Name(tuple(words), " ".join(word for word in called if len(word) > 2), gender if called else "")

    def _gender_of(self, word: str) -> str:
        for written in (word, word.capitalize(), word.lower()):
            told = self._pack.titles.get(written.rstrip("."), frozenset())
            if "female" in told or "male" in told:
                return "f" if "female" in told else "m"
        return self._genders.of_role(word.lower())

    def _is_role(self, word: str) -> bool:
        """Whether a word is a title, or a compound with one."""
        lower = word.lower()
        if "title" in self._pack.classes(lower):
            return True
        compound = self._pack.features["noun_capitals"] and len(lower) > _SHORTEST_COMPOUND
        return compound and any("title" in self._pack.classes(lower[at:]) for at in range(3, len(lower) - 3))

    def _is_name(self, word: Word) -> bool:
        classes = self._pack.classes(word.text.lower())
        return word.text[0].isupper() and ("title" in classes or classes.isdisjoint(_NOT_NAMES)) and len(word.text) > 1

    def _is_particle(self, word: Word) -> bool:
        return "name_particle" in self._pack.classes(word.text)

    def _words(self, start: int, end: int) -> Iterator[Word]:
        clitics = self._pack.clitics
        for match in _WORD.finditer(self._text, start, end):
            at = match.start()
            if clitics is None:
                yield Word(match.group(), at, match.end())
                continue
            for first, last in clitics[match.group()]:
                yield Word(self._text[at + first : at + last], at + first, at + last)

    def _are_joined(self, one: Word, other: Word) -> bool:
        """Whether nothing stands between two words but a space, or the full stop of a title ("Dr. Vogt")."""
        gap = self._text[one.end : other.start]
        return gap in _JOINS or (gap[:1] == "." and gap[1:] in _JOINS and self._is_role(one.text))

    def _is_said(self, at: int) -> bool:
        """Whether a place lies in what somebody says."""
        number = bisect_right(self._said, (at, len(self._text))) - 1
        return number >= 0 and at < self._said[number][1]

    # Sources

    def _of_source(self, quote: Quote, source: Span, by_id: dict[str, Quote]) -> Entity | None:
        words = list(self._words(source.start, source.end))
        if not words:
            return None
        if len(words) == 1:
            word = words[0].text.lower()
            pronoun = self._pack.pronouns.get(word) or self._pack.pronouns.get(word + "'")
            if pronoun is not None:
                if pronoun.person == 1:
                    parent = by_id.get(quote.parent or "")
                    return None if parent is None else self._found.get(parent.id)
                return self._last_named(source.start, pronoun.gender) if pronoun.person == 3 else None
            if not self._pack.classes(word).isdisjoint(_PRONOUNS) and words[0].text not in self._by_word:
                return None
        names = list(self._names(source.start, source.end))
        determined = not self._pack.classes(words[0].text.lower()).isdisjoint(_DETERMINERS)
        nouns = self._pack.features["noun_capitals"]
        for name in names:
            # Where nouns have capitals too, one alone is a name only if nothing describes it.
            bare = len(words) == len(name.words) or bool(name.role) and len(name.role.split()) + 1 == len(words)
            if len(name.words) > 1 or name.words[0].text in self._by_word or not nouns or (bare and not determined):
                if self._opens(name, words, determined=determined):
                    return self._entity_of(name)
        return self._of_description(words, source)

    def _opens(self, name: Name, words: Sequence[Word], *, determined: bool) -> bool:
        """Whether a name is that of the source, and not of something in its description ("a spokesman of the Ada Works")."""
        before = [word for word in words if word.start < name.words[0].start]
        joins = any(not self._pack.classes(word.text.lower()).isdisjoint(_LINKS) for word in before[int(determined) :])
        return not joins

    def _of_description(self, words: Sequence[Word], source: Span) -> Entity | None:
        """Whom a description means: who has that role, or what was described so before."""
        plain = [word for word in words if self._pack.classes(word.text.lower()).isdisjoint(_DETERMINERS)] or list(words)
        head = self._head(plain)
        if head in self._by_role:
            return self._by_role[head]
        key = " ".join(word.text.lower() for word in plain)
        entity = self._described.get(key) or self._described.get(head)
        if entity is None:
            opening = 1 if len(words) > 1 and "article" in self._pack.classes(words[0].text.lower()) else 0
            end = words[-1].end
            written = self._text[words[opening].start : min(source.end, end + 1)]
            if written[-1:] != ")" or "(" not in written:
                written = self._text[words[opening].start : end]
            entity = Entity(" ".join(written.split()), named=False)
            entity.gender = self._gender_of(head) or self._genders.of_word(words[0].text.lower())
            self._entities.append(entity)
            self._described[key] = entity
            self._described[head] = entity
        if not self._is_said(source.start):
            number = bisect_left(self._starts, source.start)
            self._starts.insert(number, source.start)
            self._mentions.insert(number, (source.start, entity))
        return entity

    def _head(self, words: Sequence[Word]) -> str:
        """The noun that a description is about."""
        if self._pack.features["noun_capitals"]:
            return next((word.text.lower() for word in words if word.text[0].isupper()), words[0].text.lower())
        return words[0].text.lower()

    def _last_named(self, at: int, gender: str) -> Entity | None:
        """Whom the narration named last before a place, of a gender; ``-`` for any, ``n`` for what is no person."""
        number = bisect_left(self._starts, at)
        fallback: Entity | None = None
        for place, entity in reversed(self._mentions[max(0, number - _REMEMBERED) : number]):
            if at - place > _NEAR:
                break
            if entity.gender == gender or (gender == "-" and entity.named and " " in entity.name):
                return entity
            if fallback is None and entity.named and not entity.gender and gender != "n":
                fallback = entity
        return fallback

    # Quotations whose speaker no source names

    def _without_source(self) -> None:
        previous: Quote | None = None
        ordered = sorted(self._quotes, key=lambda one: one.content[0].start)
        self._take_turns([quote for quote in ordered if quote.layout == "dash" and quote.parent is None])
        for number, quote in enumerate(ordered):
            if quote.parent is None or quote.id in self._found:
                if quote.id not in self._found and quote.source is None:
                    following = ordered[number + 1] if number + 1 < len(ordered) else None
                    entity = self._beside(quote, previous, following)
                    if entity is not None:
                        self._link(quote, entity)
                previous = quote

    def _take_turns(self, spoken: Sequence[Quote]) -> None:
        """In a dialogue of two the one who spoke before the last speaks again."""
        for step in (1, -1):
            row = list(spoken)[::step]
            for one, other, quote in zip(row, row[1:], row[2:], strict=False):
                first, second = self._turn_of(one), self._turn_of(other)
                if quote.id in self._found or quote.id in self._in_turn or first is None or first is second:
                    continue
                if quote.source is None and self._follow(one, other) and self._follow(other, quote):
                    self._in_turn[quote.id] = first

    def _turn_of(self, quote: Quote) -> Entity | None:
        return self._found.get(quote.id) or self._in_turn.get(quote.id)

    def _follow(self, one: Quote, other: Quote) -> bool:
        """Whether two quotations stand in paragraphs that follow each other."""
        first, last = sorted((one.content[-1].start, other.content[-1].start))
        return self._paragraph(last) - self._paragraph(first) <= 1 and last - first < _NEAR

    def _beside(self, quote: Quote, previous: Quote | None, following: Quote | None) -> Entity | None:
        """Who says a quotation without a source: who spoke just before in its paragraph, or does right behind it; else whom was told of last."""
        at = quote.content[0].start
        for other in (previous, following):
            if other is not None and other.id in self._found and self._paragraph(other.content[-1].start) == self._paragraph(at):
                return self._found[other.id]
        if quote.layout == "turn":
            return None
        if quote.layout == "dash":
            return self._in_turn.get(quote.id)
        named = self._last_named(at, "-") if quote.cue or self._paragraph(at) else None
        if named is not None and (quote.cue or any(start >= self._bounds[self._paragraph(at)] for start, _ in named.mentions)):
            return named
        return self._found.get(previous.id) if previous is not None and quote.cue else None

    def _read_interview(self) -> None:
        """Who asks and who answers in an interview without labels: whom a line beside it names, and whom the rest of the narration names most often."""
        turns = [quote for quote in self._quotes if interviewers.is_turn(quote)]
        if not turns:
            return
        place = interviewers.interviewer(self._text, turns, self._pack.folder)
        asking = None
        if place is not None:
            name = next(self._names(*place), None)
            asking = None if name is None else self._entity_of(name)
        elif self._pack.interviewer:
            asking = Entity(self._pack.interviewer, named=False)
            self._entities.append(asking)
        guest = self._guest(asking, turns[0].content[0].start)
        for quote in turns:
            entity = asking if interviewers.asks(quote) else guest
            if entity is not None:
                self._link(quote, entity)

    def _guest(self, asking: Entity | None, before: int) -> Entity | None:
        """Whom the narration before the first turn, else all of it, names most often by a full name."""
        for end in (before, len(self._text)):
            named = [one for at, one in self._mentions if at < end and one is not asking and one.named and " " in one.name]
            if named:
                counts = Counter(map(id, named))
                return max(named, key=lambda one: counts[id(one)])
        return None

    def _paragraph(self, at: int) -> int:
        return max(0, bisect_right(self._bounds, at) - 1)

    def _result(self) -> tuple[list[Quote], list[Speaker]]:
        speaking = sorted(
            (one for one in self._entities if one.speaks), key=lambda one: min(one.mentions, default=(len(self._text), 0))
        )
        ids = {id(entity): f"s{number}" for number, entity in enumerate(speaking)}
        speakers = [
            Speaker(
                ids[id(one)],
                one.name,
                role=one.role or None,
                kind="person" if one.named and one.gender else "unknown",
                mentions=[Span(*part) for part in sorted(one.mentions)],
            )
            for one in speaking
        ]
        given = [
            attrs.evolve(quote, speaker=ids[id(self._found[quote.id])]) if quote.id in self._found else quote
            for quote in self._quotes
        ]
        return given, speakers


_DETERMINERS: Final = frozenset(["determiner", "contraction"])
_PRONOUNS: Final = frozenset(["pronoun", "relative", "question"])
_LINKS: Final = frozenset(["link", "preposition", "genitive", "contraction"])
_SHORTEST_COMPOUND: Final = 7
"""Letters of a word that may be a compound with a title."""


def _last_word(text: str) -> str:
    return text.split()[-1].lower()


def _apart(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
