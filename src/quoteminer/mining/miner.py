"""The Miner: takes a document through the components, in order, and keeps each from harming the others."""

from __future__ import annotations

import functools
import os
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from .. import languages
from ..annotations import Claim, Issue, Quote, Speaker, speaker_order
from ..document import OLD_SCOPE, Document
from ..errors import CONTAINED, AnnotationError, ComponentError, ConfigurationError, describe, shown
from ..extraction import Extraction
from ..plugins.loaded import Loaded
from ..plugins.manager import PluginInfo, Plugins
from ..text.progress import at_work
from ..vocabulary import ON_ERROR, SCOPES, OnError, Scope
from . import guard
from .tasks import Batches, Task, to_task
from .tracing import tracer

if TYPE_CHECKING:
    from ..merging.quotes import Silence

A = TypeVar("A", Quote, Claim)
Told = TypeVar("Told")

#: What stands as the component of issues that are of no component.
HOST: Final = "quoteminer"
#: Seconds that the hooks of a plugin may take when there is a limit at all: loading may be slow, but not endless.
_LOADING: Final = 60.0


class Miner:
    """Mines documents with a fixed choice of plugins. Make one, use it often; it may be shared between threads.

    Args:
        plugins: names of the plugins to use (or plugin objects); ``None`` for all that are installed.
        block: names of plugins never to import.
        on_error: what happens when a plugin or component fails: ``"collect"`` leaves an :class:`Issue` in the result,
            ``"warn"`` also warns, ``"raise"`` raises :class:`PluginError` or :class:`ComponentError`.
        time_limit: seconds that one component may spend on one document; ``None`` for no limit. The results of a component that is over
            it are lost for that document. In this process it is left behind in a thread of its own, which works only where the component
            lets other threads run (the rules do so between blocks); with ``workers`` its process is killed, whatever it does.
        scope: what counts as a quotation where a call does not say: ``"speech"``, what somebody said or wrote; or ``"all"``, every attribution
            in the sense of PARC 3.0, so also what is thought, felt, planned, praised or blamed, and what a finding shows. ``None`` is speech.
        min_confidence: quotes and claims that are less sure are left out, from 0 for all to 1: fewer finds with fewer mistakes among them. What stays is
            the same as with any other value.

    Raises:
        ConfigurationError: when an option is not one of those that exist; a plugin name that is not installed is
            reported at first use.
    """

    def __init__(
        self,
        plugins: Sequence[str | object] | None = None,
        *,
        block: Collection[str] = (),
        on_error: OnError = "collect",
        time_limit: float | None = None,
        scope: Scope | None = None,
        min_confidence: float = 0.0,
    ) -> None:
        _check_scope(scope)
        confidence: object = min_confidence
        if not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
            message = f"min_confidence: {shown(confidence)} is not a number from 0 to 1"
            raise ConfigurationError(message, "min_confidence", confidence)
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
            "min_confidence": min_confidence,
        }
        run = None if time_limit is None else functools.partial(guard.within, limit=max(time_limit, _LOADING))
        self._plugins = Plugins(plugins, block, strict=on_error == "raise", run=run)
        self._told: Callable[[str, Sequence[int]], None] | None = None
        self._on_error = on_error
        self._time_limit = time_limit
        self._scope = scope
        self._min_confidence = min_confidence
        self._tracer = tracer()

    def __repr__(self) -> str:
        return f"Miner({', '.join(f'{name}={value!r}' for name, value in self._options.items())})"

    def __reduce__(self) -> tuple[Callable[..., Miner], tuple[dict[str, Any]]]:
        return _rebuild, (self._options,)

    @property
    def scope(self) -> Scope | None:
        """The scope that it was made with."""
        return self._scope

    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every plugin there is, with version, components and status; loads those that are in use."""
        return self._plugins.infos()

    def components(self, hook: str) -> list[Any]:
        """The components that the plugins in use bring for a hook, in the order in which they work."""
        return self._plugins.components(hook)

    def manifest(self, *, scope: Scope | None = None) -> dict[str, Any]:
        """What makes its results: version of quoteminer and Python, the plugins in use with their components, versions and hashes of weights, and
        the options that decide; values of JSON.

        ``attrs.evolve(extraction, manifest=miner.manifest())`` puts it into a result, and with it into its JSON form.

        Args:
            scope: as for :meth:`mine`.
        """
        from .manifest import manifest

        options = {"scope": self._chosen(scope), "time_limit": self._time_limit, "min_confidence": self._min_confidence}
        return manifest(self._plugins, options)

    def mine(self, document: str | Document, *, scope: Scope | None = None) -> Extraction:
        """Who said what in a text.

        Args:
            scope: ``"speech"`` or ``"all"``; ``None`` takes that of the Miner.

        Raises:
            ConfigurationError: when there is no such scope.
            ComponentError, PluginError: under ``on_error="raise"`` only.
            TypeError: when it is no text.
        """
        if not isinstance(document, (str, Document)):
            raise TypeError(f"expected a str or a Document, not {type(document).__name__}")
        return self._mine_batch([to_task(document, 0, self._chosen(scope))])[0]

    def mine_many(
        self, documents: Iterable[str | Document | None], *, workers: int | None = None, scope: Scope | None = None
    ) -> Iterator[Extraction]:
        """Mine many documents; gives the results as they come, in the order of the documents.

        Args:
            documents: read only as far as needed, so an endless iterable works. What tables have for a missing text (``None``, NaN) gives
                an extraction of an empty document with an issue, so that results and rows stay side by side.
            workers: number of worker processes; ``None`` mines in this process, 0 uses one for each processor. A worker that dies or is over
                the time limit is replaced; the component that was at work loses its results for that document, which gets an issue.
            scope: as for :meth:`mine`.

        Raises:
            ConfigurationError: when there is no such scope, ``workers`` is negative, or plugin objects cannot be sent to other processes, or worker processes
                are started by a script without ``if __name__ == "__main__":``.
            ComponentError: when worker processes cannot be started.
            TypeError: when ``documents`` is a single text, or holds what is none.
        """
        if isinstance(documents, (str, Document)):
            raise TypeError("mine_many expects an iterable of documents; for a single one use mine")
        if workers is not None and (type(workers) is not int or workers < 0):
            raise ConfigurationError(f"workers: {workers!r} is not a number from 0", "workers", workers)
        scope = self._chosen(scope)
        if workers == 0:
            workers = os.cpu_count() or 1
        if workers is None:
            return self._mine_here(documents, scope)
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
        return self._mine_in_processes(documents, workers, scope)

    def _chosen(self, scope: Scope | None) -> Scope:
        _check_scope(scope)
        return scope or self._scope or "speech"

    def _mine_here(self, documents: Iterable[object], scope: Scope) -> Iterator[Extraction]:
        batched = any(guard.takes_batches(extractor) for extractor in self.components("quoteminer_quote_extractors"))
        batches = Batches(documents, 32 if batched else 1, scope)
        while batch := batches.take():
            yield from self._mine_batch(batch)
        if batches.failure is not None:
            raise batches.failure

    def _mine_in_processes(self, documents: Iterable[object], workers: int, scope: Scope) -> Iterator[Extraction]:
        from .workers import Pool

        # The issues come back with the results; what they lead to is decided here.
        options = {**self._options, "on_error": "collect" if self._on_error == "warn" else self._on_error}
        pool = Pool(options, workers, self._time_limit)
        for extraction in pool.mine(documents, scope):
            if self._on_error == "warn":
                for issue in extraction.issues:
                    self._warn(issue)
            yield extraction

    def _mine_batch(self, tasks: Sequence[Task]) -> list[Extraction]:
        for task in tasks:
            self._issues_before(task)
        found: list[list[tuple[str, list[Quote]]]] = [[] for _ in tasks]
        for loaded in self._plugins.loaded("quoteminer_quote_extractors"):
            reading = [(i, task) for i, task in enumerate(tasks) if self._works(loaded, task)]
            if len(reading) > 1 and guard.takes_batches(loaded.component):
                results = self._extract_many(loaded, [task for _, task in reading])
            else:
                results = [
                    self._guard(loaded, task, functools.partial(guard.extract, loaded, task.document, task.scope))
                    for _, task in reading
                ]
            for (i, _), quotes in zip(reading, results, strict=True):
                if quotes:
                    found[i].append((loaded.name, quotes))
        return [self._finish(task, quotes) for task, quotes in zip(tasks, found, strict=True)]

    def _works(self, loaded: Loaded, task: Task) -> bool:
        """Whether a component works on a document: it reads its language, and did not end a worker process on it before."""
        if not loaded.reads(task.document):
            return False
        lost = task.lost.get(loaded.name)
        if lost is None:
            return True
        self._failed(loaded.name, task, lost)
        return False

    def _silence(self, hook: str, task: Task, read: Callable[[Any, Scope], Told | None]) -> dict[str, Told]:
        """What each extractor says of its silence, by name."""
        told: dict[str, Told] = {}
        for loaded in self._plugins.loaded(hook):
            try:
                factor = read(loaded.component, task.scope)
            except CONTAINED as error:
                self._failed(loaded.name, task, describe(error), error)
            else:
                if factor is not None:
                    told[loaded.name] = factor
        return told

    def _extract_many(self, loaded: Loaded, tasks: list[Task]) -> list[list[Quote] | None]:
        """A batch through one extractor; when the batch fails, each document on its own, so that one costs only itself."""
        documents = [task.document for task in tasks]
        kept = [guard.Kept(document) for document in documents]
        started = time.perf_counter()
        results: list[Any]
        self._on_work(loaded.name, [task.number for task in tasks])
        try:
            # The quotes of a document may be a generator, so they are part of the work.
            work = functools.partial(guard.extract_many, loaded, documents, tasks[0].scope)
            limit = self._time_limit
            results = work() if limit is None else guard.within(work, limit * len(documents))
        except CONTAINED:
            results = [None] * len(documents)
        share = (time.perf_counter() - started) / len(documents)
        changed = [state.restored() for state in kept]
        if any(changed):
            results = [None] * len(documents)
        return [
            self._guard(
                loaded,
                task,
                functools.partial(guard.extract, loaded, task.document, task.scope)
                if result is None
                else functools.partial(guard.checked, result, task.document),
                spent=share,
            )
            for task, result in zip(tasks, results, strict=True)
        ]

    def _finish(self, task: Task, found_quotes: list[tuple[str, list[Quote]]]) -> Extraction:
        # With the first document, so that importing quoteminer stays light.
        from ..merging.claims import reconcile_claims
        from ..merging.quotes import reconcile
        from .cast import with_speaker_ids
        from .confident import confident
        from .readable import restored

        document = task.document
        silence: dict[str, Silence] | None = None
        if len(found_quotes) > 1:
            silence = self._silence("quoteminer_quote_extractors", task, guard.silence)
        quotes: Sequence[Quote] = self._merged(task, functools.partial(reconcile, found_quotes, silence))
        quotes, speakers = self._attributed(task, quotes)
        speakers = sorted(speakers, key=speaker_order)
        ids = {speaker.id: f"s{number}" for number, speaker in enumerate(speakers, 1)}
        quotes, speakers = with_speaker_ids(quotes, speakers, ids)
        found: list[tuple[str, list[Claim]]] = []
        for loaded in self._plugins.loaded("quoteminer_claim_extractors"):
            if self._works(loaded, task):
                claiming = functools.partial(guard.claim, loaded, document, quotes, speakers, task.scope)
                found.append((loaded.name, self._guard(loaded, task, claiming, [*quotes, *speakers]) or []))
        heard = self._silence("quoteminer_claim_extractors", task, guard.silence_on_claims) if len(found) > 1 else None
        claims = self._merged(task, functools.partial(reconcile_claims, found, heard))
        extraction = Extraction(document, quotes, speakers, claims, task.issues)
        if self._min_confidence:
            extraction = confident(extraction, self._min_confidence)
        return extraction if task.given is None else restored(extraction, task.given)

    def _attributed(self, task: Task, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        """The quotes with their speakers, as all resolvers and then all linkers leave them."""
        from .cast import Cast

        resolvers = [loaded for loaded in self._plugins.loaded("quoteminer_speaker_resolvers") if self._works(loaded, task)]
        cast = Cast(quotes, several=len(resolvers) > 1)
        for loaded in resolvers:
            work = functools.partial(guard.resolve, loaded, task.document, cast.quotes, cast.speakers, task.scope)
            resolved = self._guard(loaded, task, work, [*cast.quotes, *cast.speakers])
            if resolved is not None:
                cast.take(loaded, *resolved)
        for loaded in self._plugins.loaded("quoteminer_speaker_linkers"):
            if self._works(loaded, task):
                work = functools.partial(guard.link, loaded, task.document, cast.quotes, cast.speakers, task.scope)
                linked = self._guard(loaded, task, work, [*cast.quotes, *cast.speakers])
                if linked is not None:
                    cast.take_linked(loaded, *linked)
        return cast.quotes, cast.speakers

    def _merged(self, task: Task, merge: Callable[[], list[A]]) -> list[A]:
        try:
            return merge()
        except Exception as error:
            self._failed(HOST, task, f"what was found could not be merged: {describe(error)}", error)
            return []

    def _issues_before(self, task: Task) -> None:
        """What is amiss before a component works: plugins that failed, nothing that reads the document, a wrong language."""
        document = task.document
        if task.trouble is not None:
            self._failed(HOST, task, task.trouble)
        if document.metadata:
            from ..metadata import faults

            for fault in faults(document.metadata):
                self._report(task, Issue(HOST, document.id, fault, "warning"))
        if document.metadata.get(OLD_SCOPE, task.scope) != task.scope:
            said = document.metadata[OLD_SCOPE]
            message = f"the metadata ask for the scope {shown(said)}, which is an argument now (scope=…, --scope); mined in {task.scope!r}"
            self._report(task, Issue(HOST, document.id, message, "warning"))
        infos = self.plugins()
        for info in infos:
            if info.status == "failed":
                self._report(task, Issue(info.name, document.id, f"plugin failed to load: {info.error}", "error"))
        if not any(info.status in ("active", "failed") for info in infos):
            states = ", ".join(f"{info.name} is {info.status}" for info in infos) or "none is installed"
            self._failed(HOST, task, f"no plugin is in use, so nothing can be found ({states})")
            return
        quotes, claims = (
            self._readers(hook, document) for hook in ("quoteminer_quote_extractors", "quoteminer_claim_extractors")
        )
        name = languages.name_of(document.language)
        if quotes.found or claims.found:
            for what, readers in (("quotations", quotes), ("claims", claims)):
                if readers.present and not readers.found:
                    message = f"no component finds {what} in {name} ({document.language!r}): {readers.declared}"
                    self._report(task, Issue(HOST, document.id, message, "info"))
            looks = languages.looks_like(document.text, document.language, self._plugins.small_words())
            if looks is not None:
                message = (
                    f"the text looks like {languages.name_of(looks)} ({looks!r}), but is mined as {name} ({document.language!r})"
                )
                self._report(task, Issue(HOST, document.id, message, "warning"))
        elif quotes.present or claims.present:
            both = "; ".join(readers.declared for readers in (quotes, claims) if readers.present)
            self._failed(HOST, task, f"no component reads {name} ({document.language!r}), so nothing was found: {both}")
        elif not any(info.status == "failed" for info in infos):
            unused = ", ".join(f"{info.name} is {info.status}" for info in infos if info.status != "active")
            message = "no plugin in use brings an extractor, so nothing can be found"
            self._failed(HOST, task, f"{message} ({unused})" if unused else message)

    def _readers(self, hook: str, document: Document) -> _Readers:
        every = self._plugins.loaded(hook)
        return _Readers(
            bool(every),
            any(loaded.reads(document) for loaded in every),
            ", ".join(f"{loaded.name} reads {' '.join(loaded.languages or ('any',))}" for loaded in every if not loaded.places),
        )

    def _report(self, task: Task, issue: Issue) -> None:
        task.issues.append(issue)
        if self._on_error == "warn":
            self._warn(issue)

    def _warn(self, issue: Issue) -> None:
        warnings.warn(f"{issue.component}, {issue.document_id}: {issue.message}", RuntimeWarning, stacklevel=2)

    def _on_work(self, component: str, numbers: Sequence[int]) -> None:
        """Told before a component begins to work on documents; in a worker process it tells the parent."""
        if self._told is not None:
            self._told(component, numbers)

    def _guard(
        self,
        loaded: Loaded,
        task: Task,
        work: Callable[..., Any],
        given: Iterable[Quote | Speaker] = (),
        *,
        spent: float = 0.0,
    ) -> Any:
        """Run one component on one document; a failure costs its results for that document only.

        ``given`` is what others found and the component gets to see; ``spent`` are seconds that it has used already.
        """
        name, document = loaded.name, task.document
        kept = guard.Kept(document, given)
        own: list[Issue] = []
        started = time.perf_counter()
        result: Any = None
        failure: BaseException | None = None
        self._on_work(name, [task.number])
        at_work(name, len(document))
        work = functools.partial(work, issues=own)
        try:
            result = work() if self._time_limit is None else guard.within(work, self._time_limit)
        except CONTAINED as error:
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
        for issue in own:
            if issue.severity == "error":
                self._failed(name, task, issue.message)
            else:
                self._report(task, attrs.evolve(issue, component=name, document_id=document.id))
        if message is None:
            return result
        self._failed(name, task, message, failure)
        return None

    def _failed(self, name: str, task: Task, message: str, failure: BaseException | None = None) -> None:
        """Raise or report what went wrong with a component."""
        if self._on_error == "raise":
            raise ComponentError(f"{name} failed on {task.document.id}: {message}", name, task.document.id) from failure
        self._report(task, Issue(name, task.document.id, message, "error"))


@attrs.frozen
class _Readers:
    """Who reads a document: whether there is anybody, whether somebody does, and what each declares."""

    present: bool
    found: bool
    declared: str


def _rebuild(options: Mapping[str, Any]) -> Miner:
    return Miner(**options)


def _check_scope(scope: object) -> None:
    if scope is not None and scope not in SCOPES:
        raise ConfigurationError(f"scope: {shown(scope)} is not one of {', '.join(SCOPES)}", "scope", scope)


@functools.cache
def default_miner() -> Miner:
    """The Miner behind :func:`mine`: all installed plugins, made at first use."""
    return Miner()


def mine(document: str | Document, *, scope: Scope | None = None) -> Extraction:
    """Who said what in a text, with all plugins that are installed.

    >>> extraction = mine("“It works,” said Ada.")
    >>> [extraction.document[span] for span in extraction.quotes[0].content]
    ['It works,']
    """
    return default_miner().mine(document, scope=scope)


def mine_many(
    documents: Iterable[str | Document | None], *, workers: int | None = None, scope: Scope | None = None
) -> Iterator[Extraction]:
    """Mine many documents with all plugins that are installed; see :meth:`Miner.mine_many`."""
    return default_miner().mine_many(documents, workers=workers, scope=scope)
