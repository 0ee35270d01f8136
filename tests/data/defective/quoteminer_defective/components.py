"""Components that fail when they are called."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import quoteminer
from quoteminer import Document, Quote, Speaker


class Extractor:
    """Gives what a function makes of a document."""

    def __init__(self, name: str, work: Callable[[Document], Iterable[Quote]]) -> None:
        self.name = name
        self._work = work

    def extract(self, document: Document) -> Iterable[Quote]:
        return self._work(document)


class Losing:
    """A resolver that gives no quote back."""

    name = "losing.speakers"

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        return (), ()


class Plugin:
    """A plugin of the components given."""

    def __init__(self, *extractors: Any, resolvers: Sequence[Any] = ()) -> None:
        self._extractors = extractors
        self._resolvers = resolvers

    @quoteminer.hookimpl
    def quoteminer_quote_extractors(self) -> Sequence[Any]:
        return self._extractors

    @quoteminer.hookimpl
    def quoteminer_speaker_resolvers(self) -> Sequence[Any]:
        return self._resolvers


def _raise(document: Document) -> Iterable[Quote]:
    yield Quote([(0, 1)], "direct")
    raise ValueError("half way")


def _change(document: Document) -> Iterable[Quote]:
    object.__setattr__(document, "text", "")
    return ()


def _hang(document: Document) -> Iterable[Quote]:
    time.sleep(60)
    return ()


raising = Plugin(Extractor("raising.quotes", _raise))
endless = Plugin(Extractor("endless.quotes", lambda document: itertools.repeat(Quote([(0, 1)], "direct"))))
outside = Plugin(Extractor("outside.quotes", lambda document: [Quote([(0, len(document) + 1)], "direct")]))
changing = Plugin(Extractor("changing.quotes", _change))
hanging = Plugin(Extractor("hanging.quotes", _hang))
losing = Plugin(resolvers=[Losing()])
misnamed = Plugin(Extractor("rules.quotes", lambda document: ()))
