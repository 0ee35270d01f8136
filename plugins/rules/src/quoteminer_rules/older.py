"""The older search for quotations, which reads English in the scope ``all`` until the grammar of reports finds as much there.

Its results are reports like those of the grammar, so that only this module knows which of the two has read a text.
"""

from __future__ import annotations

from typing import Final

from quoteminer import Layout

from . import lexicon
from .blockwise import Watch
from .explain import explanation
from .quotes import mining
from .quotes.found import Found
from .quotes.indirect.decisions import Trace
from .reports.selection import Report

_LAYOUTS: Final[dict[str, Layout]] = {"direct.turn": "turn", "direct.dash_dialogue": "dash", "direct.block": "block"}
"""How the speech is set that a rule finds; all others find it in running text."""


def find(text: str, watch: Watch) -> list[Report]:
    """All reports of an English text, those of thoughts and attitudes among them."""
    found = mining.find(text, lexicon.load("en"), None, watch)
    numbers = {id(quote): number for number, quote in enumerate(found)}
    return [_report(quote, None if quote.parent is None else numbers.get(id(quote.parent))) for quote in found]


def explained(text: str, watch: Watch) -> str:
    """Why each was found, and why each candidate that lost is none."""
    trace: Trace = []
    return explanation(text, mining.find(text, lexicon.load("en"), trace, watch), trace, "all")


def _report(quote: Found, parent: int | None) -> Report:
    confidence = lexicon.confidence(quote.rule, quote.cue_class) if quote.confidence is None else quote.confidence
    return Report(
        quote.rule,
        quote.kind,
        tuple(quote.content),
        tuple(quote.cue),
        quote.lemma,
        quote.source,
        quote.addressee,
        confidence,
        _LAYOUTS.get(quote.rule, "running"),
        quote.modality,
        quote.cue_class,
        parent,
    )
