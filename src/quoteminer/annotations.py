"""What is found in a document: quotes, speakers, claims, issues, and all of them together."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from . import checks
from .document import Document
from .errors import AnnotationError, SpanError
from .frozen import NOTHING, FrozenDict, frozen_mapping
from .spans import Span, span_order, to_span, to_spans
from .vocabulary import (
    CLAIM_KINDS,
    CLAIM_MODALITIES,
    LAYOUTS,
    QUOTE_KINDS,
    QUOTE_MODALITIES,
    SEVERITIES,
    SPEAKER_KINDS,
    ClaimKind,
    ClaimModality,
    Layout,
    QuoteKind,
    QuoteModality,
    Severity,
    SpeakerKind,
)

if TYPE_CHECKING:
    from .extraction import Extraction
    from .standalone import Standalone

A = TypeVar("A", "Quote", "Speaker", "Claim")
T = TypeVar("T")


def _detail(value: object) -> FrozenDict:
    if isinstance(value, str):
        value = {"note": value} if value else {}
    return frozen_mapping(value, "Provenance.detail")


@attrs.frozen
class Provenance:
    """Which component found something, and why.

    Attributes:
        extractor: name of the component, such as ``rules.quotes``; several are joined with ``+`` after merging.
        version: version of the component or its model.
        detail: the reason, for readers: rule id, model name, score, as JSON values by name. No code decides by it. A text, as extractors
            gave it before 0.2, is kept under ``note``.
    """

    extractor: str
    version: str = attrs.field(default="", kw_only=True)
    detail: Mapping[str, Any] = attrs.field(default=NOTHING, converter=_detail, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.extractor) is not str or not self.extractor:
            checks.put(self, "extractor", checks.text(self.extractor, "Provenance.extractor", empty=False))
        if type(self.version) is not str:
            checks.put(self, "version", checks.text(self.version, "Provenance.version"))

    def __str__(self) -> str:
        """Who and why, in one line: ``rules.quotes rule=direct.inverted class=speech``."""
        return " ".join([self.extractor, *(f"{name}={value}" for name, value in self.detail.items())])


MANUAL: Final = Provenance("manual")


def own(item: object, kind: type[T]) -> T:
    """``item`` as an object of our own class ``kind``, of which its class is a subclass; every field is checked again.

    The fields are read as ``kind`` stores them, so that nothing of the subclass runs.
    """
    fields = {field.name: vars(kind)[field.name].__get__(item) for field in attrs.fields(kind)}  # type: ignore[arg-type]
    return kind(**fields)


def _plain_provenance(value: object, field: str) -> Provenance:
    """The same provenance as an object of our own class, whatever a subclass makes of it."""
    checks.instance(value, Provenance, field)
    return own(value, Provenance)


def _content(value: Iterable[object]) -> tuple[Span, ...]:
    return to_spans(value, "Quote.content")


def _cue(value: Iterable[object]) -> tuple[Span, ...]:
    return () if type(value) is tuple and not value else to_spans(value, "Quote.cue", empty=True)


def _source(value: object) -> Span | None:
    return value if value is None or type(value) is Span else to_span(value, "Quote.source")


def _addressee_mention(value: object) -> Span | None:
    return value if value is None or type(value) is Span else to_span(value, "Quote.addressee_mention")


@attrs.frozen
class Quote:
    """Reported words with their attribution. Spans count code points of the document's text.

    Attributes:
        content: the words reported, without the outermost quotation marks; one or more spans in text order.
        kind: ``direct``, ``indirect`` or ``mixed``.
        cue: the words that signal the attribution; may be empty.
        cue_lemma: the basic form of the cue, such as ``say`` or ``according to``, where it is known.
        source: the mention of who speaks, as it stands by the quote.
        speaker: id of the :class:`Speaker` behind the source.
        speaker_confidence: probability that it is this speaker, 0 to 1, apart from ``confidence``; ``None`` where nothing is said of it.
        addressee: id of the :class:`Speaker` spoken to.
        addressee_mention: the mention of the addressee, as it stands by the quote.
        parent: id of the enclosing quote.
        layout: how the speech is set: ``running``, ``turn``, ``dash``, ``block``, ``mail`` or ``thread``.
        modality: ``asserted``, ``negated``, ``hypothetical``, ``future`` or ``question``.
        confidence: probability that this is a quotation with this content, 0 to 1.
        provenance: which component, and why.
        id: unique in its extraction; extractors need to set it only when another quote names it as ``parent``.

    Raises:
        AnnotationError, SpanError: naming the field and the value.
    """

    content: tuple[Span, ...] = attrs.field(converter=_content)
    kind: QuoteKind
    cue: tuple[Span, ...] = attrs.field(default=(), converter=_cue, kw_only=True)
    cue_lemma: str | None = attrs.field(default=None, kw_only=True)
    source: Span | None = attrs.field(default=None, converter=_source, kw_only=True)
    speaker: str | None = attrs.field(default=None, kw_only=True)
    speaker_confidence: float | None = attrs.field(default=None, kw_only=True)
    addressee: str | None = attrs.field(default=None, kw_only=True)
    addressee_mention: Span | None = attrs.field(default=None, converter=_addressee_mention, kw_only=True)
    parent: str | None = attrs.field(default=None, kw_only=True)
    layout: Layout = attrs.field(default="running", kw_only=True)
    modality: QuoteModality = attrs.field(default="asserted", kw_only=True)
    confidence: float = attrs.field(default=1.0, kw_only=True)
    provenance: Provenance = attrs.field(default=MANUAL, kw_only=True)
    id: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.content:
            raise SpanError("Quote.content: needs at least one span", "Quote.content", self.content)
        if type(self.kind) is not str or self.kind not in QUOTE_KINDS:
            checks.put(self, "kind", checks.one_of(self.kind, QUOTE_KINDS, "Quote.kind"))
        if type(self.modality) is not str or self.modality not in QUOTE_MODALITIES:
            checks.put(self, "modality", checks.one_of(self.modality, QUOTE_MODALITIES, "Quote.modality"))
        if type(self.confidence) is not float or not 0.0 <= self.confidence <= 1.0:
            checks.put(self, "confidence", checks.score(self.confidence, "Quote.confidence"))
        if type(self.provenance) is not Provenance:
            checks.put(self, "provenance", _plain_provenance(self.provenance, "Quote.provenance"))
        for name in ("speaker", "addressee", "parent", "cue_lemma"):
            value = getattr(self, name)
            if value is not None and (type(value) is not str or not value):
                checks.put(self, name, checks.text(value, f"Quote.{name}", empty=False))
        sure = self.speaker_confidence
        if sure is not None and (type(sure) is not float or not 0.0 <= sure <= 1.0):
            checks.put(self, "speaker_confidence", checks.score(sure, "Quote.speaker_confidence"))
        if type(self.layout) is not str or self.layout not in LAYOUTS:
            checks.put(self, "layout", checks.one_of(self.layout, LAYOUTS, "Quote.layout"))
        if type(self.id) is not str:
            checks.put(self, "id", checks.text(self.id, "Quote.id"))

    @property
    def span(self) -> Span:
        """From the first to the last code point of the content."""
        return Span(self.content[0].start, self.content[-1].end)

    def text(self, document: Document) -> str:
        """The content as it stands in ``document``, its spans joined with " … "."""
        return " … ".join([document[span] for span in self.content])


UNSURE: Final = 0.5
"""A speaker less sure than this is shown with a question mark."""


def is_unsure(quote: Quote) -> bool:
    """Whether who speaks is more likely wrong than right."""
    return quote.speaker is not None and quote.speaker_confidence is not None and quote.speaker_confidence < UNSURE


def _mentions(value: Iterable[object]) -> tuple[Span, ...]:
    spans = [to_span(item, "Speaker.mentions") for item in checks.items(value, "Speaker.mentions")]
    return tuple(sorted(set(spans), key=span_order))


def _identifiers(value: object) -> FrozenDict:
    found = frozen_mapping(value, "Speaker.identifiers")
    for scheme, identifier in found.items():
        checks.text(identifier, f"Speaker.identifiers.{scheme}", empty=False)
    return found


def _attributes(value: object) -> FrozenDict:
    return frozen_mapping(value, "Speaker.attributes")


@attrs.frozen
class Speaker:
    """Who speaks: one entity of a document.

    Attributes:
        id: unique in its extraction.
        name: canonical name without titles, as the document gives it.
        role: title or function, as the document gives it.
        kind: ``person``, ``organisation``, ``group``, ``document`` or ``unknown``.
        mentions: where the text names the entity, in text order, without repetition.
        identifiers: ids of the entity elsewhere, by scheme: ``wikidata``, or a newsroom's own.
        attributes: what a list says of the entity (party, gender …), JSON values by name; never a guess.
    """

    id: str
    name: str
    role: str | None = attrs.field(default=None, kw_only=True)
    kind: SpeakerKind = attrs.field(default="unknown", kw_only=True)
    mentions: tuple[Span, ...] = attrs.field(default=(), converter=_mentions, kw_only=True)
    identifiers: Mapping[str, str] = attrs.field(default=NOTHING, converter=_identifiers, kw_only=True)
    attributes: Mapping[str, Any] = attrs.field(default=NOTHING, converter=_attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.put(self, "id", checks.text(self.id, "Speaker.id", empty=False))
        checks.put(self, "name", checks.text(self.name, "Speaker.name", empty=False))
        checks.put(self, "role", checks.text(self.role, "Speaker.role", optional=True))
        checks.put(self, "kind", checks.one_of(self.kind, SPEAKER_KINDS, "Speaker.kind"))


def _quantity_span(value: object) -> Span:
    return to_span(value, "Quantity.span")


def _time_span(value: object) -> Span:
    return to_span(value, "Time.span")


def _claim_spans(value: Iterable[object]) -> tuple[Span, ...]:
    return to_spans(value, "Claim.spans")


def _quantities(value: Iterable[Quantity]) -> tuple[Quantity, ...]:
    return checks.items(value, "Claim.quantities")


def _times(value: Iterable[Time]) -> tuple[Time, ...]:
    return checks.items(value, "Claim.times")


@attrs.frozen
class Quantity:
    """A number in a claim; ``value`` is ``None`` when the words cannot be read as a number."""

    span: Span = attrs.field(converter=_quantity_span)
    value: float | None = attrs.field(default=None, kw_only=True)
    unit: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.put(self, "value", checks.number(self.value, "Quantity.value"))
        checks.put(self, "unit", checks.text(self.unit, "Quantity.unit", optional=True))


@attrs.frozen
class Time:
    """A time expression in a claim; ``value`` is ISO 8601 where it can be resolved."""

    span: Span = attrs.field(converter=_time_span)
    value: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.put(self, "value", checks.text(self.value, "Time.value", optional=True))


@attrs.frozen
class Claim:
    """An assertion that a fact-checker could check. Spans count code points of the document's text.

    Attributes:
        spans: the words of the claim, in text order.
        kind: one of ``quantity``, ``comparison``, ``causation``, ``law_or_rule``, ``event``, ``prediction``, ``pledge``, ``other``.
        claimant: id of the :class:`Speaker` who asserts it, ``None`` for the document's own voice.
        quote: id of the innermost :class:`Quote` that holds it.
        check_worthiness: ranking score, 0 to 1.
        modality: ``asserted``, ``hedged``, ``hypothetical``, ``negated`` or ``question``.
        negated: whether the asserted state of affairs is a negative one.
        quantities, times: numbers and time expressions inside it.
        confidence, provenance, id: as in :class:`Quote`.
    """

    spans: tuple[Span, ...] = attrs.field(converter=_claim_spans)
    kind: ClaimKind
    claimant: str | None = attrs.field(default=None, kw_only=True)
    quote: str | None = attrs.field(default=None, kw_only=True)
    check_worthiness: float = attrs.field(default=0.0, kw_only=True)
    modality: ClaimModality = attrs.field(default="asserted", kw_only=True)
    negated: bool = attrs.field(default=False, kw_only=True)
    quantities: tuple[Quantity, ...] = attrs.field(default=(), converter=_quantities, kw_only=True)
    times: tuple[Time, ...] = attrs.field(default=(), converter=_times, kw_only=True)
    confidence: float = attrs.field(default=1.0, kw_only=True)
    provenance: Provenance = attrs.field(default=MANUAL, kw_only=True)
    id: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.kind) is not str or self.kind not in CLAIM_KINDS:
            checks.put(self, "kind", checks.one_of(self.kind, CLAIM_KINDS, "Claim.kind"))
        if type(self.modality) is not str or self.modality not in CLAIM_MODALITIES:
            checks.put(self, "modality", checks.one_of(self.modality, CLAIM_MODALITIES, "Claim.modality"))
        for name in ("check_worthiness", "confidence"):
            value = getattr(self, name)
            if type(value) is not float or not 0.0 <= value <= 1.0:
                checks.put(self, name, checks.score(value, f"Claim.{name}"))
        for name in ("claimant", "quote"):
            value = getattr(self, name)
            if value is not None:
                checks.put(self, name, checks.text(value, f"Claim.{name}", empty=False))
        if type(self.id) is not str:
            checks.put(self, "id", checks.text(self.id, "Claim.id"))
        checks.instance(self.negated, bool, "Claim.negated")
        if self.quantities:
            checks.all_of(self.quantities, Quantity, "Claim.quantities")
        if self.times:
            checks.all_of(self.times, Time, "Claim.times")
        if type(self.provenance) is not Provenance:
            checks.put(self, "provenance", _plain_provenance(self.provenance, "Claim.provenance"))

    def text(self, document: Document) -> str:
        """The words of the claim as they stand in ``document``, its spans joined with " … "."""
        return " … ".join([document[span] for span in self.spans])

    def standalone(self, extraction: Extraction) -> Standalone:
        """The claim as a sentence that can be read alone; what is not known for sure is left and named as unresolved."""
        from . import standalone

        return standalone.standalone(self, extraction)


@attrs.frozen
class Issue:
    """Something that went wrong and did not stop the rest.

    Attributes:
        component: name of the component, plugin or reader.
        document_id: id of the document, or name of the input.
        message: what went wrong.
        severity: ``info``, ``warning`` or ``error``.
    """

    component: str
    document_id: str
    message: str
    severity: Severity = "warning"

    def __attrs_post_init__(self) -> None:
        checks.put(self, "component", checks.text(self.component, "Issue.component", empty=False))
        checks.put(self, "document_id", checks.text(self.document_id, "Issue.document_id"))
        checks.put(self, "message", checks.text(self.message, "Issue.message"))
        checks.put(self, "severity", checks.one_of(self.severity, SEVERITIES, "Issue.severity"))


def encloses(parent: Quote, quote: Quote) -> bool:
    """Whether a quote lies inside another one, from the first to the last code point of their contents."""
    outer, inner = parent.content, quote.content
    return outer[0].start <= inner[0].start and inner[-1].end <= outer[-1].end


def check_parents(quotes: Iterable[Quote]) -> None:
    """Check that each parent that is there encloses its quote.

    Raises:
        AnnotationError: naming the two.
    """
    by_id: dict[str, Quote] = {}
    for quote in quotes:
        if quote.parent is not None:
            by_id = by_id or {other.id: other for other in quotes}
            parent = by_id.get(quote.parent)
            if parent is not None and not encloses(parent, quote):
                raise AnnotationError(
                    f"Quote.parent: {quote.parent!r} does not enclose {quote.id!r}, which lies at {quote.span.start}-{quote.span.end}",
                    "Quote.parent",
                    quote.parent,
                )


def _number_order(id: str) -> tuple[int, str]:
    """Puts ``q9`` before ``q10``."""
    return len(id), id


def quote_order(quote: Quote) -> tuple[int, int, str, int, str]:
    """Sort key: position, longer first, so that an enclosing quote precedes what it encloses."""
    return (quote.content[0].start, -quote.content[-1].end, quote.provenance.extractor, *_number_order(quote.id))


def speaker_order(speaker: Speaker) -> tuple[int, str, int, str]:
    """Sort key: first mention; those without a mention last."""
    return (speaker.mentions[0].start if speaker.mentions else 1 << 62, speaker.name, *_number_order(speaker.id))


def claim_order(claim: Claim) -> tuple[int, int, str, int, str]:
    """Sort key: position, longer first."""
    return (claim.spans[0].start, -claim.spans[-1].end, claim.kind, *_number_order(claim.id))


def joined(provenances: Sequence[Provenance]) -> Provenance:
    """The provenance of what several found: all names and versions, and all details, those of the first under their own names.

    A detail that another one gives a different value is kept under ``extractor: name``.
    """
    detail: dict[str, Any] = {}
    for one in provenances:
        for name, value in one.detail.items():
            if detail.setdefault(name, value) != value:
                detail.setdefault(f"{one.extractor}: {name}", value)
    return Provenance(
        "+".join(dict.fromkeys(one.extractor for one in provenances)),
        version="+".join(one.version for one in provenances if one.version),
        detail=detail,
    )


def _carrying(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], list[Callable[[Any, Any], None]]]:
    """What takes all values out of an object of one of our classes, and what puts each into another one."""
    names = [field.name for field in attrs.fields(kind)]
    return operator.attrgetter(*names), [vars(kind)[name].__set__ for name in names]


_CARRYING: Final = {kind: _carrying(kind) for kind in (Quote, Speaker, Claim)}


def with_ids(item: A, **ids: str | None) -> A:
    """A copy of an annotation with other ids, for ids that the caller has made or checked.

    ``attrs.evolve`` would convert and check all fields again, for each of the copies that every annotation goes through; what
    cannot have changed since it was checked is only carried over here.
    """
    carrying = _CARRYING.get(type(item))
    if carrying is None:
        # A class derived from one of ours may compute more than its fields.
        values: dict[str, Any] = dict(ids)
        return attrs.evolve(item, **values)
    copy: A = object.__new__(type(item))
    values_of, fields = carrying
    for put, value in zip(fields, values_of(item), strict=True):
        put(copy, value)
    for name, one in ids.items():
        checks.put(copy, name, one)
    return copy
