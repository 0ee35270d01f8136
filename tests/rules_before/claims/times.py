"""Time expressions in a claim, resolved to ISO 8601 where they are absolute or the date of the document is known."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Final

from quoteminer import Span, Time

from .lexicon import either, lines


class _Calendar:
    """The names of times in one language, and the pattern that finds expressions made of them."""

    def __init__(self, language: str) -> None:
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        self.days: dict[str, int] = {}
        self.units: dict[str, str] = {}
        self.shifts: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        tables = {
            "month": self.months, "weekday": self.weekdays, "day": self.days, "shift": self.shifts, "number": self.numbers,
        }  # fmt: skip
        for line in lines(language, "times.tsv"):
            kind, value, words = line.split("\t")
            for word in words.split():
                if kind == "unit":
                    self.units[word] = value
                else:
                    tables[kind][word] = int(value)
        month, weekday = either(self.months), either(self.weekdays)
        unit, shift, number = either(self.units), either(self.shifts), either(self.numbers)
        names = either({**self.months, **self.weekdays, **self.days} | dict.fromkeys(self.units, 0))
        #: Found in at least one token of every expression.
        self.hint = re.compile(rf"\d|(?<!\w)(?:{names})s?(?!\w)", re.IGNORECASE)
        self.pattern = re.compile(
            rf"(?<![\w.,'’/$€£-])(?:"
            rf"(?P<iso>[12]\d{{3}}-[01]\d-[0-3]\d)"
            rf"|(?:(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<month>{month})\.?(?:\s(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[,.]\d))?(?:,?\s(?P<year1>[12]\d{{3}}))?"
            rf"|(?:the\s)?(?P<shift>{shift})\s(?:(?P<shifted>{unit})|(?P<shifted_day>{weekday})|(?P<shifted_month>{month}))"
            rf"|(?P<weekday>{weekday})(?:\s(?:morning|afternoon|evening|night))?"
            rf"|(?P<day>{either(self.days)})"
            rf"|(?P<count>\d{{1,4}}|{number})\s(?P<ago>{unit})s?\s(?:ago|earlier)"
            rf"|(?:the\s|in\s)?(?P<decade>(?:[12]\d)?['’]?\d0)s"
            rf"|(?P<year>1[5-9]\d\d|20\d\d)(?!\s*%|[.,]\d|\s(?:dollars|euros|pounds|people|homes|jobs|tonnes|tons|million|billion))"
            rf")(?![\w’'-]*\w)",
            re.IGNORECASE,
        )


@functools.cache
def _calendar(language: str) -> _Calendar:
    return _Calendar(language)


def may_be_time(token: str, language: str) -> bool:
    """Whether a token can be part of a time expression that :func:`times` finds; none is without such a token."""
    return _calendar(language).hint.search(token) is not None


#: Month names that are words of their own unless a day, a year or a preposition says otherwise.
_DOUBTFUL: Final = frozenset(["may", "march", "second", "mar", "sun", "sat", "sep", "dec", "jan"])
_BEFORE_MONTH: Final = re.compile(
    r"(?:in|since|until|by|from|last|next|this|of|before|after|during|until|and|to|early|late|mid)[\s-]$", re.IGNORECASE
)


def times(text: str, spans: list[tuple[int, int]], language: str, today: dt.date | None, *, future: bool) -> list[Time]:
    """The time expressions in ``spans``; offsets are code points.

    Args:
        today: date of the document, by which "Friday" or "last year" is resolved; without it they have no value.
        future: whether the claim is about what is to come, so that "Friday" is the next one.
    """
    calendar = _calendar(language)
    found: list[Time] = []
    for start, end in spans:
        for match in calendar.pattern.finditer(text, start, end):
            if match["month"] and not (match["day1"] or match["day2"] or match["year1"]):
                name = text[match.start() : match.end()]
                if name.islower() or (
                    name.lower().rstrip(".") in _DOUBTFUL
                    and not _BEFORE_MONTH.search(text[max(0, match.start() - 8) : match.start()])
                ):
                    continue
            if match["weekday"] and match["weekday"].islower():
                continue
            found.append(Time(Span(*match.span()), value=_value(match, calendar, today, future=future)))
    return found


def document_date(metadata: object) -> dt.date | None:
    """The date of a document, from an ISO 8601 ``date`` in its metadata."""
    value = metadata.get("date") if hasattr(metadata, "get") else None
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None


def _value(match: re.Match[str], calendar: _Calendar, today: dt.date | None, *, future: bool) -> str | None:
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"]).isoformat()
        if match["year"]:
            return str(int(match["year"]))
        if match["month"]:
            return _of_month(match, calendar, today, future=future)
        if match["decade"]:
            decade = match["decade"]
            return f"{int(decade[:3])}X" if len(decade) == 4 and decade.isdecimal() else None
        return None if today is None else _relative(match, calendar, today, future=future)
    except (ValueError, OverflowError):
        return None


def _of_month(match: re.Match[str], calendar: _Calendar, today: dt.date | None, *, future: bool) -> str | None:
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


def _relative(match: re.Match[str], calendar: _Calendar, today: dt.date, *, future: bool) -> str | None:
    if match["day"]:
        return (today + dt.timedelta(calendar.days[match["day"].lower()])).isoformat()
    if match["weekday"]:
        distance = (calendar.weekdays[match["weekday"].lower()] - today.weekday()) % 7
        return (today + dt.timedelta(distance if future or distance == 0 else distance - 7)).isoformat()
    if match["ago"]:
        count = match["count"].lower()
        number = int(count) if count.isdecimal() else calendar.numbers[count]
        return _shifted(calendar.units[match["ago"].lower()], -number, today)
    shift = calendar.shifts[match["shift"].lower()]
    if match["shifted"]:
        return _shifted(calendar.units[match["shifted"].lower()], shift, today)
    if match["shifted_day"]:
        distance = (calendar.weekdays[match["shifted_day"].lower()] - today.weekday()) % 7
        if shift < 0 or (shift == 0 and not future):
            distance -= 7
        return (today + dt.timedelta(distance)).isoformat()
    month = calendar.months[match["shifted_month"].lower()]
    year = today.year - (shift < 0 and month >= today.month) + (shift > 0 and month <= today.month)
    return f"{year:04}-{month:02}"


def _shifted(unit: str, by: int, today: dt.date) -> str | None:
    """As coarse as the unit: "two years ago" is a year, "last week" an ISO week."""
    if unit == "year":
        year = today.year + by
    elif unit == "decade":
        return None
    elif unit == "month":
        months = today.year * 12 + today.month - 1 + by
        return f"{months // 12:04}-{months % 12 + 1:02}" if months >= 12 else None
    else:
        then = today + dt.timedelta(by * (7 if unit == "week" else 1))
        if unit == "day":
            return then.isoformat()
        iso = then.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}"
    return f"{year:04}" if 0 < year < 10000 else None
