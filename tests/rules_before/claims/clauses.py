"""Clauses: which stretches of a sentence are assertions of their own.

A clause has one finite verb group. Coordinated clauses and clauses of relative pronouns behind a comma are parted; a subject shared by two
verbs is given to both; complements, conditions and circumstances stay with their clause.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Final

from .lexicon import Flag
from .verb_groups import SUBJECTS, Group, groups
from .voice import Piece
from .words import BREAK, COMMA, HOLE, union_of

_ADVERB, _NEGATOR, _PREPOSITION = int(Flag.ADVERB), int(Flag.NEGATOR), int(Flag.PREPOSITION)
_COORDINATOR, _SUBORDINATOR = int(Flag.COORDINATOR), int(Flag.SUBORDINATOR)
_RELATIVE, _CAPITAL, _CONDITION = int(Flag.RELATIVE), int(Flag.CAPITAL), int(Flag.CONDITION)
#: Nothing else begins a clause, unless it follows from a condition; "who" is a relative pronoun.
_PARTING: Final = COMMA | BREAK | _COORDINATOR | _RELATIVE
_CONNECTING: Final = COMMA | BREAK | _COORDINATOR | _SUBORDINATOR | _RELATIVE | HOLE
#: What happened before is told in a clause of its own: "The bridge closed in May after a lorry hit it."
_BACKGROUND: Final = frozenset(["after"])
#: At least so many words stand before it, and at most so many between it and its verb.
_BEFORE_BACKGROUND: Final = 3
_IN_BACKGROUND: Final = 8
#: A longer subject is not repeated for each verb that shares it.
_LONGEST_SUBJECT: Final = 12
_BARE: Final = frozenset(["who", "which", "that"])


class Clause:
    """One assertion: positions of its words in the piece, its verb group and where its subject lies (may be empty)."""

    __slots__ = ("group", "kind", "positions", "subject")

    def __init__(self, positions: list[int], group: Group, subject: range, kind: str) -> None:
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
        if self._piece.words[end - 1] in SUBJECTS:
            return True
        if self._before is None:
            connects = [
                bool(flag & _CONNECTING) and not (flag & _PREPOSITION and not flag & _SUBORDINATOR) for flag in self._piece.flags
            ]
            self._before = list(accumulate(connects, initial=0))
        return self._before[end] > self._before[start]


def _without_participles(found: list[Group], connectors: _Connectors) -> list[Group]:
    """Leave out forms in -ed that are participles: those that stand in one clause with a verb that is surely finite."""
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
        return [Clause(list(range(len(piece.flags))), found[0], range(found[0].start), "main")]
    return _Splitter(piece, found, connectors).split()


def whole(piece: Piece) -> Clause:
    """All words of a piece as one clause, where no verb is known: "Unemployment down, wages up."."""
    return Clause(list(range(len(piece.flags))), Group(0, 0, 0, sure=False), range(0), "whole")


class _Splitter:
    """Goes through a piece from verb to verb and decides how each clause hangs on to those before it."""

    def __init__(self, piece: Piece, found: list[Group], connectors: _Connectors) -> None:
        self._piece = piece
        self._connectors = connectors
        self._result: list[Clause] = []
        self._starts = {group.start: group for group in found}
        self._order = [group.start for group in found]

    def split(self) -> list[Clause]:
        flags = self._piece.flags
        count = len(flags)
        main: list[int] = []
        open_: list[tuple[list[int], Group | None, range, str]] = []
        # Each entry: positions so far, its verb, its subject, its kind. The last one is open.
        current: list[int] = main
        verb: Group | None = None
        subject = range(0)
        kind = "main"
        start = 0
        starts = self._starts
        i = 0
        while i < count:
            group = starts.get(i)
            if group is not None:
                if verb is None:
                    verb, subject = group, range(start, i)
                elif self._inside_subject(verb, start, i):
                    verb, subject = group, range(subject.start, i)
                elif open_ and kind == "relative" and self._resumes(i):
                    # The verb of the clause around a relative clause: "Dace, who lost, won".
                    self._close(current, verb, subject, kind)
                    current, verb, outer_subject, kind = open_.pop()
                    subject = outer_subject
                    if verb is None:
                        verb = group
                        subject = range(outer_subject.start, outer_subject.stop)
                current.extend(range(group.start, group.end))
                i = group.end
                continue
            flag = flags[i]
            if not flag & _PARTING and not flags[start] & _CONDITION and self._piece.words[i] not in _BACKGROUND:
                plain = i
                while i < count and not flags[i] & _PARTING and i not in starts and self._piece.words[i] not in _BACKGROUND:
                    i += 1
                current.extend(range(plain, i))
                continue
            step = self._boundary(i, verb, start)
            if step in ("relative", "bare relative"):
                open_.append((current, verb, range(start, i) if verb is None else subject, kind))
                i += 2 if step == "relative" else 1
                current, verb, kind, start = [], None, "relative", i
                continue
            if step == "relative again":
                self._close(current, verb, subject, kind)
                i += 2
                current, verb, start = [], None, i
                continue
            if step == "background":
                self._close(current, verb, subject, kind)
                i += 1
                current, verb, start, kind = [], None, i, "background"
                continue
            if step in ("coordinate", "shared"):
                while open_ and kind == "relative" and verb is not None and step == "coordinate":
                    self._close(current, verb, subject, kind)
                    current, verb, subject, kind = open_.pop()
                self._close(current, verb, subject, kind)
                skip = self._skip(i)
                if step == "shared":
                    current = list(self._head(subject))
                    start = subject.start
                    following = starts[self._verb_after(skip)]
                    current.extend(range(skip, following.end))
                    verb = following
                    i = following.end
                    kind = kind if kind == "consequence" else "shared"
                    continue
                kind = "consequence" if flags[start] & _CONDITION else "main"
                current, verb, start = [], None, skip
                i = skip
                continue
            if (
                flag & COMMA
                and open_
                and kind == "relative"
                and verb is not None
                and open_[-1][1] is None
                and self._outer_verb(i)
            ):
                self._close(current, verb, subject, kind)
                current, verb, subject, kind = open_.pop()
                i += 1
                start = subject.start
                group = starts.get(self._verb_after(i))
                if group is not None:
                    current.extend(range(i, group.end))
                    verb = group
                    i = group.end
                continue
            current.append(i)
            i += 1
        self._close(current, verb, subject, kind)
        while open_:
            current, verb, subject, kind = open_.pop()
            self._close(current, verb, subject, kind)
        self._result.sort(key=lambda clause: clause.positions[0])
        return self._result

    def _inside_subject(self, verb: Group, start: int, i: int) -> bool:
        """Whether a verb belongs to a relative clause without commas: "the people who *own* the mill sold it"."""
        words = self._piece.words
        return verb.start - 1 > start and words[verb.start - 1] in _BARE and not self._connectors.between(verb.end, i)

    def _resumes(self, i: int) -> bool:
        return i > 0 and bool(self._piece.flags[i - 1] & COMMA)

    def _close(self, positions: list[int], verb: Group | None, subject: range, kind: str) -> None:
        if verb is not None and positions and not self._piece.flags[positions[0]] & _CONDITION:
            self._result.append(Clause(sorted(set(positions)), verb, subject, kind))

    def _skip(self, i: int) -> int:
        """Past the connector at ``i``: punctuation, coordinator."""
        flags = self._piece.flags
        while i < len(flags) and flags[i] & (COMMA | BREAK):
            i += 1
        if i < len(flags) and flags[i] & _COORDINATOR:
            i += 1
        return i

    def _verb_after(self, i: int) -> int:
        """Position of a verb that begins at ``i``, adverbs passed over; -1 when something else stands there."""
        starts = self._starts
        flags = self._piece.flags
        while i < len(flags):
            if i in starts:
                return i
            if not flags[i] & (_ADVERB | _NEGATOR) or flags[i] & (_PREPOSITION & 0):
                return -1
            i += 1
        return -1

    def _outer_verb(self, comma: int) -> bool:
        return self._verb_after(comma + 1) >= 0

    def _boundary(self, i: int, verb: Group | None, start: int) -> str:
        """What begins at position ``i``: "relative", "coordinate" (with its own subject), "shared" (without), "background", or nothing."""
        piece = self._piece
        flags, words = piece.flags, piece.words
        flag = flags[i]
        count = len(flags)
        if flag & COMMA and i + 1 < count and flags[i + 1] & _RELATIVE and words[i + 1] not in ("whom",):
            if (
                self._next_verb(i + 2) >= 0
                and words[i + 1] in ("who", "which", "where")
                or (words[i + 1] == "when" and verb is not None and self._next_verb(i + 2) >= 0 and not flags[i + 1] & _CAPITAL)
            ):
                return "relative"
        if words[i] == "who" and piece.cues and i and not flags[i - 1] & (COMMA | HOLE | _COORDINATOR):
            # In a reporting clause, which is no claim, the relative clause may be one.
            nearest = self._next_verb(i + 1)
            if 0 <= nearest - i <= 3 and nearest not in piece.cues:
                return "bare relative"
        if verb is None:
            return ""
        if flags[start] & _CONDITION:
            # What follows from a condition begins at a comma with a subject of its own.
            tokens = piece.tokens
            # Of an interrupted quotation the reporting clause stands between: "If it did, he said, that it would".
            interrupted = i > 0 and tokens[i - 1] >= 0 and tokens[i] - tokens[i - 1] > 2
            nearest = self._next_verb(i + 1) if flag & COMMA or interrupted else -1
            return "coordinate" if nearest > i + 1 and self._has_subject(i + 1, nearest) else ""
        if words[i] in _BACKGROUND and i - start >= _BEFORE_BACKGROUND and not flags[start] & _SUBORDINATOR:
            nearest = self._next_verb(i + 1)
            if 1 < nearest - i <= _IN_BACKGROUND + 1 and not any(
                flags[k] & (COMMA | BREAK | _RELATIVE) for k in range(i + 1, nearest)
            ):
                return "background"
        connects = False
        if flag & (COMMA | BREAK) and i + 1 < count:
            connects = bool(flags[i + 1] & _COORDINATOR) or bool(flag & BREAK and words[i] == "")
        if flag & BREAK:
            connects = True
        if flag & _COORDINATOR and not (i and flags[i - 1] & (COMMA | BREAK)):
            connects = True
        if not connects:
            return ""
        skip = self._skip(i)
        if skip >= count:
            return ""
        if flags[skip] & _RELATIVE and words[skip] in ("who", "which") and skip == i + 1 and self._next_verb(skip) >= 0:
            return "relative again"
        following = self._verb_after(skip)
        if following >= 0:
            return "shared" if following - skip < 3 else ""
        nearest = self._next_verb(skip)
        if nearest < 0:
            return ""
        # A subject must stand between connector and verb, and nothing that would make it something else.
        if self._has_subject(skip, nearest):
            return "coordinate"
        return ""

    def _next_verb(self, i: int) -> int:
        at = bisect_left(self._order, i)
        return self._order[at] if at < len(self._order) else -1

    def _has_subject(self, start: int, verb: int) -> bool:
        flags, words = self._piece.flags, self._piece.words
        if verb - start > 25:
            return False
        if flags[start] & (_SUBORDINATOR | _RELATIVE) and words[start] not in (
            "when",
            "while",
            "after",
            "before",
            "as",
            "since",
            "until",
            "if",
            "once",
        ):
            return False
        for i in range(start, verb):
            if flags[i] & (_COORDINATOR | BREAK) and i > start:
                # "X and Y" as a subject is fine, a further clause is not.
                if flags[i] & BREAK:
                    return False
            if flags[i] & COMMA and i + 1 < verb and flags[i + 1] & _RELATIVE:
                return False
        return verb > start

    def _head(self, subject: range) -> range:
        """The subject without what stands before and behind its noun phrase."""
        flags = self._piece.flags
        if len(subject) > _LONGEST_SUBJECT:
            return range(0)
        first = subject.start
        for i in subject:
            if flags[i] & (COMMA | BREAK):
                first = i + 1 if i + 1 < subject.stop and i < subject.stop - 1 else first
        if first >= subject.stop:
            first = subject.start
        return range(first, subject.stop)
