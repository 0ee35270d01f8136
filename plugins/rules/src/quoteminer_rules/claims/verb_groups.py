"""Finite verb groups: which words of a piece are verbs that a clause is built on."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from .lexicon import FUNCTION, Flag
from .voice import Piece
from .words import CAPITAL, COMMA, GAP, STOP, WORD

_BE, _NONFINITE_BE, _HAVE = int(Flag.FINITE_BE), int(Flag.NONFINITE_BE), int(Flag.FINITE_HAVE)
_DO, _MODAL, _DAY, _OR_NOUN = int(Flag.DUMMY_AUXILIARY), int(Flag.MODAL), int(Flag.DAY), int(Flag.AUXILIARY_OR_NOUN)
_PAST_AUXILIARY: Final = int(Flag.PAST_AUXILIARY)
_PAST, _PARTICIPLE, _BASE, _THIRD, _ING = int(Flag.PAST), int(Flag.PARTICIPLE), int(Flag.BASE), int(Flag.THIRD), int(Flag.ING)
_AUXILIARY: Final = _BE | _HAVE | _DO | _MODAL
_ADVERB, _NEGATIVE, _TO = int(Flag.ADVERB), int(Flag.NEGATIVE), int(Flag.INFINITIVE_MARKER)
_DETERMINATIVE, _PREPOSITION, _PRONOUN = int(Flag.DETERMINATIVE), int(Flag.PREPOSITION), int(Flag.PRONOUN)
_OBJECT_FORM, _COORDINATOR, _SUBORDINATOR = int(Flag.OBJECT_FORM), int(Flag.COORDINATOR), int(Flag.SUBORDINATOR)
_NUMBER, _OWNER, _PLURAL, _EXISTENTIAL = int(Flag.NUMBER), int(Flag.OWNER), int(Flag.PLURAL), int(Flag.EXISTENTIAL)
_RELATIVE, _RELATIVE_SUBJECT, _PERSONAL = int(Flag.RELATIVE), int(Flag.RELATIVE_SUBJECT), int(Flag.PERSONAL_RELATIVE)
_SUBJECT_FORM, _THIRD_SINGULAR = int(Flag.SUBJECT_FORM), int(Flag.THIRD_SINGULAR)
_FINITE: Final = _AUXILIARY | _PAST | _THIRD | _BASE
_MODIFIER: Final = _ADVERB | _NEGATIVE
_PHRASE: Final = _DETERMINATIVE | _PREPOSITION
#: What a subject that is one word can be besides a noun.
_SUBJECT: Final = _SUBJECT_FORM | _EXISTENTIAL
#: What an infinitive behind it is told of: "is going to be closed", "has to be paid".
_BEFORE_INFINITIVE: Final = int(Flag.RAISING) | _HAVE
#: Behind these a verb in the third person stands.
_BEFORE_THIRD: Final = _THIRD_SINGULAR | _RELATIVE_SUBJECT | _EXISTENTIAL | int(Flag.SINGULAR_PRONOUN)
_AFTER_BASE: Final = _PHRASE | _OBJECT_FORM | _NUMBER | STOP | _ADVERB | GAP
_AFTER_THIRD: Final = _AFTER_BASE | _PRONOUN | _SUBORDINATOR | _TO | CAPITAL


class Group:
    """A finite verb group: ``start`` and ``end`` are positions in the piece, ``head`` that of its last verb.

    ``sure`` is false for a form that may be a participle without an auxiliary.
    """

    __slots__ = ("end", "head", "start", "sure")

    def __init__(self, start: int, end: int, head: int, *, sure: bool) -> None:
        self.start = start
        self.end = end
        self.head = head
        self.sure = sure


def is_subject(flag: int) -> bool:
    """Whether a word is a subject by itself."""
    return bool(flag & _SUBJECT or (flag & _PERSONAL and flag & _RELATIVE_SUBJECT))


def groups(piece: Piece) -> list[Group]:
    """The finite verb groups of a piece, in order."""
    flags = piece.flags
    found: list[Group] = []
    reached = 0
    for i in [i for i, flag in enumerate(flags) if flag & _FINITE]:
        if i < reached:
            continue
        before = i - 1
        while before >= 0 and flags[before] & _MODIFIER and not flags[before] & (_AUXILIARY | _PRONOUN):
            before -= 1
        if _is_finite(flags, i, before):
            reached, head = _extended(flags, i)
            found.append(Group(i, reached, head, sure=_is_sure(flags, i, before)))
    return found


def _is_finite(flags: list[int], i: int, before: int) -> bool:
    """Whether a word is a finite verb; ``before`` is what stands before it and its adverbs, -1 when nothing does."""
    flag = flags[i]
    if flag & _AUXILIARY:
        return before < 0 or _reads_as_auxiliary(flag, flags[before])
    if flag & _PAST:
        # "the closed school", "of increased costs"
        return not flag & _PARTICIPLE or before < 0 or not flags[before] & (_PHRASE | _ADVERB) or bool(flags[before] & _PRONOUN)
    if before < 0:
        return False
    return _reads_as_third(flags, i, before) if flag & _THIRD else _reads_as_base(flags, i, before)


def _is_sure(flags: list[int], i: int, before: int) -> bool:
    flag = flags[i]
    if flag & _AUXILIARY or not flag & _PAST or not flag & _PARTICIPLE:
        return True
    return before >= 0 and is_subject(flags[before])


def _reads_as_auxiliary(flag: int, previous: int) -> bool:
    """Whether an auxiliary is finite and neither a month nor a noun ("a must")."""
    if previous & _TO:
        return False
    if flag & _DAY and flag & _MODAL and flag & CAPITAL and not previous & _PRONOUN:
        return False
    if flag & _OR_NOUN and previous & _DETERMINATIVE and not previous & _PRONOUN:
        return False
    return not (flag & _DO and flag & _BASE and previous & (_PREPOSITION | _MODAL))


def _extended(flags: list[int], i: int) -> tuple[int, int]:
    """The end of the verb group that begins at ``i``, and its last verb."""
    head = i
    if not flags[i] & _AUXILIARY:
        return i + 1, head
    j, count = i + 1, len(flags)
    while j < count:
        flag = flags[j]
        if _goes_on(flags[head], flag):
            head = j
        elif flag & _TO and j + 1 < count and flags[head] & _BEFORE_INFINITIVE:
            pass
        elif not flag & _MODIFIER or flag & _PHRASE:
            break
        j += 1
    return head + 1, head


def _goes_on(last: int, flag: int) -> bool:
    """Whether a word is the next verb of the group that has got as far as the verb ``last``."""
    if flag & _NONFINITE_BE:
        return True
    if last & (_MODAL | _DO) and flag & _BASE and not flag & FUNCTION:
        return True
    if last & (_BE | _NONFINITE_BE) and flag & (_PARTICIPLE | _ING):
        return True
    if last & _HAVE and (flag & _PARTICIPLE or (flag & _HAVE and flag & _PAST_AUXILIARY)):
        return True
    return bool(flag & _HAVE and last & _MODAL)


def _reads_as_third(flags: list[int], i: int, before: int) -> bool:
    """Whether a form in the third person is a verb and no plural noun."""
    previous = flags[before]
    if previous & _BEFORE_THIRD:
        return True
    after = flags[i + 1] if i + 1 < len(flags) else 0
    if previous & COMMA:
        return bool(after & (_PHRASE | GAP))
    if previous & (_PHRASE | _NUMBER | _ADVERB | _AUXILIARY | _OWNER) or not previous & (WORD | GAP):
        return False
    if previous & _PLURAL and not previous & CAPITAL:
        return False
    if previous & CAPITAL and before > 0 and after & WORD and not flags[i] & CAPITAL:
        return True
    return i + 1 == len(flags) or bool(after & _AFTER_THIRD)


def _reads_as_base(flags: list[int], i: int, before: int) -> bool:
    """Whether a base form is a finite verb: behind a plural subject, and no infinitive or imperative."""
    flag, previous = flags[i], flags[before]
    if flag & (_PREPOSITION | _COORDINATOR | _SUBORDINATOR):
        return False
    after = flags[i + 1] if i + 1 < len(flags) else 0
    if previous & _RELATIVE_SUBJECT and not previous & _PERSONAL:
        return bool(after & (_PHRASE | _NUMBER))
    if previous & _RELATIVE_SUBJECT or (previous & _SUBJECT_FORM and not previous & _THIRD_SINGULAR):
        return True
    if previous & (FUNCTION | _NUMBER) or not previous & WORD or flag & CAPITAL or not previous & _PLURAL:
        return False
    return i + 1 == len(flags) or bool(after & _AFTER_BASE)


class Verbs:
    """The finite verb groups of a piece, found when they are first asked for."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._groups: list[Group] | None = None

    def behind(self, position: int) -> Group | None:
        """The first group that begins behind a position."""
        if self._groups is None:
            self._groups = groups(self._piece)
        at = bisect_right(self._groups, position, key=_start)
        return self._groups[at] if at < len(self._groups) else None


def _start(group: Group) -> int:
    return group.start
