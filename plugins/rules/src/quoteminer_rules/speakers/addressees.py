"""To whom a quotation is spoken: the object of "told" and "asked", "said to", whom it calls by name, the other of two who talk."""

from __future__ import annotations

from typing import Final

from quoteminer import Document, Quote, Span

from ..layout import tokenise
from ..lexicon import Lexicon
from ..phrases import addressee_at, starting_at
from .entities import Entity
from .knowledge import Knowledge
from .turns import Conversation, Turn

_REACH: Final = 160
_CLOSE: Final = 3
"""Code points between a cue and a source that stands right behind it."""
_TAKING: Final = frozenset(["tell", "ask", "urge"])


def addressee_mention(document: Document, quote: Quote, known: Knowledge) -> Span | None:
    """The mention of the addressee behind the cue ("told reporters", "said to the board")."""
    if not quote.cue:
        return None
    text, cue, source = document.text, quote.cue[-1], quote.source
    verb = known.lexicon.verbs.get(text[cue.start : cue.end].lower())
    if verb is None:
        return None
    inverted = source is not None and 0 <= source.start - cue.end < _CLOSE
    start = source.end if source is not None and inverted else cue.end
    addressing = known.patterns.sources.addressing.match(text, start) is not None
    if not addressing and (inverted or not verb.classes & _TAKING):
        return None
    span = _phrase_behind(text, start, known.lexicon, addressing=addressing)
    taken = quote.content if source is None else (*quote.content, source)
    return None if span is None or any(map(span.overlaps, taken)) else span


def _phrase_behind(text: str, start: int, lexicon: Lexicon, *, addressing: bool) -> Span | None:
    """The phrase behind a verb, or behind the preposition there (``addressing``)."""
    stop = min(len(text), start + _REACH)
    line = text.find("\n\n", start, stop)
    tokens = tokenise(text, start, stop if line < 0 else line, [], lexicon)
    count = len(tokens)
    if not count:
        return None
    found = starting_at(tokens, 1, count, lexicon) if addressing else addressee_at(tokens, 0, count, lexicon)
    if found is None or (addressing and tokens.words[found[0]] in lexicon.verbs):
        return None
    return Span(tokens.starts[found[0]], tokens.ends[found[1] - 1])


def partner(turn: Turn, conversation: Conversation) -> Entity | None:
    """Whom a turn of a dialogue is spoken to: whom it calls by name, else who spoke before, else who speaks next.

    Turns follow each other, paragraph by paragraph, and one of the two has no source: that is how dialogue is printed, while quotations of an
    article that happen to follow each other each have their own.
    """
    for entity in turn.addressed:
        if entity is not turn.entity:
            return entity
    previous, following = conversation.previous(turn), conversation.at(turn.index + 1)
    if previous is not None and turn.first - previous.last <= 1 and _answers(previous, turn):
        return previous.entity
    if following is not None and following.first - turn.last <= 1 and _answers(following, turn):
        return following.entity
    return None


def _answers(other: Turn, turn: Turn) -> bool:
    """Whether a turn beside another one is that of somebody else in a dialogue."""
    if other.quote.kind != "direct" or other.entity is None or other.entity is turn.entity:
        return False
    return turn.quote.source is None or other.quote.source is None
