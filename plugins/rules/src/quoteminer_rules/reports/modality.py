"""Whether what is reported was said, was not said, is still to be said, or might be: by the verb group of the cue and its clause."""

from __future__ import annotations

from typing import Final

from quoteminer import QuoteModality

from ..language.morphology import by_ending
from ..language.pack import Pack
from ..reading.chunks import LETTER
from .candidates import Candidate

_GROUP: Final = 8
"""Tokens of a verb group before its last verb."""
_HELPERS: Final = frozenset(["auxiliary", "finite", "infinitive_marker", "negation"])
_PAST_LATER: Final = frozenset(["adverb", "time"])
_APOSTROPHES: Final = str.maketrans("’", "'")
_UNVERBAL: Final = frozenset(LETTER[kind] for kind in ("opener", "closer", "own_phrase", "so", "colon", "noun_phrase"))


def modality_of(candidate: Candidate, pack: Pack) -> QuoteModality:
    """The modality of what a candidate reports; only verbs have one that is not ``asserted``."""
    sentence = candidate.sentence
    if sentence.shape[candidate.at] in _UNVERBAL:
        return "asserted"
    raw = sentence.passage.raw
    at = candidate.cue[0][0]
    floor = max(sentence.firsts[0], at - _GROUP)
    helpers, left = _group(raw, at, floor, pack)
    if pack.features["verb_bracket"] and _is_participle(raw[candidate.cue[-1][1] - 1], pack):
        # What tells of the future before an infinitive makes a passive before a participle: "wird mitgeteilt".
        helpers = [one for one in helpers if "future" not in one]
    modality = _of_group(helpers, raw[left + 1 : at], pack)
    raised = any("infinitive_marker" in one for one in helpers)
    if raised and left >= floor and _withholds(raw[left], pack):
        return "negated"
    if modality != "asserted":
        return modality
    if _denied_behind(candidate, pack):
        return "negated"
    if candidate.source is None:
        return "asserted"
    opening = candidate.source[0] - 1
    depends = opening >= sentence.firsts[0] and "condition" in pack.classes(raw[opening].lower())
    return "hypothetical" if depends else "asserted"


def _group(raw: list[str], at: int, floor: int, pack: Pack) -> tuple[list[frozenset[str]], int]:
    """What the words of a verb group before its last verb are, the nearest first, and the token to the left of them."""
    helpers: list[frozenset[str]] = []
    raised = False
    for i in range(at - 1, floor - 1, -1):
        word = raw[i].lower()
        classes = pack.classes(word) | by_ending(word, pack.endings)
        if not classes.isdisjoint(_HELPERS):
            raised = raised or "infinitive_marker" in classes
        elif not (raised and "raising" in classes):
            if "adverb" in classes:
                continue
            # An auxiliary may be written with its subject.
            joined = _joined(word, pack)
            return ([*helpers, joined] if joined else helpers), i
        helpers.append(classes)
    return helpers, floor - 1


def _joined(word: str, pack: Pack) -> frozenset[str]:
    """What the part of a word from its apostrophe is, with what the whole is listed as: "they'll"."""
    stem, apostrophe, ending = word.translate(_APOSTROPHES).rpartition("'")
    return pack.classes(apostrophe + ending) | pack.classes(word) if stem and apostrophe else frozenset()


def _of_group(helpers: list[frozenset[str]], inside: list[str], pack: Pack) -> QuoteModality:
    if any("negation" in one for one in helpers):
        return "negated"
    if not helpers:
        return "asserted"
    if "have" in helpers[0] and any("infinitive_marker" in one for one in helpers):
        # "is understood to have told": reported as done.
        return "asserted"
    if any("future" in one or "future_auxiliary" in one for one in helpers):
        return "future"
    if "conditional" in helpers[-1] and any(pack.classes(word.lower()) >= _PAST_LATER for word in inside):
        # "would later say": said by now.
        return "asserted"
    return "hypothetical" if helpers[-1] & {"hypothetical", "conditional"} else "asserted"


def _is_participle(word: str, pack: Pack) -> bool:
    forms = {form for reading in pack.verbs.get(word.lower(), ()) for form in reading.forms}
    return "participle" in forms and "infinitive" not in forms


def _withholds(word: str, pack: Pack) -> bool:
    """Whether a verb says that somebody does not do what follows ("refused to say whether …")."""
    return any("withhold" in reading.classes for reading in pack.verbs.get(word.lower(), ()))


def _denied_behind(candidate: Candidate, pack: Pack) -> bool:
    """Whether a word right behind the cue denies it, in languages where that word stands there."""
    behind = candidate.cue[-1][1]
    if not pack.features["verb_bracket"] or behind >= candidate.sentence.firsts[-1]:
        return False
    inside = any(first <= behind < last for first, last in candidate.content)
    return not inside and "negation" in pack.classes(candidate.sentence.passage.raw[behind].lower())
