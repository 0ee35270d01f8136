"""Who does what a verb says, when the verb is no finite verb with its subject before it: participles, infinitives, passives."""

from __future__ import annotations

from typing import Final

from ...lexicon import Lexicon
from ...phrases import Range, before, ending_at, is_capital, is_word, opens_clause, starting_at
from ...tokens import Tokens
from ..attribution import Cue, sentence_subject, subject_of
from .clauses import is_finite
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
        return _shared(tokens, group.first, floor, lexicon) or sentence_subject(tokens, floor, at, lexicon)
    return subject_of(tokens, cue, floor, lexicon)


def _shared(tokens: Tokens, at: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of an earlier verb that a verb behind "and", "but" or a comma shares ("came, saw and said")."""
    j = at - 1
    while j > floor and (not is_word(tokens, j) or tokens.words[j] in lexicon.adverbs) and at - j < 4:
        j -= 1
    if j <= floor or tokens.words[j] not in ("and", "but", "or", "then") and tokens.raw[at - 1] != ",":
        return None
    return _of_finite(tokens, at - 1, floor, lexicon)


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
        _of_finite(tokens, at - 1, floor, lexicon)
        or sentence_subject(tokens, floor, at, lexicon)
        or _behind_comma(tokens, cue, floor, lexicon)
    )


def _only_phrase(tokens: Tokens, floor: int, first: int, lexicon: Lexicon) -> bool:
    """Whether nothing but an introductory phrase stands before ``first``."""
    return not any(is_finite(tokens, i, lexicon) for i in range(max(floor, first - 20), first))


def _of_finite(tokens: Tokens, last: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of the closest finite verb at or left of ``last`` that is not the verb of a relative clause."""
    for i in range(last, max(floor, last - _REACH), -1):
        if not is_finite(tokens, i, lexicon):
            continue
        found = before(tokens, i, floor, lexicon)
        if found is None:
            continue
        clause = tokens.words[found[0] - 1] if found[0] > floor else ""
        relative = any(tokens.words[n] in ("who", "which", "that") for n in range(found[1], i))
        if relative or clause in lexicon.clauses_inside or (clause in lexicon.verbs and not is_capital(tokens, found[0] - 1)):
            # A clause inside another one: go on to the verb above it.
            continue
        return found
    return None


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
