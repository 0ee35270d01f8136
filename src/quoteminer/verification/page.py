"""One HTML page that shows the quotations of articles beside the places of their sources, with the differences marked in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final

from ..document import Document
from ..pictures.escaping import counted, escaped, isolated, short
from ..spans import Span
from ..vocabulary import VERDICTS
from .findings import Change, Finding, Match, Verification

#: Code points of a source that are shown around a place.
_AROUND: Final = 160
VERDICT_NAMES: Final = {
    "verbatim": "verbatim",
    "altered": "altered",
    "spliced": "spliced",
    "other_speaker": "said by another",
    "paraphrase": "paraphrase",
    "not_found": "not found",
    "no_such_speaker": "no such speaker",
    "too_short": "too short to tell",
}
_SUPPORT: Final = {
    "supported": "supported",
    "partly": "partly supported",
    "contradicted": "contradicted",
    "not_found": "not found",
}


def page(verifications: Verification | Iterable[Verification], *, title: str | None = None) -> str:
    """The page; it needs nothing but a browser.

    Args:
        verifications: of one article or of many.
        title: of the page; without it that of the article, or how many there are.
    """
    items = [verifications] if isinstance(verifications, Verification) else list(verifications)
    return "".join(_parts(items, title))


def _parts(items: Sequence[Verification], title: str | None) -> Iterator[str]:
    if title is None:
        one = items[0].extraction.document if len(items) == 1 else None
        title = counted(len(items), "article") if one is None else short(one.title or one.id, 200)
    pictures, own = files("quoteminer.pictures"), files(__package__)
    styles = "".join(
        [
            pictures.joinpath("page.css").read_text("utf-8"),
            pictures.joinpath("story.css").read_text("utf-8"),
            own.joinpath("page.css").read_text("utf-8"),
        ]
    )
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<title>{escaped(title)}: quotations and sources</title>\n<link rel="icon" href="data:,">\n<style>\n{styles}</style>\n</head>\n'
        f'<body class="quoteminer verification">\n<header class="top"><p class="kicker">quotations and sources</p><h1>{isolated(title)}</h1>'
        f'<p class="dim">{_counts(items)}</p></header>\n<main>\n'
    )
    for number, item in enumerate(items):
        yield from _article(item, number, alone=len(items) == 1)
    yield "</main>\n</body>\n</html>\n"


def _counts(items: Sequence[Verification]) -> str:
    found = [finding.verdict for item in items for finding in item.findings]
    counts = [f"{found.count(verdict):,} {VERDICT_NAMES[verdict]}" for verdict in VERDICTS if verdict in found]
    return " · ".join([counted(len(found), "quotation"), *counts])


def _article(item: Verification, number: int, *, alone: bool) -> Iterator[str]:
    document = item.extraction.document
    heading = "" if alone else f'<h2 id="a{number}">{isolated(document.title or document.id)}</h2>'
    named = "" if alone else f' aria-labelledby="a{number}"'
    yield f"<article{named}>{heading}\n"
    if not item.findings:
        yield '<p class="dim">No quotation was found.</p>'
    yield '<ol class="findings">\n'
    for finding in item.findings:
        yield from _finding(finding, item)
    yield "</ol>\n"
    if item.issues:
        yield f'<details open class="issues"><summary>{counted(len(item.issues), "issue")}</summary><ul>'
        for issue in item.issues:
            yield f'<li><b>{issue.severity}</b> {isolated(issue.message)} <span class="dim">{isolated(issue.component)}</span></li>'
        yield "</ul></details>"
    yield "</article>\n"


def _finding(finding: Finding, item: Verification) -> Iterator[str]:
    who = '<span class="dim">speaker not known</span>' if finding.speaker is None else f"<b>{isolated(finding.speaker, 80)}</b>"
    support = "" if finding.support is None else f" · {_SUPPORT[finding.support]}"
    sure = f"confidence {finding.confidence:.2f}" if finding.confidence < 1 else ""
    yield (
        f'<li class="{finding.verdict}{" good" if finding.good else ""}"><p class="verdict"><b>{VERDICT_NAMES[finding.verdict]}</b>{support} · {who}'
        f' <span class="dim small">{finding.quote.kind}{" · " if sure else ""}{sure}</span></p>\n<div class="sides">'
    )
    document = item.extraction.document
    yield f'<div class="text" dir="auto" lang="{escaped(document.language)}">'
    for place, span in enumerate(finding.quote.content):
        yield " … " if place else ""
        yield _marked(document.text, span, [(change.span, change) for change in finding.changes if change.span])
    yield '</div>\n<div class="theirs">'
    if not finding.matches:
        yield '<p class="dim">No source has these words.</p>'
    for matches in _together(finding.matches):
        yield _place(matches, finding, item.source(matches[0]))
    yield "</div></div>\n"
    if finding.changes:
        yield '<ul class="changes">'
        for change in finding.changes:
            yield f"<li>{_change(change)}</li>"
        yield "</ul>"
    yield "</li>\n"


def _together(matches: Sequence[Match]) -> list[list[Match]]:
    """Those that follow each other in one source so closely that they are shown in one piece."""
    groups: list[list[Match]] = []
    for match in matches:
        last = groups[-1][-1] if groups else None
        near = last is not None and last.source == match.source and last.speaker == match.speaker
        if last is not None and near and 0 <= match.span.start - last.span.end <= 2 * _AROUND:
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


def _place(matches: Sequence[Match], finding: Finding, source: Document) -> str:
    """Stretches of a source with what stands around them."""
    text, first, last = source.text, matches[0].span, matches[-1].span
    start = max(0, first.start - _AROUND, text.rfind("\n\n", 0, first.start) + 1)
    stop = text.find("\n\n", last.end)
    stop = min(len(text) if stop < 0 else stop, last.end + _AROUND)
    start += len(text[start : first.start]) - len(text[start : first.start].lstrip())
    stop -= len(text[last.end : stop]) - len(text[last.end : stop].rstrip())
    differences = [(change.source_span, change) for change in finding.changes if change.source_span]
    parts = ["…"] if start > 0 else []
    at = start
    for match in matches:
        parts += [_dim(text, at, match.span.start, differences), _marked(text, match.span, differences)]
        at = match.span.end
    parts.append(_dim(text, at, stop, differences))
    if stop < len(text):
        parts.append("…")
    about = [isolated(source.title or source.id, 60)]
    if matches[0].speaker is not None:
        about.insert(0, f"<b>{isolated(matches[0].speaker, 80)}</b>")
    span = Span(first.start, last.end)
    if source.origin is not None:
        times = source.origin.times(span)
        if times is not None:
            about.append(f"at {int(times[0]) // 60}:{int(times[0]) % 60:02}")
        about += [f"page {escaped(short(page.value, 20))}" for page in source.origin.at(span, "page")[:1]]
    return (
        f'<blockquote dir="auto" lang="{escaped(source.language)}">{"".join(parts)}</blockquote>'
        f'<p class="small dim">{" · ".join(about)}, code points {span.start:,}–{span.end:,}</p>'
    )


def _dim(text: str, start: int, stop: int, differences: Sequence[tuple[Span | None, Change]]) -> str:
    """What stands around the words."""
    return f'<span class="dim">{_marked(text, Span(start, stop), differences)}</span>' if start < stop else ""


def _marked(text: str, span: Span, differences: Sequence[tuple[Span | None, Change]]) -> str:
    """The words of a stretch, what differs in it marked."""
    parts = []
    at = span.start
    for where, change in sorted(
        ((where, change) for where, change in differences if where is not None and where.overlaps(span)),
        key=lambda one: (one[0].start, one[0].end),
    ):
        start, end = max(where.start, at), min(where.end, span.end)
        if start >= end:
            continue
        parts += [
            escaped(text[at:start]),
            f'<mark class="{change.kind}" title="{change.kind}">',
            escaped(text[start:end]),
            "</mark>",
        ]
        at = end
    parts.append(escaped(text[at : span.end]))
    return "".join(parts)


def _change(change: Change) -> str:
    """One line about a difference."""
    if change.words and change.source_words:
        what = f"“{isolated(change.words)}” for “{isolated(change.source_words)}”"
    elif change.words:
        what = f"“{isolated(change.words)}” is not in the source"
    else:
        what = f"“{isolated(change.source_words)}” of the source is missing"
    marked = ", as the quotation says" if change.marked else ""
    return f'<b>{change.kind}</b> {what}{marked} <span class="dim small">weight {change.weight:.2f}</span>'
