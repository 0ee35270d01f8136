"""What of an extraction is sure enough for somebody who prefers few mistakes to many finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..annotations import Claim, Quote, with_ids
from ..extraction import Extraction


def confident(extraction: Extraction, least: float) -> Extraction:
    """An extraction without the quotes and claims whose confidence is below ``least``, and without the speakers whom nothing then names any more.

    What stays keeps its id. A quote or claim within a quote that goes belongs to the next one around it. A claim whose quote goes, with none around it,
    is nobody's: that somebody makes it was what was not sure.
    """
    parents = {quote.id: quote.parent for quote in extraction.quotes}
    kept = {quote.id for quote in extraction.quotes if quote.confidence >= least}
    quotes = [
        with_ids(quote, parent=_kept_around(quote.parent, kept, parents)) for quote in extraction.quotes if quote.id in kept
    ]
    claims = [_kept_claim(claim, kept, parents) for claim in extraction.claims if claim.confidence >= least]
    if len(quotes) == len(extraction.quotes) and len(claims) == len(extraction.claims):
        return extraction
    gone = _named(extraction.quotes, extraction.claims) - _named(quotes, claims)
    speakers = [speaker for speaker in extraction.speakers if speaker.id not in gone]
    return attrs.evolve(extraction, quotes=quotes, speakers=speakers, claims=claims)


def _named(quotes: Iterable[Quote], claims: Iterable[Claim]) -> set[str | None]:
    """The speakers that quotes and claims refer to."""
    return {named for quote in quotes for named in (quote.speaker, quote.addressee)} | {claim.claimant for claim in claims}


def _kept_claim(claim: Claim, kept: set[str], parents: Mapping[str, str | None]) -> Claim:
    if claim.quote is None or claim.quote in kept:
        return claim
    return attrs.evolve(claim, quote=_kept_around(claim.quote, kept, parents), claimant=None)


def _kept_around(quote: str | None, kept: set[str], parents: Mapping[str, str | None]) -> str | None:
    """The nearest quote around that stays; the quotes of an extraction enclose each other without circles."""
    while quote is not None and quote not in kept:
        quote = parents[quote]
    return quote
