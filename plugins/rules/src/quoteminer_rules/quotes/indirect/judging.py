"""Which candidates are quotations: the features of a candidate, its probability, and what wins where several compete."""

from __future__ import annotations

import functools
import sys
from bisect import bisect_left
from typing import Final

from ...lexicon import Lexicon
from ...phrases import Range, is_capital
from ...tokens import Tokens
from ..cues import behind_label
from .candidate import Candidate
from .clauses import has_finite, least_end
from .contents import Ends, shape, trim
from .evidence import Signs, Table, log_odds, probability

_MEMORY: Final = 2_000
_WITH_SUBJECT: Final = ("clause", "noun-clause")
"""Families of content that begin with a subject, or with "that" and one."""
_DISTANCES: Final = (0, 1, 3, 8)
_DISTANCE_NAMES: Final = tuple(f"distance:{n}" for n in ("0", "1", "3", "8", "far"))
_RESTS: Final = (2, 5, 10)
_REST_NAMES: Final = tuple(f"rest:{n}" for n in ("2", "5", "10", "long"))
_SIZES: Final = (3, 6)
_SIZE_NAMES: Final = tuple(f"size:{n}" for n in ("3", "6", "long"))


class _Traits(dict[str, str]):
    """Value -> trait of one name; each trait is one string, the same as in the tables, so that look-ups need not compare letters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, value: str) -> str:
        if len(self) >= _MEMORY:
            self.clear()
        self[value] = trait = sys.intern(self._name + value)
        return trait


_FORM: Final = _Traits("form:")
_SOURCE: Final = _Traits("source:")
_BEFORE: Final = _Traits("before:")
_MODALITY: Final = _Traits("modality:")
_BEGINS: Final = _Traits("begins:")
_NEXT: Final = _Traits("next:")
_OPENING: Final = _Traits("opening:")
_BEHIND: Final = _Traits("behind:")


@functools.lru_cache(maxsize=_MEMORY)
def _heads(lemma: str, frame: str, form: str, classes: frozenset[str]) -> tuple[str, ...]:
    """The heads of a kind of candidate; those of the classes of verbs are in capitals to tell them from lemmas."""
    return ("", lemma, "frame:" + frame, "form:" + form, *[name.upper() for name in sorted(classes)])


def signs_of(tokens: Tokens, candidate: Candidate, lexicon: Lexicon) -> Signs:
    """What speaks for or against a candidate."""
    frame = candidate.frame
    first, last = candidate.cue[0]
    count = len(tokens)
    source = candidate.source
    traits = [
        "",
        frame,
        _FORM[candidate.form],
        _SOURCE[source_kind(tokens, source, lexicon)],
        _BEFORE[
            shape(tokens, first - 1, count, lexicon)
            if first and not (tokens.raw[first][0].isupper() and behind_label(tokens, first))
            else "START"
        ],
        _MODALITY[candidate.modality],
    ]
    if source is not None:
        traits.append(_DISTANCE_NAMES[bisect_left(_DISTANCES, abs(first - source[1]))])
        if source[0] == tokens.sentence[first]:
            traits.append("opens")
    if candidate.behind is not None:
        begin, stop = candidate.behind
        traits.append(_BEGINS[shape(tokens, begin, stop, lexicon)])
        traits.append(_NEXT[shape(tokens, begin + 1, stop, lexicon)])
        traits.append(_REST_NAMES[bisect_left(_RESTS, stop - begin)])
    if candidate.before is not None:
        begin, stop = candidate.before
        traits.append("clausal" if has_finite(tokens, candidate.before, lexicon) else "no clause")
        traits.append(_SIZE_NAMES[bisect_left(_SIZES, stop - begin)])
        traits.append(_OPENING[shape(tokens, begin, count, lexicon)])
        traits.append(_BEHIND[shape(tokens, last, count, lexicon)])
    return Signs(_heads(candidate.lemma, frame, candidate.form, candidate.classes), traits)


def source_kind(tokens: Tokens, source: Range | None, lexicon: Lexicon) -> str:
    """What kind of phrase a source is, for the evidence."""
    if source is None:
        return "none"
    word = tokens.words[source[0]]
    if source[1] - source[0] == 1 and (word in lexicon.pronouns or word in lexicon.subjects):
        return word if word in ("it", "we", "i", "you", "who", "this", "that", "there") else "person"
    if word in lexicon.possessives:
        return "possessed"
    if word in lexicon.determiners:
        return "determined"
    return "name" if is_capital(tokens, source[1] - 1) else "bare"


def content_of(tokens: Tokens, candidate: Candidate, lexicon: Lexicon, ends: Ends) -> tuple[Range, ...]:
    """The content of a candidate; empty when nothing is left of it."""
    parts: list[Range] = []
    if candidate.before is not None:
        parts.append(candidate.before)
    if candidate.behind is not None:
        first, stop = candidate.behind
        least = least_end(tokens, first, stop, lexicon) if candidate.family in _WITH_SUBJECT else first
        behind = trim(tokens, first, ends.end_of(tokens, first, stop, candidate.family, lexicon, least))
        if behind is not None:
            parts.append(behind)
    return tuple(parts)


def judged(tokens: Tokens, candidate: Candidate, lexicon: Lexicon, table: Table) -> float:
    """The probability that a candidate is a quotation."""
    return probability(log_odds(table, signs_of(tokens, candidate, lexicon)))
