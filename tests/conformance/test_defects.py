"""Every mistake turns the right check red, and the message says what to do; right components pass every check."""

from __future__ import annotations

import re

import pytest

from quoteminer.testing import Contract, QuoteExtractorContract

from . import defects

CONTRACTS = (
    defects.Guillemets,
    defects.Batches,
    defects.Resolver,
    defects.Percent,
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
