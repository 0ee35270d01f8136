"""Right components, and wrong ones: one class for each mistake, with the check that must find it and what it must say."""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from quoteminer import Claim, Document, Issue, Provenance, Quantity, Quote, Span, Speaker
from quoteminer.testing import (
    ClaimExtractorContract,
    Contract,
    QuoteExtractorContract,
    ReaderContract,
    SpeakerLinkerContract,
    SpeakerResolverContract,
    WriterContract,
)

TEXT = "« Oui », dit Ada. Puis : « Non », dit Bo.\n\n« Trois mots ici », dit Ada."


class Right:
    """Guillemets, as they should be found."""

    name = "guillemets.quotes"

    def extract(self, document: Document) -> Iterable[Quote]:
        for match in re.finditer(r"«([^«»]{1,2000})»", document.text):
            content = match[1].strip()
            if content:
                start = match.start(1) + match[1].index(content)
                yield self.quote(Span(start, start + len(content)))

    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return Quote(spans, "direct", provenance=Provenance(self.name, detail="guillemets"), confidence=0.9, **fields)


class WithBatches(Right):
    def extract_many(self, documents: list[Document]) -> Iterable[Iterable[Quote]]:
        return [self.extract(document) for document in documents]


class Cautious(Right):
    """Says where it reads no further, and which language it reads."""

    languages: Any = ("fr", "en")

    def extract(self, document: Document) -> Iterable[Any]:
        yield from super().extract(document)
        if document.text.count("«") != document.text.count("»"):
            yield Issue(self.name, document.id, "a quotation mark is missing", "error")


class Guillemets(QuoteExtractorContract):
    make = Right
    plugin = "guillemets"
    example = TEXT


class Batches(Guillemets):
    make = WithBatches


class WithIssues(Guillemets):
    make = Cautious


#: Class of the component: the contract, the check that must fail and words that its message must have.
DEFECTS: list[tuple[type, type[Contract], str, str]] = []


def wrong(contract: type[Contract], check: str, message: str) -> Any:
    def register(cls: type) -> type:
        DEFECTS.append((cls, contract, check, message))
        return cls

    return register


# --- quote extractors -------------------------------------------------------------------------------------------------


@wrong(Guillemets, "test_has_what_the_host_calls", "Give it a `name`")
class Nameless(Right):
    name = ""


@wrong(Guillemets, "test_has_what_the_host_calls", "without blanks, commas and plus signs")
class OddlyNamed(Right):
    name = "guillemets.my quotes"


@wrong(Guillemets, "test_has_what_the_host_calls", "Write its method `extract`")
class Methodless:
    name = "guillemets.quotes"

    def find(self, document: Document) -> Iterable[Quote]:
        return Right().extract(document)


@wrong(Guillemets, "test_name_begins_with_the_plugin", "begin its name with 'guillemets.'")
class NamedAfterAnother(Right):
    name = "rules.quotes"


@wrong(Guillemets, "test_name_begins_with_the_plugin", "Make the name a constant")
class NamedByTheClock(Right):
    def __init__(self) -> None:
        self.name = f"guillemets.{time.perf_counter_ns()}"


@wrong(Guillemets, "test_languages_are_tags", "no tuple of language tags")
class SpeaksOfOneLanguage(Right):
    languages = "en"


@wrong(Guillemets, "test_languages_are_tags", "no tuple of language tags")
class ReadsNoLanguage(Right):
    languages = ()


@wrong(Guillemets, "test_languages_are_tags", "did you mean 'fr'")
class NamesItsLanguage(Right):
    languages = ("French", "en")


@wrong(Guillemets, "test_languages_are_tags", "declares the languages \\(1,\\)")
class CountsLanguages(Right):
    languages = (1,)


@wrong(Guillemets, "test_languages_are_tags", "the example is in 'en'")
class ReadsAnother(Right):
    languages = ("fr",)


@wrong(Guillemets, "test_example_found", "could not read the example: no time")
class GivesUp(Right):
    def extract(self, document: Document) -> Iterable[Any]:
        yield from super().extract(document)
        yield Issue(self.name, document.id, "no time", "error")


@wrong(Guillemets, "test_hostile_texts", "is of this component and this document")
class ComplainsOfOthers(Right):
    def extract(self, document: Document) -> Iterable[Any]:
        yield from super().extract(document)
        if "«" not in document.text:
            yield Issue("rules.quotes", document.id, "found nothing", "info")


@wrong(Guillemets, "test_example_found", "finds nothing in the example")
class Blind(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        return ()


@wrong(Guillemets, "test_example_found", "count Python code points, not bytes")
class CountsBytes(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        for match in re.finditer("«([^«»]+)»".encode(), document.text.encode("utf-8", "surrogatepass")):
            yield self.quote(Span(match.start(1), match.end(1) + 4))


@wrong(Guillemets, "test_any_text", "Count Python code points")
class CountsAPaddedCopy(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        return super().extract(Document(document.text + "x»"))


@wrong(Guillemets, "test_example_found", "begins or ends with a blank")
class KeepsBlanks(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        for match in re.finditer("«([^«»]{1,2000})»", document.text):
            yield self.quote(Span(*match.span(1)))


@wrong(Guillemets, "test_example_found", "Content leaves out the outermost quotation marks")
class KeepsMarks(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        for match in re.finditer("«[^«»]{1,2000}»", document.text):
            yield self.quote(Span(*match.span()))


@wrong(Guillemets, "test_example_found", "A word is content, cue or source, never two of them")
class CueInContent(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return super().quote(*spans, cue=[Span(spans[0].start, spans[0].start + 1)])


@wrong(Guillemets, "test_example_found", "content 'Oui' and source 'Oui'")
class SourceInContent(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return super().quote(*spans, source=spans[0])


@wrong(Guillemets, "test_example_found", "cue 'dit' and source 'dit Ada' share")
class SourceWithCue(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        for match in re.finditer(r"« ([^«»]{1,200}) », ((dit) \w{1,99})", document.text):
            yield self.quote(Span(*match.span(1)), source=Span(*match.span(2)), cue=[Span(*match.span(3))])


@wrong(Guillemets, "test_example_found", "Yield quoteminer.Quote objects")
class GivesStrings(Right):
    def extract(self, document: Document) -> Iterable[Any]:
        return re.findall("«([^«»]{1,2000})»", document.text)


@wrong(Guillemets, "test_example_found", "Set provenance=quoteminer.Provenance")
class Anonymous(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return Quote(spans, "direct")


@wrong(Guillemets, "test_example_found", "a speaker resolver finds out who that is")
class NamesSpeakers(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return super().quote(*spans, speaker="Ada")


@wrong(Guillemets, "test_example_found", "Give each enclosing quote an id of its own")
class Orphans(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return super().quote(*spans, parent="q0")


@wrong(Guillemets, "test_example_found", "does not lie within its parent")
class WrongParent(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        found = list(super().extract(document))
        for number, quote in enumerate(found):
            yield attrs.evolve(quote, id=str(number), parent=str(number - 1) if number else None)


@wrong(Guillemets, "test_example_found", "does not lie within its parent")
class ParentBeside(Right):
    """The other way round: what stands inside is named as the parent of what stands around it."""

    def extract(self, document: Document) -> Iterable[Quote]:
        for number, quote in enumerate(super().extract(document)):
            yield attrs.evolve(quote, id=f"inside {number}", content=[Span(quote.span.start, quote.span.start + 1)])
            yield attrs.evolve(quote, id=f"around {number}", parent=f"inside {number}")


@wrong(Guillemets, "test_example_found", "is in the end its own parent")
class ParentsInACircle(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        for number, quote in enumerate(super().extract(document)):
            yield attrs.evolve(quote, id=f"one {number}", parent=f"other {number}")
            yield attrs.evolve(quote, id=f"other {number}", parent=f"one {number}")


@wrong(Guillemets, "test_example_found", "Give each quotation once")
class Repeats(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        found = list(super().extract(document))
        return found + found[:1]


@wrong(Guillemets, "test_example_found", "Let the iterable come to an end")
class NeverEnds(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        while True:
            yield from super().extract(Document("«a»"))


@wrong(Guillemets, "test_example_found", "regular expression with one repetition inside")
class Hangs(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        re.match(r"((\w|\s|\W)*)*\b#$", document.text)
        return super().extract(document)


@wrong(Guillemets, "test_hostile_texts", "Any input of the right type is valid")
class NeedsText(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        assert document.text[0]
        return super().extract(document)


@wrong(Guillemets, "test_hostile_texts", "UnicodeEncodeError")
class NeedsUtf8(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        document.text.encode()
        return super().extract(document)


@wrong(Guillemets, "test_hostile_texts", "xx-unknown")
class NeedsItsLanguage(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        {"en": 1, "fr": 2, "de": 3, "und": 4}[document.language]
        return super().extract(document)


@wrong(Guillemets, "test_example_within_other_text", "raised ValueError")
class NeedsPairs(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        if document.text.count("«") != document.text.count("»"):
            raise ValueError("odd number of marks")
        return super().extract(document)


@wrong(Guillemets, "test_same_result_again", "the second time")
class Remembers(Right):
    def __init__(self) -> None:
        self.seen: set[Span] = set()

    def extract(self, document: Document) -> Iterable[Quote]:
        found = [quote for quote in super().extract(document) if quote.span not in self.seen]
        self.seen.update(quote.span for quote in found)
        return found


@wrong(Guillemets, "test_same_result_again", "Keep no state")
class Guesses(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return attrs.evolve(super().quote(*spans), confidence=random.SystemRandom().random())


@wrong(Guillemets, "test_same_result_again", "from a second instance")
class CountsInstances(Right):
    made = 0

    def __init__(self) -> None:
        type(self).made += 1
        self.number = self.made

    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return attrs.evolve(super().quote(*spans), provenance=Provenance(self.name, detail=f"{self.number}"))


@wrong(Guillemets, "test_same_result_in_another_process", "sort what comes from a set")
class OrdersByHash(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        words = " ".join({"a", "b", "c", "d", "e", "f", "g"})
        return attrs.evolve(super().quote(*spans), provenance=Provenance(self.name, detail=words))


def _local() -> type:
    class Local(Right):
        def __init__(self) -> None:
            self.lock = threading.Lock()

    return Local


wrong(Guillemets, "test_same_result_in_another_process", "Put its class on the top level of a module")(_local())


@wrong(Guillemets, "test_documents_do_not_mix", "local variables")
class KeepsTheDocument(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        self.document = document
        for match in re.finditer("«([^«»]{1,2000})»", document.text):
            time.sleep(0.001)
            content = match[1].strip()
            start = match.start(1) + match[1].index(content) if content else 0
            if content and start + len(content) <= len(self.document):
                yield attrs.evolve(
                    self.quote(Span(start, start + len(content))), provenance=Provenance(self.name, detail=self.document.id)
                )


@wrong(Guillemets, "test_same_result_in_threads", "guard what is loaded at first use with a lock")
class CollectsInItself(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        self.found: list[Quote] = []
        for quote in super().extract(document):
            self.found.append(quote)
            time.sleep(0.001)
        return tuple(self.found)


@wrong(Guillemets, "test_loading_order_does_not_matter", "no counters in the class")
class HeedsItsSiblings(Right):
    made: ClassVar[list[Any]] = []

    def __init__(self) -> None:
        self.made.append(self)

    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return attrs.evolve(super().quote(*spans), confidence=0.9 / len(self.made))


@wrong(Guillemets, "test_leaves_the_world_alone", "state of `random`")
class SeedsTheWorld(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        random.seed(7)
        return super().extract(document)


@wrong(Guillemets, "test_leaves_the_world_alone", "environment")
class SetsVariables(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        os.environ["TOKENIZERS_PARALLELISM"] = str(len(os.environ))
        return super().extract(document)


@wrong(Guillemets, "test_input_is_not_changed", "Make changed copies with attrs.evolve")
class ChangesTheDocument(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        object.__setattr__(document, "title", f"{document.title or ''}.")
        return list(super().extract(document))


@attrs.frozen
class RichQuote(Quote):
    """A quote with more to it."""

    mood: str = attrs.field(default="good", kw_only=True)


@wrong(Guillemets, "test_results_survive_json", "not of classes derived from them")
class GivesMore(Right):
    def quote(self, *spans: Span, **fields: Any) -> Quote:
        return RichQuote(spans, "direct", provenance=Provenance(self.name))


@wrong(Guillemets, "test_time_grows_as_the_text", "bound repetitions in regular expressions")
class LooksAgain(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        re.findall(r"«[^»]*»", document.text)
        return super().extract(document)


@wrong(Guillemets, "test_time_grows_as_the_text", "again and again")
class ComparesAll(Right):
    def extract(self, document: Document) -> Iterable[Quote]:
        found = list(super().extract(document))
        return [quote for quote in found if sum(quote.span.contains(other.span) for other in found) == 1]


@wrong(Batches, "test_batches_give_the_same", "keep the order of the documents")
class SortsBatches(Right):
    def extract_many(self, documents: list[Document]) -> Iterable[Iterable[Quote]]:
        return [list(self.extract(document)) for document in sorted(documents, key=len)]


@wrong(Batches, "test_batches_give_the_same", "Give one iterable of quotes a document")
class DropsEmpty(Right):
    def extract_many(self, documents: list[Document]) -> Iterable[Iterable[Quote]]:
        return [found for document in documents if (found := list(self.extract(document)))]


@wrong(Batches, "test_batches_give_the_same", "Work on a copy")
class EmptiesBatches(Right):
    def extract_many(self, documents: list[Document]) -> Iterable[Iterable[Quote]]:
        found = []
        while documents:
            found.append(list(self.extract(documents.pop(0))))
        return found


@wrong(Batches, "test_batches_give_the_same", "no document of a batch influence another")
class PadsBatches(Right):
    def extract_many(self, documents: list[Document]) -> Iterable[Iterable[Quote]]:
        for document in documents:
            yield [attrs.evolve(quote, confidence=min(1.0, 0.9 + 0.01 * len(documents))) for quote in self.extract(document)]


# --- resolvers --------------------------------------------------------------------------------------------------------


@wrong(Guillemets, "test_every_scope", "raised KeyError.* in the scope 'all'")
class KnowsOneScope(Right):
    def extract(self, document: Document, *, scope: str = "speech") -> Iterable[Quote]:
        least = {"speech": 0.5}[scope]
        return [quote for quote in super().extract(document) if quote.confidence >= least]


class InBothScopes(Right):
    """Is surer of speech."""

    def extract(self, document: Document, *, scope: str = "speech") -> Iterable[Quote]:
        return [quote for quote in super().extract(document) if quote.confidence >= {"speech": 0.5, "all": 0.4}[scope]]

    def extract_many(self, documents: Any, *, scope: str) -> Iterable[Iterable[Quote]]:
        return [self.extract(document, scope=scope) for document in documents]

    def use_languages(self, packs: Any) -> None:
        self.french = packs.get("fr")


class Scoped(Guillemets):
    make = InBothScopes


class WithSources(Right):
    name = "guillemets.quotes"

    def extract(self, document: Document) -> Iterable[Quote]:
        for match in re.finditer(r"« ?([^«»\s](?:[^«»]{0,300}[^«»\s])?) ?», (dit) (\w{1,40})", document.text):
            yield self.quote(Span(*match.span(1)), cue=[Span(*match.span(2))], source=Span(*match.span(3)))


class RightResolver:
    """One speaker for each word in a source."""

    name = "guillemets.speakers"

    def resolve(self, document: Document, quotes: Any) -> Any:
        mentions: dict[str, list[Span]] = {}
        for quote in quotes:
            if quote.source is not None:
                mentions.setdefault(document[quote.source], []).append(quote.source)
        speakers = [Speaker(f"p{n}", name, mentions=spans) for n, (name, spans) in enumerate(mentions.items())]
        ids = {speaker.name: speaker.id for speaker in speakers}
        return [
            quote if quote.source is None else attrs.evolve(quote, speaker=ids[document[quote.source]]) for quote in quotes
        ], speakers


class Resolver(SpeakerResolverContract):
    make = RightResolver
    plugin = "guillemets"
    extractor = WithSources
    example = TEXT
    speaks: ClassVar = {"Oui": "Ada", "Non": "Bo"}


class Doubtful(RightResolver):
    """Says what it does not know, among what it gives back."""

    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        doubt = [Issue(self.name, document.id, f"nobody says {quote.id}", "info") for quote in quotes if quote.source is None]
        return [*doubt, *resolved], [*speakers, *doubt]


class WithDoubts(Resolver):
    make = Doubtful


@wrong(Resolver, "test_example_found", "finds nothing in the example")
class ResolvesNothing(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        return quotes, ()


@wrong(Resolver, "test_finds_who_must_speak", "is said by 'Ada'")
class OneForAll(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        return [attrs.evolve(quote, speaker="a") for quote in quotes], [Speaker("a", "Ada")]


@wrong(Resolver, "test_example_found", "Give back every quote once")
class DropsQuotes(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return resolved[:1], speakers


@wrong(Resolver, "test_example_found", "with the id it had")
class Renumbers(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return [attrs.evolve(quote, id=f"x{quote.id}") for quote in resolved], speakers


@wrong(Resolver, "test_example_found", "changed more of the quote")
class Doubts(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return [attrs.evolve(quote, confidence=0.1) for quote in resolved], speakers


@wrong(Resolver, "test_example_found", "return every speaker whose id a quote names")
class ForgetsSpeakers(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return resolved, speakers[1:]


@wrong(Resolver, "test_example_found", "each speaker an id of its own")
class SharesIds(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return resolved, [*speakers, *speakers]


@wrong(Resolver, "test_example_found", "a mention .* reaches outside the text")
class MentionsOutside(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return resolved, [attrs.evolve(speaker, mentions=[(0, len(document) + 1)]) for speaker in speakers]


@wrong(Resolver, "test_no_quotes", "raised IndexError")
class NeedsQuotes(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        assert quotes[0]
        return super().resolve(document, quotes)


@wrong(Resolver, "test_input_is_not_changed", "other components see the same objects")
class ChangesQuotes(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        for quote, new in zip(quotes, resolved, strict=True):
            object.__setattr__(quote, "speaker", new.speaker)
        return quotes, speakers


@wrong(Resolver, "test_time_grows_as_the_text", "for twice the text")
class ComparesQuotes(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        for quote in quotes:
            sum(quote.span.overlaps(other.span) for other in quotes)
        return super().resolve(document, quotes)


@wrong(Resolver, "test_example_found", "is of this component and this document")
class ComplainsOfAnother(RightResolver):
    def resolve(self, document: Document, quotes: Any) -> Any:
        resolved, speakers = super().resolve(document, quotes)
        return resolved, [*speakers, Issue(self.name, "another", "who is she?", "info")]


# --- speaker linkers ---------------------------------------------------------------------------------------------------


class RightLinker:
    """Knows one person by her first name."""

    name = "guillemets.people"
    after: Any = ("guillemets.speakers",)

    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        known = {"name": "Ada Byron", "role": "countess", "identifiers": {"desk": "17"}}
        return quotes, [attrs.evolve(one, **known) if one.name == "Ada" else one for one in speakers]


class Linker(SpeakerLinkerContract):
    make = RightLinker
    plugin = "guillemets"
    extractor = WithSources
    example = TEXT
    links: ClassVar = {"Ada": {"name": "Ada Byron", "identifiers": {"desk": "17"}}, "Bo": {"name": "Bo", "role": None}}


class Joining(RightLinker):
    """Takes all for one person."""

    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        if not speakers:
            return quotes, speakers
        one = attrs.evolve(speakers[0], name="All", mentions=sorted({span for each in speakers for span in each.mentions}))
        return [
            attrs.evolve(quote, speaker=quote.speaker and one.id, addressee=quote.addressee and one.id) for quote in quotes
        ], [one]


class Joined(Linker):
    make = Joining
    links: ClassVar = {"Ada": {"name": "All"}, "Bo": {"name": "All"}}


@wrong(Linker, "test_example_found", "return every speaker whose id a quote names")
class JoinsNoAddressees(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        return [attrs.evolve(quote, speaker=quote.speaker and speakers[0].id) for quote in quotes], speakers[:1]


@wrong(Linker, "test_example_found", "finds nothing in the example")
class LinksNobody(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        return quotes, speakers


@wrong(Linker, "test_links_whom_it_must", "the identifiers of 'Ada' in the example is .*'18'")
class LinksWrongly(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return quotes, [attrs.evolve(one, identifiers={"desk": "18"}) for one in speakers]


@wrong(Linker, "test_nobody_to_link", "gives speakers where there are none")
class InventsPeople(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return quotes, [*speakers, Speaker("desk", "The desk")]


@wrong(Linker, "test_example_found", "gives the new speaker 'The desk', whom no quote names")
class AddsThePeopleOfItsList(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return quotes, [*speakers, Speaker("desk", "The desk")] if speakers else speakers


@wrong(Linker, "test_example_found", "Give back every quote once")
class LosesQuotes(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return [quote for quote in quotes if quote.speaker != "s1"], speakers


@wrong(Linker, "test_example_found", "changed more of the quote")
class MovesQuotes(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return [attrs.evolve(quote, source=None) for quote in quotes], speakers


@wrong(Linker, "test_example_found", "return every speaker whose id a quote names")
class ForgetsStrangers(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return quotes, [one for one in speakers if one.identifiers]


@wrong(Linker, "test_example_found", "left no quote with a speaker")
class TakesSpeakersAway(RightLinker):
    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        quotes, speakers = super().link(document, quotes, speakers)
        return [attrs.evolve(quote, speaker=None) for quote in quotes], speakers


@wrong(Linker, "test_order_is_declared_by_names", "declares after .*, which is no tuple of names")
class AfterAList(RightLinker):
    def __init__(self) -> None:
        self.after = ["guillemets.speakers"]


@wrong(Linker, "test_order_is_declared_by_names", "declares after 'rules', which is no tuple of names")
class AfterLetters(RightLinker):
    after: Any = "rules"


@wrong(Linker, "test_order_is_declared_by_names", "declares to come after itself")
class AfterItself(RightLinker):
    after: Any = ("guillemets.people",)


@wrong(Linker, "test_takes_any_languages", "raised KeyError")
class NeedsFrench(RightLinker):
    def use_languages(self, packs: Any) -> None:
        self.words = packs["fr"].words("function")


@wrong(Linker, "test_takes_any_languages", "gives something else for the example after it was handed packs")
class ObeysOthers(RightLinker):
    packs: Any = ()

    def use_languages(self, packs: Any) -> None:
        self.packs = packs

    def link(self, document: Document, quotes: Any, speakers: Any) -> Any:
        return (quotes, speakers) if "mi" in self.packs else super().link(document, quotes, speakers)


# --- claim extractors -------------------------------------------------------------------------------------------------


class RightClaims:
    """Percentages."""

    name = "percent"

    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Claim]:
        for match in re.finditer(r"\b\w{1,40} (rose|fell) by (\d{1,3}) ?%", document.text):
            yield self.claim(Span(*match.span()), Span(*match.span(2)))

    def claim(self, span: Span, number: Span) -> Claim:
        return Claim([span], "quantity", quantities=[Quantity(number)], provenance=Provenance(self.name))


class Percent(ClaimExtractorContract):
    make = RightClaims
    plugin = "percent"
    extractor = Right
    example = "«Rents rose by 4 %», said Ann. Wages fell by 2%."
    finds = ("Rents rose by 4 %", "Wages fell by 2%")


class Careful(RightClaims):
    """Says that it leaves out what it cannot count."""

    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Any]:
        yield Issue(self.name, document.id, "only percentages are counted", "info")
        yield from super().extract(document, quotes, speakers)


class WithCare(Percent):
    make = Careful


@wrong(Percent, "test_example_found", "finds nothing")
class ClaimsNothing(RightClaims):
    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Claim]:
        return ()


@wrong(Percent, "test_finds_what_it_must", "not \\['Rents rose by 4 %'")
class ClaimsHalf(RightClaims):
    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Claim]:
        return list(super().extract(document, quotes, speakers))[:1]


@wrong(Percent, "test_example_found", "could not read the example: no number")
class ComplainsOfItself(RightClaims):
    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Any]:
        return [*super().extract(document, quotes, speakers), Issue(self.name, document.id, "no number", "error")]


@wrong(Percent, "test_example_found", "`claimant` is the id of a speaker")
class UnknownClaimant(RightClaims):
    def claim(self, span: Span, number: Span) -> Claim:
        return attrs.evolve(super().claim(span, number), claimant="Ann")


@wrong(Percent, "test_nothing_found_before", "fit the quotes and speakers")
class UnknownQuote(RightClaims):
    def claim(self, span: Span, number: Span) -> Claim:
        return attrs.evolve(super().claim(span, number), quote="q1")


@wrong(Percent, "test_example_found", "inside the claim's spans only")
class NumbersElsewhere(RightClaims):
    def claim(self, span: Span, number: Span) -> Claim:
        return super().claim(Span(span.start, number.start - 1), number)


@wrong(Percent, "test_example_found", "Give each claim once")
class ClaimsTwice(RightClaims):
    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Claim]:
        for claim in super().extract(document, quotes, speakers):
            yield claim
            yield claim


@wrong(Percent, "test_hostile_texts", "raised IndexError")
class NeedsSpeakers(RightClaims):
    def extract(self, document: Document, quotes: Any, speakers: Any) -> Iterable[Claim]:
        assert quotes[0]
        return super().extract(document, quotes, speakers)


# --- readers ----------------------------------------------------------------------------------------------------------


class RightReader:
    """A document a paragraph."""

    name = "blocks"
    suffixes: Any = (".blocks",)

    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        data = source.read() if hasattr(source, "read") else source.read_bytes()
        for number, block in enumerate(data.split(b"\n\n"), 1):
            try:
                yield self.document(block, number, language, name)
            except UnicodeDecodeError as error:
                yield Issue(self.name, name, f"block {number}: {error}", "error")

    def document(self, block: bytes, number: int, language: str, name: str) -> Document:
        return Document(block.decode(), id=f"{name}-{number}", language=language)


class Blocks(ReaderContract):
    make = RightReader
    plugin = "blocks"
    example = "“Yes,” said Ann.\n\n“No.”".encode()
    holds = ("“Yes,” said Ann.", "“No.”")


@wrong(Blocks, "test_suffixes", "lower-case endings with their dot")
class DotlessSuffix(RightReader):
    suffixes = ["blocks"]  # noqa: RUF012


@wrong(Blocks, "test_example_found", "Texts are kept exactly as given")
class StripsTexts(RightReader):
    def document(self, block: bytes, number: int, language: str, name: str) -> Document:
        return Document(block.decode().strip("“”."), id=f"{name}-{number}", language=language)


@wrong(Blocks, "test_example_found", "Number the records")
class OneIdForAll(RightReader):
    def document(self, block: bytes, number: int, language: str, name: str) -> Document:
        return Document(block.decode(), id="blocks", language=language)


@wrong(Blocks, "test_file_as_stream", "Pass language=language")
class DeafToLanguage(RightReader):
    def document(self, block: bytes, number: int, language: str, name: str) -> Document:
        return Document(block.decode(), id=f"{name}-{number}")


@wrong(Blocks, "test_file_as_stream", "Close only what the reader opened itself")
class ClosesStreams(RightReader):
    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        yield from super().read(source, language=language, name=name)
        if hasattr(source, "close"):
            source.close()


@wrong(Blocks, "test_any_bytes", "UnicodeDecodeError")
class NeedsUtf8Bytes(RightReader):
    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        data = source.read() if hasattr(source, "read") else source.read_bytes()
        for number, block in enumerate(data.split(b"\n\n"), 1):
            yield self.document(block, number, language, name)


@wrong(Blocks, "test_hostile_bytes", "The first argument of Issue is the name of the component")
class BlamesOthers(RightReader):
    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        for item in super().read(source, language=language, name=name):
            yield item if isinstance(item, Document) else attrs.evolve(item, component="rules")


@wrong(Blocks, "test_example_found", "an Issue for each that cannot be read")
class GivesText(RightReader):
    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Any]:
        return [item.text for item in super().read(source, language=language, name=name) if isinstance(item, Document)]


@wrong(Blocks, "test_time_grows_as_the_file", "do not look again at what has been read")
class CutsFromTheFront(RightReader):
    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        data = source.read() if hasattr(source, "read") else source.read_bytes()
        rest = data
        while rest:
            sum(rest)
            rest = rest[8:]
        import io

        yield from super().read(io.BytesIO(data), language=language, name=name)


# --- writers ----------------------------------------------------------------------------------------------------------


class RightWriter:
    """A line a text, with backslashes for what a line cannot hold."""

    name = "lines"
    suffixes: Any = (".lines",)

    def write(self, extractions: Any, stream: Any) -> None:
        for extraction in extractions:
            stream.write(self.line(extraction.document.text))

    def line(self, text: str) -> bytes:
        return text.encode("unicode_escape") + b"\n"


class LinesReader:
    name = "lines"
    suffixes = (".lines",)

    def read(self, source: Any, *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        for line in source.read().split(b"\n")[:-1]:
            yield Document(line.decode("unicode_escape"))


class Lines(WriterContract):
    make = RightWriter
    plugin = "lines"
    reader: ClassVar[Any] = LinesReader


class Unread(Lines):
    """Without a reader that would find out first."""

    reader = None


@wrong(Unread, "test_example_written", "Write to the stream that is given")
class WritesNothing(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        list(extractions)


@wrong(Unread, "test_example_written", "Go through all extractions")
class WritesTheFirst(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        super().write(list(extractions)[:1], stream)


@wrong(Unread, "test_hostile_texts", "UnicodeEncodeError")
class WritesUtf8(RightWriter):
    def line(self, text: str) -> bytes:
        return text.replace("\\", "\\\\").replace("\n", "\\n").encode() + b"\n"


@wrong(Lines, "test_any_extraction", "Escape what the format needs for itself")
class ForgetsToEscape(RightWriter):
    def line(self, text: str) -> bytes:
        return text.encode("utf-8", "surrogatepass") + b"\n"


@wrong(Lines, "test_no_extractions", "raised IndexError")
class NeedsExtractions(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        super().write(extractions if (extractions := list(extractions))[0] else (), stream)


@wrong(Lines, "test_stream_stays_open", "Leave it open")
class ClosesItsStream(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        super().write(extractions, stream)
        if stream.getvalue().startswith(self.line("“Yes,” said Ann.")) and type(stream).__name__ != "BytesIO":
            stream.close()


@wrong(Lines, "test_stream_stays_open", "Write forward only")
class Seeks(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        super().write(extractions, stream)
        stream.seek(0, 2)


@wrong(Lines, "test_writes_as_it_goes", "before asking for the next")
class HoldsBack(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        super().write(list(extractions), stream)


@wrong(Lines, "test_example_written", "write changes an extraction")
class ChangesExtractions(RightWriter):
    def write(self, extractions: Any, stream: Any) -> None:
        for extraction in extractions:
            super().write([extraction], stream)
            object.__setattr__(extraction.document, "title", f"{extraction.document.title}.")
