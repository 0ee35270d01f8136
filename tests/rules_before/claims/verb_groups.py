"""Finite verb groups: which words of a piece are verbs that a clause is built on."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from .lexicon import FUNCTION, Flag
from .voice import Piece
from .words import COMMA, HOLE, STOP, WORD

_BE, _HAVE, _DO, _MODAL = int(Flag.BE), int(Flag.HAVE), int(Flag.DO), int(Flag.MODAL)
_PAST, _PARTICIPLE, _BASE, _THIRD, _ING = int(Flag.PAST), int(Flag.PARTICIPLE), int(Flag.BASE), int(Flag.THIRD), int(Flag.ING)
_AUXILIARY: Final = _BE | _HAVE | _DO | _MODAL
_ADVERB, _NEGATOR, _BE_BASE = int(Flag.ADVERB), int(Flag.NEGATOR), int(Flag.BE_BASE)
_DETERMINER, _PREPOSITION, _PRONOUN = int(Flag.DETERMINER), int(Flag.PREPOSITION), int(Flag.PRONOUN)
_OBJECT, _COORDINATOR, _SUBORDINATOR = int(Flag.OBJECT), int(Flag.COORDINATOR), int(Flag.SUBORDINATOR)
_CAPITAL, _NUMBER = int(Flag.CAPITAL), int(Flag.NUMBER)
_FUNCTION: Final = int(FUNCTION)
_FINITE: Final = _AUXILIARY | _PAST | _THIRD | _BASE
SUBJECTS: Final = frozenset(["i", "we", "you", "he", "she", "it", "they", "there", "who"])
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
                sure = not flag & _PARTICIPLE or previous_word in SUBJECTS
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
