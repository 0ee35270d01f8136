"""Annotated documents by the words that are annotated, so that a case can be read and worked out by hand."""

from __future__ import annotations

from typing import Any

from quoteminer import Document, Span
from quoteminer.evaluation import AnnotatedClaim, AnnotatedDocument, AnnotatedQuote, Entity


def spans(text: str, words: str | list[str] | None) -> tuple[Span, ...]:
    """The first place of each of ``words``, each searched behind the one before."""
    found = []
    at = 0
    for part in [words] if isinstance(words, str) else words or []:
        start = text.index(part, at)
        at = start + len(part)
        found.append(Span(start, at))
    return tuple(found)


def quote(text: str, content: str | list[str], **fields: Any) -> AnnotatedQuote:
    """``content``, ``cue`` and ``source`` by their words."""
    speaker = fields.pop("speaker", None)
    return AnnotatedQuote(
        id=fields.pop("id", "q"),
        content=spans(text, content),
        kind=fields.pop("kind", "direct"),
        cue=spans(text, fields.pop("cue", None)),
        sources=spans(text, fields.pop("source", None)),
        speaker=Entity(name=speaker) if isinstance(speaker, str) else speaker,
        **fields,
    )


def claim(text: str, words: str | list[str], **fields: Any) -> AnnotatedClaim:
    claimant = fields.pop("claimant", None)
    return AnnotatedClaim(
        id=fields.pop("id", "c"),
        spans=spans(text, words),
        claimant=Entity(name=claimant) if isinstance(claimant, str) else claimant,
        **fields,
    )


def document(text: str, *quotes: AnnotatedQuote, claims: tuple[AnnotatedClaim, ...] = (), **fields: Any) -> AnnotatedDocument:
    style = fields.pop("claim_style", "spans")
    corpus = fields.pop("corpus", "made")
    return AnnotatedDocument(
        document=Document(text, **fields), corpus=corpus, quotes=quotes, claims=claims, claim_style=style
    )  # fmt: skip
