"""The contract of claim extractors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import attrs

from ..annotations import Claim
from ..document import Document
from ..errors import QuoteminerError, describe
from ..extraction import Extraction
from ..plugins.protocols import ClaimExtractor
from . import running
from .contract import fail, shown
from .mining import MiningContract, check_provenance, check_spans, check_type, without
from .speakers import quotes_of_example, sample_quotes, speakers_for


class ClaimExtractorContract(MiningContract):
    """What the host and its users count on in a claim extractor.

    Attributes:
        make: the class of the extractor, or a function without arguments that makes one.
        example: a text or document with at least one claim, whose quotes are those that ``extractor`` finds, or where there is
            none, all extractors that are installed; or an extraction, whose quotes and speakers are used.
        extractor: the class of a quote extractor, or the name of an installed plugin (``"rules"``) or extractor (``"rules.quotes"``).
        finds: the claims it must find in the example, as text, in any order; ``None`` for anything.
    """

    extractor: ClassVar[Any] = None
    finds: ClassVar[Sequence[str] | None] = None
    _method = "extract"
    _protocol = ClaimExtractor
    _run = staticmethod(running.claim)

    def _inputs(self, document: Document) -> tuple[Any, ...]:
        return document, *speakers_for(document, sample_quotes(document))

    def _example_inputs(self) -> tuple[Any, ...]:
        document = self._document()
        if isinstance(self.example, Extraction):
            return document, self.example.quotes, self.example.speakers
        return document, *speakers_for(document, quotes_of_example(self.example, document, type(self).extractor))

    def _adhoc(self, component: Any, inputs: tuple[Any, ...]) -> list[running.Plugin]:
        given = running.Given("aa-given", [without(quote, "speaker", "addressee", "provenance") for quote in inputs[1]])
        return [
            running.Plugin("aa-given", quotes=[given]),
            running.Plugin(component.name.partition(".")[0], claims=[component]),
        ]

    def test_finds_what_it_must(self) -> None:
        """The claims named by ``finds`` are found, and no others."""
        if self.finds is None:
            return
        component = self.component()
        inputs = self._example_inputs()
        found = sorted(claim.text(inputs[0]) for claim in self._result(component, inputs, "the example"))
        if found != sorted(self.finds):
            fail(f"{component.name} finds {found} in the example, not {sorted(self.finds)}.", "Mend the component, or `finds`.")

    def test_nothing_found_before(self) -> None:
        """A document in which no quote and no speaker was found."""
        component = self.component()
        self._result(component, (self._document(), (), ()), "the example without quotes and speakers")

    def _check(self, component: Any, inputs: tuple[Any, ...], result: list[Claim], on: str) -> None:
        __tracebackhide__ = True
        document, quotes, speakers = inputs
        for claim in result:
            check_type(component, claim, Claim, "extract", on)
            check_spans(component, claim.spans, document, "a claim", on)
            check_provenance(component, claim, on)
            for what, item in [("quantity", q) for q in claim.quantities] + [("time", t) for t in claim.times]:
                check_spans(component, (item.span,), document, f"a {what}", on)
                if not any(span.contains(item.span) for span in claim.spans):
                    fail(
                        f"{component.name}: the {what} {shown(document[item.span])} stands outside its claim "
                        f"{shown(claim.text(document))}, on {on}.",
                        "Give the quantities and times inside the claim's spans only.",
                    )
        try:
            Extraction(document, quotes, speakers, [attrs.evolve(claim, id=f"c{n}") for n, claim in enumerate(result)])
        except QuoteminerError as error:
            fail(
                f"{component.name}.extract gives claims that do not fit the quotes and speakers it got, on {on}: {describe(error)}",
                "`claimant` is the id of a speaker, `quote` the id of a quote among the arguments, or None.",
            )
        spans = [(claim.spans, claim.kind) for claim in result]
        if len(set(spans)) < len(spans):
            fail(f"{component.name} gives a claim twice, on {on}.", "Give each claim once.")
