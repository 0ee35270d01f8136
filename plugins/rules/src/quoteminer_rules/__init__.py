"""Rules that find quotations and their speakers; bundled with quoteminer.

The text passes through ``layout`` (blocks, marks), ``labels`` and ``quotes`` (speech that the way it is set shows), ``reading`` (sentences, chunks),
``reports`` (who is said to say what), ``speakers`` and ``claims``. ``language`` reads what they know about a language from ``languages``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import quoteminer

if TYPE_CHECKING:
    import click

    from quoteminer import LanguagePack

    from .components import ClaimRules, QuoteRules, SpeakerRules
    from .turns import LabelRules, TurnRules


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterable[QuoteRules | TurnRules]:
    """The extractors ``rules.quotes`` and ``rules.turns``."""
    from .components import QuoteRules
    from .turns import TurnRules

    return (QuoteRules(), TurnRules())


@quoteminer.hookimpl
def quoteminer_speaker_resolvers() -> Iterable[SpeakerRules | LabelRules]:
    """The resolvers ``rules.speakers`` and ``rules.labels``."""
    from .components import SpeakerRules
    from .turns import LabelRules

    return (SpeakerRules(), LabelRules())


@quoteminer.hookimpl
def quoteminer_claim_extractors() -> Iterable[ClaimRules]:
    """The extractor ``rules.claims``."""
    from .components import ClaimRules

    return (ClaimRules(),)


@quoteminer.hookimpl
def quoteminer_commands() -> Iterable[click.Command]:
    """The command ``check-language``."""
    from .check_language import check_language

    return (check_language,)


@quoteminer.hookimpl
def quoteminer_languages() -> Iterable[LanguagePack]:
    """What the rules know of English, and where the data of the other languages lie."""
    from .packs import english, others

    return (english(), *others())
