"""What the differences between a quotation and its source are: which words, of what kind, and how much that matters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs

from ..document import Document
from ..spans import Span
from ..vocabulary import ChangeKind
from .alignment import ADDED, CHANGED, DROPPED, MATCH, Step
from .findings import Change
from .folding import WILD, Words, is_label
from .lexicon import Lexicon
from .search import slip

WEIGHTS: Final[dict[ChangeKind, float]] = {
    "negation": 1.0,
    "number": 1.0,
    "condition": 0.9,
    "unit": 0.9,
    "name": 0.9,
    "modal": 0.8,
    "quantifier": 0.8,
    "tense": 0.5,
    "added": 0.5,
    "dropped": 0.5,
    "replaced": 0.5,
    "order": 0.4,
}
DENYING: Final[tuple[ChangeKind, ...]] = ("negation", "condition")
"""The kinds that take back or limit what stands beside them."""
VERBS: Final[tuple[ChangeKind, ...]] = ("modal", "tense")
"""The kinds of verbs that a clause has."""

_HEAVY: Final[tuple[ChangeKind, ...]] = ("negation", "number", "unit", "name", "condition", "modal", "quantifier", "tense")
#: The kinds that bear on their own clause only.
_OWN: Final[tuple[ChangeKind, ...]] = ("name", "modal", "tense", "number", "unit")
#: The kinds that another place gives another meaning.
_STAYING: Final[tuple[ChangeKind, ...]] = ("negation", "number", "condition")
#: Words move by so many rows of differences.
_NEIGHBOURS: Final = range(1, 4)
#: So many words between two marks are a phrase of its own.
_PHRASE: Final = 3
_CLAUSE_ENDS: Final = ".!?…\n,;:–—("
#: Of what bears on the meaning of clauses that an ellipsis leaves out as a whole.
_APART: Final = 0.3
#: Of words that any text has.
_LIGHT: Final = 0.2
_SPELLING: Final = 0.05
_SLIP: Final = 0.3
#: The marks behind and before the words that interrupt a quotation of the source, which are some: who says it, and the verb.
_CLOSED: Final = re.compile("[.,;:!?…—–-]{0,20}\\s?[”“\"»«’']")
_OPENED: Final = re.compile("[“”„\"«»‘'`]\\s?[\\[(]?$")
_INTERJECTION: Final = range(2, 31)
#: Words at an end of a quotation that may stand in another turn by chance.
_EDGE: Final = 2


@attrs.frozen(eq=False)
class Texts:
    """A quotation and a source, as texts and as words."""

    article: Document
    quoted: Words
    source: Document
    words: Words
    lexicon: Lexicon
    theirs: Lexicon

    def quoted_span(self, places: Sequence[int]) -> Span | None:
        """Where words of the quotation stand in the article."""
        return self.quoted.span(places[0], places[-1] + 1) if places else None

    def source_span(self, places: Sequence[int]) -> Span | None:
        """Where words of the source stand."""
        return self.words.span(places[0], places[-1] + 1) if places else None


def changes(steps: Sequence[Step], texts: Texts) -> Iterator[Change]:
    """The changes of an alignment, in order."""
    hunks = [
        (ours, theirs if ours else _slid(theirs, texts))
        for ours, theirs in _hunks(_bracketed(_of_one_turn(steps, texts), texts))
        if ours or not interjected(theirs[0], theirs[-1] + 1, texts)
    ]
    moved = _moved(hunks, texts)
    elsewhere = _elsewhere([hunk for number, hunk in enumerate(hunks) if number not in moved], texts)
    for number, (ours, theirs) in enumerate(hunks):
        if number in moved:
            other = moved[number]
            if other > number:
                yield _moving(ours or hunks[other][0], theirs or hunks[other][1], texts)
            continue
        places = set(elsewhere.values())
        here = [place for place in ours if place in elsewhere]
        if here:
            yield _moving(here, sorted(elsewhere[place] for place in here), texts)
        ours_left = [place for place in ours if place not in elsewhere]
        left = [place for place in theirs if place not in places]
        if len(ours_left) < len(ours) or len(left) < len(theirs):
            # What stands beside words that have moved goes with them.
            if not _light(ours_left, left, texts):
                yield from _of_hunk(ours_left, left, texts)
        else:
            yield from _of_hunk(ours, theirs, texts)


def left_out(first: int, last: int, texts: Texts, *, marked: bool) -> Iterator[Change]:
    """What changes by the words from ``first`` to before ``last`` of the source being left out between two parts.

    Args:
        marked: whether an ellipsis stands for them; then only what bears on the meaning counts. An interruption ("…,” she said, “…") stands for
            whole clauses as well, but for no words in the middle of one.
    """
    places = list(range(first, last))
    apart = _is_apart(first, last, texts)
    if not marked and not (apart and _is_clause(first, last, texts)):
        yield from _of_hunk([], places, texts)
        return
    said = set(texts.quoted.keys)
    # A number or name that the quotation has as well is nothing new.
    new = [
        place
        for place in places
        if texts.words.keys[place] not in said or texts.theirs.kind(texts.words.keys[place]) not in (None, "number")
    ]
    for change in _heavy([], new, texts, marked=True):
        if apart and change.kind in _OWN:
            yield attrs.evolve(change, weight=min(change.weight, _APART))
        elif change.kind != "tense":
            # The tense of what is left out is that of another verb.
            yield change


def _is_apart(first: int, last: int, texts: Texts) -> bool:
    """Whether words of the source are clauses of their own, whose names, modals and tenses are about something else than what stands around them."""
    if not 0 < first < last < len(texts.words):
        return False
    keys, joining = texts.words.keys, texts.theirs.coordinators
    return (ends_between(first - 1, texts, _CLAUSE_ENDS) or keys[first - 1] in joining) and (
        ends_between(last - 1, texts, _CLAUSE_ENDS) or keys[last - 1] in joining or keys[last] in joining
    )


def _is_clause(first: int, last: int, texts: Texts) -> bool:
    """Whether the words from ``first`` to before ``last`` of the source have a subject or verb of their own, or are of another sentence."""
    return any(
        texts.words.keys[place] in texts.theirs.subjects or texts.theirs.kind(texts.words.keys[place]) in VERBS
        for place in range(first, last)
    ) or any(ends_between(place, texts) for place in range(first - 1, last))


def _is_phrase(first: int, last: int, texts: Texts) -> bool:
    """Whether the words from ``first`` to before ``last`` of the source, which stand between marks, are an aside that neither denies nor limits."""
    return last - first >= _PHRASE and not any(
        texts.theirs.kind(texts.words.keys[place]) in DENYING for place in range(first, last)
    )


def ended(steps: Sequence[Step], texts: Texts) -> list[Step]:
    """The steps, where words at either end that stand in no source are held against those that stand there instead."""
    steps = list(steps)
    for end in (0, -1):
        size = 0
        order = steps if end == 0 else steps[::-1]
        while size < len(order) and order[size].kind == ADDED:
            size += 1
        if not size or size == len(order):
            continue
        edge = order[size].source
        there = _to_end(edge, size, texts, -1 if end == 0 else 1)
        if not there:
            continue
        new = [Step(DROPPED, order[0].quoted, place) for place in there]
        steps = [*new, *steps] if end == 0 else [*steps, *new]
    return steps


def _to_end(place: int, size: int, texts: Texts, direction: int) -> list[int]:
    """The words from a place to the beginning or end of its sentence, where these are hardly more than ``size``; else as many as that."""
    found: list[int] = []
    while len(found) < size + 3:
        other = place + direction
        if not 0 <= other < len(texts.words) or ends_between(min(place, other), texts):
            break
        found.append(other)
        place = other
    else:
        found = found[:size]
    return sorted(found)


def ends_between(place: int, texts: Texts, signs: str = ".!?…\n") -> bool:
    """Whether one of the signs stands between a word of the source and the next one."""
    between = texts.source.text[texts.words.ends[place] : texts.words.starts[place + 1]]
    if "\n" in between and "\n" in signs and "\n\n" not in between and not between.strip():
        # Lines that are broken at a width.
        return False
    return any(sign in between for sign in signs)


def interjected(first: int, last: int, texts: Texts) -> bool:
    """Whether the words from ``first`` to before ``last`` of the source stand between two parts of an interrupted quotation there: ",” said Ada, “"."""
    if not 0 < first < last < len(texts.words) or last - first not in _INTERJECTION:
        return False
    if any(texts.theirs.kind(texts.words.keys[place]) in DENYING for place in range(first, last)):
        return False
    text, words = texts.source.text, texts.words
    before = text[words.ends[first - 1] : words.starts[first]]
    behind = text[words.ends[last - 1] : words.starts[last]]
    return _CLOSED.match(before) is not None and _OPENED.search(behind) is not None


def _of_one_turn(steps: Sequence[Step], texts: Texts) -> list[Step]:
    """The steps, where a word or two at either end that stand in somebody else's turn are the quotation's own: "¿no?" before a label."""
    found = list(steps)
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        for number, (at, beyond) in enumerate(pairwise(order), 1):
            if number > _EDGE or found[at].kind != MATCH or found[beyond].kind != MATCH:
                break
            first, second = sorted((found[at].source, found[beyond].source))
            if second == first + 1 and is_label(texts.source.text[texts.words.ends[first] : texts.words.starts[second]]):
                for own in order[:number]:
                    found[own] = Step(ADDED, found[own].quoted, found[own].source)
                break
    return found


def _bracketed(steps: Sequence[Step], texts: Texts) -> list[Step]:
    """The steps, where words in square brackets beside words left out stand for these as well: "[they] won" for "because they won"."""
    found = list(steps)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for at in order:
            before = found[at - order.step]
            beside = before.kind == DROPPED or (before.kind == CHANGED and bool(texts.quoted.flags[before.quoted] & WILD))
            step = found[at]
            if step.kind == MATCH and beside and texts.quoted.flags[step.quoted] & WILD:
                found[at] = Step(CHANGED, step.quoted, step.source)
    return found


def _hunks(steps: Sequence[Step]) -> Iterator[tuple[list[int], list[int]]]:
    """Rows of differences as places in both texts."""
    ours: list[int] = []
    theirs: list[int] = []
    for step in steps:
        if step.kind == MATCH:
            if ours or theirs:
                yield ours, theirs
            ours, theirs = [], []
            continue
        if step.kind in (CHANGED, ADDED):
            ours.append(step.quoted)
        if step.kind in (CHANGED, DROPPED):
            theirs.append(step.source)
    if ours or theirs:
        yield ours, theirs


def _moved(hunks: Sequence[tuple[list[int], list[int]]], texts: Texts) -> dict[int, int]:
    """Pairs of differences of which one leaves out what the other adds."""
    added: dict[tuple[str, ...], int] = {}
    dropped: dict[tuple[str, ...], int] = {}
    pairs: dict[int, int] = {}
    for number, (ours, theirs) in enumerate(hunks):
        if ours and theirs:
            continue
        keys = tuple(texts.quoted.keys[place] for place in ours) or tuple(texts.words.keys[place] for place in theirs)
        mine, other = (added, dropped) if ours else (dropped, added)
        if keys in other:
            there = other.pop(keys)
            pairs[number], pairs[there] = there, number
        else:
            mine[keys] = number
    return pairs


def _slid(places: list[int], texts: Texts) -> list[int]:
    """The same words left out of the source one or more places earlier or later, where that makes them a clause of its own.

    Of "we sail, if they pay, we sail" either "we sail" may be the one that a quotation has.
    """
    keys = texts.words.keys
    first, last = places[0], places[-1] + 1
    if last - first != len(places) or _is_apart(first, last, texts):
        return places
    for direction in (-1, 1):
        low, high = first, last
        for _ in range(len(places)):
            if direction < 0:
                if not low or keys[low - 1] != keys[high - 1]:
                    break
            elif high == len(keys) or keys[low] != keys[high]:
                break
            low, high = low + direction, high + direction
            if _is_apart(low, high, texts):
                return list(range(low, high))
    return places


def _own_clause(ours: Sequence[int], theirs: Sequence[int], texts: Texts) -> bool:
    """Whether the words of the source are clauses of their own, for which the quotation has nothing, or a word that joins what is left."""
    return (
        bool(theirs)
        and all(texts.quoted.keys[place] in texts.lexicon.coordinators for place in ours)
        and _is_apart(theirs[0], theirs[-1] + 1, texts)
        and (_is_clause(theirs[0], theirs[-1] + 1, texts) or _is_phrase(theirs[0], theirs[-1] + 1, texts))
    )


def _elsewhere(hunks: Sequence[tuple[list[int], list[int]]], texts: Texts) -> dict[int, int]:
    """The words of the quotation that stand in the source a little before or behind, in another row of differences; each with its place there."""
    missing: dict[str, list[tuple[int, int]]] = {}
    for number, (_, theirs) in enumerate(hunks):
        for place in theirs:
            missing.setdefault(texts.words.keys[place], []).append((number, place))
    found: dict[int, int] = {}
    for number, (ours, _) in enumerate(hunks):
        for place in ours:
            key = texts.quoted.keys[place]
            kind = texts.lexicon.kind(key)
            if kind in _STAYING or (kind is None and key in texts.lexicon.function):
                continue
            there = missing.get(key, [])
            for one in there:
                if abs(one[0] - number) in _NEIGHBOURS:
                    found[place] = one[1]
                    there.remove(one)
                    break
    return found


def _of_hunk(ours: list[int], theirs: list[int], texts: Texts) -> Iterator[Change]:
    """The changes in one row of differences: that all of it is the same in other words, or what bears on the meaning and then the rest."""
    same = _same_words(ours, theirs, texts)
    if same is not None:
        yield from same
        return
    if _own_clause(ours, theirs, texts):
        # What it denies or counts is of itself; but it may be a condition of the rest.
        yield from (change for change in _heavy([], theirs, texts, marked=False) if change.kind == "condition")
        yield change_of("dropped", [], theirs, texts)
        if ours:
            yield change_of("added", ours, [], texts, weight=_LIGHT)
        return
    quoted, words = texts.quoted, texts.words
    marked = bool(ours) and all(quoted.flags[place] & WILD for place in ours)
    found = list(_heavy(ours, theirs, texts, marked=marked))
    yield from found
    if marked and not found:
        return
    named = {span for change in found for span in (change.span, change.source_span)}
    rest = [place for place in ours if not quoted.flags[place] & WILD and not _covered(quoted.span(place, place + 1), named)]
    left = [place for place in theirs if not _covered(words.span(place, place + 1), named)]
    if len(rest) == len(left) == 1:
        yield _single(rest, left, texts)
    elif rest or (left and not marked):
        yield from _rest(rest, left, texts, alone=not found, marked=marked)


def _same_words(ours: list[int], theirs: list[int], texts: Texts) -> list[Change] | None:
    """What changes where both sides have the same words or letters; ``None`` where they do not."""
    keys = [texts.quoted.keys[place] for place in ours]
    others = [texts.words.keys[place] for place in theirs]
    if not keys or not others:
        return None
    if "".join(keys) == "".join(others):
        return [] if _parted_by_line(ours, theirs, texts) else [change_of("replaced", ours, theirs, texts, weight=_SPELLING)]
    if sorted(keys) == sorted(others):
        return [_moving(ours, theirs, texts)]
    if _full(keys, others, texts.lexicon):
        return [change_of("replaced", ours, theirs, texts, weight=_SPELLING)]
    return None


def _light(ours: Sequence[int], theirs: Sequence[int], texts: Texts) -> bool:
    """Whether all of these are words that any text has and that do not bear on the meaning."""
    return all(
        texts.quoted.keys[place] in texts.lexicon.function and texts.lexicon.kind(texts.quoted.keys[place]) not in _STAYING
        for place in ours
    ) and all(
        texts.words.keys[place] in texts.theirs.function and texts.theirs.kind(texts.words.keys[place]) not in _STAYING
        for place in theirs
    )


def _rest(ours: list[int], theirs: list[int], texts: Texts, *, alone: bool, marked: bool) -> Iterator[Change]:
    """Words that do not bear on the meaning; small ones count only where nothing else has changed."""
    light = all(texts.quoted.keys[place] in texts.lexicon.function for place in ours) and all(
        texts.words.keys[place] in texts.theirs.function for place in theirs
    )
    if alone or not light:
        kind: ChangeKind = "replaced" if ours and theirs else "added" if ours else "dropped"
        yield change_of(kind, ours, theirs, texts, weight=_LIGHT if light else WEIGHTS[kind], marked=marked)


def _moving(ours: list[int], theirs: list[int], texts: Texts) -> Change:
    """Words that stand elsewhere; it matters as much as the weightiest of them."""
    kinds = (texts.lexicon.kind(texts.quoted.keys[place]) for place in ours)
    weight = max((WEIGHTS[kind] for kind in kinds if kind is not None), default=0.0)
    return change_of("order", ours, theirs, texts, weight=max(WEIGHTS["order"], weight))


def _single(ours: list[int], theirs: list[int], texts: Texts) -> Change:
    """One word for another."""
    one, two = texts.quoted.keys[ours[0]], texts.words.keys[theirs[0]]
    lexicon = texts.lexicon
    if lexicon.same_spelling(one, two):
        return change_of("replaced", ours, theirs, texts, weight=_SPELLING)
    if lexicon.tense(one, two) or lexicon.tense(two, one):
        return change_of("tense", ours, theirs, texts)
    if slip(one, two):
        return change_of("replaced", ours, theirs, texts, weight=_SLIP)
    light = one in lexicon.function and two in texts.theirs.function
    return change_of("replaced", ours, theirs, texts, weight=_LIGHT if light else WEIGHTS["replaced"])


def _covered(span: Span, named: set[Span | None]) -> bool:
    return any(one is not None and one.contains(span) for one in named)


def _heavy(ours: Sequence[int], theirs: Sequence[int], texts: Texts, *, marked: bool) -> Iterator[Change]:
    """The words that bear on the meaning and stand on one side only, by kind."""
    here = _by_kind(ours, texts.quoted, texts.article, texts.lexicon)
    there = _by_kind(theirs, texts.words, texts.source, texts.theirs)
    for kind in _HEAVY:
        mine, other = here.get(kind, []), there.get(kind, [])
        if not mine and not other:
            continue
        spoken = Counter(_full_key(texts.quoted.keys[place], texts.lexicon) for place in mine)
        written = Counter(_full_key(texts.words.keys[place], texts.theirs) for place in other)
        if spoken == written or (kind == "tense" and not (mine and other)):
            # A verb that is there or not is no other tense of one.
            continue
        if kind == "negation" and spoken.total() == written.total():
            # "Never" for "not" denies the same.
            continue
        if marked and not other and kind not in DENYING:
            # What brackets add is the word of who quotes.
            continue
        if len(ours) == len(theirs) == 1:
            yield change_of(kind, ours, theirs, texts, marked=marked)
            continue
        more, less = spoken - written, written - spoken
        mine = [place for place in mine if _full_key(texts.quoted.keys[place], texts.lexicon) in more]
        other = [place for place in other if _full_key(texts.words.keys[place], texts.theirs) in less]
        yield change_of(kind, mine, other, texts, marked=marked)


def _by_kind(places: Sequence[int], words: Words, document: Document, lexicon: Lexicon) -> dict[ChangeKind, list[int]]:
    found: dict[ChangeKind, list[int]] = {}
    for place in places:
        key = words.keys[place]
        kind = lexicon.kind(key)
        if kind is None and is_name(words, place, document, lexicon):
            kind = "name"
        if kind is not None:
            found.setdefault(kind, []).append(place)
    return found


def is_name(words: Words, place: int, document: Document, lexicon: Lexicon) -> bool:
    """Whether a word has a capital letter that no beginning of a sentence explains."""
    start = words.starts[place]
    text = document.text
    if not lexicon.is_name(words.keys[place], text[start : start + 1]):
        return False
    if lexicon.noun_capitals:
        return False
    before = text[max(0, start - 4) : start].rstrip(" \t")
    return bool(before) and before[-1] not in '.!?…:\n"“”„«»‘([-–—•*' and not text[start : words.ends[place]].isupper()


def _full_key(key: str, lexicon: Lexicon) -> str:
    return lexicon.full(key)[0]


def _full(keys: Sequence[str], others: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether both say the same, one in a shorter way."""
    return len(keys) == len(others) and all(
        one == two or two in lexicon.full(one) or one in lexicon.full(two) for one, two in zip(keys, others, strict=True)
    )


def _parted_by_line(ours: Sequence[int], theirs: Sequence[int], texts: Texts) -> bool:
    """Whether the parts of a word are parted at the end of a line on one side: it is one word then."""
    for places, words, document in ((ours, texts.quoted, texts.article), (theirs, texts.words, texts.source)):
        for one, two in zip(places, places[1:], strict=False):
            between = document.text[words.ends[one] : words.starts[two]]
            if "\n" in between and between.strip() in ("-", "‐", "‑"):
                return True
    return False


def change_of(
    kind: ChangeKind,
    ours: Sequence[int],
    theirs: Sequence[int],
    texts: Texts,
    *,
    weight: float | None = None,
    marked: bool = False,
) -> Change:
    """The change of words of the quotation, by number, for words of the source."""
    span, source_span = texts.quoted_span(ours), texts.source_span(theirs)
    return Change(
        kind,
        words=_said(ours, texts.quoted, texts.article),
        source_words=_said(theirs, texts.words, texts.source),
        span=span,
        source_span=source_span,
        weight=WEIGHTS[kind] if weight is None else weight,
        marked=marked,
    )


def _said(places: Sequence[int], words: Words, document: Document) -> str:
    """The words as they stand, those apart joined by an ellipsis."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return " … ".join(" ".join(document[words.span(run[0], run[-1] + 1)].split()) for run in runs)
