"""The neural extractor keeps the contract of all extractors."""

from __future__ import annotations

from quoteminer.testing import QuoteExtractorContract
from quoteminer_neural.components import NeuralQuotes


class TestNeuralQuotes(QuoteExtractorContract):
    make = NeuralQuotes
    plugin = "neural"
    example = "“The bridge is safe,” Ada Byron said. The minister said that taxes would rise."
