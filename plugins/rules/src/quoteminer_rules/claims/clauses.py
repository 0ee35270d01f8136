"""Clauses: which stretches of a sentence are assertions of their own.

A clause has one finite verb group. Coordinated clauses and clauses of relative pronouns behind a comma are parted; a subject shared by two
verbs is given to both; complements, conditions and circumstances stay with their clause.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from itertools import accumulate
from typing import Final, NamedTuple

from .lexicon import Flag
from .verb_groups import Group, groups, is_subject
from .voice import Piece
from .words import CAPITAL, COMMA, GAP, PAUSE, union_of

_ADVERB, _NEGATIVE, _PREPOSITION = int(Flag.ADVERB), int(Flag.NEGATIVE), int(Flag.PREPOSITION)
_COORDINATOR, _SUBORDINATOR, _CONDITION = int(Flag.COORDINATOR), int(Flag.SUBORDINATOR), int(Flag.CONDITIONAL_SUBORDINATOR)
_RELATIVE, _RELATIVE_SUBJECT = int(Flag.RELATIVE), int(Flag.RELATIVE_SUBJECT)
_RELATIVE_ADVERB, _PERSONAL = int(Flag.RELATIVE_ADVERB), int(Flag.PERSONAL_RELATIVE)
_TEMPORAL, _ANTERIOR = int(Flag.TEMPORAL), int(Flag.ANTERIOR)
_SEPARATOR: Final = COMMA | PAUSE
#: Nothing else begins a clause, unless it follows from a condition or tells what happened before; some relatives stand without a comma.
_PARTING: Final = _SEPARATOR | _COORDINATOR | _RELATIVE | _ANTERIOR
_CONNECTING: Final = _SEPARATOR | _COORDINATOR | _SUBORDINATOR | _RELATIVE | GAP
#: What happened before is told in a clause of its own: "The bridge closed in May after a lorry hit it."
#: At least so many words stand before it, and at most so many between it and its verb.
_BEFORE_BACKGROUND: Final = 3
_IN_BACKGROUND: Final = 8
#: So many words at most lie between a relative pronoun without a comma, inside a reporting clause, and its verb.
_IN_BARE_RELATIVE: Final = 3
#: A verb that shares a subject stands at most so many words behind the connector.
_IN_SHARED: Final = 3
#: A longer subject is not repeated for each verb that shares it.
_LONGEST_SUBJECT: Final = 12
#: A subject with all that belongs to it has at most so many words.
_WIDEST_SUBJECT: Final = 25


class Kind(enum.Enum):
    """How a clause hangs on to those around it."""

    MAIN = enum.auto()
    SHARED = enum.auto()
    """It has the subject of another one."""
    RELATIVE = enum.auto()
    BACKGROUND = enum.auto()
    """It tells what happened before."""
    CONSEQUENCE = enum.auto()
    """It follows from a condition."""
    WHOLE = enum.auto()
    """All words of a piece, in which no verb is known."""


class _Step(enum.Enum):
    """What begins at a word."""

    NOTHING = enum.auto()
    RELATIVE = enum.auto()
    BARE_RELATIVE = enum.auto()
    """A relative clause without a comma."""
    FURTHER_RELATIVE = enum.auto()
    """One that is coordinated with the last."""
    BACKGROUND = enum.auto()
    COORDINATE = enum.auto()
    """A clause with a subject of its own."""
    SHARED = enum.auto()


class Clause:
    """One assertion: positions of its words in the piece, its verb group and where its subject lies (may be empty)."""

    __slots__ = ("group", "kind", "positions", "subject")

    def __init__(self, positions: list[int], group: Group, subject: range, kind: Kind) -> None:
        self.positions = positions
        self.group = group
        self.subject = subject
        self.kind = kind


class _Connectors:
    """Tells what stands between two verbs of a piece; how many connectors stand before each word is counted when it is first asked for."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._before: list[int] | None = None

    def between(self, start: int, end: int) -> bool:
        """Whether anything between two verbs could begin a clause or stand for its subject."""
        if end <= start:
            return False
        if is_subject(self._piece.flags[end - 1]):
            return True
        if self._before is None:
            connects = [
                bool(flag & _CONNECTING) and not (flag & _PREPOSITION and not flag & _SUBORDINATOR) for flag in self._piece.flags
            ]
            self._before = list(accumulate(connects, initial=0))
        return self._before[end] > self._before[start]


def _without_participles(found: list[Group], connectors: _Connectors) -> list[Group]:
    """Leave out forms that are participles: those that stand in one clause with a verb that is surely finite."""
    kept: list[Group] = []
    for index, group in enumerate(found):
        if not group.sure:
            following = found[index + 1] if index + 1 < len(found) else None
            if following is not None and following.sure and not connectors.between(group.end, following.start):
                continue
            if kept and not connectors.between(kept[-1].end, group.start):
                continue
        kept.append(group)
    return kept


def clauses(piece: Piece) -> list[Clause]:
    """The assertions of a piece in text order."""
    connectors = _Connectors(piece)
    found = _without_participles(groups(piece), connectors)
    if not found:
        return []
    if len(found) == 1 and not union_of(piece.flags) & (_RELATIVE | _CONDITION):
        return [Clause(list(range(len(piece.flags))), found[0], range(found[0].start), Kind.MAIN)]
    return _Splitter(piece, found, connectors).split()


def whole(piece: Piece) -> Clause:
    """All words of a piece as one clause, where no verb is known: "Unemployment down, wages up."."""
    return Clause(list(range(len(piece.flags))), Group(0, 0, 0, sure=False), range(0), Kind.WHOLE)


class _Open(NamedTuple):
    """A clause inside which another one stands."""

    positions: list[int]
    verb: Group | None
    subject: range
    kind: Kind


class _Splitter:
    """Goes through a piece from verb to verb and decides how each clause hangs on to those before it."""

    def __init__(self, piece: Piece, found: list[Group], connectors: _Connectors) -> None:
        self._piece = piece
        self._flags = piece.flags
        self._connectors = connectors
        self._result: list[Clause] = []
        self._starts = {group.start: group for group in found}
        self._order = [group.start for group in found]
        self._outer: list[_Open] = []
        # The present clause: its words so far, its verb, its subject, its kind, and where it begins.
        self._positions: list[int] = []
        self._verb: Group | None = None
        self._subject = range(0)
        self._kind = Kind.MAIN
        self._start = 0

    def split(self) -> list[Clause]:
        """All clauses, in the order of their first words."""
        i, count = 0, len(self._flags)
        while i < count:
            group = self._starts.get(i)
            if group is not None:
                i = self._take_verb(group)
            elif self._flags[i] & _PARTING or self._flags[self._start] & _CONDITION:
                i = self._take_connector(i)
            else:
                i = self._take_plain(i)
        self._close()
        while self._outer:
            self._leave()
            self._close()
        self._result.sort(key=lambda clause: clause.positions[0])
        return self._result

    def _take_verb(self, group: Group) -> int:
        i = group.start
        if self._verb is None:
            self._verb, self._subject = group, range(self._start, i)
        elif self._inside_subject(self._verb, i):
            self._verb, self._subject = group, range(self._subject.start, i)
        elif self._outer and self._kind is Kind.RELATIVE and i > 0 and self._flags[i - 1] & COMMA:
            # The verb of the clause around a relative clause: "Dace, who lost, won".
            self._close()
            self._leave()
            if self._verb is None:
                self._verb = group
        self._positions.extend(range(i, group.end))
        return group.end

    def _take_plain(self, i: int) -> int:
        """Words that begin nothing."""
        first, flags, starts = i, self._flags, self._starts
        while i < len(flags) and not flags[i] & _PARTING and i not in starts:
            i += 1
        self._positions.extend(range(first, i))
        return i

    def _take_connector(self, i: int) -> int:
        """A word that may begin a clause."""
        step = self._step(i)
        if step in (_Step.RELATIVE, _Step.BARE_RELATIVE):
            subject = range(self._start, i) if self._verb is None else self._subject
            self._outer.append(_Open(self._positions, self._verb, subject, self._kind))
            return self._begin(i + 2 if step is _Step.RELATIVE else i + 1, Kind.RELATIVE)
        if step is _Step.FURTHER_RELATIVE:
            self._close()
            return self._begin(i + 2, self._kind)
        if step is _Step.BACKGROUND:
            self._close()
            return self._begin(i + 1, Kind.BACKGROUND)
        if step is _Step.COORDINATE:
            return self._coordinate(i)
        if step is _Step.SHARED:
            return self._share(i)
        if self._flags[i] & COMMA and self._returns(i):
            return self._return(i + 1)
        self._positions.append(i)
        return i + 1

    def _begin(self, start: int, kind: Kind) -> int:
        """Begin a clause; its first word."""
        self._positions, self._verb, self._start, self._kind = [], None, start, kind
        return start

    def _leave(self) -> None:
        """Go back to the clause around the present one."""
        self._positions, self._verb, self._subject, self._kind = self._outer.pop()

    def _close(self) -> None:
        """Keep the present clause, if it is one."""
        positions, verb = self._positions, self._verb
        if verb is not None and positions and not self._flags[positions[0]] & _CONDITION:
            self._result.append(Clause(sorted(set(positions)), verb, self._subject, self._kind))

    def _coordinate(self, i: int) -> int:
        while self._outer and self._kind is Kind.RELATIVE and self._verb is not None:
            self._close()
            self._leave()
        self._close()
        return self._begin(self._skip(i), Kind.CONSEQUENCE if self._flags[self._start] & _CONDITION else Kind.MAIN)

    def _share(self, i: int) -> int:
        """Begin a clause with the subject of the present one."""
        self._close()
        skip = self._skip(i)
        group = self._starts[self._verb_after(skip)]
        self._positions = [*self._head(self._subject), *range(skip, group.end)]
        self._start = self._subject.start
        self._verb = group
        self._kind = self._kind if self._kind is Kind.CONSEQUENCE else Kind.SHARED
        return group.end

    def _returns(self, comma: int) -> bool:
        """Whether a comma ends a relative clause, behind which the one around it goes on with its verb."""
        if not self._outer or self._kind is not Kind.RELATIVE or self._verb is None:
            return False
        return self._outer[-1].verb is None and self._verb_after(comma + 1) >= 0

    def _return(self, i: int) -> int:
        self._close()
        self._leave()
        self._start = self._subject.start
        group = self._starts[self._verb_after(i)]
        self._positions.extend(range(i, group.end))
        self._verb = group
        return group.end

    def _inside_subject(self, verb: Group, i: int) -> bool:
        """Whether a verb belongs to a relative clause without commas: "the people who *own* the mill sold it"."""
        before = verb.start - 1
        return (
            before > self._start and bool(self._flags[before] & _RELATIVE_SUBJECT) and not self._connectors.between(verb.end, i)
        )

    def _skip(self, i: int) -> int:
        """Past the connector at ``i``: punctuation, coordinator."""
        flags = self._flags
        while i < len(flags) and flags[i] & _SEPARATOR:
            i += 1
        if i < len(flags) and flags[i] & _COORDINATOR:
            i += 1
        return i

    def _verb_after(self, i: int) -> int:
        """Position of a verb that begins at ``i``, adverbs passed over; -1 when something else stands there."""
        flags, starts = self._flags, self._starts
        while i < len(flags) and i not in starts:
            if not flags[i] & (_ADVERB | _NEGATIVE):
                return -1
            i += 1
        return i if i < len(flags) else -1

    def _next_verb(self, i: int) -> int:
        at = bisect_left(self._order, i)
        return self._order[at] if at < len(self._order) else -1

    def _step(self, i: int) -> _Step:
        """What begins at position ``i``."""
        flag = self._flags[i]
        if flag & COMMA and self._begins_relative(i + 1):
            return _Step.RELATIVE
        if flag & _PERSONAL and self._piece.cues and self._begins_bare_relative(i):
            return _Step.BARE_RELATIVE
        if self._verb is None:
            return _Step.NOTHING
        if self._flags[self._start] & _CONDITION:
            return _Step.COORDINATE if self._follows(i) else _Step.NOTHING
        if flag & _ANTERIOR and self._begins_background(i):
            return _Step.BACKGROUND
        return self._joins(i) if self._connects(i) else _Step.NOTHING

    def _begins_relative(self, i: int) -> bool:
        """Whether the word at ``i``, behind a comma, opens a relative clause."""
        flags = self._flags
        if i >= len(flags) or not flags[i] & _RELATIVE or self._next_verb(i + 1) < 0:
            return False
        if flags[i] & _TEMPORAL:
            # "when", which opens circumstances as well.
            return self._verb is not None and not flags[i] & CAPITAL
        return bool(flags[i] & (_RELATIVE_SUBJECT | _RELATIVE_ADVERB))

    def _begins_bare_relative(self, i: int) -> bool:
        """Whether a clause for a person begins in a reporting clause, which is no claim, while the relative clause may be one."""
        flags = self._flags
        if not flags[i] & _RELATIVE_SUBJECT or not i or flags[i - 1] & (COMMA | GAP | _COORDINATOR):
            return False
        nearest = self._next_verb(i + 1)
        return 0 <= nearest - i <= _IN_BARE_RELATIVE and nearest not in self._piece.cues

    def _follows(self, i: int) -> bool:
        """Whether at ``i`` begins what follows from a condition: at a comma, with a subject of its own."""
        tokens = self._piece.tokens
        # Of an interrupted quotation the reporting clause stands between: "If it did, he said, that it would".
        interrupted = i > 0 and tokens[i - 1] >= 0 and tokens[i] - tokens[i - 1] > 2
        if not (self._flags[i] & COMMA or interrupted):
            return False
        nearest = self._next_verb(i + 1)
        return nearest > i + 1 and self._has_subject(i + 1, nearest)

    def _begins_background(self, i: int) -> bool:
        """Whether the subordinator at ``i`` opens a clause, no mere time."""
        if i - self._start < _BEFORE_BACKGROUND or self._flags[self._start] & _SUBORDINATOR:
            return False
        nearest = self._next_verb(i + 1)
        return 1 < nearest - i <= _IN_BACKGROUND + 1 and not union_of(self._flags[i + 1 : nearest]) & (_SEPARATOR | _RELATIVE)

    def _connects(self, i: int) -> bool:
        """Whether what stands at ``i`` may join clauses."""
        flags = self._flags
        flag = flags[i]
        if flag & PAUSE:
            return True
        if flag & COMMA:
            return i + 1 < len(flags) and bool(flags[i + 1] & _COORDINATOR)
        return bool(flag & _COORDINATOR) and not (i and flags[i - 1] & _SEPARATOR)

    def _joins(self, i: int) -> _Step:
        """What begins behind the connector at ``i``."""
        flags = self._flags
        skip = self._skip(i)
        if skip >= len(flags):
            return _Step.NOTHING
        nearest = self._next_verb(skip)
        if flags[skip] & _RELATIVE and flags[skip] & _RELATIVE_SUBJECT and skip == i + 1 and nearest >= 0:
            return _Step.FURTHER_RELATIVE
        following = self._verb_after(skip)
        if following >= 0:
            return _Step.SHARED if following - skip < _IN_SHARED else _Step.NOTHING
        return _Step.COORDINATE if nearest >= 0 and self._has_subject(skip, nearest) else _Step.NOTHING

    def _has_subject(self, start: int, verb: int) -> bool:
        """Whether a subject stands before a verb, and nothing that would make it something else."""
        flags = self._flags
        if not 0 < verb - start <= _WIDEST_SUBJECT:
            return False
        if flags[start] & (_SUBORDINATOR | _RELATIVE) and not flags[start] & (_TEMPORAL | _CONDITION):
            return False
        # "X and Y" as a subject is fine, a further clause is not.
        if union_of(flags[start + 1 : verb]) & PAUSE:
            return False
        return not any(flags[i] & COMMA and flags[i + 1] & _RELATIVE for i in range(start, verb - 1))

    def _head(self, subject: range) -> range:
        """The subject without what stands before and behind its noun phrase."""
        flags = self._flags
        if len(subject) > _LONGEST_SUBJECT:
            return range(0)
        first = subject.start
        for i in subject:
            if flags[i] & _SEPARATOR and i < subject.stop - 1:
                first = i + 1
        return range(first, subject.stop)
