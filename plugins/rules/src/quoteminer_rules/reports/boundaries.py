"""Where reported words end: the places where they can, and how likely each is the end.

Words behind their cue go on to the end of the sentence unless something stops them: a further report, a new main clause, a comment of the writer.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..reading.chunks import LETTER
from ..reading.sentences import FINITE, NOMINAL, VERBAL, Sentence
from .scoring import Heads, Named, Weights
from .tenses import tense

_JOINTS: Final = frozenset(
    LETTER[kind]
    for kind in (
        "comma", "semicolon", "colon", "dash", "coordinator", "subordinator", "relative", "adverbial", "preposition", "infinitive", "ing",
        "complementiser", "question", "quotation", "other", "opener", "closer", "own_phrase", "so", "comment_opener", "condition",
    )
)  # fmt: skip
_QUOTATION: Final = LETTER["quotation"]
_COMMA: Final = LETTER["comma"]
_DASH: Final = LETTER["dash"]
_LISTING: Final = frozenset([_COMMA, LETTER["coordinator"]])
_LENGTHS: Final = (1, 2, 4, 7, 11)
_AHEAD: Final = 5
_NEXT: Final = Named("next:")
_THEN: Final = Named("then:")
_BEGINS: Final = Named("begins:")
_LAST: Final = Named("last:")
_CONSTRUCTION: Final = Named("c:")


class _Pairs(dict[str, Named]):
    def __missing__(self, first: str) -> Named:
        if len(self) >= _MEMORY:
            self.clear()
        self[first] = pairs = Named(first)
        return pairs


_MEMORY: Final = 500
_PAIR: Final = _Pairs()
_LENGTH: Final = tuple(f"length:{n}" for n in range(len(_LENGTHS) + 1))
_REST: Final = tuple(f"rest:{n}" for n in range(len(_LENGTHS) + 1))
_COMMAS: Final = tuple(f"commas:{n}" for n in range(3))
_CUE_AHEAD: Final = 4
"""Chunks behind a place among which a further reporting verb is looked for."""
_CUE: Final = tuple(f"cue:{n}" for n in range(_CUE_AHEAD))

_TENSES: Final = Named("tenses:")

Place = tuple[Heads, list[str]]
"""Heads and traits of a place."""


def places(sentence: Sentence, cue: int, first: int, stop: int, construction: str) -> Iterator[tuple[int, Place]]:
    """The chunks before which words that begin at chunk ``first`` can end, and what can be seen there.

    ``cue`` is the chunk that reports them, ``stop`` the end of the sentence.
    """
    shape = sentence.shape
    commas = 0
    opened = _is_opened(sentence, cue)
    for at in range(first + 1, stop):
        kind = shape[at]
        if kind in _JOINTS or shape[at - 1] == _QUOTATION:
            place = _place(sentence, cue, first, at, stop, construction, commas)
            if opened and kind == _COMMA:
                place[1].append("opened, then " + ("clause" if _opens_clause(sentence, at + 1) else "none"))
            yield at, place
        if kind == _COMMA:
            commas += 1


def _is_opened(sentence: Sentence, cue: int) -> bool:
    """Whether the clause of a cue opens its sentence and waits for another one: "If she says it works, …", "When Ada said it worked, …"."""
    shape = sentence.shape
    return shape[0] in _WAITING and _COMMA not in shape[:cue]


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Whether a subject and its verb stand there."""
    shape = sentence.shape
    while at < len(shape) and shape[at] in _FILLING:
        at += 1
    return shape[at : at + 1] in NOMINAL and shape[at + 1 : at + 2] in FINITE or shape[at : at + 1] == _CONTRACTION


_WAITING: Final = frozenset(LETTER[kind] for kind in ("condition", "subordinator", "comment_opener"))
_FILLING: Final = frozenset(LETTER[kind] for kind in ("adverbial", "other"))
_CONTRACTION: Final = LETTER["contraction"]


def _place(sentence: Sentence, cue: int, first: int, at: int, stop: int, construction: str, commas: int) -> Place:
    shape = sentence.shape
    what = sentence.kind(at)
    flags = sentence.passage.raw[sentence.firsts[at - 1]][1:] if shape[at - 1] == _QUOTATION else ""
    traits = [
        "",
        _NEXT[sentence.kind(at + 1)],
        _THEN[sentence.kind(at + 2)],
        _LAST[sentence.kind(at - 1) + flags],
        _BEGINS[sentence.kind(first)],
        _LENGTH[bisect_left(_LENGTHS, at - first)],
        _REST[bisect_left(_LENGTHS, stop - at)],
        _COMMAS[min(commas, 2)],
    ]
    traits += [
        _CUE[ahead]
        for ahead in range(_CUE_AHEAD)
        if at + ahead < stop and shape[at + ahead] in VERBAL and sentence.signals(at + ahead)
    ]
    if commas == 1 and shape[first + 1] == _COMMA and shape[at] == _COMMA:
        traits.append("closes an insertion")
    if shape[at] == _DASH:
        # "the engine – a gift – has failed"
        pair = shape.count(_DASH, first, at)
        traits.append("dash closes" if pair % 2 else "dash opens" if _DASH in shape[at + 1 : stop] else "dash alone")
    if any(kind in VERBAL for kind in shape[at + 1 : at + 1 + _AHEAD]):
        traits.append("verb ahead")
    verb = next((chunk for chunk in range(at - 1, first - 1, -1) if shape[chunk] in VERBAL), None)
    if verb is None:
        traits.append("no verb yet")
        if any(kind in FINITE for kind in shape[at:stop]):
            traits.append("verb to come")
    elif shape[at] in _LISTING and shape[at + 1 : at + 2] in FINITE:
        traits += _going_on(sentence, cue, verb, at + 1)
    return Heads(("", what, _CONSTRUCTION[construction]), _PAIR[what + "+"][sentence.kind(at + 1)]), traits


def _going_on(sentence: Sentence, cue: int, verb: int, other: int) -> list[str]:
    """Whether a verb without a subject of its own goes on with the words that are reported ("that it works and pays") or with what reports them ("said that it
    works and left"): which of both verbs it is like.
    """
    of_cue, inside, behind = (tense(sentence, chunk) for chunk in (cue, verb, other))
    like = ("cue" if behind == of_cue else "") + ("inside" if behind == inside else "")
    return ["goes on like:" + like, _TENSES[f"{inside} {behind}"]]


class End(NamedTuple):
    """Where reported words end: the chunk behind them, and how likely that is."""

    at: int
    chance: float


def end_of(sentence: Sentence, cue: int, first: int, stop: int, construction: str, weights: Weights) -> End:
    """The most likely end of content that begins at chunk ``first``."""
    best, best_score = stop, -math.inf
    going_on = 0.0
    for at, (heads, traits) in places(sentence, cue, first, stop, construction):
        odds = weights.odds(heads, traits)
        ends = -math.log1p(math.exp(-odds)) if odds > -500 else odds
        if going_on + ends > best_score:
            best, best_score = at, going_on + ends
        going_on += -math.log1p(math.exp(odds)) if odds < 500 else -odds
        if going_on < best_score:
            # Both are sums of logarithms of probabilities, so nothing further on can become likelier than this.
            return End(best, math.exp(best_score))
    return End(stop, math.exp(going_on)) if going_on > best_score else End(best, math.exp(best_score))
