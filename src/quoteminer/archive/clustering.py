"""Joins people of one name into sets, those first for whom most speaks.

Of a name that very many documents have, as many are compared with each other as suffices; the others go with those of the same outlet and role.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from .evidence import observed, possible, rarity, weighed
from .groups import Groups
from .naming import Likeness, Words
from .telling import Reader

#: Of each name, role and outlet so many texts are read.
_MOST_READ: Final = 5
#: So many who share a name are compared with each other.
_MOST_COMPARED: Final = 120
#: One of this share is meant where nothing tells of which one a text speaks.
_NEARLY_ALL: Final = 0.9
#: So much surer must it be who is meant by a short name than who else could be.
_MARGIN: Final = 0.5
#: The mean of the logarithms of the odds that two sets must reach to be joined.
_LEAST: Final = 0.5
_SUREST: Final = 0.99


@attrs.define
class _Between:
    """What speaks for two sets being one: of all pairs of their members the sum, how many there are, and whether two of them cannot be one."""

    total: float = 0.0
    count: int = 0
    never: bool = False

    @property
    def mean(self) -> float | None:
        """The mean over all pairs; ``None`` when the sets cannot be one, or nothing tells."""
        return self.total / self.count if self.count and not self.never else None

    def add(self, other: _Between) -> None:
        """Take the pairs of another set along."""
        self.total += other.total
        self.count += other.count
        self.never |= other.never


class Clustering:
    """Joins the people of some blocks of names.

    Args:
        places: numbers of the members who are people.
        reader: reads what their texts tell.
    """

    def __init__(self, groups: Groups, places: Sequence[int], reader: Reader, words: Words) -> None:
        self._groups = groups
        self._words = words
        same: defaultdict[tuple[str, frozenset[str], str | None], list[int]] = defaultdict(list)
        for place in places:
            member = groups.members[place]
            same[member.key, member.role, member.source].append(place)
        most = sorted(same.values(), key=lambda found: (-len(found), found[0]))
        read = sorted([place for found in most for place in found[:_MOST_READ]][:_MOST_COMPARED])
        told = reader.read(groups.members[place] for place in read)
        self._evidence = dict(zip(read, told, strict=True))
        self._left = [found for found in most if len(found) > _MOST_READ or found[0] not in self._evidence]
        self._rare = rarity(told)
        sizes = Counter(groups.find(place) for place in range(len(groups.members)))
        #: Who is joined with others by a decision or an id, whatever their names are.
        self._given = {place for place in self._evidence if sizes[groups.find(place)] > 1}
        self._known: dict[tuple[int, int], tuple[Likeness, float] | None] = {}
        self._keys: defaultdict[str, list[int]] = defaultdict(list)
        for place in read:
            self._keys[groups.members[place].key].append(place)

    def join(self) -> None:
        """Full names first, then short ones, where one person is meant; then those that were not read."""
        members = self._groups.members
        full = [place for place in self._evidence if members[place].full]
        self._agglomerate(full)
        for place in self._evidence:
            if not members[place].full:
                self._short(place, [*full, *(one for one in self._evidence if one < place and not members[one].full)])
        for places in self._left:
            self._rest(places)

    def _pair(self, one: int, two: int) -> tuple[Likeness, float] | None:
        """How far two names are one, and the logarithm of the odds that the people are; ``None`` when they cannot be."""
        key = (one, two) if one < two else (two, one)
        if key not in self._known:
            left, right = self._evidence[key[0]], self._evidence[key[1]]
            how = possible(left, right, self._words)
            self._known[key] = None if how is None else (how, weighed(observed(left, right, how, self._rare)))
        return self._known[key]

    def _between(self, one: Iterable[int], two: Sequence[int]) -> _Between:
        """What speaks for two sets being one."""
        between = _Between()
        for left in one:
            for right in two:
                if (found := self._pair(left, right)) is not None:
                    between.total += found[1]
                    between.count += 1
                elif left not in self._given and right not in self._given:
                    between.never = True
        return between

    def _sets(self) -> dict[int, list[int]]:
        """Who was read, by the sets that they are in by now."""
        sets: defaultdict[int, list[int]] = defaultdict(list)
        for place in self._evidence:
            sets[self._groups.find(place)].append(place)
        return sets

    def _agglomerate(self, places: Sequence[int]) -> None:
        """Join the two sets for whose being one most speaks, as long as that is enough."""
        sets: defaultdict[int, list[int]] = defaultdict(list)
        for place in places:
            sets[self._groups.find(place)].append(place)
        between: dict[int, dict[int, _Between]] = {root: {} for root in sets}
        waiting: list[tuple[float, int, int]] = []

        def wait(one: int, other: int) -> None:
            mean = between[one][other].mean
            if mean is not None and mean >= _LEAST:
                heapq.heappush(waiting, (-mean, min(one, other), max(one, other)))

        roots = sorted(sets)
        for number, one in enumerate(roots):
            for other in roots[number + 1 :]:
                between[one][other] = between[other][one] = self._between(sets[one], sets[other])
                wait(one, other)
        while waiting:
            mean, one, other = heapq.heappop(waiting)
            if one not in between or other not in between[one] or between[one][other].mean != -mean:
                continue
            if any(self._either(sets[left], left, right, between) for left, right in ((one, other), (other, one))):
                continue
            if not self._put_together(sets[one], sets[other], -mean):
                del between[one][other], between[other][one]
                continue
            sets[one] += sets.pop(other)
            gone = between.pop(other)
            del between[one][other]
            for third in [root for root in between if root != one]:
                mine, theirs = between[one].get(third), gone.get(third)
                between[third].pop(other, None)
                if mine is None or theirs is None:
                    # One of the two was kept apart from the third.
                    between[one].pop(third, None)
                    between[third].pop(one, None)
                    continue
                mine.add(theirs)
                wait(one, third)

    def _either(self, own: Sequence[int], one: int, other: int, between: Mapping[int, Mapping[int, _Between]]) -> bool:
        """Whether texts that do not tell what somebody is may as well mean a third, who is told apart from the other."""
        if any(self._evidence[place].role or self._evidence[place].jobs for place in own):
            return False
        mean = between[one][other].mean or 0.0
        return any(
            found.mean is not None
            and found.mean >= max(_LEAST, mean - _MARGIN)
            and (apart := between[other].get(third)) is not None
            and (apart.mean is None or apart.mean < 0)
            for third, found in between[one].items()
            if third != other
        )

    def _put_together(self, one: Sequence[int], other: Sequence[int], mean: float) -> bool:
        """Join two sets, with the two members as the reason for whom most speaks; whether nothing forbids it."""
        _, left, right, how = max(
            (found[1], -left, -right, found[0])
            for left in one
            for right in other
            if (found := self._pair(left, right)) is not None
        )
        return self._groups.join(-left, -right, self._reason(-left, -right, how), _certainty(mean))

    def _short(self, place: int, others: Sequence[int]) -> None:
        """Somebody by an initial or last name alone: who it is, if that is one much sooner than any other."""
        means: list[tuple[float, int]] = []
        sets, own = self._sets(), self._groups.find(place)
        for root in dict.fromkeys(self._groups.find(other) for other in others):
            if root != own and (mean := self._between([place], sets[root]).mean) is not None:
                means.append((mean, root))
        means.sort(key=lambda one: (-one[0], one[1]))
        if not means or means[0][0] < _LEAST:
            return
        if len(means) > 1 and means[0][0] - means[1][0] < _MARGIN and means[1][0] >= _LEAST:
            return
        nearest = max(sets[means[0][1]], key=lambda other: (self._score(other, place), -other))
        found = self._pair(nearest, place)
        if found is not None and self._tells(nearest, place, found[0]):
            self._groups.join(nearest, place, self._reason(nearest, place, found[0]), _certainty(means[0][0]))

    def _tells(self, one: int, two: int, how: Likeness) -> bool:
        """Whether more than topic and places leads from a short name to a full one, and from a short one to another of the same outlet."""
        seen = observed(self._evidence[one], self._evidence[two], how, self._rare)
        if self._groups.members[one].full or self._groups.members[two].full:
            return bool(seen.get("role") or seen.get("job") or seen.get("beside"))
        return bool(seen.get("role") and seen.get("outlet"))

    def _score(self, one: int, two: int) -> float:
        found = self._pair(one, two)
        return -math.inf if found is None else found[1]

    def _rest(self, places: Sequence[int]) -> None:
        """Those of one name, role and outlet of which some were read go with most of these; else with who nearly always is meant."""
        known = [place for place in places if place in self._evidence]
        candidates = known or self._keys.get(self._groups.members[places[0]].key, [])
        counts = Counter(self._groups.find(place) for place in candidates)
        others = [place for place in places if place not in self._evidence]
        if not counts:
            for place in others[1:]:
                self._groups.join(others[0], place, "the same full name, role and outlet", 0.9)
            return
        root, count = counts.most_common(1)[0]
        if known or count >= _NEARLY_ALL * counts.total():
            reason, sure = (
                ("the same full name, role and outlet", 0.9)
                if known
                else ("the same full name, and nearly always this one", 0.75)
            )
            for place in others:
                self._groups.join(root, place, reason, sure)

    def _reason(self, one: int, two: int, how: Likeness) -> str:
        """What speaks for it, in words."""
        found = observed(self._evidence[one], self._evidence[two], how, self._rare)
        told = [words for name, (words, least) in _SAID.items() if found.get(name, 0.0) > least]
        return f"{_NAMED[how]}{': ' + ', '.join(told) if told else ', and nothing speaks against it'}"


_NAMED: Final[dict[Likeness, str]] = {
    "same": "the same full name",
    "variant": "another form of the full name",
    "spelling": "another spelling of the full name",
    "initial": "the same initial and last name",
    "last": "the same last name",
}
#: What observations are called, and how much of them is worth to be told.
_SAID: Final = {
    "rare": ("few have this last name", 0.0),
    "role": ("roles that go together", 0.0),
    "field": ("roles of one field", 0.0),
    "outlet": ("the same outlet", 0.0),
    "phrases": ("the same places or bodies", 0.0),
    "about": ("the same words near the name", 0.05),
    "beside": ("the same others beside them", 0.0),
}


def _certainty(score: float) -> float:
    return round(min(_SUREST, 1 / (1 + math.exp(-score))), 2)
