"""Clauses: which stretches of a sentence are assertions of their own.

A clause has one finite verb group. Coordinated clauses and clauses of relative pronouns behind a comma are parted; a subject shared by two
verbs is given to both; complements, conditions and circumstances stay with their clause.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from .lexicon import FUNCTION, Flag
from .voice import Piece
from .words import BREAK, COMMA, HOLE, STOP, WORD, union_of

_BE, _HAVE, _DO, _MODAL = int(Flag.BE), int(Flag.HAVE), int(Flag.DO), int(Flag.MODAL)
_PAST, _PARTICIPLE, _BASE, _THIRD, _ING = int(Flag.PAST), int(Flag.PARTICIPLE), int(Flag.BASE), int(Flag.THIRD), int(Flag.ING)
_AUXILIARY: Final = _BE | _HAVE | _DO | _MODAL
_ADVERB, _NEGATOR, _BE_BASE = int(Flag.ADVERB), int(Flag.NEGATOR), int(Flag.BE_BASE)
_DETERMINER, _PREPOSITION, _PRONOUN = int(Flag.DETERMINER), int(Flag.PREPOSITION), int(Flag.PRONOUN)
_OBJECT, _COORDINATOR, _SUBORDINATOR = int(Flag.OBJECT), int(Flag.COORDINATOR), int(Flag.SUBORDINATOR)
_RELATIVE, _CAPITAL, _NUMBER, _CONDITION = int(Flag.RELATIVE), int(Flag.CAPITAL), int(Flag.NUMBER), int(Flag.CONDITION)
_FUNCTION: Final = int(FUNCTION)
#: Nothing else begins a clause, unless it follows from a condition; "who" is a relative pronoun.
_PARTING: Final = COMMA | BREAK | _COORDINATOR | _RELATIVE
_FINITE: Final = _AUXILIARY | _PAST | _THIRD | _BASE
_CONNECTING: Final = COMMA | BREAK | _COORDINATOR | _SUBORDINATOR | _RELATIVE | HOLE
#: What happened before is told in a clause of its own: "The bridge closed in May after a lorry hit it."
_BACKGROUND: Final = frozenset(["after"])
#: At least so many words stand before it, and at most so many between it and its verb.
_BEFORE_BACKGROUND: Final = 3
_IN_BACKGROUND: Final = 8
#: A longer subject is not repeated for each verb that shares it.
_LONGEST_SUBJECT: Final = 12
_SUBJECTS: Final = frozenset(["i", "we", "you", "he", "she", "it", "they", "there", "who"])
_BARE: Final = frozenset(["who", "which", "that"])
_PLURAL_SUBJECTS: Final = frozenset(["i", "we", "you", "they", "who", "which", "that"])


class Group:
    """A finite verb group: ``start`` and ``end`` are positions in the piece, ``head`` that of its last verb.

    ``sure`` is false for a form in -ed, which may be a participle without an auxiliary.
    """

    __slots__ = ("end", "head", "start", "sure")

    def __init__(self, start: int, end: int, head: int, *, sure: bool) -> None:
        self.start = start
        self.end = end
        self.head = head
        self.sure = sure


class Clause:
    """One assertion: positions of its words in the piece, its verb group and where its subject lies (may be empty)."""

    __slots__ = ("group", "kind", "positions", "subject")

    def __init__(self, positions: list[int], group: Group, subject: range, kind: str) -> None:
        self.positions = positions
        self.group = group
        self.subject = subject
        self.kind = kind


def groups(piece: Piece) -> list[Group]:
    """The finite verb groups of a piece, in order."""
    flags, words = piece.flags, piece.words
    found: list[Group] = []
    reached = 0
    for i in [i for i, flag in enumerate(flags) if flag & _FINITE]:
        if i < reached:
            continue
        flag = flags[i]
        before = i - 1
        while before >= 0 and flags[before] & (_ADVERB | _NEGATOR) and not flags[before] & (_AUXILIARY | _PRONOUN):
            before -= 1
        previous = flags[before] if before >= 0 else 0
        previous_word = words[before] if before >= 0 else ""
        finite, sure = False, True
        if flag & _AUXILIARY:
            finite = (
                previous_word != "to"
                and not (flag & _MODAL and flag & _CAPITAL and before >= 0 and not previous & _PRONOUN and words[i] == "may")
                and not (
                    words[i] in ("will", "can", "might", "do", "must", "need")
                    and previous & _DETERMINER
                    and not previous & _PRONOUN
                )
            )
            if finite and words[i] == "do" and previous & (_PREPOSITION | _MODAL):
                finite = False
        elif flag & _PAST:
            if previous & (_DETERMINER | _PREPOSITION | _ADVERB) and not previous & (_PRONOUN | WORD & 0) and flag & _PARTICIPLE:
                # "the closed school", "of increased costs"
                finite = False
            else:
                finite = True
                sure = not flag & _PARTICIPLE or previous_word in _SUBJECTS
        elif flag & _THIRD:
            finite = _reads_as_third(piece, i, before)
        else:
            finite = _reads_as_base(piece, i, before)
        if finite:
            reached, head = _extended(piece, i)
            found.append(Group(i, reached, head, sure=sure))
    return found


def _extended(piece: Piece, i: int) -> tuple[int, int]:
    """The end of the verb group that begins at ``i``, and its last verb."""
    flags, words = piece.flags, piece.words
    head = i
    j = i + 1
    if not flags[i] & _AUXILIARY:
        return j, head
    while j < len(flags):
        flag = flags[j]
        last = flags[head]
        if flag & _BE_BASE or (
            (flag & _HAVE and last & _MODAL)
            or (last & _MODAL and flag & _BASE and not (flag & _FUNCTION))
            or (last & _DO and flag & _BASE and not flag & _FUNCTION)
            or (last & (_BE | _BE_BASE) and flag & (_PARTICIPLE | _ING))
            or (last & _HAVE and (flag & _PARTICIPLE or words[j] == "had"))
        ):
            head = j
        elif (
            words[j] == "to"
            and j + 1 < len(flags)
            and words[head] in ("going", "used", "due", "set", "expected", "have", "has", "had")
        ):
            pass
        elif not (flag & (_ADVERB | _NEGATOR)) or flag & (_PREPOSITION | _DETERMINER):
            break
        j += 1
    return max(head + 1, i + 1), head


def _reads_as_third(piece: Piece, i: int, before: int) -> bool:
    """Whether a form in -s is a verb and no plural noun."""
    flags, words = piece.flags, piece.words
    if before < 0:
        return False
    previous = flags[before]
    if words[before] in ("he", "she", "it", "who", "which", "that", "this", "everyone", "nobody", "there"):
        return True
    if previous & (_DETERMINER | _PREPOSITION | _NUMBER | _ADVERB | COMMA) or not previous & (WORD | HOLE):
        return bool(previous & COMMA) and i + 1 < len(flags) and bool(flags[i + 1] & (_DETERMINER | _PREPOSITION | HOLE))
    if previous & _AUXILIARY or words[before].endswith(("'s", "’s")):
        return False
    after = flags[i + 1] if i + 1 < len(flags) else STOP
    plural = words[before].endswith("s") and not words[before].endswith(("ss", "us", "is"))
    if plural and not previous & _CAPITAL:
        return False
    if previous & _CAPITAL and before > 0 and after & WORD and not flags[i] & _CAPITAL:
        return True
    return bool(
        after & (_DETERMINER | _PREPOSITION | _OBJECT | _PRONOUN | _ADVERB | _NUMBER | STOP | HOLE | _SUBORDINATOR)
        or (i + 1 < len(flags) and (words[i + 1] == "to" or flags[i + 1] & _CAPITAL))
    )


def _reads_as_base(piece: Piece, i: int, before: int) -> bool:
    """Whether a base form is a finite verb: behind a plural subject, and no infinitive or imperative."""
    flags, words = piece.flags, piece.words
    if before < 0 or flags[i] & (_PREPOSITION | _COORDINATOR | _SUBORDINATOR):
        return False
    word = words[before]
    if word in _PLURAL_SUBJECTS:
        return word not in ("that", "which") or (
            i + 1 < len(flags) and bool(flags[i + 1] & (_DETERMINER | _PREPOSITION | _NUMBER))
        )
    previous = flags[before]
    if previous & (_FUNCTION | _NUMBER) or not previous & WORD or word == "to" or flags[i] & _CAPITAL:
        return False
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
    after = flags[i + 1] if i + 1 < len(flags) else STOP
    if not (plural or word in ("people", "men", "women", "children", "police")):
        return False
    return bool(
        after & (_DETERMINER | _PREPOSITION | _OBJECT | _NUMBER | STOP | _ADVERB | HOLE)
        or (i + 1 < len(flags) and words[i + 1] == "to")
    )


def _without_participles(piece: Piece, found: list[Group]) -> list[Group]:
    """Leave out forms in -ed that are participles: those that stand in one clause with a verb that is surely finite."""
    kept: list[Group] = []
    for index, group in enumerate(found):
        if not group.sure:
            following = found[index + 1] if index + 1 < len(found) else None
            if following is not None and not _connector(piece, group.end, following.start) and following.sure:
                continue
            if kept and not _connector(piece, kept[-1].end, group.start):
                continue
        kept.append(group)
    return kept


def _connector(piece: Piece, start: int, end: int) -> bool:
    """Whether anything between two verbs could begin a clause or stand for its subject."""
    for flag in piece.flags[start:end]:
        if flag & _CONNECTING and not (flag & _PREPOSITION and not flag & _SUBORDINATOR):
            return True
    return end > start and piece.words[end - 1] in _SUBJECTS


def clauses(piece: Piece) -> list[Clause]:
    """The assertions of a piece in text order."""
    found = _without_participles(piece, groups(piece))
    if not found:
        return []
    if len(found) == 1 and not union_of(piece.flags) & (_RELATIVE | _CONDITION):
        return [Clause(list(range(len(piece.flags))), found[0], range(found[0].start), "main")]
    return _Splitter(piece, found).split()


def whole(piece: Piece) -> Clause:
    """All words of a piece as one clause, where no verb is known: "Unemployment down, wages up."."""
    return Clause(list(range(len(piece.flags))), Group(0, 0, 0, sure=False), range(0), "whole")


class _Splitter:
    """Goes through a piece from verb to verb and decides how each clause hangs on to those before it."""

    def __init__(self, piece: Piece, found: list[Group]) -> None:
        self._piece = piece
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
        return verb.start - 1 > start and words[verb.start - 1] in _BARE and not _connector(self._piece, verb.end, i)

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
