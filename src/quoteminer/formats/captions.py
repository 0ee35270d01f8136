"""Subtitles and captions: WebVTT and SubRip. What is said stays, with who says it and when; numbers, times, styles and sounds go.

The name of a voice stands in ``<v Name>``, or before a colon where the speaker changes; what follows without one goes on with the turn.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from ..text import Builder
from .documents import FileReader, aligned_document, trimmed

_TIME: Final = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING: Final = re.compile(rf"{_TIME}[ \t]{{0,20}}-->[ \t]{{0,20}}{_TIME}[^\n]{{0,500}}")
_TAG: Final = re.compile(r"<(/?)([a-z]*|\d[\d:.]*)(?:\.[^\s>]*)?(?:[ \t]+([^>\n]*))?>|\{\\[^}\n]*\}", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|\w{1,30});", re.IGNORECASE)
_TAG_OR_ENTITY: Final = re.compile(f"{_TAG.pattern}|{_ENTITY.pattern}", re.IGNORECASE)
_SOUND: Final = re.compile(r"[-–—]{0,3}\s{0,3}(?:[\[(*♪♫#][^\])\n]{0,300}[\])*♪♫#]|[♪♫][^\n]{0,500})")
_LABEL: Final = re.compile(
    r"(?P<dash>[-–—>]{0,3}[ \t]{0,3})(?P<name>[^\W\d_a-z][^:\n<>]{0,38}?)(?:[ \t]{0,3}\([^()\n]{1,30}\))?:(?=\s)"
)
_CHEVRONS: Final = re.compile(r"(?:>{2,4}|&gt;&gt;)[ \t]{0,9}")


class _Cue(NamedTuple):
    """One caption: its number, its times in seconds, and where its words stand."""

    number: str
    begin: float
    finish: float
    start: int
    end: int


def _seconds(hours: str | None, minutes: str, seconds: str, part: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{part}")


def _cues(raw: str) -> Iterator[_Cue]:
    """The cues of a file, which is read without a look at its blank lines where these are missing."""
    timings = list(_TIMING.finditer(raw))
    for index, timing in enumerate(timings):
        groups = timing.groups()
        before = raw[raw.rfind("\n", 0, max(0, timing.start() - 1)) + 1 : timing.start()].strip()
        start = min(timing.end() + 1, len(raw))
        end = timings[index + 1].start() if index + 1 < len(timings) else len(raw)
        blank = re.compile(r"\n[ \t\r]*\n").search(raw, timing.end(), end)
        if blank:
            end = blank.start()
        elif index + 1 < len(timings):
            # The number of the next cue stands on a line of its own.
            end = max(start, raw.rfind("\n", 0, max(0, end - 1)))
        yield _Cue(before, _seconds(*groups[:4]), _seconds(*groups[4:]), start, max(start, end))


class _Captions(FileReader):
    """Reads captions into turns."""

    def documents(self, raw: str, language: str, name: str) -> Iterable[Document | Issue]:
        """One document: a paragraph a turn, each caption a place with its times."""
        cues = list(_cues(raw))
        if not cues:
            raise FormatError("holds no captions: no line with times such as 00:01:02.500 --> 00:01:04.000", name)
        turns = _Turns(raw)
        for cue in cues:
            turns.add(cue)
        yield aligned_document(turns.builder.build(), name, language)
        last = cues[-1]
        if any(later.begin < earlier.begin for earlier, later in zip(cues, cues[1:], strict=False)):
            yield Issue(
                self.name, name, f"{name}: the captions are not in the order of their times; they are read as they stand", "info"
            )
        elif last.finish < last.begin:
            yield Issue(self.name, name, f"{name}: the last caption ends before it begins", "info")


class _Turns:
    """Puts the words of cues into a readable text, as turns where a voice is named."""

    def __init__(self, raw: str) -> None:
        self.builder = Builder(raw)
        self._raw = raw
        self._speaker = ""
        self._fresh = True
        self._begin: int | None = None

    def add(self, cue: _Cue) -> None:
        """Take over the words of a cue."""
        at = cue.start
        while at < cue.end:
            stop = self._raw.find("\n", at, cue.end)
            stop = cue.end if stop < 0 else stop
            self._line(at, stop, cue)
            at = stop + 1
        self._note(cue)

    def _note(self, cue: _Cue) -> None:
        """Note what was put in since the last note: one voice, one cue."""
        if self._begin is not None:
            self.builder.place(self._begin, "caption", cue.number, cue.begin, cue.finish)
            if self._speaker:
                self.builder.place(self._begin, "turn", self._speaker)
        self._begin = None

    def _line(self, start: int, end: int, cue: _Cue) -> None:
        raw = self._raw
        start, end = trimmed(raw, start, end)
        if start == end or _SOUND.fullmatch(raw, start, end):
            return
        chevrons = _CHEVRONS.match(raw, start, end)
        if chevrons:
            self._note(cue)
            start = chevrons.end()
            self._speaker, self._fresh = "", True
        voice = _TAG.match(raw, start, end)
        if voice and (voice[2] or "").lower() == "v" and voice[3]:
            self._turn(*trimmed(raw, voice.start(3), voice.end(3)), cue)
            start = voice.end()
        elif label := _LABEL.match(raw, start, end):
            self._turn(label.start("name"), label.end("name"), cue)
            start = label.end()
        elif self._fresh:
            self.builder.gap("\n\n")
        start, end = trimmed(raw, start, end)
        if start < end:
            self._words(start, end)

    def _turn(self, start: int, end: int, cue: _Cue) -> None:
        name = html.unescape(self._raw[start:end])
        if name != self._speaker or self._fresh:
            self._note(cue)
            self.builder.label(start, end, name)
        self._speaker, self._fresh = name, False

    def _words(self, start: int, end: int) -> None:
        """The words of a line without tags, entities as what they stand for."""
        builder = self.builder
        if not builder.ends_with(" ") and not builder.ends_with("\n"):
            # The line break of the caption is a blank of the turn.
            builder.put(" ", start - 1, start)
        if self._begin is None:
            self._begin = builder.length
        at = start
        for sign in _TAG_OR_ENTITY.finditer(self._raw, start, end):
            builder.take(at, sign.start())
            if sign.group().startswith("&"):
                builder.put(html.unescape(sign.group()), sign.start(), sign.end())
            at = sign.end()
        builder.take(at, end)
        self._fresh = False


class VttReader(_Captions):
    """Reads WebVTT."""

    name = "vtt"
    suffixes = (".vtt",)

    def recognises(self, head: str) -> bool:
        """Whether it begins with the word WEBVTT."""
        return re.match(r"\ufeff?WEBVTT(?:\s|$)", head) is not None


class SrtReader(_Captions):
    """Reads SubRip."""

    name = "srt"
    suffixes = (".srt",)

    def recognises(self, head: str) -> bool:
        """Whether it begins with a number and a line of times."""
        return re.match(rf"\d{{1,6}}[ \t]{{0,9}}\r?\n[ \t]{{0,9}}{_TIMING.pattern}", head.lstrip()) is not None
