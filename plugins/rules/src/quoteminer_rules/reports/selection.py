"""Selection: of the candidates that contradict each other the likelier remains; what is left becomes reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from quoteminer import QuoteKind

from ..reading.passages import Passage
from .candidates import Candidate, Range

Offsets = tuple[int, int]
_EDGE: Final = frozenset(",;:-–—―.!?")


class Scored(NamedTuple):
    """A candidate with its content up to where it ends, and how likely it is a report."""

    candidate: Candidate
    content: tuple[Range, ...]
    probability: float


class Report(NamedTuple):
    """Who is said to say what; offsets are code points of the document."""

    construction: str
    kind: QuoteKind
    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    lemma: str
    source: Offsets | None
    addressee: Offsets | None
    confidence: float


def chosen(scored: Iterable[Scored], threshold: float) -> list[Scored]:
    """The likeliest candidates that are likely enough and contradict none that is likelier."""
    taken: list[Scored] = []
    cues: set[Range] = set()
    for one in sorted(scored, key=lambda one: (-one.probability, one.candidate.cue, one.content)):
        if one.probability < threshold:
            break
        if not one.content or not cues.isdisjoint(one.candidate.cue) or _contradicts(one, taken):
            continue
        taken.append(one)
        cues.update(one.candidate.cue)
    return sorted(taken, key=lambda one: (one.content, one.candidate.cue))


def _contradicts(one: Scored, taken: Sequence[Scored]) -> bool:
    """Whether a candidate cannot stand beside those that are taken: its cue lies in words that it reports, or contents cross."""
    if any(_meets(one.content, cue) for cue in one.candidate.cue):
        return True
    size = _size(one.content)
    return any(_crosses(one, size, other) for other in taken)


def _crosses(one: Scored, size: int, other: Scored) -> bool:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one.content for c, d in other.content)
    if not shared:
        # The cue of what lies elsewhere is no part of another's words.
        return _holds_cue(other, one, any) and not _within(one, other)
    inside = shared == size and _holds_cue(other, one, all)
    around = shared == _size(other.content) and _holds_cue(one, other, all)
    return not (inside or around)


def _holds_cue(outer: Scored, inner: Scored, how: Callable[[Iterable[bool]], bool]) -> bool:
    return how(_meets(outer.content, cue) for cue in inner.candidate.cue)


def _size(parts: Iterable[Range]) -> int:
    return sum(last - first for first, last in parts)


def _within(one: Scored, other: Scored) -> bool:
    return all(_meets(other.content, part) for part in one.content)


def _meets(parts: Iterable[Range], part: Range) -> bool:
    return any(first < part[1] and part[0] < last for first, last in parts)


def report_of(passage: Passage, text: str, one: Scored) -> Report | None:
    """The report that a candidate becomes; ``None`` when no words are left of its content."""
    parts = [part for part in (_without_edges(passage, part) for part in one.content) if part[0] < part[1]]
    if not parts:
        return None
    inside = [i for first, last in parts for i in range(first, last)]
    marked = [passage.quotations[i] for i in inside if i in passage.quotations]
    words = any(passage.raw[i][0].isalnum() for i in inside)
    kind: QuoteKind = "indirect" if not marked else "mixed" if words else "direct"

    def offsets(part: Range) -> Offsets:
        return passage.starts[part[0]], passage.ends[part[1] - 1]

    candidate = one.candidate
    return Report(
        candidate.construction,
        kind,
        tuple(trimmed(text, span.start, span.end) for span in marked) if kind == "direct" else tuple(map(offsets, parts)),
        tuple(map(offsets, candidate.cue)),
        candidate.lemma,
        None if candidate.source is None else offsets(candidate.source),
        None if candidate.addressee is None else offsets(candidate.addressee),
        round(one.probability, 3),
    )


def _without_edges(passage: Passage, part: Range) -> Range:
    """A part of a content without punctuation at its edges."""
    first, last = part
    raw, quotations = passage.raw, passage.quotations
    while last > first and last - 1 not in quotations and raw[last - 1] in _EDGE:
        last -= 1
    while first < last and first not in quotations and not raw[first][0].isalnum():
        first += 1
    return first, last


def trimmed(text: str, start: int, end: int) -> Offsets:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
