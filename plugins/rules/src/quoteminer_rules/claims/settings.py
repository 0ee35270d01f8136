"""What is the same for all words of one quotation, or of the document's own voice: who speaks, how that is reported, and what it weighs."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from quoteminer import Quote

Voice = Literal["document", "direct", "indirect"]
VOICES: Final[tuple[Voice, ...]] = ("document", "direct", "indirect")


class Setting(NamedTuple):
    """A quotation, none for the document's own voice, with what it weighs.

    Attributes:
        cue: the classes of the verb that reports it.
        voice: whose words they are.
        everywhere, at_first, at_last: what it weighs for any place to be an edge of a claim, and besides for the first and for the last.
        of_spans: for any of its words to be a claim.
        of_kinds: for the kind of a claim in it.
    """

    quote: Quote | None
    cue: frozenset[str]
    voice: Voice
    everywhere: int
    at_first: int
    at_last: int
    of_spans: int
    of_kinds: int


def voice_of(quote: Quote | None) -> Voice:
    """Whether they are the document's own words, those of somebody in marks, or those of somebody reported."""
    return "document" if quote is None else "direct" if quote.kind == "direct" else "indirect"
