"""Time expressions in a claim, resolved to ISO 8601 where they are absolute or the date of the document is known."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quoteminer import Span, Time

from ..language.classes import TIMES
from ..language.problems import PackError
from ..language.tables import rows
from .lexicon import either, knowledge
from .quantities import Numbers, numbers

_COUNT: Final = "<count>"
_UNIT: Final = "<unit>"
"""They stand in the data for a number and a unit of time."""
_DECADE: Final = "{}X"
"""Ten years in the extended form of ISO 8601: a digit that may be any."""
_BEFORE: Final = 8
"""So many code points before a month are looked at."""


class Unit(enum.Enum):
    """A unit of time, by the name that tables have for it in small letters."""

    DAY = enum.auto()
    WEEK = enum.auto()
    MONTH = enum.auto()
    YEAR = enum.auto()
    DECADE = enum.auto()


def _unit(name: str, file: Path) -> Unit:
    try:
        return Unit[name.upper()]
    except KeyError as error:
        raise PackError(file, 0, f"there is no unit of time {name!r}") from error


class Calendar:
    """The names of times in one language, and the patterns that find expressions made of them.

    Attributes:
        months, weekdays, days, shifts, numbers: what names stand for.
        units: words for units of time.
        doubtful, doubtful_weekdays: names of months that are other words too, and of weekdays that are when they are written in small letters.
        distances: for each way to write a distance from today, whether it is past (-1) or to come (1).
        hint: found in at least one token of every expression.
        before_month: found right before a month.
    """

    def __init__(self, folder: Path) -> None:
        found: dict[str, dict[str, str]] = {kind: {} for kind in TIMES}
        file = folder / "times.tsv"
        for row in rows(file, 3) if file.is_file() else ():
            kind, value, words = row.columns
            if kind not in found:
                raise row.problem(f"there is no kind {kind!r} of words for times")
            found[kind][words] = value
        self.distances: Final = list(_numbers(found["distance"]).values())
        several = {
            kind: {word: value for words, value in of_kind.items() for word in words.split()} for kind, of_kind in found.items()
        }
        self.months: Final = _numbers(several["month"])
        self.weekdays: Final = _numbers(several["weekday"])
        self.days: Final = _numbers(several["day"])
        behind = several["shift_behind"]
        self.shifts: Final = _numbers({**several["shift"], **behind})
        self.numbers: Final = _numbers(several["number"])
        self.units: Final = {word: _unit(name, file) for word, name in several["unit"].items()}
        self.doubtful: Final = frozenset(several["doubtful_month"])
        self.doubtful_weekdays: Final = frozenset(several["doubtful_weekday"])
        self._around: Final = {kind: either(words) for kind, words in several.items()}
        self._plural: Final = _optional(either(one.ending for one in knowledge(folder).plural))
        names = either([*self.months, *self.weekdays, *self.days, *self.units])
        self.hint: Final = re.compile(rf"\d|(?<!\w)(?:{names}){self._plural}(?!\w)", re.IGNORECASE)
        self.before_month: Final = re.compile(rf"(?:{self._around['before_month']})[\s-]$", re.IGNORECASE)
        self.pattern: Final = self._pattern(numbers(folder), list(found["distance"]))

    def full_months(self) -> list[str]:
        """The full names of the months."""
        return list({number: name for name, number in reversed(self.months.items())}.values())

    def _pattern(self, known: Numbers, distances: list[str]) -> re.Pattern[str]:
        around = self._around
        month, weekday, unit = either(self.months), either(self.weekdays), either(self.units)
        ordinal = _optional(either(known.ordinal_endings))
        moved = rf"(?:(?P<shifted>{unit})|(?P<shifted_day>{weekday})|(?P<shifted_month>{month}))"
        named = rf"(?:(?P<moved>{unit})|(?P<moved_day>{weekday})|(?P<moved_month>{month}))"
        between = _optional(rf"{around['between_day_and_month']}\s")
        day_before = rf"(?:(?P<day1>[0-3]?\d){ordinal}\s{between})?"
        day_behind = rf"(?:\s(?P<day2>[0-3]?\d){ordinal}(?!\d|[,.]\d))?"
        kinds = [
            r"(?P<iso>[12]\d{3}-[01]\d-[0-3]\d)",
            rf"{day_before}(?P<month>{month})\.?{day_behind}(?:,?\s{between}(?P<year1>[12]\d{{3}}))?",
            rf"(?:{around['before_shift']}\s)?(?P<shift>{either(self.shifts)})\s{moved}",
            rf"(?:{around['before_shift']}\s?)?{named}\s(?P<shift_behind>{around['shift_behind']})",
            rf"(?P<weekday>{weekday})(?:\s{around['part_of_day']})?",
            rf"(?P<day>{either(self.days)})",
            *(self._distance(words, at) for at, words in enumerate(distances)),
            rf"(?:{around['before_decade']}\s)?(?P<decade>(?:[12]\d)?['’]?\d0){either(known.plural_endings)}",
            rf"(?P<year>1[5-9]\d\d|20\d\d)(?!\s*%|[.,]\d|\s{around['after_count']})",
        ]
        return re.compile(rf"(?<![\w.,'’/$€£-])(?:{'|'.join(kinds)})(?![\w’'-]*\w)", re.IGNORECASE)

    def _distance(self, words: str, at: int) -> str:
        """A way to write a distance from today as a pattern."""
        parts = {
            _COUNT: rf"(?P<count{at}>\d{{1,4}}|{either(self.numbers)})",
            _UNIT: rf"(?P<distance{at}>{either(self.units)}){self._plural}",
        }
        return r"\s".join(parts.get(word) or either([word]) for word in words.split())


def _optional(pattern: str) -> str:
    return f"(?:{pattern})?"


def _numbers(found: dict[str, str]) -> dict[str, int]:
    return {word: int(value) for word, value in found.items()}


@functools.cache
def calendar_of(folder: Path) -> Calendar:
    """The names of times in a language."""
    return Calendar(folder)


def may_be_time(token: str, folder: Path) -> bool:
    """Whether a token can be part of a time expression that :func:`times` finds; none is without such a token."""
    return calendar_of(folder).hint.search(token) is not None


def times(text: str, spans: list[tuple[int, int]], folder: Path, today: dt.date | None, *, future: bool) -> list[Time]:
    """The time expressions in ``spans``; offsets are code points.

    Args:
        today: date of the document, by which "Friday" or "last year" is resolved; without it they have no value.
        future: whether the claim is about what is to come, so that "Friday" is the next one.
    """
    calendar = calendar_of(folder)
    found: list[Time] = []
    for start, end in spans:
        for match in calendar.pattern.finditer(text, start, end):
            if not _is_other_word(match, calendar, text):
                found.append(Time(Span(*match.span()), value=_value(match, calendar, today, future=future)))
    return found


def _is_other_word(match: re.Match[str], calendar: Calendar, text: str) -> bool:
    """Whether what looks like a month or weekday is none: "may", "sun"."""
    if match["weekday"]:
        return match["weekday"] in calendar.doubtful_weekdays
    if not match["month"] or match["day1"] or match["day2"] or match["year1"]:
        return False
    name = match[0]
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    return name.lower().rstrip(".") in calendar.doubtful and not calendar.before_month.search(before)


def document_date(metadata: Mapping[str, object]) -> dt.date | None:
    """The date of a document, from an ISO 8601 ``date`` in its metadata."""
    try:
        value = metadata["date"]
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except (KeyError, ValueError):
        return None


def _value(match: re.Match[str], calendar: Calendar, today: dt.date | None, *, future: bool) -> str | None:
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"]).isoformat()
        if match["year"]:
            return str(int(match["year"]))
        if match["month"]:
            return _of_month(match, calendar, today, future=future)
        if match["decade"]:
            decade = match["decade"]
            return _DECADE.format(int(decade[:3])) if len(decade) == 4 and decade.isdecimal() else None
        return None if today is None else _relative(match, calendar, today, future=future)
    except (ValueError, OverflowError):
        return None


def _of_month(match: re.Match[str], calendar: Calendar, today: dt.date | None, *, future: bool) -> str | None:
    month = calendar.months[match["month"].lower()]
    day = match["day1"] or match["day2"]
    if match["year1"]:
        year = int(match["year1"])
    elif today is None:
        return None
    else:
        year = today.year
        if future and month < today.month:
            year += 1
        elif not future and month > today.month:
            year -= 1
    return f"{year:04}-{month:02}" if day is None else dt.date(year, month, int(day)).isoformat()


def _relative(match: re.Match[str], calendar: Calendar, today: dt.date, *, future: bool) -> str | None:
    if match["day"]:
        return (today + dt.timedelta(calendar.days[match["day"].lower()])).isoformat()
    if match["weekday"]:
        distance = (calendar.weekdays[match["weekday"].lower()] - today.weekday()) % 7
        return (today + dt.timedelta(distance if future or distance == 0 else distance - 7)).isoformat()
    for at, past in enumerate(calendar.distances):
        if match[f"distance{at}"]:
            count = match[f"count{at}"].lower()
            number = int(count) if count.isdecimal() else calendar.numbers[count]
            return _shifted(calendar.units[match[f"distance{at}"].lower()], past * number, today)
    shift = calendar.shifts[(match["shift"] or match["shift_behind"]).lower()]
    if unit := match["shifted"] or match["moved"]:
        return _shifted(calendar.units[unit.lower()], shift, today)
    if day := match["shifted_day"] or match["moved_day"]:
        distance = (calendar.weekdays[day.lower()] - today.weekday()) % 7
        if shift < 0 or (shift == 0 and not future):
            distance -= 7
        return (today + dt.timedelta(distance)).isoformat()
    month = calendar.months[(match["shifted_month"] or match["moved_month"]).lower()]
    year = today.year - (shift < 0 and month >= today.month) + (shift > 0 and month <= today.month)
    return f"{year:04}-{month:02}"


def _shifted(unit: Unit, by: int, today: dt.date) -> str | None:
    """As coarse as the unit: "two years ago" is a year, "last week" an ISO week."""
    if unit is Unit.YEAR:
        return f"{today.year + by:04}" if 0 < today.year + by < 10000 else None
    if unit is Unit.DECADE:
        return None
    if unit is Unit.MONTH:
        months = today.year * 12 + today.month - 1 + by
        return f"{months // 12:04}-{months % 12 + 1:02}" if months >= 12 else None
    then = today + dt.timedelta(by * (7 if unit is Unit.WEEK else 1))
    if unit is Unit.DAY:
        return then.isoformat()
    iso = then.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"
