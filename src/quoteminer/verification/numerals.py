"""Numbers in digits and in words as what they are worth: "twenty-one" is 21, "2.5 million" is 2500000, "a hundred" is 100, "per cent" is "%"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
_HYPHENS: Final = "-‐‑"
_LARGEST: Final = 10**15
_DECIMALS: Final = 6
_MOST_DECIMALS: Final = 4
#: Signs in the key of a number of two digits.
_HUNDREDTHS: Final = 3
#: Places in a row above this have a word of several parts.
_LARGEST_SIMPLE: Final = 20
#: A number that is one word and no listed one has so many pieces.
_FEWEST_PIECES: Final = 2


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
        values: what words are worth; those of several words ("quatre-vingt") with blanks or hyphens.
        pairs: units of two words ("per cent"), with the unit.
        before: words that belong to a number of a hundred or more ("a hundred"), and are worth one inside a number.
        joint: the word inside numbers ("a hundred and five").
        joins_tens: whether it stands behind tens as well ("treinta y dos").
        compounds: whether numbers are written as one word ("zweiundzwanzig").
        decimal: the sign before decimals.
        point: the words for that sign ("two point five").
        spaced: whether digits are grouped by blanks.
        parted: units of which whole ones and hundredths are told ("two dollars ten").
        ordinals: what words for a place in a row are worth ("twelfth" is 12).
        inner_ordinals: of words that mean a place in a row behind a number alone ("twenty-second").
        ordinal_endings: what stands behind digits in such a word ("12th"); where it is a stop ("12. April"), one of ``dated`` must follow.
        dated: words for days, months and times.
    """

    def __init__(
        self,
        values: Mapping[str, float],
        pairs: Mapping[tuple[str, str], str],
        *,
        before: frozenset[str],
        joint: str,
        joins_tens: bool,
        compounds: bool,
        decimal: str,
        point: frozenset[str],
        spaced: bool,
        parted: frozenset[str],
        ordinals: Mapping[str, float],
        inner_ordinals: Mapping[str, float],
        ordinal_endings: frozenset[str],
        dated: frozenset[str],
    ) -> None:
        rows = {tuple(re.split("[ -]", word)): value for word, value in values.items()}
        # A word for one that is an article as well is a number only inside of others.
        self._values = {row[0]: value for row, value in rows.items() if len(row) == 1 and row[0] not in before}
        self._longer: dict[str, list[tuple[tuple[str, ...], float]]] = {}
        for row, value in sorted(rows.items(), key=lambda one: -len(one[0])):
            if len(row) > 1:
                self._longer.setdefault(row[0], []).append((row[1:], value))
        self._pairs = pairs
        self._first_of_pairs = frozenset(one for one, _ in pairs)
        self._before = before
        self._joint = joint
        self._joins_from = _TEN if joins_tens else _HUNDRED
        self._pieces = _pieces(self._values, before, joint) if compounds else None
        self._decimal = decimal
        self._point = point
        self._spaced = spaced
        self._parted_units = parted
        self._ordinals = ordinals
        self._inner_ordinals = {**ordinals, **inner_ordinals}
        self._in_words = frozenset(ordinals.values())
        self._ordinal_endings = ordinal_endings
        self._dated = dated if "." in ordinal_endings else frozenset[str]()

    @property
    def settings(self) -> object:
        """All that decides how numbers are read."""
        pieces = None if self._pieces is None else self._pieces.pattern
        return (
            sorted(self._values.items()),
            sorted(self._longer.items()),
            self._decimal,
            sorted(self._point),
            self._joint,
            self._joins_from,
            sorted(self._before),
            sorted(self._parted_units),
            sorted(self._ordinals.items()),
            sorted(self._inner_ordinals.items()),
            sorted(self._ordinal_endings),
            sorted(self._dated),
            pieces,
        )

    def compound(self, word: str) -> str | None:
        """A number that is written as one word, as what it is worth: "zweiundzwanzig"; ``None`` where it is none."""
        if self._pieces is None or word in self._values or not self._pieces.fullmatch(word):
            return None
        parts = [match[1] for match in self._pieces.finditer(word) if match[1] != self._joint]
        if len(parts) < _FEWEST_PIECES:
            return None
        total = group = 0.0
        for part in parts:
            value = self._values.get(part, 1.0)
            if value >= _THOUSAND:
                total, group = total + (group or 1.0) * value, 0.0
            elif value == _HUNDRED:
                group = (group or 1.0) * value
            else:
                group += value
        return _written(total + group)

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
            if key[:1] == "#" or key in self._values or key in self._longer or self._begins_with_one(place, keys):
                place = self._join_number(place, row)
                continue
            if key in self._ordinals:
                keys[place] = _in_row(self._ordinals[key])
            elif key in self._first_of_pairs and place + 1 < len(keys) and (unit := self._pairs.get((key, keys[place + 1]))):
                row.take_in(place, place + 1, unit)
                place += 1
            place += 1
        return row.keep

    def _begins_with_one(self, place: int, keys: Sequence[str]) -> bool:
        """Whether an article is a number, as decimals follow it: "un virgule sept"."""
        return keys[place] in self._before and place + 1 < len(keys) and keys[place + 1] in self._point

    def _join_number(self, first: int, row: _Row) -> int:
        """Read the number that begins at a place; returns the place behind it."""
        begun = self._begun(first, row)
        if begun is None:
            return first + 1
        amount, last = begun
        only = last
        while not amount.ended and (found := self._following(last, amount, row)) is not None:
            value, place, joint = found
            if not amount.add(value, joint=joint):
                break
            last = place
        if not amount.ended and (decimals := self._decimals(last, row)) is not None:
            digits, last = decimals
            amount = _Amount(0.0, float(f"{int(amount.total + amount.group)}.{digits}"), in_digits=True)
            found = self._following(last, amount, row)
            if found is not None and found[0] >= _THOUSAND and amount.add(found[0], joint=False):
                last = found[1]
        if (ordinal := self._ordinal_behind(last, amount, row)) is not None:
            value, last = ordinal
            row.take_in(first, last, _in_row(amount.total + amount.group + value))
            return last + 1
        if last == only and (amount.in_digits or row.keys[first] in self._before):
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

    def _ordinal_behind(self, last: int, amount: _Amount, row: _Row) -> tuple[float, int] | None:
        """What stands behind a number and makes a place in a row of it adds, and its last word: nothing in "12th", one in "twenty-first"; ``None`` where nothing does."""
        place = last + 1
        if place >= len(row.keys) or not row.keep[place]:
            return None
        if amount.in_digits:
            if row.starts[place] != row.ends[last]:
                stop = row.keys[place] in self._dated and row.text[row.ends[last] : row.starts[place]].rstrip() == "."
                return (0.0, last) if stop else None
            # "2nd" stays as it is where "second" does.
            read = amount.group > _LARGEST_SIMPLE or amount.group in self._in_words
            return (0.0, place) if read and row.keys[place] in self._ordinal_endings else None
        value = self._inner_ordinals.get(row.keys[place])
        if value is None or self._parted(last, place, row) or value >= _room(amount.group or amount.total):
            return None
        return value, place

    def _begun(self, first: int, row: _Row) -> tuple[_Amount, int] | None:
        """What a number begins with, and the last word of that; ``None`` for what is no number."""
        key = row.keys[first]
        if key[:1] == "#":
            try:
                return _Amount(0.0, float(key[1:]), in_digits=True), first
            except ValueError:
                return None
        value, last = (1.0, first) if key in self._before else self._word(first, row)
        if last < first:
            return None
        return (_Amount(value, 0.0, in_digits=False) if value >= _THOUSAND else _Amount(0.0, value, in_digits=False)), last

    def _word(self, place: int, row: _Row) -> tuple[float, int]:
        """What the word at a place, with those behind it, is worth, and the last of them; where it is no number, the place before it."""
        for rest, value in self._longer.get(row.keys[place], ()):
            last = place + len(rest)
            if tuple(row.keys[place + 1 : last + 1]) == rest and not any(
                row.text[row.ends[one] : row.starts[one + 1]].strip(_WITHIN) for one in range(place, last)
            ):
                return value, last
        value = self._values.get(row.keys[place], -1.0)
        return value, place if value >= 0 else place - 1

    def _following(self, last: int, amount: _Amount, row: _Row) -> tuple[float, int, bool] | None:
        """What the next word is worth for a number, if it follows at once, the last place of it, and whether a joint stands before it."""
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
        if place == len(row.keys) or between.strip(_WITHIN):
            return None
        value, end = self._word(place, row)
        if row.keys[place] in self._before and ((joint and self._joins_from == _TEN) or (between and between in _HYPHENS)):
            # That of one is an article in many languages ("ochenta y un", "quatre-vingt-un").
            value, end = 1.0, place
        return (value, end, joint) if end >= place and value else None

    def _decimals(self, last: int, row: _Row) -> tuple[str, int] | None:
        """The decimals behind a number, where the word for their sign stands there, and the last word of them: "two point five"."""
        place = _kept(last + 1, row)
        if place + 1 >= len(row.keys) or row.keys[place] not in self._point or self._parted(last, place, row):
            return None
        digits = ""
        last = place
        while len(digits) < _MOST_DECIMALS and (place := _kept(last + 1, row)) < len(row.keys):
            if self._parted(last, place, row):
                break
            value, end = self._word(place, row)
            if row.keys[place] in self._before:
                value, end = 1.0, place
            if end < place or value >= _HUNDRED:
                break
            amount = _Amount(0.0, value, in_digits=False)
            while value >= _TEN and (found := self._following(end, amount, row)) is not None and found[0] < _HUNDRED:
                if not amount.add(found[0], joint=found[2]):
                    break
                end = found[1]
            digits += str(int(amount.group))
            last = end
        return (digits, last) if digits else None

    @staticmethod
    def _parted(one: int, two: int, row: _Row) -> bool:
        """Whether more than a blank or hyphen stands between two words."""
        return bool(row.text[row.ends[one] : row.starts[two]].strip(_WITHIN))

    def join_parts(self, keys: list[str], starts: list[int], ends: list[int], text: str, keep: bytearray) -> None:
        """Make decimals of what stands behind a unit that is told in whole ones and hundredths: "two dollars ten", "six mètres vingt"."""
        if not self._parted_units:
            return
        kept = [place for place, one in enumerate(keep) if one]
        for number, place in enumerate(kept[1:-1], 1):
            whole, rest = kept[number - 1], kept[number + 1]
            if (
                keys[place] in self._parted_units
                and keys[whole][1:].isdecimal()
                and keys[whole][:1] == keys[rest][:1] == "#"
                and len(keys[rest]) == _HUNDREDTHS
                and keys[rest][1:].isdecimal()
                and not text[ends[whole] : starts[place]].strip()
                and not text[ends[place] : starts[rest]].strip()
            ):
                keys[whole] = _with_decimals("", keys[whole][1:], keys[rest][1:])
                ends[place] = ends[rest]
                keep[rest] = 0


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
    # Two and a half million are no more than that by what computers make of decimals.
    value = round(value, _DECIMALS)
    return f"#{int(value)}" if value == int(value) else f"#{value!r}"


def _in_row(value: float) -> str:
    """A place in a row, which is another thing than so many: the fifth and five."""
    return f"{_written(value)}°"


def _pieces(values: Mapping[str, float], ones: Iterable[str], joint: str) -> re.Pattern[str] | None:
    """The pieces of numbers that are written as one word; ``None`` where a language has no words for numbers."""
    words = {word for word in (*values, *ones, joint) if word.isalpha()}
    return re.compile(f"(?:({'|'.join(sorted(words, key=len, reverse=True))}))+?") if values else None
