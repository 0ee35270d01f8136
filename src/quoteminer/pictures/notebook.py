"""What a notebook shows of an extraction: a piece of HTML that needs nothing else, for light and dark pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final

from ..annotations import Claim, Quote, is_unsure
from ..extraction import Extraction
from ..shares import Shares, Voice
from .escaping import counted, escaped, hue, initials, isolated
from .story import Marks, story

#: So many code points of a text are shown; a browser is slow with more in one piece.
LONGEST: Final = 20_000
_MOST_CLAIMS: Final = 200
_MOST_VOICES: Final = 40
#: A list of more than this is folded at first.
_FEW: Final = 12
_STYLES: Final = ("story.css", "notebook.css")


def html(extraction: Extraction, *, longest: int = LONGEST) -> str:
    """The picture of an extraction: its text in colours, the voices with their shares, the claims, and what went wrong.

    Args:
        longest: so many code points of the text are shown; a note says that more is there.
    """
    document = extraction.document
    shown = _cut(document.text, longest)
    shares = Shares()
    found = shares.add(extraction)
    places = {id(voice): place for place, voice in enumerate(shares.voices)}
    where = files(__package__)
    parts = [
        f"<style>{''.join(where.joinpath(name).read_text('utf-8') for name in _STYLES)}</style>",
        _heading(extraction),
        f'<div class="text" tabindex="0" dir="auto" lang="{escaped(document.language)}">',
        *story(extraction, _marks(extraction, found.by_speaker, places), shown),
        "</div>",
    ]
    if shown < len(document):
        parts.append(
            f'<p class="dim">The first {shown:,} of {len(document):,} code points are shown; quotes and claims behind them are counted only.</p>'
        )
    parts += _voices(shares)
    parts += _claims(extraction, shown)
    parts += _issues(extraction)
    return "".join(['<div class="quoteminer">', *parts, "</div>"])


def _cut(text: str, longest: int) -> int:
    """How much of a text is shown: at most ``longest``, to the end of a word where one is near."""
    if len(text) <= longest:
        return len(text)
    blank = max(text.rfind(sign, max(0, longest - 100), longest) for sign in " \n")
    return blank if blank > 0 else longest


def _heading(extraction: Extraction) -> str:
    document = extraction.document
    counts = ", ".join(
        counted(len(items), name)
        for name, items in (("quote", extraction.quotes), ("speaker", extraction.speakers), ("claim", extraction.claims))
    )
    return f'<p class="head">{isolated(document.title or document.id)} <span class="dim">· {counts}</span></p>'


def _colour(place: int | None) -> str:
    """The attributes of what has the colour of a voice, beginning inside its class."""
    return ' unknown"' if place is None else f'" style="--h:{hue(place)}"'


def _marks(extraction: Extraction, voices: Mapping[str | None, Voice], places: Mapping[int, int]) -> Marks:
    def attributes(item: Quote | Claim, part: int) -> str:
        if isinstance(item, Claim):
            title = f"{item.id}: claim, {item.kind.replace('_', ' ')}, {item.check_worthiness:.2f}"
            return f' class="c" title="{escaped(title)}"'
        place = None if item.speaker is None else places[id(voices[item.speaker])]
        return f' class="q{_colour(place)} title="{escaped(_title(item, extraction))}"'

    def behind(item: Quote | Claim) -> str:
        if isinstance(item, Claim):
            return ""
        label = "?" if item.speaker is None else initials(voices[item.speaker].name)
        return f'<span class="key" data-n="{escaped(label)}"></span>'

    return Marks(attributes, behind)


def _title(quote: Quote, extraction: Extraction) -> str:
    """What a pointer over a quotation shows."""
    speaker = extraction.speaker_of(quote)
    who = "speaker not known" if speaker is None else f"{speaker.name}{'?' if is_unsure(quote) else ''}"
    cue = [extraction.text_of(quote.cue)] if quote.cue else []
    return " ".join(f"{quote.id}: {', '.join([who, quote.kind, *cue])}, {quote.confidence:.2f}".split())


def _voices(shares: Shares) -> Iterator[str]:
    quoted = [(place, voice) for place, voice in enumerate(shares.voices) if voice.quotes]
    entries: list[str] = []
    for place, voice in quoted[:_MOST_VOICES]:
        role = f", {isolated(voice.role)}" if voice.role else ""
        entries.append(_entry(place, initials(voice.name), f"{isolated(voice.name)}{role}", voice, shares))
    if len(quoted) > _MOST_VOICES:
        entries.append(f'<li class="dim">and {len(quoted) - _MOST_VOICES:,} more</li>')
    if shares.unknown.quotes:
        entries.append(_entry(None, "?", "speaker not known", shares.unknown, shares))
    if entries:
        yield f'<ul class="who">{"".join(entries)}</ul>'


def _entry(place: int | None, label: str, name: str, voice: Voice, shares: Shares) -> str:
    share = voice.words / (shares.words or 1)
    return (
        f'<li><span class="q swatch{_colour(place)}>{escaped(label)}</span><span>{name}</span>'
        f'<span class="dim">{counted(voice.quotes, "quote")}, {share:.0%} of the quoted words</span></li>'
    )


def _claims(extraction: Extraction, shown: int) -> Iterator[str]:
    claims = [claim for claim in extraction.claims if claim.spans[-1].end <= shown][:_MOST_CLAIMS]
    if not claims:
        return
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    total = len(extraction.claims)
    which = counted(total, "claim") if len(claims) == total else f"the first {len(claims):,} of {counted(total, 'claim')}"
    items = "".join(_claim(claim, extraction, names) for claim in claims)
    yield (
        f"<details{' open' if len(claims) <= _FEW else ''}><summary>{which}"
        f' <span class="dim">with how much each deserves a check</span></summary><ol>{items}</ol></details>'
    )


def _claim(claim: Claim, extraction: Extraction, names: Mapping[str, str]) -> str:
    who = '<span class="dim">the text</span>' if claim.claimant is None else isolated(names[claim.claimant])
    kind = claim.kind.replace("_", " ") + ("" if claim.modality == "asserted" else f", {claim.modality}")
    return (
        f"<li><span>{claim.check_worthiness:.2f}</span><span>{who}</span>"
        f'<span>{isolated(claim.text(extraction.document))} <span class="dim">· {kind}</span></span></li>'
    )


def _issues(extraction: Extraction) -> Iterator[str]:
    """What went wrong, which whoever looks at too few quotes must know."""
    if extraction.issues:
        items = "".join(
            f"<li><span>{issue.severity}</span><span>{isolated(issue.component)}</span><span>{isolated(issue.message)}</span></li>"
            for issue in extraction.issues[:_FEW]
        )
        yield f"<details open><summary>{counted(len(extraction.issues), 'issue')}</summary><ol>{items}</ol></details>"
