"""Rules that find quotations and their speakers; bundled with quoteminer.

The text passes through ``layout`` (blocks, marks, tokens), ``unclosed`` (marks that are never closed), ``turns`` and ``lists`` (speech that the
layout sets off), ``quotations`` (speech with marks), ``indirect`` (candidates for indirect speech), ``merging`` (what becomes of them) and ``speakers``.
``lexicon`` reads what they know about a language from ``data``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import quoteminer

if TYPE_CHECKING:
    from quoteminer import LanguagePack

    from .components import ClaimRules, QuoteRules, SpeakerRules


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterable[QuoteRules]:
    """The extractor ``rules.quotes``."""
    from .components import QuoteRules

    return (QuoteRules(),)


@quoteminer.hookimpl
def quoteminer_speaker_resolvers() -> Iterable[SpeakerRules]:
    """The resolver ``rules.speakers``."""
    from .components import SpeakerRules

    return (SpeakerRules(),)


@quoteminer.hookimpl
def quoteminer_claim_extractors() -> Iterable[ClaimRules]:
    """The extractor ``rules.claims``."""
    from .components import ClaimRules

    return (ClaimRules(),)


@quoteminer.hookimpl
def quoteminer_languages() -> Iterable[LanguagePack]:
    """What the rules know of English."""
    from .packs import english

    return (english(),)
