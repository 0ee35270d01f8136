"""Every mistake turns the right check red, and the message says what to do; right components pass every check."""

from __future__ import annotations

import re

import pytest

from quoteminer.testing import ClaimExtractorContract, Contract, QuoteExtractorContract, SpeakerResolverContract
from quoteminer_rules.components import ClaimRules, QuoteRules, SpeakerRules

from . import defects

CONTRACTS = (
    defects.Guillemets,
    defects.Batches,
    defects.WithIssues,
    defects.Scoped,
    defects.Resolver,
    defects.WithDoubts,
    defects.Linker,
    defects.Joined,
    defects.Percent,
    defects.WithCare,
    defects.Blocks,
    defects.Lines,
)


def checks(contract: type[Contract]) -> list[str]:
    return sorted(name for name in dir(contract) if name.startswith("test_"))


def contract_of(component: type, contract: type[Contract]) -> Contract:
    made: Contract = type(f"Test{component.__name__}", (contract,), {"make": component, "seconds": 4.0})()
    return made


@pytest.mark.parametrize(("contract", "check"), [(contract, check) for contract in CONTRACTS for check in checks(contract)])
def test_right_components_pass(contract, check):
    getattr(contract(), check)()


@pytest.mark.parametrize(
    ("component", "contract", "check", "message"), defects.DEFECTS, ids=lambda item: getattr(item, "__name__", "")
)
def test_mistake_is_found(component, contract, check, message):
    with pytest.raises(AssertionError) as caught:
        getattr(contract_of(component, contract), check)()
    text = str(caught.value)
    assert re.search("\n  To do: [A-Z“`].+", text), text
    assert re.search(message, text), text


def test_each_check_finds_some_mistake():
    """A check that no mistake turns red may as well check nothing."""
    assert {check for contract in CONTRACTS for check in checks(contract)} == {check for _, _, check, _ in defects.DEFECTS}


def test_a_class_without_factory_or_example_is_told_so():
    class Bare(QuoteExtractorContract):
        pass

    with pytest.raises(AssertionError, match="make = YourComponent"):
        Bare().test_same_result_again()
    Bare.make = defects.Right
    with pytest.raises(AssertionError, match="Write `example ="):
        Bare().test_example_found()


def test_factories_of_all_kinds():
    class FromClass(QuoteExtractorContract):
        make = defects.Right

    class FromFunction(QuoteExtractorContract):
        make = lambda: defects.Right()  # noqa: E731, PLW0108

    class FromMethod(QuoteExtractorContract):
        def make(self):
            return defects.Right()

    class FromStatic(QuoteExtractorContract):
        @staticmethod
        def make():
            return defects.Right()

    for contract in (FromClass, FromFunction, FromMethod, FromStatic):
        assert contract().component().name == "guillemets.quotes"


@pytest.mark.parametrize(
    "extractor", ["rules", "rules.quotes", QuoteRules, QuoteRules()], ids=["plugin", "component", "class", "object"]
)
@pytest.mark.parametrize(("contract", "rules"), [(SpeakerResolverContract, SpeakerRules), (ClaimExtractorContract, ClaimRules)])
def test_the_extractor_of_an_example_is_named_or_given(contract, rules, extractor):
    example = "“Rents rose by 4% in May,” said Ann Lee."
    ours = type("Ours", (contract,), {"make": rules, "example": example, "extractor": extractor})()
    document, quotes, *_ = ours._example_inputs()
    assert [quote.text(document) for quote in quotes] == ["Rents rose by 4% in May,"]
    ours.test_example_found()


@pytest.mark.parametrize(
    ("extractor", "message"),
    [
        ("nonesuch", "`extractor` is 'nonesuch', of which no plugin can be used: .*nonesuch"),
        ("rules.speakers", "`extractor` is 'rules.speakers'; that plugin brings rules.quotes"),
        (5, "`extractor` is 5, which is no quote extractor"),
        (SpeakerRules, "SpeakerRules'>, which is no quote extractor"),
    ],
)
def test_an_extractor_that_is_none_is_one_clear_failure(extractor, message):
    class Ours(SpeakerResolverContract):
        make = SpeakerRules
        example = "“It works,” said Ann Lee."

    Ours.extractor = extractor
    with pytest.raises(AssertionError, match=message) as caught:
        Ours().test_example_found()
    assert "To do: Give the class of a quote extractor, or the name" in str(caught.value)
