"""How a claim is asserted, by the words in it and the quotation around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quoteminer import ClaimModality, Quote

from .lexicon import Flag
from .words import CAPITAL, DATED, union_of

_CONDITION, _NEGATIVE, _HEDGE = int(Flag.CONDITIONAL_SUBORDINATOR), int(Flag.NEGATIVE), int(Flag.HEDGE)
_MONTH: Final = CAPITAL | DATED
#: A negative word that begins something else: "without".
_LINKING: Final = int(Flag.PREPOSITION | Flag.COORDINATOR)


def modality_of(flags: Sequence[int], before: Sequence[int], quote: Quote | None) -> tuple[ClaimModality, bool]:
    """Modality, and whether what is asserted is negative.

    Args:
        flags: of the words of the claim.
        before: of the words of the same voice before it in the sentence, where a condition may stand.
        quote: the quotation around it.
    """
    union = union_of(flags)
    negated = bool(union & _NEGATIVE) and any(flag & _NEGATIVE and not flag & _LINKING for flag in flags)
    modality = "asserted" if quote is None else quote.modality
    if modality in ("hypothetical", "future") or (union | union_of(before)) & _CONDITION:
        return "hypothetical", negated
    if modality == "negated":
        return "negated", negated
    if modality == "question":
        return "question", negated
    # A month with its capital is no auxiliary.
    hedged = union & _HEDGE and any(flag & _HEDGE and flag & _MONTH != _MONTH for flag in flags)
    return "hedged" if hedged else "asserted", negated
