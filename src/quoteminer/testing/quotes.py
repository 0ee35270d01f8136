"""The contract of quote extractors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any, ClassVar

from ..annotations import Issue, Quote, encloses
from ..document import Document
from ..plugins.offers import offer
from ..plugins.protocols import QuoteExtractor
from ..vocabulary import Scope
from . import running
from .contract import fail, shown
from .mining import MiningContract, check_provenance, check_spans, check_type
from .texts import HOSTILE

_PAIRS = {"“": "”", "‘": "’", "«": "»", "‹": "›", "»": "«", "›": "‹", "„": "“", "‚": "‘", "「": "」", "『": "』", '"': '"'}


class QuoteExtractorContract(MiningContract):
    """What the host and its users count on in a quote extractor.

    Attributes:
        make: the class of the extractor, or a function without arguments that makes one.
        example: a text, or a document, with at least one quotation that it finds.
        finds: the contents it must find in the example, as text, in any order; ``None`` for anything.
    """

    finds: ClassVar[Sequence[str] | None] = None
    _method = "extract"
    _protocol = QuoteExtractor
    _run = staticmethod(running.extract)

    def _inputs(self, document: Document) -> tuple[Any, ...]:
        return (document,)

    def _example_inputs(self) -> tuple[Any, ...]:
        return (self._document(),)

    def _adhoc(self, component: Any, inputs: tuple[Any, ...]) -> list[running.Plugin]:
        return [running.Plugin(component.name.partition(".")[0], quotes=[component])]

    def test_finds_what_it_must(self) -> None:
        """The contents named by ``finds`` are found, and no others."""
        if self.finds is None:
            return
        component = self.component()
        document = self._document()
        found = Counter(quote.text(document) for quote in self._result(component, (document,), "the example"))
        expected = Counter(self.finds)
        if found != expected:
            fail(
                f"{component.name} finds {sorted(found.elements())} in the example, not {sorted(expected.elements())}.",
                "Mend the component, or `finds`. Content leaves out the outermost quotation marks.",
            )

    def _check(self, component: Any, inputs: tuple[Any, ...], result: list[Quote], on: str) -> None:
        __tracebackhide__ = True
        document = inputs[0]
        for quote in result:
            check_type(component, quote, Quote, "extract", on)
        ids = Counter(quote.id for quote in result)
        by_id = {quote.id: quote for quote in result}
        for quote in result:
            for field, spans in (
                ("content", quote.content),
                ("cue", quote.cue),
                ("source", () if quote.source is None else (quote.source,)),
            ):
                check_spans(component, spans, document, field, on)
                if field == "content":
                    self._check_edges(component, quote, document, on)
            self._check_apart(component, quote, document, on)
            check_provenance(component, quote, on)
            if quote.speaker is not None or quote.addressee is not None:
                fail(
                    f"{component.name} sets speaker {quote.speaker!r} and addressee {quote.addressee!r}, on {on}.",
                    "Give the mention in `source`; a speaker resolver finds out who that is.",
                )
            if quote.parent is not None:
                if ids[quote.parent] != 1:
                    fail(
                        f"{component.name}: a quote names the parent {quote.parent!r}, which {ids[quote.parent]} quotes have as "
                        f"their id, on {on}.",
                        "Give each enclosing quote an id of its own and yield it as well.",
                    )
                if not encloses(by_id[quote.parent], quote):
                    fail(
                        f"{component.name}: the quote {shown(document[quote.span])} does not lie within its parent "
                        f"{shown(document[by_id[quote.parent].span])}, on {on}.",
                        "The parent is the quote in whose content another stands.",
                    )
                self._check_above(component, quote, by_id, on)
        if len(set(result)) < len(result):
            twice = next(quote for quote, count in Counter(result).items() if count > 1)
            fail(
                f"{component.name} gives the quote {shown(twice.text(document))} twice, on {on}.",
                "Give each quotation once; the host merges finds of different components only.",
            )

    def _check_above(self, component: Any, quote: Quote, by_id: Mapping[str, Quote], on: str) -> None:
        __tracebackhide__ = True
        seen = {quote.id}
        above: Quote | None = quote
        while above is not None and above.parent is not None:
            if above.parent in seen:
                fail(
                    f"{component.name}: the quote {quote.id!r} is in the end its own parent, on {on}.",
                    "A quote has another one around it as its parent; of two with the same words one at most has a parent.",
                )
            seen.add(above.parent)
            # A parent that is not there fails on its own.
            above = by_id.get(above.parent)

    def _check_edges(self, component: Any, quote: Quote, document: Document, on: str) -> None:
        __tracebackhide__ = True
        for span in quote.content:
            content = document[span]
            if content != content.strip():
                fail(
                    f"{component.name}: the content {shown(content)} begins or ends with a blank, on {on}.",
                    "Leave out white space at both ends of each span; where all of them look shifted, count Python code points, not bytes.",
                )
        if on != "the example":
            # Elsewhere a text may well quote marks: ANN: “Yes.”
            return
        content = document[quote.span]
        last = _PAIRS.get(content[0])
        around = document.text[: quote.span.start].rstrip()[-1:]
        if quote.kind == "direct" and len(content) > 2 and content[-1] == last and not {content[0], last} & set(content[1:-1]):
            if around not in _PAIRS:
                fail(
                    f"{component.name}: the content {shown(content)} stands within its quotation marks, on {on}.",
                    "Content leaves out the outermost quotation marks: start one code point later and end one earlier.",
                )

    def _check_apart(self, component: Any, quote: Quote, document: Document, on: str) -> None:
        __tracebackhide__ = True
        parts = [("content", quote.content), ("cue", quote.cue), ("source", () if quote.source is None else (quote.source,))]
        for number, (name, spans) in enumerate(parts):
            for other_name, others in parts[number + 1 :]:
                for span in spans:
                    for other in others:
                        if span.overlaps(other):
                            fail(
                                f"{component.name}: {name} {shown(document[span])} and {other_name} {shown(document[other])} "
                                f"share characters, on {on}.",
                                "A word is content, cue or source, never two of them; an attribution in the middle splits the "
                                "content into two spans.",
                            )
        for left, right in pairwise(quote.content):
            if not left.end <= right.start:
                fail(f"{component.name}: {left} and {right} are out of order, on {on}.", "Use quoteminer.Quote as it is.")

    def test_batches_give_the_same(self) -> None:
        """``extract_many``, where there is one, gives for each document what ``extract`` gives, in any order and size of batch."""
        component = self.component()
        if not hasattr(component, "extract_many"):
            return
        example = self._document()
        documents = [example, Document(""), Document("Nothing here."), Document(example.text + "\n\n" + example.text)]
        documents += [Document(HOSTILE[name]) for name in ("all marks", "lone surrogates")]
        expected = {document.id: self._result(component, (document,), "the example") for document in documents}
        for batch in (documents, documents[::-1], documents[:1], [], documents[2:] + documents[:2], [example, example]):
            given = list(batch)
            results = self._call(_batch, component, given, on=f"a batch of {len(batch)} documents")
            if given != batch:
                fail(f"{component.name}.extract_many changes the list it was given.", "Work on a copy: list(documents).")
            if len(results) != len(batch):
                fail(
                    f"{component.name}.extract_many gives {len(results)} results for {len(batch)} documents.",
                    "Give one iterable of quotes a document, also for documents without quotes.",
                )
            for document, quotes in zip(batch, results, strict=True):
                if quotes != expected[document.id]:
                    fail(
                        f"{component.name}.extract_many gives something else than extract, for {shown(document.text)} in a "
                        f"batch of {len(batch)}.",
                        "Let extract call extract_many([document]) or the other way round; keep the order of the documents, also "
                        "where you sort them by length, and let no document of a batch influence another.",
                    )

    def test_every_scope(self) -> None:
        """Where the extractor names ``scope``, both scopes give what the host can take, also on hostile texts."""
        component = self.component()
        if not offer(component.extract, {"scope": "speech"}):
            return
        example = self._document()
        scopes: tuple[Scope, ...] = ("speech", "all")
        for scope in scopes:
            for text in [example.text, *HOSTILE.values()]:
                document = example if text == example.text else Document(text)
                found = self._call(running.extract, component, document, scope, on=f"{shown(text)} in the scope {scope!r}")
                self._check(component, (document,), running.parted(found)[0], f"{shown(text)} in the scope {scope!r}")

    def test_documents_do_not_mix(self) -> None:
        """Two documents read at the same time, turn by turn, give what each gives alone."""
        component = self.component()
        example = self._document()
        documents = [example, Document("Well.\n\n" + example.text + "\n\n" + example.text)]
        alone = [self._result(component, (document,), "the example") for document in documents]
        together: list[list[Quote]] = [[], []]
        turns = [iter(component.extract(document, **offer(component.extract, {"scope": "speech"}))) for document in documents]
        for pair in zip_longest(*turns):
            for found, quote in zip(together, pair, strict=True):
                if quote is not None and not isinstance(quote, Issue):
                    found.append(quote)
        if together != alone:
            fail(
                f"{component.name}.extract mixes up two documents that are read at the same time.",
                "Keep what belongs to one document in local variables, not in self.",
            )


def _batch(component: Any, documents: list[Document]) -> list[list[Quote]]:
    return [
        running.parted(quotes)[0]
        for quotes in component.extract_many(documents, **offer(component.extract_many, {"scope": "speech"}))
    ]
