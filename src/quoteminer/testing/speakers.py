"""The contract of speaker resolvers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from ..annotations import Quote, Speaker
from ..document import Document
from ..errors import QuoteminerError, describe
from ..extraction import Extraction
from ..merging.quotes import reconcile
from ..mining.miner import Miner
from ..plugins.protocols import QuoteExtractor, SpeakerResolver
from ..spans import Span
from . import running
from .contract import fail, shown
from .mining import MiningContract, check_spans, check_type, without, words_of


def sample_quotes(document: Document) -> tuple[Quote, ...]:
    """Quotes of any text: of each ten words, the first is the source, the second the cue, the next five the content."""
    words = words_of(document)
    found = [
        Quote([Span(words[at + 2].start, words[at + 6].end)], "direct", cue=[words[at + 1]], source=words[at])
        for at in range(0, len(words) - 6, 10)
    ]
    if not found and len(document):
        found = [Quote([Span(0, len(document))], "direct")]
    return tuple(reconcile([("manual", found)]))


def quotes_of_example(example: str | Document | Extraction, document: Document, extractor: Any) -> tuple[Quote, ...]:
    """The quotes to resolve: those of the extraction given, or those that extractors find."""
    if isinstance(example, Extraction):
        return tuple(without(quote, "speaker", "addressee") for quote in example.quotes)
    return tuple(reconcile([(one.name, running.parted(running.extract(one, document))[0]) for one in extractors_of(extractor)]))


def extractors_of(given: Any) -> list[Any]:
    """The quote extractors that a contract names by ``extractor``: a class, a component, a name, or ``None`` for all that are installed."""
    if given is None:
        return Miner().components(_EXTRACTORS)
    if isinstance(given, str):
        return _installed(given)
    component = given() if callable(given) else given
    if not isinstance(component, QuoteExtractor):
        fail(f"`extractor` is {given!r}, which is no quote extractor.", f"{_EXTRACTOR_IS}.")
    return [component]


def _installed(name: str) -> list[Any]:
    """The extractor of this name, or all of the plugin of this name."""
    try:
        found = Miner([name.partition(".")[0]], on_error="raise").components(_EXTRACTORS)
    except QuoteminerError as error:
        fail(f"`extractor` is {name!r}, of which no plugin can be used: {describe(error)}.", f"{_EXTRACTOR_IS}.")
    chosen = [one for one in found if name in (one.name, one.name.partition(".")[0])]
    if not chosen:
        there = ", ".join(one.name for one in found) or "no quote extractor"
        fail(f"`extractor` is {name!r}; that plugin brings {there}.", f"{_EXTRACTOR_IS}.")
    return chosen


_EXTRACTORS: Final = "quoteminer_quote_extractors"
_EXTRACTOR_IS: Final = 'Give the class of a quote extractor, or the name of an installed plugin or extractor, such as "rules"'


#: What a resolver or linker may set of a quote.
KEPT_BUT: Final = ("speaker", "speaker_confidence", "addressee", "addressee_mention", "provenance")


class SpeakerResolverContract(MiningContract):
    """What the host and its users count on in a speaker resolver.

    Attributes:
        make: the class of the resolver, or a function without arguments that makes one.
        example: an extraction whose quotes have to be resolved; or a text or document, whose quotes are those that ``extractor``
            finds, or where there is none, all extractors that are installed.
        extractor: the class of a quote extractor, or the name of an installed plugin (``"rules"``) or extractor (``"rules.quotes"``).
        speaks: for the content of a quote the name of the speaker that must be found; ``None`` for anything.
    """

    extractor: ClassVar[Any] = None
    speaks: ClassVar[Mapping[str, str] | None] = None
    _method = "resolve"
    _protocol = SpeakerResolver
    _run = staticmethod(running.resolve)

    def _inputs(self, document: Document) -> tuple[Any, ...]:
        return document, sample_quotes(document)

    def _example_inputs(self) -> tuple[Any, ...]:
        document = self._document()
        return document, quotes_of_example(self.example, document, type(self).extractor)

    def _adhoc(self, component: Any, inputs: tuple[Any, ...]) -> list[running.Plugin]:
        given = running.Given("aa-given", [without(quote, "provenance") for quote in inputs[1]])
        return [
            running.Plugin("aa-given", quotes=[given]),
            running.Plugin(component.name.partition(".")[0], speakers=[component]),
        ]

    def _size(self, result: tuple[list[Quote], list[Speaker]]) -> int:
        return sum(quote.speaker is not None for quote in result[0])

    def test_finds_who_must_speak(self) -> None:
        """The speakers named by ``speaks``."""
        if self.speaks is None:
            return
        component = self.component()
        document, quotes = self._example_inputs()
        resolved, speakers = self._result(component, (document, quotes), "the example")
        names = {speaker.id: speaker.name for speaker in speakers}
        found = {quote.text(document): names.get(quote.speaker) for quote in resolved}
        for content, name in self.speaks.items():
            if found.get(content) != name:
                fail(
                    f"{component.name}: {shown(content)} is said by {found.get(content)!r} in the example, not by {name!r}.",
                    "Mend the component, or `speaks`.",
                )

    def test_no_quotes(self) -> None:
        """A document without quotes has none afterwards."""
        component = self.component()
        self._result(component, (self._document(), ()), "the example without its quotes")

    def _check(self, component: Any, inputs: tuple[Any, ...], result: tuple[list[Quote], list[Speaker]], on: str) -> None:
        __tracebackhide__ = True
        document, quotes = inputs
        check_people(component, "resolve", document, quotes, *result, on)


def check_people(
    component: Any,
    method: str,
    document: Document,
    quotes: Sequence[Quote],
    resolved: list[Quote],
    speakers: list[Speaker],
    on: str,
) -> None:
    """Fail when quotes and speakers are not what the host takes from a resolver or linker that was given ``quotes``."""
    __tracebackhide__ = True
    for quote in resolved:
        check_type(component, quote, Quote, method, on)
    for speaker in speakers:
        check_type(component, speaker, Speaker, method, on)
        check_spans(component, speaker.mentions, document, "a mention", on)
    before = {quote.id: without(quote, *KEPT_BUT) for quote in quotes}
    after = {quote.id: without(quote, *KEPT_BUT) for quote in resolved}
    if len(resolved) != len(quotes) or set(before) != set(after):
        fail(
            f"{component.name}.{method} got the quotes {sorted(before)} and gave {sorted(quote.id for quote in resolved)}, on {on}.",
            "Give back every quote once with the id it had, also those whose speaker you do not know.",
        )
    for name in before:
        if before[name] != after[name]:
            fail(
                f"{component.name}.{method} changed more of the quote {name} than its speaker, on {on}: {before[name]} became "
                f"{after[name]}.",
                "Set speaker and addressee with attrs.evolve and leave the rest; the provenance may say how they were found.",
            )
    try:
        Extraction(document, resolved, speakers)
    except QuoteminerError as error:
        fail(
            f"{component.name}.{method} gives quotes and speakers that do not fit together, on {on}: {describe(error)}",
            "Give each speaker an id of its own, and return every speaker whose id a quote names.",
        )


def speakers_for(document: Document, quotes: Sequence[Quote]) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """Quotes in which each source is a speaker, by its words."""
    import attrs

    speakers: dict[str, Speaker] = {}
    resolved: list[Quote] = []
    for quote in quotes:
        if quote.source is None:
            resolved.append(quote)
            continue
        name = document[quote.source]
        if name not in speakers:
            speakers[name] = Speaker(f"s{len(speakers) + 1}", name, mentions=[quote.source])
        resolved.append(attrs.evolve(quote, speaker=speakers[name].id))
    return tuple(resolved), tuple(speakers.values())
