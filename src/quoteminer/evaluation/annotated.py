"""What is compared: gold and predictions in one shape, whichever form they came in."""

from __future__ import annotations

from typing import Final

import attrs

from ..document import Document
from ..extraction import Extraction
from ..spans import Span
from ..vocabulary import Scope

#: How the claims of a gold document are annotated.
CLAIM_STYLES: Final = ("spans", "sentences", "ranking")


@attrs.frozen(kw_only=True)
class Entity:
    """Who speaks, by all that the annotation says of them.

    Attributes:
        name: canonical name.
        aliases: other names.
        mentions: spans that name the entity; need not be all there are.
        kind: one of the kinds of :class:`quoteminer.Speaker`, or ``None`` when the annotation does not say.
    """

    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    kind: str | None = None


@attrs.frozen(kw_only=True)
class AnnotatedQuote:
    """A quotation as annotated or found; spans count code points of the document's text.

    Attributes:
        kind: ``direct``, ``indirect``, ``mixed``, or ``None`` when the annotation does not say.
        sources: mentions of who speaks; several when the annotation joins them, none when there is none.
        nested: whether it stands inside another quotation.
        speaker_confidence: how sure the speaker is; ``None`` where nothing is said of it.
        detail: rule or model that found it.
    """

    id: str
    content: tuple[Span, ...]
    kind: str | None = None
    cue: tuple[Span, ...] = ()
    sources: tuple[Span, ...] = ()
    speaker: Entity | None = None
    nested: bool = False
    confidence: float = 1.0
    speaker_confidence: float | None = None
    detail: str = ""


@attrs.frozen(kw_only=True)
class AnnotatedClaim:
    """A claim, or in gold by sentences a sentence with its judgement.

    Attributes:
        kind: one of the kinds of :class:`quoteminer.Claim`, or ``None``.
        positive: gold by sentences: whether the sentence is a claim (worth checking).
        check_worthiness: 0 to 1, ``None`` when the annotation does not say.
        claimant: who asserts it; ``None`` for the document's own voice.
    """

    id: str
    spans: tuple[Span, ...]
    kind: str | None = None
    positive: bool = True
    check_worthiness: float | None = None
    claimant: Entity | None = None
    confidence: float = 1.0


@attrs.frozen(kw_only=True)
class AnnotatedDocument:
    """A document with its quotations and claims.

    Attributes:
        corpus: name of the corpus, or of the file that it came from.
        claim_style: ``spans`` (claims as stretches of text), ``sentences`` (every sentence judged) or ``ranking`` (some
            positive sentences known, the others not judged).
        scope: what its quotations are, see :data:`quoteminer.Scope`.
        genre: what sort of text it is, empty when the record does not say.
        has_claims: whether somebody looked for claims; where nobody did, claims are not scored.
    """

    document: Document
    corpus: str = ""
    scope: Scope = "speech"
    quotes: tuple[AnnotatedQuote, ...] = ()
    claims: tuple[AnnotatedClaim, ...] = ()
    claim_style: str = "spans"
    genre: str = ""
    has_claims: bool = True


def from_extraction(extraction: Extraction, corpus: str = "") -> AnnotatedDocument:
    """What was mined, in the shape that is compared."""
    entities = {
        speaker.id: Entity(name=speaker.name, mentions=speaker.mentions, kind=None if speaker.kind == "unknown" else speaker.kind)
        for speaker in extraction.speakers
    }
    return AnnotatedDocument(
        document=extraction.document,
        corpus=corpus,
        quotes=tuple(
            AnnotatedQuote(
                id=quote.id,
                content=quote.content,
                kind=quote.kind,
                cue=quote.cue,
                sources=() if quote.source is None else (quote.source,),
                speaker=None if quote.speaker is None else entities[quote.speaker],
                nested=quote.parent is not None,
                confidence=quote.confidence,
                speaker_confidence=quote.speaker_confidence,
                detail=str(quote.provenance),
            )
            for quote in extraction.quotes
        ),
        claims=tuple(
            AnnotatedClaim(
                id=claim.id,
                spans=claim.spans,
                kind=claim.kind,
                check_worthiness=claim.check_worthiness,
                claimant=None if claim.claimant is None else entities[claim.claimant],
                confidence=claim.confidence,
            )
            for claim in extraction.claims
        ),
    )
