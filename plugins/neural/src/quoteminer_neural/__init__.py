"""Trained extractors of quotations and claims, run by onnxruntime.

A text passes through ``pieces`` and ``encoding`` (what the model sees), ``windows``, ``network`` (the model), ``decoding`` (spans) and
``spelling`` (exact edges). ``weights`` reads the model from ``data``; where it cannot, :class:`WeightsError`
names the file. ``claims`` has a model of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import quoteminer

from .errors import WeightsError

if TYPE_CHECKING:
    from .claims.components import NeuralClaims
    from .components import NeuralQuotes

__all__ = ["WeightsError", "plugin_name", "quoteminer_claim_extractors", "quoteminer_quote_extractors"]

#: Its name where the module itself is handed to a Miner, the same as that of the entry point.
plugin_name: Final = "neural"


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterable[NeuralQuotes]:
    """The extractor ``neural.quotes``."""
    from .components import NeuralQuotes

    return (NeuralQuotes(),)


@quoteminer.hookimpl
def quoteminer_claim_extractors() -> Iterable[NeuralClaims]:
    """The extractor ``neural.claims``."""
    from .claims.components import NeuralClaims

    return (NeuralClaims(),)
