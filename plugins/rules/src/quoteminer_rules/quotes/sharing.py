"""Whose the finite verbs of a sentence are."""

from __future__ import annotations

from typing import Final

from ..lexicon import Lexicon
from ..phrases import Range, before, is_capital, is_finite, is_word
from ..tokens import Tokens

_REACH: Final = 45


def shared_subject(tokens: Tokens, at: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of an earlier verb that a verb behind "and", "but" or a comma shares ("came, saw and said")."""
    j = at - 1
    while j > floor and (not is_word(tokens, j) or tokens.words[j] in lexicon.adverbs) and at - j < 4:
        j -= 1
    if j <= floor or tokens.words[j] not in ("and", "but", "or", "then") and tokens.raw[at - 1] != ",":
        return None
    return subject_of_finite(tokens, at - 1, floor, lexicon)


def subject_of_finite(tokens: Tokens, last: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of the closest finite verb at or left of ``last`` that is not the verb of a relative clause."""
    for i in range(last, max(floor, last - _REACH), -1):
        if not is_finite(tokens, i, lexicon):
            continue
        found = before(tokens, i, floor, lexicon)
        if found is None:
            continue
        clause = tokens.words[found[0] - 1] if found[0] > floor else ""
        if tokens.words[found[0]] == "that" and found[1] - found[0] > 1:
            # "confirmed that talks were held": hardly ever "that talk".
            continue
        relative = any(tokens.words[n] in ("who", "which", "that") for n in range(found[1], i))
        if relative or clause in lexicon.clauses_inside or (clause in lexicon.verbs and not is_capital(tokens, found[0] - 1)):
            # A clause inside another one: go on to the verb above it.
            continue
        return found
    return None
