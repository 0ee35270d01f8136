"""The contract of speaker linkers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs

from ..annotations import Quote, Speaker
from ..document import Document
from ..extraction import Extraction
from ..plugins.protocols import SpeakerLinker
from . import running
from .contract import fail
from .mining import MiningContract, without
from .speakers import KEPT_BUT, check_people, quotes_of_example, sample_quotes, speakers_for


class SpeakerLinkerContract(MiningContract):
    """What the host and its users count on in a speaker linker.

    Attributes:
        make: the class of the linker, or a function without arguments that makes one.
        example: an extraction whose speakers have to be linked; or a text or document, whose quotes are those that ``extractor`` finds, or where
            there is none, all extractors that are installed. The words of each source are then one speaker, who talks to the one before.
        extractor: as for :class:`SpeakerResolverContract`.
        links: for the name of a speaker in the example what must be known of that person afterwards, by field:
            ``{"Rutte": {"name": "Mark Rutte", "identifiers": {"desk": "17"}}}``. ``None`` for anything.
    """

    extractor: ClassVar[Any] = None
    links: ClassVar[Mapping[str, Mapping[str, Any]] | None] = None
    _method = "link"
    _protocol = SpeakerLinker
    _run = staticmethod(running.link)

    def _inputs(self, document: Document) -> tuple[Any, ...]:
        return document, *_in_talk(*speakers_for(document, sample_quotes(document)))

    def _example_inputs(self) -> tuple[Any, ...]:
        if isinstance(self.example, Extraction):
            return self.example.document, self.example.quotes, self.example.speakers
        document = self._document()
        return document, *_in_talk(*speakers_for(document, quotes_of_example(self.example, document, type(self).extractor)))

    def _adhoc(self, component: Any, inputs: tuple[Any, ...]) -> list[running.Plugin]:
        _, quotes, speakers = inputs
        found = [without(quote, *KEPT_BUT) for quote in quotes]
        return [
            running.Plugin(
                "aa-given", quotes=[running.Given("aa-given", found)], speakers=[_Resolved("aa-given", quotes, speakers)]
            ),
            running.Plugin(component.name.partition(".")[0], linkers=[component]),
        ]

    def _size(self, result: tuple[list[Quote], list[Speaker]]) -> int:
        _, _, before = self._example_inputs()
        return sum(speaker not in before for speaker in result[1])

    def test_links_whom_it_must(self) -> None:
        """What ``links`` says of the speakers of the example."""
        if self.links is None:
            return
        component = self.component()
        document, quotes, speakers = self._example_inputs()
        linked, people = self._result(component, (document, quotes, speakers), "the example")
        after = {speaker.id: speaker for speaker in people}
        ids = {speaker.name: speaker.id for speaker in speakers}
        now = {old.speaker: new.speaker for old, new in zip(quotes, _in_order(quotes, linked), strict=True)}
        for name, fields in self.links.items():
            if name not in ids:
                fail(f"`links` names {name!r}, who is no speaker of the example: {', '.join(sorted(ids))}.", "Mend `links`.")
            person = after.get(now.get(ids[name], ids[name]) or "")
            for field, value in fields.items():
                found = getattr(person, field, None)
                if found != value:
                    fail(
                        f"{component.name}: the {field} of {name!r} in the example is {found!r}, not {value!r}.",
                        "Mend the component, or `links`.",
                    )

    def test_nobody_to_link(self) -> None:
        """Without speakers there are none afterwards, and quotes stay as they are."""
        component = self.component()
        document, quotes, _ = self._example_inputs()
        bare = tuple(without(quote, *KEPT_BUT) for quote in quotes)
        for given in (bare, ()):
            linked, people = self._result(component, (document, given, ()), "the example without speakers")
            if people or any(quote.speaker is not None for quote in linked):
                fail(
                    f"{component.name}.link gives speakers where there are none.",
                    "Link the speakers that you get; to find who speaks is the work of a resolver.",
                )

    def _check(self, component: Any, inputs: tuple[Any, ...], result: tuple[list[Quote], list[Speaker]], on: str) -> None:
        __tracebackhide__ = True
        document, quotes, speakers = inputs
        linked, people = result
        check_people(component, "link", document, quotes, linked, people, on)
        known = {one.id for one in speakers} | {name for quote in linked for name in (quote.speaker, quote.addressee)}
        for person in people if speakers else ():
            if person.id not in known and not person.mentions:
                fail(
                    f"{component.name}.link gives the new speaker {person.name!r}, whom no quote names and the text does not mention, on {on}.",
                    "Say more of the speakers that you get; leave out people of your list who do not come in the text.",
                )
        gone = {quote.speaker for quote in quotes} - {None} if quotes and not any(quote.speaker for quote in linked) else set()
        if gone:
            fail(
                f"{component.name}.link left no quote with a speaker, on {on}.",
                "Return the speakers whom you do not know as you got them, and leave their quotes to them.",
            )


def _in_talk(quotes: Sequence[Quote], speakers: tuple[Speaker, ...]) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """The same, with the speaker before as the addressee, so that a linker has addressees to keep."""
    before: str | None = None
    talk: list[Quote] = []
    for quote in quotes:
        talk.append(quote if before == quote.speaker else attrs.evolve(quote, addressee=before))
        before = quote.speaker or before
    return tuple(talk), speakers


def _in_order(quotes: Sequence[Quote], linked: Sequence[Quote]) -> list[Quote]:
    by_id = {quote.id: quote for quote in linked}
    return [by_id[quote.id] for quote in quotes]


class _Resolved:
    """A resolver that names the speakers that it was made with, by the places of the quotes."""

    def __init__(self, name: str, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> None:
        self.name = name
        self._speakers = speakers
        self._by_place = {(quote.content, quote.cue): quote for quote in quotes}

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[list[Quote], Sequence[Speaker]]:
        """The quotes with their speakers."""
        found = [(quote, self._by_place.get((quote.content, quote.cue))) for quote in quotes]
        return [
            quote if known is None else attrs.evolve(quote, speaker=known.speaker, addressee=known.addressee)
            for quote, known in found
        ], self._speakers
