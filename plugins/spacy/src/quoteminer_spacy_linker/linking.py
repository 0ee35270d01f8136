"""The entities of a spaCy pipeline for the speakers of quoteminer: who is a person, an organisation or a group, by what full name and id."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import attrs

import quoteminer
from quoteminer import Document, Quote, Span, Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_KINDS: Final[Mapping[str, SpeakerKind]] = {
    # OntoNotes, and what pipelines for many languages call the same
    "PERSON": "person",
    "PER": "person",
    "persName": "person",
    "ORG": "organisation",
    "orgName": "organisation",
    "GPE": "organisation",  # a country or city that says something is its government
    "NORP": "group",
}
_WIKIDATA: Final = re.compile(r"Q[1-9]\d*")


@attrs.frozen
class _Entity:
    """An entity of a pipeline that may speak."""

    start: int
    end: int
    text: str
    kind: SpeakerKind
    identifier: str


class EntityLinker:
    """Says more of speakers whom a pipeline has found as entities: a kind where none is known, the full name of who is called by the last word of it alone, and the
    id of a pipeline that links entities.

    Args:
        nlp: a pipeline, or what ``spacy.load`` takes, loaded with the first document; without one, only Docs that were handed over are read.
    """

    name = "spacy.entities"
    version = quoteminer.__version__
    #: A list of people that somebody keeps knows better.
    before = ("people",)

    def __init__(self, nlp: str | Language | None = None) -> None:
        self._nlp = nlp
        self._lock = threading.Lock()
        self._at_hand: WeakValueDictionary[str, Doc] = WeakValueDictionary()

    def manifest(self) -> Mapping[str, Any]:
        """The pipeline with its version."""
        if self._nlp is None:
            return {}
        meta = self._pipeline().meta
        return {"pipeline": f"{meta['lang']}_{meta['name']}", "pipeline_version": meta["version"]}

    def take(self, doc: Doc, text: str) -> None:
        """Have the Doc of a text at hand for as long as it lives."""
        self._at_hand[text] = doc

    def link(
        self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]
    ) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        """The quotes as they are, and the speakers with what the entities tell of them."""
        doc = self._doc(document) if speakers else None
        if doc is None:
            return quotes, speakers
        near = {place for speaker in speakers for mention in speaker.mentions for place in _stretches(mention.start, mention.end)}
        short = any(" " not in speaker.name for speaker in speakers)
        by_place: dict[int, list[_Entity]] = {}
        persons: list[_Entity] = []
        for entity in doc.ents:
            kind = _KINDS.get(entity.label_)
            if kind is None:
                continue
            start, end = entity.start_char, entity.end_char
            places = [place for place in _stretches(start, end) if place in near]
            # Most entities of a text are no speakers, and to take each apart would cost as much as the rest.
            if places or (short and kind == "person" and len(entity) > 1):
                found = _Entity(start, end, entity.text, kind, entity.kb_id_)
                for place in places:
                    by_place.setdefault(place, []).append(found)
                if kind == "person":
                    persons.append(found)
        if not by_place:
            return quotes, speakers
        full = _full_names(persons)
        taken = {speaker.name.casefold() for speaker in speakers}
        return quotes, [_told(speaker, by_place, full, taken) for speaker in speakers]

    def _doc(self, document: Document) -> Doc | None:
        doc = self._at_hand.get(document.text)
        if doc is not None or self._nlp is None:
            return doc
        nlp = self._pipeline()
        if not document.text or nlp.lang not in ("xx", document.language.partition("-")[0].casefold()):
            return None
        with self._lock:  # no pipeline promises to work for several threads at once
            read: Doc = nlp(document.text)
        return read

    def _pipeline(self) -> Language:
        with self._lock:
            if isinstance(self._nlp, str):
                import spacy

                self._nlp = spacy.load(self._nlp)
        assert self._nlp is not None
        assert not isinstance(self._nlp, str)
        return self._nlp


#: Code points of a stretch of text, by which entities are found again without looking through all of them.
_STRETCH: Final = 64


def _stretches(start: int, end: int) -> range:
    return range(start // _STRETCH, (end - 1) // _STRETCH + 1)


def _full_names(persons: Iterable[_Entity]) -> dict[str, str]:
    """The one name of several words that ends in each word; a word in which several end is left out."""
    names: dict[str, set[str]] = {}
    for person in persons:
        words = person.text.split()
        if len(words) > 1:
            names.setdefault(words[-1].casefold(), set()).add(" ".join(words))
    return {last: next(iter(found)) for last, found in names.items() if len(found) == 1}


def _told(speaker: Speaker, by_place: Mapping[int, list[_Entity]], full: Mapping[str, str], taken: set[str]) -> Speaker:
    """A speaker with what the entities at the mentions tell."""
    found = [entity for mention in speaker.mentions for entity in _at(mention, by_place) if _same(entity, speaker)]
    if not found:
        return speaker
    kinds = Counter(entity.kind for entity in found)
    changes: dict[str, Any] = {}
    if speaker.kind == "unknown":
        changes["kind"] = kinds.most_common(1)[0][0]
    identifiers = Counter(entity.identifier for entity in found if entity.identifier not in ("", "NIL"))
    if identifiers:
        identifier = identifiers.most_common(1)[0][0]
        scheme = "wikidata" if _WIKIDATA.fullmatch(identifier) else "spacy"
        if scheme not in speaker.identifiers:
            changes["identifiers"] = {**speaker.identifiers, scheme: identifier}
    name = full.get(speaker.name.casefold())
    if name is not None and kinds["person"] and name.casefold() not in taken:
        changes["name"] = name
        taken.add(name.casefold())
    return attrs.evolve(speaker, **changes) if changes else speaker


def _at(mention: Span, by_place: Mapping[int, list[_Entity]]) -> list[_Entity]:
    """The entities that overlap a mention."""
    places = _stretches(mention.start, mention.end)
    near = {(entity.start, entity.end): entity for place in places for entity in by_place.get(place, ())}
    return [entity for _, entity in sorted(near.items()) if entity.start < mention.end and mention.start < entity.end]


def _same(entity: _Entity, speaker: Speaker) -> bool:
    """Whether an entity at a mention is the speaker and not somebody in the description: “Mayor Rosa Ilves” is Rosa Ilves, “the chief of Renault” not Renault."""
    name, own = entity.text.split(), speaker.name.split()
    if not name or not own:
        return False
    shared = min(len(name), len(own))
    more = own[:-shared]
    return [word.casefold() for word in name[-shared:]] == [word.casefold() for word in own[-shared:]] and all(
        word[0].isupper() for word in more
    )
