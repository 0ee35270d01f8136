"""The pieces of work that are timed: each component of the plugins in use alone, then all of them through the Miner, and the rules so."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from quoteminer import Document, Extraction, Miner

BATCH = 32
RULES = "rules"
WHOLE = "whole Miner"

Work = Callable[[], object]


@attrs.frozen
class Part:
    """One piece of work. ``ready`` makes what the work needs, so that only the work itself is timed."""

    kind: str
    name: str
    ready: Callable[[], Work]


def choices() -> list[tuple[str, ...]]:
    """The active plugins, all together; before them the bundled rules alone, where there are others."""
    # As they are named, but for the rules, to which others are added.
    active = sorted((info.name for info in Miner().plugins() if info.status == "active"), key=lambda name: (name != RULES, name))
    return [*([(RULES,)] if RULES in active and len(active) > 1 else []), tuple(active)]


def parts(documents: Sequence[Document], workers: int | None = None) -> list[Part]:
    """Every part that the installed plugins give, on these documents.

    Args:
        documents: what to work on.
        workers: processes that mine what resolvers and claim extractors start from.
    """
    # A component that fails is not fast: the benchmark shall end, not time it.
    miner = Miner(on_error="raise")
    found = [
        Part("quote extractor", component.name, functools.partial(functools.partial, _extract, component, documents))
        for component in miner.components("quoteminer_quote_extractors")
    ]
    found += [
        Part("speaker resolver", component.name, functools.partial(_resolving, component, miner, documents, workers))
        for component in miner.components("quoteminer_speaker_resolvers")
    ]
    found += [
        Part("claim extractor", component.name, functools.partial(_claiming, component, miner, documents, workers))
        for component in miner.components("quoteminer_claim_extractors")
    ]
    return [*found, *(_whole(names, documents) for names in choices())]


def _whole(names: Sequence[str], documents: Sequence[Document]) -> Part:
    miner = Miner(names, on_error="raise")
    return Part("all", f"{WHOLE}, {' + '.join(names)}", lambda: lambda: _exhaust(miner.mine_many(documents)))


def _exhaust(results: Any) -> None:
    deque(results, maxlen=0)


def _extract(extractor: Any, documents: Sequence[Document]) -> None:
    if hasattr(extractor, "extract_many"):
        for start in range(0, len(documents), BATCH):
            for quotes in extractor.extract_many(documents[start : start + BATCH]):
                _exhaust(quotes)
    else:
        for document in documents:
            _exhaust(extractor.extract(document))


def _resolving(resolver: Any, miner: Miner, documents: Sequence[Document], workers: int | None) -> Work:
    given = [
        (extraction.document, tuple(attrs.evolve(quote, speaker=None, addressee=None) for quote in extraction.quotes))
        for extraction in _mined(miner, documents, workers)
    ]
    return lambda: [resolver.resolve(document, quotes) for document, quotes in given]


def _claiming(claimer: Any, miner: Miner, documents: Sequence[Document], workers: int | None) -> Work:
    given = _mined(miner, documents, workers)
    return lambda: [list(claimer.extract(item.document, item.quotes, item.speakers)) for item in given]


def _mined(miner: Miner, documents: Sequence[Document], workers: int | None) -> list[Extraction]:
    return list(miner.mine_many(documents, workers=workers))
