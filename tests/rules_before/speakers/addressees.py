"""To whom a quotation is spoken: the object of "told" and "asked", "said to", whom it calls by name, the other of two who talk."""

from __future__ import annotations

from typing import Final

from quoteminer import Document, Quote, Span

from ..layout import tokenise
from ..lexicon import Lexicon
from ..phrases import addressee_at, starting_at
from .cast import Entity
from .turns import Conversation, Turn

_REACH: Final = 160
_TAKING: Final = frozenset(["tell", "ask", "urge"])


def addressee_mention(document: Document, quote: Quote, lexicon: Lexicon) -> Span | None:
    """The mention of the addressee behind the cue ("told reporters", "said to the board")."""
    if not quote.cue:
        return None
    text = document.text
    cue = quote.cue[-1]
    verb = lexicon.verbs.get(text[cue.start : cue.end].lower())
    if verb is None:
        return None
    inverted = quote.source is not None and 0 <= quote.source.start - cue.end < 3
    start = quote.source.end if quote.source is not None and inverted else cue.end
    to = text[start : start + 4].split() == ["to"]
    if not to and (inverted or not verb.classes & _TAKING):
        return None
    stop = min(len(text), start + _REACH)
    line = text.find("\n\n", start, stop)
    tokens = tokenise(text, start, stop if line < 0 else line, [], lexicon)
    count = len(tokens)
    found = None
    if to:
        found = starting_at(tokens, 1, count, lexicon)
        if found is not None and tokens.words[found[0]] in lexicon.verbs:
            return None
    elif count:
        found = addressee_at(tokens, 0, count, lexicon)
    if found is None:
        return None
    span = Span(tokens.starts[found[0]], tokens.ends[found[1] - 1])
    if any(span.overlaps(part) for part in quote.content) or (quote.source is not None and span.overlaps(quote.source)):
        return None
    return span


def partner(turn: Turn, conversation: Conversation) -> Entity | None:
    """Whom a turn of a dialogue is spoken to: whom it calls by name, else who spoke before, else who speaks next.

    Turns follow each other, paragraph by paragraph, and one of the two has no source: that is how dialogue is printed, while quotations of an
    article that happen to follow each other each have their own.
    """
    for entity in turn.addressed:
        if entity is not turn.entity:
            return entity
    previous, following = conversation.previous(turn), conversation.at(turn.index + 1)
    for other, gap in (
        (previous, turn.first - previous.last if previous is not None else 9),
        (following, following.first - turn.last if following is not None else 9),
    ):
        if other is None or gap > 1 or other.quote.kind != "direct" or other.entity is None or other.entity is turn.entity:
            continue
        if turn.quote.source is None or other.quote.source is None:
            return other.entity
    return None
