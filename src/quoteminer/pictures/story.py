"""The text of a document with what was found in it as elements: quotations and claims nested, cues and sources marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import attrs

from ..annotations import Claim, Quote
from ..extraction import Extraction
from ..nesting import Opening, Stretch, Words, nested
from ..spans import Span
from .escaping import escaped

#: Elements inside each other; what lies deeper is shown as the words of what it lies in. Browsers end at some hundreds.
_DEEPEST: Final = 40


@attrs.frozen
class Marks:
    """How quotations and claims are written; the notebook's and the page's differ.

    Attributes:
        attributes: gives those of the element of a quotation or claim, with its part from 0; a blank stands before each.
        behind: gives what stands at the end of the last part.
    """

    attributes: Callable[[Quote | Claim, int], str]
    behind: Callable[[Quote | Claim], str]


def story(extraction: Extraction, marks: Marks, shown: int | None = None) -> Iterator[str]:
    """The first ``shown`` code points of the text, all without it; joined, and without elements, they are these very code points."""
    text = extraction.document.text
    size = len(text) if shown is None else shown
    last: dict[int, int] = {}
    stretches: list[Stretch] = []

    def add(span: Span, thing: object) -> None:
        if span.start < size:
            stretches.append(Stretch(span.start, min(span.end, size), len(stretches), thing))

    for quote in extraction.quotes:
        for place, span in enumerate(quote.content):
            add(span, (quote, place))
        last[id(quote)] = len(quote.content) - 1
    for claim in extraction.claims:
        for place, span in enumerate(claim.spans):
            add(span, (claim, place))
        last[id(claim)] = len(claim.spans) - 1
    for quote in extraction.quotes:
        if quote.source is not None:
            add(quote.source, "b")
        for span in quote.cue:
            add(span, "u")
    for event in nested(size, stretches, _DEEPEST):
        if isinstance(event, Words):
            yield escaped(text[event.start : event.end])
        elif isinstance(event.thing, str):
            yield f"<{event.thing}>" if isinstance(event, Opening) else f"</{event.thing}>"
        elif isinstance(event, Opening):
            item, place = event.thing
            yield f"<span{marks.attributes(item, place + event.part)}>"
        else:
            item, place = event.thing
            if event.last and place == last[id(item)] and item_end(item) <= size:
                yield marks.behind(item)
            yield "</span>"


def item_end(item: Quote | Claim) -> int:
    """Where a quotation or claim ends in the text."""
    return item.content[-1].end if isinstance(item, Quote) else item.spans[-1].end
