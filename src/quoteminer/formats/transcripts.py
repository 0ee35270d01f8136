"""Transcripts that programs write: a time before each turn, a name with its time on a line of its own, and live captions behind ``>>``."""

from __future__ import annotations

import re

from .chat import Messages, Shape

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?"
_NAME = r"(?P<name>[^\W_][^:\n\[\]<>]{0,48}?)"
_SOUND = r"[\[(][^\n\])]{1,60}[\])][ \t]{0,9}$"


class _Transcript(Messages):
    layout = "turn"
    kind = "a program for transcripts"


class StampedReader(_Transcript):
    """Reads ``[00:01:02] Name: words``, also with round brackets or none round the time."""

    name = "stamped"
    shape = Shape(
        message=re.compile(rf"[\[(]?{_TIME}(?:[ \t]?[-–][ \t]?{_TIME})?[\])]?[ \t]{{1,9}}{_NAME}:[ \t]{{1,9}}(?P<text>.+)"),
        other=re.compile(rf"{_SOUND}|[\[(]?{_TIME}[\])]?[ \t]{{0,9}}$", re.MULTILINE),
    )


class OwnLineReader(_Transcript):
    """Reads ``Name  0:03`` with the words below, as Otter and its like write it."""

    name = "own-line"
    share = 0.15
    shape = Shape(
        message=re.compile(rf"{_NAME}[ \t]{{1,9}}[\[(]?{_TIME}[\])]?[ \t]{{0,9}}$", re.MULTILINE),
        other=re.compile(rf"{_SOUND}|Transcribed by\b", re.MULTILINE),
    )

    def recognises(self, head: str) -> bool:
        """Whether, besides, one of the names has a time from the start of a recording, which no clock shows."""
        return re.search(
            r"[^\n]{2,50}[ \t][\[(]?0?0:\d\d(?::\d\d)?[\])]?[ \t]{0,9}$", head, re.MULTILINE
        ) is not None and super().recognises(head)


class ChevronReader(_Transcript):
    """Reads live captions: ``>> NAME: WORDS``, and ``>>`` alone where somebody else speaks."""

    name = "chevrons"
    share = 0.2
    shape = Shape(
        message=re.compile(rf">{{2,3}}[ \t]{{0,9}}(?:{_NAME}:[ \t]{{1,9}})?(?P<text>.+)"),
        other=re.compile(_SOUND, re.MULTILINE),
    )
