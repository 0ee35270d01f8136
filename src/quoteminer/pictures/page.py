"""One HTML page about one document or many that needs nothing else: no other file, no network, and without JavaScript only the filters are gone.

Each text stands beside the list of what was found in it. A mark in the text leads to its entry in the list and back; the entry says who, to whom, how
sure, and which rule or model found it why. Before several documents stands what they hold together: voices, dates, claims.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

import attrs

from ..annotations import Claim, Quote, is_unsure
from ..extraction import Extraction
from ..frozen import thaw
from ..shares import DocumentShare, Shares, Voice
from ..standalone import standalones
from .escaping import counted, escaped, hue, initials, isolated, short
from .overview import Overview
from .story import Marks, story

_STYLES: Final = ("page.css", "story.css")
#: In the list, where the words stand beside the text that has them in full.
_WORDS: Final = 110
_DETAIL: Final = 60
#: Voices that can be chosen; the search finds the others.
_MOST_VOICES: Final = 300
_SHOWN_VOICES: Final = 12
_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x1f]+\Z")


def page(extractions: Extraction | Iterable[Extraction], *, title: str | None = None) -> str:
    """The page; equal extractions give equal pages.

    Args:
        extractions: one, or many, which are all kept until the page is made. Some hundreds are comfortable in a browser.
        title: of the page; without it the title of the document, or how many there are.
    """
    items = [extractions] if isinstance(extractions, Extraction) else list(extractions)
    shares = Shares()
    found = [shares.add(item) for item in items]
    return "".join(_Page(items, found, shares, title).parts())


@attrs.frozen(eq=False)
class _Page:
    items: list[Extraction]
    found: list[DocumentShare]
    shares: Shares
    title: str | None
    places: Mapping[int, int] = attrs.field(init=False)
    """The place of each voice among all, by its identity."""

    @places.default
    def _voices_by_place(self) -> Mapping[int, int]:
        return {id(voice): place for place, voice in enumerate(self.shares.voices)}

    def parts(self) -> Iterator[str]:
        where = files(__package__)
        script = where.joinpath("page.js").read_text("utf-8")
        script_hash = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
        title = self._title()
        yield (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            f"script-src 'sha256-{script_hash}'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
            f'<title>{escaped(title)}: who said what</title>\n<link rel="icon" href="data:,">\n<style>\n'
        )
        yield from (where.joinpath(name).read_text("utf-8") for name in _STYLES)
        yield '</style>\n</head>\n<body class="quoteminer">\n'
        yield f'<header class="top"><p class="kicker">who said what</p><h1 id="title">{isolated(title)}</h1><p class="dim">{self._counts()}</p></header>\n'
        yield '<div class="layout">\n'
        yield from self._side()
        yield "<main>\n"
        if len(self.items) > 1:
            yield from Overview(self.items, self.found, self.shares, self.places).parts()
        yield '<section id="texts" aria-label="Texts">\n<p id="none" class="dim" hidden>Nothing is like that.</p>\n'
        for number, (extraction, share) in enumerate(zip(self.items, self.found, strict=True)):
            yield from _Article(number, extraction, share, self.places, alone=self._alone).parts()
        yield f'</section>\n</main>\n</div>\n<div id="pop" aria-hidden="true" hidden></div>\n<script>{script}</script>\n</body>\n</html>\n'

    @property
    def _alone(self) -> bool:
        """Whether the head of the page is that of its only text."""
        return len(self.items) == 1 and self.title is None

    def _title(self) -> str:
        if self.title is not None:
            return self.title
        if len(self.items) == 1:
            document = self.items[0].document
            return short(document.title or document.id or "A text", 200)
        return counted(len(self.items), "document")

    def _counts(self) -> str:
        counts = [
            counted(self.shares.quotes, "quotation"),
            counted(len(self.shares.voices), "voice"),
            counted(self.shares.claims, "claim"),
        ]
        if self.title is not None and len(self.items) != 1:
            counts.insert(0, counted(len(self.items), "document"))
        return " · ".join(counts)

    def _side(self) -> Iterator[str]:
        """The filters, which come alive with the script, and the voices."""
        kinds = {quote.kind for item in self.items for quote in item.quotes}
        boxes = "".join(
            f'<label class="choice"><input type="checkbox" name="kind" value="{kind}" checked> {kind}</label>'
            for kind in ("direct", "indirect", "mixed")
            if kind in kinds
        )
        yield (
            '<details class="side" id="side" open><summary>Filters and voices</summary>\n<form id="filters" class="js" aria-label="Filters">'
            '<label>Search <input type="search" id="search" placeholder="words or names" autocomplete="off" spellcheck="false"></label>'
        )
        if len(kinds) > 1:
            yield f"<fieldset><legend>Kind</legend>{boxes}</fieldset>"
        if kinds:
            yield (
                '<label>Confidence at least <output for="confidence">0.00</output>'
                '<input type="range" id="confidence" min="0" max="100" value="0" step="1"></label>'
            )
        if self.shares.claims:
            yield (
                '<label>Claims <select id="claims"><option value="shown">shown</option><option value="hidden">hidden</option>'
                '<option value="only">only quotations with a claim</option></select></label>'
            )
        yield '<p class="row"><button type="reset">Show all</button> <span id="count" role="status" aria-live="polite"></span></p></form>\n'
        yield from self._voices()
        yield "</details>\n"

    def _voices(self) -> Iterator[str]:
        voices = [voice for voice in self.shares.voices if voice.quotes]
        total = self.shares.words or 1
        entries = [self._voice(voice, self.places[id(voice)], total) for voice in voices[:_MOST_VOICES]]
        if not entries and not self.shares.unknown.quotes:
            return
        yield '<h2 id="voices-title">Share of voice</h2><p class="dim small">of the quoted words</p><ul class="voices" aria-labelledby="voices-title">'
        yield from entries[:_SHOWN_VOICES]
        if self.shares.unknown.quotes:
            yield self._voice(self.shares.unknown, None, total)
        yield "</ul>"
        if len(entries) > _SHOWN_VOICES:
            yield f'<details><summary>{len(entries) - _SHOWN_VOICES:,} more</summary><ul class="voices">'
            yield from entries[_SHOWN_VOICES:]
            yield "</ul>"
            if len(voices) > len(entries):
                yield f'<p class="dim small">and {len(voices) - len(entries):,} others: search their names</p>'
            yield "</details>"

    def _voice(self, voice: Voice, place: int | None, total: int) -> str:
        share = voice.words / total
        name = "speaker not known" if place is None else isolated(voice.name, 80)
        role = f' <span class="dim">{isolated(voice.role, 80)}</span>' if voice.role else ""
        value = "" if place is None else str(place)
        return (
            f'<li><label><input class="js" type="checkbox" name="voice" value="{value}">{swatch(voice, place)}'
            f'<span class="name">{name}{role}</span><span class="share">{share:.0%}</span>'
            f'<span class="bar{colour(place)}><i style="width:{100 * share:.1f}%"></i></span></label></li>'
        )


def colour(place: int | None) -> str:
    """The attributes of what has the colour of a voice, beginning inside its class."""
    return ' unknown"' if place is None else f'" style="--h:{hue(place)}"'


def swatch(voice: Voice, place: int | None) -> str:
    """The initials of a voice on its colour."""
    return f'<span class="q swatch{colour(place)} aria-hidden="true">{escaped("?" if place is None else initials(voice.name))}</span>'


@attrs.frozen(eq=False)
class _Article:
    """A document with its list."""

    number: int
    extraction: Extraction
    share: DocumentShare
    places: Mapping[int, int]
    alone: bool
    """Whether the head of the page names it."""

    def parts(self) -> Iterator[str]:
        extraction, number = self.extraction, self.number
        document = extraction.document
        title = "" if self.alone else f'<h2 id="t{number}">{isolated(document.title or document.id or "A text")}</h2>'
        named = "title" if self.alone else f"t{number}"
        about = [*self._about(), *([] if self.alone else self._counts())]
        yield f'<article id="d{number}" aria-labelledby="{named}">'
        yield f'<header>{title}<p class="dim">{" · ".join(about)}</p></header>' if title or about else ""
        yield f'\n<div class="reading"><div class="text" dir="auto" lang="{escaped(document.language)}">'
        quotes = {quote.id: place for place, quote in enumerate(extraction.quotes)}
        claims = {claim.id: place for place, claim in enumerate(extraction.claims)}
        yield from story(extraction, self._marks(quotes, claims))
        yield '</div>\n<aside class="notes" aria-label="What was found">'
        yield from self._quotes(quotes)
        yield from self._claims(claims)
        yield from self._issues()
        yield "</aside></div></article>\n"

    def _about(self) -> Iterator[str]:
        metadata = self.extraction.document.metadata
        for key in ("date", "source", "author"):
            value = metadata.get(key)
            values = [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else []
            said = ", ".join(one for one in values if isinstance(one, str) and one.strip())
            if said:
                yield isolated(said, 120)
        address = metadata.get("url")
        if isinstance(address, str) and _ADDRESS.match(address):
            yield f'<a href="{escaped(address)}" rel="noopener noreferrer">original</a>'

    def _counts(self) -> Iterator[str]:
        yield counted(len(self.extraction.quotes), "quotation")
        if self.extraction.claims:
            yield counted(len(self.extraction.claims), "claim")

    def _place(self, speaker: str | None) -> int | None:
        return None if speaker is None else self.places[id(self.share.by_speaker[speaker])]

    def _marks(self, quotes: Mapping[str, int], claims: Mapping[str, int]) -> Marks:
        number = self.number

        def attributes(item: Quote | Claim, part: int) -> str:
            if isinstance(item, Claim):
                place = claims[item.id]
                own = f" id=k{number}-{place}" if part == 0 else ""
                return f"{own} class=c data-i={place}"
            place = quotes[item.id]
            own = f" id=q{number}-{place}" if part == 0 else ""
            return f'{own} class="q{colour(self._place(item.speaker))} data-i={place}'

        def behind(item: Quote | Claim) -> str:
            if isinstance(item, Claim):
                return ""
            place = quotes[item.id]
            speaker = self.extraction.speaker_of(item)
            label, name = ("?", "speaker not known") if speaker is None else (initials(speaker.name), short(speaker.name, 80))
            return f'<a class=key href=#i{number}-{place} data-n="{escaped(label)}" aria-label="Quotation {place + 1}, {escaped(name)}"></a>'

        return Marks(attributes, behind)

    def _quotes(self, places: Mapping[str, int]) -> Iterator[str]:
        extraction = self.extraction
        with_claims = {claim.quote for claim in extraction.claims}
        if not extraction.quotes:
            yield '<p class="dim">No quotation was found.</p>'
            return
        yield f'<details open><summary>{counted(len(extraction.quotes), "quotation")}</summary><ol class="quotes">'
        for place, quote in enumerate(extraction.quotes):
            voice = self._place(quote.speaker)
            value = "" if voice is None else str(voice)
            claim = " data-w" if quote.id in with_claims else ""
            yield (
                f"<li id=i{self.number}-{place} data-p={value!r} data-k={quote.kind} data-c={round(100 * quote.confidence)}{claim}>"
                f"<a href=#q{self.number}-{place}>{_line(extraction.text_of(quote), _WORDS)}</a><p>{self._who(quote, places)}</p>"
                f"<small>{escaped(self._why(quote))}</small></li>"
            )
        yield "</ol></details>"

    def _who(self, quote: Quote, places: Mapping[str, int]) -> str:
        speaker = self.extraction.speaker_of(quote)
        parts = ['<b class="dim">speaker not known</b>' if speaker is None else f"<b>{_line(speaker.name, 80)}</b>"]
        if is_unsure(quote):
            parts.append('<span title="more likely somebody else">?</span>')
        if speaker is not None and speaker.role:
            parts.append(f", {isolated(speaker.role, 80)}")
        addressee = self.extraction.speaker(quote.addressee)
        if addressee is not None:
            parts.append(f" to {isolated(addressee.name, 80)}")
        if quote.parent is not None:
            place = places[quote.parent]
            parts.append(f', in <a href="#i{self.number}-{place}">quotation {place + 1}</a>')
        return "".join(parts)

    def _why(self, quote: Quote) -> str:
        parts: list[str] = [quote.kind]
        if quote.modality != "asserted":
            parts.append(quote.modality)
        if quote.layout != "running":
            parts.append(quote.layout)
        if quote.cue:
            parts.append(f"“{short(self.extraction.text_of(quote.cue), 40)}”")
        parts += self._where(quote)
        parts.append(f"confidence {quote.confidence:.2f}")
        if quote.speaker_confidence is not None:
            parts.append(f"speaker {quote.speaker_confidence:.2f}")
        parts.append(_found_by(quote))
        return " · ".join(parts)

    def _where(self, quote: Quote) -> Iterator[str]:
        """When it was heard and on which page it stands, where the file has such."""
        origin = self.extraction.document.origin
        if origin is None:
            return
        times = origin.times(quote.span)
        if times is not None:
            yield f"at {_clock(times[0])}"
        for place in origin.at(quote.span, "page")[:1]:
            yield f"page {short(str(place.value), 20)}"

    def _claims(self, places: Mapping[str, int]) -> Iterator[str]:
        extraction = self.extraction
        if not extraction.claims:
            return
        alone = dict(zip(places, standalones(extraction.claims, extraction), strict=True))
        yield f'<details class="claims"><summary>{counted(len(extraction.claims), "claim")}</summary><ol>'
        for claim in sorted(extraction.claims, key=lambda claim: -claim.check_worthiness):
            speaker = extraction.speaker(claim.claimant)
            voice = self._place(claim.claimant)
            kind = claim.kind.replace("_", " ") + ("" if claim.modality == "asserted" else f" · {claim.modality}")
            who = '<span class="dim">the text itself</span>' if speaker is None else f"<b>{_line(speaker.name, 80)}</b>"
            place = places[claim.id]
            value = "" if voice is None else str(voice)
            yield (
                f"<li id=c{self.number}-{place} data-p={value!r}><a href=#k{self.number}-{place}>{_line(alone[claim.id].text, 2 * _WORDS)}</a>"
                f"<p>{who}</p><small>worth a check {claim.check_worthiness:.2f} · {escaped(kind)} · {escaped(_found_by(claim))}</small></li>"
            )
        yield "</ol></details>"

    def _issues(self) -> Iterator[str]:
        issues = self.extraction.issues
        if issues:
            yield f'<details open class="issues"><summary>{counted(len(issues), "issue")}</summary><ul>'
            for issue in issues:
                yield f'<li><b>{issue.severity}</b> {isolated(issue.message)} <span class="dim">{isolated(issue.component)}</span></li>'
            yield "</ul></details>"


def _line(text: str, longest: int) -> str:
    """As :func:`isolated` for what the style isolates."""
    return escaped(short(text, longest))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def _found_by(item: Quote | Claim) -> str:
    """Which component, and why."""
    provenance = item.provenance
    detail: Mapping[str, Any] = thaw(provenance.detail)
    return " ".join([provenance.extractor, *(f"{name}={_value(value)}" for name, value in detail.items())])


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return short(", ".join(map(str, value)), _DETAIL)
    return short(f"{value:.2f}" if isinstance(value, float) else str(value), _DETAIL)
