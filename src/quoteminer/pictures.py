"""What a notebook shows of an extraction: a piece of HTML that needs nothing else, for light and dark pages.

The text with each quotation on the colour of its speaker and each cue underlined, the speakers with their colours, and the claims. Nothing of
a text comes alive: all of it is escaped, control characters and lone surrogates are shown as U+FFFD, and what turns the direction of writing ends
with its line.
"""

from __future__ import annotations

import html as markup
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .annotations import Claim, Quote, Speaker
from .extraction import Extraction
from .segments import Segment
from .spans import Span, span_order

#: So many code points of a text are shown; a browser is slow with more in one piece.
LONGEST: Final = 20_000
_MOST_CLAIMS: Final = 200
#: A list of more claims than this is folded at first.
_FEW: Final = 12
#: Hues of the first speakers, in degrees, chosen to be far apart for most eyes; those of later ones follow by the golden angle.
_HUES: Final = (210, 30, 140, 285, 0, 55, 180, 325)
_GOLDEN_ANGLE: Final = 137.508
_UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Half transparent colours over whatever the page has, and its own colour for words, so that no page is too dark or too light.
_STYLE: Final = """\
.quoteminer{font:14px/1.6 system-ui,sans-serif;max-width:56em}
.quoteminer *{box-sizing:border-box}
.quoteminer p,.quoteminer ul,.quoteminer ol,.quoteminer details{margin:.5em 0;padding:0;color:inherit}
.quoteminer .head{font-weight:600;margin-bottom:.2em}
.quoteminer .faint{opacity:.7;font-weight:400}
.quoteminer .text{font:16px/1.75 Georgia,serif;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;padding:.7em 1em;\
max-height:32em;overflow:auto;border:1px solid hsl(0 0% 50%/.35);border-radius:6px}
.quoteminer .said{background:hsl(var(--hue) 75% 50%/.28);border-radius:3px;padding:.12em 0;-webkit-box-decoration-break:clone;\
box-decoration-break:clone}
.quoteminer .said[data-last]::after{content:attr(data-last);font:600 10px/1 system-ui,sans-serif;vertical-align:super;opacity:.8;padding:0 2px}
.quoteminer .unknown{--hue:0;background:hsl(0 0% 50%/.24)}
.quoteminer u{text-decoration:underline 2px hsl(0 0% 50%/.9);text-underline-offset:3px}
.quoteminer b.source{font-weight:600}
.quoteminer .who{list-style:none;display:flex;flex-wrap:wrap;gap:.3em 1.2em}
.quoteminer .who li{margin:0;padding:0}
.quoteminer .key{display:inline-block;min-width:1.7em;text-align:center;font-size:12px;line-height:1.5;border-radius:3px;margin-right:.4em;padding:0 .3em}
.quoteminer summary{cursor:pointer;font-weight:600}
.quoteminer ol{list-style:none}
.quoteminer ol li{display:grid;grid-template-columns:3em 9em 1fr;gap:0 .8em;padding:.2em 0;margin:0;border-top:1px solid hsl(0 0% 50%/.2)}
.quoteminer ol li>*{min-width:0;overflow-wrap:anywhere}
"""


def html(extraction: Extraction, *, longest: int = LONGEST) -> str:
    """The picture of an extraction.

    Args:
        longest: so many code points of the text are shown; a note says that more is there.
    """
    document = extraction.document
    shown = _cut(document.text, longest)
    spoken: dict[str | None, int] = {}
    for quote in extraction.quotes:
        spoken[quote.speaker] = spoken.get(quote.speaker, 0) + 1
    voices = {speaker.id: number for number, speaker in enumerate((s for s in extraction.speakers if s.id in spoken), 1)}
    parts = [
        f"<style>{_STYLE}</style>",
        _heading(extraction),
        f'<div class="text" tabindex="0" lang="{_escaped(document.language)}">{"".join(_story(extraction, voices, shown))}</div>',
    ]
    if shown < len(document):
        parts.append(
            f'<p class="faint">The first {shown:,} of {len(document):,} code points are shown; quotes and claims behind them are counted only.</p>'
        )
    if spoken:
        parts.append(f'<ul class="who">{"".join(_legend(extraction.speakers, voices, spoken))}</ul>')
    parts += _claims(extraction, shown)
    parts += _issues(extraction)
    return "\n".join(['<div class="quoteminer">', *parts, "</div>"])


def _cut(text: str, longest: int) -> int:
    """How much of a text is shown: at most ``longest``, to the end of a word where one is near."""
    if len(text) <= longest:
        return len(text)
    blank = max(text.rfind(sign, max(0, longest - 100), longest) for sign in " \n")
    return blank if blank > 0 else longest


def _escaped(text: str) -> str:
    return markup.escape(_UNSHOWN.sub("\ufffd", text))


def _name(text: str) -> str:
    """A text on one line of its own direction of writing."""
    return f"<bdi>{_escaped(' '.join(text.split()))}</bdi>"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' * (number != 1)}"


def _heading(extraction: Extraction) -> str:
    document = extraction.document
    counts = ", ".join(
        _count(len(items), name)
        for name, items in (("quote", extraction.quotes), ("speaker", extraction.speakers), ("claim", extraction.claims))
    )
    return f'<p class="head">{_name(document.title or document.id)} <span class="faint">· {counts}</span></p>'


def _hue(number: int) -> int:
    return _HUES[number - 1] if number <= len(_HUES) else round(number * _GOLDEN_ANGLE) % 360


def _colour(number: int | None) -> str:
    """The attributes of what has the colour of a voice, beginning inside its class."""
    return ' unknown"' if number is None else f'" style="--hue:{_hue(number)}"'


def _story(extraction: Extraction, voices: Mapping[str, int], shown: int) -> Iterator[str]:
    """The text, each segment in its colour, the cues and sources in it marked."""
    text = extraction.document.text
    quotes = {quote.id: quote for quote in extraction.quotes}
    names = {speaker.id: speaker for speaker in extraction.speakers}
    cues = _merged(span for quote in extraction.quotes for span in quote.cue)
    sources = _merged(quote.source for quote in extraction.quotes if quote.source is not None)
    segments = [segment for segment in extraction.segments() if segment.span.start < shown]
    last = {segment.quote: place for place, segment in enumerate(segments)}
    for place, segment in enumerate(segments):
        start, end = segment.span.start, min(segment.span.end, shown)
        words = "".join(_marked(text, start, end, cues, sources))
        if segment.quote is None:
            yield words
            continue
        number = None if segment.speaker is None else voices[segment.speaker]
        label = "?" if number is None else str(number)
        mark = f' data-last="{label}"' if last[segment.quote] == place and segment.span.end <= shown else ""
        title = _escaped(_title(quotes[segment.quote], segment, names, extraction))
        yield f'<span class="said{_colour(number)}{mark} title="{title}">{words}</span>'


def _title(quote: Quote, segment: Segment, names: Mapping[str, Speaker], extraction: Extraction) -> str:
    """What a pointer over a quotation shows."""
    who = "speaker not known" if segment.speaker is None else names[segment.speaker].name
    cue = [extraction.text_of(quote.cue)] if quote.cue else []
    return " ".join(f"{quote.id}: {', '.join([who, quote.kind, *cue])}, {quote.confidence:.2f}".split())


def _merged(spans: Iterable[Span]) -> tuple[list[int], list[int]]:
    """Beginnings and ends of what spans cover together, in order."""
    starts: list[int] = []
    ends: list[int] = []
    for span in sorted(spans, key=span_order):
        if ends and span.start <= ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            starts.append(span.start)
            ends.append(span.end)
    return starts, ends


def _inside(offset: int, places: tuple[list[int], list[int]]) -> bool:
    at = bisect_right(places[0], offset) - 1
    return at >= 0 and offset < places[1][at]


def _between(start: int, end: int, offsets: list[int]) -> list[int]:
    return offsets[bisect_right(offsets, start) : bisect_right(offsets, end - 1)]


def _marked(
    text: str, start: int, end: int, cues: tuple[list[int], list[int]], sources: tuple[list[int], list[int]]
) -> Iterator[str]:
    """A stretch of the text, with what is cue or source in it."""
    cuts = {start, end}
    for places in (cues, sources):
        for offsets in places:
            cuts.update(_between(start, end, offsets))
    ordered = sorted(cuts)
    for left, right in zip(ordered, ordered[1:], strict=False):
        words = _escaped(text[left:right])
        if _inside(left, sources):
            words = f'<b class="source">{words}</b>'
        yield f"<u>{words}</u>" if _inside(left, cues) else words


def _legend(speakers: Iterable[Speaker], voices: Mapping[str, int], spoken: Mapping[str | None, int]) -> Iterator[str]:
    for speaker in speakers:
        if speaker.id in voices:
            number = voices[speaker.id]
            role = f", {_name(speaker.role)}" if speaker.role else ""
            yield _entry(number, f"{_name(speaker.name)}{role}", spoken[speaker.id])
    if None in spoken:
        yield _entry(None, "speaker not known", spoken[None])


def _entry(number: int | None, name: str, quotes: int) -> str:
    key = "?" if number is None else str(number)
    return f'<li><span class="said key{_colour(number)}>{key}</span>{name} <span class="faint">· {_count(quotes, "quote")}</span></li>'


def _claims(extraction: Extraction, shown: int) -> Iterator[str]:
    claims = [claim for claim in extraction.claims if claim.spans[-1].end <= shown][:_MOST_CLAIMS]
    if not claims:
        return
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    total = len(extraction.claims)
    which = _count(total, "claim") if len(claims) == total else f"the first {len(claims):,} of {_count(total, 'claim')}"
    items = "".join(_claim(claim, extraction, names) for claim in claims)
    yield (
        f"<details{' open' if len(claims) <= _FEW else ''}><summary>{which}"
        f' <span class="faint">with how much each deserves a check</span></summary><ol>{items}</ol></details>'
    )


def _claim(claim: Claim, extraction: Extraction, names: Mapping[str, str]) -> str:
    who = '<span class="faint">the text</span>' if claim.claimant is None else _name(names[claim.claimant])
    kind = claim.kind.replace("_", " ") + ("" if claim.modality == "asserted" else f", {claim.modality}")
    return (
        f"<li><span>{claim.check_worthiness:.2f}</span><span>{who}</span>"
        f'<span>{_name(claim.text(extraction.document))} <span class="faint">· {kind}</span></span></li>'
    )


def _issues(extraction: Extraction) -> Iterator[str]:
    """What went wrong, which whoever looks at too few quotes must know."""
    if extraction.issues:
        items = "".join(
            f"<li><span>{issue.severity}</span><span>{_name(issue.component)}</span><span>{_name(issue.message)}</span></li>"
            for issue in extraction.issues[:_FEW]
        )
        yield f"<details open><summary>{_count(len(extraction.issues), 'issue')}</summary><ol>{items}</ol></details>"
