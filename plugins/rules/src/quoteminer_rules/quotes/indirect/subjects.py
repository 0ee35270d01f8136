"""Who does what a verb says, when the verb is no finite verb with its subject before it: participles, infinitives, passives."""

from __future__ import annotations

from typing import Final

from ...lexicon import Lexicon
from ...phrases import Range, ending_at, is_finite, is_word, opens_clause, starting_at
from ...tokens import Tokens
from ..attribution import sentence_subject, subject_of
from ..cues import Cue
from ..subject import shared_subject, subject_of_finite
from .verbgroup import Group

_REACH: Final = 45
FINITE: Final = frozenset(["finite", "third", "perfect", "modal", "base", "progressive", "passive"])
"""Forms of a verb group that have their subject before them."""


def agent_of(tokens: Tokens, cue: Cue, group: Group, floor: int, lexicon: Lexicon) -> Range | None:
    """The source of a cue by the form of its verb group, when no subject stands right before it."""
    at = cue.ranges[0][0]
    if group.form in ("ing", "to") and at > floor:
        return _controller(tokens, cue, group, floor, lexicon)
    if group.form in FINITE and at > floor:
        return shared_subject(tokens, group.first, floor, lexicon) or sentence_subject(tokens, floor, at, lexicon)
    return subject_of(tokens, cue, floor, lexicon)


def _controller(tokens: Tokens, cue: Cue, group: Group, floor: int, lexicon: Lexicon) -> Range | None:
    """The source of a participle or infinitive: the noun it belongs to, or the subject of the verb above it."""
    at = group.first
    left = at - 1
    word = tokens.words[left]
    if group.form == "ing":
        if tokens.raw[left] == "," and left > floor:
            subject = ending_at(tokens, left - 1, floor, lexicon)
            if (
                subject is not None
                and not is_finite(tokens, left - 1, lexicon)
                and opens_clause(tokens, subject[0], floor, lexicon)
                and _only_phrase(tokens, floor, subject[0], lexicon)
            ):
                return subject
        elif is_word(tokens, left) and word not in lexicon.prepositions and word not in lexicon.conjunctions:
            near = ending_at(tokens, left, floor, lexicon)
            if near is not None and (
                near[0] == floor
                or not is_finite(tokens, near[0] - 1, lexicon)
                or tokens.words[near[0] - 1] in ("is", "are", "was", "were")
            ):
                return near
    return (
        subject_of_finite(tokens, at - 1, floor, lexicon)
        or sentence_subject(tokens, floor, at, lexicon)
        or _behind_comma(tokens, cue, floor, lexicon)
    )


def _only_phrase(tokens: Tokens, floor: int, first: int, lexicon: Lexicon) -> bool:
    """Whether nothing but an introductory phrase stands before ``first``."""
    return not any(is_finite(tokens, i, lexicon) for i in range(max(floor, first - 20), first))


def _behind_comma(tokens: Tokens, cue: Cue, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject that follows a clause which opens the sentence ("In describing the plan as …, the journalists …")."""
    at = cue.ranges[0][0]
    if at - floor > 4:
        return None
    for i in range(at + 1, min(tokens.stop[at], at + _REACH)):
        if tokens.raw[i] == "," and i + 1 < len(tokens):
            following = starting_at(tokens, i + 1, tokens.stop[at], lexicon)
            if following is not None:
                return following
    return None
