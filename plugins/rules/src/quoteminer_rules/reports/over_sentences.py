"""Reported speech that goes on over sentences.

In some languages the mood of their verbs tells (Sie sagte, es gehe. Man müsse nur warten.), in some a complementiser with which they open
(Dijo que funciona. Que nadie lo creía.).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..language.pack import Pack
from ..reading.passages import Passage
from .candidates import Range
from .cue_classes import UNSPOKEN, class_of
from .selection import Scored

_FINITE: Final = frozenset(["third", "present", "past", "subjunctive"])
_INDICATIVE: Final = frozenset(["third", "past"])
_SHARE: Final = 0.5
"""Of the finite verbs of a sentence: clauses inside of it may be in another mood."""


def over_sentences(passage: Passage, taken: Sequence[Scored], pack: Pack) -> list[Scored]:
    """What is reported, with the sentences behind it that go on with it.

    No sentence with a report of its own does, nor what follows one, unless a complementiser opens it.
    """
    if not taken or not (pack.features["reported_mood"] or pack.features["reported_that"]):
        return list(taken)
    numbers = {first: number for number, (first, _) in enumerate(passage.sentences)}
    told = {numbers[one.candidate.sentence.firsts[0]] for one in taken}
    return [_continued(passage, one, numbers[one.candidate.sentence.firsts[0]], told, pack) for one in taken]


def _continued(passage: Passage, one: Scored, number: int, told: set[int], pack: Pack) -> Scored:
    first, last = one.content[-1]
    stop = passage.sentences[number][1]
    behind = one.candidate.cue[0][0] < one.content[0][0] and all(not piece[0].isalnum() for piece in passage.raw[last:stop])
    direct = any(i in passage.quotations for i in range(first, last)) and last - first == 1
    if not behind or direct or class_of(one.candidate) in UNSPOKEN:
        return one
    that = pack.features["reported_that"] and _opens_with_that(passage, *one.content[0], pack)
    more: list[Range] = []
    for following in range(number + 1, len(passage.sentences)):
        begin, end = passage.sentences[following]
        opened = that and _opens_with_that(passage, begin, end, pack)
        if opened and passage.raw[begin].lower() in pack.of_class("coordinator"):
            begin += 1
        if not opened and (
            following in told or not pack.features["reported_mood"] or not _is_reported(passage, begin, end, pack)
        ):
            break
        more.append((begin, end))
    return one._replace(content=(*one.content, *more)) if more else one


def _opens_with_that(passage: Passage, first: int, stop: int, pack: Pack) -> bool:
    """Whether a complementiser opens words, perhaps behind a coordinator."""
    words = [piece.lower() for piece in passage.raw[first : min(first + 2, stop)]]
    if words and words[0] in pack.of_class("coordinator"):
        words = words[1:]
    return bool(words) and words[0] in pack.of_class("complementiser")


def _is_reported(passage: Passage, first: int, stop: int, pack: Pack) -> bool:
    """Whether the verbs of a sentence are in the mood of what is reported."""
    finite = reported = 0
    for piece in passage.raw[first:stop]:
        known = pack.pronouns.get(piece.lower())
        if known is not None and known.person == 1 and "subject" in known.functions:
            # What looks like the subjunctive is none there: ich habe.
            return False
        forms = {form for reading in pack.verbs.get(piece.lower(), ()) for form in reading.forms}
        if not forms.isdisjoint(_FINITE) and not piece[0].isupper():
            finite += 1
            reported += "subjunctive" in forms and forms.isdisjoint(_INDICATIVE)
    return reported > 0 and reported >= _SHARE * finite
