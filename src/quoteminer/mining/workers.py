"""Worker processes that mine documents, and the one that feeds them and outlives their deaths.

Each worker says before a component begins on a document what it is about to do. So when a worker dies (killed, out of memory, a fault in
a library in C, ``os._exit``) or does not answer within the time limit, it is known what it was doing: its process is replaced, and that document is mined
again without the component that was at work. Documents that were waiting in the dead worker are given to another.

A worker gets its next portion only when it waits for one, so neither side ever blocks on a full pipe while the other does.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Final

import attrs

from ..annotations import Issue
from ..errors import ComponentError, ConfigurationError, describe
from ..extraction import Extraction
from ..vocabulary import Scope
from .garbage import seldom_collected
from .guard import left_behind
from .tasks import Batches, Task

#: Documents in one portion, at most; the first portions are smaller, so that a few documents occupy all workers.
_BATCH: Final = 32
_FIRST: Final = 4
#: Seconds beyond the time limit in which a worker may notice by itself, which costs less than to kill it.
_GRACE: Final = 0.5
#: So many portions a worker may lie between the document that is waited for and the last one that was given out.
_AHEAD: Final = 8
_NAME: Final = "quoteminer-worker"
#: Exit code of a worker whose main script starts workers itself.
_UNGUARDED: Final = 76
_UNGUARDED_MESSAGE: Final = 'mine_many with workers must stand under `if __name__ == "__main__":` in a script'


# --- in the worker -------------------------------------------------------------------------------------------------------------


def _work(connection: Connection, options: Mapping[str, Any]) -> None:
    """Mine what comes until there is no more, or the parent is gone."""
    # The parent decides what an interrupt means; it stops the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    from .miner import Miner

    miner = Miner(**options)
    miner._told = lambda component, numbers: connection.send(("at", component, list(numbers), time.monotonic()))
    # What fails for every document must not look like a fault of the first one.
    try:
        miner.plugins()
    except BaseException as error:
        connection.send(("failed", None, _portable(error)))
        return
    with seldom_collected(), contextlib.suppress(EOFError, OSError):  # the parent is gone
        connection.send(("waiting",))
        while (batch := connection.recv()) is not None:
            for number, outcome in _mined(miner, batch):
                connection.send(("done" if isinstance(outcome, Extraction) else "failed", number, outcome))
            if left_behind():
                # A component that was over its limit goes on in a thread of its own and would slow down all that follows.
                os._exit(0)
            connection.send(("waiting",))


def _mined(miner: Any, batch: list[Task]) -> Iterator[tuple[int, Extraction | BaseException]]:
    """The outcome for each document, in order; what raises ends the portion."""
    batched = any(hasattr(extractor, "extract_many") for extractor in miner.components("quoteminer_quote_extractors"))
    portions = [batch] if batched else [[task] for task in batch]
    for portion in portions:
        try:
            results = miner._mine_batch(portion)
        except BaseException as error:
            yield portion[0].number, _portable(error)
            return
        for task, extraction in zip(portion, results, strict=True):
            yield task.number, extraction


def _portable(error: BaseException) -> BaseException:
    """The error, or one that says the same, where it cannot be sent to another process."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ComponentError(describe(error))
    return error


def _end_with_parent() -> None:
    """See to it that this process ends when its parent does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="quoteminer-parent", daemon=True).start()
    # A component that holds the interpreter lets no thread run. Where the system can send a signal when the pipe to the parent breaks, it
    # does, and the signal's own action, which needs no interpreter, ends the process.
    try:
        import fcntl

        sentinel = parent.sentinel
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    except (ImportError, AttributeError, OSError, ValueError):
        return


# --- in the parent -------------------------------------------------------------------------------------------------------------


class _Worker:
    """One worker process as the parent sees it.

    Attributes:
        tasks: what it was given and has not answered, in order.
        at: the component at work, the numbers of its documents and since when, if it said so.
        free: whether it waits for a portion.
        answered: whether it ever said that it is there.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.tasks: deque[Task] = deque()
        self.at: tuple[str, list[int], float] | None = None
        self.free = False
        self.answered = False
        self.process = context.Process(target=_work, args=(theirs, options), name=_NAME, daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()

    def give(self, batch: Sequence[Task]) -> None:
        self.tasks.extend(batch)
        self.free = False
        self.connection.send(list(batch))

    def seconds_left(self, limit: float | None) -> float | None:
        """Seconds until it is over the time limit; ``None`` when there is no limit or it is not at work."""
        if limit is None or self.at is None:
            return None
        _, numbers, since = self.at
        return since + limit * len(numbers) + _GRACE - time.monotonic()

    def end(self) -> int | None:
        """Kill it if it still lives; its exit code."""
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.connection.close()
        return code


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a worker starts, which inherits that: a terminal interrupts workers too, and one that is half-started would complain."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # Python starts this helper with the first worker and then lets interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Pool:
    """Mines documents in worker processes.

    Args:
        options: of the :class:`quoteminer.Miner` in each worker.
        size: number of workers.
        time_limit: seconds for one component and one document, as in the options.
    """

    def __init__(self, options: Mapping[str, Any], size: int, time_limit: float | None) -> None:
        self._options = options
        self._size = size
        self._limit = time_limit
        self._workers: list[_Worker] = []
        self._portions: deque[list[Task]] = deque()
        self._done: dict[int, Extraction | BaseException] = {}
        self._read = 0
        self._taken = 0

    def mine(self, documents: Iterable[object], scope: Scope) -> Iterator[Extraction]:
        """The results in the order of the documents, as they come; the workers end with the iterator.

        Raises:
            ConfigurationError, ComponentError: as :meth:`quoteminer.Miner.mine_many`; and what a worker raises under ``on_error="raise"``.
        """
        _refuse_in_worker()
        batches = Batches(documents, _BATCH, scope)
        number = 0
        try:
            while True:
                # Also when the result is there: the workers should not wait for whoever takes the results.
                self._serve(batches, number, block=False)
                while number not in self._done and (self._portions or any(worker.tasks for worker in self._workers)):
                    self._serve(batches, number, block=True)
                if number not in self._done:
                    break
                outcome = self._done.pop(number)
                if isinstance(outcome, BaseException):
                    raise outcome
                number += 1
                yield outcome
        finally:
            for worker in self._workers:
                worker.end()
        # What was read before the documents failed has been mined; now the failure is the caller's.
        if batches.failure is not None:
            raise batches.failure

    def _serve(self, batches: Batches, wanted: int, *, block: bool) -> None:
        """Give out what there is to do, take what is done, replace workers that are dead or late; wait for one of these if asked to."""
        self._fill(batches, wanted)
        self._give_out()
        left = min((left for worker in self._workers if (left := worker.seconds_left(self._limit)) is not None), default=None)
        timeout = 0.0 if not block else None if left is None else max(0.0, left)
        ready = wait([worker.connection for worker in self._workers], timeout)
        for worker in list(self._workers):
            if worker.connection in ready:
                self._listen(worker)
        for worker in list(self._workers):
            left = worker.seconds_left(self._limit)
            # One that waited for us to listen is not late: it speaks as soon as there is room.
            if left is not None and left <= 0 and not worker.connection.poll(_GRACE):
                self._lost(worker, f"over its time limit of {self._limit:g} s; its process was killed")
        self._give_out()

    def _fill(self, batches: Batches, wanted: int) -> None:
        """Read ahead: a portion for each worker, but not so far that results pile up while one document takes long."""
        while len(self._portions) < self._size and self._read - wanted < _AHEAD * _BATCH * self._size:
            batch = batches.take(_FIRST * (1 + self._taken // self._size))
            if not batch:
                break
            self._taken += 1
            self._read += len(batch)
            self._portions.append(batch)

    def _give_out(self) -> None:
        for worker in [worker for worker in self._workers if worker.free]:
            if not self._portions:
                return
            batch = self._portions.popleft()
            try:
                worker.give(batch)
            except OSError:  # it died while it waited, which is no fault of these documents
                self._portions.appendleft(batch)
                self._workers.remove(worker)
                worker.end()
        starting = sum(not worker.answered for worker in self._workers)
        for _ in range(min(len(self._portions) - starting, self._size - len(self._workers))):
            self._workers.append(_Worker(self._options))

    def _listen(self, worker: _Worker) -> None:
        """Take all that a worker has said."""
        while True:
            try:
                message = worker.connection.recv() if worker.connection.poll() else None
            except (EOFError, OSError):
                break
            if message is None:
                return
            self._hear(worker, *message)
        self._dead(worker)

    def _hear(self, worker: _Worker, what: str, *rest: Any) -> None:
        if what == "at":
            worker.at = (rest[0], rest[1], rest[2])
            return
        worker.at = None
        worker.answered = True
        if what == "failed" and rest[0] is None:
            raise rest[1]
        if what == "waiting":
            worker.free = True
        else:
            number, outcome = rest
            self._done[number] = outcome
            while worker.tasks and worker.tasks[0].number in self._done:
                worker.tasks.popleft()

    def _dead(self, worker: _Worker) -> None:
        code = worker.end()
        if code == _UNGUARDED:
            raise ConfigurationError(_UNGUARDED_MESSAGE, "workers", self._size)
        if not worker.answered:
            raise ComponentError(f"a worker process could not be started ({_cause(code)})")
        self._lost(worker, f"its worker process died ({_cause(code)})")

    def _lost(self, worker: _Worker, reason: str) -> None:
        """What a lost worker had to do is done again, each document alone: the one it was at without the component at work."""
        worker.end()
        self._workers.remove(worker)
        component, numbers, _ = worker.at or (None, [task.number for task in worker.tasks][:1], 0.0)
        again: list[list[Task]] = []
        for task in worker.tasks:
            if task.number not in numbers or (len(numbers) > 1 and len(worker.tasks) > 1):
                # Of a portion that is extracted in one go, which one it was shows when each goes alone.
                again.append([task])
            elif component is not None and component not in task.lost:
                again.append([attrs.evolve(task, lost={**task.lost, component: reason})])
            elif component is None and not task.retried:
                # It may have been killed from outside; if it dies again at this document, that is the cause.
                again.append([attrs.evolve(task, retried=True)])
            else:
                issue = Issue("quoteminer", task.document.id, f"nothing was found, because {reason}", "error")
                self._done[task.number] = Extraction(task.document, issues=[issue])
        self._portions.extendleft(reversed(again))


def _refuse_in_worker() -> None:
    """A script that starts workers without a main guard runs again in each worker, which would start workers, and so on."""
    process = multiprocessing.current_process()
    if getattr(process, "_inheriting", False):
        if process.name == _NAME:
            os._exit(_UNGUARDED)
        raise ConfigurationError(_UNGUARDED_MESSAGE, "workers", None)


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
        return f"killed by signal {-code}"
    return f"exit code {code}"
