"""Turns that a reader of files knows: who speaks stood in the file (a voice of captions, the sender of a message), so no language is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

import attrs

import quoteminer
from quoteminer import Document, Layout, Provenance, Quote, Scope, Span, Speaker
from quoteminer.text import Place

_SURE: Final = 0.98
_KINDS: Final[tuple[Layout, ...]] = ("turn", "mail", "thread")
"""Of places that hold what somebody says; the speech is set as they are called."""
_NOTED: Final = ("label", "cue", "turn", "mail", "thread")


def noted(document: Document) -> bool:
    """Whether the reader of the file has noted who has which turn."""
    return document.origin is not None and any(place.kind in _KINDS for place in document.origin.places)


class TurnRules:
    """What somebody says in a turn that the reader of the file has noted, in any language."""

    name = "rules.turns"
    version = quoteminer.__version__
    places: ClassVar = _KINDS
    silence: ClassVar = 1.0
    """It knows turns alone, so that it does not find something tells nothing."""

    def extract(self, document: Document, *, scope: Scope = "speech") -> Iterable[Quote]:
        """A quotation for each turn, a span for each of its captions or paragraphs."""
        if document.origin is None:
            return
        label: Place | None = None
        cue: Place | None = None
        spans: list[Span] = []
        said = ""
        layout: Layout = "turn"
        for place in [*document.origin.places, None]:
            if place is not None and place.kind not in _NOTED:
                continue
            if spans and (place is None or place.kind == "label" or place.value != said):
                yield self._quote(document, spans, layout, label, cue)
                spans = []
            if place is None:
                break
            if place.kind == "label":
                label, cue, said = place, None, place.value
                continue
            if place.kind == "cue":
                cue = place
                continue
            if place.value != said:
                # A turn of somebody whom the text itself does not name.
                label, cue, said = None, None, place.value
            layout = next(kind for kind in _KINDS if kind == place.kind)
            spans.append(Span(place.start, place.end))

    def _quote(self, document: Document, spans: list[Span], layout: Layout, label: Place | None, cue: Place | None) -> Quote:
        announced = () if cue is None else (Span(cue.start, cue.end),)
        if label is not None and cue is None and document.text.startswith(":", label.end):
            announced = (Span(label.end, label.end + 1),)
        return Quote(
            spans,
            "direct",
            cue=announced,
            source=None if label is None else Span(label.start, label.end),
            layout=layout,
            confidence=_SURE,
            provenance=Provenance(self.name, version=self.version, detail={"rule": "turn"}),
        )


class LabelRules:
    """Gives each turn that a reader has noted the one whom its label names, unless a resolver that knows the language has found out who it is."""

    name = "rules.labels"
    version = quoteminer.__version__
    places: ClassVar = _KINDS
    after: ClassVar = ("rules.speakers",)

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        """Quotes with ``speaker`` set where they had none and stand in a noted turn, and the speakers."""
        if document.origin is None:
            return quotes, ()
        turns = {place.start: place.value for place in document.origin.places if place.kind in _KINDS}
        mentions: dict[str, list[Span]] = {}
        for place in document.origin.places:
            if place.kind == "label":
                mentions.setdefault(place.value, []).append(Span(place.start, place.end))
        names = {name: f"turn-{number}" for number, name in enumerate(dict.fromkeys(turns.values()))}
        given: list[Quote] = []
        used: dict[str, None] = {}
        for quote in quotes:
            name = turns.get(quote.content[0].start)
            if name and quote.speaker is None and quote.layout in _KINDS:
                quote = attrs.evolve(quote, speaker=names[name])
                used[name] = None
            given.append(quote)
        return given, [Speaker(names[name], name, mentions=mentions.get(name, ())) for name in used]
