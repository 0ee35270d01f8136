"""The components of this plugin: what the host calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

import quoteminer
from quoteminer import Claim, Document, Provenance, Quote, Span, Speaker

from . import lexicon, speakers
from .claims import lexicon as claim_lexicon
from .claims import mining as claim_mining
from .quotes import mining
from .quotes.found import Found
from .quotes.scope import speech


class QuoteRules:
    """Direct, mixed and indirect speech by quotation marks, layout and reporting clauses; in the scope ``all`` also reports of what is
    thought, felt or done. English; other languages give nothing.
    """

    name = "rules.quotes"
    version = quoteminer.__version__
    silence: ClassVar = {"speech": 0.15, "all": 0.33}
    """Measured beside the trained extractor on PolNeAR dev and our hard cases."""

    def extract(self, document: Document) -> Iterable[Quote]:
        """The quotes of a document; ``provenance.detail`` is the id of the rule, the lemma of the cue and what the cue reports."""
        language = lexicon.supported(document.language)
        if language is None:
            return []
        found = mining.find(document.text, lexicon.load(language))
        if document.scope == "speech":
            found = speech(found)
        ids = {id(quote): str(number) for number, quote in enumerate(found)}
        return [
            Quote(
                [Span(start, end) for start, end in quote.content],
                quote.kind,
                cue=[Span(start, end) for start, end in quote.cue],
                source=None if quote.source is None else Span(*quote.source),
                parent=None if quote.parent is None else ids[id(quote.parent)],
                modality=quote.modality,
                confidence=lexicon.confidence(quote.rule, quote.cue_class)
                if quote.confidence is None
                else round(quote.confidence, 3),
                provenance=self._provenance(quote),
                id=ids[id(quote)],
            )
            for quote in found
        ]

    def _provenance(self, quote: Found) -> Provenance:
        detail = f"rule={quote.rule}"
        if quote.lemma:
            detail += f" cue={quote.lemma}"
        if quote.cue_class:
            detail += f" class={quote.cue_class}"
        return Provenance(self.name, version=self.version, detail=detail)


class SpeakerRules:
    """From source mentions to speakers."""

    name = "rules.speakers"
    version = quoteminer.__version__

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        """Quotes with ``speaker`` and ``addressee`` set, and the speakers."""
        language = lexicon.supported(document.language)
        if language is None or not quotes:
            return quotes, ()
        return speakers.resolve(document, quotes, language)


class ClaimRules:
    """What can be checked, clause by clause. English; other languages give nothing."""

    name = "rules.claims"
    version = quoteminer.__version__

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim]:
        """The claims of a document; ``provenance.detail`` tells how the clause was cut and which features weigh most."""
        language = claim_lexicon.supported(document.language)
        if language is None:
            return []
        return [
            Claim(
                [Span(start, end) for start, end in found.spans],
                found.kind,
                claimant=None if found.quote is None else found.quote.speaker,
                quote=None if found.quote is None else found.quote.id,
                check_worthiness=round(found.worth, 4),
                modality=found.modality,
                negated=found.negated,
                quantities=found.quantities,
                times=found.times,
                confidence=round(found.confidence, 4),
                provenance=Provenance(
                    self.name, version=self.version, detail=f"clause={found.rule} worth={'+'.join(found.reasons) or 'no feature'}"
                ),
            )
            for found in claim_mining.find(document, quotes, language)
        ]
