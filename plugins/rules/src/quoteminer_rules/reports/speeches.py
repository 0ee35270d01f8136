"""Whole speeches without marks under a heading that names who speaks: "Remarks by Ada Byron / at the opening of the mill / Dear colleagues, …".

That a heading names somebody is not enough, since statements and reports have such headings too: what stands below must be told by an "I" or "we", and must
not name the speaker, as a report on a speech does.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import regex

from ..labels import Turn, any_of, declared, shape
from ..language.pack import Pack
from ..reading.blocks import Block
from .ranges import Offsets, trimmed

_HEAD: Final = 500
"""Code points from the beginning of a text in which its heading ends."""
_LINE: Final = 160
"""Code points of the longest paragraph of a heading."""
_FEWEST: Final = 2
"""Paragraphs of the shortest speech."""
_SHARE: Final = 0.3
"""Of the paragraphs of a speech, those with an "I" or "we"."""
_ENDS: Final = frozenset('.!?…:”»"')
_STOPS: Final = frozenset(".!?")
"""Behind these a paragraph is no heading."""
_FOOTER: Final = regex.compile(r"[\W_]*(?:\d{1,3}[\W_]*)?|[-–—#*\s]*\p{Lu}{2,12}[-–—#*\s]*")
"""A paragraph behind a speech that only ends it: "###", "- 30 -", "ENDS"."""
_WORD: Final = regex.compile(r"[^\W\d_]+")


@functools.cache
def _nouns(folder: Path) -> tuple[str, ...]:
    """The nouns of headings of speeches in the language of a pack."""
    return tuple(declared(folder, "speeches").get("heading_nouns", ()))


@functools.cache
def _heading(folder: Path) -> regex.Pattern[str]:
    """A heading that names who speaks in the language of a pack."""
    words = declared(folder, "speeches")

    def listed(name: str) -> str:
        return any_of(words.get(name, []))

    name = shape(folder).name
    article = rf"(?i:{listed('article_words')})"
    # "by the chairman of the mill, Ada Byron," names her behind what she is, but not "by the Hon. Ada Byron, minister".
    described = rf"(?:{article}[ ]?[^\n,:]{{2,60}},[ ](?={name}(?:[ \u00a0]?[,:\n]|[ ]\p{{Ll}}|$)))?"
    whole = rf"(?:{article}[ ])?+(?=\p{{Lu}}[^\s,]*[ ]\p{{Lu}})(?P<name>{name})(?!\p{{L}})"
    lower = any_of(noun.lower() for noun in _nouns(folder))
    return regex.compile(
        # "The Address of the day" may be a paper.
        rf"(?:(?m:^)(?i:{listed('heading_nouns')})|(?<=[ \n])(?:{lower}))[ \n](?:(?:{listed('told_words')})[ ])?(?i:{listed('by_words')})(?:[ ]|(?<=['’]))"
        rf"(?:{whole}|{described}(?:{article}[ ])?(?P<name>{name})(?!\p{{L}}))(?P<colon>[ \u00a0]?:)?"
    )


def speeches(text: str, blocks: Sequence[Block], pack: Pack) -> list[Turn]:
    """The speech that a text is, if it is one, with the name in its heading as its label."""
    head = text[:_HEAD].lower()
    # Most texts have no such heading: nothing need be compiled for them.
    if not any(noun.lower() in head for noun in _nouns(pack.folder)):
        return []
    for number, block in enumerate(blocks):
        start, end = trimmed(text, block.start, block.end)
        if end > _HEAD:
            break
        if text[end - 1] in _STOPS:
            continue
        found = _heading(pack.folder).search(text, start, end)
        if found is not None:
            said = _said(text, blocks[_body(text, blocks, number) :])
            if _names_somebody(found["name"]) and _is_spoken(text, said, found["name"], pack):
                cue = () if found["colon"] is None else ((found.end() - 1, found.end()),)
                return [Turn(found.span("name"), cue, said)]
    return []


def _body(text: str, blocks: Sequence[Block], heading: int) -> int:
    """The number of the first paragraph behind a heading and what stands below it: place and date, "check against delivery"."""
    number = heading + 1
    while number < len(blocks) and blocks[number].end <= _HEAD:
        start, end = trimmed(text, blocks[number].start, blocks[number].end)
        if end - start > _LINE or text[end - 1] in _ENDS or text[end - 1] == ",":
            break
        number += 1
    return number


def _said(text: str, blocks: Sequence[Block]) -> list[Offsets]:
    """The paragraphs of a speech up to what ends it, without stage notes."""
    said: list[Offsets] = []
    for block in blocks:
        start, end = trimmed(text, block.start, block.end)
        if said and _FOOTER.fullmatch(text, start, end):
            break
        if text[start] not in "([" or text[end - 1] not in ")]":
            said.append((start, end))
    return said


def _names_somebody(name: str) -> bool:
    """Whether a name is more than one word with a capital, which is as often a thing or a place ("Words of Wisdom")."""
    return sum(word[0].isupper() for word in name.split()) > 1


def _is_spoken(text: str, said: Sequence[Offsets], name: str, pack: Pack) -> bool:
    """Whether paragraphs are the words of somebody who is not named in them."""
    if len(said) < _FEWEST:
        return False
    surname = name.split()[-1].rstrip(".").lower()
    first = {word for word, pronoun in pack.pronouns.items() if pronoun.person == 1}
    personal = 0
    for start, end in said:
        words = {match[0].lower() for match in _WORD.finditer(text, start, end)}
        if surname in words:
            return False
        personal += not first.isdisjoint(words)
    return personal >= max(1, _SHARE * len(said))
