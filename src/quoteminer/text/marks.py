"""Quotation marks: which characters are marks, which open, which close, and what belongs together.

The scan never fails on odd numbers of marks. It works one block (paragraph) at a time; a mark that has no partner
costs at most the stretch up to the next opening mark or the end of its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

DOUBLE: Final = "double"
SINGLE: Final = "single"
ANGLE: Final = "angle"
CORNER: Final = "corner"

# One character class and nothing else: the fastest scan that there is.
_RUN = re.compile("[\"“”„‟«»‹›「」『』‚‛`'‘’]+")
_COMMAS = re.compile(r",,(?=\w)")
_FAMILY: Final = {
    **dict.fromkeys(['"', "“", "”", "„", "‟", "``", "''", ",,"], DOUBLE),
    **dict.fromkeys(["'", "‘", "’", "‚", "‛", "`"], SINGLE),
    **dict.fromkeys(["«", "»", "‹", "›"], ANGLE),
    **dict.fromkeys(["「", "」", "『", "』"], CORNER),
}
_ANY_MARK: Final = frozenset("\"“”„‟«»‹›「」『』‘’'`‚‛")
_BEFORE_OPENING: Final = frozenset("([{—–-/:;,=>*_|") | _ANY_MARK
_AFTER_CLOSING: Final = frozenset(".,;:!?…)]}—–-/<*_|") | _ANY_MARK
_FINAL: Final = frozenset(".,!?…;:—–-")
Mark = tuple[int, int, str]
"""Where a mark begins and ends, and its characters."""

_ALWAYS_OPEN: Final = frozenset(["„", "‚", ",,", "``", "「", "『", "‛", "‟"])
_ALWAYS_CLOSE: Final = frozenset(["」", "』"])
_RAISED_LEFT: Final = frozenset(["“", "‘", "`"])
_RAISED_RIGHT: Final = frozenset(["”", "’"])
_RAISED_DOUBLE: Final = frozenset(['"', "''", "”"])
_SINGLE_LEFT: Final = frozenset(["‘", "`", "‚", "‛"])
_APOSTROPHES: Final = "['‘’]"


class Conventions:
    """What a language has to say of apostrophes.

    Attributes:
        elision: finds, at an apostrophe, a word that begins with one ("'em", "'tis", "'90s"), behind which no quotation opens.
        owners: letters behind which an apostrophe may tell an owner ("workers' rights").
        dropped: three letters at the end of words whose last letter is dropped ("goin'").
    """

    __slots__ = ("dropped", "elision", "owners")

    def __init__(self, elisions: Iterable[str] = (), owners: str = "", dropped: Iterable[str] = ()) -> None:
        words = "|".join(sorted(map(re.escape, elisions), key=len, reverse=True)) or "(?!)"
        self.elision = re.compile(rf"{_APOSTROPHES}(?:\d{{2}}s?\b|(?:{words})\b(?!['’]))", re.IGNORECASE)
        self.owners = frozenset(owners + owners.upper())
        self.dropped = frozenset(dropped)


NONE: Final = Conventions()
"""For texts whose language nobody knows."""


class MarkedSpan:
    """Text inside one pair of quotation marks. All offsets are code points of the document.

    ``open`` is the offset of the opening mark, ``start``/``end`` bound what is inside, ``close`` is the offset behind
    the closing mark. ``closed`` is false when the closing mark is missing; ``end`` is then where the block or the
    reporting clause stops it.
    """

    __slots__ = ("children", "close", "closed", "end", "family", "open", "parent", "start")

    def __init__(self, open_: int, start: int, family: str) -> None:
        self.open = open_
        self.start = start
        self.end = start
        self.close = start
        self.family = family
        self.closed = False
        self.parent: MarkedSpan | None = None
        self.children: Sequence[MarkedSpan] = ()

    def __repr__(self) -> str:
        return f"MarkedSpan({self.open}, {self.start}, {self.end}, {self.close}, {self.family}, closed={self.closed})"


def find_marks(text: str) -> list[Mark]:
    """All candidates for quotation marks in ``text``: (start, end, characters), in text order.

    An apostrophe inside a word is none, nor is a row of three or more of the same mark: that is decoration.
    """
    found: list[Mark] = []
    size = len(text)
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end - start == 1:
            mark = text[start]
            if mark in "'’‘" and start > 0 and end < size and text[start - 1].isalnum() and text[end].isalnum():
                continue
            if mark == "`" and not (end < size and text[end].isalnum()):
                continue
            found.append((start, end, mark))
        else:
            found.extend(_split_run(text, start, end))
    if ",," in text:
        found.extend((match.start(), match.end(), ",,") for match in _COMMAS.finditer(text))
        found.sort()
    return found


def _split_run(text: str, start: int, end: int) -> Iterator[Mark]:
    """The marks of a run such as ``’”`` or ``''``."""
    at = start
    while at < end:
        behind = at + 1
        while behind < end and text[behind] == text[at]:
            behind += 1
        count = behind - at
        if count == 2 and text[at] in "'`":
            yield (at, behind, text[at:behind])
        elif count <= 2:
            yield from ((n, n + 1, text[n]) for n in range(at, behind))
        at = behind


def guillemets_point_out(marks: Iterable[Mark], text: str = "") -> bool:
    """Whether the document writes «so» (true) or »so« (false): its first double guillemet tells, unless more of the others speak against it.

    Args:
        text: the document; without it the first one alone tells.
    """
    known = [(start, end, mark) for start, end, mark in marks if mark in "«»‹›"]
    if not known:
        return True
    first = 1 if known[0][2] in "«‹" else -1
    votes = sum(_points_out(text, start, end, mark) for start, end, mark in known) if text else 0
    return _FIRST * first + votes > 0


_FIRST: Final = 1.5
"""What the first guillemet counts: a single other one may be misprinted."""


def _points_out(text: str, start: int, end: int, mark: str) -> int:
    """1 where a guillemet opens or closes as in «so», -1 as in »so«, 0 where its neighbours do not tell, as in « so »."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    opens = behind.isalnum() and (not before or before.isspace())
    closes = (before.isalnum() or before in ".!?…," and bool(before)) and (not behind or behind.isspace())
    if opens == closes or mark not in "«»":
        return 0
    return 1 if opens == (mark == "«") else -1


def pair_marks(
    text: str, start: int, end: int, marks: list[Mark], *, outward: bool = True, conventions: Conventions = NONE
) -> list[MarkedSpan]:
    """Pair the marks of the block ``text[start:end]``.

    ``marks`` are those of this block, ``outward`` tells whether guillemets point out («so»). Returns the outermost spans in text order, nested
    ones as ``children``. Linear in the number of marks: each is pushed and popped at most once.
    """
    pairing = _Pairing(text, start, end, marks, conventions)
    for index, (at, behind, mark) in enumerate(marks):
        left = text[at - 1] if at > start else "\n"
        right = text[behind] if behind < end else "\n"
        family = _FAMILY[mark]
        if pairing.is_no_mark(index, left, right):
            continue
        role = _role(mark, family, left, right, outward=outward, is_open=pairing.is_open(family))
        if role == "open":
            pairing.open(at, behind, mark, left)
        elif role == "close" and not (family is SINGLE and pairing.is_possessive(index, left, right)):
            pairing.close(family, at, behind)
    return pairing.finished()


def _role(mark: str, family: str, left: str, right: str, *, outward: bool, is_open: bool) -> str | None:
    """Whether a mark opens or closes, by its shape and its neighbours; ``is_open`` tells whether one of its family is open."""
    if mark in _ALWAYS_OPEN:
        return "open"
    if mark in _ALWAYS_CLOSE:
        return "close"
    if family is ANGLE:
        return "open" if (mark in "«‹") == outward else "close"
    if mark in _RAISED_LEFT:
        return _role_of_left(left, right, is_open=is_open)
    if mark in _RAISED_RIGHT:
        opens = not is_open and _is_free_left(left) and not _is_free_right(right)
        return "open" if opens else "close"
    return _role_of_straight(left, right, is_open=is_open)


def _is_free_left(left: str) -> bool:
    return left.isspace() or left in _BEFORE_OPENING


def _is_free_right(right: str) -> bool:
    return right.isspace() or right in _AFTER_CLOSING


def _role_of_left(left: str, right: str, *, is_open: bool) -> str | None:
    """The mark “: it opens, and closes what „ opened."""
    if is_open and not left.isspace() and left not in "([—–" and _is_free_right(right) and not right.isalnum():
        return "close"
    return "open" if not right.isspace() or _is_free_left(left) else None


def _role_of_straight(left: str, right: str, *, is_open: bool) -> str | None:
    """A straight mark: the side with the space decides, an open partner breaks ties."""
    if left.isspace() or left in "([{":
        if not right.isspace():
            return "open"
        return "close" if is_open else None
    if is_open or right.isspace() or right in ")]}.,;:!?…":
        return "close"
    return "open" if _is_free_left(left) else "close"


class _Pairing:
    """The marks of one block while they are paired."""

    __slots__ = ("_conventions", "_end", "_marks", "_stack", "_start", "_text", "_top")

    def __init__(self, text: str, start: int, end: int, marks: list[Mark], conventions: Conventions) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._marks = marks
        self._conventions = conventions
        self._stack: list[MarkedSpan] = []
        self._top: list[MarkedSpan] = []

    def is_open(self, family: str) -> bool:
        """Whether a mark of this family is open."""
        return any(span.family is family for span in self._stack)

    def is_no_mark(self, index: int, left: str, right: str) -> bool:
        """Whether it is an inch, foot or second mark, an apostrophe or an elision."""
        at, _, mark = self._marks[index]
        family = _FAMILY[mark]
        if family is DOUBLE:
            return mark in _RAISED_DOUBLE and left.isnumeric() and self._is_measure(index)
        return family is SINGLE and not self._is_single(at, mark, left, right)

    def _is_measure(self, index: int) -> bool:
        """Whether the mark behind a digit is an inch, foot or second mark and not a closing mark."""
        text, stack = self._text, self._stack
        if not self.is_open(DOUBLE):
            return True
        if self._marks[index][2] == "”":
            return False
        if stack[-1].family is DOUBLE and text[stack[-1].open] in "“„":
            return True
        for at, behind, following in self._marks[index + 1 : index + 4]:
            if _FAMILY[following] is DOUBLE:
                right = text[behind] if behind < self._end else "\n"
                return not text[at - 1].isspace() and not right.isalnum()
        return False

    def _is_single(self, at: int, mark: str, left: str, right: str) -> bool:
        """Tell a single quotation mark from an apostrophe, a foot mark and an elision ('90s, 'em)."""
        is_open = self.is_open(SINGLE)
        if _is_free_left(left) and not right.isspace():
            return self._opens_single(at, mark, right, is_open=is_open)
        if not is_open:
            return mark == "‚"
        return not (left.isnumeric() and right.isalnum())

    def _opens_single(self, at: int, mark: str, right: str, *, is_open: bool) -> bool:
        elided = self._conventions.elision.match(self._text, at) is not None
        if mark in _SINGLE_LEFT:
            return not (right.isdigit() and elided)
        if is_open and right in _AFTER_CLOSING:
            return True
        if elided:
            return False
        if mark == "’" and not is_open:
            return right.isupper()
        return right.isalnum() or right in '“"[(…£$€«¡¿' or is_open

    def is_possessive(self, index: int, left: str, right: str) -> bool:
        """Whether the mark is the apostrophe of "workers' rights" while a single mark is open.

        It is when it follows a letter, a space follows it, and a better closing mark comes before the next opening one.
        """
        text, known = self._text, self._conventions
        at = self._marks[index][0]
        if not left.isalpha() or not right.isspace():
            return False
        if left not in known.owners and text[at - 3 : at].lower() not in known.dropped:
            return False
        for at, behind, mark in self._marks[index + 1 : index + 6]:
            if _FAMILY[mark] is not SINGLE:
                continue
            before = text[at - 1]
            after = text[behind] if behind < self._end else "\n"
            if before.isspace() and not after.isspace():
                return False
            if not before.isspace() and (before in _FINAL or after in _AFTER_CLOSING or after.isspace()):
                return True
        return False

    def open(self, at: int, behind: int, mark: str, left: str) -> None:
        """Open a span. An opening mark while the same kind is open means that the earlier one lacks its partner."""
        family, stack = _FAMILY[mark], self._stack
        inside_straight = (
            bool(stack) and stack[-1].family is family and self._text[stack[-1].open] == '"' and mark == "“" and left.isspace()
        )
        if not inside_straight and self.is_open(family):
            while stack:
                last = stack[-1]
                self._leave_open(at)
                if last.family is family:
                    break
        stack.append(MarkedSpan(at, behind, family))

    def close(self, family: str, at: int, behind: int) -> None:
        """Close the last span of a family that is open, if there is one."""
        stack = self._stack
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].family is family:
                break
        else:
            return
        while len(stack) > depth + 1:
            # An inner mark without a partner is a stray one: what it enclosed belongs to the outer quotation.
            inner = stack.pop()
            stack[-1].children = [*stack[-1].children, *inner.children]
        span = stack.pop()
        span.end = at
        span.close = behind
        span.closed = True
        if not _is_blank(self._text, span.start, at):
            self._place(span)

    def finished(self) -> list[MarkedSpan]:
        """The outermost spans, when there are no more marks."""
        while self._stack:
            self._leave_open(self._end)
        return self._top

    def _leave_open(self, end: int) -> None:
        span = self._stack.pop()
        stop = end
        while stop > span.start and self._text[stop - 1].isspace():
            stop -= 1
        span.end = span.close = stop
        if stop > span.start:
            self._place(span)

    def _place(self, span: MarkedSpan) -> None:
        if span.end <= span.start:
            return
        for child in span.children:
            child.parent = span
        if not self._stack:
            self._top.append(span)
            return
        outer = self._stack[-1]
        if isinstance(outer.children, list):
            outer.children.append(span)
        else:
            outer.children = [span]


def _is_blank(text: str, start: int, end: int) -> bool:
    while start < end and text[start].isspace():
        start += 1
    return start >= end
