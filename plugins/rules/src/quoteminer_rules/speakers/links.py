"""The link from a quotation to its speaker: who, how it was found, and how often that way is right."""

from __future__ import annotations

from typing import Final, NamedTuple

from quoteminer import Provenance, Quote, Span

from .knowledge import Knowledge
from .people import Entity


class Link(NamedTuple):
    """Who speaks, how that was found, and how often this strategy is right."""

    entity: Entity | None
    strategy: str
    precision: float


NOBODY: Final = Link(None, "", 0.0)


def measured(entity: Entity | None, strategy: str, known: Knowledge) -> Link:
    """The link of a strategy whose precision was measured as a whole."""
    return Link(entity, strategy, known.precision[strategy])


class Linked:
    """Makes quotations with their speakers."""

    def __init__(self) -> None:
        self._provenances: dict[tuple[int, str], Provenance] = {}

    def to(
        self, quote: Quote, link: Link, speaker: str | None, addressee: str | None = None, addressed_at: Span | None = None
    ) -> Quote:
        """A quotation with its speaker and addressee, who are given by their ids."""
        provenance = quote.provenance
        if speaker is not None:
            # One object for all quotes that were found and resolved alike.
            key = id(provenance), link.strategy
            if key not in self._provenances:
                detail = dict(provenance.detail, speaker=link.strategy)
                self._provenances[key] = Provenance(provenance.extractor, version=provenance.version, detail=detail)
            provenance = self._provenances[key]
        # Every field by hand: attrs.evolve takes four times as long, for each quotation.
        return Quote(
            quote.content,
            quote.kind,
            cue=quote.cue,
            cue_lemma=quote.cue_lemma,
            source=quote.source,
            speaker=speaker,
            speaker_confidence=None if speaker is None else round(link.precision, 3),
            addressee=addressee,
            addressee_mention=quote.addressee_mention if addressed_at is None else addressed_at,
            parent=quote.parent,
            layout=quote.layout,
            modality=quote.modality,
            confidence=quote.confidence,
            provenance=provenance,
            id=quote.id,
        )
