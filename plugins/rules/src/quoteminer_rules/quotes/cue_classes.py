"""What kinds of things cues report."""

from __future__ import annotations

from typing import Final

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


def cue_class(classes: frozenset[str], family: str) -> str:
    """What a cue reports: ``speech``, ``evidence`` (what a document or finding shows), ``thought``, ``attitude`` or ``appearance``.

    A verb that can do several counts by what it reports: a clause is said, a thing is praised or blamed. Who accuses somebody of
    something says it.
    """
    order = _BY_OBJECT if family.startswith("np") else _BY_CLAUSE
    return next((name for group, name in order if classes & group), "speech")
