"""What many documents hold together: voices, dates, documents, and the claims that deserve a check most."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from ..extraction import Extraction
from ..shares import DocumentShare, Shares, Timeline
from ..standalone import standalones
from .escaping import counted, escaped, hue, initials, isolated, short

_VOICES: Final = 25
_CLAIMS: Final = 10
#: Voices that have a stretch of a document's bar to themselves.
_STRETCHES: Final = 6
_NAMED: Final = 3
#: A table of more documents is folded at first.
_FEW: Final = 25


@attrs.frozen(eq=False)
class Overview:
    """The part of the page before the texts."""

    items: Sequence[Extraction]
    found: Sequence[DocumentShare]
    shares: Shares
    places: Mapping[int, int]

    def parts(self) -> Iterator[str]:
        timeline = Timeline.of(share.date for share in self.found if share.date is not None)
        yield '<section id="overview" aria-label="Overview">\n'
        if timeline is not None:
            yield from self._dates(timeline)
        yield from self._voices(timeline)
        yield from self._claims()
        yield from self._documents()
        yield "</section>\n"

    def _dates(self, timeline: Timeline) -> Iterator[str]:
        quotes: Counter[str] = Counter()
        for share in self.found:
            if share.date is not None:
                quotes[share.date] += share.quotes
        totals = timeline.totals(quotes)
        most = max(totals)
        undated = sum(share.date is None for share in self.found)
        note = f"Quotations by {timeline.unit}, at most {most:,}" + (
            f"; {counted(undated, 'document')} without a date" if undated else ""
        )
        rows = "".join(
            f'<tr><th scope="row">{step}</th><td>{total:,}</td></tr>' for step, total in zip(timeline.steps, totals, strict=True)
        )
        yield (
            f'<figure class="dates"><figcaption><b>Over time</b> <span class="dim">{note}</span></figcaption>'
            f"{_bars(totals, 100, 24, f'Quotations by {timeline.unit}')}"
            f'<p class="ends dim small"><span>{timeline.steps[0]}</span><span>{timeline.steps[-1]}</span></p>'
            f'<details><summary>as a table</summary><div class="wide" tabindex="0" role="group" aria-label="Quotations by {timeline.unit}"><table>'
            f'<thead><tr><th scope="col">{timeline.unit}</th><th scope="col">quotations</th></tr></thead><tbody>{rows}</tbody></table></div></details></figure>\n'
        )

    def _voices(self, timeline: Timeline | None) -> Iterator[str]:
        voices = [voice for voice in self.shares.voices if voice.quotes or voice.claims]
        if not voices:
            return
        time = f'<th scope="col">by {timeline.unit}</th>' if timeline else ""
        yield (
            '<h2>Who is quoted</h2><div class="wide" tabindex="0" role="group" aria-label="Who is quoted"><table class="people"><thead><tr><th scope="col">voice</th>'
            '<th scope="col">words</th><th scope="col">share</th><th scope="col">quotations</th><th scope="col">claims</th>'
            f'<th scope="col">documents</th>{time}</tr></thead><tbody>\n'
        )
        for voice in voices[:_VOICES]:
            place = self.places[id(voice)]
            spark = f"<td>{_bars(timeline.totals(voice.dates), 60, 14, 'words over time', hue(place))}</td>" if timeline else ""
            role = f' <span class="dim">{isolated(voice.role, 60)}</span>' if voice.role else ""
            yield (
                f'<tr><th scope="row"><span class="q swatch" style="--h:{hue(place)}" aria-hidden="true">{escaped(initials(voice.name))}</span> '
                f"{isolated(voice.name, 60)}{role}</th><td>{voice.words:,}</td><td>{voice.words / (self.shares.words or 1):.1%}</td><td>{voice.quotes:,}</td>"
                f"<td>{voice.claims:,}</td><td>{voice.documents:,}</td>{spark}</tr>\n"
            )
        more = f'<p class="dim small">and {len(voices) - _VOICES:,} more</p>' if len(voices) > _VOICES else ""
        yield f"</tbody></table></div>{more}\n"

    def _claims(self) -> Iterator[str]:
        best = heapq.nsmallest(
            _CLAIMS,
            (
                (-claim.check_worthiness, number, place)
                for number, item in enumerate(self.items)
                for place, claim in enumerate(item.claims)
            ),
        )
        if not best:
            return
        yield '<h2>What deserves a check most</h2><ol class="best">'
        for minus, number, place in best:
            item = self.items[number]
            claim = item.claims[place]
            (alone,) = standalones([claim], item)
            speaker = item.speaker(claim.claimant)
            who = "the text itself" if speaker is None else isolated(speaker.name, 60)
            yield (
                f'<li><span>{-minus:.2f}</span><span><a href="#k{number}-{place}">{isolated(alone.text, 220)}</a> '
                f'<span class="dim">{who}, in {isolated(item.document.title or item.document.id, 60)}</span></span></li>'
            )
        yield "</ol>\n"

    def _documents(self) -> Iterator[str]:
        dated = any(share.date for share in self.found)
        sourced = any(share.source for share in self.found)
        more = ('<th scope="col">date</th>' if dated else "") + ('<th scope="col">source</th>' if sourced else "")
        yield (
            f'<details class="all"{" open" if len(self.found) <= _FEW else ""}><summary><h2>Documents</h2></summary>'
            '<div class="wide" tabindex="0" role="group" aria-label="Documents"><table class="documents"><thead><tr>'
            f'<th scope="col">document</th>{more}<th scope="col">quotations</th><th scope="col">claims</th><th scope="col">voices</th></tr></thead><tbody>\n'
        )
        for number, share in enumerate(self.found):
            cells = (f"<td>{escaped(short(share.date or '', 10))}</td>" if dated else "") + (
                f"<td>{isolated(share.source or '', 40)}</td>" if sourced else ""
            )
            yield (
                f'<tr><th scope="row"><a href="#d{number}">{isolated(share.title or share.id or "A text", 80)}</a></th>{cells}'
                f"<td>{share.quotes:,}</td><td>{share.claims:,}</td><td>{self._stretches(share)}</td></tr>\n"
            )
        yield "</tbody></table></div></details>\n"

    def _stretches(self, share: DocumentShare) -> str:
        """A bar of the words of the most quoted, and their names."""
        total = sum(words for words, _ in share.voices)
        if not total:
            return ""
        stretches = "".join(
            f'<i class="{"unknown" if voice is None else ""}" style="width:{100 * words / total:.0f}%'
            f'{"" if voice is None else f";--h:{hue(self.places[id(voice)])}"}"></i>'
            for words, voice in share.voices[:_STRETCHES]
        )
        known = [voice for _, voice in share.voices if voice is not None]
        names = ", ".join(isolated(voice.name, 30) for voice in known[:_NAMED])
        rest = f" and {len(known) - _NAMED:,} more" if len(known) > _NAMED else ""
        return f'<span class="stretches">{stretches}</span><span class="dim small">{names}{rest}</span>'


def _bars(values: Sequence[int], width: int, height: int, label: str, colour: int | None = None) -> str:
    """A plot of bars; its figures stand beside it or in a table."""
    most = max(values, default=0) or 1
    step = width / len(values)
    path = "".join(
        f"M{at * step:.2f} {height}v-{max(value / most * height, 0.4):.2f}h{step * 0.8:.2f}V{height}z"
        for at, value in enumerate(values)
        if value
    )
    style = "" if colour is None else f' style="--h:{colour}"'
    own = "bars" if colour is None else "bars coloured"
    said = f"{label}: {', '.join(map(str, values))}" if len(values) <= 12 else label
    return f'<svg class="{own}" viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" aria-label="{said}"{style}><path d="{path}"/></svg>'
