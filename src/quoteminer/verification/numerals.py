"""Numbers in digits and in words as what they are worth: "twenty-one" is 21, "2.5 million" is 2500000, "a hundred" is 100, "per cent" is "%"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

#: Digits of which Python makes a number.
_MOST_DIGITS: Final = 18
_GROUP: Final = 3
_THOUSAND: Final = 1000
_HUNDRED: Final = 100
_TEN: Final = 10
#: What may stand between the words of one number.
_WITHIN: Final = " \t\n\u00a0\u202f-‐‑"
_LARGEST: Final = 10**15


@attrs.define
class _Row:
    """Words of a text, some of which become one.

    Attributes:
        keep: 0 for a word that has become part of one before it.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]
    text: str
    keep: bytearray

    def take_in(self, first: int, last: int, key: str) -> None:
        """Make one word of several."""
        self.keys[first] = key
        self.ends[first] = self.ends[last]
        self.keep[first + 1 : last + 1] = bytes(last - first)


@attrs.define
class _Amount:
    """A number as it is read, word by word.

    Attributes:
        total: what is complete: the millions and thousands.
        group: what is below the next of these.
        in_digits: whether it begins with digits.
    """

    total: float
    group: float
    in_digits: bool

    def add(self, value: float, *, joint: bool) -> bool:
        """Go on with a word that is worth so much; whether it can be part of this number."""
        if value >= _THOUSAND:
            if joint or (self.total and value >= self.total):
                return False
            self.total += (self.group or 1.0) * value
            self.group = 0.0
        elif value == _HUNDRED and not joint and 0 < self.group < _HUNDRED:
            self.group *= _HUNDRED
        elif not self.in_digits and value < _room(self.group or self.total):
            self.group += value
        else:
            return False
        return True

    @property
    def ended(self) -> bool:
        """Whether nothing can follow: "2.5 million" has no hundreds in words."""
        return self.in_digits and not self.group


class Numerals:
    """How a language writes numbers.

    Args:
        values: what words are worth.
        pairs: units of two words ("per cent"), with the unit.
        before: words that belong to a number of a hundred or more ("a hundred").
        joint: the word inside numbers ("a hundred and five").
        joins_tens: whether it stands behind tens as well ("treinta y dos").
        decimal: the sign before decimals.
        spaced: whether digits are grouped by blanks.
    """

    def __init__(
        self,
        values: Mapping[str, float],
        pairs: Mapping[tuple[str, str], str],
        *,
        before: frozenset[str],
        joint: str,
        joins_tens: bool,
        decimal: str,
        spaced: bool,
    ) -> None:
        self._values = values
        self._pairs = pairs
        self._first_of_pairs = frozenset(one for one, _ in pairs)
        self._before = before
        self._joint = joint
        self._joins_from = _TEN if joins_tens else _HUNDRED
        self._decimal = decimal
        self._spaced = spaced

    @property
    def settings(self) -> object:
        """All that decides how numbers are read."""
        return sorted(self._values.items()), self._decimal, self._joint, self._joins_from, sorted(self._before)

    def worth(self, raw: str) -> str:
        """A number in digits as what it is worth."""
        sign = "-" if raw[0] in "-−" else ""
        digits = raw.lstrip("-−")
        if digits.isdecimal():
            return f"#{sign}{int(digits)}" if len(digits) <= _MOST_DIGITS else f"#{sign}{digits}"
        parts = re.split("[.,’'\u00a0\u202f]", digits)
        marks = [one for one in digits if not one.isdecimal()]
        grouped = all(len(part) == _GROUP for part in parts[1:]) and len(parts[0]) <= _GROUP
        if len(marks) > 1 and marks[-1] not in marks[:-1] and len(set(marks[:-1])) == 1:
            # The last mark is another than those before: a decimal one.
            return _with_decimals(sign, "".join(parts[:-1]), parts[-1])
        if grouped and (len(marks) > 1 or marks[0] != self._decimal):
            return _with_decimals(sign, "".join(parts), "")
        if len(marks) == 1:
            return _with_decimals(sign, parts[0], parts[1])
        return f"#{sign}{digits}"

    def join(self, keys: list[str], starts: list[int], ends: list[int], text: str) -> bytearray:
        """Make numbers and units of several words one; which places stay is told."""
        row = _Row(keys, starts, ends, text, bytearray(b"\x01") * len(keys))
        place = 0
        while place < len(keys):
            key = keys[place]
            if self._spaced and key[:1] == "#":
                _join_groups(place, row)
            if key in self._values or key[:1] == "#":
                place = self._join_number(place, row)
                continue
            if key in self._first_of_pairs and place + 1 < len(keys) and (unit := self._pairs.get((key, keys[place + 1]))):
                row.take_in(place, place + 1, unit)
                place += 1
            place += 1
        return row.keep

    def _join_number(self, first: int, row: _Row) -> int:
        """Read the number that begins at a place; returns the place behind it."""
        amount = self._begun(row.keys[first])
        if amount is None:
            return first + 1
        last = first
        while (found := self._following(last, amount, row)) is not None:
            place, joint = found
            if not amount.add(self._value(row.keys[place], joint), joint=joint):
                break
            last = place
            if amount.ended:
                break
        if last == first and amount.in_digits:
            return _kept(first + 1, row)
        begin = first
        if (
            first
            and row.keep[first - 1]
            and row.keys[first - 1] in self._before
            and self._values.get(row.keys[first], 0) >= _HUNDRED
        ):
            begin = first - 1
        row.take_in(begin, last, _written(amount.total + amount.group))
        return last + 1

    def _begun(self, key: str) -> _Amount | None:
        """What a first word is worth; ``None`` for digits that are no number."""
        if key[:1] == "#":
            try:
                return _Amount(0.0, float(key[1:]), in_digits=True)
            except ValueError:
                return None
        value = self._values[key]
        return _Amount(value, 0.0, in_digits=False) if value >= _THOUSAND else _Amount(0.0, value, in_digits=False)

    def _following(self, last: int, amount: _Amount, row: _Row) -> tuple[int, bool] | None:
        """The next word for a number behind a place, if it follows at once, and whether a joint stands before it."""
        place = _kept(last + 1, row)
        joint = (
            place + 1 < len(row.keys)
            and row.keys[place] == self._joint
            and not amount.in_digits
            and bool(amount.total or amount.group >= self._joins_from)
        )
        between = row.text[row.ends[last] : row.starts[place]] if place < len(row.keys) else ""
        if joint:
            between += row.text[row.ends[place] : row.starts[place + 1]]
            place += 1
        if place == len(row.keys) or not self._value(row.keys[place], joint) or between.strip(_WITHIN):
            return None
        return place, joint

    def _value(self, key: str, joint: bool) -> float:
        """What a word is worth inside a number; that of one is an article in many languages ("ochenta y un")."""
        return self._values.get(key, 1.0 if joint and self._joins_from == _TEN and key in self._before else 0.0)


def _kept(place: int, row: _Row) -> int:
    """The first place from one on that is part of no number before it."""
    while place < len(row.keys) and not row.keep[place]:
        place += 1
    return place


def _join_groups(place: int, row: _Row) -> None:
    """Make one number of digits in groups of three with blanks between: 10 000."""
    keys, starts, ends, text = row.keys, row.starts, row.ends, row.text
    if ends[place] - starts[place] > _GROUP or not keys[place].lstrip("#-").isdecimal():
        return
    other = place + 1
    while other < len(keys) and ends[other] - starts[other] == _GROUP and starts[other] == ends[place] + 1:
        group = text[starts[other] : ends[other]]
        if not group.isdecimal() or text[ends[place]] not in " \u00a0\u202f":
            return
        keys[place] += group
        ends[place] = ends[other]
        row.keep[other] = 0
        other += 1


def _room(value: float) -> float:
    """What may be added to a number in words: units to tens, tens to hundreds."""
    if value <= 0 or value != int(value):
        return 0.0
    room = 1
    whole = int(value)
    while whole % (room * 10) == 0 and room < _LARGEST:
        room *= 10
    return float(room) if room > 1 else 0.0


def _with_decimals(sign: str, whole: str, rest: str) -> str:
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    return f"#{sign}{whole}.{rest}" if rest else f"#{sign}{whole}"


def _written(value: float) -> str:
    return f"#{int(value)}" if value == int(value) else f"#{value:g}"
