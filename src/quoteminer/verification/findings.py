"""What became of each quotation: verdict, differences, and the places in both texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from .. import checks
from ..annotations import Issue, Quote
from ..document import Document
from ..errors import AnnotationError, shown
from ..extraction import Extraction
from ..spans import Span, to_span
from ..vocabulary import CHANGE_KINDS, SUPPORTS, VERDICTS, ChangeKind, Support, Verdict


def _optional_span(value: object) -> Span | None:
    return None if value is None else to_span(value, "Change.span")


def _match_span(value: object) -> Span:
    return to_span(value, "Match.span")


@attrs.frozen
class Change:
    """One difference between a quotation and what stands in the source.

    Attributes:
        kind: what it touches: ``negation``, ``number``, ``unit``, ``name``, ``modal``, ``quantifier``, ``tense`` and ``condition`` change what was
            said; ``added``, ``dropped``, ``replaced`` and ``order`` are all others.
        words: the words of the quotation, empty where something was left out.
        source_words: the words of the source, empty where something was added.
        span, source_span: where these stand in the article and in the source; ``None`` where there are none.
        weight: how much it matters, from 0 (a spelling) to 1 (the opposite is said).
        marked: whether the quotation says that it departs from the source here, by an ellipsis or brackets.
    """

    kind: ChangeKind
    words: str = attrs.field(default="", kw_only=True)
    source_words: str = attrs.field(default="", kw_only=True)
    span: Span | None = attrs.field(default=None, converter=_optional_span, kw_only=True)
    source_span: Span | None = attrs.field(default=None, converter=_optional_span, kw_only=True)
    weight: float = attrs.field(default=1.0, kw_only=True)
    marked: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.put(self, "kind", checks.one_of(self.kind, CHANGE_KINDS, "Change.kind"))
        checks.put(self, "words", checks.text(self.words, "Change.words"))
        checks.put(self, "source_words", checks.text(self.source_words, "Change.source_words"))
        checks.put(self, "weight", checks.score(self.weight, "Change.weight"))

    def __str__(self) -> str:
        """The kind and the words: ``negation: “never” for “”``."""
        return f"{self.kind}: “{self.words}” for “{self.source_words}”"

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON has it."""
        return {
            "kind": self.kind,
            "words": self.words,
            "source_words": self.source_words,
            "span": None if self.span is None else list(self.span),
            "source_span": None if self.source_span is None else list(self.source_span),
            "weight": self.weight,
            "marked": self.marked,
        }


@attrs.frozen
class Match:
    """A stretch of a source that a stretch of a quotation was taken from.

    Attributes:
        source: id of the source.
        span: where it stands in the source.
        quoted: which stretch of the article it is.
        speaker: the name of who says it in the source; ``None`` where the source does not tell.
    """

    source: str
    span: Span = attrs.field(converter=_match_span)
    quoted: Span = attrs.field(converter=_match_span)
    speaker: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.put(self, "source", checks.text(self.source, "Match.source", empty=False))
        checks.put(self, "speaker", checks.text(self.speaker, "Match.speaker", optional=True))


def _changes(value: Iterable[Change]) -> tuple[Change, ...]:
    return checks.items(value, "Finding.changes")


def _matches(value: Iterable[Match]) -> tuple[Match, ...]:
    return checks.items(value, "Finding.matches")


@attrs.frozen
class Finding:
    """What became of one quotation.

    Attributes:
        quote: the quotation of the article.
        verdict: ``verbatim``, ``altered``, ``spliced``, ``other_speaker``, ``paraphrase``, ``not_found``, ``no_such_speaker`` or ``too_short``.
        changes: in what it differs from the source, in the order of the quotation.
        matches: the places in the sources, in the order of the quotation; several where parts come from several places.
        speaker: the name of whom the article quotes; ``None`` where it does not tell.
        support: of a report without marks what the source says of it: ``supported``, ``partly``, ``contradicted`` or ``not_found``; else ``None``.
        confidence: probability that the verdict is right, 0 to 1.
    """

    quote: Quote
    verdict: Verdict
    changes: tuple[Change, ...] = attrs.field(default=(), converter=_changes, kw_only=True)
    matches: tuple[Match, ...] = attrs.field(default=(), converter=_matches, kw_only=True)
    speaker: str | None = attrs.field(default=None, kw_only=True)
    support: Support | None = attrs.field(default=None, kw_only=True)
    confidence: float = attrs.field(default=1.0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.instance(self.quote, Quote, "Finding.quote")
        checks.put(self, "verdict", checks.one_of(self.verdict, VERDICTS, "Finding.verdict"))
        checks.all_of(self.changes, Change, "Finding.changes")
        checks.all_of(self.matches, Match, "Finding.matches")
        checks.put(self, "speaker", checks.text(self.speaker, "Finding.speaker", optional=True))
        if self.support is not None:
            checks.put(self, "support", checks.one_of(self.support, SUPPORTS, "Finding.support"))
        checks.put(self, "confidence", checks.score(self.confidence, "Finding.confidence"))

    @property
    def weight(self) -> float:
        """How much the changes matter: the weight of the weightiest, 0 without any."""
        return max((change.weight for change in self.changes), default=0.0)

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it: it stands in the source, or is too short to tell."""
        return self.verdict in ("verbatim", "too_short") or (self.verdict == "paraphrase" and self.support == "supported")


def _findings(value: Iterable[Finding]) -> tuple[Finding, ...]:
    return checks.items(value, "Verification.findings")


def _sources(value: Iterable[Document]) -> tuple[Document, ...]:
    return checks.items(value, "Verification.sources")


def _issues(value: Iterable[Issue]) -> tuple[Issue, ...]:
    return checks.items(value, "Verification.issues")


@attrs.frozen
class Verification:
    """The quotations of an article, held against sources.

    It is a sequence of its findings: ``len``, iteration and an index are about them.

    Attributes:
        extraction: the article, with its quotations.
        findings: one a quotation, in text order.
        sources: the sources in which something was found.
        issues: what went wrong and did not stop the rest.
    """

    extraction: Extraction
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    sources: tuple[Document, ...] = attrs.field(default=(), converter=_sources, repr=False)
    issues: tuple[Issue, ...] = attrs.field(default=(), converter=_issues)

    def __attrs_post_init__(self) -> None:
        checks.instance(self.extraction, Extraction, "Verification.extraction")
        checks.all_of(self.findings, Finding, "Verification.findings")
        checks.all_of(self.sources, Document, "Verification.sources")
        checks.all_of(self.issues, Issue, "Verification.issues")
        known = {source.id: source for source in self.sources}
        if len(known) < len(self.sources):
            raise AnnotationError("Verification.sources: two have one id", "Verification.sources", self.sources)
        size = len(self.extraction.document)
        for finding in self.findings:
            for match in finding.matches:
                if match.source not in known:
                    message = f"Match.source: {shown(match.source)} is none of the sources"
                    raise AnnotationError(message, "Match.source", match.source)
                checks.inside(match.span, len(known[match.source]), "Match.span")
                checks.inside(match.quoted, size, "Match.quoted")

    def __len__(self) -> int:
        """Number of findings."""
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        """The findings, in text order."""
        return iter(self.findings)

    def __getitem__(self, place: int) -> Finding:
        """The finding at a place."""
        return self.findings[place]

    @property
    def good(self) -> bool:
        """Whether nothing speaks against any quotation."""
        return all(finding.good for finding in self.findings)

    def source(self, match: Match) -> Document:
        """The source that a match lies in."""
        for document in self.sources:
            if document.id == match.source:
                return document
        raise AnnotationError(f"{shown(match)} lies in none of the sources", "Match.source", match.source)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One object a quotation, as JSON Lines have them."""
        return [self._record(finding) for finding in self.findings]

    def _record(self, finding: Finding) -> dict[str, Any]:
        document = self.extraction.document
        return {
            "document": document.id,
            "id": finding.quote.id,
            "verdict": finding.verdict,
            "text": finding.quote.text(document),
            "content": [list(span) for span in finding.quote.content],
            "kind": finding.quote.kind,
            "speaker": finding.speaker,
            "support": finding.support,
            "weight": finding.weight,
            "confidence": finding.confidence,
            "changes": [change.to_dict() for change in finding.changes],
            "matches": [
                {
                    "source": match.source,
                    "span": list(match.span),
                    "quoted": list(match.quoted),
                    "speaker": match.speaker,
                    "text": self.source(match)[match.span],
                }
                for match in finding.matches
            ],
        }
