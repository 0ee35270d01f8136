"""How the contracts call a component: everything it gives is listed, within bounds of time and number."""

from __future__ import annotations

import contextlib
import io
import itertools
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from ..annotations import Claim, Issue, Quote, Speaker
from ..document import Document
from ..extraction import Extraction
from ..plugins.hookspecs import hookimpl
from ..plugins.offers import offer
from ..plugins.protocols import most_results
from ..vocabulary import Scope

T = TypeVar("T")


class Overdue(BaseException):
    """A component is over its time; no ``except Exception`` in it may swallow this."""


class EndlessError(Exception):
    """An iterable gives more than can be meant."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise :class:`Overdue` when the block takes longer; only where there are alarms, in the main thread.

    Regular expressions look for signals on their way, so that one that runs away is stopped as well.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise Overdue

    before = signal.signal(signal.SIGALRM, ring)
    remaining, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, remaining)
        signal.signal(signal.SIGALRM, before)


def listed(items: Iterable[T], text: str) -> list[T]:
    """All items, of which a text of this length cannot have more than this many."""
    most = most_results(len(text))
    found = list(itertools.islice(iter(items), most + 1))
    if len(found) > most:
        raise EndlessError(f"more than {most} results for {len(text)} characters")
    return found


def parted(items: Iterable[T | Issue]) -> tuple[list[T], list[Issue]]:
    """What a component found, and what it says went wrong."""
    found: list[T] = []
    issues: list[Issue] = []
    for item in items:
        if isinstance(item, Issue):
            issues.append(item)
        else:
            found.append(item)
    return found, issues


def extract(component: Any, document: Document, scope: Scope = "speech") -> list[Quote | Issue]:
    """What a quote extractor finds."""
    return listed(component.extract(document, **offer(component.extract, {"scope": scope})), document.text)


def resolve(component: Any, document: Document, quotes: Sequence[Quote]) -> tuple[list[Quote | Issue], list[Speaker | Issue]]:
    """What a resolver makes of quotes."""
    resolved, speakers = component.resolve(document, quotes, **offer(component.resolve, {"scope": "speech", "speakers": ()}))
    return listed(resolved, document.text), listed(speakers, document.text)


def claim(component: Any, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> list[Claim | Issue]:
    """What a claim extractor finds."""
    return listed(component.extract(document, quotes, speakers, **offer(component.extract, {"scope": "speech"})), document.text)


def link(
    component: Any, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]
) -> tuple[list[Quote | Issue], list[Speaker | Issue]]:
    """What a linker makes of quotes and speakers."""
    linked, people = component.link(document, quotes, speakers, **offer(component.link, {"scope": "speech"}))
    return listed(linked, document.text), listed(people, document.text)


def read(component: Any, data: bytes, **options: str) -> list[Document | Issue]:
    """What a reader makes of a stream."""
    return list(component.read(io.BytesIO(data), **options))


def write(component: Any, extractions: Sequence[Extraction]) -> bytes:
    """What a writer writes."""
    stream = io.BytesIO()
    component.write(iter(extractions), stream)
    return stream.getvalue()


class Given:
    """A quote extractor that gives what it was made with, for the tests of what comes after it."""

    def __init__(self, name: str, quotes: Sequence[Quote]) -> None:
        self.name = name
        self._quotes = quotes

    def extract(self, document: Document) -> Iterable[Quote]:
        """The quotes given, as far as they lie in the document."""
        return [quote for quote in self._quotes if quote.content[-1].end <= len(document)]


class Plugin:
    """A plugin made of components, to be handed to a :class:`quoteminer.Miner` as it is."""

    def __init__(
        self,
        name: str,
        *,
        quotes: Sequence[Any] = (),
        speakers: Sequence[Any] = (),
        linkers: Sequence[Any] = (),
        claims: Sequence[Any] = (),
    ) -> None:
        self.plugin_name = name
        self._quotes = quotes
        self._speakers = speakers
        self._linkers = linkers
        self._claims = claims

    @hookimpl
    def quoteminer_quote_extractors(self) -> Sequence[Any]:
        """The extractors given."""
        return self._quotes

    @hookimpl
    def quoteminer_speaker_resolvers(self) -> Sequence[Any]:
        """The resolvers given."""
        return self._speakers

    @hookimpl
    def quoteminer_speaker_linkers(self) -> Sequence[Any]:
        """The linkers given."""
        return self._linkers

    @hookimpl
    def quoteminer_claim_extractors(self) -> Sequence[Any]:
        """The claim extractors given."""
        return self._claims
