"""Candidates: every construction that fits round a cue, with what it binds as tokens of its passage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ..language.pack import Pack, Reading
from ..reading.chunks import LETTER, Chunker
from ..reading.passages import Passage
from .constructions import Construction, Match, Part

_VERB: Final = LETTER["verb"]
_BRACKET: Final = LETTER["bracket"]
_CUES: Final = frozenset([_VERB, LETTER["opener"], LETTER["so"]])

Range = tuple[int, int]
"""Tokens of a passage, the end exclusive."""


class Candidate(NamedTuple):
    """A possible report; ranges are tokens of its passage."""

    construction: str
    lemma: str
    classes: frozenset[str]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    source: Range | None
    addressee: Range | None
    confidence: float


def candidates(passage: Passage, pack: Pack, chunker: Chunker, known: tuple[Construction, ...]) -> Iterator[Candidate]:
    """All candidates of a passage in order of their cues."""
    letters = passage.letters
    for first, stop in passage.sentences:
        if chunker.signals.isdisjoint(letters[first:stop]):
            continue
        shape, firsts = chunker.part(letters, first, stop)
        turned = ""
        for at, kind in enumerate(shape):
            if kind not in _CUES:
                continue
            cue = _cue(passage, pack, shape, firsts, at)
            if cue is None:
                continue
            reading, ranges = cue
            turned = turned or shape[::-1]
            for construction in known:
                if construction.cues.isdisjoint(reading.classes):
                    continue
                match = construction.match(shape, turned, at)
                if match is not None:
                    yield _candidate(match, reading, ranges, firsts)


def _cue(passage: Passage, pack: Pack, shape: str, firsts: list[int], at: int) -> tuple[Reading, tuple[Range, ...]] | None:
    """The verb or other word of a chunk that reports, and where it stands."""
    last = firsts[at + 1]
    raw = passage.raw
    if shape[at] != _VERB:
        word = raw[firsts[at]].lower()
        return Reading(word, frozenset([_KIND[shape[at]]]), frozenset(), ""), ((firsts[at], last),)
    for i in range(last - 1, firsts[at] - 1, -1):
        for reading in pack.verbs.get(raw[i].lower(), ()):
            if not reading.classes:
                continue
            if not reading.particle:
                return reading, ((i, i + 1),)
            second = _particle(passage, shape, firsts, at, reading.particle)
            if second is not None:
                joined = (i, second + 1) if second == i + 1 else None
                return reading, ((joined,) if joined else ((i, i + 1), (second, second + 1)))
    if pack.features["verb_bracket"]:
        # The finite verb is an auxiliary; what the clause is about stands at its end.
        end = _bracket(shape, at)
        if end is not None:
            for i in range(firsts[end], firsts[end + 1]):
                for reading in pack.verbs.get(raw[i].lower(), ()):
                    if reading.classes and not reading.particle:
                        return reading, ((i, i + 1),)
    return None


def _bracket(shape: str, at: int) -> int | None:
    """The right bracket of the clause whose finite verb is ``at``."""
    for i in range(at + 1, min(len(shape), at + 12)):
        if shape[i] == _BRACKET:
            return i
        if shape[i] in _ENDS:
            return None
    return None


def _particle(passage: Passage, shape: str, firsts: list[int], at: int, particle: str) -> int | None:
    for i in range(firsts[at + 1], min(firsts[-1], firsts[at + 1] + 20)):
        word = passage.raw[i].lower()
        if word == particle:
            return i
        if word in _STOPS:
            return None
    return None


_KIND: Final = {LETTER["opener"]: "phrase", LETTER["so"]: "so"}
_ENDS: Final = frozenset(LETTER[kind] for kind in ("comma", "semicolon", "colon", "stop", "dash", "quotation", "verb"))
_STOPS: Final = frozenset(",;:.!?")


def _candidate(match: Match, reading: Reading, cue: tuple[Range, ...], firsts: list[int]) -> Candidate:
    def tokens(part: Part) -> Range:
        return firsts[part[0]], firsts[part[1]]

    return Candidate(
        match.construction,
        reading.lemma,
        reading.classes,
        cue,
        tuple(map(tokens, match.content)),
        None if match.source is None else tokens(match.source),
        None if match.addressee is None else tokens(match.addressee),
        match.confidence,
    )
