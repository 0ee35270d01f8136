"""Selection: of the candidates that contradict each other the likelier remains; what is left becomes reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from quoteminer import Layout, QuoteKind, QuoteModality
from quoteminer.text.marks import MarkedSpan

from ..language.pack import Pack
from ..reading.chunks import LETTER
from ..reading.passages import Passage
from .candidates import Candidate, Range
from .constructions import REACH
from .cue_classes import class_of
from .modality import modality_of
from .ranges import Offsets, trimmed
from .tracing import CROSSES, HOLDS_CUE, NO_WORDS, SAME_CUE, UNLIKELY

_STRETCH: Final = 2 * REACH
"""Chunks: what belongs to candidates whose cues are farther from each other than this has nothing in common."""
_MORE: Final = 1e-6
_POSSESSIVES: Final = frozenset(["'s", "’s"])
DASH: Final = "dash"
"""The family of marked words that a dash opens."""
_DASH: Final = frozenset(["dash"])
"""The class of a dash before who said something: no cue for a reader."""
_EDGE: Final = frozenset(",;:-–—―.!?")


def opens_turn(span: MarkedSpan) -> bool:
    """Whether a dash opens what somebody says, and not only what goes on behind a clause that is put in."""
    return span.family == DASH and span.open < span.start


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
    layout: Layout = "running"
    modality: QuoteModality = "asserted"
    cue_class: str = ""
    """What the cue reports; nothing where there is none."""
    parent: int | None = None
    """The place, among all reports of the text, of the one around it."""


class Loser(NamedTuple):
    """A candidate that was not taken, why, and the one it lost to."""

    one: Scored
    reason: str
    other: Scored | None = None


class _Taken:
    """The candidates that are taken, by where they stand: only those near each other can contradict each other."""

    def __init__(self) -> None:
        self._near: dict[tuple[int, int], list[Scored]] = {}
        self._cues: dict[Range, Scored] = {}

    def add(self, one: Scored) -> None:
        sentence, number = _place(one)
        for near in (number - 1, number, number + 1):
            self._near.setdefault((sentence, near), []).append(one)
        self._cues.update(dict.fromkeys(one.candidate.cue, one))

    def objection(self, one: Scored) -> Loser | None:
        """Why a candidate cannot stand beside those that are taken; ``None`` where it can."""
        if not one.content:
            return Loser(one, NO_WORDS)
        for cue in one.candidate.cue:
            if cue in self._cues:
                return Loser(one, SAME_CUE, self._cues[cue])
        if any(_meets(one.content, cue) for cue in one.candidate.cue):
            return Loser(one, HOLDS_CUE)
        size = _size(one.content)
        for other in self._near.get(_place(one), ()):
            if _crosses(one, size, other):
                return Loser(one, CROSSES, other)
        return None


def _place(one: Scored) -> tuple[int, int]:
    """The sentence of a candidate, and in which stretch of that its cue stands."""
    return one.candidate.sentence.firsts[0], one.candidate.at // _STRETCH


def chosen(scored: Iterable[Scored], threshold: float, losers: list[Loser] | None = None) -> list[Scored]:
    """The likeliest candidates that are likely enough and contradict none that is likelier; ``losers`` collects the others."""
    taken: list[Scored] = []
    known = _Taken()
    for one in sorted(
        _completing(_of_finite_verbs(scored, threshold), threshold),
        key=lambda one: (-one.probability, one.candidate.cue, one.content),
    ):
        if one.probability < threshold:
            if losers is None:
                break
            losers.append(Loser(one, UNLIKELY))
            continue
        against = known.objection(one)
        if against is None:
            taken.append(one)
            known.add(one)
        elif losers is not None:
            losers.append(against)
    return sorted(taken, key=lambda one: (one.content, one.candidate.cue))


def _of_finite_verbs(scored: Iterable[Scored], threshold: float) -> list[Scored]:
    """The candidates without those that take a participle by itself whose finite verb makes a likely candidate of the same words.

    Who stands right before the participle may be its object ("Ich habe Frau Jezek gefragt, ob …"); who stands beside the finite verb is none.
    """
    known = list(scored)
    finite: dict[tuple[tuple[Range, ...], int], int] = {}
    for one in known:
        if one.content and one.probability >= threshold:
            key = one.candidate.cue, one.content[0][0]
            finite[key] = min(one.candidate.at, finite.get(key, one.candidate.at))
    return [
        one
        for one in known
        if not one.content or one.candidate.at <= finite.get((one.candidate.cue, one.content[0][0]), one.candidate.at)
    ]


def _completing(scored: Iterable[Scored], threshold: float) -> list[Scored]:
    """The candidates, those that complete what their cue reports as likely as the likeliest that they complete.

    Whether words in marks are reported, and whether others behind go on with them, are two questions: the second must not cost what answers it a
    place behind those who claim the others and are less likely.
    """
    known = list(scored)
    completing = [
        number
        for number, one in enumerate(known)
        if len(one.content) > 1 and one.probability >= threshold and _goes_on_in_marks(one)
    ]
    if not completing:
        return known
    best: dict[tuple[tuple[Range, ...], Range], float] = {}
    claims: dict[int, list[Scored]] = {}
    for one in known:
        if one.content:
            claims.setdefault(one.content[0][0], []).append(one)
        if len(one.content) == 1:
            key = one.candidate.cue, one.content[0]
            best[key] = max(one.probability, best.get(key, 0.0))
    result = list(known)
    for number in completing:
        one = known[number]
        # A little more than what it completes, so that it is tried first.
        likelier = best.get((one.candidate.cue, one.content[0]), 0.0) + _MORE
        nearer = _introducing(one, claims, threshold)
        if nearer is not None:
            # Who else introduces the later words says them, if that is likely at all.
            result[number] = one._replace(probability=max(0.0, min(one.probability, nearer.probability - _MORE)))
        elif likelier > one.probability and not _claimed(one, claims):
            result[number] = one._replace(probability=min(1.0, likelier))
    return result


def _introducing(one: Scored, claims: Mapping[int, Sequence[Scored]], threshold: float) -> Scored | None:
    """A likely candidate with a cue and source of its own, which stand before a further part of a content that it claims."""
    cue, source = one.candidate.cue, one.candidate.source
    for (_, behind), (first, _) in pairwise(one.content):
        for rival in claims.get(first, ()):
            other = rival.candidate
            if rival.probability < threshold or other.cue == cue or other.source is None or other.source == source:
                continue
            if behind <= other.cue[0][0] < first and behind <= other.source[0]:
                return rival
    return None


def _claimed(one: Scored, claims: Mapping[int, Sequence[Scored]]) -> bool:
    """Whether another cue claims a further part of a content, and is likelier to."""
    rivals = (rival for first, _ in one.content[1:] for rival in claims.get(first, ()))
    return any(rival.probability > one.probability and rival.candidate.cue != one.candidate.cue for rival in rivals)


def _goes_on_in_marks(one: Scored) -> bool:
    return all(first in one.candidate.sentence.passage.quotations for first, _ in one.content[1:])


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


def report_of(passage: Passage, text: str, one: Scored, pack: Pack) -> Report | None:
    """The report that a candidate becomes; ``None`` when no words are left of its content."""
    parts = [part for part in (_without_edges(passage, part) for part in one.content) if part[0] < part[1]]
    if not parts:
        return None
    parts = _without_opener(passage, parts, pack)
    if pack.features["repeated_opener"]:
        parts = [piece for part in parts for piece in _clauses(passage, part, pack)]
    kind, marked = _kind(passage, parts)
    if one.candidate.as_said and not marked:
        kind, parts = "direct", [(first, _with_mark(passage, last)) for first, last in parts]

    def offsets(part: Range) -> Offsets:
        return passage.starts[part[0]], passage.ends[part[1] - 1]

    candidate = one.candidate
    return Report(
        candidate.construction,
        kind,
        tuple(trimmed(text, span.start, span.end) for span in marked)
        if marked and kind == "direct"
        else tuple(map(offsets, parts)),
        () if candidate.classes == _DASH else tuple(map(offsets, candidate.cue)),
        candidate.lemma,
        _source(passage, candidate, pack),
        None if candidate.addressee is None else offsets(candidate.addressee),
        one.probability,
        layout=layout_of(marked),
        modality=modality_of(candidate, pack),
        cue_class=class_of(candidate),
    )


def answers(candidate: Candidate) -> bool:
    """Whether the content of a candidate is a question to which its cue gives the answer ("say whether it works"), and does not only put it ("ask why")."""
    return candidate.sentence.shape[candidate.parts[0][0]] in _OPEN and "ask" not in candidate.classes


_OPEN: Final = frozenset([LETTER["question"], LETTER["condition"]])


def _kind(passage: Passage, parts: Sequence[Range]) -> tuple[QuoteKind, list[MarkedSpan]]:
    """Whether a content stands in marks, as a whole or in part, and its words in marks."""
    inside = [i for first, last in parts for i in range(first, last)]
    marked = [passage.quotations[i] for i in inside if i in passage.quotations]
    if not marked:
        return "indirect", marked
    return "mixed" if any(passage.raw[i][0].isalnum() for i in inside) else "direct", marked


def _clauses(passage: Passage, part: Range, pack: Pack) -> Iterator[Range]:
    """The clauses of a content that are joined and open alike ("que llueve y que hace frío"), without what joins them."""
    first, last = part
    raw = passage.raw
    # The first clause may have nothing that opens it: "it works, and that it pays".
    openers = _COMPLEMENTISERS if _OPENERS.isdisjoint(pack.classes(raw[first].lower())) else _OPENERS
    opening = [
        not openers.isdisjoint(pack.classes(raw[i].lower())) and _opens(raw[i + 1 : last], pack) for i in range(first, last)
    ]
    joins = [i for i in range(first + 1, last - 1) if opening[i + 1 - first] and "coordinator" in pack.classes(raw[i].lower())]
    if joins:
        # Those before them are parted by commas.
        joins += [i for i in range(first + 1, joins[-1]) if raw[i] == "," and opening[i + 1 - first]]
    at = first
    for join in sorted(joins):
        if at < join:
            yield _without_edges(passage, (at, join))
        at = join + 1
    yield _without_edges(passage, (at, last))


def _opens(words: Sequence[str], pack: Pack) -> bool:
    """Whether what stands behind a word can be a clause that it opens: a verb shows that the word is its subject ("and that is good")."""
    if pack.features["dropped_subjects"]:
        return True
    word = words[0].lower() if words else ""
    return word not in pack.verbs and _VERBAL.isdisjoint(pack.classes(word))


_VERBAL: Final = frozenset(["be", "have", "future", "hypothetical"])
_OPENERS: Final = frozenset(["complementiser", "question", "condition"])
"""Classes of words that open a clause of content."""
_COMPLEMENTISERS: Final = frozenset(["complementiser"])


def layout_of(marked: Sequence[MarkedSpan]) -> Layout:
    """How words in marks are set."""
    return "dash" if marked and marked[0].family == DASH else "running"


def _without_opener(passage: Passage, parts: list[Range], pack: Pack) -> list[Range]:
    """The parts without the word that opens a clause of content where nothing but words in marks follow it (said that “it works”)."""
    first, last = parts[0]
    opened = first + 1 in passage.quotations and last == first + 2 and len(parts) == 1
    return [(first + 1, last)] if opened and "complementiser" in pack.classes(passage.raw[first].lower()) else parts


def offsets_of(passage: Passage, parts: Iterable[Range]) -> tuple[Offsets, ...]:
    """Ranges of tokens as offsets of the document."""
    return tuple((passage.starts[first], passage.ends[last - 1]) for first, last in parts if last > first)


def _source(passage: Passage, candidate: Candidate, pack: Pack) -> Offsets | None:
    """Who speaks; no word that means nobody ("on dit que", "es hieß")."""
    if candidate.source is None:
        return None
    classes = pack.classes(passage.raw[candidate.source[1] - 1].lower())
    if "impersonal" in classes or ("expletive" in classes and "read" in candidate.classes):
        return None
    return _without_possessive(passage, candidate.source)


def _without_possessive(passage: Passage, part: Range) -> Offsets:
    """Somebody who owns the cue ("Ada's claim"), without the ending that says so."""
    start, end = passage.starts[part[0]], passage.ends[part[1] - 1]
    return (start, end - 2) if passage.raw[part[1] - 1][-2:] in _POSSESSIVES and end - start > 2 else (start, end)


def _with_mark(passage: Passage, last: int) -> int:
    """The end of words told as they were said, with the mark that closes their sentence."""
    return last + 1 if last < len(passage.raw) and passage.raw[last] in _CLOSING_MARKS else last


_CLOSING_MARKS: Final = frozenset([".", "!", "?", "…"])


def _without_edges(passage: Passage, part: Range) -> Range:
    """A part of a content without punctuation at its edges."""
    first, last = part
    raw, quotations = passage.raw, passage.quotations
    while last > first and last - 1 not in quotations and raw[last - 1] in _EDGE:
        last -= 1
    while first < last and first not in quotations and not raw[first][0].isalnum():
        first += 1
    return first, last
