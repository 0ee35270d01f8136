"""Candidates: every construction that fits round a cue, with what it binds as tokens of its passage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ..language.pack import Pack, Reading
from ..reading.chunks import LETTER, Chunker
from ..reading.passages import Passage
from ..reading.sentences import VERBAL, Sentence
from .constructions import Construction, Match, Part

_BRACKET: Final = LETTER["bracket"]
_NOUN_PHRASE: Final = LETTER["noun_phrase"]
_COLON: Final = LETTER["colon"]
_NOUN: Final = frozenset(["noun"])
_PASSIVE: Final = LETTER["passive"]
_CUES: Final = VERBAL | {LETTER["opener"], LETTER["so"], LETTER["colon"], LETTER["noun_phrase"]}

Range = tuple[int, int]
"""Tokens of a passage, the end exclusive."""


class Candidate(NamedTuple):
    """A possible report; ranges are tokens of its passage."""

    construction: str
    confidence: float
    lemma: str
    classes: frozenset[str]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    source: Range | None
    addressee: Range | None
    sentence: Sentence
    at: int
    """The chunk of the cue."""
    parts: tuple[Part, ...]
    """The chunks of the content."""
    by: Part | None
    """The chunks of the source."""


class _Cue(NamedTuple):
    reading: Reading
    tokens: tuple[Range, ...]


def candidates(passage: Passage, pack: Pack, chunker: Chunker, known: tuple[Construction, ...]) -> Iterator[Candidate]:
    """All candidates of a passage in order of their cues."""
    letters = passage.letters
    for first, stop in passage.sentences:
        if chunker.signals.isdisjoint(letters[first:stop]) and ":" not in passage.raw[first:stop]:
            continue
        sentence = Sentence(passage, *chunker.part(letters, first, stop))
        yield from _of_sentence(sentence, pack, known)


def _of_sentence(sentence: Sentence, pack: Pack, known: tuple[Construction, ...]) -> Iterator[Candidate]:
    shape = sentence.shape
    for at, kind in enumerate(shape):
        if kind not in _CUES:
            continue
        for cue in _cues(sentence, pack, at):
            for construction in known:
                if construction.cues.isdisjoint(cue.reading.classes):
                    continue
                match = construction.match(shape, sentence.turned, at)
                if match is not None and match.content:
                    yield _candidate(sentence, match, cue, at)


def _cues(sentence: Sentence, pack: Pack, at: int) -> Iterator[_Cue]:
    """The verbs or other words of a chunk that report, and where they stand."""
    passage, shape, firsts = sentence.passage, sentence.shape, sentence.firsts
    raw = passage.raw
    if shape[at] == _NOUN_PHRASE:
        last = firsts[at + 1] - 1
        word = raw[last].lower()
        if "cue_noun" in pack.classes(word):
            yield _Cue(Reading(word, _NOUN, frozenset(), ""), ((last, last + 1),))
        return
    if shape[at] not in VERBAL:
        word = " ".join(raw[firsts[at] : firsts[at + 1]]).lower()
        yield _Cue(Reading(word, frozenset([_KIND[shape[at]]]), frozenset(), ""), ((firsts[at], firsts[at + 1]),))
        return
    parts = [(firsts[at], firsts[at + 1])]
    if pack.features["verb_bracket"]:
        # The finite verb may be an auxiliary; what the clause is about stands at its end.
        end = _bracket(shape, at)
        if end is not None:
            parts.append((firsts[end], firsts[end + 1]))
    for first, last in reversed(parts):
        for i in range(last - 1, first - 1, -1):
            for reading in pack.verbs.get(raw[i].lower(), ()):
                if not reading.classes:
                    continue
                if not reading.particle:
                    yield _Cue(reading, ((i, i + 1),))
                    continue
                second = _particle(sentence, i + 1, reading.particle)
                if second is not None:
                    yield _Cue(reading, ((i, second + 1),) if second == i + 1 else ((i, i + 1), (second, second + 1)))


def _bracket(shape: str, at: int) -> int | None:
    """The right bracket of the clause whose finite verb is ``at``."""
    for i in range(at + 1, min(len(shape), at + _BRACKET_REACH)):
        if shape[i] == _BRACKET:
            return i
        if shape[i] in _ENDS:
            return None
    return None


def _particle(sentence: Sentence, first: int, particle: str) -> int | None:
    raw = sentence.passage.raw
    for i in range(first, min(sentence.firsts[-1], first + _PARTICLE_REACH)):
        word = raw[i].lower()
        if word == particle:
            return i
        if word in _STOPS:
            return None
    return None


_BRACKET_REACH: Final = 12
_PARTICLE_REACH: Final = 20
_KIND: Final = {LETTER["opener"]: "phrase", LETTER["so"]: "so", LETTER["colon"]: "colon"}
_ENDS: Final = frozenset(LETTER[kind] for kind in ("comma", "semicolon", "colon", "stop", "dash", "quotation", "verb", "passive"))
_STOPS: Final = frozenset(",;:.!?")


def _of_noun(sentence: Sentence, match: Match, cue: _Cue, at: int) -> Candidate:
    """A candidate whose cue is a noun: its owner says it, or whose verb the noun is the object of ("made a promise")."""
    raw = sentence.passage.raw
    first, last = sentence.firsts[at], cue.tokens[0][0]
    source: Range | None = None
    for i in range(last - 1, first - 1, -1):
        if raw[i][-2:] in ("'s", "’s"):
            source = (first, i + 1)
            break
    by: Part | None = None
    if source is None and at and sentence.shape[at - 1] in VERBAL:
        by = sentence.subject(at - 1)
        source = None if by is None else sentence.tokens(by)
    return Candidate(
        match.construction, match.confidence, cue.reading.lemma, cue.reading.classes, cue.tokens, _content(sentence, match), source, None, sentence, at,
        match.content, by,
    )  # fmt: skip


def _content(sentence: Sentence, match: Match) -> tuple[Range, ...]:
    parts = [sentence.tokens(part) for part in match.content]
    if match.topic:
        parts[0] = (parts[0][0] + 1, parts[0][1])
    return tuple(parts)


def _candidate(sentence: Sentence, match: Match, cue: _Cue, at: int) -> Candidate:
    source: Range | None = match.source
    addressee: Range | None = match.addressee
    if source is None:
        if sentence.shape[at] == _NOUN_PHRASE:
            return _of_noun(sentence, match, cue, at)
        source = sentence.subject(sentence.verb_before(at) if sentence.shape[at] == _COLON else at)
        if sentence.shape[at] == _PASSIVE:
            # Who is told is no source; who tells may stand behind.
            addressee = source
            source = None
    return Candidate(
        match.construction,
        match.confidence,
        cue.reading.lemma,
        cue.reading.classes,
        cue.tokens,
        _content(sentence, match),
        None if source is None else sentence.tokens(source),
        None if addressee is None else sentence.tokens(addressee),
        sentence,
        at,
        match.content,
        source,
    )
