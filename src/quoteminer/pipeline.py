"""The Miner: takes a document through the components, in order, and keeps each from harming the others."""

from __future__ import annotations

import contextlib
import functools
import os
import time
import warnings
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from . import isolation
from .annotations import Claim, Extraction, Issue, Quote, Speaker, speaker_order, with_ids
from .document import SCOPE, SCOPES, Document
from .errors import AnnotationError, ComponentError, ConfigurationError, describe
from .plugins import PluginInfo, Plugins
from .reconcile import reconcile
from .reconcile_claims import reconcile_claims
from .tracing import tracer

ON_ERROR: Final = ("collect", "warn", "raise")
_BATCH: Final = 32


class Miner:
    """Mines documents with a fixed choice of plugins. Make one, use it often; it may be shared between threads.

    Args:
        plugins: names of the plugins to use (or plugin objects); ``None`` for all that are installed.
        block: names of plugins never to import.
        on_error: what happens when a plugin or component fails: ``"collect"`` leaves an :class:`Issue` in the result,
            ``"warn"`` also warns, ``"raise"`` raises :class:`PluginError` or :class:`ComponentError`.
        time_limit: seconds that one component may spend on one document; ``None`` for no limit. A component that is over
            it is left behind in a thread of its own, its results for that document are lost.
        scope: ``"speech"`` or ``"all"``, what counts as a quotation (:attr:`Document.scope`), for every document; ``None`` leaves it to
            each document.

    Raises:
        ConfigurationError: when an option is not one of those that exist; a plugin name that is not installed is
            reported at first use.
    """

    def __init__(
        self,
        plugins: Sequence[str | object] | None = None,
        *,
        block: Collection[str] = (),
        on_error: str = "collect",
        time_limit: float | None = None,
        scope: str | None = None,
    ) -> None:
        if scope is not None and scope not in SCOPES:
            raise ConfigurationError(f"scope: {scope!r} is not one of {', '.join(SCOPES)}", "scope", scope)
        if on_error not in ON_ERROR:
            raise ConfigurationError(f"on_error: {on_error!r} is not one of {', '.join(ON_ERROR)}", "on_error", on_error)
        given: object = time_limit
        if given is not None and (not isinstance(given, (int, float)) or not given > 0):
            raise ConfigurationError(f"time_limit: {time_limit!r} is not a positive number", "time_limit", time_limit)
        self._options: dict[str, Any] = {
            "plugins": plugins,
            "block": tuple(block),
            "on_error": on_error,
            "time_limit": time_limit,
            "scope": scope,
        }
        self._plugins = Plugins(plugins, block, strict=on_error == "raise")
        self._on_error = on_error
        self._time_limit = time_limit
        self._scope = scope
        self._tracer = tracer()

    def __repr__(self) -> str:
        return f"Miner({', '.join(f'{name}={value!r}' for name, value in self._options.items())})"

    def __reduce__(self) -> tuple[Callable[..., Miner], tuple[dict[str, Any]]]:
        return _rebuild, (self._options,)

    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every plugin there is, with version, components and status; loads those that are in use."""
        return self._plugins.infos()

    def components(self, hook: str) -> list[Any]:
        """The components that the plugins in use bring for a hook, in order of their names."""
        return self._plugins.components(hook)

    def mine(self, document: str | Document) -> Extraction:
        """Who said what in a text.

        Raises:
            ComponentError, PluginError: under ``on_error="raise"`` only.
        """
        return self._mine_batch([_document(document)])[0]

    def mine_many(self, documents: Iterable[str | Document], *, workers: int | None = None) -> Iterator[Extraction]:
        """Mine many documents; gives the results as they come, in the order of the documents.

        Args:
            documents: read only as far as needed, so an endless iterable works.
            workers: number of processes; ``None`` or 1 mines in this one, 0 uses one for each processor.

        Raises:
            ConfigurationError: when ``workers`` is negative, or plugin objects cannot be sent to other processes.
            ComponentError: when a worker process dies; ``document_id`` names the first document without a result.
            TypeError: when ``documents`` is a single text.
        """
        if isinstance(documents, (str, Document)):
            raise TypeError("mine_many expects an iterable of documents; for a single one use mine")
        if workers is not None and (type(workers) is not int or workers < 0):
            raise ConfigurationError(f"workers: {workers!r} is not a number from 0", "workers", workers)
        if workers == 0:
            workers = os.cpu_count() or 1
        if workers is None or workers == 1:
            return self._mine_here(documents)
        import pickle

        try:
            pickle.dumps(self._options)
        except Exception as error:
            raise ConfigurationError(
                f"plugins: {self._options['plugins']!r} cannot be sent to other processes ({describe(error)}); "
                "name installed plugins or use one worker",
                "plugins",
                self._options["plugins"],
            ) from None
        return self._mine_in_processes(documents, workers)

    def _mine_here(self, documents: Iterable[str | Document]) -> Iterator[Extraction]:
        batched = any(isolation.takes_batches(extractor) for extractor in self.components("quoteminer_quote_extractors"))
        batches = _Batches(documents, _BATCH if batched else 1)
        while batch := batches.take():
            yield from self._mine_batch(batch)
        if batches.failure is not None:
            raise batches.failure

    def _mine_in_processes(self, documents: Iterable[str | Document], workers: int) -> Iterator[Extraction]:
        import multiprocessing
        from concurrent.futures import Future, ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        waiting: deque[tuple[str, Future[list[Extraction]]]] = deque()
        batches = _Batches(documents, _BATCH)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(self._options,)) as pool:
            try:
                while True:
                    while len(waiting) < 2 * workers and (batch := batches.take()):
                        first = batch[0].id
                        with _interrupts_held():
                            waiting.append((first, pool.submit(_work, batch)))
                    if not waiting:
                        break
                    first, future = waiting[0]
                    results = future.result()
                    waiting.popleft()
                    yield from results
            except BrokenProcessPool as error:
                raise ComponentError(
                    f"a worker process died; there is no result for {first!r} and what follows it "
                    '(in a script, mine_many with workers must stand under `if __name__ == "__main__":`)',
                    document_id=first,
                ) from error
            finally:
                for _, future in waiting:
                    future.cancel()
        # What was read before the documents failed has been mined; now the failure is the caller's.
        if batches.failure is not None:
            raise batches.failure

    def _mine_batch(self, documents: list[Document]) -> list[Extraction]:
        if self._scope is not None:
            documents = [_with_scope(document, self._scope) for document in documents]
        issues: list[list[Issue]] = [self._plugin_issues(document) for document in documents]
        found: list[list[tuple[str, list[Quote]]]] = [[] for _ in documents]
        for name, extractor in self._plugins.named("quoteminer_quote_extractors"):
            if len(documents) > 1 and isolation.takes_batches(extractor):
                results = self._extract_many(name, extractor, documents, issues)
            else:
                results = [
                    self._guard(name, document, issues[i], functools.partial(isolation.extract, extractor, document))
                    for i, document in enumerate(documents)
                ]
            for i, quotes in enumerate(results):
                if quotes:
                    found[i].append((name, quotes))
        return [self._finish(document, found[i], issues[i]) for i, document in enumerate(documents)]

    def _silence(self, document: Document, issues: list[Issue]) -> dict[str, float]:
        """What each extractor says of its silence, by name."""
        told: dict[str, float] = {}
        for name, extractor in self._plugins.named("quoteminer_quote_extractors"):
            try:
                factor = isolation.silence(extractor, document.scope)
            except Exception as error:
                self._failed(name, document, issues, error)
            else:
                if factor is not None:
                    told[name] = factor
        return told

    def _extract_many(
        self, name: str, extractor: Any, documents: list[Document], issues: list[list[Issue]]
    ) -> list[list[Quote] | None]:
        """A batch through one extractor; when the batch fails, each document on its own, so that one costs only itself."""
        kept = [isolation.Kept(document) for document in documents]
        started = time.perf_counter()
        results: list[Any]
        try:
            # The quotes of a document may be a generator, so they are part of the work.
            work = functools.partial(isolation.extract_many, extractor, documents)
            limit = self._time_limit
            results = work() if limit is None else isolation.within(work, limit * len(documents))
        except Exception:
            results = [None] * len(documents)
        share = (time.perf_counter() - started) / len(documents)
        changed = [state.restored() for state in kept]
        if any(changed):
            results = [None] * len(documents)
        return [
            self._guard(
                name, document, issues[i], functools.partial(isolation.extract, extractor, document, results[i]), spent=share
            )
            for i, document in enumerate(documents)
        ]

    def _finish(self, document: Document, found_quotes: list[tuple[str, list[Quote]]], issues: list[Issue]) -> Extraction:
        silence = self._silence(document, issues) if len(found_quotes) > 1 else None
        quotes: Sequence[Quote] = reconcile(found_quotes, silence)
        speakers: Sequence[Speaker] = ()
        resolvers = self._plugins.named("quoteminer_speaker_resolvers")
        for name, resolver in resolvers:
            work = functools.partial(isolation.resolve, resolver, document, quotes, speakers)
            resolved = self._guard(name, document, issues, work, quotes)
            if resolved is not None:
                known = {speaker.id for speaker in speakers}
                quotes, speakers = resolved
                if len(resolvers) > 1:
                    # Each counts its speakers as it likes; the "s1" of the next must not become that of this one.
                    ids = {s.id: s.id if s.id in known else f"{name}:{s.id}" for s in speakers}
                    quotes, speakers = _with_speaker_ids(quotes, speakers, ids)
        speakers = sorted(speakers, key=speaker_order)
        ids = {speaker.id: f"s{number}" for number, speaker in enumerate(speakers, 1)}
        quotes, speakers = _with_speaker_ids(quotes, speakers, ids)
        found: list[tuple[str, list[Claim]]] = []
        for name, claimer in self._plugins.named("quoteminer_claim_extractors"):
            claiming = functools.partial(isolation.claim, claimer, document, quotes, speakers)
            found.append((name, self._guard(name, document, issues, claiming, [*quotes, *speakers]) or []))
        return Extraction(document, quotes, speakers, reconcile_claims(found), issues)

    def _plugin_issues(self, document: Document) -> list[Issue]:
        issues: list[Issue] = []
        for info in self.plugins():
            if info.status == "failed":
                self._report(issues, Issue(info.name, document.id, f"plugin failed to load: {info.error}", "error"))
        return issues

    def _report(self, issues: list[Issue], issue: Issue) -> None:
        issues.append(issue)
        if self._on_error == "warn":
            warnings.warn(f"{issue.component}, {issue.document_id}: {issue.message}", RuntimeWarning, stacklevel=2)

    def _guard(
        self,
        name: str,
        document: Document,
        issues: list[Issue],
        work: Callable[[], Any],
        given: Iterable[Quote | Speaker] = (),
        *,
        spent: float = 0.0,
    ) -> Any:
        """Run one component on one document; a failure costs its results for that document only.

        ``given`` is what others found and the component gets to see; ``spent`` are seconds that it has used already.
        """
        kept = isolation.Kept(document, given)
        started = time.perf_counter()
        result = failure = None
        try:
            result = work() if self._time_limit is None else isolation.within(work, self._time_limit)
        except Exception as error:
            failure = error
        changed = kept.restored()
        if changed is not None:
            why = "" if failure is None else f" ({describe(failure)})"
            result = None
            failure = AnnotationError(f"{changed} was changed in place; changed copies are made with attrs.evolve{why}", changed)
        message = None if failure is None else describe(failure)
        if self._tracer is not None:
            count = 0 if result is None else len(result[1] if isinstance(result, tuple) else result)
            self._tracer.line(name, document.id, time.perf_counter() - started + spent, count, message)
        if failure is None:
            return result
        self._failed(name, document, issues, failure)
        return None

    def _failed(self, name: str, document: Document, issues: list[Issue], failure: Exception) -> None:
        """Raise or report what went wrong with a component."""
        message = describe(failure)
        if self._on_error == "raise":
            raise ComponentError(f"{name} failed on {document.id}: {message}", name, document.id) from failure
        self._report(issues, Issue(name, document.id, message, "error"))


def _rebuild(options: Mapping[str, Any]) -> Miner:
    return Miner(**options)


def _document(item: str | Document) -> Document:
    if isinstance(item, Document):
        return item
    if isinstance(item, str):
        return Document(item)
    raise TypeError(f"expected a str or a Document, not {type(item).__name__}")


def _with_scope(document: Document, scope: str) -> Document:
    return document if document.scope == scope else attrs.evolve(document, metadata={**document.metadata, SCOPE: scope})


def _with_speaker_ids(
    quotes: Sequence[Quote], speakers: Sequence[Speaker], ids: Mapping[str, str]
) -> tuple[list[Quote], list[Speaker]]:
    return (
        [
            quote
            if quote.speaker is None and quote.addressee is None
            else with_ids(
                quote,
                speaker=None if quote.speaker is None else ids[quote.speaker],
                addressee=None if quote.addressee is None else ids[quote.addressee],
            )
            for quote in quotes
        ],
        [with_ids(speaker, id=ids[speaker.id]) for speaker in speakers],
    )


_worker: Miner | None = None


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while the pool starts a worker, which inherits that.

    A terminal interrupts workers too; one that dies half-started leaves the pool waiting for it forever.
    """
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(options: Mapping[str, Any]) -> None:
    global _worker
    import signal

    # The parent decides what an interrupt means; it stops the workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = Miner(**options)


def _work(documents: list[Document]) -> list[Extraction]:
    assert _worker is not None
    return list(_worker.mine_many(documents))


class _Batches:
    """Documents in portions of at most ``most``, or about 200,000 characters.

    When the documents fail on the way, what came before is still given and the failure kept.
    """

    def __init__(self, documents: Iterable[str | Document], most: int) -> None:
        self._most = most
        self._documents = iter(documents)
        self.failure: Exception | None = None

    def take(self) -> list[Document]:
        """The next portion; empty at the end."""
        batch: list[Document] = []
        size = 0
        while self.failure is None and len(batch) < self._most and size < 200_000:
            try:
                document = _document(next(self._documents))
            except StopIteration:
                break
            except Exception as error:
                self.failure = error
                break
            batch.append(document)
            size += len(document.text)
        return batch


@functools.cache
def default_miner() -> Miner:
    """The Miner behind :func:`mine`: all installed plugins, made at first use."""
    return Miner()


def mine(document: str | Document) -> Extraction:
    """Who said what in a text, with all plugins that are installed.

    >>> extraction = mine("“It works,” said Ada.")
    >>> [extraction.document[span] for span in extraction.quotes[0].content]
    ['It works,']
    """
    return default_miner().mine(document)


def mine_many(documents: Iterable[str | Document], *, workers: int | None = None) -> Iterator[Extraction]:
    """Mine many documents with all plugins that are installed; see :meth:`Miner.mine_many`."""
    return default_miner().mine_many(documents, workers=workers)
