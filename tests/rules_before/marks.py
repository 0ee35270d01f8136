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
# Words that begin with an apostrophe; after them a single mark is not an opening one.
_ELISION = re.compile(
    r"['‘’](?:\d{2}s?\b|(?:em|tis|twas|twere|twill|til|till|cause|bout|round|neath|gainst|cos|n|un|im|ere|ave|ow|is|er|im)\b(?!['’]))",
    re.IGNORECASE,
)


class Stretch:
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
        self.parent: Stretch | None = None
        self.children: Sequence[Stretch] = ()

    def __repr__(self) -> str:
        return f"Stretch({self.open}, {self.start}, {self.end}, {self.close}, {self.family}, closed={self.closed})"


def find_marks(text: str) -> list[tuple[int, int, str]]:
    """All candidates for quotation marks in ``text``: (start, end, characters), in text order.

    An apostrophe inside a word is none, nor is a row of three or more of the same mark: that is decoration.
    """
    found: list[tuple[int, int, str]] = []
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


def _split_run(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
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


def guillemets_point_out(marks: Iterable[tuple[int, int, str]]) -> bool:
    """Whether the document writes «so» (true) or »so« (false): its first double guillemet tells."""
    for _, _, mark in marks:
        if mark in "«»":
            return mark == "«"
        if mark in "‹›":
            return mark == "‹"
    return True


def pair_block(text: str, start: int, end: int, marks: list[tuple[int, int, str]], *, outward: bool) -> list[Stretch]:
    """Pair the marks of the block ``text[start:end]``.

    ``marks`` are those of this block. Returns the outermost stretches in text order, nested ones as ``children``.
    Linear in the number of marks: each is pushed and popped at most once.
    """
    stack: list[Stretch] = []
    top: list[Stretch] = []
    count = len(marks)
    for index in range(count):
        at, behind, mark = marks[index]
        family = _FAMILY[mark]
        left = text[at - 1] if at > start else "\n"
        right = text[behind] if behind < end else "\n"
        if family is DOUBLE and mark in ('"', "''", "”") and left.isnumeric() and _is_measure(text, marks, index, end, stack):
            continue
        if family is SINGLE and not _single_matters(text, at, mark, left, right, stack):
            continue
        role = _role(mark, family, left, right, stack, outward)
        if role == "open":
            if not (stack and stack[-1].family is family and text[stack[-1].open] == '"' and mark == "“" and left.isspace()):
                _drop_same_family(stack, top, family, text, at)
            stack.append(Stretch(at, behind, family))
        elif role == "close":
            if family is SINGLE and _is_possessive(text, marks, index, left, right, end):
                continue
            _close(stack, top, family, text, at, behind)
    while stack:
        _leave_open(stack, top, end, text)
    return top


def _role(mark: str, family: str, left: str, right: str, stack: list[Stretch], outward: bool) -> str | None:
    left_free = left.isspace() or left in _BEFORE_OPENING
    right_free = right.isspace() or right in _AFTER_CLOSING
    is_open = any(stretch.family is family for stretch in stack)
    if mark in ("„", "‚", ",,", "``", "「", "『", "‛", "‟"):
        return "open"
    if mark in ("」", "』"):
        return "close"
    if family is ANGLE:
        opens = (mark in "«‹") == outward
        return "open" if opens else "close"
    if mark in ("“", "‘", "`"):
        if is_open and not left.isspace() and left not in "([—–" and right_free and not right.isalnum():
            return "close"
        return "open" if not right.isspace() or left_free else None
    if mark in ("”", "’"):
        if not is_open and left_free and not right_free:
            return "open"
        return "close"
    # Straight marks: the side with the space decides, an open partner breaks ties.
    if left.isspace() or left in "([{":
        if right.isspace():
            return "close" if is_open else None
        return "open"
    if right.isspace() or right in ")]}.,;:!?…":
        return "close"
    if is_open:
        return "close"
    return "open" if left_free else "close"


def _is_measure(text: str, marks: list[tuple[int, int, str]], index: int, end: int, stack: list[Stretch]) -> bool:
    """Whether the mark behind a digit is an inch, foot or second mark and not a closing mark."""
    mark = marks[index][2]
    if not any(stretch.family is DOUBLE for stretch in stack):
        return True
    if mark == "”":
        return False
    if stack[-1].family is DOUBLE and text[stack[-1].open] in "“„":
        return True
    if index + 1 == len(marks):
        return False
    for at, behind, following in marks[index + 1 : index + 4]:
        if _FAMILY[following] is DOUBLE:
            left = text[at - 1]
            right = text[behind] if behind < end else "\n"
            return not left.isspace() and not right.isalnum()
    return False


def _single_matters(text: str, at: int, mark: str, left: str, right: str, stack: list[Stretch]) -> bool:
    """Tell a single quotation mark from an apostrophe, a foot mark and an elision ('90s, 'em)."""
    is_open = any(stretch.family is SINGLE for stretch in stack)
    left_free = left.isspace() or left in _BEFORE_OPENING
    if left_free and not right.isspace():
        if mark in ("‘", "`", "‚", "‛"):
            return not (right.isdigit() and _ELISION.match(text, at))
        if is_open and right in _AFTER_CLOSING:
            return True
        if _ELISION.match(text, at):
            return False
        if mark == "’" and not is_open:
            return right.isupper()
        return right.isalnum() or right in '“"[(…£$€«¡¿' or is_open
    if not is_open:
        return mark in ("‚",)
    return not (left.isnumeric() and right.isalnum())


def _is_possessive(text: str, marks: list[tuple[int, int, str]], index: int, left: str, right: str, end: int) -> bool:
    """Whether the mark is the apostrophe of "workers' rights" while a single mark is open.

    It is when it follows a letter, a space follows it, and a better closing mark comes before the next opening one.
    """
    if not left.isalpha() or not right.isspace():
        return False
    if left not in "szxSZX" and text[marks[index][0] - 3 : marks[index][0]].lower() not in (
        "oin",
        "hin",
        "kin",
        "lin",
        "yin",
        " th",
    ):
        return False
    for at, behind, mark in marks[index + 1 : index + 6]:
        if _FAMILY[mark] is not SINGLE:
            continue
        before = text[at - 1]
        after = text[behind] if behind < end else "\n"
        if before.isspace() and not after.isspace():
            return False
        if not before.isspace() and (before in _FINAL or after in _AFTER_CLOSING or after.isspace()):
            return True
    return False


def _close(stack: list[Stretch], top: list[Stretch], family: str, text: str, at: int, behind: int) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].family is family:
            break
    else:
        return
    while len(stack) > depth + 1:
        # An inner mark without a partner is a stray one: what it enclosed belongs to the outer quotation.
        inner = stack.pop()
        stack[-1].children = [*stack[-1].children, *inner.children]
    stretch = stack.pop()
    stretch.end = at
    stretch.close = behind
    stretch.closed = True
    if not _is_blank(text, stretch.start, at):
        _place(stretch, stack, top)


def _is_blank(text: str, start: int, end: int) -> bool:
    while start < end and text[start].isspace():
        start += 1
    return start >= end


def _drop_same_family(stack: list[Stretch], top: list[Stretch], family: str, text: str, at: int) -> None:
    """An opening mark while the same kind is open means that the earlier one lacks its partner."""
    if not any(stretch.family is family for stretch in stack):
        return
    while stack:
        last = stack[-1]
        _leave_open(stack, top, at, text)
        if last.family is family:
            return


def _leave_open(stack: list[Stretch], top: list[Stretch], end: int, text: str) -> None:
    stretch = stack.pop()
    stop = end
    while stop > stretch.start and text[stop - 1].isspace():
        stop -= 1
    stretch.end = stretch.close = stop
    if stop > stretch.start:
        _place(stretch, stack, top)


def _place(stretch: Stretch, stack: list[Stretch], top: list[Stretch]) -> None:
    if stretch.end <= stretch.start:
        return
    for child in stretch.children:
        child.parent = stretch
    if stack:
        outer = stack[-1]
        if isinstance(outer.children, list):
            outer.children.append(stretch)
        else:
            outer.children = [stretch]
    else:
        top.append(stretch)
