"""What kinds of things cues report, and which of them are speech."""

from __future__ import annotations

from typing import Final

from ..reading.chunks import LETTER
from ..reading.sentences import FINITE, NOMINAL
from .candidates import Candidate

_SPEECH: Final = (
    frozenset({"say", "tell", "ask", "urge", "court", "point", "put", "target", "noun", "manner", "behind", "read"}),
    "speech",
)
_EVIDENCE: Final = (frozenset({"show"}), "evidence")
_THOUGHT: Final = (frozenset({"think", "adjective"}), "thought")
_ATTITUDE: Final = (frozenset({"attitude", "label"}), "attitude")
_APPEARANCE: Final = (frozenset({"seem"}), "appearance")
_BY_CLAUSE: Final = (_SPEECH, _EVIDENCE, _THOUGHT, _ATTITUDE, _APPEARANCE)
_CHARGE: Final = (frozenset({"target"}), "speech")
_BY_OBJECT: Final = (_CHARGE, _ATTITUDE, _EVIDENCE, _THOUGHT, _APPEARANCE, _SPEECH)

UNSPOKEN: Final = frozenset({"thought", "attitude", "appearance"})
"""What is not said or written."""
_PERHAPS_UNSPOKEN: Final = _THOUGHT[0] | _ATTITUDE[0] | _APPEARANCE[0]

_REFLEXIVE: Final = frozenset(["reflexive"])
_THINGS: Final = NOMINAL | {LETTER["adverbial"], LETTER["preposition"]}
_CLAUSAL: Final = FINITE | {LETTER["contraction"]}
_OPENS_CLAUSE: Final = frozenset(
    LETTER[kind] for kind in ("complementiser", "question", "relative", "subordinator", "semicolon", "colon", "quotation")
)


def cue_class(classes: frozenset[str], *, thing: bool = False) -> str:
    """What a cue reports: ``speech``, ``evidence`` (what a document or finding shows), ``thought``, ``attitude`` or ``appearance``.

    A verb that can do several counts by what it reports: a clause is said, a ``thing`` is praised or blamed. Who accuses somebody of
    something says it.
    """
    order = _BY_OBJECT if thing else _BY_CLAUSE
    return next((name for group, name in order if classes & group), "speech")


def class_of(candidate: Candidate) -> str:
    """What the cue of a candidate reports; who tells himself something thinks it."""
    if candidate.reports:
        return candidate.reports
    return _THOUGHT[1] if _is_told_oneself(candidate) else cue_class(candidate.classes, thing=_is_thing(candidate))


def is_spoken(candidate: Candidate) -> bool:
    """Whether what a candidate reports is said or written; words in marks always are."""
    if candidate.classes.isdisjoint(_PERHAPS_UNSPOKEN) and not _is_told_oneself(candidate):
        return True
    return class_of(candidate) not in UNSPOKEN or _is_direct(candidate)


def _is_told_oneself(candidate: Candidate) -> bool:
    """Whether who is told is who tells ("Ada told herself that …")."""
    if candidate.addressee is None:
        return False
    first, last = candidate.addressee
    passage = candidate.sentence.passage
    known = passage.pack.pronouns.get(passage.raw[first].lower()) if last == first + 1 else None
    return known is not None and known.functions == _REFLEXIVE


def _is_thing(candidate: Candidate) -> bool:
    """Whether the content is a noun phrase, not a clause with a verb of its own."""
    shape = candidate.sentence.shape
    first, stop = candidate.parts[0]
    if shape[first] not in _THINGS:
        return False
    for kind in shape[first:stop]:
        if kind in _CLAUSAL:
            return False
        if kind in _OPENS_CLAUSE:
            break
    return True


def _is_direct(candidate: Candidate) -> bool:
    """Whether the content is nothing but words in marks."""
    passage = candidate.sentence.passage
    tokens = [i for first, last in candidate.content for i in range(first, last)]
    return all(i in passage.quotations or not passage.raw[i][0].isalnum() for i in tokens)
