"""All that was found in one document, together: sorted, unique, and referring to nothing that is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import attrs

from . import checks
from .annotations import Claim, Issue, Quote, Speaker, check_parents, claim_order, quote_order, speaker_order
from .document import Document
from .errors import AnnotationError, UnknownSpeakerError, shown
from .frozen import NOTHING, FrozenDict, frozen_mapping


def _quotes(value: Iterable[Quote]) -> tuple[Quote, ...]:
    return checks.items(value, "Extraction.quotes")


def _speakers(value: Iterable[Speaker]) -> tuple[Speaker, ...]:
    return checks.items(value, "Extraction.speakers")


def _claims(value: Iterable[Claim]) -> tuple[Claim, ...]:
    return checks.items(value, "Extraction.claims")


def _issues(value: Iterable[Issue]) -> tuple[Issue, ...]:
    return checks.items(value, "Extraction.issues")


def _manifest(value: object) -> FrozenDict:
    return frozen_mapping(value, "Extraction.manifest")


def _extra(value: object) -> FrozenDict:
    return frozen_mapping(value, "Extraction.extra")


@attrs.frozen
class Extraction:
    """The result for one document; everything in it is sorted, unique and refers to something that is there.

    Quotes and claims are sorted by position, speakers by first mention. Equal input gives an equal extraction.

    Raises:
        AnnotationError: when ids are missing or doubled, a reference leads nowhere, or a parent does not enclose its quote.
        SpanError: when a span reaches outside the text.
    """

    document: Document
    quotes: tuple[Quote, ...] = attrs.field(default=(), converter=_quotes)
    speakers: tuple[Speaker, ...] = attrs.field(default=(), converter=_speakers)
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=_claims)
    issues: tuple[Issue, ...] = attrs.field(default=(), converter=_issues)
    manifest: Mapping[str, Any] = attrs.field(default=NOTHING, converter=_manifest, kw_only=True)
    """What made it, such as versions, hashes of weights and options, as whoever made it says; empty where nobody does."""
    extra: Mapping[str, Any] = attrs.field(default=NOTHING, converter=_extra, kw_only=True, repr=False)
    """Members of the JSON form that this version does not know, by where they stand; they are written again."""

    def __attrs_post_init__(self) -> None:
        checks.instance(self.document, Document, "Extraction.document")
        checks.all_of(self.quotes, Quote, "Extraction.quotes")
        checks.all_of(self.speakers, Speaker, "Extraction.speakers")
        checks.all_of(self.issues, Issue, "Extraction.issues")
        self._check_ids()
        self._check_spans()
        object.__setattr__(self, "quotes", tuple(sorted(self.quotes, key=quote_order)))
        object.__setattr__(self, "speakers", tuple(sorted(self.speakers, key=speaker_order)))
        object.__setattr__(self, "claims", tuple(sorted(self.claims, key=claim_order)))

    def _check_ids(self) -> None:
        quotes = checks.unique(self.quotes, "Quote.id")
        speakers = checks.unique(self.speakers, "Speaker.id")
        for quote in self.quotes:
            checks.refers(quote.speaker, speakers, "Quote.speaker", quote.id)
            checks.refers(quote.addressee, speakers, "Quote.addressee", quote.id)
            checks.refers(quote.parent, quotes, "Quote.parent", quote.id)
        check_claims(self.document, self.claims, quotes, speakers)
        checks.unique(self.claims, "Claim.id")
        check_parents(self.quotes)
        parents = {quote.id: quote.parent for quote in self.quotes if quote.parent is not None}
        safe: set[str] = set()
        for start in parents:
            path: set[str] = set()
            at: str | None = start
            while at is not None and at not in safe:
                if at in path:
                    raise AnnotationError(f"Quote.parent: {start!r} is enclosed in itself", "Quote.parent", start)
                path.add(at)
                at = parents.get(at)
            safe |= path

    def _check_spans(self) -> None:
        size = len(self.document.text)

        for quote in self.quotes:
            checks.inside(quote.content[-1], size, "Quote.content")
            if quote.cue:
                checks.inside(quote.cue[-1], size, "Quote.cue")
            if quote.source is not None:
                checks.inside(quote.source, size, "Quote.source")
            if quote.addressee_mention is not None:
                checks.inside(quote.addressee_mention, size, "Quote.addressee_mention")
        for speaker in self.speakers:
            if speaker.mentions:
                checks.inside(speaker.mentions[-1], size, "Speaker.mentions")

    def speaker(self, id: str | None) -> Speaker | None:
        """The speaker with this id; ``None`` for ``None``.

        Raises:
            UnknownSpeakerError: when there is no such speaker (a :class:`KeyError`, too).
        """
        if id is None:
            return None
        for speaker in self.speakers:
            if speaker.id == id:
                return speaker
        raise self._no_speaker(id)

    def quotes_by(self, speaker: str | Speaker) -> tuple[Quote, ...]:
        """The quotes of a speaker, or of the speaker with this id, in text order.

        Raises:
            UnknownSpeakerError: when the speaker is none of this extraction (a :class:`KeyError`, too).
        """
        if isinstance(speaker, Speaker) and speaker not in self.speakers:
            raise UnknownSpeakerError(f"{shown(speaker)} is no speaker of this extraction", "Speaker.id", speaker.id)
        wanted = speaker.id if isinstance(speaker, Speaker) else speaker
        if not any(known.id == wanted for known in self.speakers):
            raise self._no_speaker(wanted)
        return tuple(quote for quote in self.quotes if quote.speaker == wanted)

    def _no_speaker(self, id: str) -> UnknownSpeakerError:
        named = [speaker.id for speaker in self.speakers if speaker.name == id]
        hint = f"; the speaker of that name has the id {named[0]!r}" if named else ""
        return UnknownSpeakerError(f"there is no speaker with the id {shown(id)}{hint}", "Speaker.id", id)

    def __iter__(self) -> Iterator[Quote]:
        """The quotes, in text order."""
        return iter(self.quotes)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form ``quoteminer/2`` as dicts and lists."""
        from . import json_form

        return json_form.to_dict(self)

    def to_json(self) -> str:
        """The JSON form ``quoteminer/2`` in one line."""
        from . import json_form

        return json_form.to_json(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Extraction:
        """Read the JSON form.

        Raises:
            FormatError: when ``data`` is not in the form; annotation errors as for the constructor.
        """
        from . import json_form

        return json_form.from_dict(data)

    @classmethod
    def from_json(cls, line: str) -> Extraction:
        """Read one line of the JSON form; errors as for :meth:`from_dict`."""
        from . import json_form

        return json_form.from_json(line)


def check_claims(document: Document, claims: Iterable[Claim], quotes: Collection[str], speakers: Collection[str]) -> None:
    """Check that claims lie inside the text and refer to nothing but the given ids of quotes and speakers.

    Raises:
        AnnotationError, SpanError: naming the field and the value.
    """
    size = len(document.text)
    for claim in claims:
        checks.instance(claim, Claim, "Extraction.claims")
        if claim.claimant is not None:
            checks.refers(claim.claimant, speakers, "Claim.claimant", claim.id)
        if claim.quote is not None:
            checks.refers(claim.quote, quotes, "Claim.quote", claim.id)
        checks.inside(claim.spans[-1], size, "Claim.spans")
        for quantity in claim.quantities:
            checks.inside(quantity.span, size, "Claim.quantities")
        for time in claim.times:
            checks.inside(time.span, size, "Claim.times")
