"""The components of the rules by themselves, where nothing may fail."""

from __future__ import annotations

from collections.abc import Sequence

from quoteminer import Claim, Document, Quote, Scope, Speaker
from quoteminer_rules.components import ClaimRules, QuoteRules, SpeakerRules


def quotes_of(document: Document, scope: Scope = "speech") -> list[Quote]:
    """The quotes of a document."""
    found = list(QuoteRules().extract(document, scope=scope))
    quotes = [item for item in found if isinstance(item, Quote)]
    assert quotes == found
    return quotes


def resolved(document: Document, quotes: Sequence[Quote]) -> tuple[list[Quote], list[Speaker]]:
    """Quotes with their speakers."""
    known, found = SpeakerRules().resolve(document, quotes)
    speakers = [item for item in found if isinstance(item, Speaker)]
    assert speakers == list(found)
    return list(known), speakers


def claims_of(document: Document, quotes: Sequence[Quote] = (), speakers: Sequence[Speaker] = ()) -> list[Claim]:
    """The claims of a document."""
    found = list(ClaimRules().extract(document, quotes, speakers))
    claims = [item for item in found if isinstance(item, Claim)]
    assert claims == found
    return claims
