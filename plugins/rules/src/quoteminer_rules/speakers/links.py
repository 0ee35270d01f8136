"""Quotations with their speakers: the last step of every resolver."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from quoteminer import Provenance, Quote, Span

from .confidence import LEAST, NOBODY, Link, how_sure
from .ranking import BARE, PRONOUN, Ranking
from .turns import Conversation, Turn

_LIKELY: Final = 0.1
"""A guess less likely than this is not made."""


def likeliest(
    turn: Turn, gender: str | None, source: tuple[int, int] | None, ranking: Ranking, conversation: Conversation
) -> Link:
    """Who most likely says a turn whose source names nobody, or nobody; the strategy tells whether a speaker goes on or takes turns."""
    situation, ranked = ranking.rank(turn, gender, source)
    if not ranked or ranked[0][0] < _LIKELY:
        return NOBODY
    probability, entity = ranked[0]
    strategy: str = situation
    if situation != PRONOUN:
        previous = conversation.previous(turn)
        if previous is not None and previous.entity is entity:
            strategy = "continuation"
        elif situation == BARE:
            strategy = "alternation"
    return Link(entity, strategy, probability)


class Linked:
    """Gives the quotations of a document their speakers."""

    def __init__(self, text: str, folder: Path) -> None:
        self._text: Final = text
        self._folder: Final = folder
        self._provenances: Final[dict[tuple[int, str], Provenance]] = {}
        self._sure: Final[dict[str, float]] = {}

    def sure(self, quote: Quote, links: dict[str, Link]) -> None:
        """Say how sure the speaker of a quotation is, and let go who is hardly likely."""
        link = links.get(quote.id, NOBODY)
        if link.entity is None:
            return
        sure = how_sure(quote, link, self._text, self._folder)
        if sure < LEAST:
            del links[quote.id]
            if quote.source is not None:
                link.entity.mentions.discard((quote.source.start, quote.source.end))
        else:
            self._sure[quote.id] = round(sure, 3)

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
            speaker_confidence=None if speaker is None else self._sure[quote.id],
            addressee=addressee,
            addressee_mention=quote.addressee_mention if addressed_at is None else addressed_at,
            parent=quote.parent,
            layout=quote.layout,
            modality=quote.modality,
            confidence=quote.confidence,
            provenance=provenance,
            id=quote.id,
        )
