"""What the host does about one component: gets all of its results, checks them, limits its time, undoes what it changed.

Each function raises what is wrong; the Miner makes an issue of it.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import attrs

from .annotations import Claim, Extraction, Quote, Speaker, check_claims
from .document import Document, FrozenDict
from .errors import AnnotationError, SpanError
from .protocols import most_results
from .spans import Span

T = TypeVar("T")
#: What a resolver leaves as it is.
_SETTLED: Final = ("content", "kind", "cue", "source", "parent", "modality", "confidence")


class Kept:
    """A document and annotations as they were, to undo what a component does to them behind the back of frozen classes."""

    def __init__(self, document: Document, given: Iterable[Quote | Speaker] = ()) -> None:
        items: list[Any] = [document, document.metadata, *given]
        self._items = [
            (item, names, [getattr(item, name) for name in names]) for item in items for names in (_FIELDS[type(item)],)
        ]

    def restored(self) -> str | None:
        """What had been changed, if anything, which is as before now."""
        changed = None
        for item, names, values in self._items:
            for name, value in zip(names, values, strict=True):
                if getattr(item, name) is not value:
                    object.__setattr__(item, name, value)
                    changed = f"{type(item).__name__}.{name}"
        return changed


class _Names(dict[type[Any], tuple[str, ...]]):
    def __missing__(self, kind: type[Any]) -> tuple[str, ...]:
        names = ("_items",) if issubclass(kind, FrozenDict) else tuple(field.name for field in attrs.fields(kind))
        self[kind] = names
        return names


_FIELDS: Final = _Names()


def takes_batches(extractor: Any) -> bool:
    """Whether an extractor has ``extract_many``."""
    try:
        return hasattr(extractor, "extract_many")
    except Exception:  # a property of a foreign class
        return False


def _all_of(results: Iterable[T], document: Document) -> list[T]:
    """All results, unless there are more than the text can hold: nobody waits for the end of an endless iterator."""
    size = len(document.text)
    most = most_results(size)
    found = list(itertools.islice(results, most + 1))
    if len(found) > most:
        raise ValueError(f"gave more than {most:,} results for a text of {size:,} code points")
    return found


def extract(extractor: Any, document: Document, given: Iterable[Quote] | None = None) -> list[Quote]:
    """The quotes of a document, checked; those that are ``given`` where a batch was extracted already."""
    quotes = _all_of(extractor.extract(document) if given is None else given, document)
    size = len(document.text)
    for quote in quotes:
        if not isinstance(quote, Quote):
            raise TypeError(f"expected a Quote, got {quote!r}")
        _inside(quote.content, size, "Quote.content")
        _inside(quote.cue, size, "Quote.cue")
        if quote.source is not None and quote.source.end > size:
            _inside((quote.source,), size, "Quote.source")
        if quote.speaker is not None or quote.addressee is not None:
            raise AnnotationError(
                "Quote.speaker: an extractor gives the source mention; speakers and addressees come from a resolver",
                "Quote.speaker",
                quote.speaker or quote.addressee,
            )
    _check_parents(quotes)
    return quotes


def _check_parents(quotes: list[Quote]) -> None:
    """A parent is the local id of exactly one quote of the same extractor."""
    counts: Counter[str] | None = None
    for quote in quotes:
        if quote.parent is not None:
            counts = counts or Counter([other.id for other in quotes])
            if counts[quote.parent] != 1:
                what = "which is used twice" if counts[quote.parent] else "which is not there"
                raise AnnotationError(
                    f"Quote.parent: {quote.id!r} refers to {quote.parent!r}, {what}", "Quote.parent", quote.parent
                )


def silence(extractor: Any, scope: str) -> float | None:
    """What an extractor says its silence tells in a scope; ``None`` where it does not say."""
    told = getattr(extractor, "silence", None)
    factor = told.get(scope) if isinstance(told, Mapping) else told
    if factor is None:
        return None
    if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not 0 < factor <= 1:
        raise ValueError(f"silence: {factor!r} is not a number above 0 and at most 1")
    return float(factor)


def extract_many(extractor: Any, documents: list[Document]) -> list[list[Quote]]:
    """The quotes of each document of a batch; they are checked by :func:`extract`."""
    found: list[list[Quote]] = []
    for quotes in extractor.extract_many(list(documents)):
        if len(found) == len(documents):
            raise ValueError(f"extract_many gave more results than the {len(documents)} documents")
        found.append(_all_of(quotes, documents[len(found)]))
    if len(found) < len(documents):
        raise ValueError(f"extract_many gave {len(found)} results for {len(documents)} documents")
    return found


def resolve(
    resolver: Any, document: Document, quotes: Sequence[Quote], known: Sequence[Speaker]
) -> tuple[list[Quote], list[Speaker]]:
    """The quotes with their speakers, checked, and the speakers, with those ``known`` before that the resolver does not name."""
    resolved, speakers = resolver.resolve(document, tuple(quotes))
    resolved, speakers = _all_of(resolved, document), _all_of(speakers, document)
    if {quote.id for quote in resolved} != {quote.id for quote in quotes} or len(resolved) != len(quotes):
        raise ValueError("a resolver must give back the quotes it got, with the same ids")
    before = {quote.id: quote for quote in quotes}
    for quote in resolved:
        for field in () if quote is before[quote.id] else _SETTLED:
            if getattr(quote, field) != getattr(before[quote.id], field):
                raise AnnotationError(
                    f"Quote.{field}: a resolver sets speaker and addressee; it changed {quote.id!r}", f"Quote.{field}", quote
                )
    ids = {speaker.id for speaker in speakers}
    speakers += [speaker for speaker in known if speaker.id not in ids]
    # The constructor checks everything that a resolver could get wrong.
    checked = Extraction(document, resolved, speakers)
    return list(checked.quotes), list(checked.speakers)


def claim(claimer: Any, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> list[Claim]:
    """The claims of a document, checked."""
    claims = _all_of(claimer.extract(document, tuple(quotes), tuple(speakers)), document)
    check_claims(document, claims, {quote.id for quote in quotes}, {speaker.id for speaker in speakers})
    return claims


def _inside(spans: Iterable[Span], size: int, field: str) -> None:
    for span in spans:
        if span.end > size:
            raise SpanError(f"{field}: {span} reaches outside the text of {size} code points", field, span)


def within(work: Callable[[], Any], limit: float) -> Any:
    """Run ``work`` in a thread of its own for at most ``limit`` seconds."""
    outcome: list[Any] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            failure.append(error)

    started = time.monotonic()
    thread = threading.Thread(target=run, name="quoteminer-component", daemon=True)
    thread.start()
    thread.join(limit)
    if thread.is_alive():
        raise TimeoutError(f"over its time limit of {limit:g} s (gave up after {time.monotonic() - started:.1f} s)")
    if failure:
        raise failure[0]
    return outcome[0]
