"""Threads of messages as they are copied from a page: who writes stands alone in the first line of a paragraph, below it what is written.

A first line has a name or a handle, perhaps with what the page tells of them (a mark, a role in brackets, when it was written); words that no page puts
there make it a sentence. Names alone are not enough, since addresses and lists have them too: somebody must write twice, and nearly all paragraphs begin so.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import regex

from ..labels import Turn, shape
from ..language.pack import Pack
from ..reading.blocks import Block
from .ranges import Offsets, trimmed

_MARKS: Final = r"[\p{So}\p{Sk}\ufe0f\u200d✔✓]"
_HANDLE: Final = r"@\w[\w.]{1,29}"
_TOLD: Final = r"[^·•|\n]{1,30}"
_NICK: Final = r"[\p{L}\p{N}](?:[._-]?[\p{L}\p{N}]){1,29}"
"""A handle as forums have them, any word: one only where a time stands beside it."""
_TIME: Final = r"\d{1,2}[:.h]\d{2}\b"
_PAGE_LINE: Final = regex.compile(
    rf"(?m:^)(?=[^\n]{{0,70}}?(?:{_TIME}|\b(?:19|20)\d{{2}}\b|[·•|★☆]))(?=[^\n]{{0,70}}?[\d★☆])[^\n]{{2,70}}(?<![.!?…,;:])[ \t]{{0,8}}(?m:$)"
)
"""A line below a name with what the page tells of who writes, and when: "Member · Posts: 87", "Mon Aug 4, 2025 8:40 am"."""
_PAGE_LINES: Final = 3
_COUNTS: Final = regex.compile(
    r"(?:[\W_]{0,12}+(?:\d[\d.,]*+[kKM]?+[^\S\n]*+\p{L}{0,12}|\p{L}{1,12}[^\S\n]++\d[\d.,]*+[kKM]?+)){1,6}[\W_]{0,12}+"
)
"""A line that counts what others did with a message: "👍 41 😡 12 · 37 comments"."""
_NICK_ALONE: Final = regex.compile(_NICK)
_ROLES: Final = frozenset(["label_role", "title"])
_WORDS_OF_PAGE: Final = 2
_FEWEST: Final = 3
_SHARE: Final = 0.6
"""Of the paragraphs from the first message on, those that begin with who writes."""


class _Head(NamedTuple):
    start: int
    end: int
    """The line."""
    name: Offsets
    sure: bool
    """Whether it shows a handle or a time, which no sentence has there."""
    block: int
    below: bool = False
    """Whether the page tells more in lines below it: then the message is what follows up to the next head."""


@functools.cache
def _head(folder: Path) -> regex.Pattern[str]:
    """The first line of a message in the language of a pack."""
    form = shape(folder)
    return regex.compile(
        rf"[ \t]{{0,8}}(?:(?P<name>(?:(?i:{form.opening})[ ](?P<role>\p{{Ll}}{{3,20}})|{form.name}(?:[ ][–—][ ]\p{{Lu}}[^\n.!?]{{1,30}})?))(?:[ ]\([^()\n]{{1,30}}\))?(?P<sure>[ ]?{_HANDLE})?|(?P<handle>{_HANDLE}|{_NICK}(?=(?:[ ]?[·•|]|[ ][-–—][ ])[^\n]{{0,40}}?{_TIME})))"
        rf"(?:[ ]?{_MARKS})*(?P<told>(?:[ ]?[·•|][ ]?{_TOLD}){{1,4}}|[ ][-–—][ ][^\n]{{0,30}}?{_TIME}(?:[ ]\p{{L}}{{1,4}}\.?)?|[ ]\d{{1,2}}(?:[hdwm]|[ ]?min))?[ \t]*"
    )


def posts(text: str, blocks: Sequence[Block], pack: Pack) -> list[Turn]:
    """The messages of a thread; none where the paragraphs are no thread.

    Heads that show a handle or a time may also stand in the midst of a paragraph, above a message that another one answers, and among paragraphs
    that are no messages.
    """
    if text.count("\n") < _FEWEST:
        return []
    heads = [head for number, block in enumerate(blocks) for head in _heads(text, number, block, pack)]
    names = Counter(text[slice(*head.name)] for head in heads)
    if len(heads) < _FEWEST or len(names) < 2:
        return []
    begun = len({head.block for head in heads if head.start == blocks[head.block].start})
    thread = begun >= _SHARE * (len(blocks) - heads[0].block) or all(head.below for head in heads)
    sure = all(head.sure for head in heads)
    if not (sure or (thread and len(names) < len(heads))):
        return []
    return list(_written(text, blocks, heads, whole=thread))


def _heads(text: str, number: int, block: Block, pack: Pack) -> Iterator[_Head]:
    start = block.start
    while (end := text.find("\n", start, block.end)) >= 0:
        match = _head(pack.folder).fullmatch(text, start, end)
        told = _below(text, end, block.end) if start == block.start else end
        if told > end:
            nick = match or _NICK_ALONE.fullmatch(text, start, end)
            if nick is not None:
                group = "name" if match is not None and match["name"] else "handle" if match is not None else 0
                yield _Head(start, told, nick.span(group), True, number, below=True)
        elif match is not None:
            group = "name" if match["name"] else "handle"
            sure = bool(match["sure"] or match["handle"] or match["told"])
            word = match[group].split()[0].lower().rstrip(".,")
            # "The moderator" is somebody, "The harbour" a heading.
            named = match["role"] is None or not pack.classes(match["role"]).isdisjoint(_ROLES)
            if named and (sure or start == block.start) and word not in pack.of_class("no_speaker"):
                yield _Head(start, end, match.span(group), sure, number)
        start = max(end, told) + 1


def _below(text: str, end: int, stop: int) -> int:
    """Where the lines below a name end that the page puts there; where the name ends if there are none."""
    for _ in range(_PAGE_LINES):
        following = text.find("\n", end + 1, stop)
        following = stop if following < 0 else following
        if end >= stop or _PAGE_LINE.fullmatch(text, end + 1, following) is None:
            break
        end = following
    return end


def _written(text: str, blocks: Sequence[Block], heads: Sequence[_Head], *, whole: bool) -> Iterator[Turn]:
    """Each message, in a ``whole`` thread with all paragraphs up to the next one, without the lines that count what others did with it."""
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        stop = len(text) if following is None else following.start
        last = len(blocks) if following is None else following.block + 1
        inner = following is not None and following.start < blocks[head.block].end
        end = _before_inner(text, head.end, stop) if inner else min(blocks[head.block].end, stop)
        said = list(_without_page(text, head.end, end))
        if whole:
            said += [
                _lines(text, block.start, min(block.end, stop)) for block in blocks[head.block + 1 : last] if block.start < stop
            ]
        parts = [part for part in said if part[0] < part[1]]
        if parts:
            yield Turn(head.name, (), parts)


def _without_page(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The lines of the first paragraph of a message, parted by those of the page ("Reviewed on 14 January 2025")."""
    at = start
    for match in _PAGE_LINE.finditer(text, start, end):
        yield _lines(text, at, match.start())
        at = match.end()
    yield _lines(text, at, end)


def _before_inner(text: str, start: int, stop: int) -> int:
    """Where a message ends above another one that it answers: before a line of the page's own between them ("Quote Tweet")."""
    line = text.rfind("\n", start, stop - 1) + 1
    words = text[line:stop].split()
    return line if start < line and len(words) <= _WORDS_OF_PAGE and words[-1][-1].isalpha() else stop


def _lines(text: str, start: int, end: int) -> Offsets:
    """A paragraph of a message without white space around it and counts below it."""
    while True:
        start, end = trimmed(text, start, end)
        last = max(text.rfind("\n", start, end) + 1, start)
        if start == end or _COUNTS.fullmatch(text, last, end) is None:
            return start, end
        end = last
