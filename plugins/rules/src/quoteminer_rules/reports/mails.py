"""Older mails below a newer one: what stands behind a line that tells when who wrote ("On 11 October at 07:48 Ada Byron wrote:")."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import regex

from ..labels import Turn, declared, shape
from ..language.pack import Pack
from ..reading.blocks import Block
from .ranges import trimmed, without_marks

_FOOTER: Final = re.compile(r"--|__+|[-–—]{2,}[^\n]{2,40}[-–—]{2,}")
"""How a block begins that is no part of a mail: a signature, a rule, the head of the mail below."""


@functools.cache
def _wrote(folder: Path) -> tuple[str, ...]:
    """The words that end the line before an older mail in the language of a pack."""
    return tuple(declared(folder, "mails").get("wrote", ()))


@functools.cache
def _line(folder: Path) -> regex.Pattern[str]:
    """The line before an older mail in the language of a pack."""
    words, name = "|".join(map(regex.escape, _wrote(folder))), shape(folder).name
    hours = "|".join(map(regex.escape, declared(folder, "turn_labels").get("hour_words", ()))) or "$^"
    told = r"[^\n]{0,100}?\d[^\n]{0,60}?"
    name = rf"(?!(?i:{hours})\b){name}"
    return regex.compile(
        rf"^[ \t]{{0,8}}(?:{told}[ ,](?P<label>{name})(?:[ ]<[^<>\n]{{1,60}}>)?[ ](?P<cue>{words})"
        rf"|{told}[ ](?P<cue>{words})[ ](?P<label>{name})(?:[ ]<[^<>\n]{{1,60}}>)?)[ \u00a0\u202f]?:[ \t]*$",
        regex.MULTILINE,
    )


def mails(text: str, blocks: Sequence[Block], pack: Pack) -> list[Turn]:
    """The older mails of a text, each with its paragraphs up to the next one or its footer."""
    # Most texts have no such line: nothing need be compiled for them, or searched.
    if not any(word in text for word in _wrote(pack.folder)):
        return []
    found = list(_line(pack.folder).finditer(text))
    ends = [block.end for block in blocks]
    turns: list[Turn] = []
    for match, following in zip(found, [*found[1:], None], strict=False):
        stop = len(text) if following is None else following.start()
        said: list[tuple[int, int]] = []
        for block in blocks[bisect_right(ends, match.end()) :]:
            start, end = trimmed(text, max(block.start, match.end()), min(block.end, stop))
            if block.start >= stop or _FOOTER.match(text, start, end):
                break
            if start < end:
                said += without_marks(text, start, end)
        if said:
            turns.append(Turn(match.span("label"), (match.span("cue"),), said))
    return turns
