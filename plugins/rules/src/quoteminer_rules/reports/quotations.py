"""Quotations that no cue in their sentence claims: speech that goes on, or stands alone, or no speech at all (titles, names, words as words)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from ..reading.chunks import LETTER
from ..reading.passages import Passage
from ..reading.sentences import VERBAL, Sentence
from .scoring import Heads
from .selection import opens_turn

_SIZES: Final = (1, 2, 3, 5, 8, 12, 20)
_QUOTATION: Final = LETTER["quotation"]
_REACH: Final = 60
"""Tokens between a reporting clause and a quotation that goes on with it."""


class Alone(NamedTuple):
    """A quotation, the token that stands for it, and what can be seen of it."""

    token: int
    opens: bool
    """Whether it opens its sentence."""
    heads: Heads
    traits: list[str]


def unclaimed(passage: Passage, claimed: frozenset[int], text: str, depth: int) -> Iterator[Alone]:
    """The quotations of a passage that are in no content, in order."""
    firsts = [first for first, _ in passage.sentences]
    known: dict[int, tuple[Sentence, str]] = {}
    others = not claimed.isdisjoint(passage.quotations)
    for token, span in passage.quotations.items():
        if token in claimed:
            continue
        number = bisect_right(firsts, token) - 1
        if number not in known:
            sentence = Sentence(passage, *passage.chunks(*passage.sentences[number]))
            known[number] = sentence, "verb" if any(kind in VERBAL for kind in sentence.shape) else "no verb"
        sentence, verb = known[number]
        if sentence.shape[bisect_right(sentence.firsts, token) - 1] != _QUOTATION:
            # A nickname inside of a name.
            continue
        words = text.count(" ", span.start, span.end) + 1
        yield _alone(sentence, token, words, [*_place(passage, token, others), f"depth:{min(depth, 2)}", verb])


def _alone(sentence: Sentence, token: int, words: int, traits: list[str]) -> Alone:
    passage = sentence.passage
    chunk = bisect_right(sentence.firsts, token) - 1
    flags = passage.raw[token][1:] or "-"
    size = f"size:{bisect_left(_SIZES, words)}"
    before = "opens" if all(kind not in _WORDS for kind in sentence.shape[:chunk]) else "inside"
    traits += [
        "",
        before,
        "ahead:" + sentence.kind(chunk - 1),
        "behind:" + sentence.kind(chunk + 1),
        "then:" + sentence.kind(chunk + 2),
        size,
        "flags:" + flags,
        "family:" + passage.quotations[token].family,
        *(f"flag:{flag}" for flag in flags),
    ]
    return Alone(token, before == "opens", Heads(("", before, "flags:" + flags), size), traits)


def _place(passage: Passage, token: int, others: bool) -> Iterator[str]:
    """Where in its passage a quotation stands."""
    first, last = token == 0, token == len(passage.raw) - 1
    if first:
        yield "first"
    if last:
        yield "last"
    if first and last:
        yield "whole"
    if others:
        yield "others claimed"


_WORDS: Final = frozenset(LETTER.values()) - frozenset(
    LETTER[kind] for kind in ("comma", "semicolon", "colon", "stop", "dash", "other")
)


def goes_on(passage: Passage, since: int, token: int) -> bool:
    """Whether the quotation at a token goes on with one whose reporting clause ends at ``since``: one sentence may lie between, no colon.

    Where no word lies between two quotations, or a dash opens the second, somebody else speaks.
    """
    if opens_turn(passage.quotations[token]):
        return False
    if since > token or token - since > _REACH or since - 1 in passage.quotations and not _words(passage, since, token):
        return False
    stops = sum(1 for i in range(since, token) if passage.raw[i] in _STOPS)
    return stops <= 1 and ":" not in passage.raw[since:token] and not any(i in passage.quotations for i in range(since, token))


def around_asides(passage: Passage, text: str) -> frozenset[int]:
    """The quotations that an aside between dashes parts, so that they are one speech: “I have”—he lowered his voice—“been ill.”"""
    tokens = list(passage.quotations)
    found: set[int] = set()
    for one, other in pairwise(tokens):
        if 2 < other - one <= _ASIDE and _breaks_off(passage, one, text) and _dash_joins(passage, other - 1):
            inside = passage.raw[one + 1 : other - 1]
            if _STOPS.isdisjoint(inside) and any(piece[0].isalnum() for piece in inside):
                found |= {one, other}
    return frozenset(found)


_ASIDE: Final = 30
"""Tokens of the longest aside."""
_DASHES: Final = frozenset(["—", "–", "―", "--"])


def _breaks_off(passage: Passage, token: int, text: str) -> bool:
    """Whether a dash ends a quotation, inside of its marks or right behind them."""
    return _dash_joins(passage, token) or text.endswith(tuple(_DASHES), 0, passage.quotations[token].end)


def _dash_joins(passage: Passage, token: int) -> bool:
    """Whether no space stands between a token and the one behind it, and one of them is a dash."""
    return passage.ends[token] == passage.starts[token + 1] and not _DASHES.isdisjoint(passage.raw[token : token + 2])


def _words(passage: Passage, first: int, last: int) -> bool:
    return any(passage.raw[i][0].isalnum() for i in range(first, last))


_STOPS: Final = frozenset([".", "!", "?", "…"])
