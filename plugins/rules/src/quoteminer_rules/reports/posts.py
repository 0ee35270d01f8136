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
from .ranges import Offsets

_MARKS: Final = r"[\p{So}\p{Sk}\ufe0f\u200d✔✓]"
_HANDLE: Final = r"@\w[\w.]{1,29}"
_TOLD: Final = r"[^·•|\n]{1,30}"
_COUNTS: Final = regex.compile(r"(?:[\W_]*(?:\d[\d.,]*[kKM]?[^\S\n]*\p{L}{0,12}|\p{L}{1,12}[^\S\n]+\d[\d.,]*[kKM]?)){1,6}[\W_]*")
"""A line that counts what others did with a message: "👍 41 😡 12 · 37 comments"."""
_FEWEST: Final = 3
_SHARE: Final = 0.6
"""Of the paragraphs from the first message on, those that begin with who writes."""


class _Head(NamedTuple):
    name: Offsets
    sure: bool
    """Whether it shows a handle or a time, which no sentence has there."""


@functools.cache
def _head(folder: Path) -> regex.Pattern[str]:
    """The first line of a message in the language of a pack."""
    return regex.compile(
        rf"[ \t]{{0,8}}(?:(?P<name>{shape(folder).name})(?:[ ]\([^()\n]{{1,30}}\))?(?P<sure>[ ]?{_HANDLE})?|(?P<handle>{_HANDLE}))"
        rf"(?:[ ]?{_MARKS})*(?P<told>(?:[ ]?[·•|][ ]?{_TOLD}){{1,4}}|[ ]\d{{1,2}}(?:[hdwm]|[ ]?min))?[ \t]*"
    )


def posts(text: str, blocks: Sequence[Block], pack: Pack) -> list[Turn]:
    """The messages of a thread; none where the paragraphs are no thread."""
    heads = [_head_of(text, block, pack) for block in blocks]
    first = next((number for number, head in enumerate(heads) if head is not None), len(heads))
    found = [head for head in heads if head is not None]
    names = Counter(text[slice(*head.name)] for head in found)
    if len(found) < _FEWEST or len(found) < _SHARE * (len(heads) - first):
        return []
    if len(names) < 2 or (len(names) == len(found) and not all(head.sure for head in found)):
        return []
    return list(_written(text, blocks, heads, first))


def _head_of(text: str, block: Block, pack: Pack) -> _Head | None:
    end = text.find("\n", block.start, block.end)
    match = None if end < 0 else _head(pack.folder).fullmatch(text, block.start, end)
    if match is None:
        return None
    group = "name" if match["name"] else "handle"
    word = match[group].split()[0].lower().rstrip(".,")
    return (
        None
        if word in pack.of_class("no_speaker")
        else _Head(match.span(group), bool(match["sure"] or match["handle"] or match["told"]))
    )


def _written(text: str, blocks: Sequence[Block], heads: Sequence[_Head | None], first: int) -> Iterator[Turn]:
    """Each message with all paragraphs up to the next one, without the lines that count what others did with it."""
    number = first
    while number < len(blocks):
        head = heads[number]
        behind = number + 1
        while behind < len(blocks) and heads[behind] is None:
            behind += 1
        said = [_lines(text, text.find("\n", blocks[number].start) + 1, blocks[number].end)]
        said += [_lines(text, block.start, block.end) for block in blocks[number + 1 : behind]]
        parts = [part for part in said if part[0] < part[1]]
        if head is not None and parts:
            yield Turn(head.name, (), parts)
        number = behind


def _lines(text: str, start: int, end: int) -> Offsets:
    """A paragraph of a message without white space around it and counts below it."""
    while True:
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        last = max(text.rfind("\n", start, end) + 1, start)
        if start == end or _COUNTS.fullmatch(text, last, end) is None:
            return start, end
        end = last
