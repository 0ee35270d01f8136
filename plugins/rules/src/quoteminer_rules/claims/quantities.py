"""Numbers in a claim, with their value and unit; what cannot be read as one number keeps its span and has no value."""

from __future__ import annotations

import functools
import math
import re
from pathlib import Path
from typing import Final

from quoteminer import Quantity, Span

from ..language.classes import NUMBERS
from ..language.morphology import by_ending
from ..language.tables import rows
from .lexicon import FUNCTION, Flag, either, entry, knowledge

_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_NOUN: Final = re.compile(r"\s([^\W\d_]{2,30}(?:-[^\W\d_]{1,20})?)(?![\w'’-])")
_SPACE: Final = "<space>"
"""Stands in the data for a space of any width between thousands."""
_CAPITAL: Final = "<capital>"
"""Stands there for the capital that all nouns have."""
_AFTER_DIGITS: Final = ".,'’"
_TIMES: Final = "times"
"""The unit of what is multiplied."""
PER: Final = " per "
"""In the name of a unit before what it is told for one of: "euro per month"."""
_SECOND: Final = 60
"""So many code points behind a hyphen are read as the second number of a range."""
_BETWEEN: Final = 2
"""So many words may stand between a number and the noun that it counts: "450 new jobs"."""
_NO_ADJECTIVE: Final = FUNCTION | int(Flag.THIRD | Flag.ADVERB)
_FEW: Final = 10
"""Those up to it are small numbers."""


class Numbers:
    """What the search knows about numbers in one language.

    Attributes:
        small: the value of numbers in words.
        magnitudes, fractions: that of what multiplies them, and of parts.
        units, symbols: the names of units by the words and signs for them.
        no_units: words behind a number that it does not count.
        joints: words inside a number.
        multiples: what multiplies without a number: "doubled".
        per: what a number is told for one of, by the words behind it: "a month".
        ranges: words between the two numbers of a range.
        hint: found in at least one token of every quantity.
    """

    def __init__(self, folder: Path) -> None:
        found: dict[str, dict[str, str]] = {kind: {} for kind in NUMBERS}
        file = folder / "numbers.tsv"
        for row in rows(file, 3) if file.is_file() else ():
            kind, value, words = row.columns
            if kind not in found:
                raise row.problem(f"there is no kind {kind!r} of words around numbers")
            found[kind].update((entry(word), value) for word in words.split("|"))
        self.small: Final = _values(found["word"])
        self.magnitudes: Final = _values(found["magnitude"])
        self.fractions: Final = _values(found["fraction"])
        self.units: Final = found["unit"]
        self.symbols: Final = found["symbol"]
        self.no_units: Final = frozenset(found["no_unit"])
        self.joints: Final = frozenset(found["joint"])
        self.multiples: Final = _values(found["multiple"])
        self.per: Final = found["per"]
        self.ranges: Final = frozenset(found["range"])
        self._unit_joints: Final = frozenset(found["unit_joint"])
        self.ordinal_endings: Final = tuple(found["ordinal_ending"])
        self.plural_endings: Final = tuple(found["plural_ending"])
        self._no_quantity: Final = frozenset([*found["ordinal_ending"], *found["plural_ending"]])
        self._ages: Final = found["age"]
        self._plural: Final = knowledge(folder).plural
        self._capitals: Final = found["noun_ending"].pop(_CAPITAL, None) is not None
        self._nouns: Final = tuple(found["noun_ending"])
        self._no_nouns: Final = self.no_units | frozenset(found["before_noun"])
        spelt = (*self.small, *self.magnitudes, *self.fractions, *self.multiples)
        endings = {re.split(r"[\s-]", word)[-1] for word in spelt}
        spaced = found["group_sign"].pop(_SPACE, None) is not None
        group, point = either(found["group_sign"]), either(found["decimal_sign"])
        if spaced:
            group = rf"(?:{group}|\s)"
        self._spaced: Final = r"(?:\s\d{3}(?!\d))*(?:[.,]\d+)?" if spaced else ""
        self._group: Final = re.compile(group)
        self._point: Final = re.compile(point)
        self._figure: Final = re.compile(rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?|{point}\d+")
        self.hint: Final = re.compile(rf"\d|(?<!\w)(?:{'|'.join(map(re.escape, sorted(endings)))})(?!\w)", re.IGNORECASE)
        self.pattern: Final = self._pattern()
        self._words: Final = knowledge(folder).known
        #: Behind what is told for one of something; a year behind it, or what tells a distance in time, makes it a time.
        self.rate: Final = re.compile(
            rf"[\s,]?\s?(?P<per>{either(self.per)})(?![\w’'-])(?!\s(?:\d|(?:{either(found['no_per'])})(?!\w)))"
        )

    def _pattern(self) -> re.Pattern[str]:
        words, magnitudes, fractions = either(self.small), either(self.magnitudes), either(self.fractions)
        symbol = either(self.symbols)
        digits = rf"\d[\d.,'’]*{self._spaced}"
        return re.compile(
            rf"(?<![\w.,'’/-])(?P<sign>[-−](?=\d|{symbol}))?(?P<symbol>{symbol}\s?)?"
            rf"(?:(?P<multiple>(?:{either(self.multiples)})(?!\w))|(?P<digits>{digits})(?P<glued>[^\W\d_]{{1,14}})?|(?P<words>(?:{fractions}|{words}|{magnitudes})"
            rf"(?:[\s-](?:{either(self.joints)}\s)?(?:{words}|{magnitudes}))*)(?!\w))"
            rf"(?P<magnitude>[\s-](?:{magnitudes})(?!\w))?(?:\s(?:{either(self._unit_joints)})\s?(?=(?:{either(self.units)})(?!\w)))?"
            rf"(?P<unit>\s?(?:{either(self.units)})(?![\w])|-?\s?%)?"
            rf"(?P<joined>[-/–:×'\"′″¼½¾]\w{{0,20}})?",
            re.IGNORECASE,
        )

    def is_quantity(self, glued: str) -> bool:
        """Whether digits with such letters behind them are an amount, no ordinal or decade."""
        return glued not in self._no_quantity

    def value_of(self, digits: str) -> float | None:
        """The value of digits as this language writes them; other ways of grouping can mean two things and give nothing."""
        if not digits.isascii() or not self._figure.fullmatch(digits):
            return None
        return float(self._point.sub(".", self._group.sub("", digits)))

    def is_age(self, text: str, at: int) -> bool:
        """Whether a compound goes on so that it tells an age: "38-year" in "38-year-old"."""
        return any(text.startswith(f"-{word}", at) for word in self._ages)

    def counted(self, noun: str) -> str | None:
        """What a number counts by the word behind it, where that is a noun in the plural, or any noun where nouns have capitals."""
        word = noun.lower()
        if self._capitals:
            return noun if noun[0].isupper() and word not in self._no_nouns else None
        plural = word.endswith(self._nouns) and self.describes(word) if self._nouns else bool(by_ending(word, self._plural))
        return word if plural and word not in self._no_nouns else None

    def describes(self, word: str) -> bool:
        """Whether a word in small letters may stand between a number and what it counts: an adjective or a noun, no word of grammar."""
        return word not in self.no_units and not self._words.get(word, 0) & _NO_ADJECTIVE


def _values(found: dict[str, str]) -> dict[str, float]:
    return {word: float(value) for word, value in found.items()}


@functools.cache
def numbers(folder: Path) -> Numbers:
    """What the search knows about numbers in a language."""
    return Numbers(folder)


@functools.cache
def unit_names(folder: Path) -> frozenset[str]:
    """The names of the units that a language knows."""
    known = numbers(folder)
    return frozenset([*known.units.values(), *known.symbols.values(), _TIMES])


def may_be_quantity(token: str, folder: Path) -> bool:
    """Whether a token can be part of a quantity that :func:`quantities` finds; none is without such a token."""
    return numbers(folder).hint.search(token) is not None


def is_currency(sign: str, folder: Path) -> bool:
    """Whether a sign is that of a currency."""
    return sign in numbers(folder).symbols


def is_unit(sign: str, folder: Path) -> bool:
    """Whether a sign stands for a unit: "%"."""
    return sign in numbers(folder).units


def is_ordinal(word: str, folder: Path) -> bool:
    """Whether a word is an ordinal in digits: "2nd"."""
    return word[0].isdigit() and word.endswith(numbers(folder).ordinal_endings)


def is_tens(word: str, folder: Path) -> bool:
    """Whether a word is a number that others may follow with a hyphen: "twenty"."""
    return 2 * _FEW <= numbers(folder).small.get(word, 0) < _FEW * _FEW


def is_small(word: str, folder: Path) -> bool:
    """Whether a word is a number up to ten. A figure 1 mostly stands before a unit, and is none."""
    if word.isdecimal():
        return word.isascii() and word[0] != "0" and 1 < int(word[:3]) <= _FEW
    return 0 < numbers(folder).small.get(word, 0) <= _FEW


def quantities(text: str, spans: list[tuple[int, int]], folder: Path, times: list[tuple[int, int]]) -> list[Quantity]:
    """The quantities in ``spans`` of ``text`` that are no part of ``times``; offsets are code points.

    The two numbers of a range are two quantities, with the unit of the second: "20 to 30 per cent".
    """
    known = numbers(folder)
    found: list[Quantity] = []
    for start, end in spans:
        before: _Reading | None = None
        reached = start
        for match in known.pattern.finditer(text, start, end):
            first, last = match.span()
            if first < reached or any(a < last and first < b for a, b in times):
                continue
            reading = _Reading(match, known)
            if not reading.read() or reading.last <= first:
                continue
            quantity = reading.quantity(text, end)
            if quantity is None:
                continue
            if before is not None and text[before.last : first].strip().lower() in known.ranges:
                found[-1] = before.beside(found[-1], reading, quantity)
            elif quantity.value is None and (pair := _hyphenated(text, match, end, known)) is not None:
                found += pair
                before, reached = None, pair[-1].span.end
                continue
            found.append(quantity)
            before = reading
    return found


def _hyphenated(text: str, match: re.Match[str], limit: int, known: Numbers) -> list[Quantity] | None:
    """The two numbers of a range with a hyphen, "20-30 per cent"; without a unit it is rather a score or a season."""
    joined = match["joined"]
    if match["digits"] is None or joined is None or joined[0] not in "-–" or not joined[1:2].isdigit():
        return None
    hyphen = match.end() - len(joined)
    at = hyphen + 1
    words = text[at : min(limit, at + _SECOND)]
    second = known.pattern.match(words)
    if second is None:
        return None
    reading = _Reading(second, known)
    if not reading.read():
        return None
    last = reading.quantity(words, len(words))
    value = known.value_of(match["digits"].rstrip(_AFTER_DIGITS))
    unit = known.symbols[entry(match["symbol"])] if match["symbol"] else None if last is None else last.unit
    if last is None or last.value is None or value is None or unit is None or not value < last.value:
        return None
    first = Quantity(Span(match.start(), hyphen), value=reading.scaled(value), unit=unit)
    return [first, Quantity(Span(at + last.span.start, at + last.span.end), value=last.value, unit=unit)]


class _Reading:
    """A match of the pattern for numbers as it is read: its end, its value and the name of its unit."""

    def __init__(self, match: re.Match[str], known: Numbers) -> None:
        self._match: Final = match
        self._known: Final = known
        self.last = match.end() - len(match["joined"] or "")
        self.value: float | None = None
        self.name = known.units.get(entry(match["unit"])) if match["unit"] else None

    def read(self) -> bool:
        """Find value and unit; false when it is no quantity at all."""
        match, known = self._match, self._known
        if match["multiple"] is not None:
            self.value, self.name, self.last = known.multiples[entry(match["multiple"])], _TIMES, match.end("multiple")
            return True
        if not (self._digits() if match["digits"] is not None else self._words()):
            return False
        if self.value is not None and match["magnitude"] is not None:
            self.value *= known.magnitudes[entry(match["magnitude"])]
        if self.value is not None and match["sign"]:
            self.value = -self.value
        if match["symbol"]:
            self.name = known.symbols[entry(match["symbol"])]
        if self.value is not None and not math.isfinite(self.value):
            self.value = None
        return True

    def _digits(self) -> bool:
        match, known = self._match, self._known
        digits, joined = match["digits"], match["joined"]
        bare = digits.rstrip(_AFTER_DIGITS)
        if match["glued"] is None and match["magnitude"] is None and match["unit"] is None:
            self.last -= len(digits) - len(bare)
        self.value = known.value_of(bare)
        if match["glued"] is not None and not self._glued(match["glued"].lower()):
            return False
        if joined is None:
            return True
        if _is_compound(joined):
            # "14-inch", "38-year-old"
            return self._compound(joined)
        if len(joined) > 1 or joined not in "-–/:":
            self.value, self.last = None, match.end()
        return True

    def _glued(self, letters: str) -> bool:
        """Take letters right behind digits into account."""
        known = self._known
        if not known.is_quantity(letters):
            return False
        if letters in known.magnitudes:
            self.value = None if self.value is None else self.value * known.magnitudes[letters]
        elif letters in known.units:
            self.name = known.units[letters]
        else:
            self.value = None
        return True

    def _words(self) -> bool:
        match, known = self._match, self._known
        words = match["words"].lower()
        if self.name is None and match["symbol"] is None and not match["magnitude"] and known.small.get(words) == 1:
            return False
        self.value = _spelt(words, known)
        joined = match["joined"]
        return self._compound(joined) if joined is not None and _is_compound(joined) else True

    def _compound(self, joined: str) -> bool:
        if self._known.is_age(self._match.string, self._match.end()):
            return False
        self.name = self._known.units.get(joined[1:].lower(), joined[1:].lower())
        return True

    def quantity(self, text: str, limit: int) -> Quantity | None:
        """What was read; of a number without a unit, which may be an age or a year, what it counts is its unit."""
        match, first, last, name = self._match, self._match.start(), self.last, self.name
        counted = last
        if name is None:
            digits = match["digits"]
            if digits is not None and text[max(0, first - 2) : first] == ", " and text[last : last + 1] == ",":
                # An age: "Leonard Bates, 46, had …".
                return None
            if digits is not None and match["glued"] is None and match["magnitude"] is None:
                if _YEAR.fullmatch(digits.rstrip(_AFTER_DIGITS)):
                    return None
            # A part is of what "of" says: "half the schools".
            if self.value is not None and entry(match["words"] or "") not in self._known.fractions:
                name, counted = _noun_behind(text, last, limit, self._known)
        rate = self._known.rate.match(text, counted, limit) if self.value is not None and name != _TIMES else None
        if rate is not None:
            per = self._known.per[entry(rate["per"])]
            name = f"{name}{PER}{per}" if name else f"{PER}{per}".lstrip()
            # Where what is counted stands between, the words of the quantity stay the number.
            last = rate.end() if counted == last else last
        return Quantity(Span(first, last), value=self.value, unit=name)

    def scaled(self, value: float) -> float:
        """A number before this one in a range, where only this one says of how many it is: "2 to 3 million"."""
        written = self._match["magnitude"] or (self._match["words"] or "").rpartition(" ")[2]
        size = self._known.magnitudes.get(entry(written), 1.0)
        return value * size if self.value is not None and value < size and value * size < self.value else value

    def beside(self, first: Quantity, later: _Reading, second: Quantity) -> Quantity:
        """What was read as the first number of a range, with what only the ``second`` one tells."""
        if first.unit is not None or first.value is None or second.value is None or self._match["magnitude"] is not None:
            return first
        return Quantity(first.span, value=later.scaled(first.value), unit=second.unit)


def _is_compound(joined: str) -> bool:
    return joined[0] in "-–" and joined[1:2].isalpha()


def _spelt(words: str, known: Numbers) -> float | None:
    """ "two hundred and ten thousand" as a number."""
    fraction = known.fractions.get(words)
    if fraction is not None:
        return fraction
    total, current = 0.0, 0.0
    seen = False
    for word in words.replace("-", " ").split():
        if word in known.joints:
            continue
        if word in known.fractions:
            return known.fractions[word] if not seen else None
        if word in known.small:
            value = known.small[word]
            if seen and current % 100 > 0 and (current % 10 or value >= 10):
                return None
            current += value
        elif word in known.magnitudes:
            size = known.magnitudes[word]
            current = (current if seen else 1.0) * size
            if size >= 1000:
                total, current = total + current, 0.0
        else:
            return None
        seen = True
    return total + current


def _noun_behind(text: str, at: int, limit: int, known: Numbers) -> tuple[str | None, int]:
    """A plural noun behind the number is what it counts; with where it ends, else with where the number does."""
    place = at
    for _ in range(1 + _BETWEEN):
        match = _NOUN.match(text, place, limit)
        if match is None:
            break
        place = match.end()
        noun = known.counted(match[1])
        if noun is not None:
            return noun, place
        if not known.describes(match[1].lower()):
            break
    return None, at
