"""To whom a quotation is spoken: the object of "told" and "asked", "said to", whom it calls by name, the other of two who talk."""

from __future__ import annotations

from typing import Final

from quoteminer import Document, Quote, Span

from ..language.pack import Pack
from ..reading.chunks import LETTER, chunker
from ..reading.passages import Passage
from ..reading.sentences import NOMINAL, Sentence
from .knowledge import Knowledge
from .people import Entity
from .turns import Conversation, Turn

_REACH: Final = 160
"""Code points from a cue to behind the longest addressee."""
_CLOSE: Final = 3
"""Code points between a cue and a source that stands right behind it."""
_ADVERBIAL: Final = LETTER["adverbial"]
_PRONOUN: Final = LETTER["pronoun"]


def addressee_mention(document: Document, quote: Quote, known: Knowledge) -> Span | None:
    """The mention of the addressee behind the cue ("told reporters", "said to the board")."""
    if not quote.cue:
        return None
    text, cue, source = document.text, quote.cue[-1], quote.source
    verb = text[cue.start : cue.end].lower()
    if verb not in known.verbs.reporting:
        return None
    inverted = source is not None and 0 <= source.start - cue.end < _CLOSE
    start = source.end if source is not None and inverted else cue.end
    preposition = known.patterns.sources.addressing.match(text, start)
    if preposition is None and (inverted or verb not in known.verbs.addressing or not _has_room(text, start, quote)):
        return None
    span = _phrase_behind(text, cue.start, start, known.pack, addressing=preposition is not None)
    taken = quote.content if source is None else (*quote.content, source)
    return None if span is None or any(map(span.overlaps, taken)) else span


def _has_room(text: str, start: int, quote: Quote) -> bool:
    """Whether a phrase can stand at ``start``: words do, and not those that are said ("told that …")."""
    at = start
    while at < start + _CLOSE and text[at : at + 1].isspace():
        at += 1
    return text[at : at + 1].isalnum() and not any(span.start <= at < span.end for span in quote.content)


def _phrase_behind(text: str, cue: int, start: int, pack: Pack, *, addressing: bool) -> Span | None:
    """The phrase at ``start`` in the sentence of a cue, or behind the preposition there (``addressing``)."""
    stop = min(len(text), start + _REACH)
    line = text.find("\n\n", start, stop)
    passage = Passage(text, cue, stop if line < 0 else line, (), pack, chunker(pack.folder))
    if not passage.sentences:
        return None
    sentence = Sentence(passage, *passage.chunks(*passage.sentences[0]))
    for at, kind in enumerate(sentence.shape):
        first, last = sentence.tokens((at, at + 1))
        if passage.starts[first] < start:
            continue
        if addressing and kind == _ADVERBIAL and last > first + 1:
            return _whom(passage, first + 1, last, pack)
        fits = not addressing and kind in NOMINAL and not (kind == _PRONOUN and _is_subject(passage.raw[first], pack))
        return _whom(passage, first, last, pack) if fits else None
    return None


def _whom(passage: Passage, first: int, last: int, pack: Pack) -> Span:
    """A noun phrase without what tells where and when ("reporters in Washington", but "Chris Hale of Norland")."""
    for i in range(first + 1, last):
        classes = pack.classes(passage.raw[i].lower())
        if "link" in classes and "genitive_preposition" not in classes:
            last = i
            break
    return Span(passage.starts[first], passage.ends[last - 1])


def _is_subject(pronoun: str, pack: Pack) -> bool:
    """Whether a pronoun is the subject of what is said, and nobody who is told it ("asked they come")."""
    classes = pack.classes(pronoun.lower())
    return "object_pronoun" not in classes and not classes.isdisjoint(_SUBJECTS)


_SUBJECTS: Final = frozenset(["subject", "subject_pronoun"])


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
