"""What the host does about one component: gets all of its results, checks them, limits its time, undoes what it changed.

Each function raises what is wrong; the Miner makes an issue of it.
"""

from __future__ import annotations

import itertools
import operator
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from ..annotations import Claim, Issue, Provenance, Quantity, Quote, Speaker, Time, check_parents, own
from ..document import Document, with_old_scope
from ..errors import CONTAINED, AnnotationError, SpanError, shown
from ..extraction import Extraction, check_claims
from ..frozen import FrozenDict
from ..plugins.loaded import Loaded
from ..plugins.protocols import most_results
from ..spans import Span
from ..vocabulary import Scope

if TYPE_CHECKING:
    from ..merging.quotes import Silence

T = TypeVar("T")
A = TypeVar("A", Quote, Speaker, Claim, Issue)
#: What a resolver leaves as it is.
_SETTLED: Final = ("content", "kind", "cue", "source", "parent", "modality", "confidence")
#: Our frozen classes that may stand inside others, with the fields of each.
_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    Span: ("start", "end"),
    **{
        kind: tuple(field.name for field in attrs.fields(kind))
        for kind in (Document, Quote, Speaker, Claim, Issue, Provenance, Quantity, Time)
    },
}
#: All values of an object at once. This and the comparison by ``map`` run in C: every annotation passes here several times.
_VALUES: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {
    kind: operator.attrgetter(*names) for kind, names in _FIELDS.items()
}
_ATOMS: Final = frozenset({str, float, int, bool, type(None)})
#: What needs no look inside: nobody can change a mapping of ours unnoticed.
_SOUND: Final = _ATOMS | {FrozenDict}


class Kept:
    """A document and annotations as they were, with all values inside them, to undo what a component does to them behind the back of frozen classes.

    Values are kept in columns, one list a field: a long document has hundreds of thousands of spans, and an object for each would double what they take.
    """

    def __init__(self, document: Document, given: Iterable[Quote | Speaker] = ()) -> None:
        self._items: dict[type, list[Any]] = {}
        self._mappings: dict[int, tuple[FrozenDict, Mapping[str, Any], dict[str, Any]]] = {}
        shared: set[int] = set()
        waiting: list[Any] = [document, *given]
        while waiting:
            item = waiting.pop()
            kind = type(item)
            if kind is tuple:
                waiting += item
            elif kind is FrozenDict:
                if id(item) not in self._mappings:
                    self._mappings[id(item)] = item, item._items, dict(item._items)
                    waiting += item._items.values()
            elif kind in _VALUES:
                if kind is Provenance:
                    # Annotations that were found alike have one together.
                    if id(item) in shared:
                        continue
                    shared.add(id(item))
                self._items.setdefault(kind, []).append(item)
                if kind is not Span:
                    waiting += [value for value in _VALUES[kind](item) if type(value) not in _ATOMS]
        self._columns: dict[type, list[list[Any]]] = {
            kind: [list(map(operator.attrgetter(name), items)) for name in _FIELDS[kind]] for kind, items in self._items.items()
        }

    def restored(self) -> str | None:
        """What had been changed, if anything, which is as before now."""
        changed = None
        for kind, items in self._items.items():
            for name, column in zip(_FIELDS[kind], self._columns[kind], strict=True):
                if any(map(operator.is_not, column, map(operator.attrgetter(name), items))):
                    changed = f"{kind.__name__}.{name}"
                    for item, value in zip(items, column, strict=True):
                        object.__setattr__(item, name, value)
        for mapping, held, copy in self._mappings.values():
            if mapping._items is not held or not _same(held, copy):
                object.__setattr__(mapping, "_items", MappingProxyType(copy))
                changed = "Document.metadata"
        return changed


def _same(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return len(left) == len(right) and all(key in left and left[key] is value for key, value in right.items())


def takes_batches(extractor: Any) -> bool:
    """Whether an extractor has ``extract_many``."""
    try:
        return hasattr(extractor, "extract_many")
    except CONTAINED:
        return False


def _all_of(results: Iterable[T], document: Document) -> list[T]:
    """All results, unless there are more than the text can hold: nobody waits for the end of an endless iterator."""
    size = len(document.text)
    most = most_results(size)
    found = list(itertools.islice(results, most + 1))
    if len(found) > most:
        raise ValueError(f"gave more than {most:,} results for a text of {size:,} code points")
    return found


def _plain(item: object, kind: type[A]) -> A:
    """An annotation that a component gave, as an object of our own class with checked values.

    A subclass may behave as it likes, and differently each time; an object of our own class may have been changed after it was made.
    """
    if type(item) is kind:
        if _sound(item):
            return item
    elif not isinstance(item, kind):
        raise TypeError(f"expected a {kind.__name__}, got {shown(item)}")
    return own(item, kind)


def _sound(item: Any) -> bool:
    """Whether an object is of one of our own classes and all values inside it are as constructors leave them; raises what these would."""
    kind = type(item)
    if kind is Span:
        start, end = item.start, item.end
        return type(start) is int and type(end) is int and 0 <= start < end
    if kind is FrozenDict:
        return True
    values = _VALUES.get(kind)
    if values is None:
        return False
    for value in values(item):
        inner = type(value)
        if inner in _SOUND:
            continue
        for one in value if inner is tuple else (value,):
            # Most values are spans: no call for each of them.
            if type(one) is Span:
                start, end = one.start, one.end
                if not (type(start) is int and type(end) is int and 0 <= start < end):
                    return False
            elif not _sound(one):
                return False
    item.__attrs_post_init__()
    return True


def _apart(results: list[Any], kind: type[A], issues: list[Issue]) -> list[A]:
    """The results of a component as objects of our own; issues among them go to ``issues``."""
    found: list[A] = []
    for item in results:
        if isinstance(item, Issue):
            issues.append(_plain(item, Issue))
        else:
            found.append(_plain(item, kind))
    return found


def extract(loaded: Loaded, document: Document, scope: Scope, *, issues: list[Issue]) -> list[Quote]:
    """The quotes of a document, checked. ``issues`` takes those among them."""
    if "scope" in loaded.takes["extract"]:
        found = loaded.component.extract(document, scope=scope)
    else:
        found = loaded.component.extract(with_old_scope(document, scope))
    return checked(found, document, issues=issues)


def checked(found: Iterable[Quote], document: Document, *, issues: list[Issue]) -> list[Quote]:
    """The quotes that an extractor gave, as objects of our own; ``issues`` takes those among them."""
    quotes = _apart(_all_of(found, document), Quote, issues)
    size = len(document.text)
    for quote in quotes:
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
    _check_parent_ids(quotes)
    check_parents(quotes)
    return quotes


def _check_parent_ids(quotes: list[Quote]) -> None:
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


def silence(extractor: Any, scope: str) -> Silence | None:
    """What an extractor says its silence tells in a scope, of all finds or by their kind; ``None`` where it does not say."""
    told = _told(extractor, scope)
    if isinstance(told, Mapping):
        return {str(kind): _share(factor) for kind, factor in told.items()}
    return None if told is None else _share(told)


def silence_on_claims(extractor: Any, scope: str) -> float | None:
    """The same of an extractor of claims, of all of them."""
    told = _told(extractor, scope)
    return None if told is None else _share(told)


def _told(extractor: Any, scope: str) -> Any:
    told = getattr(extractor, "silence", None)
    return told.get(scope) if isinstance(told, Mapping) else told


def _share(factor: Any) -> float:
    if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not 0 < factor <= 1:
        raise ValueError(f"silence: {shown(factor)} is not a number above 0 and at most 1")
    return float(factor)


def extract_many(loaded: Loaded, documents: list[Document], scope: Scope) -> list[list[Quote]]:
    """The quotes of each document of a batch, still to be :func:`checked`."""
    found: list[list[Quote]] = []
    if "scope" in loaded.takes["extract_many"]:
        results = loaded.component.extract_many(list(documents), scope=scope)
    else:
        results = loaded.component.extract_many([with_old_scope(document, scope) for document in documents])
    for quotes in results:
        if len(found) == len(documents):
            raise ValueError(f"extract_many gave more results than the {len(documents)} documents")
        found.append(_all_of(quotes, documents[len(found)]))
    if len(found) < len(documents):
        raise ValueError(f"extract_many gave {len(found)} results for {len(documents)} documents")
    return found


def resolve(
    loaded: Loaded, document: Document, quotes: Sequence[Quote], known: Sequence[Speaker], scope: Scope, *, issues: list[Issue]
) -> tuple[list[Quote], list[Speaker]]:
    """The quotes with their speakers, checked, and the speakers, with those ``known`` before that the resolver does not name.

    Issues among the quotes or speakers go to ``issues``.
    """
    given = loaded.given("resolve", scope=scope, speakers=tuple(known))
    resolved, speakers = _people(loaded.component.resolve(document, tuple(quotes), **given), document, quotes, "resolver", issues)
    ids = {speaker.id for speaker in speakers}
    speakers += [speaker for speaker in known if speaker.id not in ids]
    # The constructor checks everything that a resolver could get wrong.
    whole = Extraction(document, resolved, speakers)
    return list(whole.quotes), list(whole.speakers)


def link(
    loaded: Loaded, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker], scope: Scope, *, issues: list[Issue]
) -> tuple[list[Quote], list[Speaker]]:
    """The quotes and speakers as a linker leaves them, checked. Issues among them go to ``issues``."""
    given = loaded.given("link", scope=scope)
    result = loaded.component.link(document, tuple(quotes), tuple(speakers), **given)
    whole = Extraction(document, *_people(result, document, quotes, "linker", issues))
    return list(whole.quotes), list(whole.speakers)


def _people(
    result: Any, document: Document, quotes: Sequence[Quote], what: str, issues: list[Issue]
) -> tuple[list[Quote], list[Speaker]]:
    """Quotes and speakers as objects of our own; of the quotes nothing but what is known of the speakers may have changed."""
    given, named = result
    resolved = _apart(_all_of(given, document), Quote, issues)
    speakers = _apart(_all_of(named, document), Speaker, issues)
    if {quote.id for quote in resolved} != {quote.id for quote in quotes} or len(resolved) != len(quotes):
        raise ValueError(f"a {what} must give back the quotes it got, with the same ids")
    before = {quote.id: quote for quote in quotes}
    for quote in resolved:
        for field in () if quote is before[quote.id] else _SETTLED:
            if getattr(quote, field) != getattr(before[quote.id], field):
                raise AnnotationError(
                    f"Quote.{field}: a {what} sets speaker and addressee; it changed {quote.id!r}", f"Quote.{field}", quote
                )
    return resolved, speakers


def claim(
    loaded: Loaded, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker], scope: Scope, *, issues: list[Issue]
) -> list[Claim]:
    """The claims of a document, checked. Issues among them go to ``issues``."""
    given = loaded.given("extract", scope=scope)
    claims = _apart(_all_of(loaded.component.extract(document, tuple(quotes), tuple(speakers), **given), document), Claim, issues)
    check_claims(document, claims, {quote.id for quote in quotes}, {speaker.id for speaker in speakers})
    return claims


def _inside(spans: Iterable[Span], size: int, field: str) -> None:
    for span in spans:
        if span.end > size:
            raise SpanError(f"{field}: {span} reaches outside the text of {size} code points", field, span)


#: Threads that were left behind because they were over their limit.
_left: list[threading.Thread] = []


def left_behind() -> bool:
    """Whether a component that was over its time limit is still at work in this process."""
    _left[:] = [thread for thread in _left if thread.is_alive()]
    return bool(_left)


def within(work: Callable[[], T], limit: float) -> T:
    """Run ``work`` in a thread of its own for at most ``limit`` seconds.

    Raises:
        TimeoutError: when it takes longer; else what ``work`` raises.
    """
    outcome: list[T] = []
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
        _left.append(thread)
        raise TimeoutError(f"over its time limit of {limit:g} s (gave up after {time.monotonic() - started:.1f} s)")
    if failure:
        raise failure[0]
    return outcome[0]
