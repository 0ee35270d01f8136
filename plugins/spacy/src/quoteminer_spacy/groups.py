"""Groups of spans, as spaCy keeps them in a Doc and displaCy draws them, and the attributes that a Doc gets."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Span

from .views import extraction_of, quotes_of, spans

#: displaCy looks them up in capitals.
COLOURS: Final = {
    "DIRECT": "#9ecae1",
    "INDIRECT": "#c7e9c0",
    "MIXED": "#bcbddc",
    "SOURCE": "#fdae6b",
    "CUE": "#d9d9d9",
}


def fill(doc: Doc, prefix: str) -> None:
    """Write the groups ``quotes``, ``sources``, ``cues``, ``claims``, and ``attributions``, which is the first three together.

    A span is labelled with the kind of its quotation or claim, ``source`` or ``cue``, and has the id of its quotation or claim.
    """
    quotes: list[Span] = []
    sources: list[Span] = []
    cues: list[Span] = []
    for quote in quotes_of(doc):
        quotes += quote.content
        cues += quote.cue
        if quote.source is not None:
            sources.append(quote.source)
    claims = [span for claim in extraction_of(doc).claims for span in spans(doc, claim.spans, claim.kind, claim.id)]
    groups = {"quotes": quotes, "sources": sources, "cues": cues, "claims": claims}
    groups["attributions"] = sorted([*quotes, *sources, *cues])
    for name, group in groups.items():
        doc.spans[prefix + name] = group


def register_extensions() -> None:
    """Give every Doc ``doc._.quotes`` and ``doc._.extraction``."""
    Doc.set_extension("quotes", getter=quotes_of, force=True)
    Doc.set_extension("extraction", getter=extraction_of, force=True)
