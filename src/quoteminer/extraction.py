"""All that was found in one document, together: sorted, unique, and referring to nothing that is not there."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, SupportsIndex, overload

import attrs

from . import checks
from .annotations import Claim, Issue, Quantity, Quote, Speaker, Time, check_parents, claim_order, quote_order, speaker_order
from .document import Document
from .errors import AnnotationError, UnknownIdError, UnknownSpeakerError, shown
from .frozen import NOTHING, FrozenDict, frozen_mapping
from .spans import Span
from .vocabulary import RowKind

if TYPE_CHECKING:
    from .segments import Segment
    from .tabular import Cell

#: The longest line that tells of an extraction, and the longest part of it for the id and for the language.
_LONGEST: Final = 119
_LONGEST_ID: Final = 32
_LONGEST_LANGUAGE: Final = 12


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

    It is a sequence of its quotes: ``len``, iteration and ``extraction[0]`` are about them. It is always true, also without quotes: it is a result
    then too, and may hold claims and issues.

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

    def speaker_of(self, item: Quote | Claim | Segment) -> Speaker | None:
        """Who speaks: the speaker of a quote or segment, the claimant of a claim; ``None`` where that is not known, or the narrator.

        Raises:
            UnknownSpeakerError: when the speaker is none of this extraction (a :class:`KeyError`, too).
            AnnotationError: when it is none of these.
        """
        from .segments import Segment

        if isinstance(item, Claim):
            return self.speaker(item.claimant)
        if isinstance(item, (Quote, Segment)):
            return self.speaker(item.speaker)
        raise AnnotationError(f"speaker_of: expected a Quote, Claim or Segment, not {shown(item)}", "item", item)

    def text_of(self, item: Quote | Claim | Segment | Speaker | Quantity | Time | Span | Iterable[Span] | None) -> str:
        """The words of something as they stand in the text; several spans are joined with " … ".

        Args:
            item: a quote (its content), claim, segment, quantity, time, span, or spans such as ``quote.cue``; a speaker gives the name. ``None`` gives the
                empty text, so that ``text_of(quote.source)`` needs no question.

        Raises:
            SpanError: when a span reaches outside the text, or something among the spans is none.
            AnnotationError: when it is none of these.
        """
        from .segments import Segment

        if item is None:
            return ""
        if isinstance(item, Speaker):
            return item.name
        if isinstance(item, (Quote, Claim, Segment)):
            return item.text(self.document)
        if isinstance(item, (Quantity, Time)):
            return self.document[item.span]
        if isinstance(item, Span):
            return self.document[item]
        return " … ".join([self.document[span] for span in checks.items(item, "text_of")])

    def segments(self) -> tuple[Segment, ...]:
        """The whole text in order, cut into narrator and speakers; the words of all segments, joined, are the text.

        Of nested quotes the innermost has the words. The quotation marks around a quote are the narrator's.
        """
        from .segments import cut

        return tuple(cut(len(self.document), self.quotes))

    def __len__(self) -> int:
        """Number of quotes."""
        return len(self.quotes)

    def __bool__(self) -> Literal[True]:
        """Always true: without quotes it is a result too, so ``if extraction`` tells it from ``None``; ask ``if extraction.quotes``."""
        return True

    def __iter__(self) -> Iterator[Quote]:
        """The quotes, in text order."""
        return iter(self.quotes)

    @overload
    def __getitem__(self, key: SupportsIndex) -> Quote: ...

    @overload
    def __getitem__(self, key: slice) -> tuple[Quote, ...]: ...

    @overload
    def __getitem__(self, key: str) -> Quote | Claim | Speaker: ...

    def __getitem__(self, key: SupportsIndex | slice | str) -> Quote | Claim | Speaker | tuple[Quote, ...]:
        """The quote at a place, the quotes of a slice, or what has an id: a quote, else a claim, else a speaker.

        Raises:
            IndexError: when there is no quote at the place.
            UnknownIdError: when nothing has the id (a :class:`KeyError`, too).
        """
        if isinstance(key, str):
            for items in (self.quotes, self.claims, self.speakers):
                for item in items:
                    if item.id == key:
                        return item
            raise UnknownIdError(f"no quote, claim or speaker has the id {shown(key)}", "Extraction.id", key)
        if isinstance(key, slice):
            return self.quotes[key]
        try:
            place = operator.index(key)
        except TypeError:
            raise TypeError(f"an extraction is indexed by a place, a slice or an id, not {shown(key)}") from None
        if not -len(self.quotes) <= place < len(self.quotes):
            raise IndexError(f"there is no quote at {shown(place)}: the extraction has {len(self.quotes)}")
        return self.quotes[place]

    def __contains__(self, item: object) -> bool:
        """Whether this very quote, claim or speaker, with all its fields, is in it."""
        if isinstance(item, Quote):
            return item in self.quotes
        if isinstance(item, Claim):
            return item in self.claims
        if isinstance(item, Speaker):
            return item in self.speakers
        hint = "; for words ask its document" if isinstance(item, str) else ""
        raise TypeError(f"an extraction holds quotes, claims and speakers, not {type(item).__name__}{hint}")

    def __repr__(self) -> str:
        """What it is of and how much is in it, with the first words that are quoted, in one short line without control characters."""
        language = _shortened(self.document.language, _LONGEST_LANGUAGE)
        line = f"<Extraction {_shortened(self.document.id, _LONGEST_ID)} ({language}): "
        line += ", ".join(
            f"{len(items):,} {name}{'s' * (len(items) != 1)}"
            for name, items in (
                ("quote", self.quotes),
                ("speaker", self.speakers),
                ("claim", self.claims),
                ("issue", self.issues),
            )
            if items or name == "quote"
        )
        if self.quotes:
            # Of a long quotation only the beginning is looked at.
            first = self.quotes[0].content[0]
            words = self.document.text[first.start : min(first.end, first.start + _LONGEST)]
            left = _LONGEST - len(line) - len("; “”>")
            line += f"; “{_shortened(words, left)}”" if left > 0 else ""
        return f"{line[: _LONGEST - 1]}>"

    def _repr_html_(self) -> str:
        """The picture that notebooks show; see :mod:`quoteminer.pictures`."""
        from . import pictures

        return pictures.html(self)

    def rows(self, of: RowKind = "quotes") -> list[dict[str, Cell]]:
        """Flat rows for data frames and spreadsheets; see :func:`quoteminer.rows`.

        Raises:
            ConfigurationError: when ``of`` is none of ``quotes``, ``speakers``, ``claims``, ``mentions`` and ``issues``.
        """
        from . import tabular

        return list(tabular.rows(self, of))

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


def _shortened(text: str, longest: int) -> str:
    """At most so many code points in one line, without what is not printed."""
    line = "".join(sign if sign.isprintable() else "�" for sign in " ".join(text[: 2 * _LONGEST].split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


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
