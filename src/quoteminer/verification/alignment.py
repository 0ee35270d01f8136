"""The words of a quotation beside those of a stretch of a source: which stand for which, at the least cost."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import Final

import attrs

#: More pairs of words than this are not weighed one by one; what is that unlike is no quotation.
_LARGEST: Final = 60_000
_SUBSTITUTION: Final = 1.6
_GAP: Final = 1.2
#: Between words that are spelled alike or stand for each other.
_ALIKE: Final = 0.5
#: What words in brackets cost, which whoever quotes has put in.
_WILD: Final = 0.25

#: To leave words of the source out costs once, and a little more for each: what is left out is mostly a phrase.
_OPEN: Final = 0.85
_GAP_MORE: Final = 0.1

_EQUAL, _INSTEAD, _ADDING, _LEFT_OUT = range(4)

MATCH: Final = "="
CHANGED: Final = "~"
ADDED: Final = "+"
DROPPED: Final = "-"


@attrs.frozen
class Step:
    """One word of the quotation beside one of the source; one of both may be missing."""

    kind: str
    quoted: int
    source: int


@attrs.frozen(eq=False)
class Alignment:
    """The steps between two stretches of words.

    Attributes:
        steps: in order, from the first to the last word of the quotation; words of the source before and behind are none of it.
        cost: of all differences.
    """

    steps: list[Step]
    cost: float

    @property
    def matched(self) -> list[Step]:
        """The words that are equal."""
        return [step for step in self.steps if step.kind == MATCH]


def align(
    quoted: Sequence[str],
    source: Sequence[str],
    *,
    wild: Callable[[int], bool] = lambda place: False,
    alike: Callable[[str, str], bool] = lambda one, two: False,
    anchored: tuple[bool, bool] = (False, False),
) -> Alignment:
    """The cheapest alignment of all of ``quoted`` with some stretch of ``source``.

    Args:
        wild: whether the word at a place was put in by whoever quotes.
        alike: whether two different words are spelled alike.
        anchored: whether the alignment must begin with the first, and end with the last word of the source.
    """
    if len(quoted) * len(source) > _LARGEST:
        return _by_anchors(quoted, source, wild, alike, anchored)
    return _weighed(quoted, source, wild, alike, anchored)


def _weighed(
    quoted: Sequence[str],
    source: Sequence[str],
    wild: Callable[[int], bool],
    alike: Callable[[str, str], bool],
    anchored: tuple[bool, bool],
) -> Alignment:
    """By weighing every pair of words."""
    size = len(source)
    # What it costs to have come to a place in the source; with words of the source left out right before it, and in any way.
    row = [0.0, *(_OPEN + _GAP_MORE * place for place in range(1, size + 1))] if anchored[0] else [0.0] * (size + 1)
    back: list[bytearray] = [bytearray([_LEFT_OUT]) * (size + 1)]
    likeness: dict[tuple[str, str], float] = {}
    for number, word in enumerate(quoted):
        free = wild(number)
        added = _WILD if free else _GAP
        changed = _WILD if free else _SUBSTITUTION
        above = row
        left = above[0] + added
        skipped = left + _OPEN
        row = [left]
        moves = bytearray([_ADDING]) * (size + 1)
        for place in range(size):
            other = source[place]
            if word == other:
                best, move = above[place], _EQUAL
            else:
                cost = likeness.get((word, other))
                if cost is None:
                    cost = likeness[word, other] = min(changed, _ALIKE) if alike(word, other) else changed
                best, move = above[place] + cost, _INSTEAD
            up = above[place + 1] + added
            if up < best:
                best, move = up, _ADDING
            # To leave out one word more, or to begin to.
            skipped = min(skipped, left + _OPEN) + _GAP_MORE
            if skipped < best:
                best, move = skipped, _LEFT_OUT
            row.append(best)
            moves[place + 1] = move
            left = best
        back.append(moves)
    at = size if anchored[1] else min(range(size + 1), key=lambda place: (row[place], place))
    cost = row[at]
    steps: list[Step] = []
    number = len(quoted)
    while number or (anchored[0] and at):
        move = back[number][at] if at else _ADDING
        if move == _EQUAL:
            number, at = number - 1, at - 1
            steps.append(Step(MATCH, number, at))
        elif move == _INSTEAD:
            number, at = number - 1, at - 1
            steps.append(Step(CHANGED, number, at))
        elif move == _ADDING:
            number -= 1
            steps.append(Step(ADDED, number, at))
        else:
            at -= 1
            steps.append(Step(DROPPED, number, at))
    steps.reverse()
    return Alignment(steps, cost)


def _by_anchors(
    quoted: Sequence[str],
    source: Sequence[str],
    wild: Callable[[int], bool],
    alike: Callable[[str, str], bool],
    anchored: tuple[bool, bool],
) -> Alignment:
    """By pairs of words that stand once in either, and what lies between them weighed."""
    anchors = _anchors(quoted, source)
    if not anchors:
        # As long as this and nothing alike: what the first words have to do with each other is of no interest.
        cost = _GAP * (len(quoted) + (len(source) if all(anchored) else 0))
        steps = [Step(ADDED, place, 0) for place in range(len(quoted))]
        if all(anchored):
            steps += [Step(DROPPED, len(quoted), place) for place in range(len(source))]
        return Alignment(steps, cost)
    steps = []
    cost = 0.0
    at, there = 0, 0
    for number, place in [*anchors, (len(quoted), len(source))]:
        last = number == len(quoted)
        first = not steps
        low = there
        high = place
        if first and not anchored[0]:
            low = max(low, place - 2 * (number - at) - 5)
        if last and not anchored[1]:
            high = min(high, there + 2 * (number - at) + 5)
        part = _between(quoted[at:number], source[low:high], at, wild, alike, (anchored[0] or not first, anchored[1] or not last))
        steps += [Step(step.kind, step.quoted + at, step.source + low) for step in part.steps]
        cost += part.cost
        if not last:
            steps.append(Step(MATCH, number, place))
        at, there = number + 1, place + 1
    return Alignment(steps, cost)


def _between(
    quoted: Sequence[str],
    source: Sequence[str],
    offset: int,
    wild: Callable[[int], bool],
    alike: Callable[[str, str], bool],
    anchored: tuple[bool, bool],
) -> Alignment:
    """What lies between two anchors."""
    if len(quoted) * len(source) <= _LARGEST:
        return _weighed(quoted, source, lambda place: wild(place + offset), alike, anchored)
    steps = [Step(ADDED, place, 0) for place in range(len(quoted))]
    if all(anchored):
        steps += [Step(DROPPED, len(quoted), place) for place in range(len(source))]
    return Alignment(steps, _GAP * len(steps))


def _anchors(quoted: Sequence[str], source: Sequence[str]) -> list[tuple[int, int]]:
    """The longest row of words that stand, with their neighbours, once in either text, in the order of both."""
    theirs = _once(source)
    ours = _once(quoted)
    pairs = sorted((place, theirs[words]) for words, place in ours.items() if place >= 0 and theirs.get(words, -1) >= 0)
    # The longest increasing row of places in the source.
    tails: list[int] = []
    tail_of: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect.bisect_left(tails, place)
        before.append(tail_of[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            tail_of.append(number)
        else:
            tails[at] = place
            tail_of[at] = number
    row: list[tuple[int, int]] = []
    number = tail_of[-1] if tail_of else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    row.reverse()
    return row


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each row of three words stands, -1 where it stands more than once."""
    found: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - 2):
        three = tuple(words[place : place + 3])
        found[three] = -1 if three in found else place
    return found
