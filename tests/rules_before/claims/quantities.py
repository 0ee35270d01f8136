"""Numbers in a claim, with their value and unit; what cannot be read as one number keeps its span and has no value."""

from __future__ import annotations

import functools
import math
import re
from typing import Final

from quoteminer import Quantity, Span

from .lexicon import either, entry, lines

_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")


class _Units:
    """What the search knows about numbers in one language."""

    def __init__(self, language: str) -> None:
        self.small: dict[str, float] = {}
        self.magnitudes: dict[str, float] = {}
        self.units: dict[str, str] = {}
        self.symbols: dict[str, str] = {}
        self.fractions: dict[str, float] = {}
        self.no_units: set[str] = set()
        for line in lines(language, "numbers.tsv"):
            kind, name, words = line.split("\t")
            for word in map(entry, words.split("|")):
                if kind == "word":
                    self.small[word] = float(name)
                elif kind == "magnitude":
                    self.magnitudes[word] = float(name)
                elif kind == "unit":
                    self.units[word] = name
                elif kind == "symbol":
                    self.symbols[word] = name
                elif kind == "fraction":
                    self.fractions[word] = float(name)
                elif kind == "no_unit":
                    self.no_units.add(word)
        words, magnitudes, fractions = either(self.small), either(self.magnitudes), either(self.fractions)
        symbols = "".join(re.escape(s) for s in self.symbols)
        units = either(self.units)
        endings = {re.split(r"[\s-]", word)[-1] for word in (*self.small, *self.magnitudes, *self.fractions)}
        #: Found in at least one token of every quantity.
        self.hint = re.compile(rf"\d|(?<!\w)(?:{'|'.join(map(re.escape, sorted(endings)))})(?!\w)", re.IGNORECASE)
        digits = r"\d[\d.,'’]*"
        self.pattern = re.compile(
            rf"(?<![\w.,'’/-])(?P<sign>[-−](?=\d|[{symbols}]))?(?P<symbol>[{symbols}]\s?)?"
            rf"(?:(?P<digits>{digits})(?P<glued>[^\W\d_]{{1,14}})?|(?P<words>(?:{fractions}|{words}|{magnitudes})"
            rf"(?:[\s-](?:and\s)?(?:{words}|{magnitudes}))*)(?!\w))"
            rf"(?P<magnitude>[\s-](?:{magnitudes})(?!\w))?"
            rf"(?P<unit>\s?(?:{units})(?![\w])|-?\s?%)?"
            rf"(?P<joined>[-/–:×'\"′″¼½¾]\w{{0,20}})?",
            re.IGNORECASE,
        )


@functools.cache
def _units(language: str) -> _Units:
    return _Units(language)


def may_be_quantity(token: str, language: str) -> bool:
    """Whether a token can be part of a quantity that :func:`quantities` finds; none is without such a token."""
    return _units(language).hint.search(token) is not None


def quantities(text: str, spans: list[tuple[int, int]], language: str, times: list[tuple[int, int]]) -> list[Quantity]:
    """The quantities in ``spans`` of ``text`` that are no part of ``times``; offsets are code points."""
    known = _units(language)
    found: list[Quantity] = []
    for start, end in spans:
        for match in known.pattern.finditer(text, start, end):
            first, last = match.span()
            if any(a < last and first < b for a, b in times):
                continue
            quantity = _read(match, known, text, end)
            if quantity is not None:
                found.append(quantity)
    return found


def _read(match: re.Match[str], known: _Units, text: str, limit: int) -> Quantity | None:
    first, last = match.span()
    digits, words, glued, joined = match["digits"], match["words"], match["glued"], match["joined"]
    name = known.units[entry(match["unit"])] if match["unit"] else None
    value: float | None
    if digits is not None:
        last -= len(joined or "")
        trailing = len(digits) - len(digits.rstrip(".,'’"))
        if trailing and not glued and match["magnitude"] is None and match["unit"] is None:
            last -= trailing
        digits = digits.rstrip(".,'’")
        value = _number(digits)
        if glued is not None:
            lowered = glued.lower()
            if lowered in ("st", "nd", "rd", "th", "s"):
                return None
            if lowered in known.magnitudes:
                value = None if value is None else value * known.magnitudes[lowered]
            elif lowered in known.units:
                name = known.units[lowered]
            else:
                value = None
        if joined is not None:
            if joined[0] in "-–" and len(joined) > 1 and joined[1:2].isalpha():
                # "14-inch", "38-year-old"
                if text[match.end() : match.end() + 4] == "-old":
                    return None
                name = known.units.get(joined[1:].lower(), joined[1:].lower())
            elif joined[0] in "-–/:" and len(joined) == 1:
                pass
            else:
                value, last = None, match.end()
    else:
        if name is None and match["symbol"] is None and not match["magnitude"] and words.lower() in ("one", "second", "a"):
            return None
        if joined is not None and joined[0] in "-–" and joined[1:2].isalpha():
            if text[match.end() : match.end() + 4] == "-old":
                return None
            name = known.units.get(joined[1:].lower(), joined[1:].lower())
        last -= len(joined or "")
        value = _spelt(words.lower(), known)
    if value is not None and match["magnitude"] is not None:
        value *= known.magnitudes[entry(match["magnitude"])]
    if value is not None and match["sign"]:
        value = -value
    if match["symbol"]:
        name = known.symbols[entry(match["symbol"])]
    if value is not None and not math.isfinite(value):
        value = None
    if name is None:
        if digits is not None and text[max(0, first - 2) : first] == ", " and text[last : last + 1] == ",":
            # An age: "Leonard Bates, 46, had …".
            return None
        if digits is not None and glued is None and _YEAR.fullmatch(digits) and match["magnitude"] is None:
            return None
        name = _noun_behind(text, last, limit, known)
    if last <= first:
        return None
    return Quantity(Span(first, last), value=value, unit=name)


def _number(digits: str) -> float | None:
    """The value of digits as English writes them; other ways of grouping can mean two things and give nothing."""
    if not digits.isascii() or not _GROUPED.fullmatch(digits):
        return None
    return float(digits.replace(",", ""))


def _spelt(words: str, known: _Units) -> float | None:
    """ "two hundred and ten thousand" as a number."""
    fraction = known.fractions.get(words)
    if fraction is not None:
        return fraction
    total, current = 0.0, 0.0
    seen = False
    for word in words.replace("-", " ").split():
        if word == "and":
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


_NOUN: Final = re.compile(r"\s([^\W\d_]{2,30}(?:-[^\W\d_]{1,20})?)(?![\w'’-])")


def _noun_behind(text: str, at: int, limit: int, known: _Units) -> str | None:
    """A plural noun right behind the number is what it counts."""
    match = _NOUN.match(text, at, limit)
    if match is None:
        return None
    noun = match[1].lower()
    return noun if noun.endswith(("s", "people", "men", "women", "children")) and noun not in known.no_units else None
