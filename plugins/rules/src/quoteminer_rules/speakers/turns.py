"""The turns of a conversation: who spoke last, who before, who is addressed, who speaks next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from quoteminer import Quote

from .narration import Narration
from .people import Entity

_CALL_BEHIND = re.compile(r" ?[,!?.;:—–-]|$|[’'\"”]")
"""What stands behind a name by which somebody is called."""
_REMEMBERED: Final = 8
_LOOK: Final = 24


class Named(NamedTuple):
    """A person's name where it stands, and the titles before it."""

    start: int
    end: int
    entity: Entity
    titles: str


class People(Protocol):
    """Who is named where in a document, and how people call each other."""

    text: str
    call_before: re.Pattern[str]
    """What stands before a name by which somebody is called."""
    called: re.Pattern[str]
    """What calls somebody without a name; the group is ``male`` or ``female``."""

    def people(self, start: int, end: int) -> Iterator[Named]:
        """The people named in a part of the text."""


class Turn:
    """One outermost quotation in the conversation."""

    __slots__ = ("addressed", "called", "entity", "explicit", "first", "index", "last", "named", "pronoun", "quote")

    def __init__(self, index: int, quote: Quote, first: int, last: int) -> None:
        self.index = index
        self.quote = quote
        self.first = first
        """Index of the paragraph in which it begins."""
        self.last = last
        self.entity: Entity | None = None
        self.explicit = False
        """Whether its speaker is known from a name or description beside it."""
        self.pronoun: str | None = None
        """The gender of the pronoun that is its source."""
        self.called: str | None = None
        """``male`` or ``female`` where it calls somebody "sir" or "mother", an empty text where it does not, ``None`` while nobody has looked."""
        self.addressed: list[Entity] = []
        """Whom its words address by name, or its reporting clause says it is spoken to."""
        self.named: list[Entity] = []
        """Whom its words name otherwise."""


class Conversation:
    """The turns of a document in order."""

    def __init__(self, quotes: Sequence[Quote], scene: Narration, people: People) -> None:
        self._people = people
        self.turns: list[Turn] = []
        self.by_quote: dict[str, Turn] = {}
        for quote in quotes:
            if quote.parent is not None:
                continue
            first = scene.paragraph(quote.content[0].start)
            turn = Turn(len(self.turns), quote, first, scene.paragraph(quote.content[-1].end - 1))
            self.turns.append(turn)
            self.by_quote[quote.id] = turn
            self._who_is_in(turn)
        self._starts = [turn.quote.content[0].start for turn in self.turns]

    def _who_is_in(self, turn: Turn) -> None:
        text = self._people.text
        for span in turn.quote.content:
            for at, end, entity, titles in self._people.people(span.start, span.end):
                start = max(span.start, at - _LOOK)
                head = _without(text[start:at], titles)
                behind = text[end : min(span.end, end + 2)]
                opening = not head.strip() and start == span.start
                if (
                    turn.quote.kind == "direct"
                    and (opening or self._people.call_before.search(head))
                    and _CALL_BEHIND.match(behind)
                ):
                    turn.addressed.append(entity)
                else:
                    turn.named.append(entity)

    def replace(self, old: Entity, new: Entity) -> None:
        """Let all that is said to and of one entity be said to another."""
        for turn in self.turns:
            turn.addressed = [new if entity is old else entity for entity in turn.addressed]
            turn.named = [new if entity is old else entity for entity in turn.named]

    def calls(self, turn: Turn) -> str:
        """The gender of whom a turn calls by title or kin alone ("Yes, papa"), or an empty text."""
        called = self._people.called
        if turn.called is None:
            turn.called = ""
            for span in turn.quote.content:
                match = called.search(self._people.text, span.start, span.end)
                if match is not None:
                    turn.called = match.lastgroup or ""
                    break
        return turn.called

    def previous(self, turn: Turn) -> Turn | None:
        """The turn before."""
        return self.turns[turn.index - 1] if turn.index else None

    def recent(self, turn: Turn) -> list[Turn]:
        """The latest turn of each of those who spoke lately, the latest first."""
        found: dict[int, Turn] = {}
        for index in range(turn.index - 1, max(-1, turn.index - 1 - _REMEMBERED), -1):
            entity = self.turns[index].entity
            if entity is not None and entity.serial not in found:
                found[entity.serial] = self.turns[index]
        return list(found.values())

    def around(self, offset: int) -> Iterator[Turn]:
        """The latest turns that begin at or before an offset."""
        at = bisect_right(self._starts, offset)
        for index in range(at - 1, max(-1, at - 1 - _REMEMBERED), -1):
            yield self.turns[index]

    def at(self, index: int) -> Turn | None:
        """The turn of that number, if there is one."""
        return self.turns[index] if index < len(self.turns) else None


def _without(head: str, titles: str) -> str:
    """What stands before a name, without the titles that belong to it."""
    if titles:
        before = head.rstrip().rstrip(".")
        if before.lower().endswith(titles.lower()):
            return before[: len(before) - len(titles)]
    return head
