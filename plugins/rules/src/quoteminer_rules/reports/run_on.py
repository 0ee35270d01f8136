"""Dialogue behind dashes in texts that have lost their line breaks: where it begins inside of a line, and where somebody tells again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import regex

from ..language.morphology import by_ending
from ..language.pack import Pack

_OPENING: Final = regex.compile(r"(?<=[.!?…:;»”\"])[ \u00a0]{1,3}(?P<dash>[—―–]|--)[ \u00a0\u202f]?(?=[\"“«‹„'‘¿¡…(]{0,2}\p{Lu})")
_FEWEST: Final = 4
"""Such dashes in a paragraph: fewer may set off anything."""
_NEAR: Final = 240
"""Code points between dashes: where people talk, most turns are shorter than this."""
_SHARE: Final = 0.4
_BREAK: Final = regex.compile(r"(?<=[.!?…»”\"])\s{1,3}(?=[\"“«‹„¿¡(]{0,2}\p{Lu})")
_PIECE: Final = re.compile(r"[^\W\d_]+['’]?")
_THIRD: Final = 3
_UNTOLD: Final = frozenset(["third", "present", "participle", "infinitive"])
"""Forms that do not tell of what was, though they may look like the past."""


def openings(text: str, start: int, stop: int) -> Sequence[tuple[int, int]]:
    """The dashes in a paragraph behind which somebody may speak though they open no line, each up to what is said; none where they are few or far apart."""
    found = [(match.start("dash"), match.end()) for match in _OPENING.finditer(text, start, stop)]
    near = sum(after - end <= _NEAR for (_, end), (after, _) in pairwise(found))
    return found if len(found) >= _FEWEST and near >= _SHARE * (len(found) - 1) else ()


def told_from(text: str, start: int, stop: int, pack: Pack) -> int:
    """Where what is said ends and somebody tells again: with a sentence in the past without me or you in it, never the first one."""
    breaks = [*(match.end() for match in _BREAK.finditer(text, start, stop)), stop]
    return next((begin for begin, end in pairwise(breaks) if _is_told(text[begin:end], pack)), stop)


def _is_told(sentence: str, pack: Pack) -> bool:
    past = False
    for match in _PIECE.finditer(sentence.lower().replace("’", "'")):
        known = pack.pronouns.get(match[0]) or pack.pronouns.get(match[0].rstrip("'"))
        if known is not None and known.person != _THIRD:
            return False
        forms = {form for reading in pack.verbs.get(match[0], ()) for form in reading.forms}
        past = past or ("past" in forms and forms.isdisjoint(_UNTOLD)) or "finite" in by_ending(match[0], pack.endings)
    return past and sentence.rstrip()[-1:] not in ("?", "!")
