"""The hooks. Each returns named components; the host orders, isolates, times and calls them itself.

No work on documents happens inside a pluggy call: a raw hook result has no plugin name and no defined order, and one
exception would throw all results away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from .packs import LanguagePack
    from .protocols import ClaimExtractor, Component, QuoteExtractor, Reader, SpeakerLinker, SpeakerResolver, Writer

hookspec = pluggy.HookspecMarker("quoteminer")
hookimpl = pluggy.HookimplMarker("quoteminer")


@hookspec
def quoteminer_quote_extractors() -> Iterable[QuoteExtractor]:
    """Called once, when the first document is mined.

    Returns components with ``name`` and ``extract(document)``. All of them see every document; ``reconcile`` merges.
    """
    return ()


@hookspec
def quoteminer_speaker_resolvers() -> Iterable[SpeakerResolver]:
    """Called once, when the first document is mined.

    Returns components with ``name`` and ``resolve(document, quotes)``. They run in order of name, or as they declare by ``after`` and
    ``before``, each on what the one before gave; what one has set only a component can change that comes after it by declaration.
    """
    return ()


@hookspec
def quoteminer_speaker_linkers() -> Iterable[SpeakerLinker]:
    """Called once, when the first document is mined.

    Returns components with ``name`` and ``link(document, quotes, speakers)``. They run behind the resolvers, in the same kind of order, on
    finished speakers.
    """
    return ()


@hookspec
def quoteminer_languages() -> Iterable[LanguagePack]:
    """Called once, when the first document is mined.

    Returns what the plugin knows of languages, one :class:`quoteminer.LanguagePack` each; every component with ``use_languages(packs)`` gets all.
    """
    return ()


@hookspec
def quoteminer_claim_extractors() -> Iterable[ClaimExtractor]:
    """Called once, when the first document is mined.

    Returns components with ``name`` and ``extract(document, quotes, speakers)``. All of them see the same; ``reconcile_claims`` merges.
    """
    return ()


@hookspec
def quoteminer_readers() -> Iterable[Reader]:
    """Called when a file has to be read.

    Returns components with ``name``, ``suffixes`` and ``read(source)``.
    """
    return ()


@hookspec
def quoteminer_writers() -> Iterable[Writer]:
    """Called when results have to be written.

    Returns components with ``name``, ``suffixes`` and ``write(extractions, stream)``.
    """
    return ()


@hookspec
def quoteminer_commands() -> Iterable[Component]:
    """Called when the ``quoteminer`` program starts.

    Returns click commands (objects with ``name``); they become sub-commands.
    """
    return ()
